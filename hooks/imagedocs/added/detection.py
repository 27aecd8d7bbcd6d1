"""Tell apart sites that imagedocs builds, MkDocs sites that it was added to, and catalogs beside whatever else, without
loading MkDocs."""

import re
from enum import Enum, auto
from pathlib import Path

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
"""Names of the configuration of MkDocs, in the order in which it looks for them, and of ProperDocs."""
DIALECT = "imagedocs.markdown"
"""Markdown extension of the sites that imagedocs builds."""
_HOOK = "localize_site.py"
"""Hook of the sites that imagedocs builds from a checkout."""
_PLAINLY_BUILT = re.compile(
    rf"^[^#\n]*[-\[,][ \t]*[\"']?(?:{re.escape(DIALECT)}|hooks/{re.escape(_HOOK)})\b", re.MULTILINE
)
"""Line that names one of them in the usual form, so that the file need not be parsed, and no parser be loaded."""


def configuration_in(root: Path) -> Path | None:
    """Return the configuration file of the site in a folder; `None` where there is none."""
    return next((root / name for name in NAMES if (root / name).is_file()), None)


class Kind(Enum):
    """Part that imagedocs has in the site of a folder."""

    BUILT = auto()
    """Site of imagedocs' own, or none: the commands for such sites say what is missing."""
    ADDED = auto()
    """MkDocs site that names the plugin."""
    CATALOG = auto()
    """Catalog beside pages that another program renders, or that nothing renders."""


def kind_of(root: Path, file: Path | None) -> Kind:
    """Return the kind of the site in a folder; `file` is its MkDocs configuration, or `None` without one."""
    kind = _kind_of_configuration(file) if file is not None else None
    if kind is not None:
        return kind
    has_catalog = (root / "catalog/images.yaml").is_file() and not (root / "locales/locales.yaml").is_file()
    return Kind.CATALOG if has_catalog else Kind.BUILT


def _kind_of_configuration(file: Path) -> Kind | None:
    """Return the kind that a configuration, with those that it inherits, says; `None` where imagedocs isn't named."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None
    if _PLAINLY_BUILT.search(text):
        return Kind.BUILT
    from imagedocs.added.configurations import chain
    from imagedocs.yaml.configuration import names_in, value_at

    plugins: set[str] = set()
    for root in chain(file):
        extensions = set(names_in(value_at(root, "markdown_extensions")))
        hooks = set(names_in(value_at(root, "hooks")))
        if DIALECT in extensions or any(hook.endswith(_HOOK) for hook in hooks):
            return Kind.BUILT
        plugins |= set(names_in(value_at(root, "plugins")))
    return Kind.ADDED if "imagedocs" in plugins else None
