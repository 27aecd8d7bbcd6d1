"""Names of rules that are no longer looked for, which settings, ignores and baselines may still have."""

from typing import Final

from imagedocs.problems import Position, Problem, Rule

RETIRED: Final[dict[str, str]] = {
    "array-contains-failed": "0.1.0",
    "array-length-invalid": "0.1.0",
    "array-max-check-invalid": "0.1.0",
    "array-min-check-invalid": "0.1.0",
    "array-not-unique": "0.1.0",
    "attribute-deprecated": "0.1.0",
    "boolean-schema-failed": "0.1.0",
    "date-format-invalid": "0.1.0",
    "date-out-of-range": "0.1.0",
    "duplicate-attribute": "0.1.0",
    "duplicate-h1": "0.1.0",
    "duplicate-titles": "0.1.0",
    "format-invalid": "0.1.0",
    "html-link": "0.1.0",
    "invalid-paired-attribute": "0.1.0",
    "invalid-value": "0.1.0",
    "missing-attribute": "0.1.0",
    "missing-either-attribute": "0.1.0",
    "missing-paired-attribute": "0.1.0",
    "not-failed": "0.1.0",
    "number-invalid": "0.1.0",
    "one-of-failed": "0.1.0",
    "precluded-attributes": "0.1.0",
    "preserve-view-not-set": "0.1.0",
    "property-count-invalid": "0.1.0",
    "redirect-url-invalid": "0.1.0",
    "redirection-url-conflict": "0.1.0",
    "rule-override-invalid": "0.1.0",
    "sensitive-language": "0.1.0",
    "string-length-invalid": "0.1.0",
    "unexpected-type": "0.1.0",
    "unknown-field": "0.1.0",
}
"""Name of the rule -> the version that retired it."""


def retired_rule(name: str, position: Position) -> Problem | None:
    """Return the suggestion to remove the name of a retired rule at `position`; `None` for any other name."""
    version = RETIRED.get(name)
    message = f"the rule {name} was retired in version {version}, and nothing is looked for by it"
    return Problem(position, Rule.RETIRED_RULE, message, "remove it") if version else None
