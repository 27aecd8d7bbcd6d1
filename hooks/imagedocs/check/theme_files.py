"""Check that the theme has the templates and icons that the metadata of pages names: a build stops without them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from imagedocs.check.page_findings import LoadProject
from imagedocs.checks.records import from_bytes, to_bytes
from imagedocs.checks.site import Site
from imagedocs.incremental.cache import Cache
from imagedocs.markdown.document import ThemeFile
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown


def check_theme_files(site: Site, load: LoadProject, cache: Cache) -> Iterator[Problem]:
    """Yield a problem for each file that a page names and the theme lacks."""
    named = {
        each: None
        for locale in site.locales
        for place, page in locale.summaries.items()
        if page.names_theme_files
        for each in locale.documents[place].theme_files
    }
    if not named:
        return
    files = sorted({file_of(each) for each in named})

    def find() -> bytes:
        from imagedocs.check.whole_site import has_theme_file

        project = load()
        return to_bytes([file for file in files if not has_theme_file(project, file)])

    missing = {*from_bytes(cache.cached("theme-files", "", find, "\n".join(files)))}
    for each in named:
        if file_of(each) in missing:
            message = f"the theme has no {each.kind} {shown(each.name)}"
            yield Problem(each.position, Rule.TEMPLATE_ERROR, message, f"name another, or remove {each.kind}")


def file_of(named: ThemeFile) -> str:
    """Return the path of the file within a folder of the theme; one that leads out of it is none."""
    file = named.name if named.kind == "template" else f".icons/{named.name}.svg"
    return "" if ".." in PurePosixPath(file).parts or not file.isprintable() else file
