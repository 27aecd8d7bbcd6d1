"""The command line: what it prints where, and its exit status."""

import json
import shutil
from pathlib import Path

import click
import pytest
import yaml

from conftest import run_imagedocs
from imagedocs.cli import main
from imagedocs.commands import COMMANDS
from small_project import problems_of, small_project
from vintages import Row, write_list

FILES = {
    "docs/en/tag-policy.md": "# Tags\n\n[Home](index.md)\n",
    "docs/es/index.md": '# <a name="home"></a>Inicio\n\nTexto.\n',
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("project"), FILES)


def test_a_sound_project_has_nothing_to_say(tmp_path: Path, project: Path) -> None:
    for arguments in (
        ("--project", str(project), "check"),
        ("check", "--project", str(project)),
        ("check", f"--project={project}"),
    ):
        result = run_imagedocs(tmp_path, *arguments)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("path", "says"),
    [("catalog/registry.json", "is not there"), ("locales/locales.yaml", "does not exist")],
)
def test_a_site_without_a_file_that_init_makes_is_told_where_to_get_it(
    tmp_path: Path, path: str, says: str
) -> None:
    (small_project(tmp_path, FILES) / path).unlink()
    hint = "copy the one that `imagedocs init` makes in an empty folder"
    assert f"{path}: error: unreadable-file: {says}; {hint}" in problems_of(tmp_path)


def test_the_project_is_the_nearest_one_upwards(project: Path) -> None:
    (project / "docs/en/media").mkdir()
    for folder in ("docs/en", "docs/en/media", "catalog"):
        result = run_imagedocs(project / folder, "check")
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    begun = run_imagedocs(project / "docs/en/media", "init", "--registry", "ghcr.io")
    assert begun.returncode == 0
    assert (project / "docs/en/media/mkdocs.yml").is_file()
    shutil.rmtree(project / "docs/en/media")


def test_each_format_is_what_it_says(project: Path) -> None:
    for form in ("json", "sarif", "codeclimate"):
        result = run_imagedocs(project, "check", "--locale", "en", "--format", form)
        assert result.returncode == 0
        json.loads(result.stdout)
    assert run_imagedocs(project, "check", "--locale", "en", "--format", "junit").stdout.startswith("<?xml")


def test_problems_fail_unless_a_baseline_knows_them(project: Path) -> None:
    page = project / "docs" / "en" / "tag-policy.md"
    whole = page.read_text("utf-8")
    page.write_text(f"{whole}\n[x](nöpe.md)\n", "utf-8")
    try:
        found = run_imagedocs(project, "check", "--locale", "en")
        quiet = run_imagedocs(project, "check", "--locale", "en", "--quiet")
        written = run_imagedocs(
            project, "check", "--locale", "en", "--baseline", "known.json", "--write-baseline"
        )
        known = run_imagedocs(project, "check", "--locale", "en", "--baseline", "known.json")
        summary = run_imagedocs(
            project,
            "check",
            "--locale",
            "en",
            "--format",
            "github",
            GITHUB_STEP_SUMMARY=str(project / "summary.md"),
        )
    finally:
        page.write_text(whole, "utf-8")
    stale = run_imagedocs(project, "check", "--locale", "en", "--baseline", "known.json")
    elsewhere = run_imagedocs(project, "check", "--locale", "es", "--baseline", "known.json")
    line = whole.count("\n") + 2
    assert (
        found.stdout
        == f'docs/en/tag-policy.md:{line}:5: error: broken-link: there is no file "docs/en/nöpe.md"\n'
    )
    assert (found.returncode, quiet.returncode, quiet.stdout) == (1, 1, "")
    assert (written.returncode, known.returncode, known.stdout) == (0, 0, "")
    assert known.stderr == "1 known problem is left out (known.json)\n"
    assert (elsewhere.returncode, elsewhere.stdout) == (0, "")  # the page of the entry was not looked at
    assert summary.returncode == 1
    assert summary.stdout.startswith(
        f"::error file=docs/en/tag-policy.md,line={line},col=5,title=broken-link::"
    )
    assert "### imagedocs: 1 error in 1 file" in (project / "summary.md").read_text("utf-8")
    assert stale.returncode == 1
    assert "baseline-stale" in stale.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("check", "--baseline", "nothing.json"), "nothing.json cannot be read"),
        (("check", "--write-baseline"), "--write-baseline needs --baseline FILE"),
        (("check", "--locale", "xx"), 'there is no locale "xx"'),
        (("check", "--format", "xml"), "is not one of"),
        (("snapshot", "--image", "minimal-py313-inference"), 'did you mean "minimal-py312-inference"?'),
        (("import", "nothing.md"), "nothing.md cannot be read"),
        (("merge",), "give the three files"),
        (("export", "tar"), "'tar' is not 'skopeo'"),
        (("tags", "A/B"), "is not"),
        (("chek",), "No such command 'chek'. (Did you mean one of: 'check', 'schema'?)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_sentence(
    project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = run_imagedocs(project, *arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_an_export_is_what_another_tool_reads(project: Path) -> None:
    assert run_imagedocs(project, "export", "skopeo").stdout.startswith("mcr.microsoft.com:\n")


def test_import_prints_a_catalog_and_what_is_doubtful(tmp_path: Path) -> None:
    row = Row("flow", "2.4", "CPU", ("numpy=1.20.1",), "host.example/flow-2.4-cpu", "1", None)
    (tmp_path / "list.md").write_text(write_list([row]), "utf-8")
    result = run_imagedocs(
        tmp_path, "import", "list.md", "--listed-on", "2021-05-25", "--as-of", "2021-06-01"
    )
    assert result.returncode == 1
    assert [image["repository"] for image in yaml.safe_load(result.stdout)["images"]] == ["flow-2.4-cpu"]
    assert result.stderr.splitlines()[0] == (
        'list.md:8:13: error: invalid-requirement: "numpy=1.20.1" is not a requirement; did you mean "numpy==1.20.1"?'
    )


def test_a_registry_that_cannot_be_reached_is_unknown(project: Path) -> None:
    result = run_imagedocs(project, "verify", "registry.invalid/team/base:1")
    assert result.returncode == 3
    assert result.stdout.startswith("unknown: registry.invalid/team/base:1: ")


def test_the_list_of_commands_says_of_each_what_it_says_of_itself() -> None:
    context = click.Context(main)
    for name, (_, says) in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.help is not None
        assert " ".join(command.help.split("\n\n")[0].split()) == says
