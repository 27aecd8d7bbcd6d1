"""Template, values and a locale's sentences in, Markdown out.

Templates are Jinja2 in a sandbox. Whatever a template prints is escaped for Markdown unless it is Markdown
already: the text of the template itself, a translated sentence, or what one of the filters made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes

from imagedocs.problems import Position, Problem, Rule
from imagedocs.rendering.lines import without_marks
from imagedocs.rendering.sandbox import Environment, Messages
from imagedocs.rendering.text import Markdown, code, stacked
from imagedocs.suggestions import did_you_mean

__all__ = ["MAX_SOURCE", "Markdown", "Messages", "Rendered", "code", "render", "stacked"]

MAX_SOURCE = 1024 * 1024
"""Characters that a template may have."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template became."""

    text: str
    lines: tuple[int, ...] = ()
    """The line of the template that each line of `text` was made by."""
    problems: tuple[Problem, ...] = ()


def render(
    path: str,
    template: str,
    messages: Messages,
    values: Mapping[str, object],
    filters: Mapping[str, Callable[..., str]] | None = None,
) -> Rendered:
    """Render the text of the template `path` (project-relative: where its problems are).

    Never raises for anything that a template may hold: what is wrong with it are problems, and the text
    is then empty.
    """
    if len(template) > MAX_SOURCE:
        return _failed(path, 0, f"the template is longer than {MAX_SOURCE} characters")
    environment = Environment(messages, values, filters or {})
    try:
        tree = environment.parse(template)
        if unknown := tuple(dict.fromkeys(_unknown_filters(path, tree, environment.filters))):
            return Rendered("", (), unknown)
        undefined = meta.find_undeclared_variables(tree) - environment.globals.keys()
        if undefined:
            return Rendered("", (), tuple(_undefined_names(path, tree, undefined, environment.globals)))
        text = "".join(environment.from_string(template).generate())
    except TemplateSyntaxError as error:
        return _failed(path, error.lineno, error.message or "the template cannot be read")
    except RecursionError:
        return _failed(path, 0, "the template is nested too deeply")
    except KeyError as error:
        message = f"a sentence has the placeholder %({error.args[0]})s, and nothing is given for it"
        return _failed(path, _template_line(error), message)
    except TemplateError as error:
        return _failed(path, _template_line(error), error.message or "the template cannot be rendered")
    except Exception as error:  # noqa: BLE001  # a template is a program: whatever it trips over is its fault
        return _failed(path, _template_line(error), f"{type(error).__name__}: {error}")
    return Rendered(*without_marks(text))


def _undefined_names(
    path: str, tree: nodes.Template, names: Iterable[str], known: Mapping[str, object]
) -> Iterator[Problem]:
    for node in tree.find_all(nodes.Name):
        if node.name in names and node.ctx == "load":
            all_names = f"the names there are: {', '.join(sorted(name for name in known if name != '_'))}"
            hint = did_you_mean(node.name, known) or all_names
            yield Problem(
                Position(path, node.lineno), Rule.TEMPLATE_ERROR, f'"{node.name}" is not defined', hint
            )


def _unknown_filters(path: str, tree: nodes.Template, known: Mapping[str, object]) -> Iterator[Problem]:
    for node in tree.find_all(nodes.Filter):
        if node.name not in known:
            hint = did_you_mean(node.name, known) or f"the filters there are: {', '.join(sorted(known))}"
            yield Problem(
                Position(path, node.lineno), Rule.TEMPLATE_ERROR, f'there is no filter "{node.name}"', hint
            )


def _failed(path: str, line: int, message: str) -> Rendered:
    return Rendered("", (), (Problem(Position(path, line), Rule.TEMPLATE_ERROR, message.rstrip(".")),))


def _template_line(error: BaseException) -> int:
    """The line of the template that raised `error`: Jinja rewrites tracebacks in its terms."""
    line, traceback = 0, error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
