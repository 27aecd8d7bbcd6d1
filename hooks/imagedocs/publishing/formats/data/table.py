"""The list as a table (CSV by RFC 4180, in UTF-8), for spreadsheets and shell scripts."""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final, cast

_COLUMNS: Final = (
    "id",
    "image",
    "references",
    "platforms",
    "status",
    "listed_from",
    "listed_until",
    "replaced_by",
    "is_supported",
    "last_certain_day",
    "known_bad_tags",
    "newest_good_tag",
    "framework",
    "framework_version",
    "accelerator",
    "os",
    "os_version",
    "python",
    "url",
    "as_of",
)
"""Columns of all tables. Those of a catalog's own follow, as `attributes.<name>`."""
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of texts that spreadsheets take for formulas (https://owasp.org/www-community/attacks/CSV_Injection)."""


def render_table(data: Mapping[str, Any]) -> bytes:
    """Return the table of all images. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    images: list[Mapping[str, Any]] = data["images"]
    own = list(dict.fromkeys(name for image in images for name in image["attributes"]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_COLUMNS, *(f"attributes.{name}" for name in own)])
    for image in images:
        row = {**_row(image), "as_of": data["as_of"]}
        cells = [*(row[column] for column in _COLUMNS), *(image["attributes"].get(name) for name in own)]
        writer.writerow(map(_cell, cells))
    return text.getvalue().encode()


def _row(image: Mapping[str, Any]) -> dict[str, object]:
    return {
        **{
            name: image[name]
            for name in ("id", "image", "references", "platforms", "status", "python", "url")
        },
        "listed_from": image["listed"]["from"],
        "listed_until": image["listed"]["until"],
        "replaced_by": _of(image["replaced_by"], "id"),
        "is_supported": _of(image["support"], "is_supported"),
        "last_certain_day": _of(image["support"], "last_certain_day"),
        "known_bad_tags": [tag for issue in image["known_issues"] for tag in issue["tags"]],
        "newest_good_tag": image["newest_good_tag"],
        "framework": _of(image["framework"], "name"),
        "framework_version": _of(image["framework"], "version"),
        "accelerator": image["accelerator"]["kind"],
        "os": _of(image["os"], "name"),
        "os_version": _of(image["os"], "version"),
    }


def _of(value: Mapping[str, object] | None, name: str) -> object:
    return value[name] if value is not None else None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    texts = cast("list[object]", value) if isinstance(value, list) else [value]
    shown = (_named(cast("Mapping[str, object]", each)) if isinstance(each, dict) else each for each in texts)
    return _safe(" ".join(map(str, shown)))


def _named(value: Mapping[str, object]) -> object:
    """Return the address of a link, or the name of an image."""
    return value.get("url") or value.get("reference")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text
