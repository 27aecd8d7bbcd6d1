"""The problems of a project, from its frame and its pages."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from imagedocs.checks.addresses import check_addresses
from imagedocs.checks.briefs import place_of
from imagedocs.checks.capitals import check_capitals
from imagedocs.checks.ignores import apply_ignores
from imagedocs.checks.includes import with_near_includes
from imagedocs.checks.link_fixes import ReadLine
from imagedocs.checks.links import check_links
from imagedocs.checks.portable import check_portable
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.checks.stylesheets import check_style_sheets
from imagedocs.judging.frame import Frame
from imagedocs.parts import PAGE_TEMPLATES
from imagedocs.problems import Position, Problem, Rule, Severity

ON_DEMAND = ("external-", "import-", "registry-", "baseline-")
"""What the names of rules begin with that are not looked for unless they are asked for."""


def judge(
    frame: Frame,
    site: Site,
    found: Iterable[Problem],
    used: Collection[int],
    read_line: ReadLine,
    fragments: Callable[[str], Sequence[str]],
    on_demand: Iterable[str] = (),
) -> tuple[Problem, ...]:
    """Everything that is wrong, each thing once, in the order of files and lines.

    `found` is what has been found in single pages; `used` are the allowances, by their number, that these need.
    `fragments` gives the files that pages of a locale can take in, by its tag. `on_demand` says which checks of
    `ON_DEMAND` were made.
    """
    problems = [*frame.problems, *found]
    for locale in site.locales:
        problems += _parser_problems(locale, fragments)
    problems += _omitted(frame, site)
    problems += check_links(site, read_line)
    problems += check_style_sheets(site)
    folders = {url: tag for url, tag in frame.folders.items() if url}
    problems += check_addresses(site, folders)
    problems += check_capitals(site, folders)
    problems += check_portable(site)
    problems += (
        allowance.problem
        for number, allowance in enumerate(frame.allowances)
        if allowance.has_expired or number not in used
    )
    if frame.levels:
        problems = [_at_level(problem, frame.levels.get(problem.rule.label)) for problem in problems]
    with_ignores = [
        locale.documents[place]
        for locale in site.locales
        for place, brief in locale.briefs.items()
        if brief.has_ignores
    ]
    away = absent(on_demand, knows_images=frame.knows_images)
    ran = {rule for rule in Rule if not rule.label.startswith(away)}
    return apply_ignores(
        _each_once(_without_consequences(problems)), with_ignores, read_line, frame.yaml_files, ran
    )


def _at_level(problem: Problem, level: str | None) -> Problem:
    return replace(problem, level=Severity(level)) if level else problem


def absent(on_demand: Iterable[str], *, knows_images: bool) -> tuple[str, ...]:
    """What the names of rules begin with that a check does not look for."""
    away = tuple(name for name in ON_DEMAND if name not in on_demand)
    return away if knows_images else (*away, "image-", "record-")


def _parser_problems(locale: LocaleSite, fragments: Callable[[str], Sequence[str]]) -> Iterator[Problem]:
    for place, brief in locale.briefs.items():
        if brief.has_problems:
            document = locale.documents[place]
            misses = any(include.path is None for include in document.includes)
            yield from with_near_includes(document, locale.chain, fragments(locale.tag) if misses else ())


def _omitted(frame: Frame, site: Site) -> Iterator[Problem]:
    """Yield the problems of pages that no menu leads to, but for those that other pages take in."""
    if not frame.omitted:
        return
    briefs = (brief for locale in site.locales for brief in locale.briefs.values())
    fragments = {place_of(path) for brief in briefs for path in brief.fragments}
    yield from (problem for problem in frame.omitted if place_of(problem.position.path) not in fragments)


def _without_consequences(problems: list[Problem]) -> list[Problem]:
    """Leave out the broken links of templates, which lead to generated pages, where one of these is not shown: that is
    told already."""
    if not any(problem.rule is Rule.PAGE_COLLISION for problem in problems):
        return problems
    links = (Rule.BROKEN_LINK, Rule.BROKEN_ANCHOR)
    return [each for each in problems if each.rule not in links or not _is_ours(each.position.path)]


def _is_ours(path: str) -> bool:
    return path in (*PAGE_TEMPLATES, "catalog/images.yaml") or path.endswith(".md.j2")


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """A problem of a fragment is met in each page that includes it, one of a page in each language that shows
    it: here they are one, with all the places. One of a template of generated pages is met in all of them, each time
    with other words: here it is the first."""
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
