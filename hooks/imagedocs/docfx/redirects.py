"""Where a locale's readers are led who ask for a page that is no longer there, and the page that leads them."""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from imagedocs.docfx.redirections import Redirection
from imagedocs.markdown.targets import UNSAFE_SCHEMES, encode, scheme_of, split_fragment
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import did_you_mean, shown

MAX_HINTS = 50
"""Of a file: looking for what may have been meant costs more than all else."""
MAX_SHOWN = 10
"""Of the pages of a circle."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """What took a page's place."""

    page: str = ""
    """Site path of a page of the same site; empty when it is elsewhere."""
    address: str = ""
    """The whole address of what is elsewhere; of a page, what follows its address: `?tabs=cli#a`."""


def read_redirects(
    redirections: Iterable[Redirection],
    chain: Sequence[str],
    files: Mapping[str, str],
    site_url: str,
    learn_address: Callable[[str], str],
) -> tuple[Mapping[str, Redirect], tuple[Problem, ...]]:
    """For each page that a locale's site no longer has, by its site path, what took its place; chains are followed
    to their end. `chain` and `files` are the tags of the locale and of its fallbacks and the files of its site (see
    `Overlay`). `learn_address` gives the whole of an address that begins with `/`."""
    mine: dict[str, Redirection] = {}
    for tag in chain:
        for redirection in redirections:
            if redirection.tag == tag and redirection.place not in files:
                mine.setdefault(redirection.place, redirection)
    problems: list[Problem] = []
    finder = _Finder(files, mine, site_url, learn_address)
    steps: dict[str, Redirect] = {}
    for place, redirection in mine.items():
        step = finder.target(redirection, problems)
        if step is not None:
            steps[place] = step
    ends: dict[str, Redirect | None] = {}
    for place in steps:
        way: dict[str, None] = {}
        while place in steps and place not in ends and place not in way:
            way[place] = None
            place = steps[place].page
        if place in way:
            circle = [*way][[*way].index(place) :]
            chain = " leads to ".join(
                [*circle[:MAX_SHOWN], *(["…"] if len(circle) > MAX_SHOWN else []), place]
            )
            message = f"the redirection leads in a circle: {chain}"
            problems.append(Problem(mine[place].url.position, Rule.CIRCULAR_REDIRECTION, message))
            ends.update(dict.fromkeys(circle))
        for each in reversed(way):
            if each not in ends:
                ends[each] = _end(steps[each], ends, files)
    return {place: end for place, end in ends.items() if end}, tuple(problems)


def _end(step: Redirect, ends: Mapping[str, Redirect | None], files: Mapping[str, str]) -> Redirect | None:
    """Where a step leads in the end; `None` when that is nowhere."""
    if step.page in ends:
        end = ends[step.page]
        return Redirect(end.page, end.address or step.address) if end and end.page else end
    return step if not step.page or step.page in files else None


@dataclass(frozen=True, slots=True)
class _Finder:
    files: Mapping[str, str]
    old: Mapping[str, Redirection]
    site_url: str
    learn_address: Callable[[str], str]

    def target(self, redirection: Redirection, problems: list[Problem]) -> Redirect | None:
        url, position = redirection.url.value, redirection.url.position
        scheme = scheme_of(url)
        if scheme in UNSAFE_SCHEMES:
            message = f"an address with {scheme}: is not shown"
            problems.append(Problem(position, Rule.UNSAFE_ADDRESS, message, "use an https address or a path"))
            return None
        path, query, fragment = split_fragment(url)
        rest = encode(query + ("" if fragment is None else f"#{fragment}"))
        root = self.site_url.rstrip("/") + "/"
        base = "/" + root.partition("://")[2].partition("/")[2]
        if scheme or url.startswith("//"):
            if self.site_url and path.startswith(root):
                page = self._page(path.removeprefix(root))
                return Redirect(page, rest) if page else Redirect(address=encode(url))
            return Redirect(address=encode(url))
        if path.startswith("/"):
            page = self._page(path.removeprefix(base)) if path.startswith(base) else ""
            return Redirect(page, rest) if page else Redirect(address=self.learn_address(encode(url)))
        wanted = posixpath.normpath(posixpath.join("/", posixpath.dirname(redirection.place), path))[1:]
        page = self._page(wanted) if path else ""
        if page:
            return Redirect(page, rest)
        message = f"the redirection leads to {shown(url)}, and there is no such page"
        pages = [place for place in self.files if place.endswith(".md")]
        hint = did_you_mean(wanted, pages) if len(problems) < MAX_HINTS else ""
        problems.append(Problem(position, Rule.BROKEN_LINK, message, hint))
        return None

    def _page(self, path: str) -> str:
        """Site path of the page at a path or address that is relative to the site: `a/b.md`, `a/b`, `a/b/`,
        `a/b.html`; empty when there is none, not even a former one."""
        path = unquote(path).strip("/")
        stem = path.removesuffix("/index.html").removesuffix(".html") if path != "index.html" else ""
        pages = (path, f"{stem}.md", f"{stem}/index.md" if stem else "index.md", f"{stem}/README.md")
        return next((page for page in pages if page in self.files or page in self.old), "")


def render_redirect(href: str, address: str, language: str, sentence: str) -> str:
    """A page that leads on to `href`, with and without JavaScript; only with it the `#…` that a reader came
    with is kept. `address` is the whole of it, where the site has one."""
    keep = "" if "#" in href else "<script>location.replace(document.links[0].href+location.hash)</script>\n"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(sentence)}</title>\n"
        f'<link rel="canonical" href="{escape(address)}">\n'
        '<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={escape(href)}">\n</head>\n'
        f'<body>\n<p>{escape(sentence)} <a href="{escape(href)}">{escape(address)}</a></p>\n{keep}</body>\n'
        "</html>\n"
    )
