"""Addresses of links, compared across languages: the same page of a site in the reader's language is the same page."""

import posixpath
import re

_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)
_OF_LANGUAGE = re.compile(r"(?:hl|lang|language|locale|setlang|culture)=[^&]*&?")
_ENDINGS = (".md", ".html", ".htm", ".aspx")


def goal_key(goal: str) -> str:
    """Return the address of a link's name, as it is shown to a person."""
    return goal.partition(" ")[2].replace(" ", "%20").replace("##", "#")


def is_same_goal(one: str, other: str) -> bool:
    """Return whether two links, named as by `goal_name`, lead to the same section, in whatever language it is."""
    address, section = _parts(one)
    other_address, other_section = _parts(other)
    if not _is_same_address(address, other_address):
        return False
    if "." in address.partition("/")[0] and address != other_address:
        return True  # the page in another language, with sections in that language
    return section == other_section or not (section.isascii() and other_section.isascii())


def _parts(goal: str) -> tuple[str, str]:
    address, _, section = goal.partition(" ")[2].partition("#")
    path, _, query = address.partition("?")
    query = _OF_LANGUAGE.sub("", query).rstrip("&")
    path = path.rstrip("/")
    for ending in _ENDINGS:
        path = path.removesuffix(ending)
    if posixpath.basename(path) == "index":
        path = posixpath.dirname(path)
    return f"{path}?{query}" if query else path, section.strip("#").casefold()


def _is_same_address(one: str, other: str) -> bool:
    if one == other:
        return True
    host, _, path = one.partition("/")
    other_host, _, other_path = other.partition("/")
    if "." not in host or "." not in other_host:  # pages of one site: they may be named from elsewhere
        last, other_last = (posixpath.basename(each).casefold() for each in (one, other))
        is_local = one.startswith("docs") and other.startswith("docs")
        return last == other_last and not is_local
    labels, other_labels = host.split("."), other_host.split(".")
    if _without_language(labels) == _without_language(other_labels):
        if labels != other_labels:
            return True  # a site of its own for each language
        return _without_language(path.split("/")) == _without_language(other_path.split("/"))
    return False


def _without_language(parts: list[str]) -> list[str]:
    return [part.casefold() for part in parts[:-1] if not _LANGUAGE.fullmatch(part)] + parts[-1:]
