"""Can a file of this name exist on Windows? Linux and macOS allow names that Windows doesn't."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from imagedocs.checks.site import Site
from imagedocs.problems import Position, Problem, Rule

_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
"""Names of devices, which Windows also sees in names with a suffix."""

_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def check_portable(site: Site) -> Iterator[Problem]:
    """Compare the names of each locale's files, and of the folders that its pages are published in, with what
    Windows allows."""
    files = {path: locale.file_of(place) for locale in site.locales for place, path in locale.files.items()}
    yield from _check(files)


def check_portable_fragments(paths: Iterable[str]) -> Iterator[Problem]:
    """Compare the project paths of files that pages include with what Windows allows. They aren't published."""
    yield from _check({path: path for path in paths})


def _check(files: Mapping[str, str]) -> Iterator[Problem]:
    """Check project paths, each with the file that is made of it. A folder is reported once, at its first file."""
    taken = {prefix.casefold() for path in files for prefix in _prefixes(path)}
    told: set[str] = set()
    for path, published in sorted(files.items()):
        for prefix in _prefixes(path):
            folder, slash, name = prefix.rpartition("/")
            message = ""
            if reason := _objection(name):
                kind = "file" if prefix == path else "folder"
                message = f'Windows can\'t have a {kind} named "{name}": {reason}'
            elif prefix == path and (reason := _objection(page := _page_folder(name, published))):
                message = f'is published in a folder named "{page}", which Windows can\'t have: {reason}'
            if message and prefix not in told:
                told.add(prefix)
                other = next(
                    each for each in _other_names(name) if f"{folder}{slash}{each}".casefold() not in taken
                )
                taken.add(f"{folder}{slash}{other}".casefold())
                yield Problem(Position(path), Rule.PATH_NOT_PORTABLE, message, f'write "{other}"')


def _prefixes(path: str) -> list[str]:
    """Return the path of each folder that a file is in, the outermost first, and the file's own."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _page_folder(name: str, published: str) -> str:
    """Return the name of the folder that is made for a page alone; empty if none is."""
    folder = published.removesuffix("/index.html").rpartition("/")[2]
    return folder if name == f"{folder}.md" else ""


def _objection(name: str) -> str:
    """Return why Windows can't have the name; empty if it can."""
    if character := _FORBIDDEN.search(name):
        return f"it contains {'a control character' if character[0] < ' ' else character[0]}"
    if name.endswith((".", " ")):
        return f"it ends with a {'dot' if name.endswith('.') else 'space'}"
    return f"{device[1].upper()} is a device there" if (device := _DEVICE.match(name)) else ""


def _other_names(name: str) -> Iterator[str]:
    """Return names as near to this one as Windows allows, for a page and for its folder, the nearest first."""
    stem, dot, suffix = _FORBIDDEN.sub("-", name).rstrip(". ").rpartition(".")
    stem, ending = (stem.rstrip(". ") or "unnamed", f"{dot}{suffix}") if dot else (suffix or "unnamed", "")
    if not _objection(stem):
        yield f"{stem}{ending}"
    first, dot, rest = stem.partition(".")
    for number in count(1):
        yield f"{first.rstrip()}-{number}{dot}{rest}{ending}"
