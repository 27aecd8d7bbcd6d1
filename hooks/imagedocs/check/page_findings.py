"""Find problems in single pages: translations, terms of the glossary, images. The findings of a page are reused while
the page, and everything that it was compared with, is the same."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from imagedocs.check.facts import ProjectFacts
from imagedocs.checks.records import from_bytes, read_all, to_bytes, write_all
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.incremental.cache import Cache
from imagedocs.problems import Problem

if TYPE_CHECKING:
    from imagedocs.project import Project

LoadProject = Callable[[], "Project"]
"""Function that returns the project, which is loaded when an answer isn't in the cache."""


def find_in_translations(facts: ProjectFacts, load: LoadProject, cache: Cache) -> Iterator[Problem]:
    """Yield the problems of translations, each compared with its source."""
    for locale in facts.locales:
        if locale.is_translated:
            make = partial(_in_translations, load, locale.tag, facts.notes_versions)
            kept = cache.cached("translations", locale.tag, make, str(facts.notes_versions))
            yield from read_all(Problem, from_bytes(kept))
            cache.use("translation", locale.sources)


def _in_translations(load: LoadProject, tag: str, notes_versions: bool) -> bytes:
    from imagedocs.check.project_findings import judge_translations

    return to_bytes(write_all(judge_translations(load(), tag, notes_versions=notes_versions)))


def compare_with_sources(facts: ProjectFacts, site: Site, load: LoadProject) -> None:
    """Compare the translations among the pages of `site` with their sources, so that `find_in_translations` finds the
    verdicts in the project's cache."""
    shown = {page.path for locale in site.locales for page in locale.summaries.values()}
    for locale in facts.locales:
        for path, source in locale.sources.items():
            if path in shown:
                from imagedocs.project.translations import judge_translation

                judge_translation(load(), path, source)


def find_terms(facts: ProjectFacts, site: Site, load: LoadProject, cache: Cache) -> Iterator[Problem]:
    """Yield the problems of pages that don't keep the terms of the glossary. Translations are compared with their
    sources."""
    if facts.names is None:
        return
    sources = {
        path: (locale.tag, source) for locale in facts.locales for path, source in locale.sources.items()
    }
    shown = {
        page.path: (locale, place) for locale in site.locales for place, page in locale.summaries.items()
    }
    for path, (locale, place) in shown.items():
        tag, source_path = sources.get(path, ("", ""))
        page = locale.summaries[place]
        if tag or page.may_misspell:
            source = shown.get(source_path)
            of_source = source[0].summaries[source[1]].digest if source else ""
            make = partial(_terms, load, path, (locale, place), tag, source_path, source)
            kept = cache.cached("terms", path, make, f"{tag} {page.digest} {of_source}")
            yield from read_all(Problem, from_bytes(kept))


def _terms(
    load: LoadProject,
    path: str,
    page: tuple[LocaleSite, str],
    tag: str,
    source_path: str,
    source: tuple[LocaleSite, str] | None,
) -> bytes:
    from imagedocs.check.project_findings import judge_terms

    passages, of_source = (each[0].prose(each[1]) if each else () for each in (page, source))
    return to_bytes(write_all(judge_terms(load(), path, passages, tag, source_path, of_source)))


def find_in_images(
    facts: ProjectFacts, site: Site, load: LoadProject, cache: Cache
) -> Iterator[tuple[tuple[Problem, ...], list[int]]]:
    """Yield for each page that names images its problems with them, and the numbers of the allowances that it needs."""
    for locale in site.locales if facts.knows_images else ():
        for place, page in locale.summaries.items():
            if page.names_images:
                make = partial(_in_images, load, locale, place)
                kept = cache.cached("images", f"{locale.tag}/{place}", make, page.digest)
                written, numbers = from_bytes(kept)
                yield read_all(Problem, written), numbers


def _in_images(load: LoadProject, locale: LocaleSite, place: str) -> bytes:
    from imagedocs.check.project_findings import judge_images

    problems, numbers = judge_images(load(), locale.documents[place])
    return to_bytes((write_all(problems), numbers))
