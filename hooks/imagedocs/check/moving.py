"""Move a page in all languages: its files, the links to it and in it, its entry in `nav`, and a redirection from its address."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from imagedocs.checks.site import Site
from imagedocs.files.places import site_path
from imagedocs.files.reading import line_reader, read_source
from imagedocs.incremental.reads import is_file
from imagedocs.markdown.targets import is_from_docs, split_fragment, with_slashes
from imagedocs.problems import CannotRun, Edit, Position, Problem, Rule
from imagedocs.project import Project

REDIRECTIONS = "redirections.yml"
_LIST = re.compile(r"^redirections:[ \t]*(?:#.*)?\n", re.MULTILINE)
_ENTRY = re.compile(r"([ \t]+)[^\s#-]")
_PLAIN = re.compile(r"[\w./~-]+")


@dataclass(frozen=True)
class Move:
    """Changes by which a page gets another place."""

    files: tuple[tuple[str, str], ...]
    """Project paths of the page in each language that has it: old and new."""
    edits: tuple[Problem, ...]
    """Links and entries to change, before the files are moved."""
    by_hand: tuple[Position, ...]
    """Links that can't be changed, because they aren't written as they are understood."""
    redirections: str
    """New text of `redirections.yml`."""


def plan_move(project: Project, site: Site, old: str, new: str) -> Move:
    """Return what has to be done to move the page at the site path `old` to `new`. Raises CannotRun if it can't be moved."""
    tags = [locale.tag for locale in project.locales]
    files = [
        (f"docs/{tag}/{old}", f"docs/{tag}/{new}")
        for tag in tags
        if is_file(project.root, f"docs/{tag}/{old}")
    ]
    if not files:
        raise CannotRun(f"there is no page {old} in docs/{project.locales.default.tag}")
    for tag in tags:
        if (project.root / f"docs/{tag}/{new}").exists():
            raise CannotRun(f"docs/{tag}/{new} is there already")
    for path, _ in files:
        if (project.root / path).resolve() != (project.root / path).absolute().resolve(strict=False):
            raise CannotRun(f"{path} is a symbolic link")
    edits: list[Problem] = []
    by_hand: list[Position] = []
    read_line = line_reader(project.root)
    moved = dict(files)
    for position, target, path in sorted(_links(site)):
        right = _right(position, target, path, old, new, moved, tags)
        if right is None:
            continue
        written = split_fragment(target)[0]
        line = read_line(position.path, position.line) or ""
        if line.startswith(target, position.column - 1) and not position.path.endswith(".j2"):
            edits.append(_edit(position, written, right, f"the link leads to {right}"))
        else:
            by_hand.append(position)
    edits += _menu(project, old, new)
    return Move(tuple(files), tuple(edits), tuple(by_hand), _redirections(project, files, old, new))


def _links(site: Site) -> set[tuple[Position, str, str]]:
    """Return the position, the target and the file of each relative link, and of each file that a page takes in."""
    found: set[tuple[Position, str, str]] = set()
    for locale in site.locales:
        for document in locale.documents.values():
            found |= {(each.position, each.target, each.path) for each in document.links if each.path}
            found |= {(each.position, each.target, each.path) for each in document.includes if each.path}
    return found


def _right(
    position: Position, target: str, path: str, old: str, new: str, moved: dict[str, str], tags: list[str]
) -> str | None:
    """Return the path that a link has to have, without what follows it; `None` if it stays as it is."""
    written = with_slashes(split_fragment(target)[0])
    leads_there = site_path(path, tags) == old and path.startswith("docs/")
    if not written or (not leads_there and position.path not in moved):
        return None
    if is_from_docs(written):
        return f"~/{new}" if leads_there else None
    there = f"docs/{path.split('/', 2)[1]}/{new}" if leads_there else path
    here = posixpath.dirname(moved.get(position.path, position.path))
    right = posixpath.relpath(there, here or ".") + ("/" if written.endswith("/") else "")
    return None if posixpath.normpath(written) == posixpath.normpath(right) else right


def _edit(position: Position, written: str, right: str, message: str) -> Problem:
    end = position.column + len(written)
    edit = Edit(position.line, position.column, position.line, end, right)
    return Problem(position, Rule.LINK_REDIRECTED, message, fix=(edit,))


def _menu(project: Project, old: str, new: str) -> Iterator[Problem]:
    read_line = line_reader(project.root)
    for place, position in project.settings.navigation:
        line = read_line(position.path, position.line) or ""
        start = line.find(place, position.column - 1)
        if posixpath.normpath(place) == old and start >= 0:
            at = Position(position.path, position.line, start + 1)
            yield _edit(at, place, new, "the navigation names the page")


def _redirections(project: Project, files: Iterable[tuple[str, str]], old: str, new: str) -> str:
    """Return the text of the file of redirections with those from the old addresses: one for all languages, if the default
    one has the page."""
    default = f"docs/{project.locales.default.tag}/{old}"
    paths = [path for path, _ in files]
    paths = [default] if default in paths else paths
    text = read_source(project.root, REDIRECTIONS).text if is_file(project.root, REDIRECTIONS) else ""
    lines = _without(text or "redirections:\n", new, project).splitlines(keepends=True)
    start = _LIST.search("".join(lines))
    if start is None:
        raise CannotRun(f"{REDIRECTIONS} has no line `redirections:` with old paths and addresses below it")
    url = posixpath.relpath(new, posixpath.dirname(old) or ".")
    rest = "".join(lines)[start.end() :]
    first = next(
        (line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    match = _ENTRY.match(first)
    if first.startswith((" ", "\t", "-")) and match is None:
        form = re.match(r"[ \t]*", first)
        indent = form[0] if form else ""
        added = "".join(f"{indent}- source_path: {path}\n{indent}  redirect_url: {url}\n" for path in paths)
    else:
        indent = match[1] if match else "  "
        added = "".join(f"{indent}{path}: {url}\n" for path in paths)
    whole = "".join(lines)
    return whole[: start.end()] + added + whole[start.end() :]


def _without(text: str, new: str, project: Project) -> str:
    """Return the text without a redirection from where the page is now: it comes back to an address that it had."""
    back = {f"docs/{locale.tag}/{new}" for locale in project.locales}
    kept = [line for line in text.splitlines(keepends=True) if line.strip().partition(":")[0] not in back]
    return "".join(kept)


def parts_of(project: Project, given: str) -> str:
    """Return the site path of a page that is named by its project path or its site path. Raises CannotRun."""
    path = posixpath.normpath(given.replace("\\", "/"))
    docs, _, rest = path.partition("/")
    tag, _, place = rest.partition("/")
    if docs == "docs" and place and project.locales.get(tag) is not None:
        path = place
    if path.startswith(("/", "../")) or not path.endswith(".md") or Path(path).is_absolute():
        raise CannotRun(
            f"{given} is no page of a docs folder: write docs/{project.locales.default.tag}/page.md"
        )
    return path
