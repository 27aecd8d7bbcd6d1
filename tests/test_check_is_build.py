"""What fails a strict build is a problem of `imagedocs check`, with its place, and what it passes is none."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import run_mkdocs
from imagedocs.cli import main
from imagedocs.commands import dry_runs
from small_project import CONFIG, YOUNG, small_project

PAGE = "---\ntitle: A\n{}\n---\n# A\n\nText.\n"

Change = tuple[str, str] | dict[str, str | bytes | None]
"""Text of `mkdocs.yml` and what takes its place, or files (`None`: removed)."""


def line(text: str, config: str = CONFIG) -> int:
    return config[: config.index(text)].count("\n") + 1


END = CONFIG.count("\n") + 1

MISTAKES: dict[str, tuple[Change, str]] = {
    "a theme": (("  name: material", "  name: materail"), f"mkdocs.yml:{line('  name: material')}:9: error: build-failed: MkDocs cannot build the site: theme: Unrecognised theme name: 'materail'"),
    "a plugin": (("  - search #", "  - serach #"), f"mkdocs.yml:{line('  - search #')}:5: error: build-failed: MkDocs cannot build the site: plugins: The \"serach\" plugin is not installed; did you mean \"search\"?"),
    "an option of an extension": (("permalink: true", "permalnk: true"), "error: build-failed: MkDocs cannot build the site: markdown_extensions: Failed to load extension 'toc'. KeyError: 'permalnk'"),
    "an unknown key": (("", "sitename: x\n"), f'mkdocs.yml:{END}:1: warning: build-warning: MkDocs has no setting "sitename"; did you mean "site_name"?'),
    "an address": (("", "repo_url: github.com/x\n"), f"mkdocs.yml:{END}:11: error: build-failed: MkDocs cannot build the site: repo_url: The URL isn't valid"),
    "a hook that is not there": (("", "hooks: [hooks/none.py]\n"), f"mkdocs.yml:{END}:9: error: build-failed: MkDocs cannot build the site: hooks: The path 'hooks/none.py' isn't an existing file"),
    "a hook that fails": ({"mkdocs.yml": CONFIG + "hooks: [own/h.py]\n", "own/h.py": "import os\n\nraise ValueError('no')\n"}, "own/h.py:3: error: build-failed: MkDocs cannot build the site: ValueError: no"),
    "a hook for an event of no name": ({"mkdocs.yml": CONFIG + "hooks: [own/h.py]\n", "own/h.py": "def on_end(config): ...\n"}, 'error: build-failed: MkDocs cannot build the site: a hook has the function "on_end", and MkDocs has no such event'),
    "a style sheet": (("extra_css:\n", "extra_css:\n  - none.css\n"), f'mkdocs.yml:{line("extra_css:") + 1}:5: error: broken-link: the page has a link to "none.css", and there is nothing'),
    "a logo": (("theme:\n", "theme:\n  logo: none.png\n"), f'mkdocs.yml:{line("theme:") + 1}:9: error: broken-link: the page has a link to "none.png", and there is nothing'),
    "a link in the footer": (("extra:\n", "extra:\n  social: [{icon: fontawesome/brands/github, link: /none/}]\n"), f'mkdocs.yml:{line("extra:") + 1}:52: error: broken-link: the page has a link to "none/", and there is nothing'),
    "a template": ({"docs/en/a.md": PAGE.format("template: nosuch.html")}, 'docs/en/a.md:3:11: error: template-error: the theme has no template "nosuch.html"'),
    "an icon": ({"docs/en/a.md": PAGE.format("icon: material/nosuch")}, 'docs/en/a.md:3:7: error: template-error: the theme has no icon "material/nosuch"'),
    "no start page": ({"docs/en/index.md": None, "docs/en/a.md": PAGE.format("description: x")}, "mkdocs.yml: error: nav-page-missing: the site has no start page, to which every page has a link; write docs/en/index.md"),
    "a menu of pages that are not there": ({"docs/en/TOC.yml": "- name: Home\n  href: index.md\n- name: Parent\n  items:\n  - name: Gone\n    href: gone.md\n"}, 'docs/en/TOC.yml:6:11: error: nav-page-missing: the navigation names "gone.md"'),
}  # fmt: skip
IN_SHORT = {"a hook that fails", "a link in the footer", "no start page"}
"""Those that are built in every run of the tests."""
SOUND: Change = {"docs/en/a.md": PAGE.format("template: main.html\nicon: material/alert")}


def project(folder: Path, change: Change) -> Path:
    files: dict[str, str | bytes] = {"catalog/images.yaml": YOUNG.join([_catalog(), b""])}
    removed: list[str] = []
    if isinstance(change, tuple):
        before, after = change
        files["mkdocs.yml"] = CONFIG.replace(before, after, 1) if before else CONFIG + after
    else:
        files |= {path: content for path, content in change.items() if content is not None}
        removed = [path for path, content in change.items() if content is None]
    small_project(folder, files)
    for path in removed:
        (folder / path).unlink()
    return folder


def _catalog() -> bytes:
    return (Path(__file__).parent.parent / "catalog/images.yaml").read_bytes()


def checked(folder: Path, *options: str) -> list[str]:
    result = CliRunner().invoke(main, ["--project", str(folder), "check", *options], standalone_mode=False)
    assert result.exception is None
    lines = result.stdout.splitlines()
    return [each for each in lines if ": suggestion: " not in each]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_with_its_place(name: str, tmp_path: Path) -> None:
    change, expected = MISTAKES[name]
    (told,) = checked(project(tmp_path, change))
    assert expected in told


@pytest.mark.parametrize(
    "name", [each if each in IN_SHORT else pytest.param(each, marks=pytest.mark.full) for each in MISTAKES]
)
def test_a_strict_build_fails_for_it(name: str, tmp_path: Path) -> None:
    built = run_mkdocs(project(tmp_path, MISTAKES[name][0]), "build", "--strict", "-q")
    assert built.returncode != 0


def test_what_is_sound_passes(tmp_path: Path) -> None:
    assert checked(project(tmp_path, SOUND)) == []


@pytest.mark.full
def test_what_is_sound_is_built(tmp_path: Path) -> None:
    built = run_mkdocs(project(tmp_path, SOUND), "build", "--strict")
    assert built.returncode == 0, built.stderr


def test_mkdocs_is_asked_again_only_when_something_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, SOUND)
    checked(folder)
    monkeypatch.setattr(dry_runs, "run_mkdocs", lambda *_: pytest.fail("MkDocs was asked again"))
    monkeypatch.setattr(dry_runs, "_known", {})
    assert checked(folder) == []
    (folder / "mkdocs.yml").write_text(CONFIG + "sitename: x\n")
    with pytest.raises(pytest.fail.Exception):
        checked(folder)


def test_no_hook_is_run_unless_wanted(tmp_path: Path) -> None:
    change, _ = MISTAKES["a hook that fails"]
    folder = project(tmp_path, change)
    (folder / "own/h.py").write_text("open('was-run', 'w').close()\n")
    assert checked(folder, "--no-build") == []
    assert not (folder / "was-run").exists()
    checked(folder)
    assert (folder / "was-run").exists()
