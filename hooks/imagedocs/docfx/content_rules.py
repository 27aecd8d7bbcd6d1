"""The rules for content that a documentation set names in a file of its own (`markdownValidationRules`).

The file has groups of rules, each of a `type`. Most types are checked for everybody; of those the file may change
the severity, the words, or the pages. The others are checked only where a file has them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from imagedocs.docfx.custom_rules import CustomRule, Page, read_custom_rule
from imagedocs.docfx.values import Value
from imagedocs.problems import Problem, Rule

TYPES: Final[Mapping[str, Rule]] = {
    "CodeBlockIndented": Rule.CODE_BLOCK_INDENTED,
    "CodeBlockUnclosed": Rule.CODE_BLOCK_UNCLOSED,
    "CodeLanguageMissing": Rule.DEV_LANGUAGE_MISSING,
    "DisallowedLink": Rule.DOCS_LINK_ABSOLUTE,
    "DuplicateHeadings": Rule.H2_DUPLICATED,
    "EmptyHeading": Rule.HEADING_EMPTY,
    "H1InMoniker": Rule.H1_IN_MONIKER,
    "H1InZone": Rule.H1_IN_ZONE,
    "H1Missing": Rule.H1_MISSING,
    "H1NotFirst": Rule.H1_NOT_FIRST,
    "H1Unique": Rule.DUPLICATE_H1,
    "HtmlLinks": Rule.HTML_LINK,
    "ImageAltTextDuplicated": Rule.IMAGE_ALT_TEXT_DUPLICATED,
    "ImageAltTextEqualFilename": Rule.ALT_TEXT_EQUAL_FILENAME,
    "ImageAltTextMissing": Rule.MISSING_IMAGE_ALT_TEXT,
    "InclusionH1": Rule.H1_IN_INCLUDE,
    "LocalesInLink": Rule.HARD_CODED_LOCALE,
    "MissingColumnHeaders": Rule.COLUMN_HEADER_MISSING,
    "MissingTableHeaders": Rule.TABLE_HEADER_MISSING,
    "MultipleH1s": Rule.MULTIPLE_H1S,
    "NoContent": Rule.HEADING_NO_CONTENT,
    "PreserveViewNotSet": Rule.PRESERVE_VIEW_NOT_SET,
    "SecureLinks": Rule.INSECURE_LINK,
    "SensitiveLanguage": Rule.SENSITIVE_LANGUAGE,
    "SetexHeadings": Rule.HEADINGS_WITH_UNDERLINE,
    "SkipLevel": Rule.HEADING_SKIPPED,
    "TitleUnique": Rule.DUPLICATE_TITLES,
}


@dataclass(frozen=True)
class ContentRules:
    entries: tuple[tuple[str, CustomRule, Value], ...] = ()
    """Type, rule, and all that the file says of it."""
    problems: tuple[Problem, ...] = ()
    known: Mapping[str, CustomRule] = field(default_factory=dict[str, CustomRule])
    """By the label of our rule: the first one of each type."""

    def of_type(self, name: str) -> Iterator[tuple[CustomRule, Value]]:
        return ((rule, value) for kind, rule, value in self.entries if kind == name)

    def adjust(self, problem: Problem, page: Page) -> Problem | None:
        """A problem that was found for everybody, as the file has it; `None` when it is none."""
        rule = self.known.get(problem.rule.label)
        if rule is None:
            return problem
        return rule.apply(problem) if rule.is_for(page) else None


def read_content_rules(root: Value | None, overrides: Mapping[str, tuple[CustomRule, Value]]) -> ContentRules:
    """What the file says; `overrides`, by the code of a rule, are those of `docfx.json`, which count for rules that
    allow it (`docfxOverride`)."""
    entries: list[tuple[str, CustomRule, Value]] = []
    problems: list[Problem] = []
    known: dict[str, CustomRule] = {}
    for group in root.fields.values() if root else ():
        for value in group.fields.get("rules", group).items:
            name = value.text("type")
            if name not in TYPES:
                continue
            rule = read_custom_rule(value)
            if override := overrides.get(value.text("code")):
                changed, written = override
                if rule.may_be_adjusted:
                    rule = replace(
                        rule,
                        severity=changed.severity or rule.severity,
                        disabled=rule.disabled or changed.disabled,
                        exclude=(*rule.exclude, *changed.exclude),
                    )
                else:
                    message = f"the rule {value.text('code')} may not be changed here"
                    place = written.key or written.position
                    problems.append(Problem(place, Rule.RULE_OVERRIDE_INVALID, message, "remove it"))
            entries.append((name, rule, value))
            known.setdefault(TYPES[name].label, rule)
    return ContentRules(tuple(entries), tuple(problems), known)
