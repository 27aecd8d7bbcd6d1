"""Reading what the catalog says of tags: how long they are supported, and what is known to go wrong with them."""

from dataclasses import dataclass
from typing import Final

from imagedocs.catalog.facts import KnownIssue, Support
from imagedocs.catalog.kinds import TAG
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Day, Schema, Text, Whole, wrong_type
from imagedocs.yaml.nodes import Node
from imagedocs.yaml.records import Field, ListOf, Record

MOST_MONTHS: Final = 1200
LATEST: Final = "latest"

_SOURCE = Text("a source")

UNTIL = Field("until", Day(), "The first day without support.", required=False)
MONTHS = Field(
    "months",
    Whole(),
    "A tag is supported while it is at most so many months older than the tag `older_than`.",
    required=False,
)
OLDER_THAN = Field(
    "older_than", TAG, "The tag from which the months count back; latest when absent.", required=False
)
SINCE = Field("since", Day(), "The first day on which this was promised.", required=False)
SUPPORT_SOURCE = Field("source", _SOURCE, "Where it is promised.")
_SUPPORT = Record((UNTIL, MONTHS, OLDER_THAN, SINCE, SUPPORT_SOURCE))


@dataclass(frozen=True, slots=True)
class SupportField:
    """A day, or months counted back from another tag."""

    def read(self, node: Node, findings: Findings) -> Support | None:
        read = _SUPPORT.read(node, findings)
        if read is None or not read.is_good:
            return None
        until, months, older_than = read.get(UNTIL), read.get(MONTHS), read.get(OLDER_THAN)
        if until is None and months is None:
            message = "support has neither until nor months"
            findings.add(node, Rule.MISSING_FIELD, message, "write until: DAY, or months: NUMBER")
            return None
        if until is not None and (
            extra := MONTHS if months is not None else OLDER_THAN if older_than else None
        ):
            message = f"support has a day, and {extra.key} too"
            findings.add(read.node(extra), Rule.CATALOG_CONTRADICTION, message, "remove one of them")
            return None
        if months is not None and not 0 < months <= MOST_MONTHS:
            wrong_type(read.node(MONTHS), f"a number of months from 1 to {MOST_MONTHS}", findings)
            return None
        since = read.get(SINCE)
        if until is not None and since is not None and until <= since:
            message = f"until {until} is not after since {since}"
            findings.add(read.node(UNTIL), Rule.CATALOG_DATES, message, "correct one of them")
            return None
        return Support(read[SUPPORT_SOURCE], until, months, older_than or LATEST, since)

    def schema(self) -> Schema:
        return {**_SUPPORT.schema(), "oneOf": [{"required": ["until"]}, {"required": ["months"]}]}


ISSUE_TAG = Field("tag", TAG, "The tag that it happens with.", required=False)
ISSUE_TAGS = Field(
    "tags", ListOf(TAG), "The tags that it happens with, when there are several.", required=False
)
ISSUE_TEXT = Field(
    "text",
    Text("a sentence"),
    "What happens, as one sentence in the catalog's language. Readers see it; the site's messages translate it.",
)
ISSUE_SINCE = Field("since", Day(), "The day from which it is known.")
FIXED_IN = Field("fixed_in", TAG, "The first tag that works again.", required=False)
ISSUE_SOURCE = Field("source", _SOURCE, "Where it is reported.")
_ISSUE = Record((ISSUE_TAG, ISSUE_TAGS, ISSUE_TEXT, ISSUE_SINCE, FIXED_IN, ISSUE_SOURCE))


@dataclass(frozen=True, slots=True)
class KnownIssueEntry:
    """Something that goes wrong with one tag or several."""

    def read(self, node: Node, findings: Findings) -> KnownIssue | None:
        read = _ISSUE.read(node, findings)
        if read is None or not read.is_good:
            return None
        tag, listed = read.get(ISSUE_TAG), read.get(ISSUE_TAGS)
        tags = read_tags(tag, listed, read.mapping, read.node(ISSUE_TAGS), findings)
        if tags is None:
            return None
        fixed_in = read.get(FIXED_IN)
        if fixed_in in tags:
            message = f"the tag {shown(fixed_in or '')} cannot have the issue and be the one that fixes it"
            hint = "name another tag, or remove fixed_in"
            findings.add(read.node(FIXED_IN), Rule.CATALOG_CONTRADICTION, message, hint)
            return None
        position = findings.at(read.node(ISSUE_TAGS if listed else ISSUE_TAG))
        return KnownIssue(tags, read[ISSUE_TEXT], read[ISSUE_SINCE], fixed_in, read[ISSUE_SOURCE], position)

    def schema(self) -> Schema:
        return {**_ISSUE.schema(), "oneOf": [{"required": ["tag"]}, {"required": ["tags"]}]}


def read_tags(
    tag: str | None, listed: tuple[tuple[str, Node], ...] | None, entry: Node, place: Node, findings: Findings
) -> tuple[str, ...] | None:
    """Return the tags of an entry that has `tag` or `tags`; `None` after saying what is wrong with them."""
    if listed is None:
        if tag is None:
            findings.add(entry, Rule.MISSING_FIELD, 'the field "tag" is missing')
        return None if tag is None else (tag,)
    if tag is not None:
        message = "tag and tags stand both here"
        findings.add(
            place, Rule.CATALOG_CONTRADICTION, message, "write all tags in tags, the first one first"
        )
        return None
    if not listed:
        wrong_type(place, "at least one tag", findings)
        return None
    seen: set[str] = set()
    for each, node in listed:
        if each in seen:
            findings.add(
                node, Rule.DUPLICATE_KEY, f"the tag {shown(each)} stands twice", "remove one of them"
            )
            return None
        seen.add(each)
    return tuple(each for each, _ in listed)
