"""Do the addresses in the style sheets beside the pages lead to files? Each counts from the style sheet's own place."""

from collections.abc import Iterator

from imagedocs.checks.landing import Addresses
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.findings import at_most
from imagedocs.markdown.resources import css_addresses
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown


def check_style_sheets(site: Site) -> Iterator[Problem]:
    addresses = Addresses(site)
    for locale in site.locales:
        for place, path in locale.files.items():
            if place.endswith(".css") and path != place:  # else something of a plugin's
                yield from at_most(_check(addresses, locale, place, path), path)


def _check(addresses: Addresses, locale: LocaleSite, place: str, path: str) -> Iterator[Problem]:
    text = addresses.site.read(path)
    base = addresses.of_file(locale, place)
    for offset, address in css_addresses(text):
        within = addresses.within(address, base) if address and address[0] != "#" else None
        if within is None or addresses.find(within) or addresses.is_unknown(within):
            continue
        position = Position(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        message = f"{shown(address)} is not there"
        hint = "write the path from this style sheet to the file"
        yield Problem(position, Rule.BROKEN_IMAGE, message, hint)
