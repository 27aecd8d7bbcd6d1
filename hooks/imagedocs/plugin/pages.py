# pyright: standard
# MkDocs is typed in parts only.
"""Tell the Markdown extension which page comes next, keep what it finds, and give the theme the reader's words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import jinja2
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import is_error_template
from mkdocs.utils.templates import TemplateContext

from imagedocs.checks.condensing import with_problems
from imagedocs.locales import Locale, Messages
from imagedocs.markdown import LearnExtension, Page
from imagedocs.markdown.alignment import STYLESHEET, AlignmentByClass
from imagedocs.material.templates import mark_title
from imagedocs.plugin.build import Build
from imagedocs.plugin.files import PublishedFile
from imagedocs.project.new_files import new_file_address
from imagedocs.rendering.html import install_html, metadata_as_html

_NAME = "imagedocs.markdown"
_FOREIGN = re.compile(r'<h[1-6] dir="(?P<dir>\w+)" id="(?P<id>[^"]+)" lang="(?P<lang>[\w-]+)"')
"""Heading of an included file in another language than the page."""


def use_own_extensions(build: Build, config: MkDocsConfig) -> None:
    """Replace the names of extensions by objects, which MkDocs would otherwise look up and make for each page."""
    names: list[Any] = config.markdown_extensions
    messages = build.messages
    marks = config.extra.setdefault("status", {})
    marks["untranslated"] = messages.gettext("not translated yet")
    marks["foreign"] = messages.gettext("not translated")
    headings: dict[str, Any] = config.mdx_configs.setdefault("toc", {})
    toc = TocExtension if "permalink_title" in headings else _Headings
    made: dict[str, Callable[[], Extension]] = {
        _NAME: LearnExtension,
        "toc": lambda: toc(**headings),
    }
    names[:] = [made[name]() if name in made else name for name in names]
    if not any(isinstance(name, LearnExtension) for name in names):
        names.append(LearnExtension())
    if STYLESHEET in config.extra_css:
        names.append(AlignmentByClass())


class _Headings(TocExtension):
    """Extension for tables of contents whose links at headings have a title in the language of the page."""

    def speak(self, messages: Messages) -> None:
        # TRANSLATORS: what the sign at the end of a heading is: a link to that place of the page
        self.setConfig("permalink_title", messages.gettext("Link to this section"))


def permalink_titles(config: MkDocsConfig) -> list[str]:
    """Return the titles of the links at headings of the page that is rendered next."""
    headings = (each for each in config.markdown_extensions if isinstance(each, _Headings))
    return [str(each.getConfig("permalink_title")) for each in headings]


def prepare_page(build: Build, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
    """Tell the extension which file the text is from. The file itself is parsed, so positions are those of the author's
    text."""
    place = page.file.src_uri
    path = build.overlay.files.get(place) or f"docs/{build.locale.tag}/{place}"  # a draft is in no site
    options = build.docset.options
    language = build.locale
    if build.view.is_fallback(place):
        language = build.view.source_of(place)
        options = replace(options, right_to_left=language.direction == "rtl")
        status = "untranslated" if build.view.is_wanted(place) else "foreign"
        page.meta.setdefault("status", status)  # Material marks it in the navigation
    for extension in config.markdown_extensions:
        if isinstance(extension, _Headings):
            extension.speak(build.project.messages(language))
    _extension(config).page = Page(
        path=path,
        sources=build.overlay,
        options=options,
        fragments=build.fragments,
        read=lambda: build.overlay.read(path),
    )


def gather_page(build: Build, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
    """Gather the page's document for the checks, and choose the pages whose templates are checked."""
    place, known = page.file.src_uri, build.gathered.documents.summaries
    if place not in known:
        gather_document(build, place, config)
    if place in known:
        build.gathered.sampling.offer(place, html, page.meta, is_fallback=build.view.is_fallback(place))


def gather_document(build: Build, place: str, config: MkDocsConfig) -> None:
    """Gather the document of the page that was rendered last for the checks. Pages of other plugins have no file, and
    aren't checked."""
    extension = _extension(config)
    source = extension.page.read()
    if source is not None:
        from imagedocs.markdown import parse  # here: a build that renders nothing needs no parser

        # Python-Markdown asks no parser about a page that is empty.
        parsed = extension.parsed or parse(source, build.overlay, page=extension.page.options)
        build.take_page(place, with_problems(parsed.document, source))


def speak(build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Give the theme's templates gettext. All pages are rendered at this point, so write their titles and metadata as
    HTML, and mark the titles of pages in another language."""
    for file in files.documentation_pages():
        if file.page is not None:
            write_as_html(build, file.page)
    known = {*build.overlay.files, *build.overlay.linked.places, *build.docset.redirects}
    for file in files:
        is_other = file.generated_by is not None and not isinstance(file, PublishedFile)
        if is_other and file.src_uri not in known:
            build.gathered.generated[file.src_uri] = file.src_uri
    install_sentences(build, env)
    return env


def install_sentences(build: Build, env: jinja2.Environment) -> None:
    """Give the theme's templates the sentences of the locale."""
    install_html(env, build.messages)


def write_as_html(build: Build, page: MkDocsPage) -> None:
    """Write title and metadata of a rendered page as HTML, and mark titles in another language."""
    place = page.file.src_uri
    _write_as_html(page, build.gathered.metadata.get(place, {}))
    source = build.view.source_of(place) if build.view.is_fallback(place) else None
    if source is not None:
        mark_title(page, source.tag, source.direction)
    foreign = {match["id"]: match for match in _FOREIGN.finditer(page.content or "")}
    if source is not None or foreign:
        _mark_all(page.toc, source, foreign)


def _write_as_html(page: MkDocsPage, written: Mapping[str, object]) -> None:
    """Write the page's title and its author's metadata as HTML. A title from a heading is HTML already; others are
    text."""
    shown: Any = page  # whose title may be set, though its type does not say so
    heading = page._title_from_render
    title = shown.title or heading or page.file.name
    shown.title = Markup(title) if title is heading else escape(title)  # noqa: S704  # of a heading: it is HTML
    page.meta = metadata_as_html(page.meta, written)


def _mark_all(
    links: Iterable[AnchorLink], source: Locale | None, foreign: Mapping[str, re.Match[str]]
) -> None:
    for link in links:
        if own := foreign.get(link.id):
            mark_title(link, own["lang"], own["dir"])
        elif source is not None:
            mark_title(link, source.tag, source.direction)
        _mark_all(link.children, source, foreign)


def add_versions(
    build: Build, context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig, nav: object
) -> dict[str, Any]:
    """Give the template the page's versions. A page that is shown in another language has that language's canonical
    address."""
    place = page.file.src_uri
    context["versions"] = versions = list(build.view.versions(place))
    if build.view.is_fallback(place):
        source = build.view.source_of(place)
        page.canonical_url = next((each.address for each in versions if each.locale == source), None)
        if build.view.is_wanted(place):
            shown, wanted = f"{source.tag}/{place}", f"{build.locale.tag}/{place}"
            context["translate_address"] = new_file_address(page.edit_url or "", shown, wanted)
            context["translating_href"] = _translating_href(build, config, place)
    return context


def find_root(
    build: Build, context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    """Make the page for missing addresses lead to pages of its language where the site has no known address."""
    if is_error_template(template_name) and build.locale.url and not config.site_url:
        context["base_url"] = f"/{build.locale.url}"
    return context


def _translating_href(build: Build, config: MkDocsConfig, here: str) -> str:
    """Return the address of the page on how to translate, relative to the page `here`; empty when there is none."""
    place, mark, fragment = str(config.extra.get("translating") or "").partition("#")
    return (
        f"{build.view.href(here, build.locale, place)}{mark}{fragment}"
        if place in build.overlay.files
        else ""
    )


def _extension(config: MkDocsConfig) -> LearnExtension:
    return next(each for each in config.markdown_extensions if isinstance(each, LearnExtension))
