"""The pages of the rules keep their word, of the rules for files that are no pages: the catalog, the locales, sentences,
imported lists, redirections, tables of contents and addresses of other sites. Each example stands in a project."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from textwrap import dedent, indent

import pytest

from imagedocs.commands.checking import Check
from imagedocs.external import asking
from imagedocs.external.answers import Answer, Verdict
from imagedocs.importing import ListFile, read_lists
from imagedocs.locales import load_locales
from imagedocs.locales.update import update_messages
from imagedocs.problems import Problem
from rule_pages import SEEN, read_pages
from small_project import CONFIG, DAY, small_project

PAGES = read_pages()

Files = Mapping[str, str]


def with_fields(text: str, defaults: dict[str, str]) -> str:
    """A mapping of YAML that has the fields of `text` and, where it has none, the `defaults`."""
    named = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    return text + "".join(f"{name}: {value}\n" for name, value in defaults.items() if name not in named)


IMAGE = {
    "id": "flow", "repository": "team/flow", "tag": '"1"', "framework": "none", "accelerator": "{kind: cpu}",
    "os": "unknown", "python": "unknown", "packages": "unknown", "environment": "not-applicable",
    "listed": "{from: 2025-01-01}", "status": "supported",
}  # fmt: skip


def catalog(text: str) -> Files:
    """The text is entries of `images`, or the fields of one; the registry has them all."""
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
        "version: 1\nregistry: registry.example.com\nframeworks:\n  tensorflow: {name: TensorFlow}\n"
        "  xgboost: {name: XGBoost}\n  none: {name: No framework}\nsystems:\n  ubuntu: {name: Ubuntu}\nimages:\n"
    )
    names = re.findall(r"repository: (\S+)", images)
    recorded = {f"registry.example.com/{name}": {"1": SEEN, "latest": SEEN} for name in names}
    return {
        "catalog/images.yaml": head + images,
        "catalog/registry.json": json.dumps({"version": 1, "repositories": recorded}),
    }


LANGUAGE = {"name": "X", "babel": "es", "material": "es"}
KNOWN = {"zh-Hans": ("zh_Hans", "zh"), "zh-Hant": ("zh_Hant", "zh-Hant"), "pt-BR": ("pt_BR", "pt-BR"),
         "ar": ("ar", "ar"), "es-419": ("es_419", "es"), "en": ("en", "en")}  # fmt: skip


def locales(text: str, *, complete: bool = True) -> Files:
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
    head = f"version: 1\n{default[0] if default else 'default: en' + chr(10)}locales:\n"
    return {"locales/locales.yaml": head + written}


def incomplete_locales(text: str) -> Files:
    return locales(text, complete=False)


SPANISH = "locales/es/LC_MESSAGES/messages.po"


def messages(text: str) -> Files:
    """The text is a file of sentences, or sentences in one; a template says those that are not obsolete."""
    said = re.findall(r'^msgid "(.+)"\n(?:msgid_plural "(.*)"\n)?', text, re.MULTILINE)
    template = ""
    for one, more in said:
        given = "".join(f", {name}=1" for name in re.findall(r"%\((\w+)\)s", one) if not more)
        template += (
            f'{{{{ ngettext("{one}", "{more}", 1) }}}}\n' if more else f'{{{{ _("{one}"{given}) }}}}\n'
        )
    return {SPANISH: text, "includes/said.md.j2": template}


def with_two_plural_forms(text: str) -> Files:
    return messages(
        'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n' + text
    )


HEADS = {
    3: "| Framework version | CPU/GPU | Image |\n| --- | --- | --- |\n",
    4: "| Framework version | CPU/GPU | Packages | Image |\n| --- | --- | --- | --- |\n",
}


def imported(text: str) -> list[Problem]:
    if text.startswith("|") and "---" not in text:
        text = HEADS[text.splitlines()[0].count("|") - 1] + text
    return [*read_lists([ListFile("list.md", f"### Scorer\n\n{text}", DAY)], as_of=DAY).problems]


def redirections(text: str) -> Files:
    text = text if '"redirections"' in text else f'{{"redirections": [{text}]}}'
    path = ".openpublishing.redirection.json"
    path = path if '"docs/' in text or '"/docs/' in text else f"docs/en/{path}"
    return {path: text, "docs/en/tag-policy.md": PAGE, "docs/en/new.md": PAGE}


def contents(text: str) -> Files:
    path = "toc.md" if text.startswith(("#", "[")) else "TOC.yml"
    names = ("deploy.md", "tutorials.md", "images/list.md", "tutorials/overview.md", "tutorials/index.md")
    texts = {**dict.fromkeys(names, PAGE), "tutorials/toc.yml": "- name: X\n  href: overview.md\n"}
    if "href: tutorials/\n" in text and "topicHref" not in text and "tocHref" not in text:
        del texts["tutorials/toc.yml"]
    before = "# [Start](index.md)\n" if path == "toc.md" else ""
    return {f"docs/en/{name}": content for name, content in {**texts, path: before + text}.items()}


PAGE = "# Page\n\nText.\n"

PROJECTS: dict[str, Callable[[str], Files]] = {
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
    "newer-version": lambda text: {"catalog/allowed-images.yaml": f"{text}allow: []\n"},
    "yaml-syntax": lambda text: {"mkdocs.yml": CONFIG + text},
    **dict.fromkeys(
        (
            "message-fuzzy", "message-markup", "message-obsolete", "message-placeholder",
            "message-untranslated", "message-whitespace", "po-header", "po-syntax",
        ),
        messages,
    ),
    "message-plurals": with_two_plural_forms,
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
    "json-syntax": lambda text: {
        "catalog/registry.json": f'{{"version": 1, "repositories": {{"registry.example/team/flow": {text}}}}}'
    },
}  # fmt: skip
"""Rule → the files of a project that its example is part of."""


def labels(problems: Iterable[Problem]) -> set[str]:
    return {problem.rule.label for problem in problems}


def found_in(folder: Path, files: Files) -> list[Problem]:
    """Return what is wrong with the files of a project that has them."""
    root = small_project(folder, files)
    if SPANISH in files:
        _add_sentences(root, files[SPANISH])
    problems = Check(root, DAY, (), (), forgets=True).problems()
    return [problem for problem in problems if problem.position.path in files]


def _add_sentences(root: Path, text: str) -> None:
    """Collect the sentences of the project, and write the text among them, or in their place if it has a header."""
    known = small_project(root.parent / f"{root.name}-base", {}) / SPANISH
    (root / SPANISH).write_bytes(known.read_bytes())
    update_messages(root, load_locales(root)[0])
    if not text.startswith('msgid ""'):
        entries = (root / SPANISH).read_text("utf-8").split("\n\n")
        said = re.findall(r'^(?:#~ )?msgid ".+"$', text, re.MULTILINE)
        kept = [
            entry
            for entry in entries
            if not any(re.search(rf"^{re.escape(line)}$", entry, re.MULTILINE) for line in said)
        ]
        text = "\n\n".join([*kept, text])
    (root / SPANISH).write_text(text, "utf-8", newline="\n")


@pytest.mark.parametrize("label", PROJECTS)
def test_a_file_shows_what_is_wrong_and_what_is_right(label: str, tmp_path: Path) -> None:
    page, files = PAGES[label], PROJECTS[label]
    assert label in labels(found_in(tmp_path / "wrong", files(page.example[0].text)))
    if page.fix:
        after = found_in(tmp_path / "right", files(page.fix[0].text))
        assert label not in labels(after)
        errors = [str(problem) for problem in after if problem.severity == "error"]
        assert [error for error in errors if "messages-out-of-date" not in error] == []


IMPORTED = (
    "import-cell-doubtful", "import-column-unknown", "import-image-mismatch", "import-not-taken", "import-nothing-found",
    "import-spelling", "import-tag-missing",
)  # fmt: skip
FIX_IS_ELSEWHERE = frozenset(("import-cell-doubtful",))
"""The code of the fix is for another file than that of the example."""


@pytest.mark.parametrize("label", IMPORTED)
def test_a_list_shows_what_is_wrong_and_what_is_right(label: str) -> None:
    page = PAGES[label]
    assert label in labels(imported(page.example[0].text))
    if page.fix and label not in FIX_IS_ELSEWHERE:
        after = imported(page.fix[0].text)
        assert label not in labels(after)
        assert [str(problem) for problem in after if problem.severity == "error"] == []


ANSWERS = {
    "external-anchor-missing": Answer(Verdict.OK, DAY, 200, fragments={"browsing-content": False}),
    "external-link-broken": Answer(Verdict.DEAD, DAY, 404, "status 404: there is no such page"),
    "external-link-moved": Answer(Verdict.OK, DAY, 200, final="https://docs.example.com/new/"),
    "external-link-refused": Answer(Verdict.REFUSED, DAY, reason="the address is inside a private network"),
    "external-link-unknown": Answer(Verdict.BLOCKED, DAY, 403, "status 403, which says nothing of the page"),
}


def external(
    folder: Path, monkeypatch: pytest.MonkeyPatch, page: str, answers: Mapping[str, Answer], allowed: str = ""
) -> set[str]:
    """Return what a check with external links finds in a project whose links have these answers."""
    monkeypatch.setattr(asking, "ask_links", lambda *_, **__: dict(answers))
    files = {
        "docs/en/a.md": f"# Page\n\n{page}",
        "catalog/external-links.yaml": f"version: 1\n{allowed or 'allow: []'}",
    }
    root = small_project(folder, files)
    problems = Check(root, DAY, (), ("external-",), forgets=True).problems()
    return labels(problem for problem in problems if problem.rule.label.startswith("external-"))


@pytest.mark.parametrize("label", ANSWERS)
def test_a_link_to_another_site(label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, answer = PAGES[label], ANSWERS[label]

    def judged(folder: str, text: str, given: Answer) -> set[str]:
        (target,) = re.findall(r"\]\(([^)]*)\)", text)
        return external(tmp_path / folder, monkeypatch, text, {target.partition("#")[0]: given})

    assert judged("wrong", page.example[0].text, answer) == {label}
    for block in page.fix if page.fix and page.fix[0].language == "markdown" else ():
        assert judged("right", block.text, Answer(Verdict.OK, DAY, 200)) == set()
    if label == "external-link-moved":
        assert answer.final in page.fix[0].text


ALLOWANCES = ("external-allowance-expired", "external-allowance-unused")


@pytest.mark.parametrize("label", ALLOWANCES)
def test_an_address_that_is_allowed(label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGES[label]
    allowed = page.example[0].text
    (address,) = re.findall(r"url: (\S+)", allowed)
    text = "Text.\n" if label == "external-allowance-unused" else f"[a]({address})\n"
    assert external(tmp_path / "wrong", monkeypatch, text, {}, allowed) == {label}
    after = re.sub("until: .*", "until: 2027-01-31", allowed)
    assert external(tmp_path / "right", monkeypatch, f"[a]({address})\n", {}, after) == set()


OTHERS = frozenset((*PROJECTS, *IMPORTED, *ANSWERS, *ALLOWANCES))
