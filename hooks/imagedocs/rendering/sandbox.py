"""Jinja2 without a way out, and with bounds on time and memory: whoever may edit a template may not do more."""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from html import escape
from typing import Any, Protocol, cast

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes, pass_context, pass_environment
from jinja2 import filters as jinja_filters
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

from imagedocs.rendering.html import sentence
from imagedocs.rendering.lines import LineMarks
from imagedocs.rendering.text import Markdown, code, sentences, stacked
from imagedocs.rendering.untranslated import printed, untranslated_in
from imagedocs.suggestions import did_you_mean

MAX_OUTPUT = 4 * 1024 * 1024
"""Characters that a template may print, in all, on the way to its result."""
MAX_STEPS = 200_000
"""Rounds of loops and calls of macros that a template may take."""
MAX_SECONDS = 10.0
"""Of computing, which a template may take: a thousand times what the list takes."""
MAX_BITS = 256
"""Of a product."""

_JINJA_FILTERS: Mapping[str, Any] = cast("Mapping[str, Any]", jinja_filters.FILTERS)
_FILTERS = frozenset(
    [
        *(
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
        ),
        *(
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
        ),
        *("selectattr", "sort", "string", "title", "trim", "unique", "upper"),
    ]
)
_OF_TEXT = frozenset(["capitalize", "int", "lower", "string", "title", "trim", "upper"])
"""Filters that make text of whatever they are given."""
_TEXT_METHODS = frozenset(
    ["endswith", "lower", "removeprefix", "removesuffix", "startswith", "strip", "upper"]
)
_CODE = "`+[^`]*`+"
"""A code span, in which HTML is text already."""
_CONTAINERS = (list, tuple, dict, set, frozenset)


class Messages(Protocol):
    """The sentences of one locale, as `imagedocs.locales` has them."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, singular: str, plural: str, n: int, /) -> str: ...
    def pgettext(self, context: str, message: str, /) -> str: ...
    def npgettext(self, context: str, singular: str, plural: str, n: int, /) -> str: ...
    def language_of(
        self, message: str, context: str | None = None, number: int | None = None
    ) -> tuple[str, str] | None: ...


class Undefined(StrictUndefined):
    """A field that is not there, reported in the template's terms."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner: object = self._undefined_obj
        if self._undefined_hint or owner is missing or not isinstance(self._undefined_name, str):
            return super()._undefined_message
        fields = [name for name in dir(owner) if not name.startswith("_")]
        hint = did_you_mean(self._undefined_name, fields)
        message = f'a value of the kind {type(owner).__name__} has no "{self._undefined_name}"'
        return f"{message}; {hint}" if hint else message


@pass_environment
def _sum(
    environment: ImmutableSandboxedEnvironment,
    values: Iterable[Any],
    attribute: str | int | None = None,
    start: object = 0,
) -> object:
    if not isinstance(start, int | float):
        raise TemplateError("sums are of numbers")
    return _JINJA_FILTERS["sum"](environment, values, attribute, start)


class Environment(ImmutableSandboxedEnvironment):
    """What one template is rendered in."""

    filters: dict[str, Any]
    globals: dict[str, Any]
    intercepted_binops = frozenset(["*", "**", "+", "%"])

    def __init__(self, messages: Messages, filters: Mapping[str, Callable[..., str]]) -> None:
        super().__init__(
            undefined=Undefined,
            finalize=self._printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n", LineMarks],
        )
        self.begin()
        self.policies["ext.i18n.trimmed"] = True
        all_filters = {name: _JINJA_FILTERS[name] for name in _FILTERS}
        all_filters |= {
            "code": code,
            "join": self._join,
            "sentences": sentences,
            "stacked": stacked,
            "sum": _sum,
            **filters,
        }
        self.filters = {name: self._bounded(name, function) for name, function in all_filters.items()}
        self.globals = {name: self.globals[name] for name in ("range", "_")}
        _install_messages(self, messages)

    def begin(self) -> None:
        """Called before each rendering: the bounds are for each anew."""
        self._steps = 0
        self._size = 0
        self._end = time.thread_time() + MAX_SECONDS
        self._weights: dict[int, tuple[object, int]] = {}
        """By the id of a list: the list, so that the id stays its own, and its weight."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return cast("nodes.Template", _Bounds().visit(super()._parse(source, name, filename)))

    def step(self) -> str:
        """Called in each round of a loop and at each call of a macro."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TemplateError(f"the template takes more than {MAX_STEPS} steps")
        self._check_time()
        return ""

    @staticmethod
    def concat(parts: Iterable[str], /) -> str:  # type: ignore[override]  # Jinja's own is a function too
        """What blocks and macros have printed: Markdown already, each part of it."""
        return Markdown("".join(parts))

    def operands(self, *values: object) -> str:
        """The operator `~`."""
        return self._join(values)

    def container(self, value: object) -> object:
        """Called with each list, tuple and mapping that a template writes down."""
        if self._weight(value) > MAX_OUTPUT:
            raise TemplateError("the template makes too large a list")
        return value

    def _weight(self, value: object) -> int:
        """Characters, about, of the text that `value` would make; what it holds twice counts twice."""
        if isinstance(value, str):
            return len(value)
        if isinstance(value, dict):
            mapping = cast("dict[object, object]", value)
            held: Iterable[object] = (*mapping, *mapping.values())
        elif isinstance(value, _CONTAINERS):
            held = cast("Iterable[object]", value)
        else:
            return 1
        whole = cast("object", value)
        known = self._weights.get(id(whole))
        if known is None:
            known = self._weights[id(whole)] = (whole, 1 + sum(map(self._weight, held)))
        return known[1]

    def _bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        is_marked = hasattr(function, "jinja_pass_arg")

        @wraps(function)  # with the mark by which Jinja knows what to pass first
        def call(*arguments: Any, **options: Any) -> Any:
            self._check_time()
            values = arguments if is_marked else arguments[1:]
            if name in _OF_TEXT and any(isinstance(value, _CONTAINERS) for value in values):
                raise TemplateError(f"the filter {name} is for text, not for a list")
            return function(*values, **options)

        # Jinja applies a filter that asks for no context to a constant once, when it compiles: in one language for all.
        return call if is_marked else pass_context(call)

    def _join(self, values: Iterable[object], separator: object = "") -> str:
        texts = [Markdown.escape(value) for value in values]
        between = _separator(str(separator)) if not isinstance(separator, Markdown) else separator
        self._count(sum(map(len, texts)) + len(between) * len(texts))
        return Markdown(between.join(texts))

    def _printed(self, value: object) -> str:
        text = Markdown.escape(value)
        self._count(len(text))
        return printed(value, text)

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > MAX_OUTPUT:
            raise TemplateError(f"the template prints more than {MAX_OUTPUT} characters")
        self._check_time()

    def _check_time(self) -> None:
        if time.thread_time() > self._end:
            raise TemplateError(f"the template takes more than {MAX_SECONDS:g} seconds")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = all(isinstance(side, int | float) for side in (left, right))
        if operator == "**" or (not numbers and operator != "+"):
            raise TemplateError(f"the operator {operator} is not for use on these values")
        if not numbers:
            self._count(len(left) + len(right))
        elif (
            operator == "*"
            and sum(side.bit_length() for side in (left, right) if isinstance(side, int)) > MAX_BITS
        ):
            raise TemplateError("the template makes too large a number")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """`"{:>999999999}".format(1)` knows no bounds: the method is as unsafe as others."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        return super().is_safe_attribute(obj, attr, value)


def _install_messages(environment: Environment, messages: Messages) -> None:
    """Sentences are Markdown, without HTML of their translators; what is put into them is escaped by
    `Markdown.__mod__`."""

    def speaking(
        speak: Callable[..., str], *, context: bool = False, plural: bool = False
    ) -> Callable[..., Markdown]:
        def said(*words: Any) -> Markdown:
            text = sentence(speak(*words), words, _without_html, _CODE)
            language = messages.language_of(
                words[context], words[0] if context else None, words[-1] if plural else None
            )
            return untranslated_in(language)(text) if language else Markdown(text)

        return said

    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # jinja2.ext.i18n adds it
    install(
        speaking(messages.gettext),
        speaking(messages.ngettext, plural=True),
        newstyle=True,
        pgettext=speaking(messages.pgettext, context=True),
        npgettext=speaking(messages.npgettext, context=True, plural=True),
    )


def _separator(text: str) -> Markdown:
    """Return what stands between values, with the spaces around it, which `Markdown.escape` takes away."""
    before = " " if text[:1].isspace() else ""
    after = " " if text.strip() and text[-1:].isspace() else ""
    return Markdown(f"{before}{Markdown.escape(text)}{after}")


def _without_html(text: str) -> str:
    return escape(text, quote=False)


class _Bounds(NodeTransformer):
    """Puts a count into each loop and macro, and bounds on `~` and on what is put into lists."""

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

    visit_Block = visit_Import = visit_FromImport = visit_Extends = visit_Include  # noqa: N815  # Jinja's names

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        function = nodes.EnvironmentAttribute("operands", lineno=node.lineno)
        return nodes.Call(function, node.nodes, [], None, None, lineno=node.lineno)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802  # Jinja's name
        return self._weighed(node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802  # Jinja's name
        return self._weighed(node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802  # Jinja's name
        return self._weighed(node) if node.ctx == "load" else node

    def _weighed(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        function = nodes.EnvironmentAttribute("container", lineno=node.lineno)
        return nodes.Call(function, [node], [], None, None, lineno=node.lineno)

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802  # Jinja's name
        if node.name in ("varargs", "kwargs"):
            raise TemplateSyntaxError(
                f"a macro must name its arguments: {node.name} is not for use", node.lineno
            )
        return node
