"""Prepare workers: do work once, before processes are forked, that each of them would do otherwise."""

from importlib import import_module

from imagedocs.build.reuse import Reuse
from imagedocs.markdown import parse
from imagedocs.markdown.render.highlighting import load_lexers
from imagedocs.markdown.targets import NoSources
from imagedocs.project import Project
from imagedocs.project.published import folders
from imagedocs.project.templates import templates_of

_LIBRARIES = {"feeds": "icalendar", "llms": "imagedocs.material.markdown_text"}
"""Setting -> library that only makers of its files need."""
MAX_PAGES = 100
"""Number of pages that are searched for the languages of code."""


def prepare_workers(project: Project, reuse: Reuse | None) -> None:
    """Load what every worker needs: sentences of all languages, of which each page shows some, the project's templates,
    compiled, the parser, lexers for the code in pages, and the facts on the page of coverage."""
    if reuse is not None:
        reuse.note_coverage()
    for locale in project.locales.published:
        project.messages(locale)
    overlay = project.overlay(project.locales.default)
    kinds = {project.catalog_pages[place].template(place): path for path, place in overlay.generated.items()}
    for path in (*templates_of(project), *kinds.values()):
        overlay.read(path)  # which compiles the template
    written = [
        path for path in overlay.files.values() if path.endswith(".md") and path not in overlay.generated
    ]
    sources = [source for path in written[:MAX_PAGES] if (source := overlay.glance(path)) is not None]
    for source in sources[:1]:
        parse(source, NoSources())  # which makes the grammar
    load_lexers(source.text for source in sources)
    for setting, name in _LIBRARIES.items():
        if setting in folders(project):
            import_module(name)
