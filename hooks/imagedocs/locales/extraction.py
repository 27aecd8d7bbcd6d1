"""Collect the site's sentences from its templates and code, as the .pot file has them.

The file depends on nothing but the sentences: no dates, no line numbers. They stand in the order of the files
and lines that use them.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from glob import escape
from io import BytesIO
from pathlib import Path
from tokenize import TokenError
from typing import Any

from babel.messages.extract import extract, extract_python
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from imagedocs.incremental.reads import glob, is_folder
from imagedocs.locales.catalog_texts import catalog_entries
from imagedocs.locales.files import read_project_file
from imagedocs.locales.placeholders import has_percent
from imagedocs.locales.po import Entry, Key, PoFile, PoString
from imagedocs.locales.po_reader import MAX_BYTES
from imagedocs.parts import LIST_TEMPLATE, list_template, parts
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.configuration import KEY, read_configuration, scalars, theme_folder
from imagedocs.yaml.nodes import Node

TEMPLATE_PATH = "locales/messages.pot"

_SOURCES = ("hooks/**/*.py", "includes/**/*.j2", "includes/theme/**/*.html")
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_COMMENT = "TRANSLATORS:"
_TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.loopcontrols",
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "trimmed": "true",
}
"""As the templates are rendered; anything else would give messages that no rendering asks for."""

_TEMPLATE_COMMENTS = (
    "The sentences of the site, from its templates and code.",
    "Written by `imagedocs messages`; do not edit.",
)
HEADERS = {
    "Project-Id-Version": "imagedocs",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def extract_messages(root: Path) -> PoFile:
    """The sentences that the templates and the code of the project at `root` use, as the .pot should have them."""
    found: dict[Key, Entry] = {}
    problems: list[Problem] = []
    configuration = _configuration(root)
    sources = {path for pattern in _SOURCES for path in glob(root, pattern)}
    for path in sorted(sources.union(theme_templates(root, theme_folder(configuration)))):
        content = read_project_file(root, path, MAX_BYTES)
        if isinstance(content, Problem):
            problems.append(content)
            continue
        try:
            for entry in _entries_of(path, content):
                found[entry.key] = _joined(found[entry.key], entry) if entry.key in found else entry
        except TemplateSyntaxError as error:
            message = error.message or "the template cannot be read"
            problems.append(Problem(Position(path, error.lineno), Rule.TEMPLATE_ERROR, message.rstrip(".")))
        except (SyntaxError, TokenError, RecursionError, UnicodeDecodeError, ValueError) as error:
            problems.append(
                Problem(Position(path), Rule.UNREADABLE_FILE, f"its sentences cannot be found: {error}")
            )
    for entry in () if brings_library(root) else _library_entries():
        found[entry.key] = _joined(found[entry.key], entry) if entry.key in found else entry
    for entry in (*_site_entries(configuration), *catalog_entries(root)):
        found[entry.key] = _joined(found[entry.key], entry) if entry.key in found else entry
    header = header_entry(_TEMPLATE_COMMENTS, HEADERS, TEMPLATE_PATH)
    return PoFile(TEMPLATE_PATH, header, tuple(found.values()), tuple(problems))


LIBRARY = "imagedocs/"
"""What the places of sentences begin with that the installed library says by itself."""


def is_library(entry: Entry) -> bool:
    """Whether the library says the sentence too, and the project need not give it words."""
    return any(place.startswith(LIBRARY) for place in entry.locations)


def brings_library(root: Path) -> bool:
    """Whether the library is part of the project, and its sentences are the project's own."""
    return is_folder(root, "hooks/imagedocs")


@cache
def _library_entries() -> tuple[Entry, ...]:
    """Return the sentences of the installed library, which stays the same as long as a process runs."""
    library, own = Path(__file__).parents[1], parts()
    files = {f"{LIBRARY}{_relative(library, file)}": file for file in library.rglob("*.py")}
    files |= {f"{LIBRARY}hooks/{file.name}": file for file in own.hooks.glob("*.py")}
    files |= {f"{LIBRARY}theme/{_relative(own.theme, file)}": file for file in own.theme.rglob("*.html")}
    files |= {f"{LIBRARY}templates/{file.name}": file for file in own.templates.glob("image*.md.j2")}
    content = {path: file.read_bytes() for path, file in files.items()}
    content[f"{LIBRARY}templates/{LIST_TEMPLATE}"] = list_template().encode()
    return tuple(entry for path in sorted(content) for entry in _entries_of(path, content[path]))


def _relative(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()


_CALL = re.compile(rb"\b(?:_|N_|n?p?gettext)\s*\(")
"""In Python, what a sentence is given to: to tokenize the files without is most of the work, for nothing."""


def _entries_of(path: str, content: bytes) -> Iterator[Entry]:
    if path.endswith(".py") and not _CALL.search(content):
        return
    method: Any = extract_python if path.endswith(".py") else babel_extract
    options = {} if path.endswith(".py") else _TEMPLATE_OPTIONS
    for line, texts, comments, context in extract(method, BytesIO(content), _KEYWORDS, (_COMMENT,), options):
        singular, plural = (texts, None) if isinstance(texts, str) else (texts[0], texts[1])
        place = Position(path, line)
        formatted = has_percent(singular) or (plural is not None and has_percent(plural))
        yield Entry(
            msgid=PoString(singular, place),
            plural=PoString(plural, place) if plural is not None else None,
            strings=(PoString("", place),) * (1 if plural is None else 2),
            context=PoString(context, place) if context is not None else None,
            flags=frozenset({"python-format"} if formatted else ()),
            extracted_comments=tuple(comment.removeprefix(_COMMENT).strip() for comment in comments),
            locations=(path,),
        )


def theme_templates(root: Path, folder: str) -> tuple[str, ...]:
    """Return the project paths of the templates in the folder `theme.custom_dir`; none of one outside the project."""
    folder = posixpath.normpath(folder) if folder else ".."
    is_outside = folder.startswith(("/", "../")) or folder == ".." or Path(folder).is_absolute()
    return () if is_outside else glob(root, f"{escape(folder)}/**/*.html")


def _configuration(root: Path) -> Node | None:
    content = read_project_file(root, "mkdocs.yml", MAX_BYTES)
    if isinstance(content, Problem):
        return None
    tree, _ = read_configuration(
        content.decode("utf-8", "replace")
    )  # the settings' reader says what is wrong
    return tree


def _site_entries(configuration: Node | None) -> Iterator[Entry]:
    """What the site's configuration says to readers: its name, description and copyright, titles in the
    navigation, and the names of the colour schemes. Their context is "site"."""
    for path, scalar in scalars(configuration):
        is_title = path[:1] == ("nav",) and path[-1:] == (KEY,)
        if path in _SITE_TEXTS or is_title or path[-2:] == ("toggle", "name"):
            place = Position("mkdocs.yml", scalar.line)
            yield Entry(
                msgid=PoString(scalar.value, place),
                strings=(PoString("", place),),
                context=PoString("site", place),
                locations=("mkdocs.yml",),
            )


_SITE_TEXTS = (
    ("site_name",),
    ("site_description",),
    ("copyright",),
    ("extra", "imagedocs", "head", "card_alt"),
)


def _joined(first: Entry, second: Entry) -> Entry:
    """One entry for a sentence that is used in two places, with a plural if either has one."""
    return replace(
        first,
        plural=first.plural or second.plural,
        strings=max(first.strings, second.strings, key=len),
        flags=first.flags | second.flags,
        extracted_comments=_unique((*first.extracted_comments, *second.extracted_comments)),
        locations=_unique((*first.locations, *second.locations)),
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def header_entry(comments: tuple[str, ...], fields: Mapping[str, str], path: str) -> Entry:
    """The first entry of a file."""
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    place = Position(path)
    return Entry(PoString("", place), (PoString(text, place),), comments=comments)
