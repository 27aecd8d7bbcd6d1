"""Read `locales/locales.yaml`, the only place that names the languages of the site."""

import re
from collections.abc import Mapping as AbstractMapping
from pathlib import Path

from babel import Locale as BabelLocale
from babel import UnknownLocaleError

from imagedocs.locales.files import read_project_file
from imagedocs.locales.pseudo import Pseudo
from imagedocs.locales.registry import Direction, Locale, LocaleRegistry, Search, Segmentation
from imagedocs.locales.resolution import resolve_tag
from imagedocs.locales.theme_languages import MATERIAL_LANGUAGES, SEARCH_LANGUAGES
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml_fields import Fields, root_fields, wrong_type
from imagedocs.yaml_nodes import MAX_BYTES, Findings, Mapping, Scalar, read_yaml

LOCALES_PATH = "locales/locales.yaml"
VERSION = 1
MAX_LOCALES = 200
"""More languages than any site has; fallbacks are followed, so their number must be bounded."""

_TAG = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?((?:-[a-z0-9]{5,8})*)", re.ASCII | re.IGNORECASE
)
_URL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TAKEN = frozenset({"assets", "search"})
"""Folders that the theme makes at the root of the site."""
_DEVICES = frozenset({"aux", "con", "nul", "prn"})
"""Languages have these codes, and Windows can make no folder of these names."""

SOURCE = Locale("en", "English", url="", babel="en", material="en")
"""What takes the default's place while the file names none that can be used, so that other checks go on."""


def load_locales(root: Path) -> tuple[LocaleRegistry, tuple[Problem, ...]]:
    """The locales of the project at `root`, and what is wrong with their file."""
    content = read_project_file(root, LOCALES_PATH, MAX_BYTES)
    if isinstance(content, Problem):
        return LocaleRegistry(SOURCE, (SOURCE,)), (content,)
    return read_locales(content)


def read_locales(
    content: str | bytes, path: str = LOCALES_PATH
) -> tuple[LocaleRegistry, tuple[Problem, ...]]:
    """The locales that `content` describes, without those that cannot be built, and every mistake in it."""
    root, problems = read_yaml(path, content)
    findings = Findings(path, list(problems))
    locales: dict[str, Locale] = {}
    default = SOURCE
    fields = root_fields(root, findings)
    if fields is not None:
        _check_version(fields)
        default_tag = fields.text("default")
        entries = fields.mapping_of("locales", required=True)
        fields.finish()
        if entries is not None:
            locales = _read_entries(entries.mapping, default_tag, findings)
            if default_tag and entries.mapping.get(default_tag) is None:
                declared = [key.value for key, _ in entries.mapping.entries]
                hint = did_you_mean(default_tag, declared) or "add it to the locales"
                findings.add(
                    fields.at("default"),
                    Rule.LOCALE_DEFAULT,
                    f"the default {shown(default_tag)} is no locale",
                    hint,
                )
        default = locales.get(default_tag, SOURCE)
    locales[default.tag] = default
    return LocaleRegistry(default, tuple(locales.values())), findings.sorted()


def _check_version(fields: Fields) -> None:
    version = fields.whole("version")
    if version > VERSION:
        message = f"the file is of version {version}, and this program reads version {VERSION}"
        fields.findings.add(fields.at("version"), Rule.WRONG_TYPE, message, "use a newer imagedocs")


def _read_entries(entries: Mapping, default_tag: str, findings: Findings) -> dict[str, Locale]:
    locales: dict[str, Locale] = {}
    urls: dict[str, str] = {}
    tags: dict[str, str] = {}
    if len(entries.entries) > MAX_LOCALES:
        message = f"there are more than {MAX_LOCALES} locales; the others are not read"
        findings.add(entries.entries[MAX_LOCALES][0], Rule.LOCALE_TAG, message)
    for key, node in entries.entries[:MAX_LOCALES]:
        if not _check_tag(key, tags, findings):
            continue
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping", findings)
            continue
        locale = _read_locale(key, Fields(node, findings), is_default=key.value == default_tag)
        if locale is None:
            continue
        other = urls.setdefault(locale.url, locale.tag)
        if other != locale.tag:
            where = findings.at(node.get("url") or key)
            findings.add(
                where, Rule.LOCALE_DUPLICATE, f'{locale.tag} has the same url "{locale.url}" as {other}'
            )
        locales[locale.tag] = locale
    _check_fallbacks(entries, locales, findings)
    return locales


def _check_tag(key: Scalar, seen: dict[str, str], findings: Findings) -> bool:
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
    if tag.lower() in _DEVICES:
        findings.add(key, Rule.LOCALE_TAG, f"Windows cannot make a folder named {tag}")
        return False
    return True


def _usual_case(tag: str) -> str:
    language, *rest = tag.split("-")
    cased = (
        part.title() if len(part) == 4 else part.upper() if len(part) < 4 else part.lower() for part in rest
    )
    return "-".join((language.lower(), *cased))


def _read_locale(key: Scalar, fields: Fields, *, is_default: bool) -> Locale | None:
    """The locale of one entry; `None` when it lacks what it needs to be built."""
    tag, findings = key.value, fields.findings
    pseudo = fields.choice("pseudo", [kind.value for kind in Pseudo], default="")
    name = fields.text("name")
    babel = _babel_id(tag, fields)
    material = _one_of(
        fields, "material", MATERIAL_LANGUAGES, "Material for MkDocs has no language", required=True
    )
    locale = Locale(
        tag=tag,
        name=name,
        url=_url(tag, fields, is_default=is_default),
        babel=babel,
        material=material,
        direction=_direction(tag, babel, fields),
        fallback=fields.texts("fallback"),
        search=_search(fields),
        published=fields.flag("published", default=not pseudo),
        pseudo=Pseudo(pseudo) if pseudo else None,
        position=findings.at(key),
    )
    if locale.pseudo and locale.published and fields.mapping.get("published"):
        message = f"{tag} is a pseudo-locale, which is never published"
        findings.add(fields.at("published"), Rule.LOCALE_DEFAULT, message, "remove this line")
    if is_default and (locale.pseudo or not locale.published):
        message = f"the default {tag} must be published and no pseudo-locale"
        findings.add(key, Rule.LOCALE_DEFAULT, message)
    if is_default and locale.fallback:
        message = f"{tag} is the default, the last of every fallback chain, and can have no fallback"
        findings.add(fields.at("fallback"), Rule.LOCALE_FALLBACK, message, "remove this line")
    fields.finish()
    return locale if name and babel and material else None


def _url(tag: str, fields: Fields, *, is_default: bool) -> str:
    if is_default:
        if fields.node("url") is not None:
            message = f"{tag} is the default, whose pages are at the root of the site"
            fields.findings.add(fields.at("url"), Rule.LOCALE_TAG, message, "remove this line")
        return ""
    url = fields.text("url", default=tag.lower())
    if not _URL.fullmatch(url) or len(url) > 35 or url in _TAKEN or url in _DEVICES:
        reason = "is a folder of the theme" if url in _TAKEN else "cannot be the first segment of an address"
        hint = f'write "{tag.lower()}"'
        fields.findings.add(fields.at("url"), Rule.LOCALE_TAG, f"{shown(url)} {reason}", hint)
    return url


def _babel_id(tag: str, fields: Fields) -> str:
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
    if resolve_tag(tag, [babel.replace("_", "-")]) is None:
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


def _direction(tag: str, babel: str, fields: Fields) -> Direction:
    from_right = bool(babel) and BabelLocale.parse(babel).character_order == "right-to-left"
    usual = Direction.RTL if from_right else Direction.LTR
    written = fields.choice("direction", [each.value for each in Direction], default=usual.value)
    if babel and written != usual:
        message = f"{tag} is not written {written}"
        fields.findings.add(
            fields.at("direction"), Rule.LOCALE_UNKNOWN, message, f'write "{usual}" or remove this line'
        )
    return usual


def _search(fields: Fields) -> Search:
    inner = fields.mapping_of("search")
    if inner is None:
        return Search()
    search = Search(
        language=_one_of(inner, "language", SEARCH_LANGUAGES, "the search has no stemmer for") or None,
        segmentation=Segmentation(
            inner.choice(
                "segmentation", [each.value for each in Segmentation], default=Segmentation.WORDS.value
            )
        ),
        inflections=inner.flag("inflections", default=False),
    )
    inner.finish()
    return search


def _one_of(
    fields: Fields, key: str, known: frozenset[str], complaint: str, *, required: bool = False
) -> str:
    value = fields.text(key, default=None if required else "")
    if value and value not in known:
        hint = did_you_mean(value, known) or f"it has {', '.join(sorted(known))}"
        language = re.split("[-_]", value)[0]
        if language in known:
            hint = f'write "{language}"'
        fields.findings.add(fields.at(key), Rule.LOCALE_UNKNOWN, f"{complaint} {shown(value)}", hint)
        return ""
    return value


def _check_fallbacks(entries: Mapping, locales: AbstractMapping[str, Locale], findings: Findings) -> None:
    declared = [key.value for key, _ in entries.entries]
    for locale in locales.values():
        where = locale.position
        node = entries.get(locale.tag)
        if isinstance(node, Mapping) and (value := node.get("fallback")) is not None:
            where = findings.at(value)
        for tag in locale.fallback:
            if tag == locale.tag:
                findings.add(where, Rule.LOCALE_FALLBACK, f"{tag} is its own fallback", "remove it")
            elif tag not in declared:
                hint = did_you_mean(tag, declared) or f"there are {', '.join(declared)}"
                findings.add(where, Rule.LOCALE_FALLBACK, f"the fallback {shown(tag)} is no locale", hint)
        cycle = _cycle(locale.tag, locales)
        if cycle and min(cycle) == locale.tag:
            message = f"the fallbacks go round in a circle: {' → '.join((*cycle, locale.tag))}"
            findings.add(where, Rule.LOCALE_FALLBACK, message, "leave one of them out")


def _cycle(start: str, locales: AbstractMapping[str, Locale]) -> tuple[str, ...]:
    """The tags on a way from `start` back to it, of at least two; empty when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        way = waiting.pop(0)
        for tag in locales[way[-1]].fallback if way[-1] in locales else ():
            if tag == start and len(way) > 1:
                return way
            if tag not in seen:
                seen.add(tag)
                waiting.append((*way, tag))
    return ()
