"""All checks of a project, the same for the command line and for a build."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from imagedocs.checks.addresses import check_addresses
from imagedocs.checks.allowed_images import PATH as ALLOWED_IMAGES
from imagedocs.checks.glossary import check_message_terms
from imagedocs.checks.ignores import apply_ignores
from imagedocs.checks.images import check_catalog_images, check_page_images
from imagedocs.checks.includes import with_near_includes
from imagedocs.checks.links import check_links
from imagedocs.checks.messages import check_messages
from imagedocs.checks.page_terms import check_page_terms
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.checks.translations import check_translations
from imagedocs.files.reading import line_reader, read_source
from imagedocs.listing import template_values
from imagedocs.locales import Locale, extract_messages
from imagedocs.locales.glossary import GLOSSARY_PATH
from imagedocs.locales.locale_file import LOCALES_PATH
from imagedocs.markdown import Document, Fragments, Source, parse
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import CATALOG, Project
from imagedocs.project.translations import translations_of
from imagedocs.project.whole_site import whole_site
from imagedocs.suggestions import did_you_mean

ON_DEMAND = ("external-", "import-", "registry-", "baseline-")
"""What the names of rules begin with that this check does not look for by itself."""

_WITH_COMMENTS = (
    "mkdocs.yml",
    LOCALES_PATH,
    GLOSSARY_PATH,
    ALLOWED_IMAGES,
    "catalog/external-links.yaml",
)
"""Files of YAML beside the catalog in which a comment may ignore a rule."""

MOST_DAYS = 20
"""On which templates are tried, the last ones of the catalog."""


def check(
    project: Project, site: Site, found_before: Iterable[Problem] = (), on_demand: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Everything that is wrong with the project, each thing once, in the order of files and lines.

    `found_before` are problems of checks that were asked for besides; `on_demand` says which (of `ON_DEMAND`).
    """
    documents = [document for locale in site.locales for document in locale.documents.values()]
    found = [*project.problems, *found_before]
    for locale in site.locales:
        overlay = project.overlay(project.locale(locale.tag))
        for document in locale.documents.values():
            found += with_near_includes(document, locale.chain, overlay.fragments)
    read_line = line_reader(project.root)
    found += check_links(site, read_line)
    folders = {locale.url: locale.tag for locale in project.locales.published if locale.url}
    found += check_addresses(site, folders)
    found += _check_templates(project)
    knows_images = project.manifest is not None and bool(project.catalog.registry)
    if project.manifest is not None and knows_images:  # else all would be unknown, and one mistake many
        found += check_catalog_images(project.catalog, project.manifest)
        found += check_page_images(
            site, project.catalog, project.manifest, project.as_of, project.allowed_images
        )
    found += _check_navigation(project)
    found += (*project.redirections[1], *project.repositories[1])
    docsets = [project.docset(project.locale(locale.tag)) for locale in site.locales]
    for docset, locale in zip(docsets, site.locales, strict=True):
        found = [adjusted for problem in found if (adjusted := docset.adjust(problem))]
        found += (*docset.problems, *docset.check_content(locale.documents.values()))
    if not project.settings.problems:  # some sentences are those of mkdocs.yml
        template = extract_messages(project.root)
        found += check_messages(project.locales, project.message_files, template, project.message_template)
    found += check_message_terms(project.glossary, project.message_files)
    translations = {
        locale.tag: translations_of(project, project.locale(locale.tag)) for locale in site.locales
    }
    found += check_translations(page for pages in translations.values() for page in pages)
    found += check_page_terms(project.glossary, site, translations)
    found = _each_once(found)
    ours = (path for path in _WITH_COMMENTS if (project.root / path).is_file())
    yaml_paths = (CATALOG, *ours, *(path for docset in docsets for path in docset.yaml_files))
    yaml_files = {path: read_source(project.root, path).text for path in yaml_paths}
    ran = {rule for rule in Rule if not rule.label.startswith(_absent(project, on_demand))}
    return apply_ignores(found, documents, read_line, yaml_files, ran)


def _absent(project: Project, on_demand: Iterable[str]) -> tuple[str, ...]:
    """What the names of rules begin with that a check does not look for."""
    absent = tuple(name for name in ON_DEMAND if name not in on_demand)
    knows_images = project.manifest is not None and bool(project.catalog.registry)
    return absent if knows_images else (*absent, "image-")


def looks_at(project: Project, tags: Iterable[str], on_demand: Iterable[str], path: str, rule: str) -> bool:
    """Whether a check of these locales (none: all) would find again a problem of `rule` in the file at `path`."""
    if rule.startswith(_absent(project, on_demand)):
        return False
    folder, _, rest = path.partition("/")
    chosen = tuple(tags)
    return not chosen or folder not in ("docs", "includes") or rest.partition("/")[0] in chosen


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """A problem of a fragment is met in each page that includes it, one of a page in each language that shows
    it: here they are one, with all the places."""
    found: dict[tuple[Position, str, str, str], Problem] = {}
    for problem in problems:
        known = found.get(problem.sort_key)
        if known is None:
            found[problem.sort_key] = problem
        elif problem.included_from != known.included_from:
            places = tuple(dict.fromkeys((*known.included_from, *problem.included_from)))
            found[problem.sort_key] = replace(known, included_from=places)
    return list(found.values())


def collect_site(project: Project, tags: Iterable[str] = ()) -> Site:
    """All pages of the published locales (or of those named), parsed but not rendered."""
    wanted = [project.locale(tag) for tag in tags] or project.locales.published
    alike: dict[str, Document] = {}
    return whole_site(project, (_collect_locale(project, locale, alike) for locale in wanted))


def _collect_locale(project: Project, locale: Locale, alike: dict[str, Document]) -> LocaleSite:
    """The locale's pages. `alike` keeps, by path, the documents of pages that say the same in every locale: a
    page that takes nothing in, shown in the languages that have no translation of it, is parsed once."""
    overlay, options = project.overlay(locale), project.page_options(locale)
    fragments = Fragments(overlay)
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


def with_problems(document: Document, source: Source) -> Document:
    """The document with the problems of reading its file."""
    return replace(document, problems=(*document.problems, *source.problems)) if source.problems else document


def _check_templates(project: Project) -> Iterator[Problem]:
    """Templates that fail on a day on which the list was or will be another: what they write of images that are
    not listed now is not tried otherwise."""
    listings = [image.listed for image in project.catalog.images]
    days = {day for listed in listings for day in (listed.start, listed.until) if day}
    for path in project.templates():
        source = read_source(project.root, path)
        template = project.template(path, source.text, project.locales.default)
        for day in sorted(days)[-MOST_DAYS:]:
            yield from template.render(template_values(project.catalog, day)).problems


def _check_navigation(project: Project) -> Iterator[Problem]:
    pages = [path for path in project.overlay(project.locales.default).files if path.endswith(".md")]
    for path, position in project.settings.navigation:
        if path not in pages:
            yield Problem(
                position,
                Rule.NAV_PAGE_MISSING,
                f'the navigation names "{path}", and there is no such page',
                did_you_mean(path, pages),
            )
