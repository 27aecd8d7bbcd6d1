"""Read the signs that `insertion` writes: elements around Markdown, in any configuration of Python-Markdown."""

import json
import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from imagedocs.site_markdown.insertion import END_SIGN, SIGN

_PRIORITY = 200
"""Before every other processor of blocks."""
_ATTRIBUTES = frozenset(
    {
        "class",
        "data-search-exclude",
        "dir",
        "href",
        "id",
        "lang",
        "open",
        "rel",
        "role",
        "tabindex",
        "translate",
    }
)
_OWN_STYLES = re.compile(r"(?:\.\./)*\w[\w.-]*(?:/[\w.-]+)*\.css", re.ASCII)
"""Address of a style sheet of the site itself."""
_NAMES = frozenset({"article", "details", "div", "link", "p", "span"})
"""Elements that a sign may stand for."""


class _Elements(BlockProcessor):
    """Processor of the paragraphs that are signs."""

    def test(self, parent: Element, block: str) -> bool:
        return block.lstrip("\n").startswith(SIGN)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        told = blocks.pop(0).strip()
        if told == END_SIGN:
            return None
        name, attributes = _element(told.removeprefix(SIGN))
        inner: list[str] = []
        depth = 1
        while blocks:
            block = blocks.pop(0)
            if self.test(parent, block):
                depth += -1 if block.strip() == END_SIGN else 1
                if not depth:
                    break
            inner.append(block)
        if name not in _NAMES:
            return None
        child = SubElement(parent, name, attributes)
        if name == "p":
            child.text = " ".join(inner).strip()
        else:
            self.parser.parseBlocks(child, inner)
        return None


def _is_harmless(key: object, value: object) -> bool:
    """Return whether an attribute can do nothing but name and describe: a sign may stand in a text of the catalog."""
    if not isinstance(key, str) or not isinstance(value, str):
        return False
    is_known = key in _ATTRIBUTES or key.startswith("aria-")
    return is_known and (key != "href" or bool(_OWN_STYLES.fullmatch(value)))


def _element(told: str) -> tuple[str, dict[str, str]]:
    """Return name and attributes of the element that a sign stands for; an empty name where it is none of ours."""
    try:
        name, attributes = json.loads(bytes.fromhex(told))
        return str(name), {key: value for key, value in attributes.items() if _is_harmless(key, value)}
    except (ValueError, AttributeError):
        return "", {}


class InsertedBlocks(Extension):
    """Extension for pages that a list or the page of an image is put into. It changes nothing else."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        processors: Any = md.parser.blockprocessors
        processors.register(_Elements(md.parser), "imagedocs-elements", _PRIORITY)
