"""Find what is wrong with the pages that a site has built: links that do not land, and images.

Links and images are judged as a page shows them, by the checks that judge pages of imagedocs' own dialect. Only for a
page on which something is wrong is it looked up where its source says so: that takes two more renderings.
"""

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from imagedocs.added.written import Written
from imagedocs.catalog_files import CatalogFiles
from imagedocs.checks.allowed_images import check_allowed_images
from imagedocs.checks.images import ImageJudge
from imagedocs.checks.landing import Addresses
from imagedocs.checks.link_hints import Hints
from imagedocs.checks.links import Judge
from imagedocs.checks.mentions import NamedImage, mentions_of
from imagedocs.checks.site import LocaleSite, Site, SiteFacts
from imagedocs.files.places import page_file
from imagedocs.markdown.document import Anchor, Document, Link, LinkKind, Text
from imagedocs.markdown.targets import may_be_file, split_fragment, with_slashes
from imagedocs.problems import Position, Problem, Rule, Severity
from imagedocs.references import Reference
from imagedocs.site_markdown.rendered import ShownPage, read_page
from imagedocs.suggestions import shown

TAG = "site"
_HOME = f"docs/{TAG}/"
"""Folder in which the checks expect the pages of a site; what is told has the site's own folder in its place."""
_FAR = 1_000_000
"""Number of lines that no text of a page has: a text is numbered by its multiples until its place is known."""


@dataclass(frozen=True)
class BuiltPage:
    """Page of a site, as MkDocs has rendered it."""

    place: str
    """Path of its source below the docs folder."""
    file: str
    """File of the built site: `a/b/index.html`."""
    path: str
    """Project path of its source; empty for a page that a plugin or imagedocs has made."""
    text: str
    """Text of that file, with its metadata."""
    markdown: str
    """Markdown of the page as plugins have left it, without what imagedocs puts in."""
    html: str
    """HTML that the Markdown became, before templates and other plugins."""
    render: Callable[[str], str]
    """Render other Markdown like that of the page, with addresses as they are written."""
    has_list: bool = False
    """True if imagedocs has put a list into the page."""
    maker: str = ""
    """Name of the plugin that has made the page, or that may have changed its text."""
    is_ours: bool = False
    """True for a page that imagedocs generates."""
    is_navigation: bool = False
    """True for a page that another plugin reads as a menu: what its links mean is for that plugin to say."""

    @cached_property
    def shown(self) -> ShownPage:
        """Everything that the page shows."""
        return read_page(self.html)

    @cached_property
    def written(self) -> Written:
        """Places in the source of what the page shows."""
        return Written(self.markdown, self.text, self.shown, self.render)

    @property
    def virtual(self) -> str:
        """Path of the page as the checks know it."""
        return _HOME + self.place


@dataclass(frozen=True)
class BuiltSite:
    """Everything that MkDocs has made, before it is written."""

    docs: str
    """Project path of the docs folder, ending in a slash; empty for the folder of the configuration itself."""
    configuration: str
    """Name of the configuration file."""
    pages: Sequence[BuiltPage]
    files: Mapping[str, str]
    """File of the built site -> place, of every file that is no page."""
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Place of a page that a plugin leads on from, and where to: see `LocaleSite.moved`."""
    address: str = ""
    """Address of the site; empty where links to it are not judged."""
    directory_urls: bool = True
    is_extra: Callable[[str], bool] = lambda _: False
    """Return whether the theme adds this file to the built site."""
    told: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Place of a page and address in it, as written, of each link that was found to be wrong."""


def judge_pages(
    built: BuiltSite, files: CatalogFiles | None, read_line: Callable[[str, int], str | None]
) -> Iterator[Problem]:
    """Yield the problems with the pages; `files` has the catalog, or is `None` while no image can be looked up."""
    places = {page.place: _place(page, built.directory_urls) for page in built.pages}
    site = _site(built, places)
    (locale,) = site.locales
    judge = Judge(
        Addresses(site), locale, Hints(site, locale, lambda path, line: read_line(_real(path, built), line))
    )
    images = (
        ImageJudge(files.catalog, files.manifest, files.as_of, files.allowed_images)
        if files and files.manifest
        else None
    )
    for page in built.pages:
        for problem, written in () if page.is_navigation else _link_problems(judge, page, places):
            built.told.add((page.place, written))
            yield _told(problem, page, built)
        if images is not None and files is not None and not page.is_ours:
            for problem in _image_problems(images, files, page):
                yield _told(problem, page, built)
    if images is not None and files is not None:
        yield from check_allowed_images(files.allowed_images, images.used, files.as_of)


def _place(page: BuiltPage, directory_urls: bool) -> str:
    """Return the site path whose file in the built site is that of the page, which a plugin may have chosen."""
    if page_file(page.place, directory_urls) == page.file:
        return page.place
    stem = page.file.removesuffix("index.html").rstrip("/") or "index"
    return (
        f"{stem}.md"
        if directory_urls and page.file.endswith("index.html")
        else page.file.removesuffix(".html") + ".md"
    )


def _site(built: BuiltSite, places: Mapping[str, str]) -> Site:
    documents = {
        places[page.place]: Document(
            page.virtual,
            anchors=tuple(Anchor(each, Position(page.virtual)) for each in page.shown.anchors),
            links=tuple(_links(page)),
        )
        for page in built.pages
    }
    files = {place: _HOME + place for place in built.files.values()}
    files |= {places[page.place]: page.virtual for page in built.pages}
    locale = LocaleSite((TAG,), files, documents, built.moved, "", built.directory_urls)
    facts = SiteFacts(frozenset({TAG}), {"": TAG}, built.address)
    return Site((locale,), facts, is_extra=lambda file, _: built.is_extra(file))


def _links(page: BuiltPage) -> Iterator[Link]:
    for number, link in enumerate(page.shown.links):
        fragment = unquote(link.target.partition("#")[2]) if "#" in link.target else None
        yield Link(Position(page.virtual, number + 1, 1), link.target, link.kind, fragment=fragment)


def _link_problems(judge: Judge, page: BuiltPage, places: Mapping[str, str]) -> Iterator[tuple[Problem, str]]:
    """Yield the problems with the links of a page, each with the address as it is written."""
    place = places[page.place]
    document = judge.locale.documents[place]
    wrong: dict[int, Problem] = {}
    for link in document.links:
        if not judge.is_right(place, document, link):
            for problem in judge.problems(place, document, link):
                wrong[link.position.line - 1] = problem
    if not wrong:
        return
    found = page.written.links([*wrong])
    for number, problem in wrong.items():
        link, at = document.links[number], found.get(number)
        target = at.text if at else link.target
        position = Position(page.virtual, at.line, at.column) if at and at.line else Position(page.virtual)
        own = _as_written(target, link.kind, position, page, places)
        said = list(judge.problems(place, document, own))
        if not any(each.severity is Severity.ERROR for each in said):
            # By its path the link may lead to a page: MkDocs doesn't write its address for one that has moved.
            hint = said[0].hint if said else problem.hint
            has_moved = bool(said) and said[0].rule is Rule.LINK_REDIRECTED
            message = f"MkDocs writes no address for {shown(target)}, a page that has moved"
            said = [replace(problem, message=message if has_moved else problem.message, hint=hint)]
        yield from ((replace(each, position=position, fix=()), target) for each in said)


def _as_written(
    target: str, kind: LinkKind, position: Position, page: BuiltPage, places: Mapping[str, str]
) -> Link:
    """Return a link as the source of a page has it: a relative one names a file beside that of the page."""
    path = None
    if may_be_file(target) and not target.startswith(("#", "?")):
        written = unquote(with_slashes(split_fragment(target)[0]))
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.virtual), written))
        place = path.removeprefix(_HOME)
        path = None if path.startswith("..") else _HOME + places.get(place, place) if path != place else path
    fragment = unquote(target.partition("#")[2]) if "#" in target else None
    return Link(position, target, kind, path=path, fragment=fragment)


def _image_problems(judge: ImageJudge, files: CatalogFiles, page: BuiltPage) -> Iterator[Problem]:
    texts = page.shown.texts
    document = Document(
        page.virtual,
        texts=tuple(
            Text(
                each.kind,
                each.content,
                Position(page.virtual, number * _FAR + 1, 1),
                language=each.language,
                alert=each.alert,
            )
            for number, each in enumerate(texts)
        ),
        links=tuple(
            replace(link, position=Position(page.virtual, (len(texts) + number) * _FAR + 1, 1))
            for number, link in enumerate(_links(page))
        ),
    )
    problems = list(judge.problems(document))
    if not problems:
        return
    named = {each.position: each for each in mentions_of(document, judge.hosts, files.catalog.portal)}
    listed = {reference for image in files.catalog.images for reference in image.references}
    for problem in problems:
        yield from _placed(problem, named.get(problem.position), page, listed)


def _placed(
    problem: Problem, named: NamedImage | None, page: BuiltPage, listed: Collection[Reference]
) -> Iterator[Problem]:
    number, line = divmod(problem.position.line - 1, _FAR)
    texts = page.shown.texts
    if number >= len(texts):
        link = number - len(texts)
        at = page.written.links([link]).get(link)
    else:
        at = page.written.text(number, line, problem.position.column - 1, named.mention.text if named else "")
    if at is not None and at.line:
        yield replace(problem, position=Position(page.virtual, at.line, at.column), fix=())
    elif not (
        page.has_list and named and named.mention.reference and named.mention.reference in listed
    ):  # else the catalog says so
        yield replace(problem, position=Position(page.virtual), fix=())


def _told(problem: Problem, page: BuiltPage, built: BuiltSite) -> Problem:
    """Return a problem with the site's own paths, which says who has made what the source doesn't contain."""
    position, message, hint = problem.position, problem.message, problem.hint
    if not page.path:
        position = Position(built.configuration)
        message = f"{page.place}, made by {page.maker or 'a plugin'}: {message}"
    elif not position.line:
        position = Position(page.path)
        by = page.maker or "a Markdown extension"
        hint = f"{hint}; " if hint else ""
        hint = f"{hint}the page doesn't contain these words: {by} put them there"
    else:
        position = replace(position, path=page.path)
    return replace(problem, position=position, message=_real(message, built), hint=_real(hint, built))


def _real(text: str, built: BuiltSite) -> str:
    return text.replace(_HOME, built.docs)
