"""Say what changed on a site: as Markdown for a pull request, as text for a terminal, as JSON for programs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from imagedocs.comparing.differences import Change, Comparison, FileChange, LocaleChange, PageChange
from imagedocs.comparing.images import ImageChange
from imagedocs.reports.json_text import to_json
from imagedocs.reports.markdown_text import as_markdown
from imagedocs.reports.surroundings import printable

_MOST_ROWS = 200
"""Number of rows of a table in Markdown: GitHub refuses the summary of a step that has more than 1 MiB."""
_LONGEST = 120
"""Number of characters that are shown of a title or a path in Markdown."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where readers of a report can look."""

    old: str = ""
    """Address of the old site; empty if it is nowhere."""
    new: str = ""
    """Address of the new site, such as a preview."""
    source: Callable[[PageChange], str] = lambda _page: ""
    """Return the address of the file that a page is made from; empty if that is not known."""


def summarize(found: Comparison) -> str:
    """Return all numbers in one sentence."""
    parts = [
        *_counted([_change_of(page) for page in found.pages], "page"),
        *_counted([image.change for image in found.images or ()], "image"),
        *_counted([str(file.change) for file in found.data], "data file"),
    ]
    return f"{'; '.join(parts)}." if parts else "Nothing that readers or their programs get has changed."


def _counted(changes: Iterable[str], noun: str) -> list[str]:
    """`2 pages added`, and the same for each other change."""
    return [
        f"{number} {noun}{'' if number == 1 else 's'} {change}"
        for change, number in sorted(Counter(changes).items())
    ]


def _change_of(page: PageChange) -> str:
    """Return what became of a page: the change of all its locales, or "changed" where they differ."""
    changes = {locale.change for locale in page.locales}
    return str(changes.pop() if len(changes) == 1 else Change.CHANGED)


def _groups(page: PageChange) -> list[tuple[LocaleChange, list[str]]]:
    """Return the different changes of a page, each with the languages that have it."""
    found: dict[tuple[Change, int, int, int], list[LocaleChange]] = {}
    for locale in page.locales:
        found.setdefault(locale.kind, []).append(locale)
    return [(group[0], [locale.language or "?" for locale in group]) for group in found.values()]


def _details(page: PageChange, languages: int) -> str:
    """`en: changed (+1 −1); de, es: added`, for a site in so many languages."""
    said: list[str] = []
    for locale, names in _groups(page):
        where = f"all {languages} languages" if len(names) == languages else ", ".join(names)
        said.append(f"{where}: {_said(locale)}" if languages > 1 else _said(locale))
    return "; ".join(said)


def _said(locale: LocaleChange) -> str:
    if locale.change is Change.REPLACED:
        return "replaced by a page that leads on"
    if locale.change is not Change.CHANGED:
        return str(locale.change)
    numbers = [f"{sign}{number}" for sign, number in (("+", locale.added), ("−", locale.removed)) if number]
    said = [" ".join(numbers)] if numbers else []
    if locale.links:
        said.append(f"{locale.links} {'link' if locale.links == 1 else 'links'}")
    return f"changed ({', '.join(said) or 'order'})"


def address_of(path: str) -> str:
    """Return the address of a page, relative to the root of the site."""
    folder = path.removesuffix("index.html")
    return folder if path == "index.html" or folder.endswith("/") else path


def _file(file: FileChange) -> str:
    return f"{file.change} in {file.languages} languages" if file.languages > 1 else str(file.change)


def render_text(found: Comparison, _addresses: Addresses) -> str:
    lines = [summarize(found)]
    if found.pages:
        rows = [(f"/{address_of(page.path)}", _details(page, found.languages)) for page in found.pages]
        lines += ["", "Pages (passages that are new: +; that are gone: −)", *_aligned(rows)]
    if found.images:
        lines += ["", "Images", *_aligned([(image.id, _image(image)) for image in found.images])]
    if found.data:
        lines += ["", "Data", *_aligned([(file.path, _file(file)) for file in found.data])]
    if found.others:
        lines += ["", f"Other files: {len(found.others)}"]
    return "\n".join(map(printable, lines)) + "\n"


def _aligned(rows: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(rows)
    width = max(len(first) for first, _ in rows)
    return [f"  {first:<{width}}  {second}" for first, second in rows]


def _image(image: ImageChange) -> str:
    return f"{image.change}: {', '.join(image.fields)}" if image.fields else image.change


def render_markdown(found: Comparison, addresses: Addresses) -> str:
    lines = ["## What changed on the site", "", summarize(found)]
    if found.pages:
        rows = [_page_row(page, found, addresses) for page in found.pages]
        lines += ["", "### Pages", "", *_table(("Page", "Address", "Change"), rows)]
        lines += ["", "Passages that are new (+) and that are gone (−), in each language."]
    if found.images:
        rows = [
            (_linked(image.id, _page_of(image, found, addresses)), as_markdown(_image(image)))
            for image in found.images
        ]
        lines += ["", "### Images", "", *_table(("Image", "Change"), rows)]
    elif found.images is None:
        lines += ["", "Images were not compared: not both of the sites publish data about them."]
    if found.data:
        rows = [(_linked(file.path, _file_address(file, addresses)), _file(file)) for file in found.data]
        lines += ["", "### Data", "", *_table(("File", "Change"), rows)]
    if found.others:
        number = len(found.others)
        lines += [
            "",
            f"{number} other {'file' if number == 1 else 'files'} differ{'s' if number == 1 else ''}.",
        ]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows[:_MOST_ROWS])]
    return lines + ([f"\n… and {len(rows) - _MOST_ROWS} more."] if len(rows) > _MOST_ROWS else [])


def _page_row(page: PageChange, found: Comparison, addresses: Addresses) -> tuple[str, str, str]:
    first = page.locales[0]
    base = addresses.old if first.change is Change.REMOVED else addresses.new
    name = _linked(page.title or address_of(page.path) or "/", _joined(base, address_of(first.path)))
    source = addresses.source(page)
    name += f" ([source]({source}))" if source else ""
    return name, _code(f"/{address_of(page.path)}"), _details(page, found.languages)


def _page_of(image: ImageChange, found: Comparison, addresses: Addresses) -> str:
    """Return the address of the page of an image, if that changed too."""
    ends = (f"/{image.id}/index.html", f"/{image.id}.html")
    page = next((page for page in found.pages if f"/{page.path}".endswith(ends)), None)
    return _joined(addresses.new, address_of(page.path)) if page and image.change != "removed" else ""


def _file_address(file: FileChange, addresses: Addresses) -> str:
    return _joined(addresses.old if file.change is Change.REMOVED else addresses.new, file.path)


def _joined(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{quote(path)}" if base else ""


def _linked(text: str, address: str) -> str:
    return f"[{_shown(text)}]({address})" if address else _shown(text)


def _shown(text: str) -> str:
    return as_markdown(printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"))


def _code(text: str) -> str:
    """Return `text` as code, if no character of it can end that."""
    return f"`{text}`" if re.fullmatch(r"[\w/.~%+=,-]{1,120}", text) else _shown(text)


def render_json(found: Comparison, addresses: Addresses) -> str:
    pages = [
        {
            "path": page.path,
            "title": page.title,
            "source": addresses.source(page) or None,
            "languages": [
                {
                    "language": locale.language or None,
                    "path": locale.path,
                    "change": str(locale.change),
                    "added": locale.added,
                    "removed": locale.removed,
                    "links": locale.links,
                }
                for locale in page.locales
            ],
        }
        for page in found.pages
    ]
    images = [{"id": one.id, "change": one.change, "fields": list(one.fields)} for one in found.images or ()]
    data = [{"path": one.path, "change": one.change, "languages": one.languages} for one in found.data]
    others = [{"path": one.path, "change": one.change} for one in found.others]
    published = None if found.images is None else images
    return to_json({"version": 1, "pages": pages, "images": published, "data": data, "others": others})


FORMATS: Final = {"json": render_json, "markdown": render_markdown, "text": render_text}
"""Format -> function that renders a comparison."""
