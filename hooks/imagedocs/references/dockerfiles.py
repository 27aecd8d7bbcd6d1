"""Base images of Dockerfiles whose names are put together from build arguments.

`ARG` before the first `FROM`, with its default, is what a `FROM` may use (Dockerfile reference, "Understand how
ARG and FROM interact"). What has no default stays unknown, and is no mention.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from imagedocs.references.grammar import DEFAULT_DOMAIN, HUB_HOSTS, InvalidReferenceError, as_meant, parse
from imagedocs.references.mentions import Mention

_ARG = re.compile(r"[ \t]*ARG[ \t]+([A-Za-z_][A-Za-z0-9_]*)=(\S*)", re.IGNORECASE)
_FROM = re.compile(r"[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?(\S+)", re.IGNORECASE)
_VARIABLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^{}\s]*))?\})")
_LONGEST = 1_000


def find_bases(text: str, hosts: Collection[str]) -> Iterator[Mention]:
    """The operands of `FROM` in which a variable stands, as the images that they mean by default."""
    arguments: dict[str, str] = {}
    is_global = True
    start = 0
    for line in text.split("\n"):
        if is_global and (argument := _ARG.match(line)):
            arguments[argument[1]] = _expand(argument[2].strip("\"'"), arguments) or ""
        elif base := _FROM.match(line):
            is_global = False
            if "$" in base[1] and (mention := _base(base[1], start + base.start(1), arguments, hosts)):
                yield mention
        start += len(line) + 1


def _base(operand: str, offset: int, arguments: Mapping[str, str], hosts: Collection[str]) -> Mention | None:
    expanded = _expand(operand.strip("\"'"), arguments)
    host = expanded.partition("/")[0].lower() if expanded else ""
    if expanded is None or (host not in hosts and not (host in HUB_HOSTS and DEFAULT_DOMAIN in hosts)):
        return None
    try:
        return Mention(offset, operand, as_meant(parse(expanded)))
    except InvalidReferenceError as error:
        return Mention(offset, operand, None, error.fault)


def _expand(text: str, arguments: Mapping[str, str]) -> str | None:
    """`text` with its variables replaced; `None` when one has no value."""
    unknown = False

    def value(match: re.Match[str]) -> str:
        nonlocal unknown
        found = arguments.get(match[1] or match[2], "") or (match[3] or "")
        unknown = unknown or not found
        return found

    expanded = _VARIABLE.sub(value, text[:_LONGEST])
    return None if unknown or "$" in expanded or len(expanded) > _LONGEST else expanded
