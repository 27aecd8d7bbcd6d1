"""Report everything that is wrong with the project: as warnings, which `--strict` makes fatal."""

import logging

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from imagedocs.garbage import few_collections
from imagedocs.problems import CannotRun, Severity
from imagedocs.programs import typable_problems
from imagedocs.project.building import Build
from imagedocs.project.checking import check
from imagedocs.reports.plain import render_plain
from imagedocs.reports.surroundings import Surroundings

log = get_plugin_logger("report_problems")


@event_priority(
    -50
)  # when other plugins have written theirs: what is built in turn, here, uses the same plugins
def on_post_build(config: MkDocsConfig) -> None:
    """Judge all locales together, once all are built. MkDocs counts warnings until this event ends."""
    this: Build = config.extra["imagedocs"]
    if this.staging is None:  # a worker
        return
    this.is_clean = not this.warnings.count
    try:
        parts = this.parts()
    except CannotRun as error:
        raise PluginError(str(error)) from error
    for level, message in dict.fromkeys(warning for part in parts for warning in part.warnings):
        log.log(level, message)
    with few_collections():
        site = this.site()
        problems = check(this.project, site, this.built_problems(site), memory=this.judged)
    failing = sum(problem.severity is not Severity.SUGGESTION for problem in problems)
    if config.strict and failing and not log.isEnabledFor(logging.WARNING):
        # `mkdocs -q` drops warnings before they are counted, and would call the build a success.
        raise PluginError(f"{failing} problems in strict mode; leave out -q to see them")
    for problem in problems:
        level = logging.INFO if problem.severity is Severity.SUGGESTION else logging.WARNING
        log.log(level, render_plain(typable_problems([problem]), Surroundings()).rstrip("\n"))
