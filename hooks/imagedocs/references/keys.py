"""Names of images whose parts are values of keys: `repository` and `tag` of Helm, `newName` and `newTag` of Kustomize.

Keys that belong together stand beside each other in a mapping, or are set by one command (`--set image.tag=1.2`). What
is no plain value (a placeholder, a template, a number that YAML would write otherwise) leaves the tag unknown.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

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

_LINE = re.compile(
    r"""(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<quote>["']?)(?P<key>[A-Za-z_][\w.-]{0,80})(?P=quote)[ \t]*[:=](?=[ \t"']|$)[ \t]*(?P<rest>.*)""",
    re.ASCII,
)
_FLOW = re.compile(r"\{([^{}\n]*)\}")
_NAME_BEFORE = re.compile(r"""([\w.-]{1,80})["']?[ \t]*[:=][ \t]*\Z""", re.ASCII)
_PAIR = re.compile(
    r"""["']?(?P<key>[A-Za-z_][\w.-]{0,80})["']?[ \t]*[:=](?=[ \t"'])[ \t]*(?P<rest>[^,]*)""", re.ASCII
)
_SCALAR = re.compile(r"""(?:"([^"\\]*)"|'([^']*)'|([^\s"',#]\S*?))[ \t]*,?[ \t]*(?:$|(?<=\s)\#)""")
_SET = re.compile(
    r"""--set(?:-string|-literal)?(?:=|[ \t]+)(?:"([^"\n]*)"|'([^'\n]*)'|((?:[^\s"']|"[^"\n]*"|'[^'\n]*')+))"""
)
_SETTING = re.compile(r"""([A-Za-z_][\w.\[\]-]{0,120})=["']?([^,"']*)""", re.ASCII)
_CERTAIN = re.compile(r"(?!.*\.\.)[A-Za-z0-9_./:@+-]+", re.ASCII)
_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?|\.[0-9]+|0[xXoO][0-9a-fA-F]+)")
_ROLES = ("newname", "newtag", "repository", "registry", "tag", "digest", "imagename", "image", "name")


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    offset: int
    is_certain: bool


@dataclass(slots=True)
class _Group:
    """Keys that stand beside each other."""

    column: int
    parent: str = ""
    """Key whose value they are; empty where it is not shown."""
    last: str = ""
    """The latest key."""
    values: dict[str, dict[str, _Value]] = field(default_factory=dict[str, dict[str, _Value]])
    """What the names of keys begin with → the part of an image's name that they are → value."""

    def add(self, key: str, value: _Value | None) -> None:
        self.last = key
        name = re.sub(r"[-_.\[\]]", "", key).lower()
        role = next((each for each in _ROLES if name.endswith(each)), "")
        if role and value:
            prefix = name.removesuffix(role).removesuffix("image")
            self.values.setdefault(prefix, {}).setdefault("image" if role == "imagename" else role, value)


def find_keyed(text: str, hosts: Collection[str]) -> Iterator[Mention]:
    """Yield the images whose names are put together from values: the name where it is written, and name and tag
    where the tag is."""
    if not re.search("tag|digest", text, re.IGNORECASE):
        return
    for group in _groups(text):
        for prefix, parts in group.values.items():
            yield from _mentions(parts, f"{group.parent} {prefix}".lower(), hosts)


def _groups(text: str) -> Iterator[_Group]:
    yield from _commands(text)
    open_groups: list[_Group] = []
    start = 0
    for line in text.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            for flow in _FLOW.finditer(line):
                name = _NAME_BEFORE.search(line[max(0, flow.start() - 100) : flow.start()])
                group = _Group(0, name[1] if name else "")
                for pair in _PAIR.finditer(line, flow.start(1), flow.end(1)):
                    group.add(pair["key"], _scalar(pair["rest"].rstrip(), start + pair.start("rest")))
                yield group
            match = _LINE.match(line)
            lead = match["lead"] if match else line[: len(line) - len(line.lstrip())]
            is_item = "-" in lead
            column = len(lead)
            while open_groups and (
                open_groups[-1].column > column
                or (open_groups[-1].column == column and is_item)
                or line.startswith(("---", "["))
            ):
                yield open_groups.pop()
            if match:
                if not open_groups or open_groups[-1].column < column:
                    parent = open_groups[-1].last if open_groups else ""
                    open_groups.append(_Group(column, parent))
                open_groups[-1].add(
                    match["key"], _scalar(match["rest"].rstrip(), start + match.start("rest"))
                )
        start += len(line) + 1
    yield from reversed(open_groups)


def _commands(text: str) -> Iterator[_Group]:
    """Yield what each command sets with `--set`."""
    group = _Group(0)
    start = 0
    for line in text.split("\n"):
        for option in _SET.finditer(line):
            number = option.lastindex or 0
            for setting in _SETTING.finditer(line, option.start(number), option.end(number)):
                value = setting[2]
                is_certain = bool(_CERTAIN.fullmatch(value))
                group.add(setting[1], _Value(value, start + setting.start(2), is_certain))
        if not line.rstrip().endswith(("\\", "`", "^")):
            yield group
            group = _Group(0)
        start += len(line) + 1
    yield group


def _scalar(written: str, offset: int) -> _Value | None:
    """Return the value that is written; `None` for a mapping, which says nothing of its key."""
    if not written or written.startswith("{"):
        return None
    match = _SCALAR.match(written)
    if match is None or match.lastindex is None:
        return _Value("", offset, is_certain=False)
    text = match[match.lastindex]
    is_plain = match.lastindex == 3
    is_certain = not text or bool(_CERTAIN.fullmatch(text))
    if is_plain and (text in ("~", "null") or (_NUMBER.fullmatch(text) and not _is_same_number(text))):
        is_certain = False
    return _Value(text, offset + match.start(match.lastindex), is_certain)


def _is_same_number(text: str) -> bool:
    """Return whether YAML writes a number that it has read as it was written: not `1.10`."""
    try:
        return text in (str(int(text)), repr(float(text))) if text.isdecimal() else text == repr(float(text))
    except ValueError:
        return False


def _mentions(parts: dict[str, _Value], context: str, hosts: Collection[str]) -> Iterator[Mention]:
    is_kustomize = "newname" in parts or "newtag" in parts
    is_image = is_kustomize or "image" in context or "image" in parts
    name = parts.get("newname") or (None if is_kustomize else parts.get("repository") or parts.get("image"))
    if name is None and is_image:
        name = parts.get("name")
    tag, digest = parts.get("newtag" if is_kustomize else "tag"), parts.get("digest")
    registry = None if is_kustomize else parts.get("registry")
    if name is None or not (tag or digest) or not name.is_certain or not name.text or "://" in name.text:
        return
    whole = name.text
    if registry and not (registry.is_certain and not registry.text):
        if not registry.is_certain or "://" in registry.text or looks_like_host(whole.partition("/")[0]):
            return
        whole = f"{registry.text.rstrip('/')}/{whole}"
    if ":" in whole.rpartition("/")[2] or "@" in whole:
        return
    first, slash, _ = whole.partition("/")
    first = first.lower()
    has_host = first in hosts or (first in HUB_HOSTS and DEFAULT_DOMAIN in hosts)
    is_short = DEFAULT_DOMAIN in hosts and is_image and not (slash and looks_like_host(first))
    if not has_host and not is_short:
        return
    read = parse if has_host else parse_normalized
    short = not has_host
    try:
        yield Mention(
            name.offset, name.text, as_meant(read(whole)), None, True, is_short=short, is_assembled=True
        )
    except InvalidReferenceError:
        return
    for value, mark in ((tag, ":"), (digest, "@")):
        if value is None or not value.is_certain or not value.text:
            continue
        try:
            reference = as_meant(read(f"{whole}{mark}{value.text}"))
        except InvalidReferenceError:
            continue
        yield Mention(value.offset, value.text, reference, is_short=short, is_assembled=True)
