"""The metadata of pages, with places, and what is wrong with it: names that are the site's own, values of another
type, what the schemas of `docfx.json` ask for, and what no two pages may share."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from imagedocs.docfx.config import Config
from imagedocs.docfx.custom_rules import CustomRule, Page, read_custom_rules
from imagedocs.docfx.monikers import WrongRange
from imagedocs.docfx.schema import check_schema, find_unique
from imagedocs.docfx.schema_texts import Breach
from imagedocs.docfx.values import Value, merge, value_of
from imagedocs.markdown.sources import Source
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import read_yaml

RESERVED: Final = frozenset(
    [
        "locale",
        "canonical_url",
        "redirect_url",
        "document_id",
        "document_version_independent_id",
        "github_contributors",
        "updated_at",
        "content_git_url",
        "original_content_git_url",
        "original_content_git_url_template",
        "source_url",
        "gitcommit",
        "site_name",
        "depot_name",
        "conceptual",
        "wordCount",
        "rawTitle",
        "_path",
        "_rel",
        "_op_gitContributorInformation",
        "_op_canonicalUrlPrefix",
        "_op_pdfUrlPrefixTemplate",
    ]
)
"""What docfx says of a page itself."""

_TEXTS: Final = ("title", "author", "breadcrumb_path", "monikerRange", "uid", "_tocRel", "robots")
"""What docfx reads as text."""

_MIME = re.compile(r"#+\s*YamlMime:\s*(\S+)", re.IGNORECASE)
_KINDS: Final = (("net", "dotnet"), ("powershell", "powershell"), ("rest", "rest"), ("python", "python"))
"""What the names of YAML pages begin with, and what rules call them."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The metadata of one page, with what `docfx.json` gives it."""

    page: Page
    value: Value
    """A mapping."""
    versions: frozenset[str] = frozenset()


_DOUBTFUL = re.compile(
    rf"^[\"']?(?:{'|'.join(map(re.escape, sorted(RESERVED)))})[\"']?[ \t]*:"
    rf"|^[\"']?(?:{'|'.join(_TEXTS)})[\"']?[ \t]*:[ \t]*(?:[\[{{&!#].*)?$",
    re.MULTILINE,
)


def is_doubtful(source: Source) -> bool:
    """Whether, without a `docfx.json`, something may be wrong with the page's metadata: seen without reading it."""
    if not source.path.endswith(".md"):
        return bool(yaml_kind(source.text))
    header = split_front_matter(source.text)[0] if source.text.startswith("---") else None
    return bool(header and (_DOUBTFUL.search(header) or header.lstrip().startswith("{")))


def yaml_kind(text: str) -> str:
    """What a page in YAML is, of its first line (`### YamlMime:Landing`); empty for other YAML."""
    found = _MIME.match(text)
    if found is None:
        return ""
    name = found[1].lower()
    return next((kind for prefix, kind in _KINDS if name.startswith(prefix)), name)


def read_page_metadata(source: Source, config: Config) -> PageMetadata | None:
    """`None` for what is no page."""
    kind = "conceptual" if source.path.endswith(".md") else yaml_kind(source.text)
    if not kind:
        return None
    place = config.place(source.path)
    value = Value({}, Position(source.path, 1, 1))
    if config.everywhere.fields:
        value = _placed(merge(value, config.everywhere), value.position)
    given = {name: found for pattern, name, found in config.by_pattern if pattern.matches(place)}
    value = Value({**value.fields, **given}, value.position)
    own = _own(source, kind)
    if own is not None and own.fields:
        value = merge(value, own)
    robots = value.text("robots").lower()
    if kind == "conceptual":
        kind = value.text("layout").lower() or kind
    page = Page(place, kind, is_indexed="noindex" not in robots)
    return PageMetadata(page, value, _versions(config, source.path, value))


def _placed(value: Value, position: Position) -> Value:
    return Value(value.data, position)


def _own(source: Source, kind: str) -> Value | None:
    """What the file itself says. That it is no YAML is said when the page is parsed."""
    if kind != "conceptual":
        node, _ = read_yaml(source.path, source.text)
        metadata = node.get("metadata") if isinstance(node, MappingNode) else None
        return value_of(metadata, source.path) if isinstance(metadata, MappingNode) else None
    header, _, _ = split_front_matter(source.text)
    if not header or not header.strip():
        return None
    node, _ = read_yaml(source.path, f"\n{header}")  # the first line of the file is ---
    return value_of(node, source.path) if isinstance(node, MappingNode) else None


def _versions(config: Config, path: str, value: Value) -> frozenset[str]:
    """The versions that the page is for. What is wrong with a range is said where it is used."""
    versions = config.versions(path)
    own = value.text("monikerRange")
    if not own or not config.monikers:
        return versions
    try:
        return config.monikers.of_range(own) & versions
    except WrongRange:
        return versions


def check_metadata(pages: Iterable[PageMetadata], config: Config, today: date) -> Iterator[Problem]:
    """Of all pages of a documentation set; each problem once."""
    seen = dict[Problem, None]()
    unique: dict[tuple[int, str, str, object], list[tuple[Value, CustomRule | None]]] = {}
    rules_of = [_attribute_rules(schema) for schema in config.schemas]
    for each in pages:
        for breach in _check_own(each.value):
            seen.update(dict.fromkeys(_problems(breach, each.page, {}, config)))
        for number, schema in enumerate(config.schemas):
            for breach in _check_against(schema, each.value, today):
                seen.update(dict.fromkeys(_problems(breach, each.page, rules_of[number], config)))
            for name, value in find_unique(schema, each.value):
                rule = rules_of[number].get(name, {}).get(Rule.DUPLICATE_ATTRIBUTE.label)
                for version in each.versions or {""}:
                    if rule is None or rule.is_for(each.page):
                        same = unique.setdefault((number, name, version, value.plain()), [])
                        same.append((value, rule))
    for (_, name, _, _), same in unique.items():
        if len(same) > 1:
            seen.update(dict.fromkeys(_duplicates(name, same)))
    yield from seen


def _attribute_rules(schema: Value) -> dict[str, Mapping[str, CustomRule]]:
    """What a schema makes of rules (`rules`): attribute → code → rule."""
    rules = schema.fields.get("rules")
    return {name: read_custom_rules(each) for name, each in rules.fields.items()} if rules else {}


def _check_own(value: Value) -> Iterator[Breach]:
    for name, each in value.fields.items():
        if name in RESERVED:
            message = f"the site itself says what {name} of a page is"
            yield _at_key(Breach(Rule.ATTRIBUTE_RESERVED, each, name, message, "remove it"))
        elif name in _TEXTS and isinstance(each.data, tuple | dict):
            message = f"expected text for {name}, found {each.shown()}"
            yield Breach(Rule.VIOLATE_SCHEMA, each, name, message)


def _check_against(schema: Value, value: Value, today: date) -> Iterator[Breach]:
    for name in schema.texts("reserved"):
        if name in value.fields and name not in RESERVED:
            message = f"the site itself says what {name} of a page is"
            yield _at_key(Breach(Rule.ATTRIBUTE_RESERVED, value.fields[name], name, message, "remove it"))
    yield from check_schema(schema, value, today)


def _at_key(breach: Breach) -> Breach:
    value = breach.value
    placed = Value(value.data, value.key or value.position)
    return Breach(breach.rule, placed, breach.attribute, breach.message, breach.hint)


def _problems(
    breach: Breach, page: Page, rules: Mapping[str, Mapping[str, CustomRule]], config: Config
) -> Iterator[Problem]:
    problem = Problem(breach.value.position, breach.rule, breach.message, breach.hint)
    label = breach.rule.label
    for rule in (rules.get(breach.attribute, {}).get(label), config.rules.get(label)):
        if rule is not None:
            if not rule.is_for(page):
                return
            problem = rule.apply(problem)
    yield problem


def _duplicates(name: str, same: list[tuple[Value, CustomRule | None]]) -> Iterator[Problem]:
    places = list(dict.fromkeys(value.position for value, _ in same))
    for value, rule in same:
        others = [str(place) for place in places if place != value.position] or [str(value.position)]
        more = ", …" if len(others) > 3 else ""
        message = f"{name} {shown(value.shown())} is that of another page: {', '.join(others[:3])}{more}"
        problem = Problem(value.position, Rule.DUPLICATE_ATTRIBUTE, message, "give each page its own")
        yield rule.apply(problem) if rule else problem
