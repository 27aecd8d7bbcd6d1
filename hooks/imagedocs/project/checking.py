"""All checks of a project, the same for the command line and for a build."""

from collections.abc import Iterable

from imagedocs.checks.images import ImageJudge
from imagedocs.checks.page_terms import check_page_terms
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.checks.translations import check_translations
from imagedocs.files.reading import line_reader
from imagedocs.judging.judge import judge
from imagedocs.judging.units import with_problems
from imagedocs.locales import Locale
from imagedocs.markdown import Document, Fragments, Source, parse
from imagedocs.problems import Problem
from imagedocs.project import Project
from imagedocs.project.framing import frame_of
from imagedocs.project.translations import translations_of
from imagedocs.project.whole_site import whole_site


def check(
    project: Project, site: Site, found_before: Iterable[Problem] = (), on_demand: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Everything that is wrong with the project, each thing once, in the order of files and lines.

    `found_before` are problems of checks that were asked for besides; `on_demand` says which (see
    `imagedocs.judging.judge.ON_DEMAND`). What is looked for in single pages here is looked for in
    `imagedocs.judging.units` too, where pages are remembered from run to run.
    """
    tags = [locale.tag for locale in site.locales]
    frame = frame_of(project, tags)
    translations = {tag: translations_of(project, project.locale(tag)) for tag in tags}
    settled = [*check_translations(page for pages in translations.values() for page in pages)]
    settled += check_page_terms(project.glossary, site, translations)
    found = [*found_before]
    used: set[int] = set()
    if frame.knows_images and project.manifest is not None:
        allowed = project.allowed_images
        images = ImageJudge(project.catalog, project.manifest, project.as_of, allowed)
        for locale in site.locales:
            for place, brief in locale.briefs.items():
                if brief.names_images:
                    found += images.problems(locale.documents[place])
        used.update(number for number, each in enumerate(allowed) if each in images.used)
    docsets = [project.docset(project.locale(tag)) for tag in tags]
    for docset, locale in zip(docsets, site.locales, strict=True):
        settled += docset.check_content(locale.documents.values())

    def adjust(problem: Problem) -> Problem | None:
        adjusted: Problem | None = problem
        for docset in docsets:
            adjusted = docset.adjust(adjusted) if adjusted is not None else None
        return adjusted

    return judge(
        frame,
        site,
        found,
        used,
        line_reader(project.root),
        lambda tag: project.overlay(project.locale(tag)).fragments,
        on_demand,
        adjust if frame.has_own_rules else None,
        settled,
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
    return LocaleSite(overlay.chain, overlay.files, documents, moved, locale.url, settings.directory_urls)
