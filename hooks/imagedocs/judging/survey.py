"""All pages of a project: those that are as they were are remembered, the others are read, by all cores."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from imagedocs.cache.memory import Memory
from imagedocs.checks.pages import Pages
from imagedocs.checks.records import from_bytes, read_all, to_bytes, write_all
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.files.overlay import Overlay
from imagedocs.files.places import LinkedFiles
from imagedocs.files.reading import read_source
from imagedocs.files.tree import Tree
from imagedocs.forks import Fork
from imagedocs.garbage import few_collections
from imagedocs.incremental.reads import is_file
from imagedocs.judging.frame import Frame, LocaleFrame
from imagedocs.judging.images import images_in
from imagedocs.judging.units import Authority, Surveyor, Unit, front_of, hash_of, unit_of
from imagedocs.markdown.sources import Source
from imagedocs.problems import Problem

FEW = 60
"""Units that are read sooner than a second process could be begun."""


@dataclass(frozen=True)
class Survey:
    site: Site
    found: tuple[Problem, ...]
    """In single pages."""
    used: frozenset[int]
    """The allowances that these need."""


def overlays_of(frame: Frame, tree: Tree, authority: Authority) -> dict[str, Overlay]:
    """By the locales' tags."""
    return {locale.tag: _overlay(locale, tree, authority) for locale in frame.locales}


def _overlay(locale: LocaleFrame, tree: Tree, authority: Authority) -> Overlay:
    rendered = {each.path: each.source for each in locale.rendered}

    def render(path: str, text: str) -> Source:
        return rendered.get(path) or authority.render(locale.tag, path, text)

    return Overlay(
        tree.root,
        locale.chain,
        render,
        repositories=frozenset(locale.repositories),
        shared=tree,
        listing=locale.files,
        pages=locale.pages,
        generate=lambda path: authority.render(locale.tag, path, ""),
        links=LinkedFiles(locale.linked, locale.directory_urls),
    )


def survey(frame: Frame, overlays: Mapping[str, Overlay], authority: Authority, memory: Memory) -> Survey:
    """The pages of the frame's locales, and what is wrong in single ones."""
    surveyor = Surveyor(frame, overlays, authority)
    places = dict.fromkeys(
        place for locale in frame.locales for place in locale.files if place.endswith(".md")
    )
    units: dict[str, Unit] = {}
    missing: dict[str, str] = {}
    for place in places:
        key = surveyor.key(place)
        kept = memory.get("unit", place, key)
        front = front_of(kept) if kept is not None else None
        if kept is not None and surveyor.holds(front):
            units[place] = unit_of(front, kept)
        else:
            missing[place] = key
    for place, made in zip(missing, _made(surveyor, [*missing]), strict=True):
        memory.put("unit", place, missing[place], made)
        units[place] = unit_of(front_of(made), made)
    pages = {locale.tag: Pages() for locale in frame.locales}
    for locale in frame.locales:
        for place in locale.files:
            if place in places:
                for tags, brief, kept in units[place].pages:
                    if locale.tag in tags:
                        pages[locale.tag].add(place, brief, kept)
    root = next(iter(overlays.values())).root
    site = Site(
        tuple(
            LocaleSite(
                locale.chain,
                locale.files,
                pages[locale.tag],
                locale.moved,
                locale.folder,
                locale.directory_urls,
                LinkedFiles(locale.linked, locale.directory_urls),
            )
            for locale in frame.locales
        ),
        frozenset(frame.tags),
        frame.folders,
        frame.site_url,
        roots_elsewhere=bool(frame.locales[0].publisher.site),
        line_ids=frame.line_ids,
        read=lambda path: read_source(root, path).text if is_file(root, path) else "",
        why_absent=authority.why_absent,
        is_extra=authority.is_extra,
        unmade_pages=frame.unmade_pages,
    )
    found = [problem for place in places for problem in units[place].findings]
    for locale in frame.locales:
        if locale.is_translated:
            found += _strays(locale, surveyor, memory)
    images, used = images_in(frame, site, authority.images, memory)
    return Survey(site, (*found, *images), frozenset(used))


def _strays(locale: LocaleFrame, surveyor: Surveyor, memory: Memory) -> tuple[Problem, ...]:
    """What is wrong with translations that stand for themselves: fragments, and pages without a source. What is
    said of one depends on all the others."""
    tree, default = surveyor.overlays[locale.tag].tree, surveyor.frame.default
    own = [path for path in tree.walk(f"docs/{locale.tag}") if path.endswith(".md")]
    fragments = [path for path in tree.walk(f"includes/{locale.tag}") if path.endswith(".md")]
    is_in_unit = partial(surveyor.is_in_unit, locale.tag)
    if not fragments and all(map(is_in_unit, own)):
        return ()
    others = (*tree.walk(f"docs/{default}"), *tree.walk("includes"), *tree.walk("locales"))
    paths = (*own, *(path for path in others if path.endswith((".md", ".json", ".yaml"))))
    key = hash_of(
        surveyor.frame.context.encode(),
        *(f"{path} {tree.digest(path)}".encode("utf-8", "surrogatepass") for path in paths),
    )
    kept = memory.get("strays", locale.tag, key)
    if kept is not None:
        return read_all(Problem, from_bytes(kept))
    problems = surveyor.authority.strays(locale.tag, is_in_unit, notes_versions=surveyor.frame.notes_versions)
    memory.put("strays", locale.tag, key, to_bytes(write_all(problems)))
    return problems


def _made(surveyor: Surveyor, places: Sequence[str]) -> Iterator[bytes]:
    """The units at `places`, in that order."""
    count = min(os.cpu_count() or 1, 1 + len(places) // FEW)
    shares = [places[number::count] for number in range(count)]
    forks = [Fork(partial(_make, surveyor, share)) for share in shares[1:]]
    done = [iter(_make(surveyor, shares[0])), *(iter(fork.result()) for fork in forks)]
    for number in range(len(places)):
        yield next(done[number % count])


def _make(surveyor: Surveyor, places: Collection[str]) -> list[bytes]:
    with few_collections():
        return [surveyor.make(place) for place in places]
