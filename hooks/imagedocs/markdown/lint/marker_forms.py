"""Forms of Markdown that other tools render and this dialect prints, and what to write instead of each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from imagedocs.markdown.render.headings import slug
from imagedocs.markdown.syntax.quotes import ALERTS

END = "\ue000"
"""Stands, in a text that is looked through, where an element ends: `**word**`."""
START = "\ue006"
"""Stands where an element begins."""
OTHER = "\ue001"
"""Stands for what is no plain text: code, a picture, a character that is escaped."""
FORMULAS = {"\\(": "\ue002", "\\)": "\ue003", "\\[": "\ue004", "\\]": "\ue005"}
"""Brackets behind a backslash, which enclose formulas elsewhere, and what stands for them."""
WRITTEN = str.maketrans(
    {START: "", END: "", OTHER: "…", **{sign: written for written, sign in FORMULAS.items()}}
)
"""What a reader sees in place of the stand-ins."""
NO_WORD = rf"(?<![A-Za-z0-9_{OTHER}])"
NO_WORD_NEXT = rf"(?![A-Za-z0-9_{OTHER}])"
"""Neither an ASCII letter nor digit. Languages without spaces have theirs on both sides of a mark."""
_FILE = r"(?:md|markdown|html?|png|jpe?g|gif|svg|webp|ya?ml|json|py|txt|com|org|net|io)"
_ADDRESS = (
    r"<?[ \t]*(?:[a-z]{2,10}:/|(?:mailto|xref):|www\.|\.{0,2}/|~/|#[^\s)]"
    rf"|(?!and/or|n/a|w/o)[\w%-]+(?:/[\w%.#-]+)+|[\w.%-]+\.{_FILE}(?![\w-]))"
)
"""Beginning of what is an address, and not a remark."""
_TEX = re.compile(r"\\[A-Za-z]{2,}|[\w)}][\^_][\w{(]")
"""What a formula has, and no text."""

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Form:
    sign: str
    """Text without which the pattern matches nothing."""
    pattern: re.Pattern[str]
    reason: str
    """Clause about why readers see it."""
    hint: Callable[[Match], str]
    fits: Callable[[Match], bool] = lambda _: True
    """Whether a match is one after all."""


def _form(
    sign: str,
    pattern: str,
    reason: str,
    hint: str | Callable[[Match], str],
    fits: Callable[[Match], bool] = lambda _: True,
) -> Form:
    def say(match: Match) -> str:
        return hint if isinstance(hint, str) else hint(match)

    return Form(sign, re.compile(pattern, re.MULTILINE), reason, say, fits)


def _around(before: str, after: str | None = None) -> Callable[[Match], str]:
    """Return the hint to write the first group of a match between other marks."""
    end = before if after is None else after
    return lambda match: f'write "{before}{_cut(match[1])}{end}"'


def _cut(text: str, most: int = 60) -> str:
    plain = " ".join(text.translate(WRITTEN).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _tab(match: Match) -> str:
    name = _cut(re.sub(_ICON, "", match[1])) or "Name"
    return f'write "# [{name}](#tab/{_id(name)})", its text without an indent, and "---" behind the last tab'


def _id(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", slug(name)).strip("-") or "name"


def _snippet(match: Match) -> str:
    path = match[1] or ""
    if not path:
        return 'write "[!INCLUDE [title](path.md)]" for Markdown, "[!code-python[](path.py)]" for code'
    if path.lower().endswith((".md", ".markdown")):
        return f'write "[!INCLUDE [title]({path})]"'
    ending = path.rpartition(".")[2] if "." in path.rpartition("/")[2] else "text"
    return f'write "[!code-{ending}[]({path})]" on a line of its own'


def _keys(match: Match) -> str:
    keys = re.findall(r'"[^"]*"|[^+"]+', match[1])
    shown = "+".join(f"<kbd>{_cut(key.strip(chr(34)), 20).capitalize()}</kbd>" for key in keys[:4])
    return f'write "{shown}"'


def _box(match: Match) -> str:
    kind = match[1].upper()
    known = kind if kind in ALERTS else "NOTE"
    return f'write "> [!{known}]" on a line of its own, and "> " before each line of its text'


def _wiki(match: Match) -> str:
    page, _, name = match[1].partition("|")
    if match[1].upper().strip("_") == "TOC":
        return 'write "[TOC]"'
    path = page.strip().removesuffix(".md")
    return f'write "[{_cut(name or page)}]({_cut(path).replace(" ", "-")}.md)"'


def _substitution(match: Match) -> str:
    return f'write "{_cut(match[1])}": the text as it is to be'


def _abbreviation(match: Match) -> str:
    return f'write "<abbr title="{_cut(match[2])}">{_cut(match[1])}</abbr>" where the word is used'


def _attributes(match: Match) -> str:
    if name := re.search(r"#([\w:.-]+)|\bid=[\"']?([\w:.-]+)", match[0]):
        own = (name[1] or name[2]).replace(".", "-")
        return f'write "{{#{own}}}" at the end of a heading, or <span id="{own}"></span> elsewhere'
    if classes := re.findall(r"(?<=[\s{{:])\.([\w-]+)", match[0]):
        return f'delete it, or write the element in HTML: <span class="{" ".join(classes)}">text</span>'
    return "delete it, or write the element in HTML, with the attribute"


def _is_formula(match: Match) -> bool:
    return _TEX.search(match[1]) is not None


def _marker(match: Match) -> str:
    word = match[1].upper()
    if word in ALERTS:
        return f'write "> [!{word}]" alone on a line, and "> " before each line of its text'
    if word.startswith("INCLUDE"):
        return 'write "[!INCLUDE [title](path)]"'
    if word.startswith(("CODE", "NOTEBOOK")):
        name = match[1].lower()
        return f'write "[!{name}[title](path)]" alone on a line, without a space before the last bracket'
    if word == "DIV":
        return 'write \'> [!div class="…"]\' alone on a line, and the text in the next lines, behind "> "'
    if word == "VIDEO":
        return 'write "> [!VIDEO address]" alone on a line'
    return f"write one of {', '.join(ALERTS)}, or put it in back-ticks"


def _colons(match: Match) -> str:
    word = match[1].lower()
    if word.endswith("-end"):
        return f'delete it, or write ":::{word.removesuffix("-end")} …" before what it ends'
    if word in ("image", "video"):
        more = ' alt-text="…"' if word == "image" else ""
        return f'write ":::{word} source="…"{more}:::"'
    if word == "no-loc":
        return 'write ":::no-loc text="…":::"'
    if word.upper() in ALERTS or word in ("info", "danger", "hint", "attention"):
        return _box(match)
    if "." in word:
        return "write the text itself: no code is read for it"
    return "write one of :::image, :::video, :::code, :::row, :::column, :::zone, :::moniker, or a quote"


def _link(match: Match) -> str:
    if match[2].startswith("#tab/"):
        return f'write "[{_cut(match[1])}](#tab/{_id(match[2][5:].partition(")")[0])})"'
    return "write [text](address): with a ) at its end, no space in the address, and no link in the text"


@cache
def _emoji_names() -> Mapping[str, str]:
    """Names of emoji, of Twitter's set too, which Material for MkDocs uses -> characters."""
    known: dict[str, str] = {}
    for each in ("pymdownx.twemoji_db", "pymdownx.gemoji_db"):
        names = import_module(each)
        points = {name: str(one["unicode"]) for name, one in names.emoji.items() if "unicode" in one}
        points |= {alias: points[name] for alias, name in names.aliases.items() if name in points}
        known |= points
    return known


def _is_emoji(match: Match) -> bool:
    return match[1] in _emoji_names()


def _emoji(match: Match) -> str:
    """Return the hint to write the character: of one that is joined from several, the first."""
    codes = _emoji_names()[match[1]].partition("-200d")[0].split("-")
    return f'write "{"".join(chr(int(code, 16)) for code in codes)}"'


_KINDS = "abstract|attention|bug|caution|danger|error|example|fail|failure|faq|help|hint|important|info|note|question|quote|summary|success|tip|tldr|todo|warning"
_BLOCKS = rf"admonition|caption|definition|details|figure-caption|html|tab|table-caption|{_KINDS}"
_NAMED = r"(?:[A-Za-z][\w-]*=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+))"
_COLON_NAMES = "image|video|code|form|row|column|zone|moniker"
_ICON = r":(?:material|octicons|fontawesome|simple|bootstrap)-[a-z0-9_-]+:"
_LABEL = r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){0,300})\]"

FORMS = (
    _form("[!", rf"\[![ \t]*([A-Za-z]{{2}}[\w-]*)(?=[\s\[\]\(:{START}]|$)[^\[\]\n]{{0,80}}\]?", "it is no marker as it stands here", _marker),
    _form(f"{START}!", rf"{START}!((?i:include|code|notebook)[\w-]*|(?i:{'|'.join(ALERTS)}|div|video))\b", "it is a link as it stands here", _marker),
    _form("!]", rf"\[({'|'.join(ALERTS)})!\]", "the exclamation mark belongs before the word", _marker),
    _form("===", r"^={3}[!+]{0,2}[ \t]*[\"“”']([^\"“”\n]*)[\"“”']?[ \t]*$", "tabs are written in another way here", _tab),
    _form("!!!", rf"^!{{3}}[ \t]*((?:{_KINDS})\b)[^\n]{{0,80}}$", "what it marks is no box here", _box),
    _form("???", rf"^\?{{3}}\+?[ \t]*((?:{_KINDS})\b)[^\n]{{0,80}}$", "what it marks is no box here", _box),
    _form("8<-", r"(?<![\w-]);?-+8<-+(?:[ \t]+[\"“'](?P<path>[^\"”'\n]*)[\"”']?)?", "no file is taken in by it here", _snippet),
    _form(":", rf"(?<![\w:])({_ICON})(?!\w)(?:\{{[^{{}}\n]*\}})?", "there are no icons of this name here", "write an emoji such as ✔, or a picture: ![what it shows](media/icon.svg)"),
    _form(":", r"(?<![\w:/])(:[a-z0-9_+-]{1,50}:)(?![\w:])(?:\{[^{}\n]*\})?", "it is no emoji where it stands, or none of GitHub's", _emoji, _is_emoji),
    _form("{", r"(?<!\{)\{\+\+([^{}]{1,500}?)\+\+\}", "suggested changes are not read here", _substitution),
    _form("{", r"(?<!\{)\{--([^{}]{1,500}?)--\}", "suggested changes are not read here", "delete it, and what is to go"),
    _form("{", r"(?<!\{)\{(?:[^{}]{0,300}?)~>([^{}]{0,300}?)\}", "suggested changes are not read here", _substitution),
    _form("{", r"(?<!\{)\{==([^{}]{1,500}?)==\}", "marked text is written in another way here", _around("<mark>", "</mark>")),
    _form("{", r"(?<!\{)\{>>([^{}]{1,500}?)<<\}", "comments are written in another way here", _around("<!-- ", " -->")),
    _form("{{", r"(?<![$\\{])\{\{[-<%]?\s*([A-Za-z_][^{}\n]{0,200}?)\s*[->%]?\}\}", "nothing is put in for it here", "write the text itself, take it from a file with [!INCLUDE [title](path)], or put it in back-ticks"),
    _form("{%", r"(?<![{\\])\{%[-+]?\s*([A-Za-z_][^{}\n]{0,200}?)%\}", "it is not run here", "write the text itself, take it from a file with [!INCLUDE [title](path)], or put it in back-ticks"),
    _form("{!", r"(?<![{\\])\{!\s*([\w./-]+\.\w+)\s*!\}", "no file is taken in by it here", _around("[!INCLUDE [title](", ")]")),
    _form("{", rf"(?:(?<![{{$%#\\\w])\{{(?::?[ \t]*(?:#[A-Za-z]|\.[a-z])[\w:-]*|:[ \t]*(?:toc\b|{_NAMED}))|(?:(?<=[{END}{OTHER}])|^|(?<=[ \t])(?=\{{[ \t][^{{}}\n]*\}}[ \t]*$))\{{[ \t]*{_NAMED})(?:[ \t]+(?:[#.][\w:-]+|{_NAMED}))*[ \t]*\}}(?!\}})", "attributes count only at the end of a heading, and directly behind a link, an image or code", _attributes),
    _form("[[", r"(?<!\[)!?\[\[(?![\s:!\d\"'^\[])([^\[\]\n,=($]{1,120}?)(?<![\s:])\]\](?!\])", "links to other pages are written in another way here", _wiki),
    _form("[=", r"\[=[ \t]*(\d+(?:\.\d+)?%)[^\[\]\n]{0,80}\]", "there are no progress bars here", _around("")),
    _form("[TOC", r"\[TOC\]", "it counts only alone in a paragraph", "put an empty line before it and behind it", lambda match: match.string.strip(f"{START}{END} ") != match[0]),
    _form("*[", r"^\*\[([^\[\]\n]{1,80})\]:[ \t]*([^\n]{0,200})", "abbreviations are explained in another way here", _abbreviation),
    _form("](", rf"!?{_LABEL}\((?={_ADDRESS})([^\n)]{{1,200}}\)?)", "it is no link as it stands", _link),
    _form(")[", rf"\(([^()\n]{{1,200}})\)\[(?={_ADDRESS})([^\[\]\n]{{1,300}})\]", "the brackets are the wrong way round", lambda match: f'write "[{_cut(match[1])}]({_cut(match[2])})"'),
    _form(":::", r"^:{3,}[ \t]*\{?([A-Za-z][\w.-]*)[^\n]*?(?::::|$)", "it begins or ends nothing as it stands here", _colons),
    _form(":::", rf":::[ \t]*({_COLON_NAMES}|no-loc)\b[^\n]*?(?::::|$)", "it is nothing as it stands here", _colons),
    _form("///", rf"^/{{3,}}[ \t]*((?:{_BLOCKS})\b|[a-z][\w-]*(?=[ \t]*\|))[^\n]{{0,80}}$", "what it marks is no block here", _box),
    _form("$$", r"^\$\$$", "nothing ends the formula, or begins it", 'write "$$" on the lines before and behind the formula'),
    _form("\ue002", "\ue002([^\ue002\ue003]{1,300})\ue003", "formulas are written in another way here", _around("$"), _is_formula),
    _form("\ue004", "\ue004([^\ue004\ue005]{1,500})\ue005", "formulas are written in another way here", _around("$$"), _is_formula),
    _form("++", rf"{NO_WORD}(?<!\+)\+\+(?=[a-z0-9\"])([a-z0-9_-]+(?:\+(?:[a-z0-9_-]+|\"[^\"\n]{{1,30}}\"))*|\"[^\"\n]{{1,30}}\")\+\+(?!\+){NO_WORD_NEXT}", "keys are written in another way here", _keys),
    _form("==", rf"{NO_WORD}(?<!=)==(?![=\s])([^\n=]{{1,200}}?)(?<!\s)==(?!=){NO_WORD_NEXT}", "marked text is written in another way here", _around("<mark>", "</mark>")),
    _form("^^", rf"{NO_WORD}(?<!\^)\^\^(?![\^\s])([^\n^]{{1,200}}?)(?<!\s)\^\^(?!\^){NO_WORD_NEXT}", "underlined text is written in another way here", _around("<ins>", "</ins>")),
    _form("~~", r"(?<!~)~~(?!~)([^\n~]{1,200})~~(?!~)", "a space inside of the ~~ keeps it from being struck out", lambda match: f'write "~~{_cut(match[1])}~~"'),
    _form("^", r"(?:(?<=[\w)\]])|(?<!\S))(?<!\^)\^([+\u2212-]?[A-Za-z0-9]{1,12}[+\u2212-]?)\^(?![\w^])", "raised text is written in another way here", _around("<sup>", "</sup>")),
    _form("~", r"(?<=[A-Za-z)\]])~([+\u2212-]?[A-Za-z0-9]{1,12}[+\u2212-]?)~(?!~)", "lowered text is written in another way here", _around("<sub>", "</sub>")),
    _form("~", r"(?<!\S)~(?![\s~/])([^~\n]{1,100}?)(?<!\s)~(?![\w~/])", "one ~ strikes nothing out", _around("~~")),
)  # fmt: skip
"""In the order in which they are tried: what one has matched is no other's."""
