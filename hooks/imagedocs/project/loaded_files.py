"""Ask for everything that MkDocs looks at when it loads a configuration."""

import os
import re
from pathlib import Path

from imagedocs.files.reading import read_source
from imagedocs.incremental.reads import is_file, is_folder, raw_digest, variable
from imagedocs.yaml.configuration import PATH, read_configuration, scalars, value_at
from imagedocs.yaml.nodes import Scalar, Sequence

_FROM_ENVIRONMENT = re.compile(r"!ENV[ \t]+([^#\n]*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST_INHERITED = 10
"""Number of configuration files that are looked at: each may name another one."""


def look_at(root: Path, path: str = PATH, level: int = 0) -> bool:
    """Ask for all that MkDocs looks at when it loads a configuration file; return whether the file is YAML."""
    text = read_source(root, path).text
    node, problems = read_configuration(text)
    is_folder(root, "docs")
    for _, scalar in scalars(node):
        name = scalar.value
        if 0 < len(name) < 200 and name.isprintable() and not is_file(root, name):
            is_folder(root, name)
    hooks = value_at(node, "hooks")
    for hook in hooks.items if isinstance(hooks, Sequence) else ():
        if isinstance(hook, Scalar) and hook.value.isprintable():
            raw_digest(root, hook.value)
    for names in _FROM_ENVIRONMENT.findall(text):
        for name in _NAME.findall(names):
            variable(name)
    above = value_at(node, "INHERIT")
    if isinstance(above, Scalar) and level < _MOST_INHERITED:
        look_at(root, os.path.normpath(os.path.join(os.path.dirname(path), above.value)), level + 1)
    return not problems
