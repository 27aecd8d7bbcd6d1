"""Sites in the pseudo-locales: the project's own pages in disguise, and one that has all that a page can have."""

import re
import shutil
from pathlib import Path

from imagedocs.locales.pseudo import Pseudo, pseudo_text
from imagedocs.markdown.render.headings import slug
from imagedocs.project import Project
from imagedocs.project.translations import accept
from small_project import CONFIG, DAY, ROOT, small_project

LOCALES = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en, search: {language: en, inflections: true}}
  es: {name: Español, babel: es, material: es, search: {language: es, inflections: true}}
  en-XA: {name: "[Éñĝļîšĥ]", babel: en, material: en, search: {language: en}, pseudo: expanded}
  ar-XB: {name: Mirrored, babel: ar, material: ar, pseudo: mirrored}
"""
PSEUDO = {"en-XA": Pseudo.EXPANDED, "ar-XB": Pseudo.MIRRORED}

EVERYTHING = """\
---
title: Everything
description: Everything that a page can have.
---
# Everything

A paragraph with `code`, **strong words**, a [link](index.md), and mcr.microsoft.com/azureml/minimal-py312-inference:latest.

> [!NOTE]
> A note.

> [!TIP]
> A tip.

> [!IMPORTANT]
> Something important.

> [!WARNING]
> A warning.

> [!CAUTION]
> A caution.

!!! danger

    A danger.

??? question

    A question that is folded.

## Tabs

# [Linux](#tab/linux)

On this system:

```bash
docker pull mcr.microsoft.com/azureml/minimal-py312-inference:latest --platform linux/amd64 --quiet --disable-content-trust
```

# [Windows](#tab/windows)

On the other system.

---

## List

1. First
1. Second

    * Below
    * Below too

- [x] Done

| Image | Meaning |
| --- | --- |
| `mcr.microsoft.com/azureml/minimal-py312-inference:20260316.v1` | The newest |

A footnote[^1].

[^1]: What it says.

:::image type="content" source="media/picture.svg" alt-text="A picture.":::

> [!VIDEO https://www.youtube.com/embed/8g0gdY5Ijl8]

:::code language="python" source="missing.py":::
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
)

SETTINGS = """\
    images: {prefix: images}
    contributors: [/contribute.md, /adopt.md, /translations.md]
"""

_FENCE = re.compile(r" *(?:```|~~~)")
_KEPT = re.compile(r"\s*(?:$|> ?\[!|!!! |\?\?\? |:::|---|<!--|\[!INCLUDE|\|(?:[\s:|-])+\|$|\[\^1\]: ?$)")
_HEADING = re.compile(r"(#+ )(?:<a name=\"[^\"]+\"></a>)?(.*)")
_TAB = re.compile(r"# \[(.*)\](\(#tab/.*\))")


def pseudo_page(text: str, kind: Pseudo) -> str:
    """A page as the pseudo-locale has it; anchors, code and all that is no prose stay."""
    lines: list[str] = []
    in_code = in_header = False
    for number, line in enumerate(text.split("\n")):
        in_header = line == "---" if number == 0 else in_header and line != "---"
        fence = _FENCE.match(line)
        if fence:
            in_code = not in_code
        if in_header and line.startswith(("title: ", "description: ")):
            key, _, value = line.partition(": ")
            lines.append(f'{key}: "{pseudo_text(value, kind)}"')
        elif line.startswith(":::image"):
            lines.append(re.sub('(?<=alt-text=")[^"]+', lambda text: pseudo_text(text[0], kind), line))
        elif in_header or in_code or fence or _KEPT.match(line):
            lines.append(line)
        elif match := _TAB.fullmatch(line):
            lines.append(f"# [{pseudo_text(match[1], kind)}]{match[2]}")
        elif match := _HEADING.fullmatch(line):
            lines.append(f'{match[1]}<a name="{slug(match[2])}"></a>{pseudo_text(match[2], kind)}')
        elif line.startswith("|"):
            cells = (pseudo_text(cell.strip(), kind) for cell in line.strip("|").split("|"))
            lines.append(f"| {' | '.join(cells)} |")
        else:
            indent = len(line) - len(line.lstrip())
            lines.append(line[:indent] + pseudo_text(line[indent:], kind))
    return "\n".join(lines)


def pseudo_project(folder: Path) -> Path:
    """A project with both pseudo-locales: in each, the pages of this checkout but those of rules and one that
    falls back, a page for each image, a menu for contributors, a page with everything, and one that is outdated."""
    pages = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/en").glob("*.md")}
    pages |= {"everything.md": EVERYTHING, "old.md": "# Old\n\nThe tag is old.\n\nA.\n\nB.\n"}
    config = CONFIG.replace("  imagedocs:\n", f"  imagedocs:\n{SETTINGS}", 1)
    files = {"mkdocs.yml": config, "locales/locales.yaml": LOCALES, "docs/en/media/picture.svg": PICTURE}
    files |= {f"docs/en/{name}": text for name, text in pages.items()}
    files["docs/es/old.md"] = (
        '---\ntranslation: machine\n---\n# <a name="old"></a>Viejo\n\nEtiqueta.\n\nA.\n\nB.\n'
    )
    root = small_project(folder, files)
    accept(Project.load(root, DAY), ["docs/es/old.md"])
    header = (root / "docs/es/old.md").read_text("utf-8").partition("# ")[0]
    (root / "docs/en/old.md").write_text("# Old\n\nThe tag is new.\n\nB.\n\nC.\n\n```\ncode\n```\n", "utf-8")
    for tag, kind in PSEUDO.items():
        (root / "docs" / tag).mkdir()
        for name, text in pages.items():
            if name != "contribute.md":
                disguised = pseudo_page(text, kind)
                (root / "docs" / tag / name).write_text(header * (name == "old.md") + disguised, "utf-8")
    shutil.copytree(ROOT / "includes", root / "includes", dirs_exist_ok=True)
    return root
