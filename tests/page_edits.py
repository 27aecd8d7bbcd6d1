"""Edits of a page as an author makes them: each of some block of it, or of its text outside code."""

import re
from collections.abc import Callable

Edit = Callable[[str], str]
BlockEdit = Callable[[str], str | list[str]]
"""What becomes of a block; nothing or several blocks, if it is a list."""
_FRONT_MATTER = re.compile(r"---\n(?:.*\n)*?---\n")
_CODE = re.compile(
    r"((?:^ *```.*\n(?:.*\n)*?^ *```$)|(?:^ *````.*\n(?:.*\n)*?^ *````$)|^ *:::.*$|`[^`\n]*`|\]\([^)]*\)|<[^>]*>)",
    re.MULTILINE,
)
_FENCED = re.compile(r"((?:^ *(`{3,}).*\n(?:.*\n)*?^ *\2$))", re.MULTILINE)


def in_body(edit: Edit) -> Edit:
    def edited(text: str) -> str:
        front = _FRONT_MATTER.match(text)
        assert front
        return front[0] + edit(text[front.end() :])

    return edited


def in_front(pattern: str, new: str) -> Edit:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.MULTILINE)


def in_prose(edit: Edit) -> Edit:
    """Outside code, targets of links and HTML."""
    return in_body(
        lambda text: "".join(
            part if number % 2 else edit(part) for number, part in enumerate(_CODE.split(text))
        )
    )


def replaced(pattern: str, new: str | Callable[[re.Match[str]], str], *, once: bool = True) -> Edit:
    """Outside blocks of code."""

    def edited(text: str) -> str:
        parts = _FENCED.split(text)
        for number in range(0, len(parts), 3):
            other = re.sub(pattern, new, parts[number], count=once, flags=re.MULTILINE)
            if other != parts[number]:
                parts[number] = other
                if once:
                    break
        return "".join(part for number, part in enumerate(parts) if number % 3 != 2)

    return in_body(edited)


# blocks


def blocks_of(text: str) -> list[str]:
    """What blank lines outside code divide."""
    blocks: list[str] = []
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = re.match(r" *(`{3,})", line)
        if mark and not fence:
            fence = mark[1]
        elif fence and line.strip() == fence:
            fence = ""
        if line.strip() or fence:
            lines.append(line)
        elif lines:
            blocks.append("\n".join(lines))
            lines = []
    return [*blocks, *(["\n".join(lines)] if lines else [])]


def in_blocks(edit: Callable[[list[str]], list[str] | None]) -> Edit:
    def edited(text: str) -> str:
        blocks = edit(blocks_of(text))
        return text if blocks is None else "\n\n".join(blocks) + "\n"

    return in_body(edited)


def at(is_wanted: Callable[[str], object], edit: BlockEdit, number: int = 0) -> Edit:
    """`edit` of the block with this `number` among those wanted."""

    def edited(blocks: list[str]) -> list[str] | None:
        places = [place for place, block in enumerate(blocks) if is_wanted(block)]
        if len(places) <= number:
            return None
        place = places[number]
        new = edit(blocks[place])
        return blocks[:place] + ([new] if isinstance(new, str) else new) + blocks[place + 1 :]

    return in_blocks(edited)


def paragraph(block: str) -> bool:
    return bool(re.match(r"[^\W\d]|\*\*|`(?!``)", block))


def heading(block: str) -> bool:
    return block.startswith("## ")


def table(block: str) -> bool:
    return block.startswith("| ")


def bullets(block: str) -> bool:
    return block.startswith("* ") and "\n* " in block


def alert(block: str) -> bool:
    return block.startswith("> [!")


def code(block: str) -> bool:
    return block.startswith("```")


def gone(_: str) -> list[str]:
    return []


def without_last_line(block: str) -> str:
    return block.rpartition("\n")[0]


def unboxed(block: str) -> str:
    return re.sub(r"^> ?", "", block.partition("\n")[2], flags=re.MULTILINE)


def without_last_column(block: str) -> str:
    return re.sub(r" [^|\n]* \|$", "", block, flags=re.MULTILINE)


# orders


def sections_swapped(blocks: list[str]) -> list[str] | None:
    places = [place for place, block in enumerate(blocks) if heading(block)]
    if len(places) < 3:
        return None
    one, two, three = places[:3]
    return blocks[:one] + blocks[two:three] + blocks[one:two] + blocks[three:]


def section_gone(blocks: list[str]) -> list[str] | None:
    places = [place for place, block in enumerate(blocks) if heading(block)]
    return blocks[: places[0]] + blocks[places[1] :] if len(places) > 1 else None


def code_swapped(blocks: list[str]) -> list[str] | None:
    places = [place for place, block in enumerate(blocks) if code(block) and blocks.count(block) == 1]
    if len(places) < 2:
        return None
    one, two = places[:2]
    swapped = list(blocks)
    swapped[one], swapped[two] = blocks[two], blocks[one]
    return swapped


def code_to_the_end(blocks: list[str]) -> list[str] | None:
    """Under another heading."""
    places = [place for place, block in enumerate(blocks) if code(block) and blocks.count(block) == 1]
    if not places or not any(map(heading, blocks[places[0] :])):
        return None
    return [*blocks[: places[0]], *blocks[places[0] + 1 :], blocks[places[0]]]


def paragraph_to_the_next_section(blocks: list[str]) -> list[str] | None:
    places = [place for place, block in enumerate(blocks) if heading(block)]
    if len(places) < 2:
        return None
    for place in range(places[0], places[1]):
        if paragraph(blocks[place]) and blocks.count(blocks[place]) == 1:
            left = blocks[:place] + blocks[place + 1 :]
            return [*left[: places[1]], blocks[place], *left[places[1] :]]
    return None


def paragraph_behind_code(blocks: list[str]) -> list[str] | None:
    for place in range(len(blocks) - 1):
        if paragraph(blocks[place]) and code(blocks[place + 1]):
            return [*blocks[:place], blocks[place + 1], blocks[place], *blocks[place + 2 :]]
    return None


def paragraphs_swapped(blocks: list[str]) -> list[str] | None:
    for place in range(len(blocks) - 1):
        if paragraph(blocks[place]) and paragraph(blocks[place + 1]):
            return [*blocks[:place], blocks[place + 1], blocks[place], *blocks[place + 2 :]]
    return None


def wrapped(block: str) -> str:
    """Broken once, where no code, link or tag stands."""
    for match in re.finditer(r" (?=[^\W\d])", block):
        before = block[: match.start()]
        counts = [before.count(mark) for mark in "`[]()<>"]
        if len(before) > 20 and counts[0] % 2 == 0 and counts[1::2] == counts[2::2]:
            return f"{before}\n{block[match.end() :]}"
    return block
