"""Check every link, and everything else that is wrong with pages, translations and settings. `--strict` makes it fatal."""

from mkdocs.plugins import CombinedEvent

from imagedocs.plugin import report
from imagedocs.plugin.build import Build, at


def report_pages(build: Build, **_: object) -> None:
    """Log what is wrong with anything but images."""
    report.report(build, lambda problem: not report.is_of_images(problem))


on_post_build = CombinedEvent(
    at(-50, report.check_site),  # when other plugins have written their files
    at(-51, report_pages),
)
