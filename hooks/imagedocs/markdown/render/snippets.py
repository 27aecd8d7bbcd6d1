"""Parts of code files: what `[!code-…]` and `:::code` show of a file."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

_TAG = re.compile(
    r"""(?://|#|--|'|;|%|!|::|<!--|<%--|/\*|\(\*|@\*|rem\b)[ \t]*<[ \t]*(/?)([^<>="]{1,200})>[ \t]*(?:-->|--%>|\*/|\*\)|\*@)?""",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"(?://|--|'|<!--|/\*)?[ \t]*#[ \t]*(?:pragma[ \t]+)?(end[ \t]*)?region\b(.*)",
    re.IGNORECASE,
)
_REGION_END = re.compile(r"(?:-->|\*/)\Z")
_RANGE = re.compile(r"L?([0-9]{1,7})?(-)?L?([0-9]{1,7})?", re.IGNORECASE)
_LINE_FRAGMENT = re.compile(r"L[0-9]+(?:-L?[0-9]*)?", re.IGNORECASE)

LANGUAGES = {
    "actionscript": "as", "azurecli": "azurecli", "bash": "sh bash", "batch": "bat cmd", "cpp": "cpp c++ cc h hpp cxx hxx",
    "c": "c", "csharp": "cs csx", "cshtml": "cshtml", "css": "css", "cuda": "cu cuh", "d": "d",
    "dockerfile": "dockerfile", "erlang": "erl", "fsharp": "fs fsi fsx", "go": "go", "haskell": "hs", "html": "html jsp asp aspx ascx htm",
    "ini": "ini", "java": "java", "javascript": "js node mjs", "json": "json", "kusto": "kql", "kotlin": "kt",
    "lisp": "lisp lsp", "lua": "lua", "markdown": "md", "matlab": "m matlab", "pascal": "pas", "perl": "pl",
    "php": "php", "powershell": "ps1 psm1", "processing": "pde", "protobuf": "proto", "python": "py", "r": "r", "rest": "rest",
    "ruby": "rb ru", "rust": "rs", "scala": "scala", "smalltalk": "st", "sql": "sql", "swift": "swift",
    "terraform": "tf", "toml": "toml", "typescript": "ts", "tsx": "tsx", "vb": "vb bas vbs vba", "vbhtml": "vbhtml",
    "vstemplate": "vstemplate", "xaml": "xaml", "xml": "xml config csdl edmx xslt csproj vsixmanifest", "yaml": "yml yaml", "bicep": "bicep",
    "console": "console", "http": "http", "text": "txt",
}  # fmt: skip
_BY_EXTENSION = {
    extension: name for name, extensions in LANGUAGES.items() for extension in extensions.split()
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which lines of a file are shown."""

    name: str = ""
    """Of the tag or region around them."""
    ranges: str = ""
    """`1-3,7,9-`"""
    highlight: str = ""
    """Which of the shown lines are marked."""
    dedent: int | None = None
    """How much indentation is removed; `None` for all that the lines have in common."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The outcome for a notebook: code, or what is wrong."""

    code: str = ""
    error: str = ""


@dataclass(slots=True)
class _Tag:
    first: int
    end: int | None = None


@dataclass(slots=True)
class _Tags:
    by_name: dict[str, _Tag] = field(default_factory=dict[str, _Tag])
    lines: set[int] = field(default_factory=set[int])


def language_of(path: str) -> str:
    """The language that a file's name stands for; `""` when it tells nothing."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    return _BY_EXTENSION.get(name.rsplit(".", 1)[-1], "")


def read_target(target: str) -> tuple[str, Selection]:
    """The path and the selection in `path?name=x&range=1-2#L1-L9`."""
    rest, _, fragment = target.partition("#")
    path, _, query = rest.partition("?")
    options: Mapping[str, str] = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=50))
    name = options.get("name", "")
    ranges = options.get("range", "")
    if not name and fragment and not _LINE_FRAGMENT.fullmatch(fragment):
        name = unquote(fragment)
    if not name and not ranges:
        if fragment and _LINE_FRAGMENT.fullmatch(fragment):
            ranges = fragment
        elif "start" in options or "end" in options:
            ranges = f"{options.get('start', '1')}-{options.get('end', '')}"
    dedent = options.get("dedent", "")
    return path, Selection(
        name,
        ranges,
        options.get("highlight", ""),
        int(dedent) if re.fullmatch("[0-9]{1,4}", dedent) else None,
    )


def read_ranges(text: str, count: int) -> Iterator[int]:
    """The lines (counted from 0) that `1-3,7,9-` names among `count`, in its order."""
    for part in text.split(",")[:1000]:
        match = _RANGE.fullmatch("".join(part.split()))
        if not match or not (match[1] or match[3]):
            continue
        first = int(match[1] or 1)
        last = int(match[3]) if match[3] else count if match[2] else first
        yield from range(max(first, 1) - 1, min(last, count))


def _tags(lines: list[str]) -> _Tags:
    found = _Tags()
    open_regions: list[str] = []
    for number, line in enumerate(lines):
        line = line.strip()
        if match := _TAG.fullmatch(line):
            name = match[2].strip().lower()
            if match[1]:
                tag = found.by_name.get(name)
                if tag and tag.end is None:
                    tag.end = number
                    found.lines.add(number)
            else:
                found.by_name.setdefault(name, _Tag(number + 1))
                found.lines.add(number)
        elif match := _REGION.fullmatch(line):
            found.lines.add(number)
            if match[1]:
                if open_regions and (tag := found.by_name.get(open_regions.pop())) and tag.end is None:
                    tag.end = number
            else:
                name = _REGION_END.sub("", match[2]).strip(' \t"').lower()
                open_regions.append(name)
                found.by_name.setdefault(name, _Tag(number + 1))
    return found


def _dedented(lines: list[str], dedent: int | None) -> list[str]:
    lines = [_with_spaces(line) for line in lines]
    if dedent is None:
        widths = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
        dedent = min(widths, default=0)
    return [line[min(dedent, len(line) - len(line.lstrip())) :] for line in lines]


def _with_spaces(line: str) -> str:
    """`line` with each tab of its indentation as four spaces."""
    indentation = line[: len(line) - len(line.lstrip())]
    return indentation.replace("\t", "    ") + line[len(indentation) :] if "\t" in indentation else line


def select(text: str, selection: Selection) -> str | None:
    """The lines of `text` that are shown; `None` when there is no tag of that name."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if selection.name:
        tags = _tags(lines)
        name = selection.name.lower()
        tag = tags.by_name.get(name) or tags.by_name.get(f"snippet{name}")
        if tag is None or tag.end is None:
            return None
        chosen = [lines[number] for number in range(tag.first, tag.end) if number not in tags.lines]
    elif selection.ranges:
        chosen = [lines[number] for number in read_ranges(selection.ranges, len(lines))]
    else:
        chosen = lines
    return "\n".join(_dedented(chosen, selection.dedent))


def notebook_cell(text: str, name: str) -> Cell:
    """The code of the notebook's cell whose metadata has `name`."""
    try:
        cells = json.loads(text)["cells"]
        named = [cell for cell in cells if cell.get("metadata", {}).get("name") == name]
        sources = [cell["source"] for cell in named]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Cell(error="not-notebook-content")
    if not named:
        return Cell(error="tag-not-found")
    if len(named) > 1:
        return Cell(error="multiple-tags-with-same-name")
    source: object = sources[0]
    if isinstance(source, str):
        return Cell(source)
    if isinstance(source, list):
        return Cell("".join(str(line) for line in source))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON
    return Cell(error="not-notebook-content")
