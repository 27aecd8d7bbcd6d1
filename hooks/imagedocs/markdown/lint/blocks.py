"""Slips in the shape of blocks: fences, tables, headings that are none, quotes that should be alerts."""

from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

from imagedocs.markdown.lint.findings import Finding
from imagedocs.markdown.lint.prose import paragraph_findings, quote_findings
from imagedocs.markdown.sheet import Sheet
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.markdown.syntax.places import Places
from imagedocs.markdown.syntax.tables import alignments_of, split_row
from imagedocs.problems import Rule

_LONG_CODE = 20
"""Lines from which a block of code should name its language: docfx's own number."""

_LONGEST_LABEL = 2000
"""Characters of an included file, from which it is no label of a table's row."""


class BlockLint:
    """Reports about one page's blocks."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def _report(self, row: int, column: int, rule: Rule, message: str, hint: str = "") -> None:
        if not self._sheet.collection.generated:
            self._sheet.problem(row, column, rule, message, hint)

    def fence(self, token: Token, language: str) -> None:
        first, end = token.map or [0, 1]
        rows = self._sheet.lines.rows
        opening_column = max(0, rows[first].find(token.markup))
        last = rows[min(end, len(rows)) - 1]
        closing = _run_at_end(last)
        is_closed = token.content.count("\n") == end - first - 2 and token.content[-1:] in ("", "\n")
        if not is_closed or not closing:
            message = "nothing closes the block of code that begins here"
            self._report(
                first, opening_column, Rule.CODE_BLOCK_UNCLOSED, message, f'write "{token.markup}" behind it'
            )
        elif closing > len(token.markup):
            end_of_run = len(last.rstrip(" \t"))
            found = Finding(
                end_of_run - closing,
                end_of_run,
                Rule.FENCE_LENGTH,
                "the fence that closes the code is longer than the one that opens it",
                f'write "{token.markup}"',
                token.markup,
            )
            self._sheet.findings((found,), Places(self._sheet.lines, end - 1, last, 0))
        if language.lower() == "mermaid":
            message = "readers see the text of this diagram: no diagram is drawn from text here"
            hint = "write a picture, ![what it shows](media/diagram.svg), or ```text to show the text"
            self._report(first, opening_column, Rule.LITERAL_MARKUP, message, hint)
        if not language and sum(1 for line in token.content.split("\n") if line.strip()) >= _LONG_CODE:
            message = "a long block of code does not say what language it is in"
            self._report(
                first,
                opening_column,
                Rule.DEV_LANGUAGE_MISSING,
                message,
                "write it behind the fence: ```python",
            )

    def indented_code(self, token: Token) -> None:
        if self._sheet.in_description:
            return
        message = "code is made by indentation alone"
        self._report(
            (token.map or [0])[0], 0, Rule.CODE_BLOCK_INDENTED, message, "put it between ``` and ```"
        )

    def paragraph(self, token: Token) -> None:
        sheet = self._sheet
        first = (token.map or [0])[0]
        content = token.content
        is_marked = content.startswith("[!") and ">" not in sheet.lines.rows[first].partition("[!")[0]
        if content.startswith("#") or is_marked:
            places = Places(sheet.lines, first, content)
            sheet.findings(paragraph_findings(content, token.children or ()), places)
        if "|" in content and "\n" in content:
            lines = content.split("\n")
            if any("|" in line and alignments_of(line) for line in lines) or all(
                line.count("|") > 1 for line in lines
            ):
                message = "this looks like a table and is none"
                hint = _unequal_header(lines) or (
                    "put an empty line before it, a header, and a line of hyphens below that"
                )
                is_list = sheet.collection.generated  # which only the template's author can put right
                sheet.problem(
                    first, 0, Rule.TEMPLATE_ERROR if is_list else Rule.TABLE_HEADER_MISSING, message, hint
                )

    def quote(self, tokens: Sequence[Token], index: int) -> None:
        if tokens[index + 1].type != "paragraph_open":
            return
        token = tokens[index + 2]
        places = Places(self._sheet.lines, (token.map or [0])[0], token.content)
        in_alert = tokens[index].type == "alert_open"
        self._sheet.findings(quote_findings(token.content, in_alert=in_alert), places)

    def table(self, tokens: Sequence[Token], index: int, end: int) -> None:
        first = (tokens[index].map or [0])[0]
        if (
            index
            and tokens[index - 1].type == "paragraph_close"
            and self._sheet.lines.rows[first - 1].strip()
        ):
            message = "a table that follows a line of text is none where this dialect comes from"
            self._report(first, 0, Rule.TABLE_HEADER_MISSING, message, "put an empty line before it")
        columns, wider = tokens[index].meta["columns"], tokens[index].meta["widened_by"]
        if wider is not None:
            message = f"this row has more cells than the header, which has {columns}"
            self._report(
                wider, 0, Rule.COLUMN_HEADER_MISSING, message, 'write "\\|" for a pipe that divides nothing'
            )
        headers = _cells(tokens[index:end], "th_open")[:columns]
        rows = _first_cells(tokens[index:end])
        labelled = bool(rows) and all(self._is_bold(cell) for cell in rows)
        if not all(headers[1:]) or (headers and not headers[0] and not labelled):
            message = "a column of the table has no header"
            self._report(first, 0, Rule.COLUMN_HEADER_MISSING, message)

    def _is_bold(self, cell: Token) -> bool:
        """Whether all of it is, or of the file that it takes in."""
        text, parts = cell.content, cell.children or []
        if len(parts) == 1 and parts[0].type == "include_inline":
            target = str(parts[0].meta["target"]).replace("\\", "/")
            path = self._sheet.sources.find(target, self._sheet.base or self._sheet.lines.path)
            source = self._sheet.sources.read(path) if path else None
            text = split_front_matter(source.text[:_LONGEST_LABEL])[1].strip() if source else ""
        return text.startswith("**") and text.endswith("**")


def _unequal_header(lines: Sequence[str]) -> str:
    """What to do about a header and a line of hyphens that do not fit each other; `""` where that is not it."""
    for header, line in pairwise(lines):
        hyphens = alignments_of(line)
        if hyphens and "|" in header and len(hyphens) != (cells := len(split_row(header))):
            return f"write as many cells in the line of hyphens ({len(hyphens)}) as in the header ({cells})"
    return ""


def _run_at_end(line: str) -> int:
    """How many back-ticks or tildes the line ends with; 0 when there are fewer than three."""
    line = line.rstrip(" \t")
    if line[-1:] not in ("`", "~"):
        return 0
    length = len(line) - len(line.rstrip(line[-1]))
    return length if length >= 3 else 0


def _cells(tokens: Sequence[Token], opening: str) -> list[str]:
    return [
        token.content
        for before, token in pairwise(tokens)
        if token.type == "inline" and before.type == opening
    ]


def _first_cells(tokens: Sequence[Token]) -> list[Token]:
    """The first cell of each row of the body."""
    return [
        token
        for row, before, token in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.type == "inline" and before.type == "td_open" and row.type == "tr_open"
    ]
