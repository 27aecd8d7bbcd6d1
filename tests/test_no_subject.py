"""The library knows nothing of the list that it was written for: no registry, no publisher, no product."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from imagedocs.markdown.publisher import Publisher
from imagedocs.project.settings import load_settings

NAMES = re.compile(r"azure|\bmcr\b|microsoft|learn\.|msdn|aka\.ms|inference", re.IGNORECASE)
FILES = [
    *(ROOT / "hooks").rglob("*.py"),
    *(
        path
        for path in (ROOT / "includes/theme").rglob("*")
        if path.suffix in {".html", ".js", ".css", ".xml"}
    ),
]

ALLOWED = {
    # text -> why it may stand there
    "azurecli": "a language of code, as authors of the dialect write it behind a fence",
    "azure-cli": "likewise",
    "azurepowershell": "likewise",
    "application/vnd.microsoft.artifact.lifecycle": "a media type, by which any OCI registry says until when",
    "vnd.microsoft.artifact.lifecycle.end-of-life.date": "the annotation that belongs to it",
    r"AZURE\.": "how the dialect's marks of alerts and includes began in former times: they are reported",
    "assets/stylesheets/learn.css": "the file of our theme, named for the dialect",
    "assets/javascripts/learn.js": "likewise",
}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of all that a file says to a program or a reader: not what it says to its own authors."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        bare = re.sub(
            r"/\*.*?\*/|\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL
        )
        yield from enumerate(bare.splitlines(), 1)
        return
    tree = ast.parse(text)
    said_to_authors = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said_to_authors:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id


def test_no_value_is_of_the_subject() -> None:
    found = []
    for path in FILES:
        for line, text in texts(path):
            for allowed in sorted(ALLOWED, key=len, reverse=True):
                text = text.replace(allowed, "")
            if NAMES.search(text):
                found.append(f"{path.relative_to(ROOT)}:{line}: {text[:100]}")
    assert found == []


def test_our_own_project_says_it_instead() -> None:
    ours = load_settings(ROOT).publisher
    assert ours.site == "https://learn.microsoft.com"
    assert ours.has_domain("docs.microsoft.com")
    assert not ours.has_domain("notmicrosoft.com")
    assert ours.player_query("channel9.msdn.com") == "nocookie=true"
    assert Publisher().player_query("channel9.msdn.com") is None


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("publisher: {site: http://x.example}", [('4:23: error: wrong-type: expected an address such as '
         'https://example.org, found "http://x.example"')]),
        ("publisher: {stie: https://x.example}", ['4:17: error: unknown-key: unknown key "stie"; did you mean "site"?']),
        ("publisher: {hosts: x.example}", ['4:24: error: wrong-type: expected a list, found "x.example"; write [x.example]']),
        ("publishre: {}", ['4:5: error: unknown-key: unknown key "publishre"; did you mean "publisher"?']),
        ("publisher: {hosts: [x.example], site: https://x.example/docs/}", [
         '4:43: error: wrong-type: expected an address such as https://example.org, found "https://x.example/docs/"']),
        ("publisher: {}", []),
    ],
)  # fmt: skip
def test_what_a_project_says_of_its_publisher_is_checked(
    tmp_path: Path, extra: str, expected: list[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: X\nextra:\n  imagedocs:\n    {extra}\n")
    problems = load_settings(tmp_path).problems
    assert [str(problem) for problem in problems] == [f"mkdocs.yml:{line}" for line in expected]


def test_a_file_that_holds_itself_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: X\nextra:\n  imagedocs: &a\n    publisher: *a\n")
    assert load_settings(tmp_path).problems


@pytest.mark.parametrize(
    "mistake",
    ["imags: true", "images: {prefx: x}", "publisher: {site: https://x.example, hosst: [y.example]}"],
)
def test_a_wrong_setting_leaves_the_others_in_force(tmp_path: Path, mistake: str) -> None:
    good = "" if mistake.startswith("publisher") else "    publisher: {site: https://x.example}\n"
    (tmp_path / "mkdocs.yml").write_text(f"site_name: X\nextra:\n  imagedocs:\n    {mistake}\n{good}")
    settings = load_settings(tmp_path)
    assert [problem.rule.label for problem in settings.problems] == ["unknown-key"]
    assert settings.publisher.site == "https://x.example"
