"""Translations in a project: what the check says of them, and which state each is in."""

from pathlib import Path

import pytest

from freshness_project import PAGES, SOURCE, SPANISH, edit, findings, pinned, states
from imagedocs.freshness import State
from imagedocs.project import Project
from imagedocs.project.translations import accept
from small_project import DAY, problems_of, small_project

SUGGESTION = "suggestion: translation-unpinned"


def test_a_pinned_translation_is_fresh(tmp_path: Path) -> None:
    root = pinned(tmp_path)
    assert states(root) == {"docs/es/index.md": State.UNPINNED, "docs/es/page.md": State.FRESH}
    expected = (
        f"docs/es/index.md:1:1: {SUGGESTION}: nobody has noted which version of docs/en/index.md this is a "
        'translation of; compare the two, then run "imagedocs status --accept docs/es/index.md"'
    )
    assert findings(root) == [expected]
    assert problems_of(root) == []


def test_a_project_without_translations_has_nothing_to_say(tmp_path: Path) -> None:
    root = small_project(tmp_path, {"docs/en/page.md": SOURCE})
    assert set(states(root).values()) == {State.MISSING}
    assert findings(root) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        pytest.param(
            "docs/en/page.md",
            "is old",
            "is new",
            'docs/es/page.md:7:1: suggestion: translation-stale: the paragraph at docs/en/page.md:3:1 has changed since this was translated, to "The tag is new."; change the translation too, then run "imagedocs status --accept docs/es/page.md"',
            id="a sentence of the source",
        ),
        pytest.param(
            "docs/en/page.md",
            "Pull it.\n",
            "Pull it.\n\nThen wait.\n",
            'docs/es/page.md:11:1: suggestion: translation-stale: the paragraph at docs/en/page.md:9:1 has been added since this was translated: "Then wait."; change the translation too, then run "imagedocs status --accept docs/es/page.md"',
            id="a paragraph more in the source",
        ),
        pytest.param(
            "docs/en/page.md",
            "Pull it.\n",
            "",
            'docs/es/page.md:11:1: suggestion: translation-stale: a paragraph has been removed from docs/en/page.md since this was translated: "Pull it."; change the translation too, then run "imagedocs status --accept docs/es/page.md"',
            id="a paragraph less in the source",
        ),
        pytest.param(
            "docs/en/page.md",
            "ls",
            "ls -l",
            'docs/es/page.md:13:1: suggestion: translation-stale: the block of code at docs/en/page.md:9:1 has changed since this was translated, to "ls -l"; change the translation too, then run "imagedocs status --accept docs/es/page.md"',
            id="code of the source",
        ),
        pytest.param(
            "docs/es/page.md",
            "ls",
            "ls -l",
            'docs/es/page.md:13:1: warning: translation-code: the code is not that of docs/en/page.md:9:1; copy it from there; if only words in it are translated, run "imagedocs status --accept docs/es/page.md"',
            id="code of the translation",
        ),
        pytest.param(
            "docs/es/page.md",
            "Extráigala.\n",
            "",
            'docs/es/page.md:9:1: error: translation-incomplete: the paragraph at docs/en/page.md:7:1 is missing: "Pull it."; translate it here; if it is part of another paragraph now, run "imagedocs status --accept docs/es/page.md"',
            id="a paragraph of the translation",
        ),
        pytest.param(
            "docs/es/page.md",
            '<a name="steps"></a>',
            "",
            'docs/es/page.md:9:1: error: translation-anchor: the heading at docs/en/page.md:5:1 has the anchor "steps", and its translation has not; write <a name="steps"></a> at the beginning of its text',
            id="an anchor of the translation",
        ),
    ],
)
def test_what_the_check_says_of_a_pinned_page(
    tmp_path: Path, path: str, old: str, new: str, expected: str
) -> None:
    root = pinned(tmp_path)
    edit(root, path, old, new)
    assert [line for line in findings(root) if "unpinned" not in line] == [expected]


def test_a_translation_whose_source_is_gone(tmp_path: Path) -> None:
    root = pinned(tmp_path)
    (root / "docs/en/page.md").unlink()
    assert findings(root)[1:] == [
        "docs/es/page.md:1:1: warning: translation-orphan: this is a translation of a page that is no longer there; remove it"
    ]


def test_a_translation_whose_source_has_moved(tmp_path: Path) -> None:
    """The pin goes where the page goes: moved as well, it is fresh again."""
    root = pinned(tmp_path)
    (root / "docs/en/guide").mkdir()
    (root / "docs/en/page.md").rename(root / "docs/en/guide/new.md")
    assert findings(root)[1:] == [
        "docs/es/page.md:1:1: warning: translation-orphan: this is a translation of docs/en/guide/new.md, which has moved; move it to docs/es/guide/new.md"
    ]
    (root / "docs/es/guide").mkdir()
    (root / "docs/es/page.md").rename(root / "docs/es/guide/new.md")
    assert states(root)["docs/es/guide/new.md"] is State.FRESH


def test_pages_of_a_pipeline_whose_sources_are_elsewhere_are_no_orphans(tmp_path: Path) -> None:
    marks = "---\nms.openlocfilehash: 1f\nms.translationtype: MT\n---\n# Título\n"
    pages = dict.fromkeys(("docs/es/a.md", "docs/es/b.md", "docs/es/c.md"), marks)
    root = pinned(tmp_path, {**pages, "docs/en/a.md": "# Title\n"})
    assert [line for line in findings(root) if "orphan" in line] == []
    (root / "docs/en/b.md").write_text("# Title\n", "utf-8")
    (orphan,) = (line for line in findings(root) if "orphan" in line)
    assert orphan.startswith("docs/es/c.md:1:1: warning: translation-orphan: ")


def test_a_page_of_one_language_alone_is_no_orphan(tmp_path: Path) -> None:
    root = pinned(tmp_path, {"docs/es/local.md": "# Solo aquí\n"})
    assert "docs/es/local.md" not in states(root)
    assert len(findings(root)) == 1


@pytest.mark.parametrize("damage", ["missing", "empty", "another text", "not JSON", "deep", "list"])
def test_a_version_that_is_lost_or_damaged(tmp_path: Path, damage: str) -> None:
    root = pinned(tmp_path)
    (file,) = (root / "locales/sources").iterdir()
    content = file.read_text("utf-8")
    file.unlink()
    damaged = {
        "empty": "",
        "another text": content.replace("old", "new"),
        "not JSON": content[:-20],
        "deep": "[" * 100_000,
        "list": "[1, 2]",
    }
    if damage in damaged:
        file.write_text(damaged[damage], "utf-8")
    assert [line for line in findings(root) if "unpinned" not in line] == [
        f'docs/es/page.md:3:1: warning: translation-pin: nothing is known of the version "sha256-{file.stem}" of docs/en/page.md; compare the page with its source, then run "imagedocs status --accept docs/es/page.md"; in a shallow clone, "git fetch --unshallow" may bring the version back'
    ]


def test_a_fragment_is_a_translation_too(tmp_path: Path) -> None:
    files = {"includes/note.md": "Read this.\n", "includes/es/note.md": "Lea esto.\n"}
    root = small_project(tmp_path, {**PAGES, **files})
    accept(Project.load(root, DAY), ["includes/es/note.md"])
    assert states(root)["includes/es/note.md"] is State.FRESH
    edit(root, "includes/note.md", "Read this", "Read that")
    assert states(root)["includes/es/note.md"] is State.STALE


def test_two_paragraphs_made_one_can_be_accepted(tmp_path: Path) -> None:
    joined = SPANISH.replace("vieja.\n\n##", "vieja. Extráigala.\n\n##").replace(
        "Extráigala.\n\n```", "\n```"
    )
    root = small_project(tmp_path, {**PAGES, "docs/es/page.md": joined})
    accept(Project.load(root, DAY), ["docs/es/page.md"])
    assert states(root)["docs/es/page.md"] is State.FRESH
    edit(root, "docs/es/page.md", "```bash\nls\n```\n", "")
    assert states(root)["docs/es/page.md"] is State.INCOMPLETE


def test_what_is_missing_cannot_be_accepted(tmp_path: Path) -> None:
    root = small_project(
        tmp_path, {**PAGES, "docs/es/page.md": SPANISH.replace('## <a name="steps"></a>Pasos\n', "")}
    )
    (done,) = accept(Project.load(root, DAY), ["docs/es/page.md"])
    assert done.after.state is State.INCOMPLETE
    assert "translation-incomplete: the heading" in findings(root)[1]


def test_the_glossary_is_kept_in_pages(tmp_path: Path) -> None:
    glossary = "version: 1\nkeep: [Docker]\nterms:\n  tag: {es: etiqueta}\n"
    wrong = SPANISH.replace("La etiqueta", "El rótulo")
    root = pinned(tmp_path, {"locales/glossary.yaml": glossary, "docs/es/page.md": wrong})
    found = [line for line in problems_of(root) if line.startswith("docs/")]
    assert found == [
        'docs/es/page.md:7:1: warning: glossary-term: "tag" is not rendered as the glossary has it; write "etiqueta"'
    ]
    edit(root, "docs/es/page.md", "El rótulo", "La etiqueta")
    assert problems_of(root) == []
    edit(root, "docs/es/page.md", "La etiqueta", "Con docker, la etiqueta")
    assert [line for line in problems_of(root) if line.startswith("docs/")] == [
        'docs/es/page.md:7:5: warning: glossary-term: "docker" is spelt otherwise; write "Docker"'
    ]


def test_a_page_that_is_to_be_translated_anew_is_not_held_against_the_glossary(tmp_path: Path) -> None:
    glossary = "version: 1\nkeep: [Docker]\nterms: {}\n"
    root = pinned(tmp_path, {"locales/glossary.yaml": glossary})
    edit(root, "docs/en/page.md", "The tag is old.", "The tag is Docker's.")
    assert problems_of(root) == []
    assert [line.split(": ")[2] for line in findings(root) if "page.md" in line] == ["translation-stale"]
