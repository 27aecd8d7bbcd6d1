"""Template, values and a locale's sentences in, Markdown out.

Templates are Jinja2 in a sandbox. Whatever a template prints is escaped for Markdown unless it is Markdown
already: the text of the template itself, a translated sentence, or what one of the filters made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType

import jinja2
from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes

from imagedocs.problems import Position, Problem, Rule
from imagedocs.rendering.lines import without_marks
from imagedocs.rendering.sandbox import Environment, Messages
from imagedocs.rendering.text import Markdown, code, linked, stacked
from imagedocs.rendering.untranslated import with_languages
from imagedocs.suggestions import did_you_mean

__all__ = ["MAX_SOURCE", "Markdown", "Messages", "Rendered", "Template", "code", "linked", "stacked"]

MAX_SOURCE = 1024 * 1024
"""Characters that a template may have."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template became."""

    text: str
    lines: tuple[int, ...] = ()
    """The line of the template that each line of `text` was made by."""
    problems: tuple[Problem, ...] = ()


class Template:
    """The text of a template, in the language of `messages`; compiled when it is first rendered."""

    def __init__(
        self,
        path: str,
        text: str,
        messages: Messages,
        filters: Mapping[str, Callable[..., str]] | None = None,
    ) -> None:
        """`path` is project-relative: where the template's problems are."""
        self._path = path
        self._text = text
        self._environment = Environment(messages, filters or {})
        self._compiled: tuple[frozenset[str], jinja2.Template | tuple[Problem, ...]] | None = None
        """For values of these names: the template, or what is wrong with it."""

    def render(self, values: Mapping[str, object]) -> Rendered:
        """The text that the template makes of `values`.

        Never raises for anything that a template may hold: what is wrong with it are problems, and the text
        is then empty.
        """
        try:
            names = frozenset(values)
            if self._compiled is None or self._compiled[0] != names:
                self._compiled = (names, self._compile(names))
            template = self._compiled[1]
            if isinstance(template, tuple):
                return Rendered("", (), template)
            self._environment.begin()
            text = "".join(template.generate(values))
        except TemplateSyntaxError as error:
            return self._failed(error.lineno, error.message or "the template cannot be read")
        except RecursionError:
            return self._failed(0, "the template is nested too deeply")
        except KeyError as error:
            message = f"a sentence has the placeholder %({error.args[0]})s, and nothing is given for it"
            return self._failed(_template_line(error), message)
        except TemplateError as error:
            return self._failed(_template_line(error), error.message or "the template cannot be rendered")
        except Exception as error:  # noqa: BLE001  # a template is a program: whatever it trips over is its fault
            return self._failed(_template_line(error), f"{type(error).__name__}: {error}".rstrip(": "))
        return Rendered(*without_marks(with_languages(text)))

    def _compile(self, names: frozenset[str]) -> jinja2.Template | tuple[Problem, ...]:
        environment = self._environment
        if len(self._text) > MAX_SOURCE:
            return self._failed(0, f"the template is longer than {MAX_SOURCE} characters").problems
        read = _read(environment, self._text)
        if unknown := tuple(dict.fromkeys(_unknown_filters(self._path, read.filters, environment.filters))):
            return unknown
        if read.undeclared is None:
            read.undeclared = meta.find_undeclared_variables(read.tree)
        known = {*environment.globals, *names}
        if undefined := read.undeclared - known:
            return tuple(_undefined_names(self._path, read.tree, undefined, known))
        if read.code is None:
            read.tree.set_environment(environment)
            read.code = environment.compile(read.tree)
        return environment.template_class.from_code(environment, read.code, environment.make_globals(None))

    def _failed(self, line: int, message: str) -> Rendered:
        problem = Problem(Position(self._path, line), Rule.TEMPLATE_ERROR, message.rstrip("."))
        return Rendered("", (), (problem,))


_MOST_READ = 16
"""Templates that are kept: more than a project has, as a rule."""
_LONGEST_READ = 64 * 1024
"""Characters of a template that is kept."""
_known: dict[str, "_Read"] = {}


@dataclass(slots=True)
class _Read:
    """What is the same of a template in every language."""

    tree: nodes.Template
    filters: tuple[tuple[str, int], ...]
    """Name and line of each filter that it calls."""
    undeclared: set[str] | None = None
    """Names that it doesn't give a value itself, once all its filters are known."""
    code: CodeType | None = None
    """Compiled, once there is nothing wrong with it."""


def _read(environment: Environment, text: str) -> _Read:
    """Return what is the same of a template in every language, and keep it."""
    if text not in _known:
        tree = environment.parse(text)
        read = _Read(tree, tuple((node.name, node.lineno) for node in tree.find_all(nodes.Filter)))
        if len(text) > _LONGEST_READ:
            return read
        if len(_known) >= _MOST_READ:
            _known.clear()
        _known[text] = read
    return _known[text]


def _undefined_names(
    path: str, tree: nodes.Template, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    for node in tree.find_all(nodes.Name):
        if node.name in names and node.ctx == "load":
            all_names = f"the names there are: {', '.join(sorted(name for name in known if name != '_'))}"
            hint = did_you_mean(node.name, known) or all_names
            yield Problem(
                Position(path, node.lineno), Rule.TEMPLATE_ERROR, f'"{node.name}" is not defined', hint
            )


def _unknown_filters(
    path: str, called: Iterable[tuple[str, int]], known: Mapping[str, object]
) -> Iterator[Problem]:
    for name, line in called:
        if name not in known:
            hint = did_you_mean(name, known) or f"the filters there are: {', '.join(sorted(known))}"
            yield Problem(Position(path, line), Rule.TEMPLATE_ERROR, f'there is no filter "{name}"', hint)


def _template_line(error: BaseException) -> int:
    """The line of the template that raised `error`: Jinja rewrites tracebacks in its terms."""
    line, traceback = 0, error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
