"""Tell a MkDocs site that imagedocs was added to from one that imagedocs builds, without loading MkDocs."""

import re
from collections.abc import Iterator
from pathlib import Path

from imagedocs.yaml.configuration import names_in, read_configuration, value_at
from imagedocs.yaml.nodes import Node, Scalar

NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""Names of MkDocs' configuration, in the order in which it looks for them."""
DIALECT = "imagedocs.markdown"
"""Markdown extension of the sites that imagedocs builds."""
_HOOK = "localize_site.py"
"""Hook of the sites that imagedocs builds from a checkout."""
_PLAINLY_BUILT = re.compile(
    rf"^[ \t]*-[ \t]*[\"']?(?:{re.escape(DIALECT)}|hooks/{re.escape(_HOOK)})\b", re.MULTILINE
)
"""Line that names one of them in the usual form, so that the file need not be parsed."""
_MOST_PARENTS = 10


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
    plugins: set[str] = set()
    for root in _chain(file):
        extensions = set(names_in(value_at(root, "markdown_extensions")))
        hooks = set(names_in(value_at(root, "hooks")))
        if DIALECT in extensions or any(hook.endswith(_HOOK) for hook in hooks):
            return False
        plugins |= set(names_in(value_at(root, "plugins")))
    return "imagedocs" in plugins


def docs_folder(file: Path) -> Path:
    """Return the folder of the pages of the site of a configuration file."""
    for root in _chain(file):
        folder = value_at(root, "docs_dir")
        if isinstance(folder, Scalar):
            return file.parent / folder.value
    return file.parent / "docs"


def _chain(file: Path) -> Iterator[Node | None]:
    """Yield the tree of a configuration, and those of the ones that it inherits, nearest first."""
    for _ in range(_MOST_PARENTS):
        try:
            root, _problems = read_configuration(file.read_text("utf-8-sig"))
        except (OSError, ValueError):
            return
        yield root
        parent = value_at(root, "INHERIT")
        if not isinstance(parent, Scalar):
            return
        file = file.parent / parent.value
