"""The redirections that `*.openpublishing.redirection*.json` or `redirections.yml` lists: pages that are no longer
where they were."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from imagedocs.docfx.entries import is_toc
from imagedocs.docfx.files import Written, read_tree
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Fields, root_fields, wrong_type
from imagedocs.yaml.nodes import Mapping, Scalar

NAMES = (".openpublishing.redirection.json", "redirections.yml", "redirections.json")
_PAGES = (".md", ".yml", ".json")
"""What can be redirected: pages, and the landing pages that a documentation set has as YAML or JSON."""

_HIDDEN = re.compile(r"(?:^|/)\.")
"""Hidden files and folders are not part of a site."""
_INVALID = re.compile(r'[<>:"|?*\0-\x1f]')
"""What no path has, because Windows has no such names."""


@dataclass(frozen=True, slots=True)
class Redirection:
    """A page that was at `place` in the site of the locale `tag`, and what took its place."""

    tag: str
    place: str
    """Its site path; always with `.md`."""
    position: Position
    """Of the old path."""
    url: Written
    is_for_some: bool = False
    """True if it is for some versions only (`monikers`)."""


@dataclass(frozen=True, slots=True)
class _Entry:
    old: Written
    folder: str
    """That the old path counts from."""
    url: Written
    is_for_some: bool = False


def read_redirections(
    sources: Collection[Source], tags: Collection[str], exists: Callable[[str], bool]
) -> tuple[tuple[Redirection, ...], tuple[Problem, ...]]:
    """All redirections of the files `sources`, each page once, and what is wrong with them.

    Paths count from the folder of the file; paths from the root begin with `docs/<locale>/`, or count from that
    folder of the locale in which the file is. `tags` are those of all locales; `exists` says whether the project has a file.
    """
    found: dict[tuple[str, str], Redirection] = {}
    problems: list[Problem] = []
    for source in sources:
        root, syntax = read_tree(source)
        findings = Findings(source.path)
        folder = posixpath.dirname(source.path)
        entries = _read(root_fields(root, findings), folder, findings)
        for entry in sorted(entries, key=lambda entry: entry.url.position):
            place = _place(entry.old, _base(entry, folder, tags), tags, findings)
            if place is None:
                continue
            redirection = Redirection(*place, entry.old.position, entry.url, entry.is_for_some)
            known = found.setdefault(place, redirection)
            old = f"docs/{redirection.tag}/{redirection.place}"
            if known is not redirection:
                if known.is_for_some and redirection.is_for_some:
                    continue
                message = f"{shown(old)} is redirected twice; first at {known.position}"
                findings.add(redirection.position, Rule.REDIRECTION_CONFLICT, message, "remove one of them")
            elif exists(old):
                message = f"{shown(old)} is still there, so nobody is led on from it"
                hint = "remove the file, or the redirection"
                findings.add(redirection.position, Rule.REDIRECTED_FILE_NOT_REMOVED, message, hint)
        problems += (*syntax, *findings.sorted())
    return tuple(found.values()), tuple(problems)


def _base(entry: _Entry, folder: str, tags: Collection[str]) -> str:
    """The folder that the old path counts from: the root of a documentation set is that of its locale."""
    docs, tag, *_ = (*folder.split("/"), "", "")
    is_of_project = entry.folder or entry.old.value.startswith(tuple(f"docs/{each}/" for each in tags))
    return entry.folder if is_of_project or docs != "docs" else f"docs/{tag}"


def _read(root: Fields | None, folder: str, findings: Findings) -> Iterator[_Entry]:
    if root is None:
        return
    for key in ("redirections", "renames"):
        listed = root.node(key)
        if isinstance(listed, Mapping):
            for old, url in listed.entries:
                if isinstance(url, Scalar) and url.value.strip():
                    position = Written(url.value.strip(), findings.at(url))
                    yield _Entry(Written(old.value, findings.at(old)), folder, position)
                else:
                    wrong_type(url, "the address that takes its place", findings)
        elif key == "redirections" and (listed is not None or root.node("renames") is None):
            yield from _read_list(root, folder, findings)
        elif listed is not None:
            wrong_type(listed, "a mapping of old paths to addresses", findings)


def _read_list(root: Fields, folder: str, findings: Findings) -> Iterator[_Entry]:
    for node in root.nodes("redirections", required=True):
        if not isinstance(node, Mapping):
            wrong_type(node, "a redirection with source_path and redirect_url", findings)
            continue
        texts = dict(_texts(node, findings))
        old, base = _source(node, texts, folder, findings)
        url = texts.get("redirect_url")
        if url is None:
            findings.add(node, Rule.MISSING_FIELD, 'the field "redirect_url" is missing')
        if old and url:
            yield _Entry(old, base, url, any(key.value.lower() == "monikers" for key, _ in node.entries))


def _texts(node: Mapping, findings: Findings) -> Iterator[tuple[str, Written]]:
    for key, value in node.entries:
        name = key.value.lower()
        if name in ("source_path", "source_path_from_root", "redirect_url"):
            if isinstance(value, Scalar) and value.reads_as == "text" and value.value.strip():
                yield name, Written(value.value.strip(), findings.at(value))
            else:
                wrong_type(value, "text", findings)


def _source(
    node: Mapping, texts: dict[str, Written], folder: str, findings: Findings
) -> tuple[Written | None, str]:
    """The old path, without the slash in front of one that counts from the root, and the folder that it counts
    from."""
    relative, from_root = texts.get("source_path"), texts.get("source_path_from_root")
    if relative and from_root:
        message = "a redirection has both source_path and source_path_from_root"
        findings.add(from_root.position, Rule.SOURCE_PATH_CONFLICT, message, "keep one of them")
        return None, folder
    if from_root is None:
        if relative is None and not any(
            key.value.lower().startswith("source_path") for key, _ in node.entries
        ):
            findings.add(node, Rule.MISSING_FIELD, 'the field "source_path" is missing')
        return relative, folder
    if not from_root.value.startswith("/"):
        message = f"{shown(from_root.value)} does not begin with a slash, as a path from the root does"
        hint = f"write {shown('/' + from_root.value)}, or source_path"
        findings.add(from_root.position, Rule.REDIRECTION_PATH_SYNTAX_ERROR, message, hint)
        return None, ""
    return Written(from_root.value.lstrip("/"), from_root.position), ""


def _place(old: Written, folder: str, tags: Collection[str], findings: Findings) -> tuple[str, str] | None:
    """Tag and site path of the page that was at `old`, which counts from `folder`."""
    written = old.value.replace("\\", "/")
    path = posixpath.normpath(posixpath.join(folder, written))
    docs, _, rest = path.partition("/")
    tag, _, place = rest.partition("/")
    stem, extension = posixpath.splitext(place)
    rule = Rule.REDIRECTION_PATH_SYNTAX_ERROR
    if written.startswith("/"):
        message = f"{shown(old.value)} begins with a slash"
        hint = "write source_path_from_root, or a relative path"
    elif invalid := _INVALID.search(place):
        rule = Rule.PATH_INVALID
        message = (
            f"the path {shown(old.value)} has the character {shown(invalid[0])[1:-1]}, which no path may have"
        )
        hint = "write the path of the page that is no longer there"
    elif docs != "docs" or tag not in tags or not stem or _HIDDEN.search(place):
        message = f"{shown(old.value)} is no page of the site"
        hint = f"write a path below {folder or 'docs/<locale>'}/"
    elif extension.lower() not in _PAGES or is_toc(place):
        rule = Rule.REDIRECTION_INVALID
        message = f"{shown(old.value)} is no page, and only pages can be redirected"
        hint = "write a path that ends in .md"
    else:
        return tag, f"{stem}.md"
    findings.add(old.position, rule, message, hint)
    return None
