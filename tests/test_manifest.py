"""The registry manifest: what is read, what is written, and what is said of each way to break it."""

import json
from datetime import date

import pytest

from conftest import ROOT
from damage import damaged
from imagedocs.catalog import load_catalog
from imagedocs.checks.record import check_days
from imagedocs.registry import Gone, Platform, Registry, Repository, Sighting, TagFacts
from imagedocs.registry.manifest import Manifest, dump_manifest, load_manifest

A = "sha256:" + "a" * 64
B = "sha256:" + "b" * 64

GOOD = f"""\
{{"version": 1, "repositories": {{
 "registry.example/ml/bare": {{
  "20260316.v1": {{"digest": "{A}", "mediaType": "application/vnd.oci.image.index.v1+json", "size": 856, "created": "2026-03-16T04:11:02Z", "eol": "2027-05-31", "platforms": {{"linux/amd64": {{"digest": "{B}", "bytes": 812345678}}, "linux/arm64/v8": {{}}}}, "seen": [{{"date": "2026-04-08", "source": "registry"}}]}},
  "20260401.v1": {{"gone": "2026-05-01", "evidence": "crashed"}},
  "@{B}": {{"seen": [{{"source": "a Dockerfile"}}]}},
  "latest": {{"seen": [{{"date": "2025-09-24", "source": "the list"}}, {{"source": "a file"}}]}}
 }},
 "registry.example/ml/guess": {{
  "latest": {{"gone": "never-seen", "evidence": "a guess"}}
 }}
}}}}
"""

PARSED = Manifest(
    {
        "registry.example/ml/bare": Repository(
            tags={
                "20260316.v1": TagFacts(
                    digest=A,
                    media_type="application/vnd.oci.image.index.v1+json",
                    size=856,
                    created="2026-03-16T04:11:02Z",
                    end_of_life=date(2027, 5, 31),
                    platforms=(Platform("linux/amd64", B, 812345678), Platform("linux/arm64/v8")),
                    seen=(Sighting("registry", date(2026, 4, 8)),),
                ),
                "latest": TagFacts(seen=(Sighting("the list", date(2025, 9, 24)), Sighting("a file"))),
            },
            digests={B: TagFacts(seen=(Sighting("a Dockerfile"),))},
            gone={"20260401.v1": Gone(date(2026, 5, 1), "crashed")},
        ),
        "registry.example/ml/guess": Repository(gone={"latest": Gone(None, "a guess")}),
    }
)


def load(text: str | bytes) -> tuple[Manifest | None, list[str]]:
    manifest, problems = load_manifest("r.json", text)
    return manifest, [str(problem) for problem in problems]


def test_a_manifest_is_read_and_written_to_the_byte() -> None:
    assert load(GOOD) == (PARSED, [])
    assert dump_manifest(PARSED) == GOOD
    assert json.loads(GOOD)["version"] == 1


def test_a_manifest_is_written_the_same_whatever_its_order() -> None:
    turned = Manifest(
        {
            name: Repository(
                dict(reversed(repository.tags.items())),
                repository.digests,
                dict(reversed(repository.gone.items())),
            )
            for name, repository in reversed(PARSED.by_name.items())
        }
    )
    assert dump_manifest(turned) == GOOD
    assert load(dump_manifest(Manifest()))[1] == []


def test_what_never_existed_does_not_count() -> None:
    registry: Registry = PARSED
    assert registry.repositories() == ("registry.example/ml/bare",)
    guess = registry.repository("registry.example/ml/guess")
    assert guess is not None
    assert not guess.exists
    assert registry.repository("registry.example/ml/other") is None


def test_a_digest_is_known_of_a_tag_of_a_platform_and_by_itself() -> None:
    repository = PARSED.by_name["registry.example/ml/bare"]
    assert [repository.has_digest(digest) for digest in (A, B, "sha256:" + "c" * 64)] == [True, True, False]


BROKEN = [
    ("cut off", GOOD[: len(GOOD) // 2], ["3:365: error: json-syntax: unterminated string"]),
    ("without its end", GOOD.rstrip()[:-1], ["11:2: error: json-syntax: the file ends too early"]),
    ("empty", "", ["1:1: error: json-syntax: there is nothing in this file"]),
    ("only spaces", "  \n", ["2:1: error: json-syntax: there is nothing in this file"]),
    ("a list", "[]", ["1:1: error: json-syntax: expected an object"]),
    ("more behind the end", GOOD + "x", ["12:1: error: json-syntax: there is more behind the end; delete it"]),
    ("a comma too many", GOOD.replace('"a guess"}\n', '"a guess"},\n'), [
        '9:58: error: json-syntax: a comma stands before the closing "}"; delete the comma']),
    ("a comma too many in an entry", GOOD.replace('"a guess"}\n', '"a guess",}\n'), [
        '9:57: error: json-syntax: a comma stands before the closing "}"; delete the comma']),
    ("single quotes", GOOD.replace('"never-seen"', "'never-seen'"), [
        "9:22: error: json-syntax: ' is no quotation mark of JSON; write \" instead of '"]),
    ("curly quotes around a key", GOOD.replace('"gone": "never-seen"', '\u201cgone\u201d: "never-seen"'), [
        "9:14: error: json-syntax: \u201c is no quotation mark of JSON; write \" instead of \u201c"]),
    ("a word of Python", GOOD.replace('"never-seen"', "None"), [
        "9:22: error: json-syntax: None is not a word of JSON; write null"]),
    ("a bare word", GOOD.replace('"never-seen"', "never"), [
        '9:22: error: json-syntax: the text never stands in no quotation marks; write "never"']),
    ("a bare key", GOOD.replace('"gone": "never-seen"', 'gone: "never-seen"'), [
        '9:14: error: json-syntax: the key gone stands in no quotation marks; write "gone"']),
    ("a comment", GOOD.replace('  "latest": {"gone"', '  // ours\n  "latest": {"gone"'), [
        "9:3: error: json-syntax: JSON has no comments; delete the comment"]),
    ("quotation marks within a text", GOOD.replace('"a guess"', '"a "guess""'), [
        ('9:52: error: json-syntax: there is more behind the end of a text; '
        'write \\" for a quotation mark within a text')]),
    ("a text over two lines", GOOD.replace('"a guess"', '"a\nguess"'), [
        '9:50: error: json-syntax: a line break or tab stands within a text; close the text with ", or write \\n']),
    ("no value", GOOD.replace('"gone": "never-seen", "evidence": "a guess"', '"gone":'), [
        "9:21: error: json-syntax: a value is missing behind the colon; write the value, or delete the key"]),
    ("a sighting in month 13", GOOD.replace("2025-09-24", "2025-13-24"), [
        '6:32: error: invalid-date: seen: "2025-13-24" is no day; write a day such as 2021-05-25']),
    ("a comma missing", GOOD.replace('"crashed"},', '"crashed"}'), [
        ("4:63: error: json-syntax: a comma or a colon is missing here; "
        "write a comma between entries, a colon behind a key")]),
    ("a newer version", GOOD.replace('"version": 1', '"version": 2'), [
        ("1:13: error: newer-version: the file is of version 2; this imagedocs reads up to version 1; "
        "use a newer imagedocs")]),
    ("a version in words", GOOD.replace('"version": 1', '"version": "one"'), [
        "1:13: error: wrong-type: expected a version such as 1"]),
    ("no version", GOOD.replace('"version": 1, ', ""), ['1:1: error: missing-field: the field "version" is missing']),
    ("an unknown key of the file", GOOD.replace('"version": 1', '"version": 1, "generated": "now"'), [
        '1:16: error: unknown-key: unknown key "generated"; expected version and repositories']),
    ("a tag twice", GOOD.replace('"20260401.v1"', '"20260316.v1"'), [
        '4:3: error: duplicate-key: "20260316.v1" stands twice; first on line 3; remove one of them']),
    ("a repository twice", GOOD.replace("ml/guess", "ml/bare"), [
        '8:2: error: duplicate-key: "registry.example/ml/bare" stands twice; first on line 2; remove one of them']),
    ("a field twice", GOOD.replace('"size": 856', '"size": 856, "size": 857'), [
        '3:18: error: duplicate-key: the key "size" stands twice in this entry']),
    ("a bad digest", GOOD.replace(A, "sha256:../../etc/passwd"), [
        "3:29: error: wrong-type: digest: expected a digest such as sha256: and 64 lower-case hexadecimal digits"]),
    ("a bad digest of a platform", GOOD.replace(f'{{"digest": "{B}"', '{"digest": "sha256:b"'), [
        ('3:242: error: wrong-type: platforms: expected platforms such as {"linux/amd64": {"digest": "sha256:…", '
        '"bytes": 1234}}')]),
    ("a bad key with a digest", GOOD.replace(f"@{B}", "@sha256:b"), [
        '5:3: error: image-reference-invalid: "@sha256:b" is neither a tag nor @ and a digest']),
    ("a bad tag", GOOD.replace('"20260401.v1"', '"-x"'), [
        '4:3: error: image-reference-invalid: "-x" is neither a tag nor @ and a digest']),
    ("a repository without its registry", GOOD.replace("registry.example/ml/guess", "guess"), [
        ('8:2: error: image-reference-invalid: "guess" is not a repository with its registry; '
        "write host/path in lower case")]),
    ("a size in words", GOOD.replace('"size": 856', '"size": "856"'), [
        "3:168: error: wrong-type: size: expected a number of bytes"]),
    ("a day that does not exist", GOOD.replace("2027-05-31", "2027-05-32"), [
        "3:215: error: invalid-date: eol: expected a day such as 2021-05-25, and there is no 2027-05-32"]),
    ("a moment without its time", GOOD.replace("2026-03-16T04:11:02Z", "2026-03-16"), [
        "3:184: error: wrong-type: created: expected a moment such as 2021-05-25T04:11:02Z"]),
    ("a key that is misspelt", GOOD.replace('"mediaType"', '"mediatype"'), [
        '3:104: error: unknown-key: unknown key "mediatype"; did you mean "mediaType"?']),
    ("an entry that is a text", GOOD.replace('{"gone": "never-seen", "evidence": "a guess"}', '"yes"'), [
        "9:13: error: wrong-type: expected an object with what is known of the tag"]),
    ("an entry that says nothing", GOOD.replace('{"gone": "never-seen", "evidence": "a guess"}', "{}"), [
        "9:13: error: missing-field: an entry needs one of digest, seen and gone; say where it was seen"]),
    ("an entry that was seen nowhere", GOOD.replace('{"gone": "never-seen", "evidence": "a guess"}', '{"seen": []}'), [
        "9:13: error: missing-field: an entry needs one of digest, seen and gone; say where it was seen"]),
    ("a terminal escape", GOOD.replace('"crashed"', '"\\u001b[31m"'), [
        "4:53: error: wrong-type: evidence: expected printable text"]),
    ("not a number", GOOD.replace('"size": 856', '"size": NaN'), ["3:18: error: json-syntax: NaN is not allowed"]),
    ("a merge conflict", GOOD.replace('  "latest": {"seen"', '<<<<<<< HEAD\n  "latest": {"seen"', 1), [
        "6:1: error: json-syntax: a merge left a conflict here; keep the lines of both sides"]),
    ("not UTF-8", b'{"version": 1,\n "\xff"', [
        "2: error: json-syntax: the file is not text in UTF-8; save it as UTF-8"]),
    ("repositories as a list", '{"version": 1, "repositories": []}', [
        "1:32: error: json-syntax: expected repositories"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_what_is_wrong_is_said_at_its_place(text: str | bytes, expected: list[str]) -> None:
    assert load(text)[1] == [f"r.json:{line}" for line in expected]


def test_a_tag_stays_though_something_is_wrong_with_it() -> None:
    manifest, problems = load(GOOD.replace(A, "sha256:a").replace('"crashed"', "3"))
    assert len(problems) == 2
    assert manifest is not None
    bare = manifest.by_name["registry.example/ml/bare"]
    assert set(bare.tags) == {"latest", "20260316.v1"}
    assert bare.tags["20260316.v1"].digest is None
    assert bare.tags["20260316.v1"].size == 856
    assert bare.gone["20260401.v1"] == Gone(since=date(2026, 5, 1), evidence="")


def test_without_repositories_nothing_can_be_said_of_images() -> None:
    manifest, problems = load('{"version": 1, "repos": {}}')
    assert manifest is None
    assert problems == [
        'r.json:1:1: error: missing-field: the field "repositories" is missing',
        'r.json:1:16: error: unknown-key: unknown key "repos"; expected version and repositories',
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"version": 1, "repositories": ' + "[" * 1_000_000, id="deep where an object should be"),
        pytest.param('{"version": 1, "repositories": {"r.example/x": {"a": ' + "[" * 1_000_000, id="deep"),
        pytest.param('{"version": 1, "repositories": {"r.example/x": {"a": {"size": ' + "9" * 100_000 + "}}}}", id="digits"),
        pytest.param('{"version": 1, "x": ' * 100_000, id="objects in objects"),
        pytest.param("{" * 1_000_000, id="braces"),
        pytest.param('{"version": 1, "repositories": {"r.example/x": {' + '"a": 1, ' * 200_000 + '"b": 1}}}', id="duplicates"),
        pytest.param(
            '{"version": 1, "repositories": {"r.example/x": {"a": {' + '"b": 1, ' * 200_000 + '"c": 1}}}}',
            id="duplicates inside an entry",
        ),
        pytest.param(
            '{"version": 1, "repositories": {"r.example/x": {"a": {'
            + ", ".join(f'"k{n}": 1' for n in range(100_000))
            + "}}}}",
            id="unknown keys",
        ),
        pytest.param('"' + "\\" * 1_000_000, id="backslashes"),
    ],
)  # fmt: skip
def test_a_hostile_manifest_ends_in_problems(text: str) -> None:
    _, problems = load(text)
    assert problems


def test_no_damage_is_an_exception() -> None:
    read = [load(text) for text in damaged(GOOD, 600)]
    assert all(problems for manifest, problems in read if manifest is None)


def test_a_large_manifest_is_read_whole() -> None:
    large = Manifest(
        {
            f"registry.example/ml/x{n}": Repository(
                {f"20260101.v{m}": TagFacts(digest=A, size=1) for m in range(50)}
            )
            for n in range(200)
        }
    )
    assert load(dump_manifest(large)) == (large, [])


# --- the project's own manifest ---


@pytest.fixture(scope="module")
def own() -> Manifest:
    manifest, problems = load_manifest(
        "catalog/registry.json", (ROOT / "catalog" / "registry.json").read_bytes()
    )
    assert problems == ()
    assert manifest is not None
    return manifest


def test_the_projects_manifest_is_in_the_form_that_is_written(own: Manifest) -> None:
    assert (ROOT / "catalog" / "registry.json").read_text(encoding="ascii") == dump_manifest(own)


def test_it_knows_every_image_of_the_catalog(own: Manifest) -> None:
    catalog, _ = load_catalog("catalog/images.yaml", (ROOT / "catalog" / "images.yaml").read_bytes())
    for image in catalog.images:
        repository = own.repository(image.full_repository)
        assert repository is not None
        assert image.tag in repository.tags
        assert all(sighting.source for sighting in repository.tags[image.tag].seen)


@pytest.mark.parametrize(
    "name",
    [
        "curated/minimal-ubuntu22.04-py39-cpu-inference",
        "curated/minimal-ubuntu22.04-py39-cuda11.8-gpu-inference",
        "minimal-ubuntu20.04-py310-cpu-inference",
        "minimal-ubuntu20.04-py39-cpu-inference",
        "minimal-ubuntu22.04-py310-cpu-inference",
        "minimal-ubuntu22.04-py312-cpu-inference",
        "pytorch1.6-py3.7-inference-cpu",
    ],
)
def test_names_that_were_guesses_do_not_exist(own: Manifest, name: str) -> None:
    repository = own.repository(f"mcr.microsoft.com/azureml/{name}")
    assert repository is not None
    assert not repository.exists
    assert all(gone.since is None and gone.evidence for gone in repository.gone.values())


def test_nothing_was_seen_on_a_day_to_come() -> None:
    def told(today: date) -> list[str]:
        return [str(problem) for problem in check_days(GOOD, today)]

    assert told(date(2026, 4, 8)) == told(date(2026, 4, 7)) == []  # where it is tomorrow already
    assert told(date(2026, 4, 6)) == [
        (
            "catalog/registry.json:3:407: error: invalid-date: something was seen on 2026-04-08, a day that has not "
            "come; write the day on which it was seen"
        )
    ]
    assert "2026-04-08, a day that has not come, and 1 more of the kind" in told(date(2025, 1, 1))[0]
