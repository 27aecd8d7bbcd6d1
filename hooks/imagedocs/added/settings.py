"""Read the settings of a site that imagedocs was added to: `extra.imagedocs`, wherever MkDocs found it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml as pyyaml

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
        return Problem(position, Rule.PAGE_COLLISION, message, f"give {setting} another prefix")


def read_settings(file: Path, given: object) -> AddedSettings:
    """Read the settings. `given` is the value that MkDocs has read, which may come from a file that `file` inherits."""
    node = _written(file)
    if node is None and given is not None:
        text = pyyaml.safe_dump(given, allow_unicode=True)
        node = read_yaml(file.name, text)[0]
        own = read_own_settings(file.name, node)
        here = Position(file.name)
        problems = tuple(Problem(here, each.rule, each.message, each.hint) for each in own.problems)
        own = OwnSettings(own.publisher, own.folders, problems, own.levels, own.contributors)
    else:
        own = read_own_settings(file.name, node)
    return AddedSettings(own, file.name)


def _written(file: Path) -> Node | None:
    """Return the node of `extra.imagedocs` in the configuration file itself."""
    try:
        root, _ = read_configuration(file.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return None
    return value_at(value_at(root, "extra"), "imagedocs")
