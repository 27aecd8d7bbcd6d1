"""A fuzzer for the parser, run by hand: `python tests/fuzz_markdown.py [minutes]`, ten by default.

Pages are put together from pieces of the dialect, of CommonMark and of HTML, and mutated. Of each is asked:
that it is parsed and rendered without an error and within a time that fits its length; that every position
lies in the text; that no script and no unsafe address comes out; that all safe edits can be made. A page that
fails is written to `tests/fuzz_findings/`, whose pages `test_markdown_fuzz.py` parses from then on.
"""

import hashlib
import random
import re
import sys
import time
from pathlib import Path

import markdown

from imagedocs.markdown import LearnExtension, Page, Source
from imagedocs.markdown.page import Parsed
from markdown_files import Files

FINDINGS = Path(__file__).parent / "fuzz_findings"

PIECES = [
    "# ", "## ", "### <a name=\"a\"></a>", "# [A](#tab/a)\n", "# [B](#tab/b/a)\n", "\n", "\n\n", "  ", "    ", "\t", "- ", "1. ", "* ",
    "> ", ">", "> [!NOTE]\n> ", "> [!div class=\"a\"]\n> ", "> [!VIDEO https://youtu.be/a]\n", "[!INCLUDE [a](b.md)]", "[!include-[a](c.md)]",
    "[!code-py[a](d.py?name=e)]", "[!notebook-py[](f.ipynb?name=a)]", ":::image source=\"a.png\" alt-text=\"b\":::", ":::code source=\"d.py\":::",
    "::: zone pivot=\"a\"\n", "::: zone-end\n", "::: moniker range=\"a\"\n", "::: moniker-end\n", ":::row:::\n", ":::column:::\n", ":::column-end:::\n",
    ":::row-end:::\n", ":::no-loc text=\"a\":::", "[a](b.md#c)", "![a](b.png)", "[a][b]", "[b]: c.md\n", "<https://a.b>", "https://a.b/c", "www.a.b",
    "`a`", "``a`b``", "**", "*", "_", "~~", "\\", "|", "|-|-|\n", "a|b\n-|-\nc|d\n", "```py\n", "```\n", "~~~\n", "<!-- ", "-->", "<div>", "</div>",
    "<a name=\"a\"></a>", "<a href=\"b.md\">", "</a>", "<br>", "</br>", "<script>", "</script>", "<img src=a onerror=b>", "<", ">", "&amp;", "&#0;",
    "---\n", "===\n", "***\n", "!!! note\n    ", "??? tip \"a\"\n    ", "[^a]", "[^a]: b\n", "a\n: b\n", "- [x] a\n", "{#a .b}", "{", "}", "(", ")", "[", "]",
    "<xref:a>", "@a.b", "javascript:", "`|` ", "[a|b](c.md)", "<b title=\"|\">", "# [A](#tab/a/)\n", ":::column span=\"\":::\n",
    "[a](#tab/b)", "> [!ADVERTENCIA]\n> ", "[¡NOTA!]", "<a@b.c>", "<nombre>", "—", "’", "\u00a0", "：", "**「a」**", "\u200b", "\u3000", "注意：", "é", "\U0001f600", "\0", "\x02", "\r\n", "\ufeff", "$", "=", "+", "%", "\"", "'",
]  # fmt: skip

FILES = {
    "docs/en/b.md": "# b\n\n[x](y.md)\n\n[!INCLUDE [c](c.md)]\n",
    "docs/en/c.md": "*c*\n\n> [!NOTE]\n> d[^1]\n\n[^1]: e\n",
    "docs/en/d.py": "# <e>\nf = 1\n# </e>\n",
    "docs/en/f.ipynb": '{"cells": [{"metadata": {"name": "a"}, "source": ["x"]}]}',
}


def page(chance: random.Random) -> str:
    text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 60)))
    for _ in range(chance.choice((0, 0, 1, 3))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice((text[at + 1 :], chance.choice(PIECES) + text[at:], text[:at]))
    return text


def wrong(text: str) -> str:
    """What is wrong with the parser's answer to `text`; `""` when nothing is."""
    extension = LearnExtension()
    extension.page = Page("docs/en/x.md", Files(FILES), read=lambda: Source("docs/en/x.md", text))
    made = markdown.markdown(text, extensions=[extension, "toc"])
    parsed = extension.parsed
    if parsed is None:
        return "" if not text.strip() else "it was not parsed"
    return _wrong_places(parsed, text) or _wrong_html(made)


def _wrong_places(parsed: Parsed, text: str) -> str:
    document = parsed.document
    lines = re.split(r"\r\n?|\n", text.removeprefix("\ufeff"))
    for value in (
        *document.links,
        *document.anchors,
        *document.headings,
        *document.includes,
        *document.texts,
        *document.problems,
    ):
        position = value.position
        if position.path != document.path or not position.line:
            continue
        if position.line > len(lines) or position.column > len(lines[position.line - 1]) + 2:
            return f"no such place: {value}"
    for link in document.links:
        if link.position.path == document.path and not link.target.startswith("https://www"):
            found = lines[link.position.line - 1][link.position.column - 1 :]
            if not found.startswith(link.target.replace("\ufffd", "")[:4]) and link.target.isalnum():
                return f"the link does not stand there but {found[:20]!r}: {link}"
            written = found.replace("\\", "")  # "b\\.md" leads to b.md
            if link.target in ("b.md#c", "b.png", "a.png", "d.py") and not written.startswith(link.target):
                return f"the link does not stand there but {found[:20]!r}: {link}"
    for run in document.texts:
        if run.position.path == document.path and run.content[0].isalnum():
            found = lines[run.position.line - 1][run.position.column - 1 :]
            if not found.startswith(run.content[0]) and run.content[0].isascii():
                return f"the text does not stand there but {found[:20]!r}: {run}"
    for problem in document.problems:
        for edit in problem.fix:
            if edit.line != edit.end_line or edit.column >= edit.end_column + (not edit.text):
                return f"no such edit: {problem}"
    return ""


def _wrong_html(made: str) -> str:
    if re.search(r"<(script|style|object|embed|base|meta|link|svg)(?=[\s/>])", made, re.IGNORECASE):
        return "a script or the like comes out"
    for tag in re.findall(r"<[a-z][^<>]*>", made):
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", '""', tag)
        if re.search(r"\son\w+=", bare) or re.search(r"(?:href|src)=[\"']?javascript:", tag):
            return f"an unsafe attribute comes out: {tag}"
    if "\x02" in made or "wzxhzdk" in made:
        return "a placeholder comes out"
    return ""


def main(minutes: float) -> int:
    seed = int(time.time())
    chance = random.Random(seed)  # chosen anew for each run, and printed
    print(f"seed {seed}, for {minutes} minutes")
    end = time.monotonic() + minutes * 60
    count = 0
    found = 0
    while time.monotonic() < end:
        count += 1
        text = page(chance)
        start = time.process_time()
        try:
            message = wrong(text)
            if time.process_time() - start > 2 + len(text) / 2000:
                message = message or "it took too long"
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
            message = f"{type(error).__name__}: {error}"
        if message:
            found += 1
            FINDINGS.mkdir(exist_ok=True)
            name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
            (FINDINGS / f"{name}.md").write_text(text, "utf-8", newline="")
            print(f"{name}: {message[:300]}")
            if found >= 20:
                break
    print(f"{count} pages, {found} findings")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
