"""Judge the translated pages of a project, and pin them to their sources when a person asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from imagedocs.checks.records import from_bytes, read, to_bytes, write
from imagedocs.files.history import named_in_branches
from imagedocs.files.reading import read_source
from imagedocs.files.tree import Tree, read_head
from imagedocs.freshness import (
    FOLDER,
    Coverage,
    LocaleCoverage,
    Pin,
    Segment,
    State,
    Translation,
    Version,
    fingerprint,
    judge,
    read_pin,
    read_version,
    version_path,
    write_pin,
    write_version,
)
from imagedocs.incremental.reads import remembered
from imagedocs.locales import Locale
from imagedocs.locales.files import replace_project_file
from imagedocs.markdown import Source
from imagedocs.problems import CannotRun
from imagedocs.project import Project
from imagedocs.writing import reason


@dataclass(frozen=True, slots=True)
class _Page:
    """Page, or fragment, in the folder of a language."""

    path: str
    source: str
    """Path that its source has or would have."""
    exists: bool


def translations_of(project: Project, locale: Locale) -> tuple[Translation, ...]:
    """Return the translations into the language of `locale`, including missing ones, in the order of their paths.
    A pseudo-locale has none."""
    return _judged(project, locale) if locale in project.locales.translated else ()


@remembered
def _judged(project: Project, locale: Locale) -> tuple[Translation, ...]:
    own = _pages(project, locale)
    found = [judged for page in own if (judged := _judge(project, locale, page))]
    if _is_made_elsewhere(found):
        found = [each for each in found if each.state is not State.ORPHAN or not each.pin.is_only_foreign]
    there = {page.path for page in own}
    for place, path in project.overlay(project.locales.default).files.items():
        wanted = f"docs/{locale.tag}/{place}"
        is_wanted = place.endswith(".md") and not project.locales.untranslated.match_file(place)
        if is_wanted and path.startswith("docs/") and wanted not in there:
            found.append(Translation(wanted, path, State.MISSING))
    return tuple(sorted(found, key=lambda each: each.path))


def _is_made_elsewhere(found: Iterable[Translation]) -> bool:
    """Return whether most pages that another pipeline has translated have no source in this project. The sources are
    then kept elsewhere, and a missing one isn't a problem."""
    foreign = [each for each in found if each.pin.is_only_foreign]
    return sum(each.state is State.ORPHAN for each in foreign) * 2 > len(foreign)


@remembered
def translation_of(project: Project, locale: Locale, place: str) -> Translation | None:
    """Return the verdict on the locale's own page at a site path; `None` without one, and for a source. Only the page,
    its source and its version are read, unless it has no source: whether that says anything, all pages tell."""
    path = f"docs/{locale.tag}/{place}"
    if locale not in project.locales.translated or project.overlay(locale).files.get(place) != path:
        return None
    original = project.overlay(project.locales.default)
    source = f"docs/{project.locales.default.tag}/{place}"
    exists = place in original.files and original.files[place] not in original.generated
    found = _judge(project, locale, _Page(path, source, exists))
    if found is not None and found.state is State.ORPHAN:
        return next((each for each in _judged(project, locale) if each.path == path), None)
    return found


def status(project: Project, tags: Iterable[str] = ()) -> Coverage:
    """Return how well the project is translated into all languages, or into those named."""
    wanted = [project.locale(tag) for tag in tags] or project.locales.translated
    return Coverage(tuple(LocaleCoverage(each, translations_of(project, each)) for each in wanted))


def _pages(project: Project, locale: Locale) -> list[_Page]:
    tag, source_tag = locale.tag, project.locales.default.tag
    original = project.overlay(project.locales.default)
    sources, generated = original.files, original.generated
    pages = [
        _Page(path, f"docs/{source_tag}/{place}", place in sources and sources[place] not in generated)
        for place, path in project.overlay(locale).files.items()
        if place.endswith(".md") and path.startswith(f"docs/{tag}/")
    ]
    for path in project.tree.walk(f"includes/{tag}"):
        if path.endswith(".md"):
            source = f"includes/{path.removeprefix(f'includes/{tag}/')}"
            pages.append(_Page(path, source, project.tree.has(source)))
    return pages


def sources_of(project: Project, locale: Locale) -> Mapping[str, str]:
    """Return the project path of the source of each of the locale's pages and fragments that has one, by its own."""
    return {page.path: page.source for page in _pages(project, locale) if page.exists}


def _judge(project: Project, locale: Locale, page: _Page) -> Translation | None:
    if page.exists:
        return judge_translation(project, page.path, page.source)
    head = project.overlay(locale).head(page.path)
    pin = read_pin(head.text) if head else Pin()
    if not pin.is_translation:
        return None  # a page that this language alone has
    return Translation(page.path, "", State.ORPHAN, pin, moved_to=_home_of(project, pin.version))


def judge_translation(project: Project, path: str, source: str) -> Translation | None:
    """Return the verdict on the translation of the page at `source`, without its matches; `None` for a page that can't
    be read."""

    def judge_anew() -> bytes:
        judged = verdict(project.tree, path, source)
        return to_bytes(write(replace(judged, matches=())) if judged else None)

    kept = from_bytes(project.cache.cached("translation", path, judge_anew, source))
    return read(Translation, kept) if kept else None


@remembered
def verdict(tree: Tree, path: str, source: str) -> Translation | None:
    """Return the verdict on the translation of the page at `source`; `None` for a page that can't be read."""
    head = read_head(tree, path)
    if head is None:
        return None
    pin = read_pin(head.text)
    pinned = read_version(tree.root, pin.version) if pin.version else None
    if pinned is None:
        return Translation(path, source, State.UNPINNED, pin)
    translated = _segments(read_source(tree.root, path))
    return judge(path, pin, translated, source, _segments_at(tree, source), pinned)


@remembered
def _segments_at(tree: Tree, path: str) -> tuple[Segment, ...]:
    """Return the segments of a page, which is compared with its translations into all languages."""
    return _segments(read_source(tree.root, path)) if tree.has(path) else ()


@lru_cache(maxsize=2048)
def _segments(source: Source) -> tuple[Segment, ...]:
    """Return the segments of a file. They are remembered: in a preview, most pages stay the same."""
    from imagedocs.freshness.reading import read_segments  # here: what is judged already needs no parser

    return read_segments(source)


def _source_segments(project: Project, path: str) -> tuple[Segment, ...]:
    source = project.overlay(project.locales.default).read(path)
    return _segments(source) if source else ()


def _home_of(project: Project, version: str) -> str:
    """Return the page whose source is this version, which is where a page has moved to."""
    pages = project.overlay(project.locales.default).files.items() if version else ()
    for place, path in pages:
        if place.endswith(".md") and fingerprint(_source_segments(project, path)) == version:
            return path
    return ""


# pinning


@dataclass(frozen=True, slots=True)
class Accepted:
    """Page that was pinned to the current version of its source."""

    before: Translation
    after: Translation
    changed: bool
    """True if its file was written."""


def accept(project: Project, paths: Iterable[str]) -> list[Accepted]:
    """Pin the pages at `paths` (project-relative; a folder stands for those in it) to the current sources.

    By this, a person confirms that the page is a translation of what the source says now. What is missing in it stays
    missing. Raises CannotRun, before anything is written, for a path that is no translation.
    """
    chosen = _chosen(project, paths)
    return [_accept(project, locale, page) for locale, page in chosen]


def _chosen(project: Project, paths: Iterable[str]) -> list[tuple[Locale, _Page]]:
    known = {
        page.path: (locale, page)
        for locale in project.locales.translated
        for page in _pages(project, locale)
        if page.exists
    }
    chosen: dict[str, tuple[Locale, _Page]] = {}
    for path in paths:
        wanted = path.rstrip("/")
        found = [each for each in known if each == wanted or each.startswith(f"{wanted}/")]
        if not found:
            raise CannotRun(f"{path} is no translation of a page that there is")
        chosen |= {each: known[each] for each in found}
    for path in chosen:
        if (project.root / path).resolve() != project.root.resolve() / path:
            raise CannotRun(f"{path} is a symbolic link, or lies in one; name the file that it leads to")
    return list(chosen.values())


def _accept(project: Project, locale: Locale, page: _Page) -> Accepted:
    file = project.root / page.path
    text = _read(file, page.path)
    source = _source_segments(project, page.source)
    version = Version(source)
    before = _judge(project, locale, page) or Translation(page.path, page.source, State.UNPINNED)
    pin = replace(before.pin, version=version.name, accepted="")
    trial = judge(page.path, pin, _segments_of(text, page.path), page.source, source, version)
    pin = replace(pin, accepted=trial.acceptable)
    edited = write_pin(text, pin, page.path)
    after = judge(page.path, pin, _segments_of(edited, page.path), page.source, source, version)
    if (
        not (project.root / version_path(version.name)).is_file()
        or read_version(project.root, version.name) is None
    ):
        replace_project_file(project.root, version_path(version.name), write_version(source))
    changed = edited != text
    if changed:
        replace_project_file(project.root, page.path, edited)
    return Accepted(before, after, changed)


def _segments_of(text: str, path: str) -> tuple[Segment, ...]:
    """Return the segments of a page whose file holds `text`."""
    return _segments(Source(path, text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")))


def _read(file: Path, path: str) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{path} cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Pruned:
    """Versions that pruning has removed and restored, as project paths."""

    removed: tuple[str, ...]
    restored: tuple[str, ...]


def prune(project: Project) -> Pruned:
    """Remove the versions that no page names, here or on another branch, and put back from git those that are named
    and missing. Raises CannotRun, before anything is removed, when it isn't known what a page names."""
    used = _named_versions(project)
    restored: list[str] = []
    for name in sorted(used):
        path = version_path(name)
        if not (project.root / path).exists() and (version := read_version(project.root, name)):
            replace_project_file(project.root, path, write_version(version.segments))
            restored.append(path)
    pins = named_in_branches(project.root, "sha256-[0-9a-f]\\{16\\}", "docs", "includes")
    used |= {pin.removeprefix("sha256-") for pin in pins}
    folder = project.root / FOLDER
    removed: list[str] = []
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if file.stem not in used:
            path = file.relative_to(project.root).as_posix()
            try:
                file.unlink()
            except OSError as error:
                raise CannotRun(f"{path} can't be removed: {reason(error)}") from error
            removed.append(path)
    return Pruned(tuple(removed), tuple(restored))


def _named_versions(project: Project) -> set[str]:
    used: set[str] = set()
    for locale in project.locales.translated:
        for page in _pages(project, locale):
            file = project.root / page.path
            if file.exists():  # else it is generated from the catalog
                used.add(read_pin(_read(file, page.path).removeprefix("\ufeff")).version)
    return used - {""}
