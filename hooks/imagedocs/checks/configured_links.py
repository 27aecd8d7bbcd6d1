"""Check what the configuration makes the theme write on every page: its logo, its style sheets, links in the footer, and the
link to the start page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imagedocs.checks.landing import Addresses
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import did_you_mean, shown


@dataclass(frozen=True, slots=True)
class ConfiguredLink:
    address: str
    """As it is written."""
    position: Position


_START = "index.html"


def check_configured_links(site: Site, links: Iterable[ConfiguredLink]) -> Iterator[Problem]:
    """Yield a problem for each address in the configuration at which the site has nothing. What all languages share is
    known only if the locale at the root is looked at."""
    addresses, locale = Addresses(site), _at_root(site)
    if locale is None:
        return
    base = addresses.of_file(locale, _START)
    for link in links:
        address = link.address
        within = addresses.within(address, base) if address and not address.startswith("#") else None
        if (
            within is not None
            and addresses.find(within) is None
            and not (addresses.is_unknown(within) or addresses.is_unmade(within))
            and not leads_to_missing_start(site, within)
        ):
            files = [] if address.endswith("/") else list(locale.files)
            yield dead_link(link.position, without_way(address, locale), did_you_mean(address, files))


def check_menu_parts(locale: LocaleSite, parts: Iterable[ConfiguredLink]) -> Iterator[Problem]:
    """Yield a problem for each entry of a menu that leads to a part that its page lacks; see `LocaleFacts.menu_parts`."""
    for part in parts:
        place, _, fragment = part.address.rpartition("#")
        anchors = locale.anchors.get(place)
        if anchors is not None and fragment not in anchors:
            message = f"{locale.files[place]} has no anchor {shown(fragment)}"
            yield Problem(part.position, Rule.BROKEN_ANCHOR, message, did_you_mean(fragment, sorted(anchors)))


def dead_link(position: Position, written: str, hint: str = "") -> Problem:
    """Return the problem of an address on every page at which the site has nothing; see `without_way`."""
    message = f"the page has a link to {shown(written)}, and there is nothing"
    return Problem(position, Rule.BROKEN_LINK, message, hint)


def without_way(address: str, locale: LocaleSite) -> str:
    """Return an address without the dots and the folder of the language with which it begins."""
    for start in ("../", "./", "/", f"{locale.folder}/" if locale.folder else "/"):
        while address.startswith(start):
            address = address.removeprefix(start)
    return address


def check_start_page(site: Site) -> Iterator[Problem]:
    """Yield a problem if no page is at the address of the site: every page has a link to it."""
    locale = _at_root(site)
    if locale is not None and not _has_start(locale):
        yield Problem(
            Position("mkdocs.yml"),
            Rule.NAV_PAGE_MISSING,
            "the site has no start page, to which every page has a link",
            f"write docs/{locale.tag}/index.md",
        )


def leads_to_missing_start(site: Site, within: str) -> bool:
    """Return whether a path from the site's root on is that of a start page that is missing, which is told once."""
    folder = within.removesuffix(_START).rstrip("/")
    return any(locale.folder == folder and not _has_start(locale) for locale in site.locales)


def _at_root(site: Site) -> LocaleSite | None:
    return next((locale for locale in site.locales if not locale.folder), None)


def _has_start(locale: LocaleSite) -> bool:
    return _START in locale.by_file
