"""Do two names differ in capitals alone? Disks of Windows and macOS, and some hosts, take them for one."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from imagedocs.checks.site import Site
from imagedocs.problems import Position, Problem, Rule


def check_capitals(site: Site, folders: Mapping[str, str]) -> Iterator[Problem]:
    """Compare the names and the addresses of each locale's files. `folders` has the first segment of each locale's
    addresses, except for the one at the root, and its tag."""
    for locale in site.locales:
        beside = {} if locale.folder else {url: f"the pages in {tag}" for url, tag in folders.items()}
        yield from _compare(locale.files, locale.file_of, "is published", beside)


def check_fragments(paths: Iterable[str]) -> Iterator[Problem]:
    """Compare the project paths of files that pages take in: they have no address, and are found by their names."""
    yield from _compare({path: path for path in paths}, str, "is", {})


def _compare(
    files: Mapping[str, str], file_of: Callable[[str], str], verb: str, beside: Mapping[str, str]
) -> Iterator[Problem]:
    """Compare places, each with its project path, and the folders that `file_of` puts them in. `beside` has folders
    that others fill, and what is in them. A folder is told of once, and what is in it then no more."""
    first: dict[str, tuple[str, str]] = {}
    known = {_alike(folder): (folder, whose) for folder, whose in beside.items()}
    told: set[str] = set()
    for place, path in sorted(files.items()):
        folders = _folders(file_of(place))
        others = {each: known.setdefault(_alike(each), (each, path)) for each in folders}
        different = [folder for folder, (spelled, _) in others.items() if spelled != folder]
        twin, other = first.setdefault(_alike(place), (place, path))
        if not told.isdisjoint(different):
            continue
        told.update(different)
        message = ""
        if twin != place:
            message = (
                f"differs from {other} in capitals alone: Windows, macOS and some hosts keep one of the two"
            )
        elif different:
            spelled, whose = others[different[0]]
            message = (
                f'{verb} in "{different[0]}/", and {whose} in "{spelled}/": '
                "Windows, macOS and some hosts make one folder of the two"
            )
        if message:
            yield Problem(Position(path), Rule.PATH_CASE_CONFLICT, message, "give it another name")


def _folders(name: str) -> list[str]:
    """The folders that a file is in, the outermost first."""
    parts = name.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _alike(name: str) -> str:
    """Return what names have in common that such a disk takes for one: letters are folded one by one, so that
    `ß` is not `ss`, and accents are composed."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(low if len(low := each.casefold()) == 1 else each for each in composed)
