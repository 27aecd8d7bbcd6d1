"""What the author chooses, and all files that follow from it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from imagedocs.locales.locale_file import LOCALES_PATH, read_locales
from imagedocs.problems import CannotRun
from imagedocs.publishing.list_template import template_text
from imagedocs.registry.manifest import Manifest, dump_manifest
from imagedocs.schemas import render_schemas
from imagedocs.starting.choices import check_each_once, check_registries, chosen_columns
from imagedocs.starting.columns import catalog_text
from imagedocs.starting.configuration import CONFIGURATION, NEED_ADDRESS
from imagedocs.starting.languages import locale_entry

_OWNER: Final = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]*[a-z],[0-9]{4}")
"""A domain and a year, as the setting `owner` has them."""


@dataclass(frozen=True, slots=True)
class Beginning:
    name: str
    """Of the site, in its default language."""
    registries: tuple[str, ...]
    """The hosts that the images are on; the first is that of images that name none."""
    locales: tuple[str, ...]
    """Tags; the first is the default."""
    columns: tuple[str, ...]
    """Names, each perhaps with a colon and the type of its values."""
    year: int
    """The year in which the project begins."""
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
    columns = chosen_columns(chosen.columns)
    catalog = catalog_text(chosen.registries, columns)
    schemas = render_schemas(catalog)
    return {
        "mkdocs.yml": CONFIGURATION.replace("FEEDS", _published(address, chosen.year))
        .replace(
            "ADDRESS",
            f"site_url: {json.dumps(address)}" if address else "# site_url: https://example.org/images/",
        )
        .replace("NAME", title),
        ".gitignore": "/site/\n/.site-*/\n/.cache/\n",
        f"docs/{default}/index.md": (
            f"---\ntitle: {title}\n---\n# {chosen.name}\n\n[!INCLUDE [images](../../includes/images.md)]\n"
        ),
        **{f"docs/{tag}/.gitkeep": "" for tag in others},
        "includes/images.md.j2": template_text(each.name for each in columns),
        "catalog/images.yaml": catalog,
        "catalog/registry.json": dump_manifest(Manifest()),
        LOCALES_PATH: locales,
        **{path: schemas[path] for path in ("catalog/images.schema.json", "locales/locales.schema.json")},
    }


def _published(address: str, year: int) -> str:
    """Return the settings of what is published only if the address of the site is known; without it, as comments."""
    owner = f"{urlsplit(address).hostname or ''},{year}"
    is_owner = _OWNER.fullmatch(owner) is not None
    is_set = {"feeds": is_owner, "owner": is_owner, "robots": urlsplit(address).path == "/"}
    lines = (
        f"    {'' if is_set[key] else '# '}{key}: {value.replace('OWNER', owner if is_owner else f'example.org,{year}')}"
        for key, value in NEED_ADDRESS.items()
    )
    return "\n".join(lines)


def _check(chosen: Beginning) -> None:
    check_registries(chosen.registries)
    if not chosen.name.strip() or any(ord(letter) < 32 for letter in chosen.name):
        raise CannotRun("the name of the site is a text on one line")
    if chosen.site_url and not re.match(r"https?://[^\s/]", chosen.site_url):
        raise CannotRun(f"{chosen.site_url!r} is no address; write https://host/path/")
    check_each_once("language", chosen.locales)
