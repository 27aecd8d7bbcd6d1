"""Tell a MkDocs site that imagedocs was added to from one that imagedocs builds, without loading MkDocs."""

import re
from pathlib import Path

NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""Names of MkDocs' configuration, in the order in which it looks for them."""
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


def is_added(file: Path) -> bool:
    """Return whether a configuration, with those that it inherits, names the plugin but not the dialect of imagedocs."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, ValueError):
        return False
    if _PLAINLY_BUILT.search(text):
        return False
    from imagedocs.added.configurations import chain
    from imagedocs.yaml.configuration import names_in, value_at

    plugins: set[str] = set()
    for root in chain(file):
        extensions = set(names_in(value_at(root, "markdown_extensions")))
        hooks = set(names_in(value_at(root, "hooks")))
        if DIALECT in extensions or any(hook.endswith(_HOOK) for hook in hooks):
            return False
        plugins |= set(names_in(value_at(root, "plugins")))
    return "imagedocs" in plugins
