"""The list of a new project: its template and its catalog, with the columns that the author wants."""

import json

from imagedocs.catalog.facts import Column, ColumnType
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
_VALUES: dict[ColumnType | None, str] = {
    None: "a text in quotes, a list of texts",
    ColumnType.TEXT: "a text in quotes",
    ColumnType.LIST: "a list of texts",
    ColumnType.NUMBER: "a number such as 12.5",
    ColumnType.DATE: "a day such as 2027-01-31",
    ColumnType.LINK: "an address",
    ColumnType.TAG: "a tag of the image in quotes",
    ColumnType.TAGS: "a list of tags of the image",
    ColumnType.IMAGE: "the id of an image, host/repository:tag",
    ColumnType.IMAGES: "a list of ids of images, of host/repository:tag",
}
"""What may stand in a column."""
_TABLES = {
    "framework": "frameworks:\n  none: {name: No framework}\n",
    "os": "systems:\n  debian: {name: Debian}\n",
}


def catalog_text(registries: tuple[str, ...], columns: tuple[Column, ...]) -> str:
    """`catalog/images.yaml`, with no image yet."""
    registry, *others = registries
    own = [each for each in columns if each.name not in BUILT_IN]
    declared = ", ".join(
        f"{{name: {each.name}, type: {each.type}}}" if each.type else each.name for each in columns
    )
    example = [
        "- id: web",
        *([f"  registry: {others[0]} # when it isn't in {registry}"] if others else []),
        "  repository: team/web # relative to the registry",
        '  tag: "1.0"',
        *(f"  {_EXAMPLES[each.name]}" for each in columns if each.name in BUILT_IN),
        *(["  attributes:"] if own else []),
        *(f"    {each.name}: unknown # or {_VALUES[each.type]}, none, not-applicable" for each in own),
    ]
    tables = "".join(f"\n{_TABLES[each.name]}" for each in columns if each.name in _TABLES)
    return (
        "# yaml-language-server: $schema=images.schema.json\n"
        "#\n"
        "# The images of the site, in the order of the list. Editors complete the fields by the schema.\n"
        "version: 2\n"
        f"registry: {json.dumps(registry)}\n"
        + "".join("registries: # others that images name\n" for _ in others[:1])
        + "".join(f"  {json.dumps(host)}: {{}}\n" for host in others)
        + f"columns: [{declared}] # what each image says of itself\n"
        f"{tables}\n"
        "# Write an entry for each image, like this one, in place of []:\n"
        + "".join(f"#   {line}\n" for line in example)
        + "images: []\n"
    )
