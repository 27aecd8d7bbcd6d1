"""Names of images that code puts together from variables whose values it shows: `FROM host/web:${TAG}`.

A `FROM` may use the `ARG`s before the first `FROM`, with their defaults (Dockerfile reference, "Understand how ARG and
FROM interact"); all other code, what it assigns itself. What has no value, or several, stays unknown and is no mention.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from imagedocs.references.grammar import (
    DEFAULT_DOMAIN,
    HUB_HOSTS,
    InvalidReferenceError,
    as_meant,
    looks_like_host,
    parse,
    parse_normalized,
)
from imagedocs.references.mentions import Mention

Values: TypeAlias = Mapping[str, str | None]
"""Values of variables; `None` for one whose value is not known."""

_ARG = re.compile(r"[ \t]*ARG[ \t]+(.*)", re.IGNORECASE)
_ARGUMENT = re.compile(r"""([A-Za-z_][A-Za-z0-9_]*)(?:=("[^"]*"|'[^']*'|\S*))?""")
_FROM = re.compile(r"[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?(\S+)", re.IGNORECASE)
_ASSIGNMENT = re.compile(
    r"[ \t]*(?:[$#>][ \t]+)?(?:(?:export|readonly|local|declare|set)[ \t]+|\$(?:env:)?)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*(?:[:?+]?=)[ \t]*(.*)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"""("[^"]*"|'[^']*'|[^\s;&|"']*)[ \t]*(?:;|&&|$|(?<=[\s"'])\#)""")
_CHANGED = re.compile(r"\b(?:for|read|foreach)[ \t]+(?:-r[ \t]+)?\(?\$?([A-Za-z_][A-Za-z0-9_]*)")
_SCOPE = re.compile(r"([ \t]*)(env|variables):[ \t]*(?:#.*)?$")
_ENTRY = re.compile(r"([ \t]*)([A-Za-z_][A-Za-z0-9_]*):[ \t]+(.*)")
_VARIABLE = re.compile(
    r"""\$\{\{[ \t]*(?P<field>env\.[A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}
      | \$(?P<bare>[A-Za-z_][A-Za-z0-9_]*)
      | \$\((?P<round>[A-Za-z_][A-Za-z0-9_]*)\)
      | %(?P<percent>[A-Za-z_][A-Za-z0-9_]*)%
      | \$\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)(?::?[-=](?P<default>[^{}\s]*)|:?\?[^{}]*)?\}""",
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"(?:[A-Za-z0-9_./:@+~^%-]|\$\{\{[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,300}\}|\$\([A-Za-z_]\w{0,80}\)|\$[A-Za-z_]\w{0,80})+",
    re.ASCII,
)
_CERTAIN = re.compile(r"(?!.*\.\.)[A-Za-z0-9_./:@+-]+", re.ASCII)
"""What is no placeholder: no `<tag>`, `{{ tag }}` or `...`."""
_PULLED = re.compile(r"""(?:\b(?:pull|FROM)[ \t]+|\bimage["']?[ \t]*[:=][ \t]*["']?)$""", re.IGNORECASE)
_LONGEST = 1_000


def read_settings(text: str) -> dict[str, str | None]:
    """Return the values that a file of settings (`.env`) gives; empty for any other text."""
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if not lines or not all(re.match(r"(?:export )?[A-Za-z_][A-Za-z0-9_]*=", line) for line in lines):
        return {}
    return _assigned(lines)


def find_expanded(text: str, hosts: Collection[str], settings: Values | None = None) -> Iterator[Mention]:
    """Yield the images in whose names variables stand, as those that they mean.

    `settings` are the values of variables that the code itself gives none.
    """
    lines = text.split("\n")
    assigned = {**(settings or {}), **_assigned(lines)}
    arguments: dict[str, str | None] = {}
    is_global = True
    start = 0
    for line in lines:
        if is_global and (argument := _ARG.match(line)):
            for each in _ARGUMENT.finditer(argument[1]):
                if each[2] is None:  # it has only the value that a build gives it
                    arguments.pop(each[1], None)
                    continue
                value = _expand(each[2].strip("\"'"), arguments)
                arguments[each[1]] = value if value and _CERTAIN.fullmatch(value) else None
        elif base := _FROM.match(line):
            is_global = False
            if "$" in base[1] and (
                mention := _mention(base[1], start + base.start(1), arguments, hosts, True)
            ):
                yield mention
        elif "$" in line or "%" in line:
            for token in _TOKEN.finditer(line):
                if "$" not in token[0] and "%" not in token[0]:
                    continue
                scheme = re.match(r"[a-z][a-z0-9+.-]{0,30}://", token[0])
                if scheme and scheme[0].startswith("http"):
                    continue
                at = token.start() + (scheme.end() if scheme else 0)
                is_pulled = bool(_PULLED.search(line[max(0, at - 40) : at]))
                if mention := _mention(line[at : token.end()], start + at, assigned, hosts, is_pulled):
                    yield mention
        start += len(line) + 1


def _mention(
    operand: str, offset: int, values: Values, hosts: Collection[str], is_pulled: bool
) -> Mention | None:
    """Return the image that `operand` means; a name without a tag only where it `is_pulled`."""
    written = operand.rstrip(".:")
    expanded = _expand(written.strip("\"'"), values)
    if not expanded or expanded == written:
        return None
    if not is_pulled and not re.search(r"[:@][^/]*$", expanded):
        return None
    host = expanded.partition("/")[0].lower()
    try:
        if host in hosts or (host in HUB_HOSTS and DEFAULT_DOMAIN in hosts):
            return Mention(offset, written, as_meant(parse(expanded)), is_assembled=True)
        first, slash, _ = expanded.partition("/")
        is_hub = DEFAULT_DOMAIN in hosts and is_pulled and not (slash and looks_like_host(first))
        if is_hub and set(expanded) & set(":@"):
            reference = as_meant(parse_normalized(expanded))
            return Mention(offset, written, reference, is_short=True, is_assembled=True)
    except InvalidReferenceError as error:
        if host in hosts:
            return Mention(offset, written, None, error.fault, is_assembled=True)
    return None


def _assigned(lines: Collection[str]) -> dict[str, str | None]:
    """Return the variables that code assigns; one that it assigns different values has none that is known."""
    found: dict[str, str | None] = {}
    scope: tuple[int, str] | None = None

    def assign(name: str, written: str) -> None:
        match = _VALUE.match(written)
        value = _expand(match[1].strip("\"'"), found) if match else None
        value = value if value and _CERTAIN.fullmatch(value) else None
        found[name] = value if name not in found or found[name] == value else None

    for line in lines:
        if opened := _SCOPE.match(line):
            scope = len(opened[1]), "env." if opened[2] == "env" else ""
            continue
        if scope and (entry := _ENTRY.match(line)) and len(entry[1]) > scope[0]:
            assign(scope[1] + entry[2], entry[3])
            continue
        if scope and line.strip() and len(line) - len(line.lstrip()) <= scope[0]:
            scope = None
        if assignment := _ASSIGNMENT.match(line):
            assign(assignment[1], assignment[2])
        for changed in _CHANGED.finditer(line):
            found[changed[1]] = None
    return found


def _expand(text: str, values: Values) -> str | None:
    """Return `text` with its variables replaced; `None` when one has no value."""
    unknown = False

    def value(match: re.Match[str]) -> str:
        nonlocal unknown
        name = match["field"] or match["bare"] or match["round"] or match["percent"] or match["braced"]
        found = values[name] if name in values else match["default"]
        if not found or not _CERTAIN.fullmatch(found):
            unknown = True
        return found or ""

    if len(text) > _LONGEST:
        return None
    expanded = _VARIABLE.sub(value, text)
    return None if unknown or set(expanded) & set("$%{}") or len(expanded) > _LONGEST else expanded
