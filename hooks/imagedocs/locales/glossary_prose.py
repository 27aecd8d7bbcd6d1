"""What of a text is prose, as far as the text alone can tell; and prose as a reader sees it."""

import re
import unicodedata
from collections.abc import Iterator

_SHAPES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-") | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)

_CODE_LIKE = re.compile(
    r"""
      [A-Za-z][A-Za-z0-9+.-]{0,20}://[!-;=?-~]+                       # an address
    | <[A-Za-z][\w.\ -]{0,60}>                                        # a placeholder
    | (?<![A-Za-z0-9_-])--[A-Za-z][A-Za-z0-9_-]*                      # an option
    | (?<![A-Za-z0-9_.~@%+:/\\-])                                     # a path
      [A-Za-z0-9_.~@%+:-]{0,100}(?:[/\\][A-Za-z0-9_.~@%+:-]{1,100})+
    | (?<![A-Za-z0-9_.-])                                             # a file
      [A-Za-z0-9_-]{1,100}(?:\.[A-Za-z0-9_-]{1,100}){0,8}\.[a-z][a-z0-9]{0,9}(?![A-Za-z0-9_])
    | (?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]{1,100}:[A-Za-z0-9_.-]{1,100}  # a name and its tag
    | (?<![A-Za-z0-9_])[A-Za-z_][A-Za-z0-9_]{0,100}\(\)               # a function
    | (?<![A-Za-z0-9_.-])                                             # a package and its version
      [A-Za-z0-9_.-]{1,100}(?:\[[\w,.-]{1,100}\])?[ ]?(?:[=~<>!]=|[=<>][ ]?[0-9])[ ]?[0-9A-Za-z.*]*
    """,
    re.VERBOSE | re.ASCII,
)
_WITH_HYPHENS = re.compile(r"(?<![\w.-])[A-Za-z0-9_.]{1,50}(?:-[A-Za-z0-9_.]{1,50}){1,12}", re.ASCII)
_PATH = re.compile(r"[._\d:~@%\\]\w|[/\\].*[/\\]|^[/\\]", re.ASCII)
"""What makes words with a stroke between them a path: "and/or" is none."""


def code_like(text: str) -> Iterator[re.Match[str]]:
    """What stands in prose and is none, although nothing marks it as code: addresses, paths, options."""
    for match in _CODE_LIKE.finditer(text):
        found = match[0]
        if ("/" not in found and "\\" not in found) or "://" in found or _PATH.search(found):
            yield match


def names_with_hyphens(text: str) -> list[str]:
    """Words of prose that may be a name, the longest first: `azureml-pytorch-1.6-cpu-inference`."""
    return sorted(set(_WITH_HYPHENS.findall(text)), key=len, reverse=True)


def normal(text: str) -> str:
    """`text` without what no reader sees of it: widths, hyphens that may or may not break."""
    return unicodedata.normalize("NFKC", text).translate(_SHAPES)
