"""The list of a new project: its template and its catalog, with the columns that the author wants."""

import json

from imagedocs.publishing.list_template import BUILT_IN

_EXAMPLES = {
    "framework": "framework: none",
    "accelerator": "accelerator: {kind: cpu}",
    "os": "os: unknown",
    "python": 'python: "3.12"',
    "packages": "packages: [numpy>=2]",
    "libraries": 'libraries: {OpenSSL: "3.0"}',
    "environment": "environment: none",
}
_TABLES = {
    "framework": "frameworks:\n  none: {name: No framework}\n",
    "os": "systems:\n  debian: {name: Debian}\n",
}


def catalog_text(registry: str, columns: tuple[str, ...]) -> str:
    """`catalog/images.yaml`, with no image yet."""
    own = [name for name in columns if name not in BUILT_IN]
    example = [
        "- id: web",
        "  repository: team/web # relative to the registry",
        '  tag: "1.0"',
        *(f"  {_EXAMPLES[name]}" for name in columns if name in BUILT_IN),
        *(["  attributes:"] if own else []),
        *(
            f"    {name}: unknown # or a text in quotes, a list of texts, none, not-applicable"
            for name in own
        ),
    ]
    tables = "".join(f"\n{_TABLES[name]}" for name in columns if name in _TABLES)
    return (
        "# yaml-language-server: $schema=images.schema.json\n"
        "#\n"
        "# The images of the site, in the order of the list. Editors complete the fields by the schema.\n"
        "version: 2\n"
        f"registry: {json.dumps(registry)}\n"
        f"columns: [{', '.join(columns)}] # what each image says of itself\n"
        f"{tables}\n"
        "# Write an entry for each image, like this one, in place of []:\n"
        + "".join(f"#   {line}\n" for line in example)
        + "images: []\n"
    )
