"""Gather the options with which a locale's pages are rendered, as far as the project itself knows them."""

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from imagedocs.files.overlay import Overlay
from imagedocs.files.places import page_file
from imagedocs.incremental.reads import remembered
from imagedocs.locales import Locale
from imagedocs.markdown import PageOptions
from imagedocs.project.published import published_places

if TYPE_CHECKING:
    from imagedocs.project import Project


def page_options(project: "Project", locale: Locale) -> PageOptions:
    """Return these options; the files of a documentation set add others to them."""
    return PageOptions(
        label=partial(_label, project, locale),
        publisher=project.settings.publisher,
        headings=project.settings.headings,
        learn_locale=_learn_locale(locale),
        is_own=partial(_is_own, project),
        language_of=partial(_language_of, project.overlay(locale)),
        language_in=partial(_language_in, project, locale),
    )


@remembered
def _is_own(project: "Project", address: str) -> bool:
    """Return whether an address that begins with `/` belongs to a page or a file of this site, in any language."""
    root = urlsplit(project.settings.site_url).path.rstrip("/") + "/"
    path = unquote(urlsplit(address).path)
    if not path.startswith(root) or path == root:
        return path == root
    first, _, rest = path[len(root) :].partition("/")
    by_folder = {each.url: each for each in project.locales.published}
    locale = by_folder.get(first)
    if locale is None:
        locale, rest = by_folder.get(""), path[len(root) :]
    if locale is None:
        return False
    files = [rest] if rest and not rest.endswith("/") else []
    files.append(f"{rest.rstrip('/')}/index.html".lstrip("/"))
    return any(file in _built_files(project, locale) for file in files)


@remembered
def _built_files(project: "Project", locale: Locale) -> frozenset[str]:
    """Return the paths in the locale's site of its pages and of the files beside them."""
    plain = project.settings.directory_urls
    places = (*project.overlay(locale).files, *project.overlay(locale).linked.pages)
    files = (page_file(place, plain) if place.endswith(".md") else place for place in places)
    return published_places(project, locale).union(files)


def _language_of(overlay: Overlay, path: str) -> str:
    """Return the tag of the language in which a locale shows the page at a project path; empty for its own
    language."""
    place = overlay.site_path(path)
    if place is not None and place in overlay.linked.places:
        return overlay.linked.places[place][0]
    shown = overlay.files.get(place, "") if place else ""
    tag = shown.split("/", 2)[1] if shown.startswith("docs/") else overlay.chain[0]
    return "" if tag == overlay.chain[0] else tag


def _language_in(project: "Project", locale: Locale, path: str) -> tuple[str, str]:
    """Return tag and direction of the language of a file that a locale's pages are made from."""
    folder, _, rest = path.partition("/")
    own = project.locales.get(rest.partition("/")[0]) if folder in ("docs", "includes") else None
    if path.endswith(".j2"):
        language = locale  # it speaks by the locale's messages
    elif own or folder == "includes":
        language = own or project.locales.default
    else:  # another repository's
        return "", ""
    return language.tag, language.direction


def _label(project: "Project", locale: Locale, word: str, tag: str) -> str:
    """Return one of imagedocs' own words in the language `tag`, or in the locale's where that language isn't
    known."""
    return project.messages(project.locales.get(tag) or locale).gettext(word)


def _learn_locale(locale: Locale) -> str:
    """Return the folder of the language on the publisher's site, which names regions: `es-es`, `zh-cn`."""
    return locale.open_graph.replace("_", "-").lower()
