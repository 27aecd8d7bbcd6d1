"""What the author chooses, and all files that follow from it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from imagedocs.locales.locale_file import LOCALES_PATH, read_locales
from imagedocs.problems import CannotRun
from imagedocs.references import is_domain
from imagedocs.registry.manifest import Manifest, dump_manifest
from imagedocs.schemas import render_schemas
from imagedocs.starting.columns import BUILT_IN, catalog_text, template_text
from imagedocs.starting.configuration import CONFIGURATION
from imagedocs.starting.languages import locale_entry

_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_NOT_COLUMNS = (
    "id",
    "repository",
    "tag",
    "digest",
    "listed",
    "status",
    "replacement",
    "attributes",
    "sources",
)


@dataclass(frozen=True, slots=True)
class Beginning:
    name: str
    """Of the site, in its default language."""
    registry: str
    """The host that the images are on."""
    locales: tuple[str, ...]
    """Tags; the first is the default."""
    columns: tuple[str, ...]
    site_url: str = ""


def begin(chosen: Beginning) -> Mapping[str, str]:
    """Project path -> text of the new project's files, but for its sentences.

    Raises CannotRun for what cannot be chosen.
    """
    _check(chosen)
    default, *others = chosen.locales
    title = json.dumps(chosen.name, ensure_ascii=False)
    address = chosen.site_url.rstrip("/") + "/" if chosen.site_url else ""
    locales = (
        "# yaml-language-server: $schema=locales.schema.json\n"
        "version: 1\n"
        f"default: {json.dumps(default)}\n"
        "locales:\n" + "".join(map(locale_entry, chosen.locales))
    )
    _, problems = read_locales(locales)
    if problems:
        raise CannotRun(f"the languages are no good: {problems[0].message}; {problems[0].hint}".rstrip("; "))
    schemas = render_schemas()
    return {
        "mkdocs.yml": CONFIGURATION.replace("NAME", title).replace(
            "ADDRESS",
            f"site_url: {json.dumps(address)}" if address else "# site_url: https://example.org/images/",
        ),
        ".gitignore": "/site/\n/.site-*/\n/.cache/\n",
        f"docs/{default}/index.md": (
            f"---\ntitle: {title}\n---\n# {chosen.name}\n\n[!INCLUDE [images](../../includes/images.md)]\n"
        ),
        **{f"docs/{tag}/.gitkeep": "" for tag in others},
        "includes/images.md.j2": template_text(chosen.columns),
        "catalog/images.yaml": catalog_text(chosen.registry, chosen.columns),
        "catalog/registry.json": dump_manifest(Manifest()),
        LOCALES_PATH: locales,
        **{path: schemas[path] for path in ("catalog/images.schema.json", "locales/locales.schema.json")},
    }


def _check(chosen: Beginning) -> None:
    if not is_domain(chosen.registry):
        raise CannotRun(f"{chosen.registry!r} is no host of a registry; write it alone, like ghcr.io")
    if not chosen.name.strip() or any(ord(letter) < 32 for letter in chosen.name):
        raise CannotRun("the name of the site is a text on one line")
    if chosen.site_url and not re.match(r"https?://[^\s/]", chosen.site_url):
        raise CannotRun(f"{chosen.site_url!r} is no address; write https://host/path/")
    for kind, given in (("language", chosen.locales), ("column", chosen.columns)):
        twice = next((one for one in given if given.count(one) > 1), None)
        if twice:
            raise CannotRun(f"the {kind} {twice} is given twice")
    for name in chosen.columns:
        if name in _NOT_COLUMNS:
            raise CannotRun(f"every image has {name!r}, or may have it; it is no column")
        if not _COLUMN.fullmatch(name):
            known = ", ".join(BUILT_IN)
            raise CannotRun(
                f"{name!r} is no name for a column; write one of {known}, or your own in lower-case letters, digits "
                "and underscores"
            )
