"""Make the template of the list for a project that has none of its own."""

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

_STATE = (
    '{% if image.is_deprecated %}<br>{{ _("Deprecated") }}{% endif %}{% if image.replacement %}<br>'
    '{{ _("Use %(image)s instead.", image=image.replacement|code) }}{% endif %}'
)
"""What stands below the name of an image that is not for new work."""


def template_text(columns: Iterable[str]) -> str:
    """Return `includes/images.md.j2`: the template of this project's own list, with tables of these columns."""
    text = list_template().replace(_ABOUT_OURS, "").replace(TABLES, _table_text(columns))
    return _HEADING.sub(r"\1", text)  # directly below the title of the page


def _table_text(columns: Iterable[str]) -> str:
    cells = [
        (*BUILT_IN[name], "---")
        if name in BUILT_IN
        else (_head(name), f"{{{{ image.attributes.{name}|listed }}}}", _rule(name))
        for name in columns
    ]
    heads = "".join(f" {head} |" for head, _, _ in cells)
    rows = "".join(f" {cell} |" for _, cell, _ in cells)
    rules = "".join(f"{rule}|" for _, _, rule in cells)
    return (
        '<div class="imagedocs-table" role="region" aria-label="{{ _("All images")|html }}" tabindex="0">\n\n'
        f'| {{{{ _("Image") }}}} |{heads}\n'
        f"|---|{rules}\n"
        "{% for image in images %}\n"
        f"| {{{{ image.reference|code }}}}{_STATE} |{rows}\n"
        "{% endfor %}\n\n"
        "</div>\n"
    )


def _rule(name: str) -> str:
    """Return the part of a table below the head of an own column: numbers stand on the right."""
    return f'{{% if "{name}" in numbers %}}---:{{% else %}}---{{% endif %}}'


def _head(name: str) -> str:
    words = name.replace("_", " ")
    return f'{{{{ _("{words[:1].upper()}{words[1:]}") }}}}'
