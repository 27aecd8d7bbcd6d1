"""Does every link of every page land on a page, a file and an anchor that the reader's site has?"""

import posixpath
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import unquote

from imagedocs.checks.briefs import Brief, home_of
from imagedocs.checks.link_fixes import ReadLine, fix_fragment, fix_path, fix_target, same_but_for_case
from imagedocs.checks.site import LocaleSite, Site, page_url, site_path
from imagedocs.findings import at_most
from imagedocs.markdown.document import Link, LinkKind
from imagedocs.markdown.targets import may_be_file
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import closest, shown

_NO_ANCHORS = (":~:", "tab/", "lightbox", "__")
"""Beginnings of fragments that name no anchor: text directives, tabs, viewers, the theme's own ids."""


def check_links(site: Site, read_line: ReadLine) -> Iterator[Problem]:
    """Broken links of all locales. A page that is also a fallback is met more than once, with the same
    problems. `read_line` gives the lines that are to be edited."""
    for locale in site.locales:
        for page, brief in locale.briefs.items():
            if _lacks_nothing(locale, brief):
                continue
            document = locale.documents[page]
            found = (
                problem
                for link in document.links
                for problem in _check_link(locale, page, document.path, link, site.tags, read_line)
            )
            yield from at_most(found, document.path)


def _lacks_nothing(locale: LocaleSite, brief: Brief) -> bool:
    """Whether `_check_link` would surely find nothing in the page: most pages are not looked at more closely."""
    if brief.is_doubtful:
        return False
    files, anchors, moved = locale.files, locale.anchors, locale.moved
    home = home_of(brief.path)
    tags = [tag for tag in locale.chain if home == f"docs/{tag}/"]
    if brief.own and not tags:
        return False
    start = len(home)
    for links, folders in ((brief.own, tags), (brief.included, locale.chain)):
        each = iter(links)
        for path, fragment in zip(each, each, strict=True):
            place = path[start:] if folders is tags and path.startswith(home) else site_path(path, folders)
            if place is None or place not in files or place in moved:
                return False
            if fragment and place in anchors and fragment not in anchors[place]:
                return False
    return True


def _check_link(
    locale: LocaleSite, page: str, page_file: str, link: Link, tags: Collection[str], read_line: ReadLine
) -> Iterator[Problem]:
    if link.kind is LinkKind.SNIPPET:
        return  # the parser reads the file, and says so when it is not there
    target: str | None = page
    if not link.target.strip():
        yield _empty(link)
        return
    if link.path is not None:
        target = _target(locale, page, link)
        if target is None:
            yield _broken(locale, link, tags, read_line)
            return
        if link.kind is LinkKind.IMAGE and target.endswith(".md"):
            message = f"{shown(link.target)} is a page, not an image"
            yield Problem(link.position, Rule.BROKEN_IMAGE, message, included_from=link.included_from)
            return
    elif link.target.startswith("~/"):
        rest = unquote(link.target[2:].partition("#")[0].partition("?")[0])
        home = link.position.path.split("/")[1] if link.position.path.startswith("docs/") else locale.tag
        yield _broken(locale, replace(link, path=f"docs/{home}/{rest}"), tags, read_line)
        return
    elif may_be_file(link.target.partition("#")[0].partition("?")[0]):
        yield _outside(link)
        return
    elif not link.target.startswith(("#", "?")):
        return  # an address elsewhere
    if target in locale.moved:
        target, rest = locale.moved[target]
        if not target:
            return
        if not link.fragment or link.fragment in locale.anchors.get(target, ()):
            yield _redirected(locale, page, link, target, rest, read_line)
    if link.fragment and target in locale.documents:
        yield from _check_fragment(locale, target, page_file, link, link.fragment, read_line)


def _target(locale: LocaleSite, page: str, link: Link) -> str | None:
    """Site path of the file that `link` leads to; `None` when the locale's site has none there."""
    assert link.path is not None
    # A link in a page may leave neither its own folder nor, in a fallback, that of its language.
    own = link.position.path.split("/")[1:2] if link.position.path.startswith("docs/") else []
    target = site_path(link.path, [tag for tag in locale.chain if not own or tag in own])
    if target is not None and (target in locale.files or target in locale.moved):
        return target
    written = link.target.partition("#")[0].partition("?")[0]
    if link.kind is LinkKind.LINK and not link.included_from and written.endswith(("/", ".")):
        # A directory address is relative to the address of the page, not to its file.
        url = posixpath.normpath(posixpath.join(page_url(page), written))
        return locale.pages_by_url.get("" if url == "." else f"{url}/")
    return None


def _empty(link: Link) -> Problem:
    rule = Rule.BROKEN_IMAGE if link.kind is LinkKind.IMAGE else Rule.BROKEN_LINK
    message = "an address is missing here"
    return Problem(link.position, rule, message, "write the path of a file", link.included_from)


def _outside(link: Link) -> Problem:
    rule = Rule.BROKEN_IMAGE if link.kind is LinkKind.IMAGE else Rule.BROKEN_LINK
    message = f"{shown(link.target)} leads out of the project"
    return Problem(link.position, rule, message, included_from=link.included_from)


def _redirected(
    locale: LocaleSite, page: str, link: Link, new: str, rest: str, read_line: ReadLine
) -> Problem:
    """A link that is sound, and could lead there at once: to `new`, followed by `rest`."""
    written = link.target.partition("#")[0].partition("?")[0]
    near = posixpath.relpath(new, posixpath.dirname(page) or ".")
    message = f'"{link.target}" leads to a page that has moved to {locale.files[new]}'
    by_name = not link.included_from and written.endswith(".md")
    return Problem(
        link.position,
        Rule.LINK_REDIRECTED,
        message,
        f'write "{near}{link.target[len(written) :] or rest}"',
        link.included_from,
        fix_target(link, near, read_line) if by_name and not rest else (),
    )


def _check_fragment(
    locale: LocaleSite, target: str, page_file: str, link: Link, fragment: str, read_line: ReadLine
) -> Iterator[Problem]:
    fragment = fragment.partition(":~:")[0]
    anchors = locale.anchors[target]
    if not fragment or fragment.lower() == "top" or fragment in anchors or fragment.startswith(_NO_ANCHORS):
        return
    normalized = unicodedata.normalize("NFC", fragment)
    if any(normalized == unicodedata.normalize("NFC", anchor) for anchor in anchors):
        return
    target_file = locale.documents[target].path
    where = "this page" if target_file == page_file else target_file
    message = f'{where} has no anchor "{fragment}"'
    right = same_but_for_case(fragment, anchors)
    yield Problem(
        link.position,
        Rule.BROKEN_ANCHOR,
        message,
        _near_anchor(fragment, sorted(anchors)),
        link.included_from,
        fix_fragment(link, right, read_line) if right else (),
    )


def _near_anchor(fragment: str, anchors: list[str]) -> str:
    near = closest(fragment.lower(), [anchor.lower() for anchor in anchors], 0.6)
    if near:
        anchor = next(anchor for anchor in anchors if anchor.lower() == near)
        return f'did you mean "#{anchor}"?'
    return f'write <a name="{fragment}"></a> before the text it should lead to, or link to another anchor'


def _broken(locale: LocaleSite, link: Link, tags: Collection[str], read_line: ReadLine) -> Problem:
    assert link.path is not None
    rule = Rule.BROKEN_IMAGE if link.kind is LinkKind.IMAGE else Rule.BROKEN_LINK
    inside = site_path(link.path, locale.chain)
    other = link.path.removeprefix("docs/").partition("/")[0] if link.path.startswith("docs/") else ""
    if inside is None and other not in tags:
        message = f'"{link.target}" leads out of the docs folder'
    elif inside in locale.files or inside is None:
        rule, message = Rule.LINK_LEAVES_LOCALE, f'"{link.target}" leads to the pages of another language'
    else:
        message = f'there is no file "{link.path}"'
    right = same_but_for_case(inside, locale.files) if inside else None
    return Problem(
        link.position,
        rule,
        message,
        _near_file(locale, link),
        link.included_from,
        fix_path(link, link.path.removesuffix(inside) + right, read_line) if inside and right else (),
    )


def _near_file(locale: LocaleSite, link: Link) -> str:
    """What to type instead: the file of the most similar name that the locale's site has."""
    assert link.path is not None
    pages = link.kind is LinkKind.LINK
    wanted = link.path.removeprefix("docs/").partition("/")[2] if link.path.startswith("docs/") else link.path
    candidates = {path.lower(): path for path in locale.files if not pages or path.endswith(".md")}
    index = f"{wanted.lower()}/index.md"
    match = index if index in candidates else closest(wanted.lower(), candidates, 0.75)
    if match is None:
        # Perhaps the right name in the wrong folder.
        names = {posixpath.basename(path): path for path in candidates}
        name = closest(posixpath.basename(wanted.lower()), names, 0.8)
        match = names[name] if name is not None else None
    if match is None:
        return ""
    here = site_path(link.position.path, locale.chain) or link.position.path
    near = posixpath.relpath(candidates[match], posixpath.dirname(here) or ".")
    _, mark, fragment = link.target.partition("#")
    return f'did you mean "{near}{mark}{fragment}"?'
