"""YAML as JSON has it, for what is to be compared with a JSON Schema."""

from typing import Any

import yaml


class _TextLoader(yaml.SafeLoader):
    """Days stay text."""


_TextLoader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_plain(text: str) -> Any:
    """Return what a file of YAML says, without objects of Python and without days."""
    return yaml.load(text, _TextLoader)  # noqa: S506  # it is a safe loader with one type less
