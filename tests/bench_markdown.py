"""How fast pages are rendered, beside stock Python-Markdown with the extensions that Material's users have.

Run it by hand or with `make bench`: `python tests/bench_markdown.py [folder of .md files]`. Each round renders
every page with both, one after the other, so that a busy machine slows both alike. It fails when ours is the
slower one, or when a page ten times as long takes more than fifteen times as long.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import markdown

from imagedocs.markdown import LearnExtension, Page
from imagedocs.markdown.syntax.lines import split_front_matter

STOCK = [
    "toc", "tables", "fenced_code", "admonition", "attr_list", "def_list", "footnotes", "md_in_html",
    "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.caret", "pymdownx.tilde", "pymdownx.mark",
]  # fmt: skip
"""The extensions of Material's own getting-started page."""
STOCK_CONFIGS = {"pymdownx.tabbed": {"alternate_style": True}, "toc": {"permalink": True}}
MOST_GROWTH = 15

CONSTRUCTS = """## <a name="part-{n}"></a>Part {n}

Text with **strong**, *em*, `code`, a [link](page-{n}.md#anchor) and https://example.com/{n}.

> [!NOTE]
> A note with a list:
>
> - one
> - two

1. First

   ```python
   value_{n} = {n}
   ```

1. Second

| Name | Value |
|------|-------|
| `a`  | {n}   |
| b    | [c](d.md) |

"""


def stock(text: str) -> str:
    return markdown.Markdown(extensions=STOCK, extension_configs=STOCK_CONFIGS).convert(text)


def ours(text: str) -> str:
    extension = LearnExtension()
    extension.page = Page("docs/en/page.md")
    return markdown.Markdown(
        extensions=[extension, "toc"], extension_configs={"toc": {"permalink": True}}
    ).convert(text)


def seconds(render: Callable[[str], str], text: str) -> float:
    start = time.process_time()
    render(text)
    return time.process_time() - start


def compare(pages: list[str], rounds: int) -> float:
    """Our time as a part of the other's, over all pages: the median of the rounds."""
    ratios: list[float] = []
    for _ in range(rounds):
        mine = other = 0.0
        for text in pages:
            mine += seconds(ours, text)
            other += seconds(stock, text)
        ratios.append(mine / other)
        print(f"  {len(pages)} pages: ours {mine:.2f} s, stock {other:.2f} s, ratio {mine / other:.2f}")
    return statistics.median(ratios)


def growth(rounds: int) -> float:
    """How many times as long a page of ten times the length takes."""
    short = "".join(CONSTRUCTS.replace("{n}", str(n)) for n in range(200))
    long = "".join(CONSTRUCTS.replace("{n}", str(n)) for n in range(2000))
    gc.disable()  # its full collections cost more the more there is, whoever made it
    found = [seconds(ours, long) / seconds(ours, short) for _ in range(rounds)]
    gc.enable()
    print(f"  ten times as long takes {statistics.median(found):.1f} times as long")
    return statistics.median(found)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="pages to render; without it, pages made here")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    if options.folder:
        texts = [
            split_front_matter(path.read_text("utf-8"))[1] for path in sorted(options.folder.rglob("*.md"))
        ]
    else:
        texts = ["".join(CONSTRUCTS.replace("{n}", str(n)) for n in range(size)) for size in (3, 10, 30)] * 5
    for text in texts[:3]:  # both have loaded their lexers
        ours(text)
        stock(text)
    ratio = compare(texts, options.rounds)
    grown = growth(max(1, options.rounds // 2))
    print(f"ratio {ratio:.2f} (at most 1), growth {grown:.1f} (at most {MOST_GROWTH})")
    return int(ratio > 1 or grown > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
