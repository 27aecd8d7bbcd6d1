"""Put together the problems of a project, from its facts and its pages."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from imagedocs.check.facts import ProjectFacts
from imagedocs.checks.addresses import check_addresses
from imagedocs.checks.capitals import check_capitals
from imagedocs.checks.configured_links import check_configured_links, check_menu_parts, check_start_page
from imagedocs.checks.ignores import apply_ignores
from imagedocs.checks.includes import with_near_includes
from imagedocs.checks.link_fixes import ReadLine
from imagedocs.checks.links import check_links
from imagedocs.checks.portable import check_portable
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.checks.stylesheets import check_style_sheets
from imagedocs.checks.summaries import place_of
from imagedocs.parts import PAGE_TEMPLATES
from imagedocs.problems import Position, Problem, Rule, Severity

_OF_PAGES = frozenset(path.removesuffix(".j2") for path in PAGE_TEMPLATES)
"""Templates of generated pages, as an include would name them: no page takes them in."""
ON_DEMAND = ("external-", "import-", "registry-", "baseline-")
"""Prefixes of the names of rules that are checked only on demand."""


def judge(
    facts: ProjectFacts,
    site: Site,
    found: Iterable[Problem],
    used: Collection[int],
    read_line: ReadLine,
    fragments: Callable[[str], Sequence[str]],
    on_demand: Iterable[str] = (),
) -> tuple[Problem, ...]:
    """Return everything that is wrong, each problem once, in the order of files and lines.

    `found` are the problems that have been found in single pages; `used` are the numbers of the allowances that these
    need. `fragments` returns the files that pages of a locale can take in, by its tag. `on_demand` says which checks of
    `ON_DEMAND` were made.
    """
    problems = [*facts.problems, *found]
    for locale in site.locales:
        problems += _parser_problems(locale, fragments)
    problems += _omitted(facts, site)
    problems += check_links(site, read_line)
    problems += check_style_sheets(site)
    problems += check_configured_links(site, facts.links)
    problems += check_start_page(site)
    for locale, known in zip(site.locales, facts.locales, strict=True):
        problems += check_menu_parts(locale, known.menu_parts)
    folders = {url: tag for url, tag in facts.site.folders.items() if url}
    problems += check_addresses(site, folders)
    problems += check_capitals(site, folders)
    problems += check_portable(site)
    problems += (
        allowance.problem
        for number, allowance in enumerate(facts.allowances)
        if allowance.has_expired or number not in used
    )
    if facts.levels:
        problems = [_at_level(problem, facts.levels.get(problem.rule.label)) for problem in problems]
    with_ignores = [
        locale.documents[place]
        for locale in site.locales
        for place, page in locale.summaries.items()
        if page.has_ignores
    ]
    away = absent(on_demand, knows_images=facts.knows_images)
    ran = {rule for rule in Rule if not rule.label.startswith(away)}
    return apply_ignores(
        _each_once(_without_consequences(problems)), with_ignores, read_line, facts.yaml_files, ran
    )


def _at_level(problem: Problem, level: str | None) -> Problem:
    return replace(problem, level=Severity(level)) if level else problem


def absent(on_demand: Iterable[str], *, knows_images: bool) -> tuple[str, ...]:
    """Return the prefixes of the names of rules that a check leaves out."""
    away = tuple(name for name in ON_DEMAND if name not in on_demand)
    return away if knows_images else (*away, "image-", "record-")


def _parser_problems(locale: LocaleSite, fragments: Callable[[str], Sequence[str]]) -> Iterator[Problem]:
    for place, page in locale.summaries.items():
        if page.has_problems:
            document = locale.documents[place]
            misses = any(include.path is None for include in document.includes)
            known = [path for path in fragments(locale.tag) if path not in _OF_PAGES] if misses else []
            yield from with_near_includes(document, locale.chain, known)


def _omitted(facts: ProjectFacts, site: Site) -> Iterator[Problem]:
    """Yield the problems of pages that no menu leads to, except pages that others include."""
    if not facts.omitted:
        return
    pages = (page for locale in site.locales for page in locale.summaries.values())
    fragments = {place_of(path) for page in pages for path in page.fragments}
    yield from (problem for problem in facts.omitted if place_of(problem.position.path) not in fragments)


def _without_consequences(problems: list[Problem]) -> list[Problem]:
    """Leave out the broken links of templates to generated pages where such a page isn't shown: another problem says so
    already."""
    if not any(problem.rule is Rule.PAGE_COLLISION for problem in problems):
        return problems
    links = (Rule.BROKEN_LINK, Rule.BROKEN_ANCHOR)
    return [each for each in problems if each.rule not in links or not _is_ours(each.position.path)]


def _is_ours(path: str) -> bool:
    return path in (*PAGE_TEMPLATES, "catalog/images.yaml") or path.endswith(".md.j2")


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once. A problem of a fragment is found in each page that includes it, and one of a page in each
    language that shows it: these become one problem with all its places. A problem of a template of generated pages is
    found in all of them with different words: the first one stays."""
    found: dict[tuple[Position, str, str, str], Problem] = {}
    for problem in problems:
        key = problem.sort_key
        if problem.position.path in PAGE_TEMPLATES:
            key = (problem.position, problem.rule.label, "", "")
        known = found.get(key)
        if known is None:
            found[key] = problem
        elif problem.included_from != known.included_from:
            places = tuple(dict.fromkeys((*known.included_from, *problem.included_from)))
            found[problem.sort_key] = replace(known, included_from=places)
    return list(found.values())
