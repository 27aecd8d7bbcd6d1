"""Image references inside prose, code spans, code blocks and addresses.

Only those of the registries asked for, so that a path or a host that happens to look like a reference is none.
Time is linear in the text: each character is looked at once, and a placeholder is at most 80 long.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from imagedocs.references.grammar import (
    DEFAULT_DOMAIN,
    HUB_HOSTS,
    Fault,
    InvalidReferenceError,
    Reference,
    as_meant,
    is_path,
    parse,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where an image is named."""

    offset: int
    """In characters, from 0."""
    text: str
    """As it is written, without the punctuation of the sentence."""
    reference: Reference | None
    """The image that is meant: see `as_meant`. `None` when `text` is not a reference."""
    fault: Fault | None = None
    """Why it is not one."""
    open_ended: bool = False
    """A placeholder (`<tag>`, `${TAG}`, `…`) stands for the tag or digest, which is therefore unknown."""
    address: bool = False
    """An address of the registry's portal that names the repository."""
    is_short: bool = False
    """The name has no host. Docker reads it as one of Docker Hub; it may also be that of an image on the reader's
    machine."""
    meant_host: str = ""
    """The known host that the host of the name is a misspelling of; empty for any other name."""
    is_assembled: bool = False
    """The name is put together from several places, of which this is one."""

    @property
    def length(self) -> int:
        return len(self.text)


_PLACEHOLDER = re.compile(
    r"""
      \$?\{\{[^{}\n]{0,80}\}\}          # {{ tag }}, ${{ matrix.tag }}
    | [$\#]?\{[^{}\n"']{0,80}\}         # ${TAG}, {tag}
    | \$\([^()\n]{0,80}\)               # $(TAG)
    | \$[A-Za-z_][A-Za-z0-9_]{0,80}     # $TAG
    | %[A-Za-z_(][A-Za-z0-9_()]{0,80}%? # %TAG%, %s
    | (?<=[/:@._-])<(?![/!])[^<>\n]{1,80}>  # <tag>, but not </br>
    | … | \.\.\. | \*
    """,
    re.VERBOSE | re.ASCII,
)

_RUN = re.compile(r"[A-Za-z0-9_/:@+~^-]+|\.(?!\.\.)", re.ASCII)
"""What a reference is made of, and what people put into one by mistake."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,31}\Z", re.ASCII)

_WEB = ("http", "https")
"""Other schemes (`docker://host/name:tag`) say how an image is got, and what follows is a reference."""

_NOT_REPOSITORIES = ("v2/", "api/")
"""What a registry's host serves beside images: the distribution API, and its portal's."""

_AFTER_PORTAL = r"/(?P<path>[a-z0-9._/-]+?)(?:/(?:about|tags?)(?:/.*)?)?/?"
"""In the address of a page that a registry's host has about a repository, the repository and what follows."""


def find(text: str, hosts: Collection[str], portal: tuple[str, ...] = ()) -> Iterator[Mention]:
    """The mentions of images of the registries `hosts`, in the order of the text.

    `portal` is what the path of the hosts' own pages about repositories begins with: `artifact/mar`. Where that is on
    another host, it has the registry before it: `docker.io hub.docker.com/r`.
    """
    if not hosts or "/" not in text:  # most texts have none, and each word of a page is looked at here
        return
    end = 0
    foreign = _foreign_portals(portal)
    for match in _host_pattern(tuple(sorted({*hosts, *foreign}))).finditer(text):
        scheme = _scheme_before(text, match.start())
        if match.start() < end or scheme is None:
            continue
        end, placeholder = _token_end(text, match.end())
        host = match[1].lower()
        mention = (
            _read_page(text, match, end, foreign[host]) if host in foreign and placeholder is None else None
        )
        if mention is None and (host not in foreign or host in hosts):
            mention = _read(text, match, end, placeholder, scheme, portal)
        if mention:
            yield mention


@lru_cache(maxsize=16)
def _foreign_portals(portal: tuple[str, ...]) -> Mapping[str, list[tuple[re.Pattern[str], str]]]:
    """Return host -> patterns of the paths of pages about repositories, each with the registry that these are of."""
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for registry, blank, beginning in (each.partition(" ") for each in portal):
        if blank:
            host, slash, path = beginning.partition("/")
            pattern = re.escape(f"{path}/") if slash else ""
            found.setdefault(host, []).append((re.compile(pattern + _AFTER_PORTAL[1:], re.ASCII), registry))
    return found


def _read_page(
    text: str, host: re.Match[str], end: int, portals: list[tuple[re.Pattern[str], str]]
) -> Mention | None:
    """Return the mention by the address of a page about a repository."""
    written = text[host.start() : end].rstrip(".:")
    for pattern, registry in portals:
        page = pattern.fullmatch(text[host.end() : end].rstrip(".:"))
        if page and is_path(page["path"]):
            return Mention(host.start(), written, as_meant(Reference(registry, page["path"])), address=True)
    return None


@lru_cache(maxsize=16)
def _host_pattern(hosts: tuple[str, ...]) -> re.Pattern[str]:
    every = {*hosts, *(HUB_HOSTS if DEFAULT_DOMAIN in hosts else ())}
    names = "|".join(re.escape(host) for host in sorted(every, key=lambda host: (-len(host), host)))
    return re.compile(rf"(?<![A-Za-z0-9.@%-])({names})/", re.ASCII | re.IGNORECASE)


def _scheme_before(text: str, start: int) -> str | None:
    """The scheme of the address whose host begins at `start`; "" for none; `None` when the host is part of
    another address's path."""
    if text[max(0, start - 1) : start] != "/":
        return ""
    if text[max(0, start - 3) : start] != "://":
        return "https" if text[max(0, start - 2) : start] == "//" else None
    scheme = _SCHEME.search(text[max(0, start - 35) : start - 3])
    return scheme[0].lower() if scheme else None


def _token_end(text: str, at: int) -> tuple[int, int | None]:
    """Where the reference that goes on at `at` ends, and where its first placeholder begins."""
    first: int | None = None
    while True:
        if found := _PLACEHOLDER.match(text, at):
            first = at if first is None else first
        elif not (found := _RUN.match(text, at)):
            return at, first
        at = found.end()


@lru_cache(maxsize=16)
def _portal_pattern(portal: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, portal))
    return re.compile(rf"(?:[a-z]{{2}}(?:-[a-z]{{2,4}})?/)?(?:{names}){_AFTER_PORTAL}", re.ASCII)


def _read(
    text: str,
    host: re.Match[str],
    end: int,
    placeholder: int | None,
    scheme: str,
    portal: tuple[str, ...],
) -> Mention | None:
    written = text[host.start() : end].rstrip(".:")
    certain = text[host.end() : end].rstrip(".:") if placeholder is None else text[host.end() : placeholder]
    if certain.startswith(_NOT_REPOSITORIES) or certain.endswith("/") or not certain:
        return None
    domain = host[1].lower()
    own = tuple(each for each in portal if " " not in each)
    if own and (page := _portal_pattern(own).fullmatch(certain)):
        if placeholder is not None or not is_path(page["path"]):
            return None
        return Mention(host.start(), written, as_meant(Reference(domain, page["path"])), address=True)
    has_suffix = ":" in certain or "@" in certain
    # `"host/name:" + tag`
    open_ended = placeholder is not None or (text[end - 1] == ":" and text[end : end + 1] in ('"', "'"))
    if placeholder is not None:
        if not has_suffix:
            return None
        certain = certain.partition("@")[0] if "@" in certain else certain.partition(":")[0]
    elif not has_suffix and (scheme in _WEB or certain[-1] in "-_"):
        return None
    try:
        reference = as_meant(parse(f"{domain}/{certain}"))
        return Mention(host.start(), written, reference, open_ended=open_ended)
    except InvalidReferenceError as error:
        return Mention(host.start(), written, None, error.fault)
