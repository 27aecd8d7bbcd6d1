# pyright: standard
# MkDocs is typed in parts only.
"""Publish the files of the theme once for all languages, and in as few files as can be."""

import posixpath
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, cast

import jinja2
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from imagedocs.errors import CannotRun
from imagedocs.incremental.reads import digest_of
from imagedocs.material.search import is_loaded_by_search, language_of, search_settings
from imagedocs.plugin.build import Build
from imagedocs.writing import write_file

_NODE, _CLEAR_NODE = re.compile(r"(for\([^;]*this\.final[^}]*\w=\w\+\w\+\w\.id)(\}return)"), r'\1+"."\2'
"""Code of lunr that names a node in its tree of words, and the code that replaces it. Lunr joins letters and numbers
without a separator: with digits in words, two nodes have the same name, words appear that no page has, and a query
that finds them fails."""
_SEPARATORS = {".css": "\n", ".js": "\n;\n"}


def share_files(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Take the theme's files out of the sites of all languages but the one at the root."""
    ours = {file.src_uri: file for file in files if file.src_dir in build.escaped}
    languages = _languages_of_search(build) if "material/search" in config.plugins else None
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
    if build.locale.url:
        build.shared = {place: file.content_bytes for place, file in ours.items()}
        for file in ours.values():
            files.remove(file)
    return files


def _languages_of_search(build: Build) -> set[str]:
    """Return lunr's names of the languages that a reader's search asks for."""
    found: set[str] = set()
    for locale in {*build.project.locales.published, build.locale}:
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


def lead_to_shared_files(
    build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Make addresses of shared files lead to the root of the whole site."""
    if not build.locale.url:
        return env
    filters = cast("dict[str, Callable[..., Any]]", env.filters)
    to_address, to_tag = filters["url"], filters["script_tag"]

    @jinja2.pass_context
    def url(context: jinja2.runtime.Context, value: object) -> str:
        path = str(value)
        if path in build.shared:
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
        if path in build.shared:
            before, after = (escape(way(context, path)) for way in (to_address, url))
            tag = tag.replace(f'src="{before}"', f'src="{after}"', 1)
        return Markup(tag)  # noqa: S704  # HTML of MkDocs, and of addresses escaped above

    filters["url"], filters["script_tag"] = url, script_tag
    return env


def publish_shared_files(build: Build, config: MkDocsConfig) -> None:
    """Put the shared files beside the site of a language that is built alone."""
    whole = build.whole
    if whole is None or whole.others or (config.strict and build.gathered.warnings.count):
        return
    root = whole.staging.final.parent
    try:
        for place, content in build.shared.items():
            write_file(root / place, content)
    except CannotRun as error:
        raise PluginError(str(error)) from error
