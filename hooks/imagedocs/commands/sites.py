"""The pages of a project for commands that ask registries, without rendering any."""

from imagedocs.added.detection import Kind, configuration_in, kind_of
from imagedocs.check.checking import collect_site
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.commands.checking_added import texts_of
from imagedocs.project import Project


def site_of(project: Project) -> Site:
    """Return the site with all its pages. Those of a site that imagedocs doesn't build have their texts alone, as they are
    written: none of its plugins and extensions runs."""
    file = configuration_in(project.root)
    if kind_of(project.root, file) is Kind.BUILT:
        return collect_site(project)
    documents = {document.path: document for document in texts_of(project.root, file)}
    return Site((LocaleSite((project.locales.default.tag,), {}, documents),))
