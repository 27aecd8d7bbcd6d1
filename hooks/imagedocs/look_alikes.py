"""Name characters that look like others, or like nothing: what an author can't see, a message has to say."""

import re
import unicodedata

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_QUOTES = "\"'`\u00ab\u00b4\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a\u300c-\u300f\uff02\uff07"
_LETTERS = dict(
    zip(
        "аеорсухіјѕԁһӏԛԝАВЕКМНОРСТХУІЈЅοανρικτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhlqwABEKMHOPCTXYIJSoavpiktuABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Letters of Cyrillic and Greek -> those of Latin that look alike."""
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_REPLACED = str.maketrans({**_LETTERS, **_DASHES, "\u3001": ",", "\u3002": "."})
_ODD = re.compile(rf"[{_INVISIBLE}{_SPACES}{''.join(_LETTERS)}{''.join(_DASHES)}\u3001\u3002\uff01-\uff5e]")
_EDGE = re.compile(rf"^[{_QUOTES}]|[{_QUOTES}]$")
_PLAIN = re.compile(r"[\x20-\x7e]+")


def odd_character(text: str) -> str:
    """Return the first character of a word that looks like another one, in words; empty where there is none.

    A quotation mark that begins or ends the word is one too: YAML takes it for a letter.
    """
    found = _ODD.search(text) or _EDGE.search(text)
    if found is None:
        return ""
    name = unicodedata.name(found[0], "without a name").lower()
    return f"U+{ord(found[0]):04X} ({name})"


def in_plain_letters(text: str) -> str:
    """Return a word as it was meant, in letters of ASCII; empty where that isn't known."""
    plain = re.sub(rf"[{_INVISIBLE}{_SPACES}]", "", text).translate(_REPLACED)
    plain = unicodedata.normalize("NFKC", plain)
    plain = re.sub(rf"^[{_QUOTES}]+|[{_QUOTES}]+$", "", plain)
    plain = re.sub(r",(?=\S)", ", ", plain)
    return plain if _PLAIN.fullmatch(plain) else ""
