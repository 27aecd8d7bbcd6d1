"""What the record says of the images: how old it is, which tags are known to be bad, and how long each is supported."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from image_problems import page_image_problems
from imagedocs.catalog import Catalog, load_catalog
from imagedocs.check.checking import check, collect_site
from imagedocs.checks.images import check_catalog_images
from imagedocs.checks.record import check_record
from imagedocs.evidence import RecordState, newest_good_tag, record_state, support_on, tags_of
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.problems import Severity
from imagedocs.project import Project
from imagedocs.project.settings import load_settings
from imagedocs.registry import FROM_REGISTRY, Gone, Repository, Sighting, TagFacts
from imagedocs.registry.manifest import Manifest
from small_project import YOUNG, small_project

HOST = "registry.example.com"
WEB = f"{HOST}/team/web"
DAY = date(2026, 4, 10)
BAD, GOOD, OLD = "20260401.v1", "20260316.v1", "20250930.v1"
DIGEST = "sha256:" + "d" * 64


def facts(day: str = "2026-04-08", source: str = "a file", digest: str | None = None) -> TagFacts:
    return TagFacts(digest=digest, seen=(Sighting(source, date.fromisoformat(day)),))


TAGS = {"latest": facts(), BAD: facts(digest=DIGEST), GOOD: facts(), OLD: facts()}


def record(tags: Mapping[str, TagFacts] | None = None) -> Manifest:
    return Manifest({WEB: Repository(TAGS if tags is None else tags)})


def catalog(more: str = "", head: str = "support: {months: 6, since: 2022-11-04, source: s}\n") -> Catalog:
    text = (
        f"version: 2\nregistry: {HOST}\n{head}columns: []\nimages:\n"
        f"  - id: web\n    repository: team/web\n    listed: {{from: 2020-01-01}}\n    {more or 'tag: latest'}\n"
        f"    known_issues: [{{tag: {BAD}, text: It crashes., since: 2026-04-08, source: s}}]\n"
    )
    found, problems = load_catalog("catalog/images.yaml", text)
    assert problems == ()
    return found


# --- support ---


@pytest.mark.parametrize(
    ("tag", "as_of", "expected"),
    [
        pytest.param(
            "latest", "2026-04-10", (True, None, None), id="the tag that the others are counted from"
        ),
        pytest.param(BAD, "2026-04-10", (True, "2026-10-02", 174), id="the newest one"),
        pytest.param(BAD, "2026-10-01", (True, "2026-10-02", 0), id="the last day that is certain"),
        pytest.param(BAD, "2026-10-02", (None, "2026-10-02", 0), id="latest may have moved since"),
        pytest.param("20251001.v1", "2026-04-10", (None, "2026-04-02", 0), id="six months exactly"),
        pytest.param(OLD, "2026-04-10", (False, "2026-04-01", 0), id="a day more than six months"),
        pytest.param(OLD, "2026-03-16", (True, "2026-04-01", 15), id="before that"),
        pytest.param("nightly", "2026-04-10", (None, None, None), id="a tag without a day"),
        pytest.param(BAD, "2022-11-03", None, id="before it was promised"),
    ],
)
def test_support_is_counted_from_latest(
    tag: str, as_of: str, expected: tuple[bool | None, str | None, int | None] | None
) -> None:
    image = catalog().images[0]
    found = support_on(image, tag, record(), date.fromisoformat(as_of))
    until = found.until.isoformat() if found and found.until else None
    assert (found and (found.is_supported, until, found.days_left)) == expected


def test_what_the_registry_says_of_latest_is_certain() -> None:
    image = catalog().images[0]
    asked = facts("2026-11-20", FROM_REGISTRY, DIGEST)
    tags = {"latest": asked, BAD: facts(digest=DIGEST), "20260501.v1": facts("2026-05-02")}
    on_the_day, later = (support_on(image, BAD, record(tags), date(2026, 11, day)) for day in (20, 21))
    assert on_the_day
    assert later
    assert (on_the_day.is_supported, later.is_supported) == (True, None)


@pytest.mark.parametrize(
    ("entry", "as_of", "expected"),
    [
        ("support: {until: 2026-05-01, source: s}", "2026-04-10", (True, "2026-05-01", 20)),
        ("support: {until: 2026-05-01, source: s}", "2026-05-01", (False, "2026-05-01", 0)),
        ("support: none", "2026-04-10", None),
        ("support: {months: 6, older_than: stable, source: s}", "2026-04-10", (True, "2026-10-02", 174)),
        ("status: removed\n    listed: {from: 2020-01-01, until: 2026-04-01}", "2026-04-10", (False, "2026-04-01", 0)),
        ("status: removed\n    listed: {from: 2020-01-01, until: 2026-04-20}", "2026-04-10", (True, "2026-04-20", 9)),
    ],
)  # fmt: skip
def test_support_of_an_image(
    entry: str, as_of: str, expected: tuple[bool | None, str | None, int | None] | None
) -> None:
    text = (
        f"version: 2\nregistry: {HOST}\nsupport: {{months: 6, source: s}}\ncolumns: []\nimages:\n"
        f"  - id: web\n    repository: team/web\n    tag: latest\n    {entry}\n"
    )
    found, problems = load_catalog("c.yaml", text)
    assert problems == ()
    support = support_on(found.images[0], BAD, record(), date.fromisoformat(as_of))
    until = support.until.isoformat() if support and support.until else None
    assert (support and (support.is_supported, until, support.days_left)) == expected


def test_tags_of_an_image_are_those_that_were_on_record() -> None:
    image = catalog().images[0]
    tags = {**TAGS, "20260409.v1": facts("2026-04-12"), "sha256-" + "a" * 64: facts(), "edge": TagFacts()}
    found = tags_of(image, record(tags), DAY)
    assert [each.tag for each in found] == ["edge", "latest", BAD, GOOD, OLD]
    assert [each.tag for each in found if each.issue] == [BAD]
    assert found[2].built == date(2026, 4, 1)
    assert [each.support.is_supported for each in found[1:] if each.support] == [True, True, True, False]
    assert tags_of(image, None, DAY) == ()
    assert newest_good_tag(image, record(), DAY) == GOOD
    assert newest_good_tag(image, record(), date(2026, 4, 7)) is None, "nothing was on record"
    assert newest_good_tag(image, record({BAD: facts("2026-04-02")}), date(2026, 4, 7)) == BAD, "nobody knew"


# --- the state of the record ---


def test_the_state_of_a_record() -> None:
    registry = Manifest(
        {
            WEB: Repository(TAGS),
            f"{HOST}/team/job": Repository(
                {"1": facts("2026-05-01", FROM_REGISTRY), "2": TagFacts()}, gone={"3": Gone(date(2026, 5, 2))}
            ),
            f"{HOST}/team/gone": Repository(gone={"1": Gone(DAY)}),
        }
    )
    day = date(2026, 6, 1)
    assert record_state(registry, day) == RecordState(
        date(2026, 5, 2), date(2026, 5, 2), 2, 6, was_asked=True
    )
    assert record_state(registry, date(2026, 5, 1)).asked == date(2026, 5, 1)
    web = record_state(registry, day, {WEB})
    assert (web, web.is_from_files, web.age(day)) == (RecordState(date(2026, 4, 8), None, 1, 4), True, 54)
    # What a snapshot writes has no day, so that a week in which nothing has changed changes nothing.
    answered = record_state(record({"1": TagFacts(seen=(Sighting(FROM_REGISTRY),))}), day)
    assert (answered.was_asked, answered.is_from_files, answered.asked) == (True, False, None)
    assert record_state(None, day) == RecordState()
    assert RecordState().age(day) is None


NEVER = "the registry itself was never asked; run: imagedocs snapshot"
OLD_RECORD = "what is on record of web is more than 90 days old: the newest entry is of 2026-04-08"


@pytest.mark.parametrize(
    ("tags", "as_of", "expected"),
    [
        pytest.param(TAGS, "2026-07-07", [
            f"record-not-asked: all that is on record of the listed images was seen in files until 2026-04-08; {NEVER}"],
            id="90 days old"),
        pytest.param(TAGS, "2026-07-08", [f"record-old: {OLD_RECORD}; {NEVER}"], id="91 days old"),
        pytest.param({"1": facts(source=FROM_REGISTRY)}, "2026-07-07", [], id="an answer"),
        pytest.param({"1": facts(source=FROM_REGISTRY)}, "2026-07-08", [
            f"record-old: {OLD_RECORD}; run: imagedocs snapshot"], id="an old answer"),
        pytest.param({"1": TagFacts(seen=(Sighting("a list"),))}, "2026-07-08", [
            f"record-not-asked: all that is on record of the listed images was seen in files; {NEVER}"],
            id="no day is known"),
        pytest.param({}, "2026-07-08", [], id="nothing is on record"),
    ],
)  # fmt: skip
def test_a_record_is_told_of_once(tags: dict[str, TagFacts], as_of: str, expected: list[str]) -> None:
    problems = check_record(catalog(), record(tags), date.fromisoformat(as_of))
    assert [str(problem) for problem in problems] == [
        f"catalog/registry.json: suggestion: {line}" for line in expected
    ]


def with_rules(folder: Path, rules: str) -> Path:
    """Write a small project whose configuration sets the severities of rules."""
    root = small_project(folder, {})
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    place = "\nextra:\n  imagedocs:\n"
    assert text.count(place) == 1
    settings.write_text(text.replace(place, f"{place}    rules: {rules}\n"), "utf-8", newline="\n")
    return root


def test_the_age_is_the_catalogs_to_set_and_the_severity_the_projects(tmp_path: Path) -> None:
    root = with_rules(tmp_path, "{record-old: error}")

    path = root / "catalog" / "images.yaml"
    content = path.read_bytes()
    assert content.endswith(YOUNG)
    path.write_bytes(content.removesuffix(YOUNG))

    def found() -> list[Severity]:
        project = Project.load(root, date(2027, 8, 10))
        problems = check(project, collect_site(project))
        return [each.severity for each in problems if each.rule.label == "record-old"]

    assert found() == [Severity.ERROR]
    path.write_bytes(content)
    assert found() == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{record-odl: error}", 'there is no rule "record-odl"; did you mean "record-old"?'),
        ("{zzz: error}", 'there is no rule "zzz"; write the name that a problem shows after its severity'),
        ("{record-old: fatal}", 'expected error, warning or suggestion, found "fatal"'),
        ("[record-old]", "expected a mapping, found a list"),
    ],
)
def test_a_severity_that_is_wrong_is_said(tmp_path: Path, rules: str, expected: str) -> None:
    settings = load_settings(with_rules(tmp_path, rules))
    assert [str(each).endswith(expected) for each in settings.problems] == [True], settings.problems
    assert settings.levels == {}


# --- tags that are known to be bad ---

KNOWN = f'warning: image-tag-known-bad: {WEB}:{BAD} is known to be bad since 2026-04-08: "It crashes"; write "{GOOD}"'


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (f"```dockerfile\nFROM {WEB}:{BAD}\n```", [f"2:6: {KNOWN}"]),
        (f"```dockerfile\nARG B={WEB}\nARG T={BAD}\nFROM $B:$T\n```", [f"4:6: {KNOWN}"]),
        (f"```yaml\ncontainer: {WEB}:{BAD}\n```", [f"2:12: {KNOWN}"]),
        (f"Run `docker pull {WEB}:{BAD}`.", [f"1:18: {KNOWN}"]),
        (f"```\nFROM {WEB}@{DIGEST}\n```", [f"2:6: {KNOWN}"]),
        (f"```\nFROM {WEB}:{BAD}@{DIGEST}\n```", [f"2:6: {KNOWN}"]),
        (f"> [!NOTE]\n> ```\n> FROM {WEB}:{BAD}\n> ```", [f"3:8: {KNOWN}"]),
        (f"> [!WARNING]\n> ```\n> FROM {WEB}:{BAD}\n> ```", []),
        (f"`{WEB}:{BAD}` crashes, and {WEB}:{BAD} too.", []),
        (f"The tag `{BAD}` crashes.", []),
        (f"```\nFROM {WEB}:{GOOD}\n```", []),
        (f"```\nFROM {WEB}:latest\n```", []),
    ],
)
def test_code_that_uses_a_bad_tag_is_warned_of(markdown: str, expected: list[str]) -> None:
    document = parse(Source("docs/en/p.md", markdown), NoSources()).document
    problems = page_image_problems(document, catalog(), record(), DAY)
    assert [str(each).removeprefix("docs/en/p.md:") for each in problems] == expected
    before = page_image_problems(document, catalog(), record(), date(2026, 4, 7))
    assert [*before] == [], "nobody knew of it then"


@pytest.mark.parametrize(
    ("entry", "tags", "expected"),
    [
        (f"tag: {BAD}", TAGS, [f"9:10: {KNOWN}"]),
        (f"tags: [latest, {BAD}]", TAGS, [f"9:11: {KNOWN}"]),
        ("tag: latest", {"latest": facts()}, [
            (f'10:26: warning: image-tag-unknown: {WEB} has no tag "{BAD}" on record; correct the tag; '
            "if it is right, run: imagedocs snapshot")]),
        ("tag: latest", {"latest": facts()} | {BAD: facts()}, []),
    ],
)  # fmt: skip
def test_the_catalogs_own_tags_are_looked_at(
    entry: str, tags: dict[str, TagFacts], expected: list[str]
) -> None:
    problems = check_catalog_images(catalog(entry), record(tags), DAY)
    assert [str(each).removeprefix("catalog/images.yaml:") for each in problems] == expected


def test_a_bad_tag_that_is_gone_may_be_named() -> None:
    registry = Manifest({WEB: Repository({"latest": facts()}, gone={BAD: Gone(DAY)})})
    assert [*check_catalog_images(catalog(), registry, DAY)] == []


def test_our_own_catalog_knows_the_tag_that_crashed() -> None:
    project = Project.load(Path(__file__).parent.parent, date(2026, 11, 24))
    image = project.catalog.image("minimal-py312-inference")
    assert image is not None
    assert project.manifest is not None
    assert [each.tag for each in tags_of(image, project.manifest, project.as_of) if each.issue] == [
        "20260401.v1"
    ]
    assert newest_good_tag(image, project.manifest, project.as_of) == "20260316.v1"
    support = support_on(image, "20260316.v1", project.manifest, project.as_of)
    assert support is not None
    assert (support.last_day, support.is_supported) == (date(2026, 9, 16), None)
