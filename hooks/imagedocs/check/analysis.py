"""Read all pages of a project: take unchanged pages from the cache, and parse the others on all cores."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from imagedocs.check.facts import LocaleFacts, ProjectFacts
from imagedocs.check.page_findings import LoadProject, compare_with_sources, find_in_images, find_terms
from imagedocs.check.page_groups import PageParser
from imagedocs.checks.pages import Pages
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.files.overlay import Overlay
from imagedocs.files.places import LinkedFiles
from imagedocs.files.reading import text_reader
from imagedocs.files.tree import Tree
from imagedocs.forks import Fork
from imagedocs.garbage import few_collections
from imagedocs.incremental.cache import Cache, Kept
from imagedocs.markdown.sources import Source

FEW_PAGES = 60
"""Number of pages that one process parses before a second process could have started."""


def overlays_of(facts: ProjectFacts, tree: Tree, load: LoadProject) -> dict[str, Overlay]:
    """Return the files around the pages of each locale, by its tag."""
    return {locale.tag: _overlay(locale, tree, load) for locale in facts.locales}


def _overlay(locale: LocaleFacts, tree: Tree, load: LoadProject) -> Overlay:
    rendered = {each.path: each.source for each in locale.rendered}

    def make(path: str) -> Source:
        """Return a template as the locale's pages include it, or the page that is generated at a path."""
        project = load()
        source = project.overlay(project.locale(locale.tag)).read(path)
        assert source is not None
        return source

    return Overlay(
        tree.root,
        locale.chain,
        lambda path, _: rendered.get(path) or make(path),
        repositories=frozenset(locale.repositories),
        shared=tree,
        listing=locale.files,
        pages=locale.pages,
        generate=make,
        published=lambda: locale.published,
        links=LinkedFiles(locale.linked, locale.directory_urls),
    )


def analyze_pages(
    facts: ProjectFacts, overlays: Mapping[str, Overlay], load: LoadProject, cache: Cache
) -> Site:
    """Return the site with all pages of the locales."""
    parser = PageParser(facts, overlays, cache)
    places = [*dict.fromkeys(place for locale in facts.locales for place in locale.files if _is_page(place))]
    missing = [place for place in places if not parser.is_kept(place)]
    root = next(iter(overlays.values())).root
    complete = partial(_site, facts, parser, root, load, cache)
    for kept in _made_by_all_cores(partial(_analyze, facts, complete, load, cache), missing):
        cache.keep(kept.kind, kept.name, kept.made, kept.given)
    with few_collections():
        return complete(places)


def _made_by_all_cores(make: Callable[[Sequence[str]], list[Kept]], places: Sequence[str]) -> Iterable[Kept]:
    """Yield the results of separate processes for the pages at `places`; nothing if these are few."""
    count = min(os.cpu_count() or 1, 1 + len(places) // FEW_PAGES)
    shares = [places[number::count] for number in range(count)]
    forks = [Fork(partial(make, share)) for share in shares[1:]]
    if forks:
        make(shares[0])
    for fork in forks:
        yield from fork.result()


def _analyze(
    facts: ProjectFacts,
    complete: Callable[[Iterable[str]], Site],
    load: LoadProject,
    cache: Cache,
    places: Sequence[str],
) -> list[Kept]:
    """Read the pages at `places`, and return the results that were not in the cache."""
    with few_collections(), cache.gathering() as kept:
        site = complete(places)
        compare_with_sources(facts, site, load)
        for _ in (*find_terms(facts, site, load, cache), *find_in_images(facts, site, load, cache)):
            pass
    return kept


def _is_page(place: str) -> bool:
    return place.endswith(".md")


def _site(
    facts: ProjectFacts,
    parser: PageParser,
    root: Path,
    load: LoadProject,
    cache: Cache,
    places: Iterable[str],
) -> Site:
    """Return the site with the pages at `places`."""
    pages = {locale.tag: Pages() for locale in facts.locales}
    groups = {place: parser.group(place) for place in places}
    for locale in facts.locales:
        for place in locale.files:
            for tags, summary, kept in groups[place].pages if place in groups else ():
                if locale.tag in tags:
                    pages[locale.tag].add(place, summary, kept)
    return Site(
        tuple(
            LocaleSite(
                locale.chain,
                locale.files,
                pages[locale.tag],
                locale.moved,
                locale.folder,
                locale.directory_urls,
                LinkedFiles(locale.linked, locale.directory_urls),
                frozenset(locale.published),
            )
            for locale in facts.locales
        ),
        facts.site,
        text_reader(root),
        partial(_why_absent, load),
        partial(_is_extra, load, cache),
    )


def _why_absent(load: LoadProject, path: str) -> str:
    from imagedocs.check.whole_site import why_absent

    return why_absent(load(), path)


def _is_extra(load: LoadProject, cache: Cache, file: str, folder: str) -> bool:
    def find() -> bytes:
        from imagedocs.check.whole_site import is_extra

        return b"1" if is_extra(load(), file, folder) else b""

    return bool(cache.cached("extra", f"{folder}/{file}", find))
