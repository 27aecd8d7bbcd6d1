"""A small project with a page that is translated and pinned."""

from pathlib import Path

from imagedocs.freshness import State
from imagedocs.project import Project
from imagedocs.project.translations import accept, translations_of
from small_project import DAY, problems_of, small_project

SOURCE = "# Page\n\nThe tag is old.\n\n## Steps\n\nPull it.\n\n```bash\nls\n```\n"
SPANISH = (
    '---\ntranslation: machine\n---\n# <a name="page"></a>Página\n\nLa etiqueta es vieja.\n\n'
    '## <a name="steps"></a>Pasos\n\nExtráigala.\n\n```bash\nls\n```\n'
)
PAGES = {
    "docs/en/page.md": SOURCE,
    "docs/es/page.md": SPANISH,
    "docs/es/index.md": '# <a name="home"></a>Inicio\n\nTexto.\n',
}


def pinned(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A project whose page `page.md` is translated and pinned."""
    root = small_project(folder, PAGES if files is None else {**PAGES, **files})
    accept(Project.load(root, DAY), ["docs/es/page.md"])
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), "utf-8")


def states(root: Path) -> dict[str, State]:
    project = Project.load(root, DAY)
    return {page.path: page.state for page in translations_of(project, project.locale("es"))}


def findings(root: Path) -> list[str]:
    return [line for line in problems_of(root, suggestions=True) if "translation-" in line]
