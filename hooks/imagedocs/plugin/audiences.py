# pyright: standard
# MkDocs is typed in parts only.
"""Keep pages for those who look after the site apart from those for its readers: each audience has a menu of its
own."""

from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from imagedocs.plugin.build import Build


def separate_menus(build: Build, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Take the pages for contributors out of the readers' menu, and make one of them. Where a documentation set has
    several tables of contents, the menus are apart already."""
    several_tables = build.docset.tables is not None and len(build.docset.tables.shown()) > 1
    if not build.project.settings.contributors or several_tables:
        return nav
    theirs = Navigation([*_part(nav.items, build, is_for_contributors=True)], [])
    if not theirs.items:
        return nav
    file = files.get_file_from_path("translations.md")
    if build.view.coverage and file and file.page and build.view.is_for_contributors(file.src_uri):
        theirs.items.append(file.page)
    theirs.homepage = nav.homepage
    theirs.pages = [*_pages(theirs.items)]
    readers = Navigation([*_part(nav.items, build, is_for_contributors=False)], [])
    readers.pages = [*_pages(readers.items)]
    readers.homepage = nav.homepage
    if nav.homepage and nav.homepage not in theirs.pages:
        theirs.items.insert(0, nav.homepage)  # the way back
    for pages in (theirs.pages, readers.pages):
        for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
            page.previous_page, page.next_page = before, after
    build.menus.contributors = theirs
    build.view.contributors_door = theirs.pages[0].url if theirs.pages else None
    return readers


def _part(items: Iterable[Any], build: Build, *, is_for_contributors: bool) -> Iterator[Any]:
    """Yield the entries for one audience. A section that has entries for both becomes two."""
    for item in items:
        if isinstance(item, Section):
            children = [*_part(item.children, build, is_for_contributors=is_for_contributors)]
            if children and len(children) < len(item.children):
                section = Section(item.title, children)
                section.parent = item.parent
                for child in children:
                    child.parent = section
                yield section
            elif children:
                yield item
        else:
            place = item.file.src_uri if isinstance(item, Page) else getattr(item, "place", "")
            if build.view.is_for_contributors(place) == is_for_contributors:
                yield item


def _pages(items: Iterable[Any]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def show_menu_of_audience(
    build: Build, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Show the menu of the page's audience."""
    if build.menus.contributors is not None and build.view.is_for_contributors(page.file.src_uri):
        context["nav"] = build.menus.contributors
    return context
