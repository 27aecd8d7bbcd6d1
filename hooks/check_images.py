"""Check every image that the catalog and the pages name against the record of the registry. `--strict` makes it fatal."""

from imagedocs.plugin import report
from imagedocs.plugin.build import Build, at


def report_images(build: Build, **_: object) -> None:
    """Log what is wrong with images and their tags."""
    report.report(build, report.is_of_images)


on_post_build = at(-52, report_images)  # when hooks/check_links.py has judged the site
