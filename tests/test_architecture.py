"""The house as the page on architecture draws it: imports point one way, and every rule has its page."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from imagedocs.problems import Rule

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "hooks" / "imagedocs"

BASE = {
    "durations",
    "errors",
    "problems",
    "retired",
    "suggestions",
    "findings",
    "look_alikes",
    "writing",
    "yaml",
}
"""What everyone may use."""

ROOMS: dict[str, set[str]] = {
    # room -> the rooms that it may import; a room is a folder or a module of the library
    "durations": set(),
    "errors": set(),
    "problems": {"errors"},
    "retired": {"problems"},
    "suggestions": set(),
    "writing": {"errors"},
    "html_documents": set(),
    "look_alikes": set(),
    "findings": {"problems", "suggestions", "look_alikes"},
    "yaml": {"problems", "suggestions", "findings"},
    "programs": {"problems"},
    "parts": set(),
    "termination": set(),
    "forks": {"errors", "termination"},
    "garbage": set(),
    "live": {"errors"},
    "incremental": {"parts", "writing"},
    "references": BASE,
    "registry": BASE | {"programs", "references"},
    "catalog": BASE | {"references"},
    "evidence": BASE | {"catalog", "registry"},
    "markdown": BASE,
    "material": BASE | {"incremental"},
    "locales": BASE | {"incremental", "material", "parts"},
    "rendering": BASE,
    "publishing": BASE | {"catalog", "evidence", "locales", "parts", "references", "registry", "rendering"},
    "files": BASE | {"incremental", "markdown"},
    "freshness": BASE | {"files", "incremental", "locales", "markdown", "rendering"},
    "checks": BASE
    | {
        "catalog",
        "evidence",
        "files",
        "freshness",
        "html_documents",
        "incremental",
        "locales",
        "markdown",
        "material",
        "references",
        "registry",
    },
    "site_markdown": BASE | {"html_documents", "markdown"},
    "own_settings": BASE | {"catalog", "locales", "markdown", "publishing"},
    "added": BASE
    | {
        "catalog",
        "catalog_files",
        "checks",
        "files",
        "incremental",
        "locales",
        "markdown",
        "own_settings",
        "parts",
        "publishing",
        "references",
        "registry",
        "rendering",
        "site_markdown",
        "today",
    },
    "catalog_files": BASE | {"catalog", "checks", "incremental", "locales", "registry"},
    "today": {"errors"},
    "reports": BASE,
    "external": BASE | {"html_documents", "markdown", "registry"},
    "importing": BASE | {"catalog", "html_documents", "markdown", "references"},
    "comparing": BASE | {"html_documents", "reports"},
    "schemas": BASE | {"catalog", "checks", "external", "locales"},
    "starting": BASE
    | {
        "catalog",
        "locales",
        "markdown",
        "material",
        "parts",
        "publishing",
        "references",
        "registry",
        "schemas",
    },
    "docfx": BASE | {"markdown"},
    "fixes": {"problems", "suggestions", "writing"},
    "project": BASE
    | {
        "own_settings",
        "catalog_files",
        "catalog",
        "checks",
        "docfx",
        "evidence",
        "external",
        "files",
        "forks",
        "freshness",
        "html_documents",
        "incremental",
        "live",
        "locales",
        "markdown",
        "parts",
        "publishing",
        "references",
        "registry",
        "rendering",
    },
    "check": BASE
    | {
        "own_settings",
        "checks",
        "docfx",
        "files",
        "forks",
        "freshness",
        "garbage",
        "incremental",
        "locales",
        "markdown",
        "parts",
        "project",
        "schemas",
        "today",
    },
    "build": BASE
    | {
        "check",
        "checks",
        "files",
        "forks",
        "freshness",
        "incremental",
        "locales",
        "markdown",
        "material",
        "project",
    },
    "plugin": BASE
    | {
        "added",
        "catalog_files",
        "own_settings",
        "site_markdown",
        "build",
        "check",
        "checks",
        "docfx",
        "files",
        "forks",
        "freshness",
        "garbage",
        "incremental",
        "locales",
    }
    | {
        "markdown",
        "material",
        "parts",
        "programs",
        "project",
        "publishing",
        "rendering",
        "reports",
        "schemas",
    }
    | {"termination", "today"},
    "editor": BASE | {"catalog", "catalog_files", "incremental"},
    "commands": BASE
    | {
        "added",
        "catalog_files",
        "__init__",
        "check",
        "checks",
        "comparing",
        "editor",
        "files",
        "freshness",
        "importing",
        "incremental",
        "live",
        "locales",
        "markdown",
        "parts",
    }
    | {"fixes", "programs", "project"}
    | {"registry", "reports", "starting", "today"},
    "cli": BASE | {"__init__", "commands", "programs", "termination"},
    "__main__": {"cli"},
    "__init__": set(),
}

LIVE = {"aiohttp", "yarl"}
"""Packages that only live work may need."""
MAY_BE_LIVE = {"registry", "external"}


def modules() -> list[Path]:
    return sorted(LIBRARY.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(LIBRARY).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            module = node.module or ""
            yield module
            if module == "imagedocs":
                yield from (f"imagedocs.{alias.name}" for alias in node.names)


def test_every_room_has_its_place_in_the_table() -> None:
    assert {room_of(path) for path in modules()} <= ROOMS.keys()


def test_imports_point_one_way() -> None:
    wrong = [
        f"{path.relative_to(LIBRARY).as_posix()}: {reason}"
        for path in modules()
        for name in imports(path)
        if (reason := why_not(room_of(path), name))
    ]
    assert wrong == []


def why_not(room: str, name: str) -> str:
    """Return why no module of the room may import `name`; empty if one may."""
    package, _, rest = name.partition(".")
    if package in ("mkdocs", "material", "properdocs") and room != "plugin":
        return f"{name}: the library knows nothing of MkDocs"
    if package in LIVE and room not in MAY_BE_LIVE:
        return f"{name} is for live work only"
    other = rest.partition(".")[0] if package == "imagedocs" else ""
    if other in ROOMS and other not in (room, *ROOMS[room]):
        return f"{room} may not import {other}"
    return ""


def drawing() -> dict[str, int]:
    """Return the rooms that the page draws, each with the number of its line."""
    text = (ROOT / "docs/en/architecture.md").read_text("utf-8").partition("\n## The library\n")[2]
    lines = text.split("```")[1].splitlines()
    words = [(word, number) for number, line in enumerate(lines) for word in re.findall(r"[a-z_]+/?", line)]
    found = [(word.removesuffix("/"), number) for word, number in words if word.removesuffix("/") in ROOMS]
    assert len(found) == len(dict(found)), "a room is drawn twice"
    return dict(found)


def test_the_page_draws_every_folder() -> None:
    assert {room_of(path) for path in modules() if path.parent != LIBRARY} <= drawing().keys()


def test_a_room_imports_only_what_is_drawn_below_it() -> None:
    drawn = drawing()
    wrong = [
        f"{room} imports {other}"
        for room, others in ROOMS.items()
        for other in others
        if room in drawn and other in drawn and drawn[other] <= drawn[room] and {room, other} - BASE
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("room", "name"),
    [("checks", "mkdocs.config"), ("checks", "aiohttp"), ("checks", "imagedocs.commands.fix")],
)
def test_an_import_that_points_the_other_way_is_found(room: str, name: str) -> None:
    assert why_not(room, name)


def test_the_table_has_no_circles() -> None:
    done: set[str] = set()
    while len(done) < len(ROOMS):
        free = {room for room, others in ROOMS.items() if room not in done and others <= done}
        assert free, f"a circle among {sorted(set(ROOMS) - done)}"
        done |= free


def test_the_command_line_loads_nothing_for_live_work() -> None:
    code = "import imagedocs.cli, sys; sys.exit(any(name in sys.modules for name in ('aiohttp', 'mkdocs')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PAGES = ROOT / "docs" / "en" / "rules"


@pytest.mark.parametrize("rule", list(Rule), ids=str)
def test_every_rule_has_a_page_that_bears_its_name(rule: Rule) -> None:
    text = (PAGES / f"{rule}.md").read_text("utf-8")
    assert re.match(rf"---\ntitle: {re.escape(rule.label)}\n", text)
    assert f"\n# {rule}\n" in text
    assert "## Example" in text
    assert "## Fix" in text


def test_every_page_of_a_rule_has_its_rule_and_its_line_in_the_index() -> None:
    labels = {str(rule): str(rule.severity) for rule in Rule}
    assert {path.stem for path in PAGES.glob("*.md")} - {"index"} == labels.keys()
    index = (PAGES / "index.md").read_text("utf-8")
    rows = re.findall(r"^\| \[([a-z0-9-]+)\]\(([a-z0-9-]+)\.md\) \| (\w+) \|", index, re.MULTILINE)
    assert all(name == target for name, target, _ in rows)
    assert {name: kind for name, _, kind in rows} == labels


def _docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings that stand alone in a file, each with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            text = node.value.value
            if isinstance(text, str):
                yield node.lineno, text


@pytest.mark.parametrize("room", ["build", "check", "files", "incremental", "plugin", "project"])
def test_docstrings_begin_with_a_verb_or_the_noun_that_they_describe(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {text.splitlines()[0]}"
        for path in sorted((LIBRARY / room).rglob("*.py"))
        for line, text in _docstrings(path)
        if re.match(r"(What|Of|Whether|Where|Those|Whose|How)\b", text)
    ]
    assert found == []


def _opens_by_the_locale(call: ast.Call) -> bool:
    """Whether a call reads or writes text in the encoding of the locale, or text with the line ends of the system."""
    name = ast.unparse(call.func).rpartition(".")[2]
    said = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    match name:
        case "read_text":
            return not call.args and "encoding" not in said
        case "write_text":
            return (len(call.args) < 2 and "encoding" not in said) or "newline" not in said
        case "open" | "fdopen" if ast.unparse(call.func) != "os.open":
            modes = [ast.unparse(each) for each in call.args]
            return "encoding" not in said and not any(
                re.fullmatch(r"'[rwxab+]*b[rwxab+]*'", mode) for mode in modes
            )
        case _:
            return "True" in (said.get("text"), said.get("universal_newlines")) and "encoding" not in said


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("p.read_text()", True),
        ("p.read_text('utf-8')", False),
        ("p.write_text(t, 'utf-8')", True),
        ("p.write_text(t, 'utf-8', newline='\\n')", False),
        ("open(p)", True),
        ("p.open('a', encoding='utf-8')", False),
        ("open(p, 'rb')", False),
        ("os.open(p, os.O_RDONLY)", False),
        ("run(c, text=True)", True),
    ],
)
def test_what_opens_by_the_locale_is_seen(code: str, expected: bool) -> None:
    call = next(node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    assert _opens_by_the_locale(call) is expected


def test_files_are_utf_8_whatever_the_locale() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in sorted((ROOT / "hooks").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _opens_by_the_locale(node)
    ]
    assert found == []


def test_hooks_are_thin() -> None:
    for path in (ROOT / "hooks").glob("*.py"):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        assert len(lines) < 60, f"{path.name} does work that belongs in the library"
        assert re.match(r"[a-z]+_[a-z_]+$", path.stem), "a verb and what it is done to"
