"""The pages of the rules keep their word: what each shows as wrong is found by its rule, what it shows as the fix is not.

All examples that are pages stand in one project each, `docs/en/wrong-<rule>.md` beside `docs/en/right-<rule>.md`,
with the files that they name; the others go to what reads files of their kind.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from imagedocs.problems import Problem, Rule
from imagedocs.project import Project
from imagedocs.project.checking import check, collect_site
from rule_pages import Block, RulePage, read_pages
from small_project import DAY, small_project
from test_rule_pages_files import OTHERS

RULE_PAGES = read_pages()

HOW = "a new page: an example in Markdown is tried by itself, one of another file needs a reader in test_rule_pages_files"

NOT_RUN = {
    "message-of-library": "of a language that imagedocs itself does not have",
    "baseline-stale": "it is of two runs, one after the other",
    "dev-language-missing": "more than twenty lines are described, not shown",
    "glossary-term": "the glossary of the example is in words",
    "image-allowance-expired": "the fix is a decision",
    "image-allowance-unused": "that no page names an image is said in words",
    "import-difference": "the two files are described, not shown",
    "invisible-character": "what can't be seen is described",
    "messages-out-of-date": "the template of the example is in words",
    "nav-page-missing": "of the configuration, with the site's own pages",
    "nav-page-omitted": "of the configuration, with the site's own pages",
    "page-collision": "the example is the name of a file",
    "path-case-conflict": "the example is the names of two files",
    "path-not-portable": "the example is the names of files",
    "publish-url-conflict": "the example is the names of two files",
    "record-not-asked": "of the record, which the tests of images try",
    "record-old": "of the record, which the tests of images try",
    "registry-broken": "of a live registry",
    "registry-deprecated": "of a live registry",
    "registry-drift": "of a live registry",
    "registry-gone": "of a live registry",
    "registry-latest-alone": "of a live registry",
    "registry-outside-window": "of a live registry",
    "registry-silent": "of a live registry",
    "registry-warning": "of a live registry",
    "too-many-problems": "a hundred problems are described, not shown",
    "too-much": "twenty files are described, not shown",
    "translation-anchor": "of a translation that notes its source, which the tests of freshness try",
    "translation-code": "of a translation that notes its source, which the tests of freshness try",
    "translation-incomplete": "of a translation that notes its source, which the tests of freshness try",
    "translation-orphan": "of two versions of a project",
    "translation-pin": "of two versions of a page",
    "translation-stale": "of two versions of a page",
    "translation-unpinned": "of two versions of a page",
    "unreadable-file": "the bytes of the example are described",
}
"""Rules whose examples no test runs, and why."""

HEAD = "---\nzone_pivot_groups: processors\n---\n\n# Page\n\n"
NO_HEAD = frozenset(("h1-not-first", "h1-missing", "multiple-h1s"))
"""Rules of titles: the examples are whole pages."""
HEADS = {"pivot-id-not-found": HEAD, "pivot-id-unused": HEAD}
OTHER_LANGUAGES = {"pivot-group-not-found": "yaml", "merge-conflict": "text"}
"""Rules of pages whose examples are code of another language than Markdown."""

IN_SPANISH = frozenset(("link-leaves-locale", "bilingual-page"))
INCLUDED = frozenset(("h1-in-include",))

NOTEBOOK = {
    "cells": [
        {"cell_type": "code", "metadata": {"name": name}, "source": ["x"]}
        for name in ("model", "model", "fit", "fit-model")
    ]
}
SUPPORT: Mapping[str, str | bytes] = {
    "docs/en/tag-policy.md": "# Tags\n\n## Which tag to use\n\nText.\n",
    "docs/en/deploy.md": "# Deploy\n\nText.\n",
    "docs/en/concept-prebuilt-docker-images-inference.md": (
        "# Images\n\n## List of prebuilt Docker images for inference\n\nText.\n"
    ),
    "docs/en/samples/score.py": "# <load>\nmodel = 1\n# </load>\n" + "x = 1\n" * 20,
    "docs/en/samples/train.py": "x = 1\n",
    "docs/en/samples/train.ipynb": json.dumps(NOTEBOOK),
    "includes/score.py": "x = 1\n",
    "includes/note.md": "A note.\n",
    "includes/images.md.j2": "{% if form == \"table\" %}A table.{% else %}Blocks.{% endif %}\n",
    "docs/en/zone-pivot-groups.yml": (
        "groups:\n- id: processors\n  title: Processor\n  prompt: Choose\n  pivots:\n"
        "  - {id: cpu, title: CPU}\n  - {id: gpu, title: GPU}\n"
    ),
    "docs/en/.openpublishing.redirection.json": (
        '{"redirections": [{"source_path": "old.md", "redirect_url": "tag-policy.md"}]}'
    ),
    **{
        f"docs/en/media/{name}": b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        for name in ("steps.png", "dynamic-install.svg", "dynamic.svg", "preinstalled.svg", "all layers.svg")
    },
}  # fmt: skip


def entry(name: str, status: str) -> str:
    python = '"3.12"' if name.endswith("py312") else "unknown"
    return (
        f"  - {{id: {name}, repository: team/{name}, tag: latest, framework: none, accelerator: {{kind: cpu}}, os: unknown,"
        f" python: {python}, packages: unknown, environment: not-applicable, status: {status}}}\n"
    )


GOOD_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CATALOG = (
    "version: 2\nregistry: registry.example.com\nframeworks:\n  none: {name: No framework}\nsystems: {}\nimages:\n"
    + entry(
        "base",
        "supported, listed: {from: 2025-01-01}, known_issues: [{tag: 20260309.v1, text: It stops., since: 2026-03-12,"
        " fixed_in: 20260316.v1, source: a test}]",
    )
    + entry("scorer", "supported, listed: {from: 2025-01-01}")
    + entry("scorer-py312", "supported, listed: {from: 2025-01-01}")
    + entry("scorer-py39", "deprecated, replacement: scorer-py312, listed: {from: 2025-01-01}")
    + entry(
        "scorer-py37", "removed, replacement: scorer-py312, listed: {from: 2025-01-01, until: 2026-01-01}"
    )
)

SEEN = {"seen": [{"date": "2026-03-16", "source": "a test"}]}
MANIFEST = {
    "version": 1,
    "repositories": {
        **{
            f"registry.example.com/team/{name}": {"latest": SEEN}
            for name in ("scorer-py312", "scorer-py39", "scorer-py37")
        },
        "registry.example.com/team/base": {"latest": SEEN, "20260309.v1": SEEN, "20260316.v1": SEEN},
        "registry.example.com/team/scorer": {
            "latest": SEEN,
            "1.4.0-cu12": SEEN,
            "1.4.0": {"digest": GOOD_DIGEST, **SEEN},
        },
    },
}


def pages_of(page: RulePage) -> Iterator[tuple[str, str]]:
    """The files of the example and of the fix, as paths and texts."""
    label = page.label
    for kind, blocks in (("wrong", page.example), ("right", page.fix)):
        languages = ("markdown", "html", "dockerfile", OTHER_LANGUAGES.get(label))
        pages = [block for block in blocks if block.language in languages or block.text.startswith("---\n")]
        if label == "circular-reference":
            for number, block in enumerate(pages):
                yield f"includes/{'ab'[number]}.md", block.text
            yield (
                f"docs/en/{kind}-{label}.md",
                f"# Page\n\n[!INCLUDE [a](../../includes/{'a' if pages else 'note'}.md)]\n",
            )
        elif label == "template-error":
            yield f"includes/{kind}-{label}.md.j2", blocks[0].text
        elif label in INCLUDED:
            yield f"includes/{kind}-{label}.md", pages[0].text
            yield (
                f"docs/en/{kind}-{label}.md",
                f"# Page\n\n[!INCLUDE [x](../../includes/{kind}-{label}.md)]\n",
            )
        else:
            for number, block in enumerate(pages):
                locale = "es" if label in IN_SPANISH else "en"
                yield f"docs/{locale}/{kind}-{label}{number or ''}.md", as_page(label, block)


def as_page(label: str, block: Block) -> str:
    if block.language == "dockerfile":
        return f"# Page\n\n```dockerfile\n{block.text}```\n"
    if block.language == "yaml":
        head = block.text if block.text.startswith("---\n") else f"---\n{block.text}---\n"
        return f"{head}\n# Page\n\nText.\n"
    whole = block.text.startswith("---\n") or label in NO_HEAD
    return block.text if whole else HEADS.get(label, "# Page\n\n") + block.text


def found_in(folder: Path, files: Mapping[str, str | bytes]) -> Mapping[str, list[Problem]]:
    project = Project.load(small_project(folder, {**SUPPORT, **files}), DAY)
    by_path: dict[str, list[Problem]] = {}
    for problem in check(project, collect_site(project)):
        by_path.setdefault(problem.position.path, []).append(problem)
    return by_path


RULES_OF_PAGES = frozenset(RULE_PAGES) - frozenset(NOT_RUN) - OTHERS
WITH_OUR_IMAGES = frozenset(
    label
    for label in RULES_OF_PAGES
    if any("registry.example.com" in block.text for block in RULE_PAGES[label].example)
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Problem]]:
    """The problems of all examples that are pages, by path."""
    labels = RULES_OF_PAGES - WITH_OUR_IMAGES
    files = {path: text for label in labels for path, text in pages_of(RULE_PAGES[label])}
    ours = {path: text for label in WITH_OUR_IMAGES for path, text in pages_of(RULE_PAGES[label])}
    with_images = {"catalog/images.yaml": CATALOG, "catalog/registry.json": json.dumps(MANIFEST)}
    return {
        **found_in(tmp_path_factory.mktemp("pages"), files),
        **found_in(tmp_path_factory.mktemp("images"), {**ours, **with_images}),
    }


def rules_in(found: Mapping[str, list[Problem]], paths: Iterable[str]) -> set[str]:
    return {problem.rule.label for path in paths for problem in found.get(path, ())}


@pytest.mark.parametrize("label", sorted(RULES_OF_PAGES))
def test_a_page_shows_what_is_wrong_and_what_is_right(found: Mapping[str, list[Problem]], label: str) -> None:
    paths = [path for path, _ in pages_of(RULE_PAGES[label])]
    wrong = [path for path in paths if f"/right-{label}" not in path]
    assert label in rules_in(found, wrong), f"the example of {label}.md is nothing that the rule finds; {HOW}"
    right = [path for path in paths if f"/right-{label}" in path]
    assert label not in rules_in(found, right)
    errors = [
        str(problem) for path in right for problem in found.get(path, ()) if problem.severity == "error"
    ]
    assert errors == []


def test_every_rule_has_a_page_that_is_tried_or_a_reason_why_not() -> None:
    assert {rule.label for rule in Rule} == set(RULE_PAGES)
    assert set(NOT_RUN) <= set(RULE_PAGES)
    assert OTHERS.isdisjoint(NOT_RUN)
