"""The findings that are frozen in `data/findings/`: what `imagedocs check` and `imagedocs import` say of known projects.

`python tests/frozen_findings.py` writes the files anew, `python tests/frozen_findings.py wrong …` only those of that
name. **A change of these files comes in a commit of its own that gives the reason for each kind of change, never
together with the code that caused it**: the files hold what the commands said before, so that a rebuilt part is seen to
say the same. Names of rules, messages, positions and the order of findings all count.

A file has one section for each run of a command over a project, with one finding on each line.
"""

import json
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import link_cases
import test_build_again
import test_check_remembered
import test_docfx_site
import test_localized_docset
import vintages
from needs import CORPUS
from small_project import CONFIG, small_project

DATA = Path(__file__).parent / "data"
FINDINGS = DATA / "findings"
WRONG = DATA / "wrong"
DAY = "2026-03-20"

Files = Mapping[str, str | bytes]
Run = Callable[[Path, Sequence[str]], str]
"""Run `imagedocs` with these arguments in a folder, and return what it prints of findings."""

CHECK = ("check", "--format", "plain", "--as-of", DAY)


@dataclass(frozen=True)
class Section:
    """A project, and the commands whose findings are frozen."""

    name: str
    write: Callable[[Path], object]
    """Write the project's files into an empty folder."""
    commands: Sequence[Sequence[str]] = (CHECK,)


@dataclass(frozen=True)
class FrozenFile:
    """A file of frozen findings."""

    name: str
    sections: Callable[[], Iterator[Section]]
    needs_corpus: bool = False
    is_long: bool = False
    """Whether its projects are so many that `make test-all` alone checks them."""
    path: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", FINDINGS / f"{self.name}.txt")


HEAD = "# Findings, frozen. See tests/frozen_findings.py before you edit this file.\n"


def text_of(frozen: FrozenFile, run: Run) -> str:
    """Return the text that the file should have."""
    parts = [HEAD]
    for section in frozen.sections():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve() / "project"
            section.write(folder)
            for command in section.commands:
                options = [part for part in command[len(CHECK) :] if command[0] == "check"]
                parts.append(f"\n== {' '.join([section.name, command[0], *options])}\n")
                parts += (f"{line}\n" for line in stable_lines(run(folder, command)))
    return "".join(parts)


_OF_OUR_SENTENCES = re.compile(r": messages-out-of-date: lacks \d+")
"""A finding that changes with every new sentence of imagedocs itself."""
_IN_OUR_TEMPLATE = re.compile(r"^(includes/(?:aml-|facts/|image)[^:]*\.j2):\d+")
"""A position in a template of this project, which small projects have too."""


def stable_lines(printed: str) -> list[str]:
    """Return the findings without what changes with every edit of our sentences and templates."""
    lines = (line for line in printed.splitlines() if not _OF_OUR_SENTENCES.search(line))
    return [_IN_OUR_TEMPLATE.sub(r"\1", line) for line in lines]


def _small(files: Files) -> Callable[[Path], object]:
    return lambda folder: small_project(folder, files)


MINIMAL: Files = {
    "mkdocs.yml": "site_name: Case\nmarkdown_extensions: [imagedocs.markdown]\ntheme: material\nplugins: [imagedocs]\n",
    "locales/locales.yaml": "version: 1\ndefault: en\nlocales:\n  en: {name: English, babel: en, material: en}\n",
    "locales/messages.pot": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n',
    "catalog/images.yaml": (
        "version: 2\nregistry: registry.example.com\nmax_age: 99999\ncolumns: []\nimages:\n"
        '  - {id: web, repository: team/web, tag: "1"}\n'
    ),
    "catalog/registry.json": (
        '{"version": 1, "repositories": {"registry.example.com/team/web": {"1": {"seen": '
        '[{"date": "2026-03-01", "source": "registry"}]}}}}\n'
    ),
    "docs/en/index.md": "# Home\n\nText.\n",
}
"""A project without anything of ours: in one language, with one image."""


def _minimal(files: Files) -> Callable[[Path], object]:
    return lambda folder: _write(folder, {**MINIMAL, **files})


def _write(folder: Path, files: Files) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


# What is wrong on purpose

NOT_PORTABLE = {
    "docs/en/aux.md": "# A name that Windows keeps for itself\n\nText.\n",
    "docs/en/pull:push.md": "# A name with a colon\n\nText.\n",
    "docs/en/media/Con.png": "",
}
"""Files of the project `files` that some systems cannot have."""


def _wrong(project: str) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        shutil.copytree(WRONG / project, folder, ignore=shutil.ignore_patterns(".cache"))
        _write(folder, NOT_PORTABLE if project == "files" else {})

    return write


def _wrong_sections() -> Iterator[Section]:
    yield Section("pages", _wrong("pages"))
    yield Section("files", _wrong("files"), [CHECK, [*CHECK, "--locale", "de"]])
    yield Section("catalog", _wrong("catalog"), [CHECK, [*CHECK, "--baseline", "known.json"]])
    yield Section("declarations", _wrong("declarations"))
    days = ("--as-of", DAY, "--listed-on", "2026-03-01")
    both = ("import", "one.md", "two.md", *days, "--listed-on", "2026-03-02")
    yield Section("lists", _wrong("lists"), [both, ("import", "nothing.md", *days)])


# Small projects that other tests have

MINI_SITES: Mapping[str, Files] = {
    "redirects and metadata": test_docfx_site.FILES,
    "three languages": test_build_again.FILES,
    "links and includes": test_check_remembered.FILES,
    "a localized documentation set": test_localized_docset.own_articles(),
}


def _mini_sites() -> Iterator[Section]:
    for name, files in MINI_SITES.items():
        yield Section(name, _small(files))
    yield Section("cases of links", _small(_link_cases()))


def _link_cases() -> Files:
    pages = {}
    for name, marked in link_cases.CASES.items():
        page = f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.md"
        text, _, _ = link_cases.read_marked(f"# Case\n\n{marked.replace('{self}', page)}\n")
        pages[f"docs/en/c/{page}"] = text
    config = re.sub(r"^exclude_docs:.*\n(?:[ ].*\n)*", "", CONFIG, flags=re.MULTILINE) + link_cases.SETTINGS
    return {**link_cases.SHARED, **pages, "mkdocs.yml": config}


# The lists of images of other days


def _vintages() -> Iterator[Section]:
    lists = {each.rows: each for each in vintages.load_lists()}
    texts = {each: vintages.write_list(each.rows) for each in lists.values()}
    yield Section("pages", _small({f"docs/en/{_flat(each)}": text for each, text in texts.items()}))
    yield from _imports(texts)


def _imports(texts: Mapping[vintages.List, str]) -> Iterator[Section]:
    """Import each list alone."""
    for each, text in texts.items():
        days = ("--as-of", DAY, "--listed-on", each.day.isoformat())
        yield Section(_flat(each), _minimal({"list.md": text}), [("import", "list.md", *days)])


def _flat(listed: vintages.List) -> str:
    return listed.path.replace("/", "_")


# Other people's texts, which are beside a clone at most


def _articles() -> Iterator[Section]:
    files = test_localized_docset.real_articles(CORPUS / "learn-articles")
    for name, tag in (("English first", "en"), ("Spanish first", "es")):
        locales = {"locales/locales.yaml": test_localized_docset.LOCALES.format(default=tag).encode()}
        yield Section(name, _small({**files, **locales}))


LANGUAGES = {"de-DE": "de", "en-US": "en", "es-ES": "es", "ja-JP": "ja", "zh-CN": "zh-Hans"}


def _vintage_articles() -> Iterator[Section]:
    root = CORPUS / "prebuilt-images"
    files: dict[str, str | bytes] = {}
    for path in sorted(root.rglob("*.md")):
        language, *parts = path.relative_to(root).parts
        files[posixpath.join("docs", LANGUAGES[language], *parts)] = path.read_bytes()
    files["locales/locales.yaml"] = test_localized_docset.LOCALES.format(default="en")
    yield Section("articles", _small(files))
    yield from _imports({each: (root / each.path).read_text("utf-8") for each in vintages.read_lists(root)})


def _sites() -> Iterator[Section]:
    for site in ("aws-deep-learning-containers", "mkdocs-material"):
        root = CORPUS / "sites" / site
        files: dict[str, str | bytes] = {
            f"docs/en/{path.relative_to(root / 'docs').as_posix()}": path.read_bytes()
            for path in sorted((root / "docs").rglob("*"))
            if path.is_file()
        }
        assets = (root / "assets.txt").read_text("utf-8").split()
        files |= {path.replace("docs/", "docs/en/", 1): "" for path in assets if path.startswith("docs/")}
        yield Section(site, _minimal(files))


def _docfx_cases() -> Iterator[Section]:
    cases = json.loads((CORPUS / "docfx-cases.json").read_text("utf-8"))["cases"]
    units: dict[str, str | bytes] = {}
    for case in cases:
        if case["kind"] == "unit":
            own = {**case.get("files", {}), "page.md": case["input"]}
            units |= {posixpath.normpath(f"docs/en/{case['id']}/{path}"): text for path, text in own.items()}
    yield Section("pages", _minimal(units))
    for case in cases:
        if case["kind"] == "spec":
            yield Section(case["id"], _minimal(_project_of(case)))


def _project_of(case: dict[str, Any]) -> Files:
    """Return the files of a case: its documentation set becomes that of English."""
    files = case.get("inputs") or next(iter(case["repos"].values()))[0]["files"]
    configs = [path for path in files if posixpath.basename(path) in ("docfx.yml", "docfx.json")]
    home = posixpath.dirname(min(configs, key=len)) if configs else ""
    placed: dict[str, str | bytes] = {}
    for path, text in files.items():
        inside = posixpath.relpath(path, home) if home else path
        path = path if inside.startswith("../") else f"docs/en/{inside}"
        placed[path] = (text or "").replace(
            f'"source_path_from_root": "/{home}', '"source_path_from_root": "/docs/en'
        )
    return placed


FROZEN = (
    FrozenFile("wrong", _wrong_sections),
    FrozenFile("mini-sites", _mini_sites),
    FrozenFile("vintages", _vintages),
    FrozenFile("corpus-articles", _articles, needs_corpus=True),
    FrozenFile("corpus-vintages", _vintage_articles, needs_corpus=True),
    FrozenFile("corpus-sites", _sites, needs_corpus=True),
    FrozenFile("corpus-docfx", _docfx_cases, needs_corpus=True, is_long=True),
)


def _run(folder: Path, arguments: Sequence[str]) -> str:
    """Run the command in a process of its own, and return what it says of findings."""
    no_cache = ["--no-cache"] if arguments[0] == "check" else []
    command = [sys.executable, "-m", "imagedocs", *arguments, *no_cache]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return findings_in(arguments, done)


def findings_in(arguments: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    """Return the findings that a command has printed; `import` prints its catalog to standard output."""
    assert done.returncode in (0, 1), done.stderr
    return done.stderr if arguments[0] == "import" else done.stdout


if __name__ == "__main__":
    FINDINGS.mkdir(exist_ok=True)
    for each in FROZEN:
        if (not sys.argv[1:] or each.name in sys.argv[1:]) and (CORPUS.is_dir() or not each.needs_corpus):
            each.path.write_text(text_of(each, _run), "utf-8", newline="\n")
            print(f"wrote {each.path}")
