"""The catalog's JSON Schema (draft-07), from which editors complete and explain.

python -m imagedocs.catalog.schema > catalog/images.schema.json
"""

import json

from imagedocs.catalog.fields import catalog_schema

COMMAND = "python -m imagedocs.catalog.schema > catalog/images.schema.json"
"""What writes the committed file again."""


def render_schema() -> str:
    """The text of `catalog/images.schema.json`."""
    head: dict[str, object] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The catalog of container images",
        "description": f"Generated: {COMMAND}",
    }
    return json.dumps(head | catalog_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(render_schema(), end="")
