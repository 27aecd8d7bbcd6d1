"""The inline part of a page: text, emphasis, links, images, code spans, raw HTML in a line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from imagedocs.markdown.document import TextKind
from imagedocs.markdown.labels import BACK_TO_TEXT
from imagedocs.markdown.lint.code import code_span_findings
from imagedocs.markdown.lint.markers import marker_findings, may_have_markers
from imagedocs.markdown.lint.prose import inline_findings
from imagedocs.markdown.lint.references import report_undefined
from imagedocs.markdown.render.markup import Markup
from imagedocs.markdown.render.media import source_position, write_image, write_video
from imagedocs.markdown.sheet import MAX_DEPTH, Sheet, add_element, add_text, protected, readable_uid
from imagedocs.markdown.syntax.places import Places
from imagedocs.markdown.targets import UNSAFE_SCHEMES, scheme_of
from imagedocs.problems import Rule

_TAGS = {"s_open": "del"}
_SHOWN = frozenset(
    {
        "html_inline",
        "colon_image",
        "colon_video",
        "include_inline",
        "no_loc",
        "footnote_ref",
        "formula",
        "emoji",
    }
)
"""Tokens that may show something, though they are no text."""

_SIGNED_NAME = re.compile(r"(?<!\w)[A-Za-z](?:#|\+\+)(?![\w#+])")
"""`C#`, `C++`: the signs behind the letter would stand before it between words that are read from the right."""


class Inlines:
    """Writes the children of `inline` tokens into elements, and collects what they hold."""

    def __init__(
        self, sheet: Sheet, markup: Markup, include: Callable[[Token, Places, Element], None]
    ) -> None:
        self.sheet = sheet
        self.markup = markup
        self._include = include
        self._parents: list[Element] = []
        self._places: Places
        self._texts: list[str] = []
        """Text for the element, not yet written."""
        self._run: list[tuple[str, int]] = []
        """Prose of the current line, not yet collected."""
        self._handlers: dict[str, Callable[[Sequence[Token], int], None]] = {
            "text": self._text,
            "text_special": self._special,
            "softbreak": self._softbreak,
            "hardbreak": self._hardbreak,
            "code_inline": self._code,
            "link_open": self._link,
            "image": self._image,
            "html_inline": self._html,
            "include_inline": self._inclusion,
            "footnote_ref": self._footnote,
            "footnote_anchor": self.footnote_anchor,
            "no_loc": self._no_loc,
            "formula": self._formula,
            "emoji": self._emoji,
            "colon_image": self._colon_image,
            "colon_video": self._colon_video,
            "xref": self._xref,
        }

    def places(self, token: Token) -> Places:
        """The places of the text of an `inline` token."""
        meta: dict[str, Any] = token.meta
        first = self._first_row(token)
        start = meta.get("start")
        if start is not None:
            start -= self.sheet.lines.text.rfind("\n", 0, start) + 1
        return Places(self.sheet.lines, first, token.content, start, meta.get("pipes", ()))

    def _first_row(self, token: Token) -> int:
        """The row that the text of an `inline` token begins in: markdown-it trims rows of wide spaces away."""
        first, end = token.map or [0, 1]
        trimmed = end - first - 1 - token.content.count("\n")
        if trimmed > 0:
            rows = self.sheet.lines.rows
            beginning = token.content.partition("\n")[0]
            for row in range(first, first + trimmed):
                if rows[row].rstrip().endswith(beginning.rstrip()):
                    return row
            return first + trimmed
        return first

    def heading_places(self, opening: Token, token: Token) -> Places:
        """The places of a heading's text, behind its `#`."""
        first = self._first_row(token)
        lines = self.sheet.lines
        start = None
        if opening.markup.startswith("#"):
            row = lines.rows[min(first, len(lines.rows) - 1)]
            start = row.find(opening.markup) + len(opening.markup)
            while start < len(row) and row[start].isspace():
                start += 1
        return Places(lines, first, token.content, start)

    def lint(self, token: Token, places: Places) -> None:
        """Look for slips in the text of an `inline` token."""
        if token.children:
            if "][" in token.content or "[^" in token.content:
                report_undefined(self.sheet, token.children, places)
            if token.children[0].meta.get("exhausted"):
                message = "the text has so many brackets that no more links are looked for in it"
                self.sheet.collection.problem(places.at(0), Rule.TOO_MUCH, message)
            self.sheet.findings(inline_findings(token.content, token.children), places)

    def look_for_markers(self, children: Sequence[Token], places: Places) -> None:
        """Look for syntax among what is written as text. Call it last: of what is reported already, no more is said."""
        sheet = self.sheet
        if may_have_markers(places.text) and not sheet.is_in_code:
            contents = sheet.options.headings.marker
            sheet.findings(marker_findings(places.text, children, sheet.opened, contents), places)

    def write(self, tokens: Sequence[Token], places: Places, parent: Element) -> None:
        """Write `tokens` into `parent`. May be called for the tokens of an included file while a line that
        includes it is being written."""
        outer = (self._parents, self._places if self._parents else places, self._texts, self._run)
        self._parents, self._places, self._texts, self._run = [parent], places, [], []
        for index, token in enumerate(tokens):
            handler = self._handlers.get(token.type)
            if handler:
                handler(tokens, index)
            elif token.nesting > 0:
                self._open(_TAGS.get(token.type, token.tag), {})
            elif token.nesting < 0:
                self._close()
        self._flush()
        self._parents, self._places, self._texts, self._run = outer

    # texts

    def _flush_run(self) -> None:
        if self._run:
            content = "".join(part for part, _ in self._run)
            if content.strip():
                kind = TextKind.CODE_SPAN if self.sheet.is_in_code else TextKind.PROSE
                shifts = self._places.shifts(self._run)
                self.sheet.collection.text(kind, content, self._places.at(self._run[0][1]), shifts=shifts)
            self._run = []

    def _flush_texts(self) -> None:
        if self._texts:
            text = "".join(self._texts)
            if self.sheet.options.right_to_left:
                text = _SIGNED_NAME.sub("\\g<0>\u200e", text)
            add_text(self._parents[-1], protected(text))
            self._texts = []

    def _flush(self) -> None:
        self._flush_run()
        self._flush_texts()

    def _add(self, token: Token, content: str, shift: int = 0) -> None:
        self._run.append((content, token.meta.get("pos", 0) + shift))
        self._texts.append(content)

    def _text(self, tokens: Sequence[Token], index: int) -> None:
        if content := tokens[index].content:
            before = tokens[index - 1] if index else None
            in_angles = before is not None and before.type == "link_open" and before.markup == "autolink"
            self._add(tokens[index], content, int(in_angles))

    def _special(self, tokens: Sequence[Token], index: int) -> None:
        self._add(tokens[index], tokens[index].content)

    def _softbreak(self, tokens: Sequence[Token], index: int) -> None:
        self._flush_run()
        self._texts.append("\n")

    def _hardbreak(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        add_element(self._parents[-1], "br")

    def _code(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        token = tokens[index]
        element = add_element(self._parents[-1], "code", self._attributes(token))
        element.text = protected(token.content)
        start = token.meta.get("pos", 0) + len(token.markup)
        if not token.content.isascii():
            offset = start + int(not self._places.text.startswith(token.content, start))
            moved = (
                replace(found, start=found.start + offset, end=found.end + offset)
                for found in code_span_findings(token.content)
            )
            self.sheet.findings(moved, self._places)
        self.markup.code_span(token.content, self._places, start)

    # elements

    def _attributes(self, token: Token) -> dict[str, str]:
        found = {
            name: str(value) for name, value in token.attrs.items() if name not in ("href", "src", "alt")
        }
        place = self._places.at(token.meta.get("pos", 0))
        if found.get("id") and self.sheet.refuses(found["id"], place):
            del found["id"]
        elif found.get("id"):
            self.sheet.element_id(found["id"], place)
        return found

    def _open(self, tag: str, attributes: dict[str, str]) -> Element:
        self._flush()
        if len(self._parents) + self.sheet.depth > MAX_DEPTH:
            self._parents.append(self._parents[-1])
        else:
            self._parents.append(add_element(self._parents[-1], tag, attributes))
        return self._parents[-1]

    def _close(self) -> None:
        self._flush()
        if len(self._parents) > 1:
            self._parents.pop()

    def _link(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        opening = tokens[index]
        end = _closing(tokens, index)
        inner = tokens[index + 1 : end]
        target = str(opening.attrs.get("href", ""))
        closing_pos = tokens[end].meta.get("pos", 0) if end < len(tokens) else 0
        position = self.markup.target_position(opening, closing_pos, self._places)
        attributes = self._attributes(opening)
        text = text_of(inner)
        if not text.strip() and not any(token.type in _SHOWN for token in inner):
            self.sheet.missing_text(target, position)
        found = self.markup.link(target, position, text)
        if "class" in found and "class" in attributes:
            found["class"] = f"{attributes['class']} {found['class']}"
        attributes.update(found)
        is_inner = any(parent.tag == "a" for parent in self._parents)  # <https://…> in the text of a link
        if is_inner:
            self._open("span", {})
        else:
            self._open("a" if "href" in attributes else "span", attributes)

    def _image(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        token = tokens[index]
        target = str(token.attrs.get("src", ""))
        alt = text_of(token.children or ())
        label_end = token.meta.get("pos", 0) + 2 + len(token.content)
        position = self.markup.target_position(token, label_end, self._places)
        href = self.sheet.image(target, position, alt)
        if href is None:
            self._texts.append(alt)
            return
        add_element(self._parents[-1], "img", {**self._attributes(token), "src": href, "alt": alt})

    def _html(self, tokens: Sequence[Token], index: int) -> None:
        self._flush_run()
        token = tokens[index]
        start = token.meta.get("pos", 0)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following and following.type == "html_inline" and token.content[:2] in ("<a", "<A"):
            self.markup.report_textless(token.content + following.content, self._places, start)
        self._texts.append(self.markup.html(token.content, self._places, start))

    def _inclusion(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        self._include(tokens[index], self._places, self._parents[-1])

    def _no_loc(self, tokens: Sequence[Token], index: int) -> None:
        """Text that translators leave alone, and so does the reader's browser."""
        self._flush()
        token = tokens[index]
        text = token.content
        span = add_element(
            self._parents[-1], "span", {"class": "no-loc notranslate", "dir": "ltr", "lang": "en-us"}
        )
        span.text = protected(text)
        start = token.meta.get("pos", 0) + len(':::no-loc text="')
        self.sheet.collection.text(TextKind.PROSE, text, self._places.at(start))

    def _formula(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        span = add_element(self._parents[-1], "span", {"class": "math"})
        span.text = protected(f"\\({tokens[index].content}\\)")

    def _emoji(self, tokens: Sequence[Token], index: int) -> None:
        """Collected as it is written, shown as what it stands for."""
        token = tokens[index]
        self._add(token, token.content)
        self._texts[-1] = token.info

    def _colon_image(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        meta = tokens[index].meta
        write_image(self.sheet, meta["attributes"], source_position(self._places, meta), self._parents[-1])

    def _colon_video(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        meta = tokens[index].meta
        position = source_position(self._places, meta)
        if not write_video(self.sheet, meta["attributes"], position, self._parents[-1]):
            self._texts.append(tokens[index].content)

    def _xref(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        token = tokens[index]
        known = self.sheet.xref(token.info)
        position = self._places.at(token.meta.get("pos", 0))
        if known:
            address, name = known
            self.sheet.collection.text(TextKind.PROSE, name, position)
            add_element(self._parents[-1], "a", {"href": address}).text = protected(name)
            return
        element = add_element(self._parents[-1], "xref")
        if scheme_of(token.info) not in UNSAFE_SCHEMES:
            element.set("href", protected(token.info))
        if token.meta["required"]:
            self.sheet.unknown_xref(token.info, position)
            add_element(element, "code").text = protected(readable_uid(token.info).removesuffix("*"))
        else:
            self.sheet.collection.text(TextKind.PROSE, token.content, position)
            element.text = protected(token.content)

    def _footnote(self, tokens: Sequence[Token], index: int) -> None:
        self._flush()
        meta = tokens[index].meta
        name = self.sheet.footnote_prefix + str(meta["label"])
        again = f":{meta['subId']}" if meta.get("subId") else ""
        mark = add_element(self._parents[-1], "sup", {"id": f"fnref:{name}{again}"})
        position = self._places.at(tokens[index].meta.get("pos", 0))
        self.sheet.anchor(f"fnref:{name}{again}", position)
        link = add_element(mark, "a", {"class": "footnote-ref", "href": f"#fn:{name}"})
        link.text = str(meta["id"] + 1)

    def footnote_anchor(self, tokens: Sequence[Token], index: int, parent: Element | None = None) -> None:
        meta = tokens[index].meta
        name = self.sheet.footnote_prefix + str(meta["label"])
        again = f":{meta['subId']}" if meta.get("subId") else ""
        if parent is None:
            self._flush()
            parent = self._parents[-1]
        add_text(parent, "\xa0")
        back = add_element(
            parent,
            "a",
            {
                "class": "footnote-backref",
                "href": f"#fnref:{name}{again}",
                "title": self.sheet.label(BACK_TO_TEXT),
            },
        )
        back.text = "\u21a9"


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The number of the token that closes the link which token `index` opens."""
    depth = 0
    for number in range(index, len(tokens)):
        if tokens[number].type == "link_open":
            depth += 1
        elif tokens[number].type == "link_close":
            depth -= 1
            if not depth:
                return number
    return len(tokens)


def text_of(tokens: Sequence[Token]) -> str:
    """What a reader sees of inline tokens."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "image":
            parts.append(text_of(token.children or ()))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type in ("text", "text_special", "code_inline", "xref"):
            parts.append(token.content)
    return "".join(parts)
