"""What blocks and lines have in common: links with their places, code spans, raw HTML."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from imagedocs.markdown.document import Comment, LinkKind, TextKind
from imagedocs.markdown.lint.findings import Finding
from imagedocs.markdown.lint.markers import html_findings
from imagedocs.markdown.resources import css_addresses, srcset_addresses
from imagedocs.markdown.sheet import RawHtml, Sheet, add_element
from imagedocs.markdown.syntax import allowed, html
from imagedocs.markdown.syntax.html import Attribute, Piece, Tag
from imagedocs.markdown.syntax.places import Places
from imagedocs.markdown.targets import UNSAFE_SCHEMES, scheme_of
from imagedocs.problems import Position, Rule

_COMMENT_END = re.compile(r"--[ \t]+>|--!>|[–—]-?>|(?<!-)->")
"""What is written where a comment is meant to end."""
_OPENING = re.compile(r"\([ \t\n]*<?")
_LONGEST_TAG = 40
"""That is shown as a whole."""
_DROPPED_WITH_CONTENT = frozenset({"script", "style"})
_LEFT_OUT = {"object": "data", "embed": "src", "link": "href", "script": "src", "frame": "src"}
"""Elements that no page has, and where each says what it would load."""
_MARKDOWN = re.compile(
    r"[*_]{1,2}\w[^\n]*?\w?[*_]{1,2}|`[^`\n]+`|\]\(|^[ \t]*(?:[-*+>#]|\d+[.)])[ \t]", re.MULTILINE
)
_DEFINITION_TARGET = re.compile(r"\]:[ \t]*<?")


class Markup:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    # links

    def target_position(self, token: Token, label_end: int, places: Places) -> Position:
        """Of the first character of the target of a link or an image.

        `label_end` is where its label's closing bracket stands; behind it comes `(`, or a reference whose
        definition has the target.
        """
        sheet = self.sheet
        if token.markup == "autolink":
            return places.at(token.meta.get("pos", 0) + 1)
        if token.markup == "bare":
            return places.at(token.meta.get("pos", 0))
        if label := token.meta.get("label"):
            definition = sheet.references.get(normalizeReference(label))
            if definition and definition.get("map"):
                return self._definition_position(definition)
        text = places.text
        match = _OPENING.match(text, label_end + 1)
        return places.at(match.end() if match else label_end)

    def _definition_position(self, definition: Mapping[str, Any]) -> Position:
        rows = self.sheet.lines.rows
        first, end = int(definition["map"][0]), int(definition["map"][1])
        target = str(definition["href"])
        for row in range(first, min(end, len(rows))):
            marker = _DEFINITION_TARGET.search(rows[row])
            column = rows[row].find(target, marker.end() if marker else 0)
            if column >= 0:
                return self.sheet.lines.position(row, column)
        return self.sheet.lines.position(first)

    def link(self, target: str, position: Position, text: str) -> dict[str, str]:
        """The attributes of the `<a>` for a link to `target`."""
        href = self.sheet.link(target, position, LinkKind.LINK, text)
        if href is None:
            return {}
        if language := self.sheet.language():
            return {"href": href, "hreflang": language}
        if href.endswith("#lightbox"):
            return {"href": href.removesuffix("#lightbox"), "class": "glightbox"}
        return {"href": href}

    # code spans

    def code_span(self, content: str, places: Places, start: int) -> None:
        """Collect a code span, a run for each line that it stands in. `start`: behind its back-ticks."""
        text = places.text
        if text[start : start + len(content)].replace("\n", " ") != content:
            start += 1  # the space that keeps back-ticks apart
        end = start + len(content)
        while start < end:
            line_end = text.find("\n", start, end)
            stop = end if line_end < 0 else line_end
            if stop > start:
                line = text[start:stop]
                shifts = places.shifts([(line, start)])
                self.sheet.collection.text(TextKind.CODE_SPAN, line, places.at(start), shifts=shifts)
            start = stop + 1

    # raw HTML

    def html(self, source: str, places: Places, start: int, *, is_block: bool = False) -> str:
        """The placeholder of `source`, raw HTML that begins at `start` of the block's text, made safe. The elements of
        a block of a file in another language say so."""
        parts: list[str | Element] = []
        silenced = ""
        depth = 0
        self.report_textless(source, places, start)
        asking: Tag | None = None
        for piece in html.pieces(source):
            if isinstance(piece, Piece):
                if silenced == "style":
                    self._style(piece.text, places, start + piece.offset)
                elif piece.comment:
                    self._comment(piece, places, start)
                elif not silenced:
                    if piece.text.strip():
                        self.sheet.outline.content()
                        if asking is not None:
                            self._unread(asking, piece, places, start)
                    parts.append(escape_stray(piece.text))
                    self._html_text(piece, places, start)
                continue
            asking = piece if is_block and _asks_for_markdown(piece) else None
            if silenced:
                if piece.closing and piece.name == silenced:
                    silenced = ""
                continue
            if piece.name == "xref" and self._reference(piece, parts, places, start):
                continue
            is_drawn = self.sheet.collection.generated and piece.name in allowed.DRAWINGS
            in_drawing = bool(
                self.sheet.open_tags.get("svg")
            )  # where other elements do what they do nowhere else
            if not is_drawn and (in_drawing or not allowed.is_known_tag(piece.name)):
                self._disallowed_tag(piece, places, start)
            if not is_drawn and (in_drawing or piece.name in allowed.DANGEROUS):
                attribute = piece.get(_LEFT_OUT.get(piece.name, ""))
                if attribute and attribute.value and not piece.closing:
                    self.sheet.resource(attribute.value, places.at(start + attribute.value_offset))
                if piece.name in _DROPPED_WITH_CONTENT and not piece.closing:
                    silenced = piece.name
                continue
            self._tag(piece, parts, places, start, is_outermost=is_block and depth <= 0)
            if piece.name not in allowed.VOID | allowed.OPTIONAL_END and not piece.self_closing:
                depth += -1 if piece.closing else 1
        return self._stashed(parts)

    def _unread(self, tag: Tag, piece: Piece, places: Places, start: int) -> None:
        """Report Markdown directly behind a tag that asks for it, and in which none is read without an empty line."""
        if _MARKDOWN.search(piece.text):
            offset = start + piece.offset + len(piece.text) - len(piece.text.lstrip())
            message = f"no Markdown is read directly behind {tag.raw}, so readers see it as it is written"
            hint = "put an empty line behind the tag, and one before </" + tag.name + ">"
            found = Finding(offset, offset + 1, Rule.LITERAL_MARKUP, message, hint)
            self.sheet.findings((found,), places)

    def _stashed(self, parts: list[str | Element]) -> str:
        if not parts:
            return ""
        if all(isinstance(part, str) for part in parts):
            return self.sheet.stash("".join(part for part in parts if isinstance(part, str)))
        return self.sheet.stash(RawHtml(tuple(parts)))

    def _tag(
        self, tag: Tag, parts: list[str | Element], places: Places, start: int, *, is_outermost: bool
    ) -> None:
        if tag.closing:
            # `</br>`: browsers show a line break, and so did its author's preview
            self._close(tag, parts, places, start)
            if tag.name == "br":
                offset = start + tag.offset
                end = offset + len(tag.raw)
                message = "</br> is no HTML, though browsers forgive it"
                found = Finding(offset, end, Rule.MALFORMED_BREAK, message, 'write "<br>"', "<br>")
                self.sheet.findings((found,), places)
            return
        parts.append(f"<{tag.name}")
        for attribute in tag.attributes:
            self._attribute(tag, attribute, parts, places, start)
        if is_outermost and self.sheet.is_foreign:
            language, direction = self.sheet.spoken
            for name, value in (("lang", language), ("dir", direction)):
                if tag.get(name) is None:
                    parts.append(f' {name}="{escape(value)}"')
        # HTML has no `<a …/>`: what follows would be its content
        closes = tag.self_closing and tag.name not in allowed.VOID
        if not closes and tag.name not in allowed.VOID | allowed.OPTIONAL_END:
            self.sheet.open_tags.setdefault(tag.name, []).append(places.at(start + tag.offset))
        parts.append(f"></{tag.name}>" if closes else ">")

    def _reference(self, tag: Tag, parts: list[str | Element], places: Places, start: int) -> bool:
        """`<xref href="uid"></xref>` as a link with the name of what it leads to; `False` for what is none."""
        sheet, uid = self.sheet, tag.get("href")
        if tag.closing and sheet.open_references:
            sheet.open_references -= 1
            return True
        if tag.closing or uid is None or not uid.value:
            return False
        known = self.sheet.xref(uid.value)
        if known is None:
            self.sheet.unknown_xref(uid.value, places.at(start + uid.value_offset))
            return False
        address, name = known
        stand_in = add_element(self.sheet.holder, "a", {"href": address})
        parts += ('<a href="', stand_in, f'">{escape(name)}</a>')
        sheet.open_references += not tag.self_closing
        return True

    def _close(self, tag: Tag, parts: list[str | Element], places: Places, start: int) -> None:
        """The end of an element that is open; any other would end one of the site's own."""
        if tag.name == "br":
            parts.append("<br>")
        elif tag.name in allowed.OPTIONAL_END:
            parts.append(f"</{tag.name}>")
        elif self.sheet.open_tags.get(tag.name):
            self.sheet.open_tags[tag.name].pop()
            parts.append(f"</{tag.name}>")
        elif tag.name not in allowed.VOID and allowed.is_known_tag(tag.name):
            position = places.at(start + tag.offset)
            message = f"</{tag.name}> closes nothing that is open"
            self.sheet.collection.problem(position, Rule.UNBALANCED_HTML, message, "delete it")

    def _attribute(
        self, tag: Tag, attribute: Attribute, parts: list[str | Element], places: Places, start: int
    ) -> None:
        name, value = attribute.name, attribute.value
        if name == "markdown":
            return  # for Python-Markdown's md_in_html; here Markdown goes on behind an empty line
        if not allowed.is_allowed_attribute(tag.name, name):
            self._disallowed_attribute(tag, attribute, places, start)
            if name == "style" and value:
                self._style(value, places, start + attribute.value_offset)
            return
        if value is None:
            parts.append(f" {name}")
            return
        position = places.at(start + attribute.value_offset)
        if name in ("id", "name", "for") and self.sheet.refuses(value, position):
            return
        if (tag.name, name) in allowed.ADDRESSES:
            self._address(tag, attribute, parts, position)
            return
        if name == "srcset" and scheme_of(value) in UNSAFE_SCHEMES:
            return
        if name == "srcset":
            for offset, address in srcset_addresses(value):
                self.sheet.resource(address, places.at(start + attribute.value_offset + offset))
        parts.append(f' {name}="{escape(value)}"')
        if value and (name == "id" or (name == "name" and tag.name == "a")):
            self._named(value, position)
        elif name == "class" and value.startswith("sxs-"):
            message = "the page has two languages side by side, as only a translation portal shows them"
            self.sheet.collection.problem(
                position, Rule.BILINGUAL_PAGE, message, "take the page of one language"
            )

    def _named(self, value: str, position: Position) -> None:
        sheet = self.sheet
        sheet.name(value, position)
        if value not in sheet.ids:
            sheet.ids.add(value)
            sheet.holder.append(Element("span", {"id": value}))
        sheet.anchor(value, position)

    def _address(
        self, tag: Tag, attribute: Attribute, parts: list[str | Element], position: Position
    ) -> None:
        value = (attribute.value or "").strip()
        is_link = attribute.name in ("href", "cite", "action", "formaction")
        if not value:
            parts.append(f' {attribute.name}=""')
            self.sheet.empty_link(position, LinkKind.LINK if is_link else LinkKind.IMAGE)
            return
        text = ""
        if not is_link and (alt := tag.get("alt")):
            text = alt.value or ""
        if tag.name == "img":
            href = self.sheet.image(value, position, text)
        else:
            kind = LinkKind.LINK if is_link else LinkKind.IMAGE
            href = self.sheet.link(value, position, kind, text)
        if href is None:
            return
        if tag.name == "a" and href.endswith("#lightbox"):
            href = href.removesuffix("#lightbox")
            parts.append(' class="glightbox"')
        stand_in = add_element(
            self.sheet.holder, "a" if is_link else "img", {"href" if is_link else "src": href}
        )
        parts += (f' {attribute.name}="', stand_in, '"')
        if tag.name == "a" and not tag.get("hreflang") and (language := self.sheet.language()):
            parts.append(f' hreflang="{escape(language)}"')

    def _style(self, text: str, places: Places, start: int) -> None:
        for offset, address in css_addresses(text):
            self.sheet.resource(address, places.at(start + offset))

    def report_textless(self, source: str, places: Places, start: int) -> None:
        """Report the links of raw HTML in which nothing stands. One that is named otherwise shows something, and
        so may any other element."""
        target: Attribute | None = None
        for piece in html.pieces(source):
            if isinstance(piece, Piece):
                if piece.text.strip() and not piece.comment:
                    target = None
            elif piece.name == "a" and not piece.closing:
                named = any(piece.get(name) for name in ("aria-label", "aria-labelledby", "title"))
                target = None if named or piece.self_closing else piece.get("href")
            elif piece.name == "a":
                if target:
                    self.sheet.missing_text(target.value or "", places.at(start + target.value_offset))
                target = None
            elif piece.name != "img" or ((alt := piece.get("alt")) and (alt.value or "").strip()):
                target = None

    def _comment(self, piece: Piece, places: Places, start: int) -> None:
        first = places.at(start + piece.offset)
        last = places.at(start + piece.offset + len(piece.text) - 1)
        content = piece.text.removeprefix("<!--").removesuffix("-->")
        collection = self.sheet.collection
        if not piece.text.endswith("-->"):
            message = "nothing closes the comment that begins here, so readers see nothing of what follows"
            meant = _COMMENT_END.search(content)
            hint = f'write "-->" in place of "{meant[0]}"' if meant else 'write "-->" behind it'
            collection.problem(first, Rule.UNBALANCED_HTML, message, hint)
        collection.comments.append(Comment(content, first, last.line, collection.included_from))

    def _html_text(self, piece: Piece, places: Places, start: int) -> None:
        offset = start + piece.offset
        if not self.sheet.is_in_code:
            found = html_findings(piece.text, self.sheet.opened)
            self.sheet.findings(
                (replace(each, start=each.start + offset, end=each.end + offset) for each in found), places
            )
        for line in piece.text.split("\n"):
            if line.strip():
                kind = TextKind.CODE_SPAN if self.sheet.is_in_code else TextKind.HTML
                shifts = places.shifts([(line, offset)])
                self.sheet.collection.text(kind, line, places.at(offset), shifts=shifts)
            offset += len(line) + 1

    def _disallowed_tag(self, tag: Tag, places: Places, start: int) -> None:
        if tag.closing:
            return
        written = tag.raw if len(tag.raw) <= _LONGEST_TAG and "\n" not in tag.raw else f"<{tag.name}>"
        message = f"no reader sees {written}"
        if tag.name in allowed.DANGEROUS:
            message = f"<{tag.name}> is left out: a page may not have it"
        hint = f"write \\{written}, or put it in back-ticks, to show it as text"
        self.sheet.collection.problem(places.at(start + tag.offset), Rule.DISALLOWED_HTML_TAG, message, hint)

    def _disallowed_attribute(self, tag: Tag, attribute: Attribute, places: Places, start: int) -> None:
        self.sheet.collection.problem(
            places.at(start + attribute.offset),
            Rule.DISALLOWED_HTML_ATTRIBUTE,
            f"the attribute {attribute.name} of <{tag.name}> is left out: a page may not have it",
        )


def _asks_for_markdown(tag: Tag) -> bool:
    """Return whether Python-Markdown would read Markdown in an element."""
    attribute = None if tag.closing else tag.get("markdown")
    return attribute is not None and attribute.value != "0"


def escape_stray(text: str) -> str:
    """Text between tags as it is, but for a `<` or `>` that belongs to none."""
    return text.replace("<", "&lt;").replace(">", "&gt;")
