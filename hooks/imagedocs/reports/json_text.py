"""JSON as all reports write it."""

import json


def to_json(document: object) -> str:
    """`document` with its keys in their order; half of a surrogate pair, which no file can hold, as an escape."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"
