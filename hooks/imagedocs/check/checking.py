"""Check a project in the same way for the command line and for a build."""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from imagedocs.check.analysis import analyze_pages, overlays_of
from imagedocs.check.facts import ProjectFacts
from imagedocs.check.judge import judge
from imagedocs.check.page_findings import LoadProject, find_in_images, find_in_translations, find_terms
from imagedocs.check.theme_files import check_theme_files
from imagedocs.checks.records import from_bytes, read, to_bytes, write
from imagedocs.checks.site import Site
from imagedocs.files.overlay import Overlay
from imagedocs.files.reading import line_reader
from imagedocs.incremental.cache import Cache
from imagedocs.problems import Problem

if TYPE_CHECKING:
    from imagedocs.project import Project


def check(
    project: "Project",
    site: Site,
    found_before: Iterable[Problem] = (),
    on_demand: Iterable[str] = (),
    cache: Cache | None = None,
) -> tuple[Problem, ...]:
    """Return everything that is wrong with the project whose pages are in `site`; see `find_problems`. `cache` has
    the results of earlier runs, and is saved."""
    cache = cache or Cache()
    load = partial(_same, project)
    facts = known_facts(cache, project.root, tuple(locale.tag for locale in site.locales), load)
    overlays = overlays_of(facts, project.tree, load)
    problems = find_problems(facts, overlays, site, load, cache, found_before, on_demand)
    cache.save()
    return problems


def collect_site(project: "Project", tags: Iterable[str] = ()) -> Site:
    """Return the site of the published locales (or of those named) with all pages, parsed but not rendered."""
    from imagedocs.check.project_facts import facts_of

    load = partial(_same, project)
    facts = facts_of(project, tuple(tags))
    return analyze_pages(facts, overlays_of(facts, project.tree, load), load, Cache())


def known_facts(cache: Cache, root: Path, tags: tuple[str, ...], load: LoadProject) -> ProjectFacts:
    """Return the facts of the project in `root`, for the published locales or for those with these tags."""

    def gather() -> bytes:
        from imagedocs.check.project_facts import facts_of

        return to_bytes(write(facts_of(load(), tags)))

    given = " ".join((os.path.realpath(root), *tags))
    return read(ProjectFacts, from_bytes(cache.cached("facts", "", gather, given)))


def find_problems(
    facts: ProjectFacts,
    overlays: Mapping[str, Overlay],
    site: Site,
    load: LoadProject,
    cache: Cache,
    found_before: Iterable[Problem] = (),
    on_demand: Iterable[str] = (),
) -> tuple[Problem, ...]:
    """Return everything that is wrong with the project, each problem once, in the order of files and lines.

    `found_before` are problems of checks that were asked for besides; `on_demand` says which (see
    `imagedocs.check.judge.ON_DEMAND`).
    """
    found = [*found_before]
    found += find_in_translations(facts, load, cache)
    found += find_terms(facts, site, load, cache)
    found += check_theme_files(site, load, cache)
    used: set[int] = set()
    for problems, numbers in find_in_images(facts, site, load, cache):
        found += problems
        used.update(numbers)
    return judge(
        facts,
        site,
        found,
        used,
        line_reader(next(iter(overlays.values())).root),
        lambda tag: overlays[tag].fragments,
        on_demand,
    )


def _same(project: "Project") -> "Project":
    return project
