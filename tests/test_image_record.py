"""What is said of an image that is not on record: missing only where it was looked for in vain, not known otherwise."""

import re
from datetime import date
from pathlib import Path

import pytest

from image_problems import page_image_problems
from imagedocs.catalog import load_catalog
from imagedocs.check.checking import collect_site
from imagedocs.checks.images import check_catalog_images
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.project import Project
from imagedocs.project.claims import claims_of, named_in, repositories_of
from imagedocs.registry import FROM_REGISTRY, Gone, Repository, Sighting, TagFacts
from imagedocs.registry.manifest import Manifest
from small_project import small_project

HOST = "registry.example.com"
WEB = f"{HOST}/team/web"
DAY = date(2026, 8, 3)
TAGS = {"1.0": TagFacts(), "1.1": TagFacts()}
PINNED, MOVED = "sha256:" + "a" * 64, "sha256:" + "b" * 64
ASK = "run: imagedocs snapshot"


def seen(*sightings: Sighting) -> Repository:
    return Repository({"1.0": TagFacts(seen=sightings), "1.1": TagFacts(seen=sightings)})


@pytest.mark.parametrize(
    ("reference", "repository", "expected"),
    [
        pytest.param(
            "web:1.0",
            None,
            f"warning: image-repository-unknown: {WEB} is not known yet: it is not on record; {ASK}",
            id="nothing is on record of the repository",
        ),
        pytest.param(
            "web:1.0",
            Repository(gone={"1.0": Gone(DAY)}),
            f"error: image-missing: the registry had no {WEB}:1.0 on 2026-08-03",
            id="the registry denied the only tag",
        ),
        pytest.param(
            "web:1.1",
            Repository(gone={"1.0": Gone(DAY)}),
            f"warning: image-repository-unknown: {WEB}:1.1 is not known yet: it is not on record; {ASK}",
            id="the registry denied another tag",
        ),
        pytest.param(
            "web:1.0",
            Repository(gone={"1.0": Gone(None, "renamed before release")}),
            f"error: image-missing: {WEB}:1.0 was never seen (renamed before release)",
            id="somebody knows that it was never there",
        ),
        pytest.param(
            "web:7",
            Repository(TAGS, gone={"7": Gone(DAY)}),
            f"error: image-missing: the registry had no {WEB}:7 on 2026-08-03; it has 1.1, 1.0",
            id="the registry denied the tag",
        ),
        pytest.param(
            "web:7",
            Repository(TAGS, gone={"7": Gone(DAY, "withdrawn by its makers")}),
            f"error: image-missing: {WEB}:7 has been gone since 2026-08-03 (withdrawn by its makers); it has 1.1, 1.0",
            id="somebody knows that it is gone",
        ),
        pytest.param(
            "web:1.2",
            seen(Sighting("a list", date(2026, 1, 1)), Sighting("another", DAY), Sighting("a third")),
            f'warning: image-tag-unknown: {WEB} has no tag "1.2" on record; '
            f'did you mean "1.1"? If not, {ASK}',
            id="the tags are from files",
        ),
        pytest.param(
            "web:1.2",
            seen(Sighting(FROM_REGISTRY)),
            f'warning: image-tag-unknown: {WEB} has no tag "1.2" on record; did you mean "1.1"? If not, {ASK}',
            id="the tags are from the registry",
        ),
        pytest.param(
            "web:nightly",
            Repository(TAGS),
            f'warning: image-tag-unknown: {WEB} has no tag "nightly" on record; it has 1.1, 1.0; for others, {ASK}',
            id="no tag is like it",
        ),
        pytest.param(
            f"web@{PINNED}",
            Repository(TAGS),
            f"warning: image-digest-unknown: {WEB} has no manifest {PINNED} on record; {ASK}",
            id="a digest that was not asked for",
        ),
        pytest.param(
            f"web@{PINNED}",
            Repository(TAGS, gone={PINNED: Gone(DAY)}),
            f"error: image-missing: the registry had no {WEB}@{PINNED} on 2026-08-03",
            id="a digest that the registry denied",
        ),
        pytest.param(
            f"web:1.1@{PINNED}",
            Repository({**TAGS, "1.1": TagFacts(MOVED)}, {PINNED: TagFacts()}),
            f"suggestion: image-tag-moved: {WEB}:1.1 has moved to {MOVED}; the digest that is named can still be pulled; "
            f'write "@{MOVED}" to move with it',
            id="a digest that can be pulled, though its tag has moved",
        ),
        pytest.param(
            f"web:1.1@{PINNED}",
            Repository({**TAGS, "1.1": TagFacts(MOVED)}, gone={PINNED: Gone(DAY)}),
            f'error: image-missing: the registry had no {WEB}@{PINNED} on 2026-08-03; write "@{MOVED}"',
            id="a digest that the registry denied, beside a tag that has moved",
        ),
        pytest.param("web:1.0", Repository(TAGS), "", id="a tag that is on record"),
        pytest.param(f"web@{PINNED}", Repository({}, {PINNED: TagFacts()}), "", id="a digest that is on record"),
    ],
)  # fmt: skip
def test_catalog_and_page_say_the_same(reference: str, repository: Repository | None, expected: str) -> None:
    record = Manifest({f"{HOST}/team/web": repository} if repository else {})
    wanted = [expected] if expected else []
    tag, _, digest = reference.removeprefix("web").removeprefix(":").partition("@")
    of_catalog = catalog_problems(f"  - {{id: web, repository: team/web, tag: {tag or 'x'!r}}}", record)
    if not digest:  # an entry of the catalog has a tag
        assert [message for _, message in of_catalog] == wanted
    assert [message for _, message in page_problems(f"`{HOST}/team/{reference}`", record)] == wanted


def catalog_problems(entries: str, record: Manifest) -> list[tuple[str, str]]:
    problems = check_catalog_images(catalog(entries), record, DAY)
    return [(str(each.position).removeprefix("catalog/images.yaml:"), said(str(each))) for each in problems]


def page_problems(text: str, record: Manifest, entries: str = "  []") -> list[tuple[str, str]]:
    document = parse(Source("docs/en/p.md", text), NoSources()).document
    problems = page_image_problems(document, catalog(entries), record, DAY)
    return [(str(each.position).removeprefix("docs/en/p.md:"), said(str(each))) for each in problems]


def catalog(entries: str):
    text = f"version: 1\nregistry: {HOST}\ncolumns: []\nimages:\n{entries}\n"
    found, _ = load_catalog("catalog/images.yaml", text)
    assert found is not None
    return found


def said(line: str) -> str:
    return line[re.search("error:|warning:|suggestion:", line).start() :]  # type: ignore[union-attr] # each has one


def test_a_repository_that_nobody_asked_about_is_reported_once() -> None:
    entries = (
        "  - {id: a, repository: team/web, tag: '1'}\n"
        "  - {id: b, repository: team/web, tag: '2'}\n"
        "  - {id: c, repository: team/api, tag: '1'}"
    )
    expected = [
        ("5:25", f"warning: image-repository-unknown: {WEB} is not known yet: it is not on record; {ASK}"),
        (
            "7:25",
            f"warning: image-repository-unknown: {HOST}/team/api is not known yet: it is not on record; {ASK}",
        ),
    ]
    assert catalog_problems(entries, Manifest()) == expected
    text = f"`{WEB}:1` and `{WEB}:2` and `{HOST}/team/api:1`"
    assert page_problems(text, Manifest(), entries) == [], "the catalog's problem says it"
    assert page_problems(f"`{HOST}/team/wbe:1`", Manifest(), entries) == [
        (
            "1:2",
            (
                f"warning: image-repository-unknown: {HOST}/team/wbe is not known yet: it is not on record; "
                f'did you mean "{WEB}"? If not, {ASK}'
            ),
        )
    ]


def test_what_a_check_looks_up_is_what_a_snapshot_asks_for(tmp_path: Path) -> None:
    host = "mcr.microsoft.com/azureml"
    page = (
        f"`{host}/of-a-page:7`, `{host}/of-a-page@{PINNED}`, `{host}/without-a-tag`, `{host}/some-tag:<tag>`,\n"
        f"`{host}/minimal-py312-inference:not-listed`; all are in `{host}` and in `{host}/curated`.\n"
        "`other.example.com/team/x:1`\n"
    )
    project = Project.load(small_project(tmp_path, {"docs/en/page.md": f"# Page\n\n{page}"}), DAY)
    site = collect_site(project)
    named = named_in(claims_of(project, site))
    of_catalog = {image.full_repository: image.tag for image in project.catalog.images}
    assert {name: keys for name, keys in named.items() if name not in of_catalog} == {
        f"{host}/of-a-page": {"7", PINNED},
        f"{host}/without-a-tag": set(),
        f"{host}/some-tag": set(),
    }
    assert named[f"{host}/minimal-py312-inference"] == {
        of_catalog[f"{host}/minimal-py312-inference"],
        "not-listed",
    }
    assert set(of_catalog) <= set(named)
    assert repositories_of(project, named) == tuple(sorted(named))
    assert repositories_of(project, named, repositories=["a.example/b"]) == ("a.example/b",)
