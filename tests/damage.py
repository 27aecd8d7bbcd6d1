"""Files damaged in ways that nobody thought of: the same ways in each run."""

import random
from collections.abc import Iterator

_PIECES = [
    *"{}[]:,\"'#&*!|>%@`-?\n\t \\~=0.x",
    "- ",
    "\n  ",
    "null",
    "<<: ",
    "---\n",
    "\x00",
    "\u2028",
    "é",
    "*x",
    "&x ",
]


def damaged(text: str, count: int, seed: int = 0) -> Iterator[str]:
    """`text` with characters replaced, taken out, put in or repeated, once to thirty times."""
    chance = random.Random(seed)
    for _ in range(count):
        letters = list(text)
        for _ in range(chance.choice([1, 1, 2, 5, 30])):
            at = chance.randrange(len(letters))
            match chance.randrange(4):
                case 0:
                    letters[at] = chance.choice(_PIECES)
                case 1:
                    del letters[at : at + chance.choice([1, 1, 5, 50])]
                case 2:
                    letters.insert(at, chance.choice(_PIECES))
                case _:
                    begin = chance.randrange(len(letters))
                    letters[at:at] = letters[begin : begin + chance.randrange(60)]
        yield "".join(letters)
    for end in range(0, len(text), 13):
        yield text[:end]
