"""One line for each problem: what pipes, editors and problem matchers read.

`docs/es/x.md:31:12: warning: image-tag-unknown: …; did you mean "…"? (included from docs/es/a.md:3)`
"""

from collections.abc import Iterable

from imagedocs.problems import Problem
from imagedocs.reports.surroundings import Surroundings, in_order, included, printable


def render_plain(problems: Iterable[Problem], _surroundings: Surroundings) -> str:
    return "".join(f"{printable(str(p))}{included(p)}\n" for p in in_order(problems))
