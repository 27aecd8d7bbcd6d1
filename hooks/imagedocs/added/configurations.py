"""Read the configuration of a MkDocs site together with those that it inherits, without loading MkDocs."""

from collections.abc import Iterator
from pathlib import Path

from imagedocs.yaml.configuration import read_configuration, value_at
from imagedocs.yaml.nodes import Node, Scalar

_MOST_PARENTS = 10


def docs_folder(file: Path) -> Path:
    """Return the folder of the pages of the site of a configuration file."""
    for root in chain(file):
        folder = value_at(root, "docs_dir")
        if isinstance(folder, Scalar):
            return file.parent / folder.value
    return file.parent / "docs"


def theme_language(file: Path | None) -> str:
    """Return the language of the theme in a configuration file, as themes name it; `en` without one."""
    for root in chain(file) if file is not None else ():
        theme = value_at(root, "theme")
        for key in ("language", "locale"):
            language = value_at(theme, key)
            if isinstance(language, Scalar) and language.value:
                return language.value
    return "en"


def chain(file: Path) -> Iterator[Node | None]:
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
