"""Template, values and a locale's sentences in, Markdown out.

Templates are Jinja2 in a sandbox. Whatever a template prints is escaped for Markdown unless it is Markdown
already: the text of the template itself, a translated sentence, or what one of the filters below made.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape as escape_html
from typing import Any, Protocol, cast

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2 import filters as jinja_filters
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from imagedocs.problems import Position, Problem, Rule

MAX_SOURCE = 1024 * 1024
"""Characters that a template may have."""
MAX_OUTPUT = 4 * 1024 * 1024
"""Characters that a template may print, in all, on the way to its result."""
MAX_STEPS = 200_000
"""Rounds of loops and calls of macros that a template may take."""
MAX_SECONDS = 10
"""Hundreds of times what a list takes: a template whose every round is long is stopped all the same."""
MAX_NUMBER = 10**18
"""Of what a template may go on to calculate with."""

_FILTERS: Mapping[str, Any] = cast("Mapping[str, Any]", jinja_filters.FILTERS)
_LINE_MARK = re.compile("\ue000([0-9]+)\ue001")
_LEADING_MARKS = re.compile("(?:\ue000([0-9]+)\ue001)+")


class Messages(Protocol):
    """The sentences of one locale, as `imagedocs.locales` has them."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, singular: str, plural: str, n: int, /) -> str: ...
    def pgettext(self, context: str, message: str, /) -> str: ...
    def npgettext(self, context: str, singular: str, plural: str, n: int, /) -> str: ...


class Markdown(Markup):
    """Text that is Markdown already. What is formatted into it is escaped."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> "Markdown":
        """`s` as Markdown that shows exactly its characters, within a table cell too."""
        if isinstance(s, Markdown):
            return s
        text = escape_html(" ".join(str(s).split()), quote=False)
        text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text)
        # What would begin a list, a heading, a rule or a setext underline where a line begins.
        return cls(
            re.sub(
                r"^(?:[#+\-=:]|[0-9]+(?=[.)](?:\s|$)))",
                lambda begin: f"&#{ord(begin[0][0])};{begin[0][1:]}",
                text,
            )
        )


def code(value: object) -> Markdown:
    """`value` as a code span; a `|` in it survives a table cell (GFM 4.10)."""
    text = " ".join(str(value).split())
    if not text:
        return Markdown()
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{padding}{text}{padding}{fence}".replace("|", r"\|"))


def stacked(values: Iterable[object]) -> Markdown:
    """The values one below the other within a table cell."""
    return Markdown("<br>".join(Markdown.escape(value) for value in values))


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
    environment = _Environment(messages)
    environment.globals.update(values)
    environment.filters.update(filters or {})
    try:
        tree = environment.parse(template)
        undefined = meta.find_undeclared_variables(tree) - environment.globals.keys()
        if undefined:
            return Rendered("", (), tuple(_undefined_names(path, tree, undefined, environment.globals)))
        text = "".join(environment.from_string(template).generate())
    except TemplateSyntaxError as error:
        return _failed(path, error.lineno, error.message or "the template cannot be read")
    except RecursionError:
        return _failed(path, 0, "the template is nested too deeply")
    except TemplateError as error:
        return _failed(path, _template_line(error), error.message or "the template cannot be rendered")
    except Exception as error:  # noqa: BLE001  # a template is a program: whatever it trips over is its fault
        return _failed(path, _template_line(error), f"{type(error).__name__}: {error}")
    return _without_marks(text)


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja2 without a way out, and with bounds on time and memory."""

    filters: dict[str, Any]
    globals: dict[str, Any]
    intercepted_binops = frozenset(["*", "**", "+", "%"])

    _FILTERS = frozenset(
        [
            "abs",
            "capitalize",
            "count",
            "default",
            "d",
            "dictsort",
            "first",
            "groupby",
            "int",
            "items",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "reverse",
            "round",
            "select",
            "selectattr",
            "sort",
            "string",
            "sum",
            "title",
            "trim",
            "unique",
            "upper",
        ]
    )
    _TEXT_METHODS = frozenset(
        ["endswith", "lower", "removeprefix", "removesuffix", "startswith", "strip", "upper"]
    )

    def __init__(self, messages: Messages) -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=self._printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n", _LineMarks],
        )
        self._steps = 0
        self._size = 0
        self._end = time.monotonic() + MAX_SECONDS
        self.policies["ext.i18n.trimmed"] = True
        self.filters = {name: _FILTERS[name] for name in self._FILTERS}
        self.filters |= {"code": code, "stacked": stacked, "join": self._join}
        self.globals = {name: self.globals[name] for name in ("range", "_")}
        _install_messages(self, messages)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return cast("nodes.Template", _Bounds().visit(super()._parse(source, name, filename)))

    def step(self) -> str:
        """Called in each round of a loop and at each call of a macro."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TemplateError(f"the template takes more than {MAX_STEPS} steps")
        self._check_time()
        return ""

    def _check_time(self) -> None:
        if time.monotonic() > self._end:
            raise TemplateError(f"the template takes more than {MAX_SECONDS} seconds")

    def concat(self, *values: object) -> str:
        """The operator `~`."""
        return self._printed("".join(str(Markdown.escape(value)) for value in values), Markdown)

    def _join(self, values: Iterable[object], separator: object = "") -> str:
        texts = [Markdown.escape(value) for value in values]
        between = Markdown.escape(separator)
        self._count(sum(map(len, texts)) + len(between) * len(texts))
        return Markdown(between.join(texts))

    def _printed(self, value: object, kind: type[str] = str) -> str:
        text = kind(value) if kind is not str else Markdown.escape(value)
        self._count(len(text))
        return text

    def _count(self, size: int) -> None:
        self._check_time()
        self._size += size
        if self._size > MAX_OUTPUT:
            raise TemplateError(f"the template prints more than {MAX_OUTPUT} characters")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = all(isinstance(side, int | float) for side in (left, right))
        if operator == "**" or (not numbers and operator != "+"):
            raise TemplateError(f"the operator {operator} is not for use on these values")
        if numbers and any(abs(side) > MAX_NUMBER for side in (left, right)):
            raise TemplateError("the template calculates with numbers that are too large")
        if not numbers:
            self._count(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in self._TEXT_METHODS
        return super().is_safe_attribute(obj, attr, value)


def _install_messages(environment: _Environment, messages: Messages) -> None:
    """Sentences are Markdown; what is put into them is escaped by `Markdown.__mod__`."""

    def gettext(message: str) -> Markdown:
        return Markdown(messages.gettext(message))

    def ngettext(singular: str, plural: str, n: int) -> Markdown:
        return Markdown(messages.ngettext(singular, plural, n))

    def pgettext(context: str, message: str) -> Markdown:
        return Markdown(messages.pgettext(context, message))

    def npgettext(context: str, singular: str, plural: str, n: int) -> Markdown:
        return Markdown(messages.npgettext(context, singular, plural, n))

    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # jinja2.ext.i18n adds it
    install(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)


class _Bounds(NodeTransformer):
    """Puts a count into each loop and macro, and a bound on `~`."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # Jinja's name
        return self._counted(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802  # Jinja's name
        return self._counted(node)

    def _counted(self, node: Any) -> nodes.Node:
        step = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None, lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
        return self.generic_visit(node)

    def visit_Include(self, node: nodes.Node) -> nodes.Node:  # noqa: N802  # Jinja's name
        raise TemplateSyntaxError(
            "a template cannot take in another one; write [!INCLUDE [title](path)] instead", node.lineno
        )

    visit_Import = visit_FromImport = visit_Extends = visit_Include  # noqa: N815  # Jinja's names

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        function = nodes.EnvironmentAttribute("concat", lineno=node.lineno)
        return nodes.Call(function, node.nodes, [], None, None, lineno=node.lineno)


class _LineMarks(Extension):
    """Marks each line of a template's own text with its number, so that what is found in the rendered text
    can be reported where it was written. Not inside `{% trans %}`: those lines are a message's id."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        previous, in_sentence = "", False
        for token in stream:
            if previous == "block_begin" and token.type == "name":
                in_sentence = token.value == "trans" or (in_sentence and token.value != "endtrans")
            previous = token.type
            if token.type != "data" or in_sentence:
                yield token
                continue
            lines = token.value.split("\n")
            marked = [f"\ue000{token.lineno + i}\ue001{line}" for i, line in enumerate(lines)]
            yield Token(token.lineno, "data", "\n".join(marked))


def _without_marks(text: str) -> Rendered:
    plain: list[str] = []
    numbers: list[int] = []
    current = 1
    for line in text.split("\n"):
        marks = _LINE_MARK.findall(line)
        # What ends here without text and what begins here leave a mark each: the line is the last one's.
        leading = _LEADING_MARKS.match(line)
        current = int(leading[1]) if leading else current
        numbers.append(current)
        current = int(marks[-1]) if marks else current
        plain.append(_LINE_MARK.sub("", line) if marks else line)
    return Rendered("\n".join(plain), tuple(numbers))


def _undefined_names(
    path: str, tree: nodes.Template, names: Iterable[str], known: Mapping[str, object]
) -> Iterator[Problem]:
    for node in tree.find_all(nodes.Name):
        if node.name in names and node.ctx == "load":
            hint = f"the names there are: {', '.join(sorted(name for name in known if name != '_'))}"
            yield Problem(
                Position(path, node.lineno), Rule.TEMPLATE_ERROR, f'"{node.name}" is not defined', hint
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
