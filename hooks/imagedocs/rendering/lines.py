"""Which line of a template made which line of what it printed."""

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_LINE_MARK = re.compile("\ue000([0-9]{1,7})\ue001")
_LEADING_MARKS = re.compile("(?:\ue000([0-9]{1,7})\ue001)+")


class LineMarks(Extension):
    """Marks each line of a template's own text with its number, so that what is found in the rendered text
    can be reported where it was written. Not inside `{% trans %}`: those lines are a message's id."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        previous, in_sentence = "", False
        for token in stream:
            if previous == "block_begin" and token.type == "name":
                in_sentence = token.value == "trans" or (in_sentence and token.value != "endtrans")
            previous = token.type
            if token.type != "data" or in_sentence:
                yield token
                continue
            lines = token.value.split("\n")
            marked = [f"\ue000{token.lineno + i}\ue001{line}" for i, line in enumerate(lines)]
            yield Token(token.lineno, "data", "\n".join(marked))


def without_marks(text: str) -> tuple[str, tuple[int, ...]]:
    """The text, and the line of the template for each of its lines."""
    plain: list[str] = []
    numbers: list[int] = []
    current = 1
    for line in text.split("\n"):
        marks = _LINE_MARK.findall(line)
        # What ends here without text and what begins here leave a mark each: the line is the last one's.
        leading = _LEADING_MARKS.match(line)
        current = int(leading[1]) if leading else current
        numbers.append(current)
        current = int(marks[-1]) if marks else current
        plain.append(_LINE_MARK.sub("", line) if marks else line)
    return "\n".join(plain), tuple(numbers)
