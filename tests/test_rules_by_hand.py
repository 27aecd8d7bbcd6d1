"""A project for each rule whose example is not a whole file: what it has wrong is found, and the same put right is not."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from added_project import added_site
from conftest import run_imagedocs
from fault_server import error
from freshness_project import edit, pinned
from imagedocs.catalog.schema import render_catalog_schema
from imagedocs.commands.checking import Check
from imagedocs.locales import load_locales
from imagedocs.locales.update import update_messages
from imagedocs.project import Project
from imagedocs.project.translations import accept
from memory_registry import Repository, digest_of, holding, image, index
from rule_pages import CATALOG, MANIFEST, SEEN
from small_project import CONFIG, DAY, LOCALES, small_project

Files = Mapping[str, str | bytes]
Try = Callable[[Path, bool], set[str]]
"""Makes a project in a folder, with the mistake or without, and returns the names of the rules that were found."""

RULE = re.compile(r": (?:error|warning|suggestion): ([a-z0-9-]+): ")


def command(folder: Path, *arguments: str) -> set[str]:
    """Return the rules whose problems a command prints."""
    result = run_imagedocs(folder, *arguments)
    assert result.returncode in (0, 1, 3), result.stderr
    return set(RULE.findall(result.stdout + result.stderr))


def check(folder: Path) -> set[str]:
    problems = Check(folder, DAY, (), (), forgets=True).problems()
    return {problem.rule.label for problem in problems}


def files(wrong: Files, right: Files) -> Try:
    """Try a project that has files."""
    return lambda folder, is_wrong: check(small_project(folder, wrong if is_wrong else right))


def page(wrong: str | bytes, right: str) -> Try:
    return files({"docs/en/x.md": wrong}, {"docs/en/x.md": right})


def names(*paths: str) -> Files:
    return dict.fromkeys(paths, "# Page\n\nText.\n")


def navigation(*pages: str) -> Files:
    return {"mkdocs.yml": f"{CONFIG}nav: [{', '.join(pages)}]\n", **names("docs/en/x.md")}


def images(max_age: int = 90, manifest: object = MANIFEST, allowed: str = "") -> Files:
    allow = f"  - {{image: registry.example.com/team/{allowed}}}\n" if allowed else "  []\n"
    return {
        "catalog/images.yaml": f"{CATALOG}max_age: {max_age}\n",
        "catalog/registry.json": json.dumps(manifest),
        "catalog/allowed-images.yaml": f"version: 1\nallow:\n{allow}",
    }


def with_platforms(platforms: str) -> Files:
    """The catalog has an image for these platforms, which the record has for linux/amd64 alone."""
    record = {"registry.example.com/team/web": {"1": {**SEEN, "platforms": {"linux/amd64": {}}}}}
    return {
        "catalog/images.yaml": (
            "version: 2\nregistry: registry.example.com\ncolumns: []\nimages:\n"
            f'  - {{id: web, repository: team/web, tag: "1", platforms: {platforms}}}\n'
        ),
        "catalog/registry.json": json.dumps({"version": 1, "repositories": record}),
    }


def asked() -> object:
    """The manifest of which the registry has said one thing itself."""
    seen = {"seen": [{"date": "2026-03-16", "source": "registry"}]}
    repositories = {
        name: {tag: {**facts, **seen} for tag, facts in tags.items()}
        for name, tags in MANIFEST["repositories"].items()
    }
    return {**MANIFEST, "repositories": repositories}


def translated(*changes: tuple[str, str, str]) -> Try:
    """Try a project whose translation is pinned, and then files are edited: path, old text, new text."""

    def run(folder: Path, is_wrong: bool) -> set[str]:
        root = pinned(folder)
        for change in changes if is_wrong else ():
            edit(root, *change)
        return check(root)

    return run


def orphan(folder: Path, is_wrong: bool) -> set[str]:
    root = pinned(folder)
    if is_wrong:
        (root / "docs/en/page.md").unlink()
    return check(root)


def unpinned(folder: Path, is_wrong: bool) -> set[str]:
    """A project in which one of two translations is pinned, or both."""
    root = pinned(folder)
    if not is_wrong:
        accept(Project.load(root, DAY), ["docs/es/index.md"])
    return check(root)


def own_language(folder: Path, is_wrong: bool) -> set[str]:
    """A project in a language that imagedocs speaks, or in one that it does not."""
    tag = "it" if is_wrong else "fr"
    entry = f"  {tag}: {{name: X, babel: {tag}, material: {tag}, search: {{language: {tag}}}}}\n"
    root = small_project(folder, {"locales/locales.yaml": LOCALES + entry})
    update_messages(root, load_locales(root)[0])
    return check(root)


def collected(folder: Path, is_wrong: bool) -> set[str]:
    root = small_project(folder, {"includes/words.md.j2": '{{ _("No longer supported") }}\n'})
    if not is_wrong:
        update_messages(root, load_locales(root)[0])
    return check(root)


def known_problems(folder: Path, is_wrong: bool) -> set[str]:
    root = small_project(folder, {"docs/en/x.md": "# X\n\n[a](gone.md)\n"})
    check_known = ("check", "--as-of", str(DAY), "--baseline", "known.json")
    command(root, *check_known, "--write-baseline")
    if is_wrong:
        edit(root, "docs/en/x.md", "[a](gone.md)", "Text.")
    return command(root, *check_known)


def added(wrong: Mapping[str, object]) -> Try:
    """Try a site that imagedocs was added to, whose settings are wrong."""

    def attempt(folder: Path, is_wrong: bool) -> set[str]:
        added_site(folder, {"index.md": "# Page\n"}, **(wrong if is_wrong else {}))
        return command(folder, "check", "--as-of", str(DAY))

    return attempt


def two_lists(folder: Path, is_wrong: bool) -> set[str]:
    head = "### Flow\n\n| Framework version | CPU/GPU | Packages | Image |\n| --- | --- | --- | --- |\n"
    row = "| 1.4 | CPU | numpy{} | registry.example.com/team/flow-1.4-cpu:1 |\n"
    small_project(folder, {
        "en.md": head + row.format("=1.20.1" if is_wrong else "==1.20.1"), "es.md": head + row.format("==1.20.1"),
    })  # fmt: skip
    return command(folder, "import", "en.md", "es.md")


SCORER, BASE = image("scorer"), image("base")


def registry(wrong: Repository, right: Repository, tag: str = "20260316.v1", *, months: bool = False) -> Try:
    """Try a project that names a tag of a repository of a live registry."""

    def run(folder: Path, is_wrong: bool) -> set[str]:
        with holding({"scorer": wrong if is_wrong else right}) as host:
            repository = f"{host}/f/scorer"
            fields = (
                "framework: none, accelerator: {kind: cpu}, os: unknown, python: unknown, packages: unknown"
            )
            support = ", support: {months: 6, source: a test}" if months else ""
            catalog = (
                f'version: 2\nregistry: "{host}"\nframeworks:\n  none: {{name: No framework}}\nsystems: {{}}\nimages:\n'
                f'  - {{id: scorer, repository: f/scorer, tag: "{tag}", {fields}, environment: not-applicable,'
                f" status: supported, listed: {{from: 2025-01-01}}{support}}}\n"
            )
            recorded = {tag: {"digest": digest_of(SCORER), **SEEN}}
            root = small_project(folder, {
                "catalog/images.yaml": catalog,
                "catalog/registry.json": json.dumps({"version": 1, "repositories": {repository: recorded}}),
            })  # fmt: skip
            return command(root, "verify", "--plain-http", host, "--as-of", str(DAY))

    return run


GOOD = Repository({"20260316.v1": SCORER, "latest": SCORER})
SOUND_INDEX, BROKEN_INDEX = index(SCORER), index(b"a manifest that is gone")
WITH_INDEX = Repository({"20260316.v1": SOUND_INDEX, "latest": SOUND_INDEX, "amd64": SCORER})
WITHOUT_CHILD = Repository({"20260316.v1": BROKEN_INDEX, "latest": BROKEN_INDEX})
OLD = Repository({"20250101.v1": SCORER, "20260316.v1": BASE, "latest": BASE})

TOO_MANY = "".join(f"  - {{unknown{number}: 1}}\n" for number in range(150))
DEEP = {f"includes/n{number}.md": f"[!INCLUDE [n](n{number + 1}.md)]\n" for number in range(30)}

BY_HAND: Mapping[str, Try] = {
    "message-of-library": own_language,
    "baseline-stale": known_problems,
    "dev-language-missing": page("# X\n\n```\n" + "x = 1\n" * 25 + "```\n", "# X\n\n```python\n" + "x = 1\n" * 25 + "```\n"),
    "glossary-term": files(
        {"locales/glossary.yaml": "version: 1\nkeep: [GitHub]\n", "docs/en/x.md": "# X\n\nIt is on Github.\n"},
        {"locales/glossary.yaml": "version: 1\nkeep: [GitHub]\n", "docs/en/x.md": "# X\n\nIt is on GitHub.\n"},
    ),
    "image-allowance-expired": files(
        images(allowed="coming, reason: soon, until: 2024-01-31"), images(allowed="coming, reason: soon, until: 2027-01-31")
    ),
    "image-allowance-unused": files(images(allowed="base, reason: soon, until: 2027-01-31"), images()),
    "image-platform-unknown": files(with_platforms("[linux/amd64, linux/arm64]"), with_platforms("[linux/amd64]")),
    "schema-outdated": files(
        {**images(), "catalog/images.schema.json": render_catalog_schema(CATALOG.replace("none:", "flow:"))},
        {**images(), "catalog/images.schema.json": render_catalog_schema(CATALOG)},
    ),
    "import-difference": two_lists,
    "invisible-character": page("# X\n\n`pip\u200b install`\n", "# X\n\n`pip install`\n"),
    "messages-out-of-date": collected,
    "nav-page-missing": files(navigation("index.md", "y.md"), navigation("index.md", "x.md")),
    "extension-without-effect": files(
        {"mkdocs.yml": CONFIG.replace("  - imagedocs.markdown\n", "  - imagedocs.markdown\n  - smarty\n")}, {}
    ),
    "build-failed": added({"theme": {"name": "no-such-theme"}}),
    "build-warning": added({"nav": ["index.md", "gone.md"]}),
    "nav-page-omitted": files(navigation("index.md"), navigation("index.md", "x.md")),
    "page-collision": files(
        {"mkdocs.yml": CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    images: true\n"), **names("docs/en/images/index.md")},
        {"mkdocs.yml": CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    images: true\n"), **names("docs/en/pictures/index.md")},
    ),
    "path-case-conflict": files(names("docs/en/a/X.md", "docs/en/a/x.md"), names("docs/en/a/x.md")),
    "path-not-portable": files(names("docs/en/aux.md"), names("docs/en/aux-1.md")),
    "publish-url-conflict": files(names("docs/en/a.md", "docs/en/a/index.md"), names("docs/en/a.md")),
    "record-not-asked": files(images(), images(manifest=asked())),
    "record-old": files(images(max_age=3), images()),
    "registry-broken": registry(WITHOUT_CHILD, WITH_INDEX),
    "registry-deprecated": registry(Repository(GOOD.tags, ends={"latest": "2026-03-01"}), GOOD),
    "registry-drift": registry(Repository({"20260316.v1": BASE, "latest": BASE}), GOOD),
    "registry-gone": registry(Repository({"latest": SCORER}), GOOD),
    "registry-latest-alone": registry(Repository({"20260316.v1": BASE, "latest": SCORER}), GOOD, "latest"),
    "registry-outside-window": registry(OLD, GOOD, "20250101.v1", months=True),
    "registry-silent": registry(Repository({}, says=error("403 Forbidden", "DENIED")), GOOD),
    "registry-warning": registry(Repository(GOOD.tags, warning="use another image"), GOOD),
    "too-many-problems": files(
        {"catalog/allowed-images.yaml": f"version: 1\nallow:\n{TOO_MANY}"}, {"catalog/allowed-images.yaml": "version: 1\nallow: []\n"}
    ),
    "too-much": files(
        {**DEEP, "docs/en/x.md": "# X\n\n[!INCLUDE [n](../../includes/n0.md)]\n"},
        {**DEEP, "docs/en/x.md": "# X\n\n[!INCLUDE [n](../../includes/n25.md)]\n", "includes/n30.md": "Text.\n"},
    ),
    "translation-anchor": translated(("docs/es/page.md", '<a name="steps"></a>', "")),
    "translation-code": translated(("docs/es/page.md", "```bash\nls\n", "```bash\nls -l\n")),
    "translation-differs": translated(("docs/es/page.md", "Extráigala.", "~~Extráigala~~.")),
    "translation-incomplete": translated(("docs/es/page.md", "Extráigala.\n\n", "")),
    "translation-orphan": orphan,
    "translation-pin": translated(("docs/es/page.md", "translated_from: sha256-", "translated_from: yesterday-")),
    "translation-stale": translated(("docs/en/page.md", "The tag is old.", "The tag is new.")),
    "translation-unpinned": unpinned,
    "translation-untranslated": translated(
        ("docs/es/page.md", "La etiqueta es vieja.", "The tag is old.")
    ),
    "unreadable-file": page("# Im\u00e1genes\n\nTexto.\n".encode("latin-1"), "# Im\u00e1genes\n\nTexto.\n"),
}  # fmt: skip


NOT_ON_WINDOWS = frozenset(("path-case-conflict", "path-not-portable"))
"""Rules whose projects have files that Windows cannot have."""


@pytest.mark.parametrize(
    "label",
    [pytest.param(label, marks=[pytest.mark.posix] if label in NOT_ON_WINDOWS else []) for label in BY_HAND],
)
def test_a_project_raises_the_rule_until_it_is_put_right(tmp_path: Path, label: str) -> None:
    assert label in BY_HAND[label](tmp_path / "wrong", True)
    assert label not in BY_HAND[label](tmp_path / "right", False)
