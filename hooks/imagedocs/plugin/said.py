"""Turn what MkDocs logs into problems, each at the place in the configuration that it is about."""

import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

from imagedocs.files.reading import read_source
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import did_you_mean
from imagedocs.yaml.configuration import read_configuration, scalars, value_at
from imagedocs.yaml.nodes import Mapping, Node

_OF_A_VALUE = re.compile(r"Config value '([^']+)': (.*)", re.DOTALL)
_QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
_OF_A_PLUGIN = re.compile(r"Plugin '([^']+)'")
_UNKNOWN_KEY = "Unrecognised configuration name: "


class Said(logging.Handler):
    """Handler that keeps the warnings and errors of MkDocs and of plugins."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    @property
    def last_error(self) -> str:
        """Text of the last error."""
        texts = [each.getMessage() for each in self._records if each.levelno >= logging.ERROR]
        return " ".join(texts[-1].split()) if texts else ""

    def problems(self, file: Path, known: Iterable[str] = ()) -> list[Problem]:
        """Return a problem for each warning that a strict build would fail for, and each error, but ours, which are known.
        `file` is the configuration, and `known` are the settings that MkDocs has."""
        places = _Places(file, tuple(known))
        return [
            places.problem(each.getMessage(), is_error=each.levelno >= logging.ERROR)
            for each in self._records
            if not each.getMessage().startswith("imagedocs: ")
        ]


class _Places:
    """Finds what messages are about in a configuration file."""

    def __init__(self, file: Path, known: tuple[str, ...]) -> None:
        self._file = file
        self._known = known
        self._root, _ = read_configuration(read_source(file.parent, file.name).text)

    def problem(self, message: str, *, is_error: bool) -> Problem:
        rule = Rule.BUILD_FAILED if is_error else Rule.BUILD_WARNING
        match = _OF_A_VALUE.fullmatch(message.replace(f"{self._file.parent}/", ""))
        if match is None:
            return Problem(Position(self._file.name), rule, self._line(message, is_error=is_error))
        key, what = match[1], match[2]
        if _UNKNOWN_KEY in what:
            name = what.rpartition(_UNKNOWN_KEY)[2].strip()
            plugin = _OF_A_PLUGIN.match(what)
            owner = f"the plugin {plugin[1]}" if plugin else "MkDocs"
            hint = "" if plugin else did_you_mean(name, self._known)
            position = self._find(key, what) if plugin else self._key(key)
            return Problem(position, rule, f'{owner} has no setting "{name}"', hint)
        kind = {"theme": "mkdocs.themes", "plugins": "mkdocs.plugins"}.get(key)
        quoted = [one or other for one, other in _QUOTED.findall(what)]
        known = sorted(each.name for each in entry_points(group=kind)) if kind else []
        hint = did_you_mean(quoted[0], known) if quoted and quoted[0] not in known else ""
        return Problem(self._find(key, what), rule, self._line(f"{key}: {what}", is_error=is_error), hint)

    def _line(self, text: str, *, is_error: bool) -> str:
        """Return a message on one line, without the lines of a traceback."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if any(line.startswith('File "') for line in lines):
            lines = [lines[0], lines[-1]]
        what = " ".join(" ".join(lines).split())
        return f"MkDocs cannot build the site: {what}" if is_error else what

    def _find(self, key: str, message: str) -> Position:
        """Return the place of what `message` quotes last in the value of `key`, else that of the value."""
        node = value_at(self._root, key)
        places = {scalar.value: scalar for _, scalar in reversed([*scalars(node)])}
        for one, other in reversed(_QUOTED.findall(message)):
            if (one or other) in places:
                return self._at(places[one or other])
        return self._at(node) if node is not None else self._key(key)

    def _key(self, name: str) -> Position:
        keys = self._root.entries if isinstance(self._root, Mapping) else ()
        return next((self._at(key) for key, _ in keys if key.value == name), Position(self._file.name))

    def _at(self, node: Node) -> Position:
        return Position(self._file.name, node.line, node.column)


def raised_at(error: BaseException, file: Path) -> Position:
    """Return the line of the site's own code, such as a hook, in which an error was raised; else the configuration."""
    return next(_own_lines(error, file.parent), Position(file.name))


def _own_lines(error: BaseException, root: Path) -> Iterator[Position]:
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(root):
        yield Position(Path(error.filename).relative_to(root).as_posix(), error.lineno or 0)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        is_own = path.is_relative_to(root) and "site-packages" not in path.parts
        if is_own and Path(__file__).parent.parent not in path.parents:
            yield Position(path.relative_to(root).as_posix(), frame.lineno or 0)
