"""Edits of our own pages and of their translations, many more than Kubernetes' benchmark has, with the verdict that
each must get on every page that it applies to, in every language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pytest

from imagedocs.freshness import Pin, Translation, Version, judge
from imagedocs.freshness.alignment import align
from imagedocs.freshness.reading import read_segments
from imagedocs.markdown import Source
from page_edits import (
    Edit,
    alert,
    at,
    bullets,
    code,
    code_swapped,
    code_to_the_end,
    gone,
    heading,
    in_blocks,
    in_body,
    in_front,
    in_prose,
    paragraph,
    paragraph_behind_code,
    paragraph_to_the_next_section,
    paragraphs_swapped,
    replaced,
    section_gone,
    sections_swapped,
    table,
    unboxed,
    without_last_column,
    without_last_line,
    wrapped,
)
from sampling import full

ROOT = Path(__file__).parent.parent
ENGLISH = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs/en").glob("*.md"))}
TRANSLATED = {
    (path.parent.name, path.name): path.read_text("utf-8")
    for path in sorted((ROOT / "docs").glob("*/*.md"))
    if path.parent.name != "en" and path.name in ENGLISH
}
segments_of = lru_cache(maxsize=512)(lambda path, text: read_segments(Source(path, text)))


def verdict(tag: str, name: str, source: str, translation: str) -> Translation:
    """On a page that was translated, and accepted, when both were as they are; and then they were edited."""
    path, source_path = f"docs/{tag}/{name}", f"docs/en/{name}"
    version = Version(segments_of(source_path, ENGLISH[name]))
    pin = Pin(version.name)
    own = segments_of(path, TRANSLATED[tag, name])
    pin = replace(pin, accepted=judge(path, pin, own, source_path, version.segments, version).acceptable)
    return judge(
        path, pin, segments_of(path, translation), source_path, segments_of(source_path, source), version
    )


@dataclass(frozen=True)
class Case:
    edit: Edit
    state: str
    change: str = ""
    """What has changed; with `…` in front, among others."""


NO_CODE = r"(?![^\n)]*\)`)"
"""A link that is shown as an example is code."""
OTHER = "[^`\\n]*"
CHANGES = {
    "a word": Case(at(paragraph, lambda b: re.sub(r" \w+ ", " never ", b, count=1), 1), "stale", "reworded paragraph"),
    "a question": Case(at(lambda b: paragraph(b) and b.endswith("."), lambda b: b[:-1] + "?"), "stale", "reworded paragraph"),
    "a number": Case(at(lambda b: paragraph(b) and re.search(r" \d+[ .,]", b), lambda b: re.sub(r" \d+(?=[ .,])", " 42", b, count=1)), "stale", "reworded paragraph"),
    "a sentence more": Case(at(paragraph, lambda b: f"{b} This is new."), "stale", "reworded paragraph"),
    "a sentence before": Case(at(paragraph, lambda b: f"New here. {b}", 1), "stale", "reworded paragraph"),
    "a sentence less": Case(at(lambda b: paragraph(b) and ". " in b, lambda b: b.partition(". ")[0] + "."), "stale", "reworded paragraph"),
    "a paragraph more": Case(at(paragraph, lambda b: [b, "A new paragraph."], 1), "stale", "added paragraph"),
    "a paragraph less": Case(at(paragraph, gone, 1), "stale", "removed paragraph"),
    "an item more": Case(at(bullets, lambda b: f"{b}\n* A new item."), "stale", "added item"),
    "an item before": Case(at(bullets, lambda b: f"* A new item.\n{b}"), "stale", "added item"),
    "an item less": Case(at(bullets, lambda b: b.rpartition("\n* ")[0]), "stale", "removed item"),
    "an item": Case(at(bullets, lambda b: f"{b} More."), "stale", "reworded item"),
    "a heading": Case(at(heading, lambda b: f"{b} (Updated)", 1), "stale", "reworded heading"),
    "the level of a heading": Case(at(heading, lambda b: f"#{b}", 1), "stale", "…added heading"),
    "a row more": Case(at(table, lambda b: f"{b}\n{re.sub('[^|]+', ' New ', b.partition(chr(10))[0])}"), "stale", "added row"),
    "a row less": Case(at(table, without_last_line), "stale", "removed row"),
    "a cell": Case(at(table, lambda b: re.sub(r"\| ([^|]*) \|\Z", r"| New \1 |", b)), "stale", "reworded row"),
    "a column less": Case(at(table, without_last_column), "stale", "…reworded table"),
    "the head of a column": Case(at(table, lambda b: f"| New {b[2:]}"), "stale", "reworded table"),
    "a word of code": Case(at(code, lambda b: re.sub(r"\n\S+", "\nxyz", b, count=1)), "code-changed", "reworded code"),
    "capitals of a command": Case(at(code, lambda b: re.sub(r"\n\S+", lambda m: m[0].swapcase(), b, count=1)), "code-changed", "reworded code"),
    "a version in code": Case(at(lambda b: code(b) and re.search(r"\d", b), lambda b: re.sub(r"\d(?=\D*\Z)", "77", b)), "code-changed", "reworded code"),
    "a line of code": Case(at(code, lambda b: re.sub(r"\n```\Z", "\necho done\n```", b)), "code-changed", "reworded code"),
    "code more": Case(at(paragraph, lambda b: [b, "```bash\nls -l\n```"], 1), "code-changed", "added code"),
    "code less": Case(at(code, gone), "code-changed", "removed code"),
    "code in a sentence": Case(at(lambda b: paragraph(b) and "`" in b, lambda b: re.sub(f"`{OTHER}`", "`other`", b, count=1)), "stale", "reworded paragraph"),
    "its capitals": Case(at(lambda b: paragraph(b) and re.search(f"`{OTHER}[a-z]{OTHER}`", b), lambda b: re.sub(f"`{OTHER}[a-z]{OTHER}`", lambda m: m[0].upper(), b, count=1)), "stale", "reworded paragraph"),
    "its hyphen": Case(at(lambda b: paragraph(b) and re.search(f"`{OTHER}-{OTHER}`", b), lambda b: re.sub(f"`{OTHER}-{OTHER}`", lambda m: m[0].replace("-", "–"), b, count=1)), "stale", "reworded paragraph"),
    "a link to another page": Case(replaced(r"(?<=\w\]\()([\w-]+)\.md", "another-page.md"), "stale", "reworded"),
    "a link to another address": Case(replaced(r"(?<=\w\]\()https://[^)]*", "https://another.example/place"), "stale", "reworded"),
    "the text of a link": Case(replaced(r"(?<!\[!INCLUDE )\[(\w[^\]\n]*)\](?=\()", r"[Other \1]"), "stale", "reworded"),
    "a link more": Case(at(paragraph, lambda b: f"{b} See [this](contribute.md)."), "stale", "reworded paragraph"),
    "an image more": Case(at(paragraph, lambda b: [b, "![A picture](media/a.png)"], 1), "stale", "added paragraph"),
    "the kind of an alert": Case(replaced(r"^> \[!\w+\]", "> [!CAUTION]"), "stale", "reworded alert"),
    "an alert more": Case(at(paragraph, lambda b: [b, "> [!NOTE]\n> New note."], 1), "stale", "…added alert"),
    "an alert less": Case(at(alert, gone), "stale", "…removed alert"),
    "an alert's box": Case(at(alert, unboxed), "stale", "…removed alert"),
    "another include": Case(replaced(r"includes/(?=[\w-]+\.md)", "includes/other-"), "stale", "reworded include"),
    "the title": Case(in_front("^title: ", "title: New "), "stale", "reworded title"),
    "the description": Case(in_front("^description: ", "description: New "), "stale", "reworded description"),
    "no description": Case(in_front("^description: .*\n", ""), "stale", "removed description"),
    "sections in another order": Case(in_blocks(sections_swapped), "stale", "…moved heading"),
    "code in another order": Case(in_blocks(code_swapped), "stale", "…moved code"),
    "text under another heading": Case(in_blocks(paragraph_to_the_next_section), "stale", "moved paragraph"),
    "text behind its code": Case(in_blocks(paragraph_behind_code), "stale", "…moved"),
    "a section more": Case(lambda text: f"{text}\n## New section\n\nText.\n", "stale", "…added heading"),
    "a section less": Case(in_blocks(section_gone), "", "…removed heading"),
}  # fmt: skip
COSMETIC: dict[str, Edit] = {
    "paragraphs side by side in another order": in_blocks(paragraphs_swapped),
    "lines": in_blocks(lambda blocks: [wrapped(b) if paragraph(b) else b for b in blocks]),
    "a line for each sentence": at(lambda b: paragraph(b) and ". " in b, lambda b: b.replace(". ", ".\n", 1)),
    "blanks at the end": in_body(lambda text: re.sub(r"(?<=\.)$", " ", text, flags=re.MULTILINE)),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "marks of emphasis": in_prose(lambda t: re.sub(r"\*\*(.+?)\*\*", r"__\1__", re.sub(r"(?<![*\w])\*(\w[^*\n]*)\*(?!\*)", r"_\1_", t))),
    "no bold": in_prose(lambda t: t.replace("**", "")),
    "bold in HTML": in_prose(lambda t: re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", t)),
    "bullets of another shape": replaced(r"^( *)\* ", r"\1- ", once=False),
    "other numbers": replaced(r"^1\. ", "7. "),
    "numbers with a bracket": replaced(r"^1\. ", "1) ", once=False),
    "wider items": replaced(r"^\* ", "*   ", once=False),
    "loose items": at(bullets, lambda b: b.replace("\n* ", "\n\n* ")),
    "blank lines": in_blocks(lambda blocks: [f"{b}\n\n" for b in blocks]),
    "longer fences": in_blocks(lambda blocks: [re.sub(r"^```(?!`)", "``````", b, flags=re.MULTILINE) if code(b) else b for b in blocks]),
    "other fences": in_blocks(lambda blocks: [re.sub(r"^```(?!`)", "~~~~~", b, flags=re.MULTILINE) if re.match("```[a-z]", b) else b for b in blocks]),
    "the language of code": at(lambda b: re.match("```[a-z]", b), lambda b: re.sub(r"\A```\w+", "```text", b)),
    "quotation marks": in_prose(lambda t: t.replace("'", "\u2019").replace(' "', " \u201c").replace('"', "\u201d")),
    "a comment": at(paragraph, lambda b: ["<!-- to do -->", b], 1),
    "a comment within": at(paragraph, lambda b: b.replace(" ", " <!-- x --> ", 1), 1),
    "a heading with a line": at(heading, lambda b: f"{b[3:]}\n---"),
    "a heading closed": replaced("^(## .*)$", r"\1 ##", once=False),
    "a heading with its id": at(heading, lambda b: f"{b} {{#{re.sub(r'[^a-z0-9 -]', '', b[3:].lower()).replace(' ', '-')}}}"),
    "a heading in capitals": at(heading, str.upper),
    "a wider table": at(table, lambda b: b.replace(" | ", "    |   ")),
    "columns to the middle": at(table, lambda b: b.replace("| --- ", "| :---: ")),
    "a character by number": in_prose(lambda t: t.replace(" a ", " &#97; ", 1)),
    "a no-break space": in_prose(lambda t: re.sub(r"(\d) (?=\w)", "\\1\u00a0", t, count=1)),
    "metadata": lambda text: text.replace("---\n", "---\nms.date: 01/02/2027\nauthor: me\n", 1),
    "quoted metadata": in_front("^title: ([^':]*)$", r'title: "\1"'),
    "the order of metadata": in_front("^(title: .*\n)(description: .*\n)", r"\2\1"),
    "absolute links": replaced(rf"(?<=\w\]\()([\w-]+)\.md{NO_CODE}", r"https://imagedocs.example/\1/", once=False),
    "links from the folder": replaced(rf"(?<=\w\]\()(?=[\w-]+\.md{NO_CODE})", "./", once=False),
    "a page that has moved": replaced(rf"(?<=\w\]\()(?=[\w-]+\.md{NO_CODE})", "guides/", once=False),
    "links without encryption": replaced(r"\]\(https://docs", "](http://docs"),
    "a link with a title": replaced(r"\]\(([\w-]+\.md)\)", r'](\1 "Title")'),
    "the label of an include": replaced(r"(?<=\[!INCLUDE \[)", "Other "),
    "an alert in small letters": replaced(r"^> \[!(\w+)\]", lambda m: m[0].lower(), once=False),
    "blanks behind code": at(code, lambda b: re.sub(r"(?<=\S)\n```\Z", "  \n```", b)),
}  # fmt: skip
LOSSES = {
    "a paragraph": (at(paragraph, gone, 1), "incomplete"),
    "an item": (at(bullets, lambda b: b.rpartition("\n* ")[0]), "incomplete"),
    "a heading": (at(heading, gone, 1), "incomplete"),
    "the level of a heading": (at(heading, lambda b: f"#{b}", 1), "incomplete"),
    "a heading's mark": (at(heading, lambda b: b[3:], 1), "incomplete"),
    "a row": (at(table, without_last_line), "incomplete"),
    "a column": (at(table, without_last_column), "incomplete"),
    "the text of a cell": (at(table, lambda b: re.sub(r"\| [^|]+ \|\Z", "| |", b)), "incomplete"),
    "a table": (at(table, gone), "incomplete"),
    "a link": (replaced(r"\[(\w[^\]\n]*)\]\([^)`]*\)(?!`)", r"\1"), "incomplete"),
    "an alert": (at(alert, gone), "incomplete"),
    "an alert's box": (at(alert, unboxed), "incomplete"),
    "the kind of an alert": (replaced(r"^> \[!\w+\]", "> [!CAUTION]"), "incomplete"),
    "an anchor": (at(heading, lambda b: re.sub("<a name=[^>]*></a>", "", b)), "incomplete"),
    "a letter of an anchor": (at(heading, lambda b: b.replace('name="', 'name="x')), "incomplete"),
    "an include": (at(lambda b: b.startswith("[!INCLUDE"), gone), "incomplete"),
    "the title": (in_front("^title: .*\n", ""), "incomplete"),
    "the description": (in_front("^description: .*\n", ""), "incomplete"),
    "a section": (in_blocks(section_gone), "incomplete"),
    "code": (at(code, gone), "incomplete"),
    "the fence of code": (at(code, lambda b: "\n".join(b.split("\n")[1:-1])), "incomplete"),
    "a word of code": (at(code, lambda b: re.sub(r"\n\S+", "\nxyz", b, count=1)), "code-changed"),
    "capitals of code": (at(code, lambda b: re.sub(r"\n\S+", lambda m: m[0].swapcase(), b, count=1)), "code-changed"),
    "the order of code": (in_blocks(code_swapped), "code-changed"),
    "the place of code": (in_blocks(code_to_the_end), "…"),
    # A word in angle brackets stands for something, and may be translated.
    "code in a sentence": (at(lambda b: paragraph(b) and "`" in b and "<" not in b, lambda b: re.sub(f"`{OTHER}`", "`otro`", b, count=1)), "code-changed"),
}  # fmt: skip
FREEDOM: dict[str, Edit] = {
    "a sentence more": at(paragraph, lambda b: f"{b} Y más."),
    "a paragraph more": at(paragraph, lambda b: [b, "Y más."]),
    "an item more": at(bullets, lambda b: f"{b}\n* Y más."),
    "ids as attributes": replaced(r'^(#+) <a name="([^"]+)"></a>(.*)$', r"\1 \3 {#\2}", once=False),
    **{
        name: edit
        for name, edit in COSMETIC.items()
        if name not in ("a heading with its id", "a heading with a line", "a heading in capitals")
    },
}


SOME = frozenset(("es", "ja"))
OTHERS = frozenset(tag for tag, _ in TRANSLATED) - SOME
in_languages = pytest.mark.parametrize(
    "tags", [pytest.param(SOME, id="two languages"), pytest.param(OTHERS, id="the others", marks=full)]
)


def translated(tags: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the language, the name and the text of each translation in these languages."""
    for (tag, name), text in TRANSLATED.items():
        if tag in tags:
            yield tag, name, text


def edited(edit: Edit, tags: frozenset[str], *, source: bool) -> Iterator[tuple[str, Translation]]:
    """Yield the verdicts on all pages that `edit` changes, by the page's name."""
    for tag, name, translation in translated(tags):
        english = edit(ENGLISH[name]) if source else ENGLISH[name]
        own = translation if source else edit(translation)
        if (english, own) != (ENGLISH[name], translation):
            yield f"{tag}/{name}", verdict(tag, name, english, own)


def changes_of(page: Translation) -> list[str]:
    return [f"{change.kind} {change.segment.kind}" for change in page.changes]


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES.keys())
@in_languages
def test_a_change_of_the_source_is_seen_on_every_page(tags: frozenset[str], case: Case) -> None:
    pages = dict(edited(case.edit, tags, source=True))
    assert pages
    for name, page in pages.items():
        found = changes_of(page)
        assert page.state == case.state if case.state else page.state not in ("fresh", "unpinned"), name
        if case.change.startswith("…"):
            assert any(each.startswith(case.change[1:]) for each in found), (name, found)
        elif case.change:
            assert len(found) == 1, (name, found)
            assert found[0].startswith(case.change), (name, found)


@pytest.mark.parametrize("edit", COSMETIC.values(), ids=COSMETIC.keys())
@in_languages
def test_what_no_translator_needs_to_know_is_seen_on_no_page(tags: frozenset[str], edit: Edit) -> None:
    pages = dict(edited(edit, tags, source=True))
    assert pages
    for name, page in pages.items():
        assert (page.state, changes_of(page), page.differences) == ("fresh", [], ()), name


@pytest.mark.parametrize(("edit", "state"), LOSSES.values(), ids=LOSSES.keys())
@in_languages
def test_what_a_translation_loses_is_seen_on_every_page(tags: frozenset[str], edit: Edit, state: str) -> None:
    pages = dict(edited(edit, tags, source=False))
    assert pages
    for name, page in pages.items():
        assert page.state == state if state != "…" else page.state in ("incomplete", "code-changed"), name
        assert not page.changes, name


@pytest.mark.parametrize("edit", FREEDOM.values(), ids=FREEDOM.keys())
@in_languages
def test_what_a_translator_may_do_is_seen_on_no_page(tags: frozenset[str], edit: Edit) -> None:
    for name, page in edited(edit, tags, source=False):
        assert (page.state, changes_of(page), page.differences) == ("fresh", [], ()), name


@in_languages
def test_each_segment_that_is_lost_is_noticed_and_nearly_always_the_right_one_named(
    tags: frozenset[str],
) -> None:
    """One after the other, on every page. Texts of one kind are told apart by length, links, code and names alone."""
    lost = named = 0
    for tag, name, translation in translated(tags):
        path, source_path = f"docs/{tag}/{name}", f"docs/en/{name}"
        source, own = segments_of(source_path, ENGLISH[name]), segments_of(path, translation)
        version = Version(source)
        for number, other in enumerate(align(source, own)):
            if other is None:
                continue
            left = (*own[:other], *own[other + 1 :])
            found = judge(path, Pin(), left, source_path, source, version)
            assert found.state == "incomplete", (path, own[other].position)
            lost += 1
            named += any(each.source.key == source[number].key for each in found.differences)
    assert lost > 150 * len(tags)
    assert named / lost > 0.97
