"""Read `locales/locales.yaml`, the only place that names the languages of the site."""

import re
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from imagedocs.locales.codes import DEVICES, babel_id, check_tag, direction, known_word
from imagedocs.locales.fallbacks import check_fallbacks
from imagedocs.locales.files import read_project_file
from imagedocs.locales.pseudo import Pseudo
from imagedocs.locales.registry import Locale, LocaleRegistry
from imagedocs.material.languages import MATERIAL_LANGUAGES, SEARCH_LANGUAGES
from imagedocs.material.search_options import Search, Segmentation
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Fields, root_fields, wrong_type
from imagedocs.yaml.nodes import MAX_BYTES, Findings, Mapping, Scalar, read_yaml
from imagedocs.yaml.records import PagePattern

LOCALES_PATH = "locales/locales.yaml"
VERSION = 1
MAX_LOCALES = 200
"""More languages than any site has; fallbacks are followed, so their number must be bounded."""

URL_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_URL = re.compile(URL_PATTERN, re.ASCII)
_TAKEN = frozenset({"assets", "schemas", "search"})
"""Folders that the theme and the schemas have at the root of the site."""

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
    untranslated = single_language = GitIgnoreSpec.from_lines([])
    fields = root_fields(root, findings)
    if fields is not None:
        _check_version(fields)
        default_tag = fields.text("default")
        entries = fields.mapping_of("locales", required=True)
        single_language = _patterns(fields, "single_language")
        untranslated = _patterns(fields, "untranslated") + single_language
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
    return LocaleRegistry(default, tuple(locales.values()), untranslated, single_language), findings.sorted()


def _check_version(fields: Fields) -> None:
    version = fields.whole("version")
    if version > VERSION:
        message = f"the file is of version {version}, and this program reads version {VERSION}"
        fields.findings.add(fields.at("version"), Rule.WRONG_TYPE, message, "use a newer imagedocs")


def _patterns(fields: Fields, key: str) -> GitIgnoreSpec:
    read = (PagePattern().read(node, fields.findings) for node in fields.nodes(key))
    return GitIgnoreSpec.from_lines(filter(None, read))


def _read_entries(entries: Mapping, default_tag: str, findings: Findings) -> dict[str, Locale]:
    locales: dict[str, Locale] = {}
    urls: dict[str, str] = {}
    tags: dict[str, str] = {}
    if len(entries.entries) > MAX_LOCALES:
        message = f"there are more than {MAX_LOCALES} locales; the others are not read"
        findings.add(entries.entries[MAX_LOCALES][0], Rule.LOCALE_TAG, message)
    for key, node in entries.entries[:MAX_LOCALES]:
        if not check_tag(key, tags, findings):
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
            continue
        locales[locale.tag] = locale
    check_fallbacks(entries, locales, findings)
    return locales


def _read_locale(key: Scalar, fields: Fields, *, is_default: bool) -> Locale | None:
    """The locale of one entry; `None` when it lacks what it needs to be built."""
    tag, findings = key.value, fields.findings
    pseudo = fields.choice("pseudo", [kind.value for kind in Pseudo], default="")
    name = fields.text("name")
    babel = babel_id(tag, fields)
    material = known_word(
        fields, "material", MATERIAL_LANGUAGES, "Material for MkDocs has no language", required=True
    )
    locale = Locale(
        tag=tag,
        name=name,
        url=_url(tag, fields, is_default=is_default),
        babel=babel,
        material=material,
        direction=direction(tag, babel, fields),
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
    """The first segment of the locale's addresses, and the folder of its site: always a plain name."""
    if is_default:
        if fields.node("url") is not None:
            message = f"{tag} is the default, whose pages are at the root of the site"
            fields.findings.add(fields.at("url"), Rule.LOCALE_TAG, message, "remove this line")
        return ""
    url = fields.text("url", default=tag.lower())
    if not _URL.fullmatch(url) or len(url) > 35 or url in _TAKEN or url in DEVICES:
        reason = "is a folder of the theme" if url in _TAKEN else "cannot be the first segment of an address"
        hint = f'write "{tag.lower()}"'
        fields.findings.add(fields.at("url"), Rule.LOCALE_TAG, f"{shown(url)} {reason}", hint)
        return tag.lower()
    return url


def _search(fields: Fields) -> Search:
    inner = fields.mapping_of("search")
    if inner is None:
        return Search()
    search = Search(
        language=known_word(inner, "language", SEARCH_LANGUAGES, "the search has no stemmer for") or None,
        segmentation=Segmentation(
            inner.choice(
                "segmentation", [each.value for each in Segmentation], default=Segmentation.WORDS.value
            )
        ),
        inflections=inner.flag("inflections", default=False),
    )
    inner.finish()
    return search
