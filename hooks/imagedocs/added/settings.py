"""Read the settings of a site that imagedocs was added to: `extra.imagedocs`, wherever MkDocs found it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml as pyyaml

from imagedocs.findings import Findings
from imagedocs.own_settings import OwnSettings, read_own_settings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.configuration import read_configuration, value_at
from imagedocs.yaml.nodes import Node, read_yaml


@dataclass(frozen=True)
class AddedSettings:
    """Settings of the site."""

    own: OwnSettings
    configuration: str
    """Name of the configuration file."""

    @property
    def levels(self) -> Mapping[str, str]:
        """Name of a rule -> the severity that it has in this site."""
        return self.own.levels

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Problems with the settings."""
        return self.own.problems

    @property
    def folders(self) -> Mapping[str, str]:
        """Setting -> folder of each kind of pages or files that the site asks for."""
        return {setting: folder.path for setting, folder in self.own.folders.items() if folder.is_wanted}

    def lacking(self, setting: str, message: str, hint: str) -> Problem:
        """Return the problem that a setting needs another one."""
        folder = self.own.folders.get(setting)
        position = folder.at if folder else Position(self.configuration)
        return Problem(position, Rule.MISSING_FIELD, message, hint)

    def collision(self, setting: str, place: str, other: str) -> Problem:
        """Return the problem that a generated page has the place of a file that exists."""
        folder = self.own.folders.get(setting)
        position = folder.at if folder else Position(self.configuration)
        message = f"{place} is not made from the catalog: {other} is there"
        hint = f"give {setting} another prefix" if folder and folder.path else f"write {setting}: false"
        return Problem(position, Rule.PAGE_COLLISION, message, hint)


def read_settings(file: Path, given: object = None) -> AddedSettings:
    """Read the settings. `given` is the value that MkDocs has read, if it has, which may come from a file that `file`
    inherits."""
    node = _written(file)
    if node is None and given is not None:
        text = pyyaml.safe_dump(given, allow_unicode=True)
        node = read_yaml(file.name, text)[0]
        own = read_own_settings(file.name, node)
        here = Position(file.name)
        problems = tuple(Problem(here, each.rule, each.message, each.hint) for each in own.problems)
        own, node = replace(own, problems=problems), None
    else:
        own = read_own_settings(file.name, node)
    idle = tuple(_idle(file.name, node, own))
    return AddedSettings(replace(own, problems=(*own.problems, *idle)), file.name)


def _idle(name: str, node: Node | None, own: OwnSettings) -> Iterator[Problem]:
    """Yield a problem for each setting that says something of pages or files which imagedocs doesn't make here."""
    head = own.head
    wanted = {
        "headers": own.headers is not None,
        "lastmod": own.lastmod,
        "head.touch_icon": bool(head and head.touch_icon),
        "head.colors": bool(head and (head.light or head.dark)),
    }
    for path, is_wanted in wanted.items():
        if is_wanted:
            found = node
            for key in path.split("."):
                found = value_at(found, key)
            message = f"{path} has no effect in a site that imagedocs does not build"
            at = Findings(name).at(found) if found else Position(name)
            yield Problem(at, Rule.UNKNOWN_KEY, message, "remove it")


def _written(file: Path) -> Node | None:
    """Return the node of `extra.imagedocs` in the configuration file itself."""
    try:
        root, _ = read_configuration(file.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return None
    return value_at(value_at(root, "extra"), "imagedocs")
