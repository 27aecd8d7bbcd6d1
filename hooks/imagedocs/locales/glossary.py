"""The file of the terms that translations must keep: names that stay as they are, and words with one rendering."""

from pathlib import Path

from imagedocs.locales.files import read_project_file
from imagedocs.locales.glossary_terms import Glossary, KeptTerm, Term
from imagedocs.locales.registry import LocaleRegistry
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Text, root_fields, unknown_key, wrong_type
from imagedocs.yaml.nodes import MAX_BYTES, Findings, Mapping, Node, Scalar, Sequence, read_yaml

GLOSSARY_PATH = "locales/glossary.yaml"
VERSION = 1
MAX_TERMS = 2000
"""Every term is looked for in every text, so that their number must be bounded."""


def load_glossary(root: Path, registry: LocaleRegistry) -> tuple[Glossary, tuple[Problem, ...]]:
    """The glossary of the project at `root`, and what is wrong with its file; a project may have none."""
    if not (root / GLOSSARY_PATH).exists():
        return Glossary(), ()
    content = read_project_file(root, GLOSSARY_PATH, MAX_BYTES)
    return (Glossary(), (content,)) if isinstance(content, Problem) else read_glossary(content, registry)


def read_glossary(
    content: str | bytes, registry: LocaleRegistry, path: str = GLOSSARY_PATH
) -> tuple[Glossary, tuple[Problem, ...]]:
    """The terms that `content` lists, and every mistake in it."""
    root, problems = read_yaml(path, content)
    findings = Findings(path, list(problems))
    fields = root_fields(root, findings)
    if fields is None:
        return Glossary(), findings.sorted()
    version = fields.whole("version")
    if version > VERSION:
        message = f"the file is of version {version}, and this program reads version {VERSION}"
        findings.add(fields.at("version"), Rule.WRONG_TYPE, message, "use a newer imagedocs")
    kept = _read_kept(fields.nodes("keep"), findings)
    entries = fields.mapping_of("terms")
    fields.finish()
    terms = _read_terms(entries.mapping, registry, findings) if entries is not None else ()
    return Glossary(kept, terms), findings.sorted()


def _read_kept(nodes: tuple[Node, ...], findings: Findings) -> tuple[KeptTerm, ...]:
    found: dict[str, KeptTerm] = {}
    for node in nodes[:MAX_TERMS]:
        text = Text("a name").read(node, findings)
        if text is None:
            continue
        term = KeptTerm(text, findings.at(node))
        first = found.setdefault(text.casefold(), term)
        if first is not term:
            message = f"{shown(text)} stands twice; first on line {first.position.line}"
            findings.add(node, Rule.DUPLICATE_KEY, message, "remove one of them")
    _check_number(nodes, findings)
    return tuple(found.values())


def _read_terms(entries: Mapping, registry: LocaleRegistry, findings: Findings) -> tuple[Term, ...]:
    tags = [locale.tag for locale in registry.translated]
    terms: list[Term] = []
    for key, node in entries.entries[:MAX_TERMS]:
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping of languages to renderings", findings)
            continue
        renderings: dict[str, tuple[str, ...]] = {}
        for tag, value in node.entries:
            if tag.value not in tags:
                _report_language(tag, tags, findings)
            elif texts := _renderings(value, findings):
                renderings[tag.value] = texts
        terms.append(Term(key.value, renderings, findings.at(key)))
    _check_number(tuple(key for key, _ in entries.entries), findings)
    return tuple(terms)


def _report_language(tag: Scalar, tags: list[str], findings: Findings) -> None:
    if tag.reads_as != "text":
        message = f"YAML reads {tag.value} as a {tag.reads_as}, not as a language tag"
        findings.add(tag, Rule.UNQUOTED_VALUE, message, f'write "{tag.value}"')
    elif did_you_mean(tag.value, tags):
        unknown_key(tag, tags, findings)
    else:
        message = f"{shown(tag.value)} is no language that the site is translated into"
        findings.add(tag, Rule.UNKNOWN_KEY, message, f"there are {', '.join(tags)}")


def _renderings(node: Node, findings: Findings) -> tuple[str, ...]:
    """One text, or a list whose first is the one to use."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    texts = (Text("a rendering").read(each, findings) for each in nodes)
    return tuple(text for text in texts if text is not None)


def _check_number(nodes: tuple[Node, ...], findings: Findings) -> None:
    if len(nodes) > MAX_TERMS:
        message = f"there are more than {MAX_TERMS} terms; the others are not read"
        findings.add(nodes[MAX_TERMS], Rule.YAML_SYNTAX, message)
