"""Code from other files: `[!code-…]`, `[!notebook-…]` and `:::code`."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from imagedocs.markdown.document import Link, LinkKind
from imagedocs.markdown.fragments import MAX_CHARACTERS
from imagedocs.markdown.labels import ALERT_LABELS, MISSING_SAMPLE
from imagedocs.markdown.render.snippets import Selection, language_of, notebook_cell, read_target, select
from imagedocs.markdown.render.writing import BlockWriter
from imagedocs.markdown.sheet import Code, add_element, add_text
from imagedocs.markdown.syntax.code import line_ranges
from imagedocs.markdown.targets import may_be_file
from imagedocs.problems import Position, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTEBOOK = {
    "not-notebook-content": (Rule.NOT_NOTEBOOK_CONTENT, "{} is no notebook"),
    "tag-not-found": (Rule.TAG_NOT_FOUND, "{} has no cell named {!r}"),
    "multiple-tags-with-same-name": (
        Rule.MULTIPLE_TAGS_WITH_SAME_NAME,
        "{} has more than one cell named {!r}",
    ),
}
_INTERACTIVE = "-interactive"


class Listings:
    """Writes parts of code files into a page."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer

    def snippet(self, index: int, parent: Element) -> int:
        """`[!code-lang[name](path?options "title")]` or `[!notebook-lang[name](path?name=cell)]`."""
        token = self._writer.fragment.tokens[index]
        position = self._position(token, int(token.meta["start"]))
        path, selection = read_target(str(token.meta["target"]))
        text = self._read(path, position)
        if text is None:
            self._missing(parent, position, Rule.CODESNIPPET_NOT_FOUND, path)
            return index + 1
        language, interactive = _interactive(token.info)
        if token.markup == "notebook":
            content = self._cell(text, path, selection.name, position)
        else:
            content = self._selected(text, path, selection, position, Rule.TAG_NOT_FOUND)
        self._add(
            parent,
            content or "",
            language,
            language or language_of(path),
            selection,
            str(token.meta["title"]),
            interactive,
        )
        return index + 1

    def code(self, index: int, parent: Element) -> int:
        """`:::code language="…" source="…" …:::`"""
        token = self._writer.fragment.tokens[index]
        attributes: Mapping[str, str] = token.meta["attributes"]
        position = self._position(token, int(token.meta["source"]))
        path = attributes["source"]
        text = self._read(path, position)
        if text is None:
            self._missing(parent, position, Rule.INVALID_CODE, path)
            return index + 1
        language = attributes.get("language", "")
        language, interactive = _interactive(language or language_of(path))
        collection = self._writer.sheet.collection
        if not language:
            message = f"nothing tells the language of {path}"
            collection.problem(position, Rule.INVALID_CODE, message, 'add language="…"')
        selection = Selection(
            attributes.get("id", ""), attributes.get("range", ""), attributes.get("highlight", "")
        )
        if selection.name and selection.ranges:
            selection = Selection(selection.name, "", selection.highlight)
        content = self._selected(text, path, selection, position, Rule.INVALID_CODE)
        if content is not None and not content.strip():
            message = f"no line of {path} is shown"
            collection.problem(position, Rule.INVALID_CODE, message)
        if attributes.get("interactive"):
            interactive = language
        self._add(parent, content or "", language, language, selection, "", interactive)
        return index + 1

    def _position(self, token: Token, column: int) -> Position:
        return self._writer.sheet.lines.position(token.map[0] if token.map else 0, column)

    def _read(self, target: str, position: Position) -> str | None:
        """The text of the file that `target` names."""
        sheet = self._writer.sheet
        path = None
        target = target.replace("\\", "/")
        if may_be_file(target):
            path = sheet.sources.find(target, sheet.base or sheet.lines.path)
        collection = sheet.collection
        collection.links.append(
            Link(position, target, LinkKind.SNIPPET, path=path, included_from=collection.included_from)
        )
        source = sheet.sources.read(path) if path else None
        return source.text[:MAX_CHARACTERS] if source else None

    def _missing(self, parent: Element, position: Position, rule: Rule, path: str) -> None:
        sheet = self._writer.sheet
        sheet.collection.problem(position, rule, f"there is no file {path} to show code of")
        box = add_element(parent, "div", {"class": "admonition warning"})
        box.tail = "\n"
        add_element(box, "p", {"class": "admonition-title"}).text = sheet.label(ALERT_LABELS["WARNING"])
        add_element(box, "p").text = sheet.label(MISSING_SAMPLE)

    def _cell(self, text: str, path: str, name: str, position: Position) -> str | None:
        cell = notebook_cell(text, name)
        if cell.error:
            rule, message = _NOTEBOOK[cell.error]
            self._writer.sheet.collection.problem(position, rule, message.format(path, name))
        return cell.code

    def _selected(
        self, text: str, path: str, selection: Selection, position: Position, rule: Rule
    ) -> str | None:
        content = select(text, selection)
        if content is None:
            message = f"{path} has no part named {selection.name!r}"
            hint = f"mark it there with <{selection.name}> and </{selection.name}> in comments"
            self._writer.sheet.collection.problem(position, rule, message, hint)
        return content

    def _add(
        self,
        parent: Element,
        content: str,
        language: str,
        lexer: str,
        selection: Selection,
        title: str,
        interactive: str,
    ) -> None:
        code = Code(
            content,
            language,
            title,
            line_ranges(selection.highlight),
            interactive=interactive,
            lexer=lexer,
            highlight=selection.highlight,
        )
        self._writer.sheet.outline.content()
        add_text(parent, self._writer.sheet.stash(code) + "\n")


def _interactive(language: str) -> tuple[str, str]:
    """The language without `-interactive`, and what it can be run in."""
    if language.lower().endswith(_INTERACTIVE):
        language = language[: -len(_INTERACTIVE)]
        return language, language
    return language, ""
