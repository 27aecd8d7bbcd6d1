"""Pages parsed: the `Document` for the checks and the element tree for the reader, from one walk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from imagedocs.markdown.collection import Collection
from imagedocs.markdown.document import Document
from imagedocs.markdown.fragments import parse_blocks
from imagedocs.markdown.front_matter import theme_files
from imagedocs.markdown.inclusion import Fragments, Inclusion
from imagedocs.markdown.options import PageOptions
from imagedocs.markdown.outline import Outline
from imagedocs.markdown.render.blocks import Blocks
from imagedocs.markdown.sheet import Raw, Sheet
from imagedocs.markdown.sources import Source, Sources
from imagedocs.problems import Rule

_TRANSLATION_MARKS = ("ms.openlocfilehash", "ms.translationtype")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page: what it holds, and all that is needed to show it."""

    document: Document
    root: Element
    """A `div` with the page's content. Raw HTML and code stand in it as placeholders."""
    raw: tuple[Raw, ...]
    """By the number in their placeholder."""
    holder: Element
    """Stand-ins for the links, images and anchors of raw HTML."""
    front_matter: Mapping[str, Any]


def parse(
    source: Source,
    sources: Sources,
    *,
    page: PageOptions | None = None,
    fragments: Fragments | None = None,
    first_line: int | None = None,
) -> Parsed:
    """Parse a page.

    `source.text` is the whole file. With `first_line` it is what MkDocs hands on, the body without its front
    matter, and that is the body's first line; the positions are the same. Problems met while the page's own
    text was read (`source.problems`) are the caller's; those of included files are here. `fragments` keeps what included
    files were parsed into, for all pages of a locale during one build.
    """
    options = page or PageOptions()
    fragment = parse_blocks(source, options.alerts, first_line)
    front_matter = fragment.front_matter if options.front_matter is None else options.front_matter
    path = source.page or source.path
    spoken = options.language_in(path)
    sheet = Sheet(
        path,
        sources,
        options,
        fragment.lines,
        Collection(path, generated=source.generated),
        references=fragment.references,
        outline=Outline(source.path),
        base=source.page,
        machine_translated=any(name in front_matter for name in _TRANSLATION_MARKS),
        spoken=spoken,
        around=spoken,
    )
    inclusion = Inclusion(sheet, fragments or Fragments(sources, options.alerts))
    if first_line is None:
        sheet.collection.theme_files += theme_files(source, front_matter)
    blocks = Blocks(sheet, inclusion, fragment)
    blocks.zones.read_groups(front_matter)
    blocks.write_fragment(fragment, sheet.root)
    blocks.zones.finish()
    blocks.part()
    sheet.close_tags()
    found = {problem.rule for problem in sheet.collection.problems}
    # That a file cannot be read, or has two texts in one, says all.
    unread = (source.problems and not source.text) or Rule.MERGE_CONFLICT in found
    for problem in () if unread else sheet.outline.problems():
        if problem.rule is not Rule.H1_NOT_FIRST or Rule.YAML_HEADER_SYNTAX_ERROR not in found:
            sheet.collection.problems[problem] = None
    title = front_matter.get("title")
    if not isinstance(title, str):
        title = next((heading.text for heading in sheet.collection.headings if heading.level == 1), "")
    return Parsed(sheet.collection.document(title), sheet.root, tuple(sheet.raw), sheet.holder, front_matter)
