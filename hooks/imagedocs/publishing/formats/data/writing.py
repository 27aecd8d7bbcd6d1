"""Names of the files with data, and the bytes of JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Final, cast

LONGEST: Final = 200
"""Letters of an id that is the name of a file: names of files have at most 255."""


def image_path(image_id: str) -> str:
    """Return the path of the file of one image, below the folder of the version; empty for an id that is too long."""
    return f"images/{image_id}.json" if len(image_id) <= LONGEST else ""


def json_bytes(value: Mapping[str, object]) -> bytes:
    """Return a value as JSON: the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def json_lines(value: Mapping[str, object], items: str) -> bytes:
    """Return a value as JSON, with each item of its last field, the list `items`, on a line: small, and easy to compare."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    head = encode({**value, items: []}).removesuffix("]}")
    lines = ",\n".join(map(encode, cast("Sequence[object]", value[items])))
    return f"{head}\n{lines}\n]}}\n".encode()
