"""The families of mutations by which Kubernetes measures detectors of outdated translations
(https://github.com/kubernetes/website/tree/main/scripts/content_detection_benchmark), done anew on our own pages
in every language: each must get the verdict that the benchmark has for it."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from imagedocs.freshness import Pin, State, Translation, Version, judge
from imagedocs.freshness.reading import read_segments
from imagedocs.markdown import Source
from sampling import sample

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path
    for path in (ROOT / "docs").glob("*/*.md")
    if path.parent.name != "en" and (ROOT / "docs/en" / path.name).exists()
)
KOREAN = " 이 내용은 독자의 이해를 돕기 위한 추가 설명입니다."


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The runs of lines that are neither headings, code, tables nor quotes, as the benchmark finds them; nor rows and
    columns of the layout, which the benchmark doesn't have."""
    lines = text.split("\n")
    body = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    runs: list[tuple[int, int]] = []
    start, in_code = None, False
    for number in range(body, len(lines) + 1):
        line = lines[number].strip() if number < len(lines) else ""
        fence = line.startswith("```")
        if not fence and not in_code and line and not line.startswith(("#", "<!--", "|", ">", "[!", ":::")):
            start = number if start is None else start
        elif start is not None:
            runs.append((start, number))
            start = None
        in_code ^= fence
    return runs


def extended(text: str, sentence: str, which: int = 0) -> str:
    lines = text.split("\n")
    lines[paragraphs(text)[which][1] - 1] += sentence
    return "\n".join(lines)


def without_paragraph(text: str) -> str:
    lines = text.split("\n")
    start, end = paragraphs(text)[1]
    return "\n".join(lines[:start] + lines[end + 1 :])


def swapped(text: str) -> str:
    lines = text.split("\n")
    (a, b), (c, d) = paragraphs(text)[:2]
    return "\n".join(lines[:a] + lines[c:d] + lines[b:c] + lines[a:b] + lines[d:])


def without_code(text: str) -> str:
    return re.sub(r"\n *```.*\n(?:.*\n)*? *```\n", "\n", text, count=1)


def with_line(text: str, pattern: str, edit: Callable[[re.Match[str]], str]) -> str:
    return re.sub(pattern, edit, text, count=1, flags=re.MULTILINE)


def without_item(text: str) -> str:
    return with_line(text, r"^(?:[*-]|\d\.) .*\n", lambda _: "")


def with_item(text: str) -> str:
    return with_line(text, r"^([*-]|\d\.) .*\n", lambda m: f"{m[0]}{m[1]} Make sure that it has worked.\n")


def renamed(text: str) -> str:
    return with_line(text, r"^## .*$", lambda m: f"{m[0]} (Updated)")


def other_command(text: str) -> str:
    return with_line(text, r"(^ *```\S+\n)(.*)", lambda m: f"{m[1]}{m[2].replace(' ', ' --all ', 1)}")


def longer_command(text: str) -> str:
    return with_line(text, r"(^ *```\S+\n.*)", lambda m: f"{m[1]} --namespace=default")


def swapped_emphasis(text: str) -> str:
    text = re.sub(r"(?<![*\w])\*(\w[^*\n]*)\*(?!\*)", r"_\1_", text)
    return re.sub(r"\*\*([^*\n]+)\*\*", r"__\1__", text)


def absolute_links(text: str) -> str:
    return re.sub(r"(?<=\w)\]\(([\w-]+)\.md(?![^`\n]*\)`)", r"](https://imagedocs.example/\1/", text)


def other_delimiters(text: str) -> str:
    text = text.replace("[!INCLUDE [", "[!include [")
    return re.sub(r"^> \[!NOTE\]\n((?:>.*\n)+)", _as_admonition, text, flags=re.MULTILINE)


def _as_admonition(match: re.Match[str]) -> str:
    return "!!! note\n" + re.sub(r"^> ?", "    ", match[1], flags=re.MULTILINE)


def same(text: str) -> str:
    return text


Edit = Callable[[str], str]
FAMILIES: dict[str, tuple[Edit, Edit, bool]] = {
    # name -> the edit of the English page, that of the translation, whether the translation is then outdated
    "nothing at all": (same, same, False),
    "the translation says more": (same, lambda text: extended(text, KOREAN), False),
    "include and note in another spelling": (other_delimiters, same, False),
    "a paragraph is missing in the translation": (same, without_paragraph, True),
    "the translation has two paragraphs in another order": (same, swapped, False),
    "a block of code is missing in the translation": (same, without_code, True),
    "a paragraph says more": (lambda text: extended(text, " This may change."), same, True),
    "a sentence is new in a paragraph": (lambda text: extended(text, "\nIt was otherwise.", 1), same, True),
    "a heading is renamed": (renamed, same, True),
    "an item is new": (with_item, same, True),
    "an item is missing in the translation": (same, without_item, True),
    "a command is another": (other_command, same, True),
    "a command has one option more": (longer_command, same, True),
    "paragraph, heading and item": (
        lambda text: with_item(renamed(extended(text, " This may change."))),
        same,
        True,
    ),
    "emphasis in another spelling": (swapped_emphasis, same, False),
    "links are absolute": (absolute_links, same, False),
    "new text, and a slip corrected in the translation": (
        lambda text: extended(text, " It is deprecated."),
        lambda text: extended(text, "!"),
        True,
    ),
    "a section is new": (lambda text: f"{text}\n## What is new\n\nMuch.\n", same, True),
}


def verdict(path: Path, edit: Edit, translated_edit: Edit) -> Translation:
    """On a page that was translated when it was as it is, and then both were edited."""
    source = ROOT / "docs/en" / path.name
    source_path, own_path = (each.relative_to(ROOT).as_posix() for each in (source, path))
    english, own = source.read_text("utf-8"), path.read_text("utf-8")
    version = Version(read_segments(Source(source_path, english)))
    pin = Pin(version.name)
    translated = read_segments(Source(own_path, own))
    accepted = judge(own_path, pin, translated, source_path, version.segments, version).acceptable
    edited = read_segments(Source(source_path, edit(english)))
    edited_own = read_segments(Source(own_path, translated_edit(own)))
    return judge(own_path, replace(pin, accepted=accepted), edited_own, source_path, edited, version)


@pytest.mark.parametrize(
    "path",
    sample(PAGES, lambda path: path.parent.name in ("es", "ko")),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_gets_its_verdict_on_every_page(family: str, path: Path) -> None:
    edit, translated_edit, outdated = FAMILIES[family]
    english = (ROOT / "docs/en" / path.name).read_text("utf-8")
    if (
        outdated
        and edit(english) == english
        and translated_edit(path.read_text("utf-8")) == path.read_text("utf-8")
    ):
        outdated = False  # the page has nothing of the kind
    found = verdict(path, edit, translated_edit)
    assert (found.state is not State.FRESH) == outdated, (found.state, found.changes, found.differences)


def test_each_family_applies_to_some_page() -> None:
    for name, (edit, translated_edit, _) in FAMILIES.items():
        edited = any(
            edit((ROOT / "docs/en" / path.name).read_text("utf-8"))
            != (ROOT / "docs/en" / path.name).read_text("utf-8")
            or translated_edit(path.read_text("utf-8")) != path.read_text("utf-8")
            for path in PAGES
        )
        assert edited or name == "nothing at all", name
