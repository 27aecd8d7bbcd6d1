"""Do two files of a locale have the same address? Only one of them would be in the site."""

from collections.abc import Iterator

from imagedocs.checks.site import LocaleSite, Site, page_url
from imagedocs.problems import Position, Problem, Rule


def check_addresses(site: Site) -> Iterator[Problem]:
    for locale in site.locales:
        yield from _check_locale(locale)


def _check_locale(locale: LocaleSite) -> Iterator[Problem]:
    first: dict[str, str] = {}
    # Files before pages: `a.png` and the folder of `a.png.md` cannot both be there.
    for place, path in sorted(locale.files.items(), key=lambda item: (item[0].endswith(".md"), item[0])):
        address = page_url(place) if place.endswith(".md") else place.removesuffix("index.html")
        other = first.setdefault(address.rstrip("/"), path)
        if other != path:
            message = f'has the address of {other}, "{address or "/"}": only one of them is shown'
            yield Problem(Position(path), Rule.PUBLISH_URL_CONFLICT, message, "give it another name")
