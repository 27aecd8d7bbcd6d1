"""Whether a page may have names in the wrong case: asked of every page, before they are looked for one by one."""

from collections.abc import Iterable, Sequence

from imagedocs.markdown.document import Document, TextKind

Names = Sequence[tuple[str, str]]
"""Each name, and it without regard to capitals."""


def folded_names(names: Iterable[str]) -> Names:
    return [(name, name.casefold()) for name in names]


def may_misspell(document: Document, names: Names) -> bool:
    """`False`: there is none."""
    text = "\n".join([text.content for text in document.texts if text.kind is TextKind.PROSE])
    folded = text.casefold().replace("ı", "i")
    return any(folded.count(lower) != text.count(name) for name, lower in names if lower in folded)
