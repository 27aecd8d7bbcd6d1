"""Lines of a page that may give a fact about an image: found without the catalog, which takes long to load."""

import re
from collections.abc import Iterator
from itertools import groupby

from imagedocs.markdown.document import Document, Text, TextKind

VERSION = re.compile(r"(?<![\w.<>=~^≤≥-])[0-9]+(?:\.[0-9]+)+(?![\w+*]|\.[0-9x*]|[-–—][0-9])")
NAME = re.compile(r"[a-z0-9][a-z0-9._/-]*-[a-z0-9._-]*[a-z0-9](?::[\w][\w.-]*)?")


def lines_with_facts(document: Document) -> Iterator[tuple[Text, ...]]:
    """Yield the runs of text of each line that may give a fact about an image, whatever the catalog has."""
    own = [
        text
        for text in document.texts
        if text.kind in (TextKind.PROSE, TextKind.CODE_SPAN) and not text.generated
    ]
    if not any("." in text.content and VERSION.search(text.content) for text in own):
        return  # most pages
    for _, group in groupby(own, key=lambda text: (text.position.path, text.position.line)):
        runs = tuple(group)
        if any(VERSION.search(run.content) for run in runs) and any(NAME.search(run.content) for run in runs):
            yield runs
