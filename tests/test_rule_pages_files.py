"""The pages of the rules keep their word, of the rules for files that are no pages: the catalog, the locales, sentences,
imported lists, redirections, tables of contents and addresses of other sites."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from textwrap import dedent, indent

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.checks.messages import check_messages
from imagedocs.docfx.redirections import read_redirections
from imagedocs.docfx.redirects import read_redirects
from imagedocs.docfx.toc import Surroundings, load_toc
from imagedocs.external.allowances import read_allowances
from imagedocs.external.answers import Answer, Verdict
from imagedocs.external.judging import judge_links
from imagedocs.importing import ListFile, read_lists
from imagedocs.locales.locale_file import read_locales
from imagedocs.locales.po import PoFile
from imagedocs.locales.po_reader import read_po
from imagedocs.markdown import PageOptions, Source
from imagedocs.markdown.document import Link
from imagedocs.problems import Position, Problem
from imagedocs.registry.manifest import load_manifest
from imagedocs.yaml.nodes import read_yaml
from markdown_files import Files
from rule_pages import read_pages

PAGES = read_pages()
DAY = date(2026, 3, 20)


def with_fields(text: str, defaults: dict[str, str]) -> str:
    """A mapping of YAML that has the fields of `text` and, where it has none, the `defaults`."""
    named = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    return text + "".join(f"{name}: {value}\n" for name, value in defaults.items() if name not in named)


IMAGE = {
    "id": "flow", "repository": "team/flow", "tag": '"1"', "framework": "none", "accelerator": "{kind: cpu}",
    "os": "unknown", "python": "unknown", "packages": "unknown", "environment": "not-applicable",
    "listed": "{from: 2025-01-01}", "status": "supported",
}  # fmt: skip


def catalog(text: str) -> Iterable[Problem]:
    """The text is entries of `images`, or the fields of one."""
    text = dedent(text)
    entries = re.split(r"^- ", text, flags=re.MULTILINE)[1:] if text.startswith("- ") else [text]
    images = ""
    for written in entries:
        status = "{from: 2024-01-01, until: 2025-01-01}" if "status: removed" in written else IMAGE["listed"]
        fields = with_fields(
            dedent(re.sub(r"^  ", "", written, flags=re.MULTILINE)), {**IMAGE, "listed": status}
        )
        images += "  - " + indent(fields, "    ").lstrip()
    if "replacement:" in text:
        images += (
            "  - "
            + indent(with_fields("id: scorer-py312\nrepository: team/scorer-py312\n", IMAGE), "    ").lstrip()
        )
    head = (
        "version: 1\nregistry: registry.example\nframeworks:\n  tensorflow: {name: TensorFlow}\n"
        "  xgboost: {name: XGBoost}\n  none: {name: No framework}\nsystems:\n  ubuntu: {name: Ubuntu}\nimages:\n"
    )
    return load_catalog("images.yaml", head + images)[1]


LANGUAGE = {"name": "X", "babel": "es", "material": "es"}
KNOWN = {"zh-Hans": ("zh_Hans", "zh"), "zh-Hant": ("zh_Hant", "zh-Hant"), "pt-BR": ("pt_BR", "pt-BR"),
         "ar": ("ar", "ar"), "es-419": ("es_419", "es"), "en": ("en", "en")}  # fmt: skip


def locales(text: str, *, complete: bool = True) -> Iterable[Problem]:
    """The text is the file, or entries of `locales`; languages that are needed and not shown are added."""
    text = dedent(text)
    default = re.search(r"^default: .*\n", text, re.MULTILINE)
    entries = dedent(text.partition("locales:\n")[2] if "locales:\n" in text else text)
    written = ""
    for name, fields in re.findall(r"^([\w-]+):\n((?:  .*\n)+)", entries, re.MULTILINE):
        babel, material = KNOWN.get(name, ("es", "es"))
        defaults = {**LANGUAGE, "babel": babel, "material": material} if complete else {}
        written += f"  {name}:\n{indent(with_fields(dedent(fields), defaults), '    ')}"
    for name in ("en", "es"):
        if not re.search(rf"^  {name}:", written, re.MULTILINE):
            written += f"  {name}: {{name: X, babel: {name}, material: {name}}}\n"
    return read_locales(
        f"version: 1\n{default[0] if default else 'default: en' + chr(10)}locales:\n{written}"
    )[1]


def incomplete_locales(text: str) -> Iterable[Problem]:
    return locales(text, complete=False)


HEADER = 'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def messages(text: str) -> Iterable[Problem]:
    file = read_po((text if text.startswith('msgid ""') else HEADER + text).encode(), "es.po")
    wanted = PoFile("x.pot", file.header, tuple(entry for entry in file.entries if not entry.obsolete))
    registry, _ = read_locales(
        "version: 1\ndefault: en\nlocales:\n  en: {name: English, babel: en, material: en}\n"
        "  es: {name: Español, babel: es, material: es}\n"
    )
    return (*file.problems, *check_messages(registry, {"es": file}, wanted, wanted))


HEADS = {
    3: "| Framework version | CPU/GPU | Image |\n| --- | --- | --- |\n",
    4: "| Framework version | CPU/GPU | Packages | Image |\n| --- | --- | --- | --- |\n",
}


def imported(text: str) -> Iterable[Problem]:
    if text.startswith("|") and "---" not in text:
        text = HEADS[text.splitlines()[0].count("|") - 1] + text
    return read_lists([ListFile("list.md", f"### Scorer\n\n{text}", DAY)], as_of=DAY).problems


def redirections(text: str) -> Iterable[Problem]:
    text = text if '"redirections"' in text else f'{{"redirections": [{text}]}}'
    path = ".openpublishing.redirection.json"
    path = path if '"docs/' in text or '"/docs/' in text else f"docs/en/{path}"
    files = {name: f"docs/en/{name}" for name in ("tag-policy.md", "index.md", "new.md")}
    found, problems = read_redirections([Source(path, text)], ("en",), lambda place: place in files.values())
    return (*problems, *read_redirects(found, ("en",), files, "", str)[1])


def contents(text: str) -> Iterable[Problem]:
    path = "toc.md" if text.startswith(("#", "[")) else "TOC.yml"
    names = (
        "index.md",
        "deploy.md",
        "tutorials.md",
        "images/list.md",
        "tutorials/overview.md",
        "tutorials/index.md",
    )
    texts = {**dict.fromkeys(names, "# Page\n"), "tutorials/toc.yml": "- name: X\n  href: overview.md\n"}
    if "href: tutorials/\n" in text and "topicHref" not in text and "tocHref" not in text:
        del texts["tutorials/toc.yml"]
    before = "# [Start](index.md)\n" if path == "toc.md" else ""
    around = Surroundings(
        Files({**texts, path: before + text}), lambda name: name, tuple(names), PageOptions()
    )
    return load_toc(path, around).problems


def allowances(text: str) -> Iterable[Problem]:
    found, problems = read_allowances("external-links.yaml", f"version: 1\n{text}")
    links = [Link(Position("docs/en/a.md", 1, 1), one.url) for one in found]
    return (*problems, *judge_links(links, {}, found, DAY, lambda _path, _line: None))


READERS: dict[str, Callable[[str], Iterable[Problem]]] = {
    **dict.fromkeys(
        (
            "catalog-contradiction", "catalog-dates", "catalog-replacement", "duplicate-image", "duplicate-package",
            "invalid-date", "invalid-requirement", "invalid-version", "unknown-name", "unquoted-value",
        ),
        catalog,
    ),
    **dict.fromkeys(
        (
            "duplicate-key", "locale-default", "locale-duplicate", "locale-fallback", "locale-tag", "locale-unknown",
            "unknown-key", "wrong-type",
        ),
        locales,
    ),
    "missing-field": incomplete_locales,
    "newer-version": lambda text: read_allowances("x.yaml", f"{text}allow: []\n")[1],
    "yaml-syntax": lambda text: read_yaml("x.yaml", text)[1],
    **dict.fromkeys(
        (
            "message-fuzzy", "message-markup", "message-obsolete", "message-placeholder", "message-plurals",
            "message-untranslated", "message-whitespace", "po-header", "po-syntax",
        ),
        messages,
    ),
    **dict.fromkeys(
        (
            "import-cell-doubtful", "import-column-unknown", "import-image-mismatch", "import-not-taken",
            "import-nothing-found", "import-spelling", "import-tag-missing",
        ),
        imported,
    ),
    **dict.fromkeys(
        (
            "circular-redirection", "redirected-file-not-removed", "redirection-conflict",
            "redirection-path-syntax-error", "source-path-conflict", "path-invalid",
            "redirection-invalid",
        ),
        redirections,
    ),
    **dict.fromkeys(
        ("invalid-toc-href", "invalid-toc-level", "invalid-toc-syntax", "invalid-topic-href", "toc-not-found"), contents
    ),
    "external-allowance-expired": allowances,
    "external-allowance-unused": lambda text: judge_links(
        (), {}, read_allowances("x.yaml", f"version: 1\n{text}")[0], DAY, lambda _path, _line: None
    ),
    "json-syntax": lambda text: load_manifest(
        "registry.json", f'{{"version": 1, "repositories": {{"registry.example/team/flow": {text}}}}}'.encode()
    )[1],
}  # fmt: skip
"""Rule → what reads its example."""

FIX_IS_ELSEWHERE = frozenset(("import-cell-doubtful",))
"""The code of the fix is for another file than that of the example."""


def labels(problems: Iterable[Problem]) -> set[str]:
    return {problem.rule.label for problem in problems}


@pytest.mark.parametrize("label", READERS)
def test_a_file_shows_what_is_wrong_and_what_is_right(label: str) -> None:
    page, read = PAGES[label], READERS[label]
    assert label in labels(read(page.example[0].text))
    if page.fix and label not in FIX_IS_ELSEWHERE:
        after = read(page.fix[0].text)
        assert label not in labels(after)
        assert [str(problem) for problem in after if problem.severity == "error"] == []


ANSWERS = {
    "external-anchor-missing": Answer(Verdict.OK, DAY, 200, fragments={"browsing-content": False}),
    "external-link-broken": Answer(Verdict.DEAD, DAY, 404, "status 404: there is no such page"),
    "external-link-moved": Answer(Verdict.OK, DAY, 200, final="https://docs.example.com/new/"),
    "external-link-refused": Answer(Verdict.REFUSED, DAY, reason="the address is inside a private network"),
    "external-link-unknown": Answer(Verdict.BLOCKED, DAY, 403, "status 403, which says nothing of the page"),
}


@pytest.mark.parametrize("label", ANSWERS)
def test_a_link_to_another_site(label: str) -> None:
    page, answer = PAGES[label], ANSWERS[label]

    def judged(text: str, given: Answer) -> set[str]:
        (target,) = re.findall(r"\]\(([^)]*)\)", text)
        link = Link(Position("docs/en/a.md", 1, 1), target)
        return labels(
            judge_links([link], {target.partition("#")[0]: given}, (), DAY, lambda _path, _line: None)
        )

    assert judged(page.example[0].text, answer) == {label}
    for block in page.fix if page.fix and page.fix[0].language == "markdown" else ():
        assert judged(block.text, Answer(Verdict.OK, DAY, 200)) == set()
    if label == "external-link-moved":
        assert answer.final in page.fix[0].text


OTHERS = frozenset(READERS) | frozenset(ANSWERS)
