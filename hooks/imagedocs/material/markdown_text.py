# pyright: standard
# Neither library is typed in full.
"""Write the HTML of a page as plain Markdown, for programs that read texts.

What a page was rendered from is resolved in its HTML: included files, the list of images, tabs, boxes. It is the same
for pages of each Markdown extension.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

_CONTROLS: Final = frozenset(
    {
        "button",
        "form",
        "input",
        "noscript",
        "object",
        "output",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
    }
)
"""Elements that react to a reader or to a browser: a text has none of them."""
_SIGNS: Final = frozenset({"headerlink", "footnote-backref"})
"""Classes of signs that lead to their own place."""
_NAMES: Final = frozenset({"admonition-title", "filename", "imagedocs-state"})
"""Classes of short texts that stand above something, and are set apart by their style only."""
_SPECIAL: Final = re.compile(r"([\\`*\[\]<]|&(?=#?\w+;)|~(?=~)|(?<![^\W_])_|_(?![^\W_]))")
"""Characters that are marks of Markdown, or begin HTML."""
_BLOCK: Final = re.compile(r"^([ \n]*)(?:([-+=>#])|([0-9]{1,9})([.)](?:\s|$)))")
"""What begins a list, a heading or a quotation at the beginning of a paragraph."""
_UNSAFE: Final = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}()]""")
_RUN: Final = re.compile("`+")


def markdown_text(html: str, title: str, lead: Callable[[str], str]) -> str:
    """Return the content of a page as Markdown. `lead` returns the address to which a link of the page leads in the
    text, or an empty text for a link that has no place in it. A page without a heading of its own gets its title."""
    soup = BeautifulSoup(html, "html.parser")
    if soup.find("h1") is None:
        heading = soup.new_tag("h1")
        heading.string = title
        soup.insert(0, heading)
    text = str(_Converter(lead).convert_soup(soup))
    return re.sub(r"[ \t]+$", "", text.strip(), flags=re.MULTILINE) + "\n"


class _Converter(MarkdownConverter):
    """Converter whose texts show exactly their characters, and whose links lead where `lead` says."""

    def __init__(self, lead: Callable[[str], str]) -> None:
        super().__init__(heading_style="ATX", bullets="*")
        self._lead = lead

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        name, classes = (
            node.name,
            frozenset(node.get_attribute_list("class")) if node.has_attr("class") else None,
        )
        if name == "input" and node.get("type") == "checkbox" and parent_tags and "li" in parent_tags:
            return "[x] " if node.has_attr("checked") else "[ ] "
        if name in _CONTROLS or node.has_attr("hidden"):
            return ""
        if name == "summary":
            _make_strong(node)
        if classes:
            if classes & _SIGNS:
                return ""
            if "footnote-ref" in classes:
                return f"[^{node.get_text()}]"
            if classes & _NAMES:
                _make_strong(node)
            elif "admonition" in classes:
                node.name = "blockquote"
            elif "tabbed-set" in classes:
                _write_tabs(node)
            elif "footnote" in classes:
                _write_notes(node)
        base: Any = super()
        return str(base.process_tag(node, parent_tags))

    def escape(self, text: str, parent_tags: set[str]) -> str:
        if not text:
            return ""
        text = _SPECIAL.sub(r"\\\1", text)
        if "td" in parent_tags or "th" in parent_tags:
            return text  # its bars are escaped with those of code
        return _BLOCK.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = (
            self._lead(str(el.get("href") or "")) if text.strip() and "_noformat" not in parent_tags else ""
        )
        if not address:
            return text
        inner = text.strip()
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}[{inner}]({_UNSAFE.sub(_quoted, address)}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        alternative = self.escape(" ".join(str(el.get("alt") or "").split()), parent_tags)
        address = self._lead(str(el.get("src") or ""))
        return f"![{alternative}]({_UNSAFE.sub(_quoted, address)})" if address else alternative

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        name = str(el.get("title") or el.get("aria-label") or el.get("src") or "")
        address = self._lead(str(el.get("src") or ""))
        shown = self.escape(" ".join(name.split()), parent_tags)
        return f"\n\n[{shown}]({_UNSAFE.sub(_quoted, address)})\n\n" if address else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if not text.strip():
            return ""
        fence = "`" * max(3, 1 + max(map(len, _RUN.findall(text)), default=0))
        return f"\n\n{fence}{next(_languages(el), '')}\n{text.strip(chr(10))}\n{fence}\n\n"

    def convert_fnote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n[^{el['number']}]: {text.strip()}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._cell(el, text)

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._cell(el, text)

    def _cell(self, el: Tag, text: str) -> str:
        columns = str(el.get("colspan") or "")
        count = (
            min(int(columns), 1000) if columns.isdecimal() and columns.isascii() and len(columns) < 5 else 1
        )
        shown = " ".join(text.split()).replace("|", r"\|")
        return f" {shown} |" + " |" * (count - 1)


def _make_strong(element: Tag) -> None:
    """Make an element a paragraph in strong letters."""
    for mark in element.find_all(["b", "strong"]):
        mark.unwrap()
    strong = Tag(name="strong", parser=None)
    strong.extend(list(element.contents))
    element.name = "p"
    element.append(strong)


def _write_tabs(tabs: Tag) -> None:
    """Put the label of each tab before its content."""
    labels, blocks = (
        [each for each in tabs.find_all(True) if name in each.get_attribute_list("class")]
        for name in ("tabbed-labels", "tabbed-block")
    )
    for label, block in zip(labels[0].find_all("label") if labels else (), blocks, strict=False):
        _make_strong(label)
        block.insert(0, label.extract())


def _write_notes(notes: Tag) -> None:
    """Write footnotes as Markdown has them, each a paragraph that begins with its number."""
    for rule in notes.find_all("hr"):
        rule.decompose()
    for element in notes.find_all("ol"):
        element.name = "div"
    for number, note in enumerate(notes.find_all("li"), 1):
        note.name = "fnote"
        note["number"] = str(number)


def _quoted(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _languages(pre: Tag) -> Iterator[str]:
    """Yield the languages that a block of code, or what it stands in, is said to be in."""
    for element in (pre.find("code"), pre, pre.parent):
        for name in cast("list[Any]", element.get("class") or []) if isinstance(element, Tag) else ():
            if match := re.fullmatch(r"language-([\w+#.-]{1,30})", str(name)):
                yield match[1]
