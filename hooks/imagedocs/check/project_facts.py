"""Gather the facts of a project from its files."""

from collections.abc import Iterator
from dataclasses import fields

from imagedocs.check.configuration import check_characters, check_generated, check_names, check_templates
from imagedocs.check.facts import Allowance, LocaleFacts, ProjectFacts, RenderedTemplate
from imagedocs.check.navigation import check_navigation, omitted_pages
from imagedocs.check.schemas import check_schemas
from imagedocs.check.whole_site import site_facts
from imagedocs.checks.allowed_images import PATH as ALLOWED_IMAGES
from imagedocs.checks.allowed_images import check_allowed_images
from imagedocs.checks.capitals import check_fragments
from imagedocs.checks.configured_links import ConfiguredLink
from imagedocs.checks.glossary import check_message_terms, names_of
from imagedocs.checks.images import check_catalog_images
from imagedocs.checks.messages import check_messages
from imagedocs.checks.portable import check_portable_fragments
from imagedocs.checks.record import PATH as RECORD
from imagedocs.checks.record import check_days, check_record
from imagedocs.checks.records import to_bytes, write
from imagedocs.files.reading import read_source
from imagedocs.freshness import KEY, read_pin
from imagedocs.incremental.reads import digest_of_bytes, is_file, remembered
from imagedocs.locales import Locale, extract_messages
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.locales.glossary import GLOSSARY_PATH
from imagedocs.locales.locale_file import LOCALES_PATH
from imagedocs.markdown.options import DocumentOptions
from imagedocs.markdown.sources import FORMS, with_options
from imagedocs.problems import Problem, Rule
from imagedocs.project import Project
from imagedocs.project.published import published_places
from imagedocs.project.templates import templates_of
from imagedocs.project.translations import sources_of
from imagedocs.today import clock

_WITH_COMMENTS = (
    "mkdocs.yml",
    LOCALES_PATH,
    GLOSSARY_PATH,
    ALLOWED_IMAGES,
    "catalog/external-links.yaml",
)
"""YAML files besides the catalog in which a comment may ignore a rule."""


@remembered
def facts_of(project: Project, tags: tuple[str, ...] = ()) -> ProjectFacts:
    """Return the facts of the published locales, or of those with these tags. Raises CannotRun for an unknown tag."""
    wanted = [project.locale(tag) for tag in tags] or list(project.locales.published)
    docsets = [project.docset(locale) for locale in wanted]
    knows_images = project.manifest is not None and bool(project.catalog.registry)
    ours = (path for path in _WITH_COMMENTS if is_file(project.root, path))
    yaml_paths = (CATALOG_PATH, *ours, *(path for docset in docsets for path in docset.yaml_files))
    yaml_files = {path: read_source(project.root, path).text for path in yaml_paths}
    return ProjectFacts(
        locales=tuple(_locale_facts(project, locale) for locale in wanted),
        site=site_facts(project),
        default=project.locales.default.tag,
        problems=tuple(_problems(project, wanted, knows_images=knows_images)),
        omitted=tuple(omitted_pages(project, wanted)),
        notes_versions=any(_notes_versions(project, locale) for locale in wanted),
        knows_images=knows_images,
        hosts=tuple(sorted(project.image_hosts or project.catalog.hosts)),
        portal=project.catalog.portal,
        allowances=tuple(_allowances(project)) if knows_images else (),
        names=names_of(project.glossary),
        yaml_files={path: text for path, text in yaml_files.items() if "imagedocs-ignore" in text},
        levels=project.settings.levels,
        links=project.settings.links,
    )


def _problems(project: Project, wanted: list[Locale], *, knows_images: bool) -> Iterator[Problem]:
    """Yield the problems found outside pages."""
    yield from project.problems
    yield from check_templates(project)
    yield from check_schemas(project)
    if project.manifest is not None and knows_images:  # else all would be unknown, and one mistake many
        yield from check_catalog_images(project.catalog, project.manifest, project.as_of)
        yield from check_record(project.catalog, project.manifest, project.as_of)
        yield from check_days(read_source(project.root, RECORD).text, clock())
    yield from check_navigation(project)
    yield from check_generated(project, wanted)
    fragments = [path for path in project.tree.walk("includes") if path.endswith((".md", ".j2"))]
    yield from check_fragments(fragments)
    yield from check_characters(project.root, (path for path in fragments if path.endswith(".j2")))
    yield from check_portable_fragments(fragments)
    yield from check_names(path for folder in ("docs", "includes") for path in project.tree.walk(folder))
    yield from (*project.redirections[1], *project.repositories[1])
    for locale in wanted:
        yield from project.docset(locale).problems
    harmless = (Rule.RETIRED_RULE, Rule.EXTENSION_WITHOUT_EFFECT)
    if all(each.rule in harmless for each in project.settings.problems):  # it has sentences, too
        template = extract_messages(project.root)
        yield from check_messages(project.locales, project.message_files, template, project.message_template)
    yield from check_message_terms(project.glossary, project.message_files)


def _notes_versions(project: Project, locale: Locale) -> bool:
    """Return whether one of the locale's own pages or fragments is pinned to a version of its source."""
    if locale not in project.locales.translated:
        return False
    overlay, tree = project.overlay(locale), project.tree
    home = f"docs/{locale.tag}/"
    own = [path for path in overlay.files.values() if path.startswith(home) and path not in overlay.generated]
    heads = (
        overlay.head(path) for path in (*own, *tree.walk(f"includes/{locale.tag}")) if path.endswith(".md")
    )
    return any(head is not None and KEY in head.text and read_pin(head.text).version for head in heads)


def _locale_facts(project: Project, locale: Locale) -> LocaleFacts:
    overlay, docset = project.overlay(locale), project.docset(locale)
    paths = [with_options(path, form) for path in templates_of(project) for form in FORMS]
    rendered = [(path, overlay.read(path)) for path in paths]
    repositories = tuple(sorted(overlay.repositories))
    options = DocumentOptions(*(getattr(docset.options, each.name) for each in fields(DocumentOptions)))
    return LocaleFacts(
        chain=overlay.chain,
        files=overlay.files,
        moved=docset.moved,
        repositories=repositories,
        options=options,
        pages={place: overlay.digest(path) for path, place in overlay.generated.items()},
        rendered=tuple(
            RenderedTemplate(path, source.text, source.lines or (), source.problems)
            for path, source in rendered
            if source is not None and source.generated
        ),
        context=digest_of_bytes(to_bytes((repositories, write(options)))),
        is_translated=locale in project.locales.translated,
        sources=sources_of(project, locale) if locale in project.locales.translated else {},
        folder=locale.url,
        directory_urls=project.settings.directory_urls,
        linked=overlay.linked.places,
        published=sorted(published_places(project, locale)),
        menu_parts=tuple(
            ConfiguredLink(f"{place}#{fragment}", position)
            for place, fragment, position in (docset.tables.parts if docset.tables else ())
        ),
    )


def _allowances(project: Project) -> Iterator[Allowance]:
    for allowed in project.allowed_images:
        for problem in check_allowed_images([allowed], (), project.as_of):
            yield Allowance(problem, problem.rule is Rule.IMAGE_ALLOWANCE_EXPIRED)
