"""Do two files have the same address? Only one of them would be in the site."""

from collections.abc import Iterator, Mapping

from imagedocs.checks.site import LocaleSite, Site
from imagedocs.files.places import page_url
from imagedocs.problems import Position, Problem, Rule


def check_addresses(site: Site, folders: Mapping[str, str]) -> Iterator[Problem]:
    """`folders` has the first segment of each locale's addresses, but for those at the root, and its tag."""
    for locale in site.locales:
        yield from _check_locale(locale)
        if locale.tag not in folders.values():
            yield from _check_root(locale, folders)


def _check_root(locale: LocaleSite, folders: Mapping[str, str]) -> Iterator[Problem]:
    """Files of the locale at the root that lie where another locale's site is put."""
    for place, path in locale.files.items():
        address = page_url(place) if place.endswith(".md") else place
        tag = folders.get(address.partition("/")[0])
        if tag:
            message = f'has the address "{address}", where the pages in {tag} are: only those are shown'
            yield Problem(Position(path), Rule.PUBLISH_URL_CONFLICT, message, "give it another name")


def _check_locale(locale: LocaleSite) -> Iterator[Problem]:
    first: dict[str, str] = {}

    # Files before pages: `a.png` and the folder of `a.png.md` cannot both be there. Of `index.md` and `README.md`, MkDocs
    # shows the first.
    def order(item: tuple[str, str]) -> tuple[bool, bool, str]:
        return item[0].endswith(".md"), item[0].endswith("README.md"), item[0]

    for place, path in sorted(locale.files.items(), key=order):
        address = page_url(place) if place.endswith(".md") else place.removesuffix("index.html")
        other = first.setdefault(address.rstrip("/"), path)
        if other != path:
            message = f'has the address of {other}, "{address or "/"}": only one of them is shown'
            yield Problem(Position(path), Rule.PUBLISH_URL_CONFLICT, message, "give it another name")
