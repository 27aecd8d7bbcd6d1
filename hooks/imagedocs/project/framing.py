"""The frame of a project, and answers about its pages, from all that its files say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from imagedocs.checks.allowed_images import check_allowed_images
from imagedocs.checks.capitals import check_fragments
from imagedocs.checks.glossary import check_message_terms
from imagedocs.checks.images import ImageJudge, check_catalog_images
from imagedocs.checks.messages import check_messages
from imagedocs.checks.page_terms import check_terms
from imagedocs.checks.portable import check_portable_fragments
from imagedocs.checks.record import check_record
from imagedocs.checks.records import to_bytes, write
from imagedocs.checks.site import Site
from imagedocs.checks.translations import check_translations
from imagedocs.files.places import is_text, page_url
from imagedocs.files.reading import read_source
from imagedocs.freshness import KEY, Translation, read_pin, version_path
from imagedocs.incremental.reads import is_file
from imagedocs.judging.frame import Allowance, Frame, LocaleFrame, Rendered
from imagedocs.judging.units import Reads, hash_of
from imagedocs.locales import Locale, extract_messages
from imagedocs.locales.glossary import GLOSSARY_PATH
from imagedocs.locales.locale_file import LOCALES_PATH
from imagedocs.markdown import Document, Source
from imagedocs.markdown.sources import FORMS, with_form
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import ALLOWED_IMAGES, CATALOG, MANIFEST, Project
from imagedocs.project.navigation import check_navigation, omitted_pages
from imagedocs.project.translations import judged_page, translations_of
from imagedocs.project.whole_site import unmade_pages, whole_site

_WITH_COMMENTS = (
    "mkdocs.yml",
    LOCALES_PATH,
    GLOSSARY_PATH,
    ALLOWED_IMAGES,
    "catalog/external-links.yaml",
)
"""Files of YAML beside the catalog in which a comment may ignore a rule."""

PREFIX_SETTING = "extra.imagedocs.images.prefix in mkdocs.yml"
"""Where a project says in which folder the pages of images are."""
MOST_DAYS = 20
"""On which templates are tried, the last ones of the catalog."""


def frame_of(project: Project, tags: Iterable[str] = ()) -> Frame:
    """The frame of the published locales, or of those named."""
    wanted = [project.locale(tag) for tag in tags] or list(project.locales.published)
    locales = project.locales
    docsets = [project.docset(locale) for locale in wanted]
    knows_images = project.manifest is not None and bool(project.catalog.registry)
    problems = [*project.problems, *_check_templates(project)]
    if project.manifest is not None and knows_images:  # else all would be unknown, and one mistake many
        problems += check_catalog_images(project.catalog, project.manifest, project.as_of)
        problems += check_record(project.catalog, project.manifest, project.as_of)
    problems += check_navigation(project)
    problems += _check_generated(project, wanted)
    fragments = [path for path in project.tree.walk("includes") if path.endswith((".md", ".j2"))]
    problems += check_fragments(fragments)
    problems += check_portable_fragments(fragments)
    problems += _check_names(path for folder in ("docs", "includes") for path in project.tree.walk(folder))
    problems += (*project.redirections[1], *project.repositories[1])
    problems += (problem for docset in docsets for problem in docset.problems)
    if all(each.rule is Rule.RETIRED_RULE for each in project.settings.problems):  # it has sentences, too
        template = extract_messages(project.root)
        problems += check_messages(locales, project.message_files, template, project.message_template)
    problems += check_message_terms(project.glossary, project.message_files)
    ours = (path for path in _WITH_COMMENTS if is_file(project.root, path))
    yaml_paths = (CATALOG, *ours, *(path for docset in docsets for path in docset.yaml_files))
    yaml_files = {path: read_source(project.root, path).text for path in yaml_paths}
    notes_versions = any(_notes_versions(project, locale) for locale in wanted)
    kept = [term.text for term in project.glossary.kept if term.has_own_case]
    return Frame(
        locales=tuple(_locale_frame(project, locale) for locale in wanted),
        tags=tuple(sorted(locales.tags)),
        default=locales.default.tag,
        folders={locale.url: locale.tag for locale in locales.published},
        site_url=project.settings.site_url,
        line_ids=tuple(project.settings.line_ids),
        problems=tuple(problems),
        omitted=tuple(omitted_pages(project, wanted)),
        notes_versions=notes_versions,
        knows_images=knows_images,
        hosts=tuple(sorted(project.image_hosts)),
        portal=project.catalog.portal,
        allowances=tuple(_allowances(project)) if knows_images else (),
        names=tuple(kept),
        yaml_files={path: text for path, text in yaml_files.items() if "imagedocs-ignore" in text},
        context=_hash_of_files(project, LOCALES_PATH, GLOSSARY_PATH, hosts=project.image_hosts)
        + f" {notes_versions} {project.catalog.portal}",
        images=_hash_of_files(project, CATALOG, MANIFEST, ALLOWED_IMAGES, hosts=project.image_hosts)
        + f" {project.as_of}",
        levels=project.settings.levels,
        others=_others(project, wanted),
        unmade_pages=unmade_pages(project),
    )


def _others(project: Project, locales: Iterable[Locale]) -> dict[str, str]:
    overlays = [project.overlay(locale) for locale in locales]
    return {
        path: each.tree.digest(path) for each in overlays for path in each.seen if not path.endswith(".md")
    }


def _notes_versions(project: Project, locale: Locale) -> bool:
    """Whether one of the locale's own pages or fragments is pinned to a version of its source."""
    if locale not in project.locales.translated:
        return False
    overlay, tree = project.overlay(locale), project.tree
    home = f"docs/{locale.tag}/"
    own = [path for path in overlay.files.values() if path.startswith(home) and path not in overlay.generated]
    sources = (
        overlay.read(path) for path in (*own, *tree.walk(f"includes/{locale.tag}")) if path.endswith(".md")
    )
    return any(
        source is not None and not source.problems and KEY in source.text and read_pin(source.text).version
        for source in sources
    )


def _locale_frame(project: Project, locale: Locale) -> LocaleFrame:
    overlay, docset = project.overlay(locale), project.docset(locale)
    options = docset.options
    paths = [with_form(path, form) for path in project.templates() for form in FORMS]
    rendered = [(path, overlay.read(path)) for path in paths]
    context = to_bytes(
        (
            [*options.alerts],
            sorted(options.xrefs.items()),
            sorted(options.former),
            write(options.publisher),
            options.right_to_left,
            sorted(overlay.repositories),
            docset.config.described_versions(),
        )
    )
    return LocaleFrame(
        chain=overlay.chain,
        files=overlay.files,
        moved=docset.moved,
        repositories=tuple(sorted(overlay.repositories)),
        alerts=options.alerts,
        learn_locale=options.learn_locale,
        xrefs=options.xrefs,
        publisher=options.publisher,
        former=tuple(sorted(options.former)),
        right_to_left=options.right_to_left,
        has_versions=options.versions is not None,
        pages={place: overlay.digest(path) for path, place in overlay.generated.items()},
        rendered=tuple(
            Rendered(path, source.text, source.lines or (), source.problems)
            for path, source in rendered
            if source is not None and source.generated
        ),
        context=hash_of(context),
        is_translated=locale in project.locales.translated,
        folder=locale.url,
        directory_urls=project.settings.directory_urls,
        linked=overlay.linked.places,
    )


def _hash_of_files(project: Project, *paths: str, hosts: Iterable[str]) -> str:
    return hash_of(
        *(project.tree.digest(path).encode() for path in paths), *(host.encode() for host in sorted(hosts))
    )


def _allowances(project: Project) -> Iterator[Allowance]:
    for allowed in project.allowed_images:
        for problem in check_allowed_images([allowed], (), project.as_of):
            yield Allowance(problem, problem.rule is Rule.IMAGE_ALLOWANCE_EXPIRED)


def _check_templates(project: Project) -> Iterator[Problem]:
    """Templates that fail on a day on which the list was or will be another: what they write of images that are
    not listed now is not tried otherwise."""
    listings = [image.listed for image in project.catalog.images]
    days = {day for listed in listings for day in (listed.start, listed.until) if day}
    for path in project.templates():
        source = read_source(project.root, path)
        template = project.template(path, source.text, project.locales.default)
        tried = [(day, form) for day in sorted(days)[-MOST_DAYS:] for form in FORMS]
        found = (template.render(project.template_values(day, form)).problems for day, form in tried)
        yield from dict.fromkeys(problem for problems in found for problem in problems)


def _check_names(paths: Iterable[str]) -> Iterator[Problem]:
    for path in paths:
        if not is_text(path):
            message = "has a name that is no text in the encoding of the system"
            yield Problem(
                Position(path), Rule.UNREADABLE_FILE, message, "give it another name, or set PYTHONUTF8=1"
            )


def _check_generated(project: Project, locales: Iterable[Locale]) -> Iterator[Problem]:
    """Pages that are in the place of generated ones, and images that can have no page."""
    yield from project.image_pages.problems()
    if locale := project.locale_at_image_pages:
        message = f'the pages of images cannot be in "{project.settings.images}": the pages in {locale.tag} are there'
        at, hint = project.settings.images_at, "give the pages of images another prefix"
        yield Problem(at, Rule.PAGE_COLLISION, message, hint)
    for locale in locales:
        for path, place in project.overlay(locale).collisions.items():
            address = page_url(place, project.settings.directory_urls)
            image = project.image_pages.places[place]
            whose = f"the page of the image {image.id}" if image else "the list of all images"
            message = f'has the address of {whose}, "{address}", which is not shown'
            hint = f"give the file another name, or the pages of images another folder: {PREFIX_SETTING}"
            yield Problem(Position(path), Rule.PAGE_COLLISION, message, hint)


class ProjectAuthority:
    """See `imagedocs.judging.units.Authority`."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def findings(
        self, place: str, documents: Mapping[str, Document], reads: Reads, *, notes_versions: bool
    ) -> tuple[Problem, ...]:
        project = self.project
        translated: dict[str, tuple[str, Translation]] = {}
        source = project.overlay(project.locales.default).files.get(place, "")
        for locale in project.locales.translated if source else ():
            path = f"docs/{locale.tag}/{place}"
            page = judged_page(project, locale, place) if path in documents else None
            if page is not None:
                translated[path] = (locale.tag, page)
                tree = project.tree
                for needed in (source, version_path(page.pin.version) if page.pin.version else ""):
                    if needed:
                        reads.files[locale.tag, needed] = tree.digest(needed)
        return (
            *check_translations((page for _, page in translated.values()), notes_versions=notes_versions),
            *check_terms(project.glossary, documents, translated),
        )

    def strays(
        self, tag: str, is_in_unit: Callable[[str], bool], *, notes_versions: bool
    ) -> tuple[Problem, ...]:
        """What is wrong with the locale's translations that no unit has."""
        translations = translations_of(self.project, self.project.locale(tag))
        strays = (page for page in translations if not is_in_unit(page.path))
        return tuple(check_translations(strays, notes_versions=notes_versions))

    @cached_property
    def _images(self) -> ImageJudge:
        project = self.project
        assert project.manifest is not None
        pages = {
            f"docs/{tag}/{place}": image.full_repository
            for tag in project.locales.tags
            for place, image in project.image_pages.places.items()
            if image is not None
        }
        return ImageJudge(project.catalog, project.manifest, project.as_of, project.allowed_images, pages)

    def images(self, document: Document) -> tuple[tuple[Problem, ...], tuple[int, ...]]:
        judge = self._images
        judge.used.clear()
        problems = tuple(judge.problems(document))
        allowed = self.project.allowed_images
        return problems, tuple(number for number, each in enumerate(allowed) if each in judge.used)

    def why_absent(self, path: str) -> str:
        return self._site.why_absent(path)

    def is_extra(self, file: str, folder: str) -> bool:
        return self._site.is_extra(file, folder)

    @cached_property
    def _site(self) -> Site:
        return whole_site(self.project, ())

    def versions(self, tag: str, path: str, text: str) -> frozenset[str] | None:
        versions = self.project.page_options(self.project.locale(tag)).versions
        return versions(path, text) if versions else None

    def render(self, tag: str, path: str, text: str) -> Source:
        source = self.project.overlay(self.project.locale(tag)).read(path)
        assert source is not None
        return source
