"""All checks of a project, the same for the command line and for a build."""

from collections.abc import Iterable
from functools import partial

from imagedocs.cache.memory import Memory
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.checks.translations import check_translations
from imagedocs.files.reading import line_reader
from imagedocs.judging.frame_key import remembered_frame
from imagedocs.judging.images import images_in
from imagedocs.judging.judge import judge
from imagedocs.judging.units import with_problems
from imagedocs.locales import Locale
from imagedocs.markdown import Document, Fragments, Source, parse
from imagedocs.problems import Problem
from imagedocs.project import Project
from imagedocs.project.framing import ProjectAuthority, frame_of
from imagedocs.project.page_terms import terms_in
from imagedocs.project.translations import translations_of
from imagedocs.project.whole_site import whole_site


def check(
    project: Project,
    site: Site,
    found_before: Iterable[Problem] = (),
    on_demand: Iterable[str] = (),
    memory: Memory | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with the project, each thing once, in the order of files and lines.

    `found_before` are problems of checks that were asked for besides; `on_demand` says which (see
    `imagedocs.judging.judge.ON_DEMAND`). `memory` has what earlier runs have found. What is looked for in single pages here is looked for in
    `imagedocs.judging.units` too, where pages are remembered from run to run.
    """
    tags = tuple(locale.tag for locale in site.locales)
    make = partial(frame_of, project, tags)
    frame = remembered_frame(memory, project.tree, tags, project.as_of, make) if memory else make()
    memory = memory or Memory()
    translations = {tag: translations_of(project, project.locale(tag)) for tag in tags}
    found = [*found_before]
    found += check_translations(page for pages in translations.values() for page in pages)
    found += terms_in(project, site, translations, memory)
    images, used = images_in(frame, site, ProjectAuthority(project).images, memory)
    found += images
    memory.save()
    return judge(
        frame,
        site,
        found,
        used,
        line_reader(project.root),
        lambda tag: project.overlay(project.locale(tag)).fragments,
        on_demand,
    )


def collect_site(project: Project, tags: Iterable[str] = ()) -> Site:
    """All pages of the published locales (or of those named), parsed but not rendered, with all their texts."""
    wanted = [project.locale(tag) for tag in tags] or project.locales.published
    alike: dict[str, Document] = {}
    return whole_site(project, (_collect_locale(project, locale, alike) for locale in wanted))


def _collect_locale(project: Project, locale: Locale, alike: dict[str, Document]) -> LocaleSite:
    """The locale's pages. `alike` keeps, by path, the documents of pages that say the same in every locale: a
    page that takes nothing in, shown in the languages that have no translation of it, is parsed once."""
    overlay, options = project.overlay(locale), project.page_options(locale)
    fragments = Fragments(overlay, options.alerts)
    documents: dict[str, Document] = {}
    for place, path in overlay.files.items():
        if place.endswith(".md"):
            document = alike.get(path)
            if document is None:
                source = overlay.read(path) or Source(path, "")
                parsed = parse(source, overlay, page=options, fragments=fragments)
                document = with_problems(parsed.document, source)
                if not document.includes and "~/" not in source.text:
                    alike[path] = document
            documents[place] = document
    moved, settings = project.docset(locale).moved, project.settings
    return LocaleSite(
        overlay.chain,
        overlay.files,
        documents,
        moved,
        locale.url,
        settings.directory_urls,
        overlay.linked,
    )
