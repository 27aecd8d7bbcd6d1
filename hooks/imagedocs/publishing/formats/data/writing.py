"""Names of the files with data, and the bytes of JSON."""

import json
from collections.abc import Mapping
from typing import Final

LONGEST: Final = 200
"""Letters of an id that is the name of a file: names of files have at most 255."""


def image_path(image_id: str) -> str:
    """Return the path of the file of one image, below the folder of the version; empty for an id that is too long."""
    return f"images/{image_id}.json" if len(image_id) <= LONGEST else ""


def json_bytes(value: Mapping[str, object]) -> bytes:
    """Return a value as JSON: the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
