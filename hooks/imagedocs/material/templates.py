"""The theme's templates: compiled once for all languages and builds, and with calls of ours in place of some of its own.

To compile Material's is as much work as to write a hundred pages; to look through its ten thousand icons, of which none
is copied into a site, as much as to write twenty.
"""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from traceback import extract_tb
from types import CodeType
from typing import Any, NoReturn

import jinja2
from jinja2 import meta
from jinja2.bccache import Bucket
from jinja2.debug import rewrite_traceback_stack
from markupsafe import Markup, escape

from imagedocs.incremental.cache import Cache, Made
from imagedocs.material.repeated import Icons, Partials
from imagedocs.problems import Rule

REMEMBERED_ENTRY = "remembered_entry"
"""What our templates call an entry of the navigation by."""
_CALLS = {
    "partials/nav.html": (
        "{{ item.render(nav_item, path, 1) }}",
        "page, item.render, nav_item, path, 1, none",
    ),
    "partials/nav-item.html": (
        '{{ render(item, path ~ "_" ~ loop.index, level + 1, nav_item) }}',
        'page, render, item, path ~ "_" ~ loop.index, level + 1, nav_item',
    ),
}
"""Template of Material -> the call of the macro in it, and what is handed on instead. A version of Material whose
templates are not the ones known here goes on as before."""
_PARTIALS = (
    "partials/offer.html",
    "partials/palette.html",
    "partials/search.html",
    "partials/search_later.html",
    "partials/top.html",
)
"""Templates of Material, and two of ours, that say the same on every page, unless they are not the ones known here."""
_PARTIAL = "remembered_partial"
_ICON = re.compile(r'\{%(-?)\s*include\s+("\.icons/(?:[^"%]*\.svg"|"[^"%]*"\.svg"))\s*(-?)%\}')
"""How Material's templates include a file of an icon."""
_ICON_FILE = "icon_file"
_CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_]\w*")
_HARMLESS = frozenset(
    ["accent", "close", "config", "d", "else", "endfor", "endif", "endset", "features", "for", "icon", "if", "in", "include", "index", "index0", "lang", "length", "line", "loop", "media", "name", "option", "or", "palette", "previous", "primary", "replace", "scheme", "script", "search", "set", "share", "splitlines", "t", "theme", "toggle", "top", "trim", "true"]
)  # fmt: skip
"""Words in the code of a template that depend on no page."""
KIND = "template"
"""Kind of the results in the cache: compiled templates."""
_HTML = re.compile(
    r"\{\{(-?)\s*(page\.content|post\.content|listing\.content|config\.copyright|(?:toc|nav)_item\.typeset\.title"
    r"|toc_item\.title|note|date|_\.style)\s*(-?)\}\}"
)
"""What Material's templates print that is HTML: rendered pages and titles of their headings; `copyright` and the notes
of `feedback`, which are documented to be; dates as the plugins for Git write them; style sheets of icons. Everything
else that they print is text."""


def prepare(
    env: jinja2.Environment,
    kept: Cache | None,
    failure: type[Exception] | None = None,
    *,
    escaped: Iterable[str] = (),
) -> jinja2.Environment:
    """Prepare the environment that was made for the theme, as all builds use it.

    Compiled templates are looked for, and put, in `kept`: what only this user can have written. When a template cannot
    be read or rendered, `failure` is raised with its place. What templates in the folders `escaped` print is text, and
    escaped, unless it is known to be HTML; those of other folders print strings as they are, as MkDocs has it.
    """
    if failure is not None:
        env.handle_exception = partial(_fail, failure)  # type: ignore[method-assign]  # what it is there for
    env.add_extension("jinja2.ext.i18n")
    named: Any = env  # whose globals and filters have no type
    named.globals[_PARTIAL] = Partials().render
    named.globals[_ICON_FILE] = Icons().text
    if isinstance(env.loader, jinja2.FileSystemLoader):
        env.loader = loader = _Loader(env.loader.searchpath, escaped)
        env.autoescape = loader.escapes
        env.context_class = _Context
    named.filters["striptags"] = _strip_tags
    if kept is not None:
        env.bytecode_cache = _Compiled(kept)
    return env


def _fail(failure: type[Exception], source: str | None = None) -> NoReturn:
    error = rewrite_traceback_stack(source)
    if isinstance(error, failure):
        raise error
    frames = [each for each in extract_tb(error.__traceback__) if not each.filename.endswith(".py")]
    path, line = (frames[-1].filename, frames[-1].lineno) if frames else ("the theme", 0)
    if isinstance(error, jinja2.TemplateSyntaxError):
        path, line = error.filename or path, error.lineno
    here = os.path.relpath(path)
    place = path if here.startswith("..") else here
    text = error.message if isinstance(error, jinja2.TemplateError) else str(error)
    raise failure(
        f"{place}:{line}: error: {Rule.TEMPLATE_ERROR.label}: {text or type(error).__name__}"
    ) from error


def compile_all(env: jinja2.Environment, names: Iterable[str]) -> None:
    """Compile the templates of these names, and all that they are sure to use, so that processes that are forked now
    need not do it each. What has no file, or a mistake, is left to them."""
    compiled, loader = env.bytecode_cache, env.loader
    waiting, known = [*names, *_PARTIALS], set[str]()
    while waiting and isinstance(compiled, _Compiled) and loader is not None:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        try:
            text, file, _ = loader.get_source(env, name)
            bucket = compiled.get_bucket(env, name, file, text)
            used = compiled.used(bucket)
            if bucket.code is None or used is None:
                tree = env.parse(text, name, file)
                used = [other for other in meta.find_referenced_templates(tree) if other]
                bucket.code = bucket.code or env.compile(tree, name, file)
                compiled.set_bucket(bucket)
                compiled.keep_used(bucket, used)
            waiting += used
        except jinja2.TemplateError:
            continue


class _Context(jinja2.runtime.Context):
    """Knows what macros and blocks make as HTML, whoever calls them: a template that escapes what it prints may be the
    parent of one that does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.eval_ctx.autoescape = True


def _strip_tags(value: object) -> Markup:
    """The text of HTML. Other strings are text already, and lose no word that stands between angle brackets."""
    return escape(value.striptags() if isinstance(value, Markup) else value)


class _Loader(jinja2.FileSystemLoader):
    def __init__(self, searchpath: Iterable[str], escaped: Iterable[str]) -> None:
        super().__init__(list(searchpath))
        self._escaped = tuple(os.path.join(folder, "") for folder in escaped)
        self._places: dict[str, str] = {}
        """Template → its file."""

    def escapes(self, template: str | None) -> bool:
        """Return whether what a template prints is text; asked when it is compiled. The sentences of Material's
        languages are its own, and go into JSON too."""
        name = template or ""
        is_listed = self._places.get(name, "").startswith(self._escaped)
        return is_listed and not name.startswith("partials/languages/")

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        text, name, is_fresh = super().get_source(environment, template)
        self._places[template] = name
        if self.escapes(template):
            text = _HTML.sub(r"{{\1 \2 | safe \3}}", text)
        text = _ICON.sub(rf"{{{{\1 {_ICON_FILE}(\2) \3}}}}", text)
        if template in _CALLS:
            call, arguments = _CALLS[template]
            text = text.replace(call, f"{{{{ {REMEMBERED_ENTRY}({arguments}) }}}}")
        for part in _PARTIALS:
            call = f'{{% include "{part}" %}}'
            if call in text and _is_same_everywhere(super().get_source(environment, part)[0]):
                text = text.replace(call, f'{{{{ {_PARTIAL}("{part}") }}}}')
        return text, name, is_fresh

    def list_templates(self) -> list[str]:
        """None in a folder whose name begins with a dot: MkDocs would leave it out, after having compared each with
        what it leaves out."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(
                    Path(os.path.relpath(os.path.join(folder, name), top)).as_posix() for name in names
                )
        return sorted(found)


def _is_same_everywhere(template: str) -> bool:
    code = " ".join(_TEXT.sub(" ", each) for each in _CODE.findall(template))
    return _HARMLESS.issuperset(_NAME.findall(code))


_codes: dict[str, tuple[str, CodeType]] = {}
"""Compiled templates of this process: what they were compiled from, and their code."""


class _Compiled(jinja2.BytecodeCache):
    def __init__(self, kept: Cache) -> None:
        self._kept = kept
        self._settings = ""

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        escapes = environment.autoescape
        is_escaped = escapes(name) if callable(escapes) else escapes
        self._settings = " ".join((*sorted(environment.extensions), str(is_escaped)))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        key = self._key(bucket)
        known, code = _codes.get(bucket.key, ("", None))
        if code is not None and known == key:
            bucket.code = code
            return
        kept = self._kept.find(KIND, bucket.key, key)
        if kept is not None:
            bucket.bytecode_from_string(kept)
            if bucket.code is not None:
                _codes[bucket.key] = key, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _codes[bucket.key] = self._key(bucket), bucket.code
        self._kept.keep(KIND, bucket.key, Made(bucket.bytecode_to_string(), {}), self._key(bucket))

    def used(self, bucket: Bucket) -> list[str] | None:
        """Return the names of the templates that this one is sure to use; `None` when they are not known yet."""
        kept = self._kept.find(KIND, f"{bucket.key} uses", self._key(bucket))
        return None if kept is None else kept.decode().splitlines()

    def keep_used(self, bucket: Bucket, names: Iterable[str]) -> None:
        """Keep the names of the templates that this one is sure to use."""
        made = Made("\n".join(names).encode(), {})
        self._kept.keep(KIND, f"{bucket.key} uses", made, self._key(bucket))

    def _key(self, bucket: Bucket) -> str:
        return f"{bucket.checksum} {self._settings}"


@dataclass(frozen=True, slots=True)
class Typeset:
    """What Material shows in menus in place of a title, as its plugin "typeset" has it."""

    title: Markup


def mark_title(item: Any, tag: str, direction: str) -> None:
    """Mark the title of a page, a section or a link, which is HTML, as being in a language."""
    title = Markup('<span lang="{}" dir="{}">{}</span>')
    item.typeset = Typeset(title.format(tag, direction, Markup(item.title or "")))  # noqa: S704  # escaped by the caller, or of a rendered heading


_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_STATEMENT = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_OF_ALL_PAGES = re.compile(r"\b(?:build_date_utc|pages)\b|\.content\b")
"""Names in a template that make a page depend on the time of the build, or on all pages."""


def depends_on_all_pages(templates: Iterable[str]) -> bool:
    """Return whether an expression or a statement in one of these template files makes a page depend on the time of the
    build, or on other pages."""
    for path in templates:
        text = _COMMENT.sub("", Path(path).read_text("utf-8", "replace"))
        if any(_OF_ALL_PAGES.search(code) for code in _STATEMENT.findall(text)):
            return True
    return False
