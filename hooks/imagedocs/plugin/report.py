# pyright: standard
# MkDocs is typed in parts only.
"""Report the problems of the project as warnings, which `--strict` makes fatal."""

import logging
from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from imagedocs.check.checking import check
from imagedocs.garbage import few_collections
from imagedocs.plugin.build import Build, log
from imagedocs.problems import CannotRun, Problem, Rule, Severity
from imagedocs.programs import typable_problems
from imagedocs.reports.plain import render_plain
from imagedocs.reports.surroundings import Surroundings


def check_site(build: Build, config: MkDocsConfig) -> None:
    """Check all locales together, once all are built. MkDocs counts warnings until this event ends."""
    whole = build.whole
    if whole is None:  # a worker
        return
    whole.is_clean = not build.gathered.warnings.count
    try:
        parts = whole.parts()
    except CannotRun as error:
        raise PluginError(str(error)) from error
    for level, message in dict.fromkeys(warning for part in parts for warning in part.warnings):
        log.log(level, message)
    own = build.built_site()
    with few_collections():
        site = whole.site(own)
        cache = build.reuse.findings if build.reuse else None
        whole.found = check(build.project, site, whole.problems(site, own), cache=cache)
    failing = sum(problem.severity is not Severity.SUGGESTION for problem in whole.found)
    if config.strict and failing and not log.isEnabledFor(logging.WARNING):
        # `mkdocs -q` drops warnings before they are counted, and would call the build a success.
        raise PluginError(f"{failing} problems in strict mode; leave out -q to see them")


def is_of_images(problem: Problem) -> bool:
    """Return whether a problem is about images or the record of their tags."""
    rule = problem.rule
    return rule.label.startswith(("image-", "record-")) and rule is not Rule.IMAGE_ALT_TEXT_DUPLICATED


def report(build: Build, wanted: Callable[[Problem], bool]) -> None:
    """Log those of the problems found that are `wanted`."""
    for problem in filter(wanted, build.whole.found if build.whole else ()):
        level = logging.INFO if problem.severity is Severity.SUGGESTION else logging.WARNING
        log.log(level, render_plain(typable_problems([problem]), Surroundings()).rstrip("\n"))
