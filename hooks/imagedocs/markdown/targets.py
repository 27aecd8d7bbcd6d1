"""Where the target of a link leads to, and by which address the page that is rendered says so."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from imagedocs.markdown.sources import Destination, Source, Sources

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"[A-Za-z0-9_./#?=&:@~+,;!$'()*%-]*")
_IGNORED = re.compile(r"[\0-\x20\x7f-\xa0]")
"""What browsers pass over in front of and inside a scheme."""

UNSAFE_SCHEMES = frozenset({"javascript", "vbscript", "data", "file"})


@dataclass(frozen=True, slots=True)
class Target:
    """A target, understood."""

    href: str
    """What the rendered page says."""
    path: str | None = None
    """Project-relative file that a relative target leads to."""
    fragment: str | None = None
    scheme: str = ""
    site_absolute: bool = False
    """It begins with one `/`."""


def scheme_of(target: str) -> str:
    """The scheme that a browser would see in `target`, in lower case; `""` without one."""
    head, colon, _ = target.partition(":")
    head = _IGNORED.sub("", head) if colon else ""
    return head.lower() if _SCHEME.fullmatch(head) else ""


def may_be_file(target: str) -> bool:
    """Whether `target` can be asked for as a file of the project: no address, no path from a root or a drive."""
    return bool(target) and not scheme_of(target) and not target.startswith("/") and target[1:2] != ":"


def encode(address: str) -> str:
    """`address` with what may not stand in one percent-encoded; escapes that are there stay."""
    if _PLAIN.fullmatch(address) and ("%" not in address or _is_encoded(address)):
        return address
    parts: list[str] = []
    end = 0
    for match in _ESCAPED.finditer(address):
        parts += (quote(address[end : match.start()], safe="/#?=&:@~+,;!$'()*-._"), match[0])
        end = match.end()
    parts.append(quote(address[end:], safe="/#?=&:@~+,;!$'()*-._"))
    return "".join(parts)


def _is_encoded(address: str) -> bool:
    return address.count("%") == len(_ESCAPED.findall(address))


def split_fragment(target: str) -> tuple[str, str, str | None]:
    """Path, query with its `?`, and fragment."""
    rest, mark, fragment = target.partition("#")
    path, question, query = rest.partition("?")
    return path, question + query, fragment if mark else None


def with_slashes(path: str) -> str:
    """Return `path` with slashes in place of backslashes, as browsers read it."""
    return path.replace("\\", "/")


def is_from_docs(path: str) -> bool:
    """Return whether `path` starts with `~/`, which stands for the docs folder of the reader's locale."""
    return unquote(path).startswith("~/")


def resolve(target: str, base: str, page: str, sources: Sources) -> Target:
    """Return what `target`, written in the file `base`, leads to, and what the page `page` writes for it.

    `Sources.locate` decides where a relative path leads; the checks of links ask the same function.
    """
    scheme = scheme_of(target)
    if scheme or target.startswith("//"):
        _, _, fragment = split_fragment(target)
        return Target(encode(target), fragment=_decoded(fragment), scheme=scheme or "//")
    path, query, fragment = split_fragment(target)
    decoded = _decoded(fragment)
    if not path:
        return Target(encode(target), fragment=decoded)
    path = with_slashes(path)
    if path.startswith("/"):
        return Target(encode(path + query + _marked(fragment)), fragment=decoded, site_absolute=True)
    name = unquote(path)
    in_root = is_from_docs(path)
    if in_root:
        name = f"~/{name[2:].lstrip('/')}"
    leads_to = sources.find(name, base) if in_root else _joined(base, name)
    if leads_to is None:
        return Target(encode(path + query + _marked(fragment)), None, decoded)
    href = sources.locate(path, leads_to, base, page).href
    return Target(href + encode(query + _marked(fragment)), leads_to, decoded)


def _decoded(fragment: str | None) -> str | None:
    return None if fragment is None else unquote(fragment)


def _marked(fragment: str | None) -> str:
    return "" if fragment is None else f"#{fragment}"


def _joined(base: str, name: str) -> str | None:
    """`None` for a path that leaves the project."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), name))
    return None if joined == ".." or joined.startswith("../") else joined


class NoSources:
    """No other files: every include is missing."""

    def find(self, target: str, base: str) -> str | None:
        return None

    def read(self, path: str) -> Source | None:
        return None

    def locate(self, written: str, path: str, source: str, page: str) -> Destination:
        return Destination(encode(written))
