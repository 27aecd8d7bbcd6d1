"""The hand-written lists as rows: read from their texts, or from the facts that are kept in `data/`.

The lists are other people's texts, which are beside a clone at most (`needs.py`). What each of them says of each image
is a fact, and `data/hand_written_lists.yaml` has all of these facts in a form of our own. `python tests/vintages.py`
derives it from the texts, and a test proves that both say the same.

The texts are tables of the dialect of their days: with and without outer pipes, with headers in any language (so that
columns go by position), with words for "not applicable" in any language (so that a cell without a version means that),
and in the first of them several images packed into one row by `</p>`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from needs import CORPUS

FACTS = Path(__file__).parent / "data" / "hand_written_lists.yaml"
LIST_FILES = ("aml-inference-list-prebuilt-docker-images.md", "concept-prebuilt-docker-images-inference.md")

_ANCHOR = re.compile(r'<a name="([^"]+)"></a>')
_HEADING = re.compile(r"#{2,6}\s+(.*)|\*\*([^*]+)\*\*\s*$")
_DELIMITER = re.compile(r"[\s|:-]*-[\s|:-]*")
_DATES = {"2021-06": "2021-06-21"}
"""A folder that names its month only: the day on which its text was handed to the translators."""


@dataclass(frozen=True)
class Row:
    """One image as a list showed it."""

    anchor: str
    """Of the heading above: its explicit English anchor, or what the English heading makes."""
    version: str | None
    """Of the framework; `None` where the list says that it does not apply."""
    accelerator: str
    packages: tuple[str, ...] | None
    """As typed; `None` where the list says that it does not apply, `()` where the cell is empty."""
    repository: str
    """With its registry."""
    tag: str | None
    environment: str | None
    """`None` when the list has no such column."""


@dataclass(frozen=True)
class List:
    path: str
    """Within the corpus: `es-ES/2021-10-09/….md`."""
    day: date
    rows: tuple[Row, ...]


def read_lists(folder: Path) -> list[List]:
    """Every file of the corpus that holds a list, sorted by path."""
    found: list[List] = []
    for file in sorted(folder.glob("*/*/*.md")):
        rows = tuple(read_rows(file.read_text(encoding="utf-8"))) if file.name in LIST_FILES else ()
        if rows:
            day = _DATES.get(file.parent.name, file.parent.name[:10])
            found.append(List(file.relative_to(folder).as_posix(), date.fromisoformat(day), rows))
    return found


def read_rows(text: str) -> Iterator[Row]:
    anchor = ""
    width = 0
    """Columns of the table that the line stands in; 0 outside of tables."""
    lines = text.splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if heading := _HEADING.match(line):
            anchor = _anchor_of(heading[1] or heading[2])
        elif "|" not in line:
            width = 0
        elif not width and "|" in following and _DELIMITER.fullmatch(following):
            width = len(_cells(line))
        elif width and not _DELIMITER.fullmatch(line):
            yield from _rows(_cells(line), width, anchor)


def _anchor_of(heading: str) -> str:
    if explicit := _ANCHOR.search(heading):
        return explicit[1]
    return re.sub(r"[^a-z0-9]+", "-", heading.strip().lower()).strip("-")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _rows(cells: list[str], width: int, anchor: str) -> Iterator[Row]:
    """The image of a row, or the images of a row that is packed."""
    cells = cells[:width] + [""] * (width - len(cells))
    if width == 6:
        anchor = _anchor_of(cells.pop(0).replace("</p>", ""))
    packed = [[part.strip() for part in cell.split("</p>")] for cell in cells]
    for index, path in enumerate(part for part in packed[3] if part):
        version, accelerator, packages = (column[index] for column in packed[:3])
        repository, _, tag = path.strip("`").partition(":")
        yield Row(
            anchor,
            version if re.search("[0-9]", version) else None,
            accelerator,
            _packages(packages),
            repository,
            tag or None,
            packed[4][index] if len(packed) > 4 else None,
        )


def _packages(cell: str) -> tuple[str, ...] | None:
    if cell and not re.search("[<>=~]=|=", cell):
        return None
    return tuple(part.strip() for part in re.split(r"</?br\s*/?>", cell) if part.strip())


def load_lists() -> list[List]:
    """Return what `read_lists` returned when the facts were derived."""
    lists: dict[str, List] = {}
    for path, facts in yaml.safe_load(FACTS.read_text("utf-8")).items():
        if "same_rows_as" in facts:
            rows = lists[facts["same_rows_as"]].rows
        else:
            rows = tuple(_load_row(row) for row in facts["rows"])
        lists[path] = List(path, facts["day"], rows)
    return list(lists.values())


def _load_row(facts: dict[str, Any]) -> Row:
    packages = facts["packages"]
    return Row(**facts | {"packages": None if packages is None else tuple(packages)})


_HEADER = """\
# What the hand-written lists of prebuilt images say: file → its day, and its rows from top to bottom. `null` means that
# the list says "not applicable" or has no such column; an empty list of packages, that the cell is empty. Cells are
# as typed, mistakes included; test_catalog_lists.py numbers these. Derived by `python tests/vintages.py` from public
# states of the documentation of Azure Machine Learning (MicrosoftDocs/azure-docs, azure-ai-docs and localizations).
"""


def dump_lists(lists: Iterable[List]) -> str:
    """Return the text of the file that `load_lists` reads."""
    known: dict[tuple[Row, ...], str] = {}
    facts: dict[str, dict[str, Any]] = {}
    for listed in lists:
        same = known.setdefault(listed.rows, listed.path)
        rows = [
            asdict(row) | {"packages": None if row.packages is None else [*row.packages]}
            for row in listed.rows
        ]
        facts[listed.path] = {"day": listed.day} | (
            {"rows": rows} if same == listed.path else {"same_rows_as": same}
        )
    return _HEADER + yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=10**6)


def write_list(rows: Iterable[Row]) -> str:
    """Return a list of these rows as a page of Markdown, as its authors would have typed it."""
    lines = ["# Images", ""]
    anchor = None
    for row in rows:
        columns = ["Version", "CPU/GPU", "Packages", "MCR path"]
        columns += ["Curated environment"] if row.environment else []
        if row.anchor != anchor:
            anchor = row.anchor
            lines += ["", f'## <a name="{anchor}"></a>{anchor}', "", " | ".join(columns)]
            lines += [" | ".join("---" for _ in columns)]
        packages = "NA" if row.packages is None else "</br>".join(row.packages)
        image = f"`{row.repository}:{row.tag}`" if row.tag else f"`{row.repository}`"
        cells = [row.version or "NA", row.accelerator, packages, image]
        lines.append(" | ".join(cells + ([row.environment] if row.environment else [])))
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    FACTS.write_text(dump_lists(read_lists(CORPUS / "prebuilt-images")), "utf-8")
