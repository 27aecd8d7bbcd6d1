"""The codes of a language: its own tag, and what Babel, the theme and the search call it."""

import re

from babel import Locale as BabelLocale
from babel import UnknownLocaleError
from babel.core import get_global

from imagedocs.locales.registry import Direction
from imagedocs.locales.resolution import have_one_script, is_from_right
from imagedocs.problems import Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Fields
from imagedocs.yaml.nodes import Findings, Scalar

_TAG = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?((?:-[a-z0-9]{5,8})*)", re.ASCII | re.IGNORECASE
)
DEVICES = frozenset({"aux", "con", "nul", "prn"})
"""Languages have these codes, and Windows can make no folder of these names."""


def check_tag(key: Scalar, seen: dict[str, str], findings: Findings) -> bool:
    """Whether `key` is a language tag of its own, written as usual."""
    tag = key.value
    if key.reads_as != "text":
        message = f"YAML reads {shown(tag)[1:-1]} as a {key.reads_as}, not as a language tag"
        findings.add(key, Rule.UNQUOTED_VALUE, message, f'write "{tag}"')
        return False
    match = _TAG.fullmatch(tag)
    if match is None or len(tag) > 35:
        hint = "write a tag such as es, pt-BR or zh-Hans"
        if (dashed := tag.replace("_", "-")) != tag and _TAG.fullmatch(dashed):
            hint = f'write "{_usual_case(dashed)}"'
        findings.add(key, Rule.LOCALE_TAG, f"{shown(tag)} is not a language tag", hint)
        return False
    if tag != _usual_case(tag):
        findings.add(
            key,
            Rule.LOCALE_TAG,
            f"the tag {shown(tag)} is not in its usual case",
            f'write "{_usual_case(tag)}"',
        )
    if (other := seen.setdefault(tag.lower(), tag)) != tag:
        findings.add(key, Rule.LOCALE_DUPLICATE, f"{tag} and {other} are the same language tag")
        return False
    if tag.lower() in DEVICES:
        findings.add(key, Rule.LOCALE_TAG, f"Windows cannot make a folder named {tag}")
        return False
    return True


def _usual_case(tag: str) -> str:
    language, *rest = tag.split("-")
    cased = (
        part.title() if len(part) == 4 else part.upper() if len(part) < 4 else part.lower() for part in rest
    )
    return "-".join((language.lower(), *cased))


def babel_id(tag: str, fields: Fields) -> str:
    """The id that the entry names, when Babel has it and it is of the tag's language and script; else ""."""
    babel = fields.text("babel")
    if not babel:
        return ""
    try:
        known = str(BabelLocale.parse(babel)) if len(babel) <= 35 else None
    except (UnknownLocaleError, ValueError):
        known = None
    findings, where = fields.findings, fields.at("babel")
    if known is None:
        language = tag.partition("-")[0]
        hint = (
            f'write "{guess}"'
            if (guess := _similar_babel_id(babel))
            else f'try "{language}", or "{language}_" and a region'
        )
        findings.add(where, Rule.LOCALE_UNKNOWN, f"Babel knows no {shown(babel)}", hint)
        return ""
    if known != babel:
        findings.add(where, Rule.LOCALE_UNKNOWN, f"Babel reads {shown(babel)} as {known}", f'write "{known}"')
        return ""
    if not have_one_script(tag, babel):
        findings.add(where, Rule.LOCALE_UNKNOWN, f"{babel} is not in the language and script of {tag}")
        return ""
    return babel


def _similar_babel_id(babel: str) -> str | None:
    """The same id with underscores, if Babel has that."""
    if not _TAG.fullmatch(babel):
        return None
    try:
        return str(BabelLocale.parse(babel, sep="-"))
    except (UnknownLocaleError, ValueError):
        return None


def direction(tag: str, babel: str, fields: Fields) -> Direction:
    usual = Direction.RTL if is_from_right(babel) else Direction.LTR
    written = fields.choice("direction", [each.value for each in Direction], default=usual.value)
    if babel and written != usual:
        message = f"{tag} is not written {written}"
        fields.findings.add(
            fields.at("direction"), Rule.LOCALE_UNKNOWN, message, f'write "{usual}" or remove this line'
        )
    return usual


def known_word(
    fields: Fields, key: str, known: frozenset[str], complaint: str, *, required: bool = False
) -> str:
    value = fields.text(key, default=None if required else "")
    if value and value not in known:
        hint = did_you_mean(value, known) or f"it has {', '.join(sorted(known))}"
        language = re.split("[-_]", value)[0].lower()
        # Languages have codes of three letters too; the theme and the search name them by those of two.
        language = str(get_global("language_aliases").get(language, language))
        if language in known:
            hint = f'write "{language}"'
        fields.findings.add(fields.at(key), Rule.LOCALE_UNKNOWN, f"{complaint} {shown(value)}", hint)
        return ""
    return value
