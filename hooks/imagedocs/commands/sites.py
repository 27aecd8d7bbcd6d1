"""The pages of a project for commands that ask registries, without rendering any."""

from imagedocs.added.configurations import docs_folder
from imagedocs.added.detection import configuration_in, is_added
from imagedocs.added.sources import documents_in
from imagedocs.check.checking import collect_site
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.project import Project


def site_of(project: Project) -> Site:
    """Return the site with all its pages. Those of a site that imagedocs was added to have their texts alone, as they are
    written: none of its plugins and extensions runs."""
    file = configuration_in(project.root)
    if file is None or not is_added(file):
        return collect_site(project)
    documents = {document.path: document for document in documents_in(docs_folder(file), project.root)}
    return Site((LocaleSite((project.locales.default.tag,), {}, documents),))
