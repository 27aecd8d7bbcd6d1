"""What a documentation set makes of a rule: another severity, other words, and the pages that it is not for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from imagedocs.docfx.patterns import Pattern, read_pattern
from imagedocs.docfx.values import Value
from imagedocs.problems import Problem, Severity

_SEVERITIES: Final = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "suggestion": Severity.SUGGESTION,
    "info": Severity.SUGGESTION,
    "hidden": None,
    "off": None,
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule may ask of a page."""

    place: str
    """Its path, counted from the folder of `docfx.json`."""
    kind: str = "conceptual"
    """`conceptual`, `include`, or what a page in YAML is: `landingdata`."""
    is_indexed: bool = True
    """Search engines may show it."""
    is_newest: bool = True
    """Of several versions at one address, it is part of the newest."""


@dataclass(frozen=True, slots=True)
class CustomRule:
    severity: Severity | None = None
    disabled: bool = False
    message: str = ""
    """In place of the rule's own. One with gaps, which docfx would fill, is passed over."""
    additional_message: str = ""
    exclude: tuple[Pattern, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of the pages that it is for; empty: all."""
    tags: tuple[str, ...] = ()
    newest_only: bool = False
    may_be_adjusted: bool = True
    """`docfx.json` may change what a file of rules says (`docfxOverride`)."""

    def is_for(self, page: Page) -> bool:
        return not (
            self.disabled
            or (self.kinds and page.kind not in self.kinds)
            or ("seo" in self.tags and not page.is_indexed)
            or (self.newest_only and not page.is_newest)
            or any(pattern.matches(page.place) for pattern in self.exclude)
        )

    def apply(self, problem: Problem) -> Problem:
        message = self.message if self.message and "{" not in self.message else problem.message
        hint = "; ".join(each for each in (problem.hint, self.additional_message) if each)
        level = self.severity or problem.level
        return replace(problem, message=message, hint=hint, level=level)


def read_custom_rule(value: Value) -> CustomRule:
    """A rule as its mapping has it, or as just its severity."""
    severity = str(value.data) if isinstance(value.data, str) else value.text("severity")
    level = _SEVERITIES.get(severity.lower(), Severity.WARNING) if severity else None
    exclude = (read_pattern(text) for text in value.texts("exclude"))
    return CustomRule(
        severity=level,
        disabled=_is(value, "disabled") or (bool(severity) and level is None),
        message=value.text("message"),
        additional_message=value.text("additionalMessage"),
        exclude=tuple(pattern for pattern in exclude if pattern),
        kinds=tuple(kind.lower() for kind in value.texts("contentTypes")),
        tags=tuple(tag.lower() for tag in value.texts("tags")),
        newest_only=_is(value, "canonicalVersionOnly"),
        may_be_adjusted=_is(value, "docfxOverride"),
    )


def read_custom_rules(value: Value | None) -> Mapping[str, CustomRule]:
    """By the code of the rule."""
    return {name: read_custom_rule(each) for name, each in value.fields.items()} if value else {}


def _is(value: Value, name: str) -> bool:
    field = value.fields.get(name)
    return field is not None and field.data is True
