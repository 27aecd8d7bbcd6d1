"""Names of images without a host, where code pulls them: `FROM nginx:1.27`, `docker pull nginx:1.27`.

Docker reads them as names of Docker Hub. An image that was built on the reader's machine is named alike, so whoever
uses these mentions must know the repository.
"""

import re
from collections.abc import Iterator

from imagedocs.references.grammar import InvalidReferenceError, as_meant, parse_normalized
from imagedocs.references.mentions import Mention

_PLACE = re.compile(
    r"""
      ^[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?
    | \b(?:docker|nerdctl)[ \t]+(?:image[ \t]+)?pull[ \t]+
    | ^[ \t-]*["']?image["']?[ \t]*[:=][ \t]*["']?
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_RUN = re.compile(
    r"\b(?:docker|nerdctl)[ \t]+(?:container[ \t]+)?(?:run|create)\b((?:[^\\\n]|\\\n|\\(?!\n))*)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![^\s\"'])([a-z0-9][a-z0-9._/-]{0,254}(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?)(?=[\s\"',]|$)",
    re.ASCII,
)


def find_short_names(text: str, *, is_span: bool = False) -> Iterator[Mention]:
    """Yield the images that code names without a host, with a tag or a digest.

    A span of code may be such a name as a whole; one that ends with a number may be the port of a server as well.
    """
    found: dict[int, Mention] = {}
    for place in _PLACE.finditer(text):
        if name := _NAME.match(text, place.end()):
            _add(found, name)
    for run in _RUN.finditer(text):
        for name in _NAME.finditer(text, run.start(1), run.end(1)):
            _add(found, name)
    whole = _NAME.fullmatch(text) if is_span else None
    if whole and not text.rpartition(":")[2].isdecimal():
        _add(found, whole)
    yield from found.values()


def _add(found: dict[int, Mention], name: re.Match[str]) -> None:
    first, slash, _ = name[1].partition("/")
    if (slash and (first == "localhost" or set(first) & set(".:"))) or not set(name[1]) & set(":@"):
        return
    try:
        reference = as_meant(parse_normalized(name[1]))
    except InvalidReferenceError:
        return
    found.setdefault(name.start(1), Mention(name.start(1), name[1], reference, is_short=True))
