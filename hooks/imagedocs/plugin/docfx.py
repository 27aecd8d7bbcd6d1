# pyright: standard
# MkDocs is typed in parts only.
"""Pass on to MkDocs the navigation, redirects and metadata of a documentation set. Each is optional."""

from functools import partial
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from imagedocs.docfx.metadata import complete
from imagedocs.docfx.redirects import Redirect, render_redirect
from imagedocs.docfx.toc import to_navigation
from imagedocs.locales import Formats
from imagedocs.markdown.front_matter import place_of, read_front_matter
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.plugin.build import Build
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown


class _FormerPage(File):
    """Page that has moved: links find it, and it leads its readers on. It isn't rendered, and no search finds it."""

    def is_documentation_page(self) -> bool:
        return False


def add_redirects(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Take the navigation from the table of contents, and add a page that leads on wherever a page has moved."""
    if build.docset.tables is not None and config.nav is None:
        tables = build.docset.tables.shown().values()
        seen = set[str]()
        address_of = partial(_address, files)
        navigation = [entry for items in tables for entry in to_navigation(items, address_of, seen)]
        config.nav = navigation or None
    for place, redirect in build.docset.redirects.items():
        files.append(_former_page(build, place, redirect, files, config))
    return files


def _address(files: Files, place: str) -> str:
    file = files.get_file_from_path(place)
    return (file.url if file else place) or "./"


def _former_page(build: Build, place: str, redirect: Redirect, files: Files, config: MkDocsConfig) -> File:
    # Where the page was: MkDocs gives a page that address, and no other file.
    was = File.generated(config, place, content="")
    now = files.get_file_from_path(redirect.page) if redirect.page else None
    href = now.url_relative_to(was) + redirect.address if now else redirect.address
    address = f"{config.site_url}{now.url}{redirect.address}" if now and config.site_url else href
    sentence = build.messages.gettext("This page has moved:")
    html = render_redirect(href, address, build.locale.tag, sentence)
    file = _FormerPage.generated(config, place, content=html, inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = was.dest_uri
    if now and not redirect.address:
        file.url = now.url  # links need no detour
    return file


def read_metadata(build: Build, page: Page, config: MkDocsConfig) -> str | None:
    """Read the page's metadata in place of MkDocs, whose reader of YAML has no limits, and return the rest of the
    page."""
    try:
        header, body, _ = split_front_matter(page.file.content_string)
    except (OSError, ValueError):
        return None  # MkDocs says so
    if header is not None:
        place = page.file.src_uri
        build.gathered.metadata[place] = read_front_matter(header, build.overlay.files.get(place, place))[0]
    # Without this, MkDocs would take a first line such as "Note: …" for metadata.
    return f"---\n{{}}\n---\n{body}"


def complete_metadata(build: Build, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Complete the front matter, which the theme's templates show."""
    place = page.file.src_uri
    page.meta = {**page.meta, **build.gathered.metadata.get(place, {})}
    given = build.docset.metadata.of(build.overlay.files.get(place, place))
    complete(page.meta, given, Formats(build.locale.babel).date)
    _check_files(page, config, build)
    build.gathered.metadata[place] = dict(page.meta)


def _check_files(page: Page, config: MkDocsConfig, build: Build) -> None:
    """Stop if a page names a file that the theme doesn't have; MkDocs would stop too, without naming the page."""
    for name in ("template", "icon"):
        value = page.meta.get(name)
        if not value:
            page.meta.pop(name, None)  # MkDocs would look for a template without a name
            continue
        if name == "icon" and config.theme.name != "material":
            continue
        file = value if name == "template" else f".icons/{value}.svg"
        is_inside = ".." not in PurePosixPath(file).parts and "\0" not in file
        if is_inside and any(Path(folder, file).is_file() for folder in config.theme.dirs):
            continue
        header, _, _ = split_front_matter(page.file.content_string)
        path = build.overlay.files.get(page.file.src_uri, page.file.src_uri)
        message, hint = f"the theme has no {name} {shown(value)}", f"name another, or remove {name}"
        raise PluginError(str(Problem(place_of(name, header, path), Rule.TEMPLATE_ERROR, message, hint)))


def show_table_of_page(
    build: Build, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Show the page's own table of contents where there are several."""
    tables = build.docset.tables.shown() if build.docset.tables else {}
    own = build.docset.table_of(page.file.src_uri, page.meta.get("_tocRel"))
    if len(tables) > 1 and own in tables:
        start = 0
        for place, items in tables.items():
            end = start + len(to_navigation(items))
            if place == own:
                context["nav"] = Navigation(nav.items[start:end], nav.pages)
            start = end
    return context
