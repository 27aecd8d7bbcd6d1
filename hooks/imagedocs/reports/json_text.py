"""JSON as all reports write it."""

import json
import re

_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, direction marks and halves of surrogate pairs. In JSON they can only stand inside strings."""


def to_json(document: object) -> str:
    """`document` with its keys in their order, safe to show on a terminal."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
