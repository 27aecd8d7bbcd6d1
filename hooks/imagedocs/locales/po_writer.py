"""Write messages as a .po file: the same messages give the same bytes, whoever writes them and when."""

from collections.abc import Iterator

from imagedocs.locales.po import Entry, PoFile

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def format_po(file: PoFile) -> str:
    """The text of `file`: no dates, no line numbers, lines broken only where a message breaks them."""
    entries = [entry for entry in file.entries if not entry.obsolete]
    obsolete = [entry for entry in file.entries if entry.obsolete]
    header = [file.header] if file.header else []
    return "\n".join("\n".join([*_entry_lines(entry), ""]) for entry in (*header, *entries, *obsolete))


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield from (f"# {comment}".rstrip() for comment in entry.comments)
    if not entry.obsolete:
        yield from (f"#. {comment}" for comment in entry.extracted_comments)
        yield from (f"#: {location}" for location in entry.locations)
    if entry.flags:
        yield f"#, {', '.join(sorted(entry.flags))}"
    prefix = "#~ " if entry.obsolete else ""
    if entry.context is not None:
        yield from _string_lines("msgctxt", entry.context.text, prefix)
    yield from _string_lines("msgid", entry.msgid.text, prefix)
    if entry.plural is not None:
        yield from _string_lines("msgid_plural", entry.plural.text, prefix)
    for index, string in enumerate(entry.strings):
        keyword = "msgstr" if entry.plural is None else f"msgstr[{index}]"
        yield from _string_lines(keyword, string.text, prefix)


def _string_lines(keyword: str, text: str, prefix: str) -> Iterator[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    if not lines[-1] and len(lines) > 1:
        lines.pop()
    quoted = [f'"{line.translate(_ESCAPES)}"' for line in lines]
    if len(quoted) > 1:
        quoted.insert(0, '""')
    yield f"{prefix}{keyword} {quoted[0]}"
    yield from (f"{prefix}{line}" for line in quoted[1:])
