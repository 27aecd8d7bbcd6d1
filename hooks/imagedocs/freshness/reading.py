"""Segments read from the tokens of a page's own file; what it includes is another's."""

import posixpath
from collections.abc import Sequence
from dataclasses import replace

from markdown_it.token import Token

from imagedocs.freshness.inlines import Content, read_html, read_inlines
from imagedocs.freshness.segments import IDENTICAL, Kind, Segment, link_name, plain
from imagedocs.markdown.fragments import Fragment, parse_blocks
from imagedocs.markdown.render.headings import leading_anchor, slug, tab_of, trailing_attributes
from imagedocs.markdown.sources import Source
from imagedocs.problems import Position


def read_segments(source: Source) -> tuple[Segment, ...]:
    """The segments of the file `source`, in their order."""
    fragment = parse_blocks(source)
    header = source.text.split("\n", fragment.lines.first_line - 1)[: fragment.lines.first_line - 1]
    return (*_metadata(fragment, header, source.path), *_Reader(fragment).read())


def _metadata(fragment: Fragment, header: Sequence[str], path: str) -> list[Segment]:
    found: list[Segment] = []
    for kind in (Kind.TITLE, Kind.DESCRIPTION):
        value = fragment.front_matter.get(kind.value)
        if isinstance(value, str) and value.strip():
            rows = (number for number, row in enumerate(header, 1) if row.startswith(f"{kind}:"))
            text = plain(value)
            found.append(Segment(kind, text, prose=(text,), position=Position(path, next(rows, 1), 1)))
    return found


class _Reader:
    def __init__(self, fragment: Fragment) -> None:
        self._fragment = fragment
        self._tokens = fragment.tokens
        self._path = fragment.lines.path
        self._found: list[Segment] = []
        self._lists: list[int] = []
        """For each open list its number if it is numbered, else 0."""
        self._numbered = 0
        self._anchors: list[str] = []
        """Those that stand before the next segment."""
        self._conditions: list[str] = []
        """The versions and readers that the open blocks are for."""
        self._claimed: dict[str, int] = {}
        """Ids made from headings -> how many headings have asked for it."""

    def read(self) -> list[Segment]:
        index = 0
        while index < len(self._tokens):
            index = self._read(index)
        if self._anchors and self._found:
            last = self._found[-1]
            self._found[-1] = replace(last, anchors=(*last.anchors, *self._anchors))
        return self._found

    def _read(self, index: int) -> int:
        """Read the token `index`; the number of the one that is next."""
        token = self._tokens[index]
        match token.type:
            case "ordered_list_open":
                self._numbered += 1
                self._lists.append(self._numbered)
            case "bullet_list_open":
                self._lists.append(0)
            case "ordered_list_close" | "bullet_list_close":
                self._lists.pop()
            case "heading_open":
                self._heading(token, self._tokens[index + 1])
                return self._fragment.ends[index] + 1
            case "admonition_title_open" if len(self._tokens[index - 1].info.strip().split(" ")) == 1:
                return self._fragment.ends[index] + 1  # the title is the kind's own
            case "inline":
                self._inline(index)
            case "tr_open":
                return self._row(index)
            case "alert_open":
                self._add(Kind.ALERT, Content(token.info.upper()), token)
            case "admonition_open":
                self._add(Kind.ALERT, Content(str(token.meta["tag"]).upper()), token)
            case "fence" | "code_block" | "formula_block":
                code = "\n".join(line.rstrip() for line in token.content.split("\n")).strip("\n")
                self._add(Kind.CODE, Content(code), token)
            case "snippet" | "include":
                self._file(Kind(token.type), str(token.meta["target"]), token)
            case "html_block":
                self._add(Kind.PARAGRAPH, read_html(token.content, self._path), token)
            case "video":
                video = link_name("video", token.info, self._path)
                self._add(Kind.PARAGRAPH, Content("", (video,)), token)
            case "colon_moniker_open" | "colon_zone_open":
                values = token.meta.get("attributes", {}).values()
                self._conditions.append(f"only for {' '.join(map(str, values))}")
            case "colon_moniker_close" | "colon_zone_close" if self._conditions:
                self._conditions.pop()
            case _ if token.type.startswith("colon_"):
                self._colon(token)
            case _:
                pass
        return index + 1

    def _heading(self, opening: Token, inline: Token) -> None:
        children = list(inline.children or ())
        width, identifier, _ = trailing_attributes(children)
        if width:
            children[-1] = children[-1].copy(content=children[-1].content[:-width])
        content = read_inlines(children, self._path)
        if not identifier and leading_anchor(children) is None and tab_of(children) is None:
            identifier = self._claim(slug(plain(content.text)) or "section")
        anchors = (identifier, *content.anchors) if identifier else content.anchors
        self._add(Kind.HEADING, replace(content, anchors=anchors), opening, level=int(opening.tag[1]))

    def _claim(self, identifier: str) -> str:
        """As the page's own headings are told from one another."""
        number = self._claimed.get(identifier, 0)
        self._claimed[identifier] = number + 1
        return f"{identifier}-{number}" if number else identifier

    def _inline(self, index: int) -> None:
        token = self._tokens[index]
        content = read_inlines(token.children or (), self._path)
        is_first = index > 1 and self._tokens[index - 2].type == "list_item_open"
        is_item = is_first or self._tokens[index - 1].type == "dt_open"
        steps = self._lists[-1] if is_first and self._lists else 0
        if is_first and self._tokens[index - 2].meta.get("checked"):
            content = replace(content, marks=(*content.marks, "ticked"))
        self._add(Kind.ITEM if is_item else Kind.PARAGRAPH, content, token, steps=steps)

    def _row(self, index: int) -> int:
        end = self._fragment.ends[index]
        inlines = (token for token in self._tokens[index:end] if token.type == "inline")
        cells = [read_inlines(token.children or (), self._path) for token in inlines]
        content = Content(
            " | ".join(plain(cell.text) for cell in cells),
            tuple(link for cell in cells for link in cell.links),
            tuple(anchor for cell in cells for anchor in cell.anchors),
            codes=tuple(code for cell in cells for code in cell.codes),
            goals=tuple(goal for cell in cells for goal in cell.goals),
            marks=tuple(mark for cell in cells for mark in cell.marks),
        )
        is_header = self._tokens[index - 1].type == "thead_open"
        kind = Kind.TABLE if is_header else Kind.ROW
        self._add(kind, content, self._tokens[index], cells=[cell.prose for cell in cells])
        return end + 1

    def _file(self, kind: Kind, target: str, token: Token) -> None:
        self._add(kind, Content(posixpath.basename(target.replace("\\", "/"))), token)

    def _colon(self, token: Token) -> None:
        attributes = token.meta.get("attributes", {})
        source = str(attributes.get("source", ""))
        if token.type == "colon_code":
            parts = (attributes[name] for name in ("range", "id") if attributes.get(name))
            self._file(Kind.SNIPPET, "?".join((source, *parts)), token)
        elif token.type in ("colon_image", "colon_image_open"):
            links = (link_name("image", source, self._path),)
            self._add(Kind.PARAGRAPH, _shown(attributes.get("alt-text", ""), links), token)
        elif token.type == "colon_video":
            links = (link_name("video", source, self._path),)
            self._add(Kind.PARAGRAPH, _shown(attributes.get("title", ""), links), token)

    def _add(
        self,
        kind: Kind,
        content: Content,
        token: Token,
        *,
        level: int = 0,
        steps: int = 0,
        cells: Sequence[str] = (),
    ) -> None:
        text = content.text if kind in IDENTICAL else plain(content.text)
        if not text and not content.links and kind is not Kind.TABLE and kind is not Kind.ROW:
            self._anchors += content.anchors
            return
        anchors = (*self._anchors, *content.anchors)
        self._anchors = []
        lines = self._fragment.lines
        row = token.map[0] if token.map else 0
        written = lines.rows[min(row, len(lines.rows) - 1)]
        place = lines.position(row, len(written) - len(written.lstrip()))
        prose = () if kind in IDENTICAL else tuple(plain(each) for each in cells or (content.prose,))
        self._found.append(
            Segment(
                kind,
                text,
                level,
                content.links,
                steps,
                anchors,
                prose,
                content.codes,
                content.goals,
                (*content.marks, *self._conditions),
                place,
            )
        )


def _shown(text: str, links: tuple[str, ...]) -> Content:
    return Content(text, links, prose=text)
