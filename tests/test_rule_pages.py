"""The pages of the rules keep their word: what each shows as wrong is found by its rule, what it shows as the fix is not.

All examples that are pages stand in one project each, `docs/en/wrong-<rule>.md` beside `docs/en/right-<rule>.md`,
with the files that they name; the others go to what reads files of their kind.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from imagedocs.check.checking import check, collect_site
from imagedocs.problems import Problem, Rule
from imagedocs.project import Project
from rule_pages import CATALOG, MANIFEST, Block, RulePage, read_pages
from small_project import DAY, small_project
from test_rule_pages_files import OTHERS
from test_rules_by_hand import BY_HAND

RULE_PAGES = read_pages()

HOW = "a new page: an example in Markdown is tried by itself, one of another file needs a project in test_rule_pages_files"

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


RULES_OF_PAGES = frozenset(RULE_PAGES) - frozenset(BY_HAND) - OTHERS
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


def test_a_project_raises_every_rule() -> None:
    """Each rule is raised in one of three ways, each of which is a test of that rule."""
    assert {rule.label for rule in Rule} == set(RULE_PAGES)
    assert OTHERS | BY_HAND.keys() <= set(RULE_PAGES)
    assert OTHERS.isdisjoint(BY_HAND)


def test_what_has_a_project_made_by_hand_needs_one(tmp_path: Path) -> None:
    """An example that shows all of the mistake is tried as it stands on the page of the rule."""
    files = {path: text for label in BY_HAND for path, text in pages_of(RULE_PAGES[label])}
    found = found_in(tmp_path, files)
    needless = [
        label
        for label in BY_HAND
        if label in rules_in(found, (path for path, _ in pages_of(RULE_PAGES[label])))
    ]
    assert needless == []
