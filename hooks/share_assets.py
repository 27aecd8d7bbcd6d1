"""Publish the files of the theme once for all languages, and in as few files as can be."""

import posixpath
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import jinja2
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from imagedocs.errors import CannotRun
from imagedocs.material.search import is_loaded_by_search, language_of, search_settings
from imagedocs.project.building import Build
from imagedocs.project.inputs import digest_of
from imagedocs.writing import write_file

_NODE, _CLEAR_NODE = re.compile(r"(for\([^;]*this\.final[^}]*\w=\w\+\w\+\w\.id)(\}return)"), r'\1+"."\2'
"""In lunr, how a node of the tree of words is told from others: letters and numbers without anything between them, so
that with digits in words two nodes look the same, words appear that no page has, and a query fails that finds them."""
_SEPARATORS = {".css": "\n", ".js": "\n;\n"}


@event_priority(110)  # before the files of pages are laid out, when there are those of the theme only
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the theme's files out of the sites of all languages but the one at the root."""
    this: Build = config.extra["imagedocs"]
    ours = {file.src_uri: file for file in files if file.src_dir in this.escaped}
    languages = _languages_of_search(this) if "material/search" in config.plugins else None
    for place in list(ours):
        is_map = place.endswith(".map")  # of use to Material's authors only
        if is_map or (languages is not None and not is_loaded_by_search(place, languages)):
            files.remove(ours.pop(place))
    for place in [place for place in ours if posixpath.dirname(place).endswith("javascripts/workers")]:
        text, count = _NODE.subn(_CLEAR_NODE, ours[place].content_string)
        if count:
            files.remove(ours[place])
            ours[place] = File.generated(config, place, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(ours[place])
    for paths in (config.extra_css, config.extra_javascript):
        paths[:] = _joined(paths, ours, files, config)
    if this.locale.url:
        this.shared = {place: file.content_bytes for place, file in ours.items()}
        for file in ours.values():
            files.remove(file)
    return files


def _languages_of_search(this: Build) -> set[str]:
    """Return lunr's names of the languages that a reader's search asks for."""
    found: set[str] = set()
    for locale in {*this.project.locales.published, this.locale}:
        settings: Any = search_settings(language_of(locale.tag, locale.search), locale.search.language)
        found |= {*settings["lang"]}
    return found


def _joined(paths: list[Any], ours: dict[str, File], files: Files, config: MkDocsConfig) -> Iterator[Any]:
    """Yield `paths` with one new file in place of those that are ours and follow one another."""
    for is_ours, group in groupby(list(paths), lambda path: isinstance(path, str) and path in ours):
        run = list(group)
        if not is_ours or len(run) == 1:
            yield from run
            continue
        folder, ending = posixpath.dirname(run[0]), posixpath.splitext(run[0])[1]
        text = _SEPARATORS[ending].join(ours[path].content_string.strip() for path in run) + "\n"
        for path in run:
            files.remove(ours.pop(path))
        place = f"{folder}/extra.{digest_of(text)[:8]}{ending}"
        ours[place] = File.generated(config, place, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(ours[place])
        yield place


@event_priority(-200)  # when other plugins have put in their filters
def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Let addresses of shared files lead to the root of the whole site."""
    this: Build = config.extra["imagedocs"]
    if not this.locale.url:
        return env
    filters = cast("dict[str, Callable[..., Any]]", env.filters)
    to_address, to_tag = filters["url"], filters["script_tag"]

    @jinja2.pass_context
    def url(context: jinja2.runtime.Context, value: object) -> str:
        path = str(value)
        if path in this.shared:
            path = f"../{path}"
        elif not path.startswith("../"):
            return str(to_address(context, value))
        page = context["page"]
        if page is not None:  # MkDocs' own way goes wrong where both begin alike: `../a/b` on the page `a/c/`
            return "../" * page.url.count("/") + path
        address = posixpath.normpath(posixpath.join(context["base_url"], path))
        # The root of a host is `/`: another slash would make it the name of a host.
        return f"{address.rstrip('/')}/" if path.endswith("/") else address

    @jinja2.pass_context
    def script_tag(context: jinja2.runtime.Context, script: object) -> Markup:
        tag, path = str(to_tag(context, script)), str(script)
        if path in this.shared:
            before, after = (escape(way(context, path)) for way in (to_address, url))
            tag = tag.replace(f'src="{before}"', f'src="{after}"', 1)
        return Markup(tag)  # noqa: S704  # HTML of MkDocs, and of addresses escaped above

    filters["url"], filters["script_tag"] = url, script_tag
    return env


@event_priority(-200)  # when the site is published
def on_post_build(config: MkDocsConfig) -> None:
    """Put the shared files beside the site of a language that is built alone."""
    this: Build = config.extra["imagedocs"]
    if this.staging is None or this.others or (config.strict and this.warnings.count):
        return
    root = Path(this.staging.final).parent
    try:
        for place, content in this.shared.items():
            write_file(root / place, content)
    except CannotRun as error:
        raise PluginError(str(error)) from error
