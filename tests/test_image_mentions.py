"""Every form in which a page names an image, and those that name none, in one page through the real parser."""

from datetime import date

import pytest

from image_problems import page_image_problems
from imagedocs.catalog import Catalog
from imagedocs.checks.allowed_images import read_allowed_images
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.registry import Repository, TagFacts
from imagedocs.registry.manifest import Manifest

HOST = "registry.example.com"
NAME = f"{HOST}/team/base"
DIGEST = "sha256:" + "a" * 64
OTHER = "sha256:" + "b" * 64
MANIFEST = Manifest(
    {
        NAME: Repository(
            tags={"1.0": TagFacts(digest=DIGEST), "latest": TagFacts()}, digests={OTHER: TagFacts()}
        )
    }
)
TODAY = date(2026, 3, 1)
ASK = "run: imagedocs snapshot"
UNKNOWN = f'warning: image-tag-unknown: {NAME} has no tag "1.x" on record; did you mean "1.0"? If not, {ASK}'


def found(markdown: str, allowed: str = "") -> list[str]:
    document = parse(Source("docs/en/page.md", markdown), NoSources()).document
    entries, problems = read_allowed_images("catalog/allowed-images.yaml", allowed) if allowed else ((), ())
    assert problems == ()
    catalog = Catalog(1, HOST, (), (), ("artifact/mar",))
    problems = page_image_problems(document, catalog, MANIFEST, TODAY, entries)
    return sorted(str(problem).replace("docs/en/page.md:", "") for problem in problems)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (f"Pull {NAME}:1.x.", [f"1:6: {UNKNOWN}"]),
        (f"Pull ({NAME}:1.x), now", [f"1:7: {UNKNOWN}"]),
        (f"Pull **{NAME}:1.x**", [f"1:8: {UNKNOWN}"]),
        (f"Run `docker pull {NAME}:1.x`", [f"1:18: {UNKNOWN}"]),
        (f"```\nFROM --platform=linux/amd64 {NAME}:1.x AS x\n```", [f"2:29: {UNKNOWN}"]),
        (f"```\nARG B={NAME}\nARG T=1.x\nFROM ${{B}}:$T\n```", [f"4:6: {UNKNOWN}"]),
        (f"```\nFROM ${{B:-{NAME}:1.x}}\n```", [f"2:6: {UNKNOWN}"]),
        (f"```\nFROM {NAME}:1.0 AS x\nCOPY --from={NAME}:1.x a b\n```", [f"3:13: {UNKNOWN}"]),
        (f"1. ```yaml\n   image: '{NAME}:1.x'\n   ```", [f"2:12: {UNKNOWN}"]),
        (f'```json\n{{"image": "{NAME}:1.x"}}\n```', [f"2:12: {UNKNOWN}"]),
        (f"> [!NOTE]\n> ```bash\n> az x --image {NAME}:1.x\n> ```", [f"3:16: {UNKNOWN}"]),
        (f"| a |\n|---|\n| {NAME}:1.x |", [f"3:3: {UNKNOWN}"]),
        (f"<p>{NAME}:1.x</p>", [f"1:4: {UNKNOWN}"]),
        (
            f"[x](https://{HOST}/artifact/mar/team/bse/about)",
            [
                (
                    f"1:5: warning: image-repository-unknown: {HOST}/team/bse is not known yet: it is not on record; "
                    f'did you mean "{NAME}"? If not, {ASK}'
                )
            ],
        ),
        (
            f"`{NAME}@sha256:{'c' * 64}`",
            [
                f"1:2: warning: image-digest-unknown: {NAME} has no manifest sha256:{'c' * 64} on record; {ASK}"
            ],
        ),
        (
            f"`{NAME}:1.0@{OTHER}`",
            [
                (
                    f"1:2: suggestion: image-tag-moved: {NAME}:1.0 has moved to {DIGEST}; the digest that is named can"
                    f' still be pulled; write "@{DIGEST}" to move with it'
                )
            ],
        ),
        (
            f"`{HOST}/team/Base:1`",
            [
                (
                    f'1:2: error: image-reference-invalid: "{HOST}/team/Base:1" is not an image reference;'
                    " write host/repository:tag, the repository in lower case"
                )
            ],
        ),
    ],
    ids=[
        "a sentence's full stop is no part of a tag",
        "in brackets",
        "in bold",
        "docker pull in a code span",
        "FROM with a platform and a stage",
        "FROM with build arguments",
        "FROM with a default",
        "COPY --from",
        "YAML in a list item",
        "JSON",
        "a command in an alert",
        "a table cell",
        "raw HTML",
        "a link to the portal",
        "an unknown digest",
        "a digest of another tag",
        "a name in capitals",
    ],
)
def test_what_is_not_there_is_found_where_it_stands(markdown: str, expected: list[str]) -> None:
    assert found(markdown) == expected


@pytest.mark.parametrize(
    "markdown",
    [
        f"Pull {NAME}:1.0.",
        f"`{NAME}@{OTHER}` and `{NAME}:1.0@{DIGEST}`",
        f"`{NAME}:<tag>` `{NAME}:${{TAG}}` `{NAME}:{{{{tag}}}}` `{NAME}:…`",
        "`contoso.azurecr.io/team/base:1.x`",
        f"https://{HOST}/v2/team/base/tags/list and `{HOST}/team/`",
        f"<!-- {NAME}:1.x -->",
        f"```\nFROM base\nARG T=1.x\nFROM {NAME}:$T\n```",
        f"All images of {HOST}/team are here",
    ],
    ids=[
        "a tag that is there",
        "digests that are there",
        "placeholders",
        "another registry",
        "addresses of the interface",
        "comments",
        "an argument that FROM cannot see",
        "a namespace",
    ],
)
def test_what_is_sound_is_not_flagged(markdown: str) -> None:
    assert found(markdown) == []


ALLOWED = "version: 1\nallow:\n  - image: {image}\n    reason: comes soon\n    until: {until}\n"


@pytest.mark.parametrize(
    ("image", "until", "expected"),
    [
        (f"{NAME}:1.x", "2026-03-01", []),
        (NAME, "2026-03-01", []),
        (
            f"{NAME}:1.x",
            "2026-02-28",
            [
                f"1:6: {UNKNOWN}",
                (
                    f"catalog/allowed-images.yaml:3:5: warning: image-allowance-expired: the allowance of {NAME}:1.x ended"
                    " on 2026-02-28; remove the entry, or look again and write a later day"
                ),
            ],
        ),
        (
            f"{NAME}:2.x",
            "2026-03-01",
            [
                f"1:6: {UNKNOWN}",
                (
                    "catalog/allowed-images.yaml:3:5: suggestion: image-allowance-unused: no page needs the allowance of"
                    f" {NAME}:2.x; remove the entry"
                ),
            ],
        ),
    ],
    ids=["for a tag", "for a repository", "expired", "for another tag"],
)
def test_an_allowance_has_a_reason_and_a_last_day(image: str, until: str, expected: list[str]) -> None:
    assert found(f"Pull {NAME}:1.x", ALLOWED.format(image=image, until=until)) == expected
