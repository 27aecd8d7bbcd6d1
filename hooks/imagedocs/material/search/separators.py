"""The regular expression by which the browser cuts pages and queries into what is looked up."""

from imagedocs.material.search.languages import HIRAGANA, KATAKANA, Language

PAIR_END = "\u200b"
"""Stands, invisible, behind each pair of Chinese characters in the index. A query has none, so no part of a query
is the same as an entry: Material would else cut the query along the entries that it finds in it, and lose its
last character on the way (`segment` in its search worker)."""

_PUNCTUATION = (
    r"\s\-_,:;@/!?=\[\](){}\"'`<>~|*+$%#"
    r"¡¿«»„“”‘’…·–—"
    r"、。，．・：；？！（）「」『』【】《》〈〉～"
)
"""The backslash is missing: Material puts one before each point in what it marks in a page."""

_BASE: tuple[str, ...] = (
    rf"[{_PUNCTUATION}]+",
    "&(?:[lg]t|amp);",  # the index is HTML
    r"\.(?!\d)",  # 1.7.0 is one word, and so is 22.04
)


def han(language: Language) -> str:
    """The Chinese characters that make words, as the inside of a character class."""
    text = "々㐀-䶿一-鿿豈-龎"
    for filler in language.fillers:
        before, after = chr(ord(filler) - 1), chr(ord(filler) + 1)
        text = text.replace("一-鿿", f"一-{before}{after}-鿿")
    return text


def separator(language: Language) -> str:
    """The separator of a language's index. No group may be captured: Material counts those of its own."""
    parts = [*_BASE]
    if language.characters:
        parts += _of_characters(language)
    if language.ending:
        parts.append(language.ending)
    return "|".join(parts)


def _of_characters(language: Language) -> list[str]:
    """Cuts between scripts, and after every second Chinese character."""
    chinese = han(language)
    parts = [f"[{language.fillers}]"] if language.fillers else []
    parts += [
        f"(?<![{HIRAGANA}])[{HIRAGANA}]{{1,2}}(?![{HIRAGANA}])",  # joins words or ends one: の, から, する
        f"(?<={PAIR_END})",
    ]
    for script in (chinese, HIRAGANA, KATAKANA):
        parts += [f"(?<=[{script}])(?![{script}{PAIR_END}])", f"(?<![{script}])(?=[{script}])"]
    pairs = f"(?<=(?:^|[^{chinese}])(?:[{chinese}]{{2}})+)"
    # The last of an odd number is cut off: alone it is no word, and would be found too often.
    parts += [f"{pairs}[{chinese}](?![{chinese}{PAIR_END}])", f"{pairs}(?=[{chinese}]{{2}})"]
    return parts
