"""The columns of a list that the catalog's form has no field for, written as columns of the catalog."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from imagedocs.catalog.facts import Absence
from imagedocs.catalog.fields import ALWAYS, BUILT_IN, NO_COLUMNS
from imagedocs.importing.doubts import slug
from imagedocs.importing.entries import Entry
from imagedocs.suggestions import did_you_mean

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*(?:[=<>~!]=[A-Za-z0-9_.*+-]+)?")
_READ_AS_OTHER = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"))
_FIELDS = tuple(field.key for field in BUILT_IN)


def name_columns(entries: Iterable[Entry]) -> Mapping[str, str]:
    """Header of a column → its name in the catalog."""
    names: dict[str, str] = {}
    for header in dict.fromkeys(header for entry in entries for header in entry.attributes):
        name = slug(header).replace("-", "_")[:30].strip("_")
        if not name[:1].isalpha():
            name = f"column_{name}".rstrip("_")
        if name in (*_FIELDS, *ALWAYS, *NO_COLUMNS, "platforms") or did_you_mean(name, _FIELDS):
            name = f"own_{name}"
        unique, number = name, 1
        while unique in names.values():
            number += 1
            unique = f"{name}_{number}"
        names[header] = unique
    return names


def declared(names: Mapping[str, str]) -> Iterator[str]:
    """The lines that declare the columns of the catalog; none when the list has no columns of its own."""
    if not names:
        return
    # Libraries are what few images have, and a column asks all of them.
    fields = [name for name in _FIELDS if name != "libraries"]
    yield from ("", "columns:", *(f"  - {name}" for name in fields))
    for header, name in names.items():
        is_made = header == name.replace("_", " ").capitalize()  # as a catalog does without a title
        yield f"  - {name}" if is_made else f"  - {{name: {name}, title: {value_text(header)}}}"


def said(names: Mapping[str, str], entry: Entry) -> Iterator[str]:
    """The lines of an image in these columns, each of which needs an answer."""
    if not names:
        return
    yield "    attributes:"
    for header, name in names.items():
        value = entry.attributes.get(header, Absence.UNKNOWN)
        if isinstance(value, Absence):
            yield f"      {name}: {value}"
        elif len(value) == 1:
            yield f"      {name}: {value_text(value[0])}"
        else:
            yield f"      {name}: [{', '.join(map(value_text, value))}]"


def value_text(text: str) -> str:
    """`text` as YAML reads it as text, also inside braces."""
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_AS_OTHER:
        return text
    return json.dumps(text, ensure_ascii=False)
