"""The list of a new project: its template and its catalog, with the columns that the author wants."""

import json
import re
from collections.abc import Iterable

from imagedocs.parts import TABLES, list_template

_HEADING = re.compile(r"#(##+)(?=[ {])")
_ABOUT_OURS = " A project that `imagedocs init`\n    begins has this template too, without what is our own."

BUILT_IN = {
    # column -> its head, and the cell
    "framework": (
        '{{ _("Framework version") }}',
        "{% if not image.framework.is_none %}{{ image.framework.name }} {% endif %}{{ image.framework_version|known }}",
    ),
    "accelerator": ('{{ _("CPU/GPU") }}', "{{ image.accelerator }}"),
    "os": ('{{ _("Operating system") }}', "{{ image.os|known }}"),
    "python": ("Python", "{{ image.python|known }}"),
    "packages": ('{{ _("Preinstalled packages") }}', "{{ image.packages|known_codes }}"),
    "libraries": (
        '{{ _("Native libraries") }}',
        '{{ image.libraries|stacked if image.libraries else _("None") }}',
    ),
    "environment": ('{{ _("Curated environment") }}', "{{ image.environment|known }}"),
}
"""Fields of the catalog's form that may be columns."""

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


def template_text(columns: Iterable[str]) -> str:
    """Return `includes/images.md.j2`: the template of this project's own list, with tables of these columns."""
    text = list_template().replace(_ABOUT_OURS, "").replace(TABLES, _table_text(columns))
    return _HEADING.sub(r"\1", text)  # directly below the title of the page


def _table_text(columns: Iterable[str]) -> str:
    cells = [
        BUILT_IN.get(name) or (_head(name), f"{{{{ image.attributes.{name}|listed }}}}") for name in columns
    ]
    heads = "".join(f" {head} |" for head, _ in cells)
    rows = "".join(f" {cell} |" for _, cell in cells)
    return (
        '<div class="imagedocs-table" role="region" aria-label="{{ _("All images")|html }}" tabindex="0">\n\n'
        f'| {{{{ _("Image") }}}} |{heads}\n'
        f"|---|{'---|' * len(cells)}\n"
        "{% for image in images %}\n"
        f"| {{{{ image.reference|code }}}} |{rows}\n"
        "{% endfor %}\n\n"
        "</div>\n"
    )


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


def _head(name: str) -> str:
    words = name.replace("_", " ")
    return f'{{{{ _("{words[:1].upper()}{words[1:]}") }}}}'
