"""Does prose give a fact about an image otherwise than the catalog?

A sentence is judged only if it can be read in one way: the part between two commas names an image and one version,
and all its other words are ones that join the two (`for`, `with`, `has`). What says more may mean more: "replaces
the images with Python 3.8" is no fact about the image it is said of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imagedocs.catalog import Absence, Catalog, Image, OperatingSystem
from imagedocs.checks.fact_lines import NAME, VERSION, lines_with_facts
from imagedocs.markdown.document import Document, Text
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown

_JOINING = frozenset(
    [
        "a",
        "an",
        "are",
        "contains",
        "comes",
        "for",
        "has",
        "have",
        "image",
        "in",
        "includes",
        "is",
        "of",
        "the",
        "ships",
        "uses",
        "version",
        "versions",
        "with",
        "con",
        "contiene",
        "de",
        "el",
        "en",
        "es",
        "imagen",
        "incluye",
        "la",
        "las",
        "los",
        "para",
        "son",
        "tiene",
        "tienen",
        "usa",
        "usan",
        "versión",
        "das",
        "dem",
        "den",
        "der",
        "die",
        "für",
        "enthält",
        "haben",
        "hat",
        "im",
        "ist",
        "mit",
        "nutzt",
        "sind",
        "verwendet",
        "von",
        "au",
        "avec",
        "dans",
        "du",
        "d",
        "est",
        "contient",
        "l",
        "le",
        "les",
        "ont",
        "pour",
        "sont",
        "utilise",
        "com",
        "da",
        "do",
        "em",
        "imagem",
        "inclui",
        "contém",
        "na",
        "são",
        "tem",
        "têm",
        "versão",
        "é",
        "が",
        "で",
        "では",
        "に",
        "には",
        "が含まれています",
        "の",
        "は",
        "イメージ",
        "バージョン",
        "가",
        "는",
        "에는",
        "에서는",
        "은",
        "의",
        "이",
        "이미지",
        "입니다",
        "포함합니다",
        "버전",
        "为",
        "使用",
        "在",
        "是",
        "有",
        "包含",
        "版本",
        "的",
        "镜像",
    ]
)
"""Words that join an image with what it has, in the languages of Learn's most translated pages. No word that negates
in one of them, as Spanish *no* (Portuguese has the same word for *in the*)."""
_AND = frozenset(["and", "e", "et", "und", "y", "と", "과", "와", "与", "和"])
"""Words that join an image with another one. Between anything else they begin another statement."""
_PLURALS = frozenset(["images", "imagens", "imágenes"])
_KNOWN = _JOINING | _AND | _PLURALS
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE = re.compile(r"[^,;:.!?|→⇒、，；：。！？]+(?:\.(?=\d)[^,;:.!?|→⇒、，；：。！？]+)*")
_QUESTION = frozenset("?？")
_APART = 3
"""Characters of markup between two runs of text from which on they are not taken for one: cells of a table."""
_FIRST, _LAST, _REST = "\ue000", "\uf000", "\uf001"
"""Characters for private use: one stands for each image that a line names, and the last fills the place of its name."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TOKEN = re.compile(rf"[{_FIRST}-{_LAST}]|{_WORD.pattern}|\d")
_OPENED = re.compile(rf"[(（][^)）]*[{_FIRST}-{_LAST}][^)）]*\Z")
"""An image in parentheses that the clause doesn't close: what stands before them is of another one."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The text of one line of a page, and where each of its runs begins in it."""

    text: str
    runs: tuple[tuple[int, Text], ...]

    def at(self, offset: int) -> tuple[Text, int]:
        """The run that the character at `offset` is in, and its place there."""
        begin, run = next((begin, run) for begin, run in reversed(self.runs) if begin <= offset)
        return run, offset - begin


def check_stated_facts(document: Document, catalog: Catalog) -> Iterator[Problem]:
    """Yield a problem for each version in the prose of a page that the catalog contradicts."""
    lines = tuple(lines_with_facts(document))
    if not lines:
        return  # most pages: what follows takes long in a large catalog
    images: dict[str, Image] = {}
    for image in catalog.images:
        for name in (image.id, image.name, image.repository, image.full_repository):
            images.setdefault(name, image)
    subjects = _subjects(catalog)
    for runs in lines:
        yield from _check_line(_joined(runs), images, subjects)


def _joined(runs: Sequence[Text]) -> _Line:
    text, begins = "", list[tuple[int, Text]]()
    previous: Text | None = None
    for run in runs:
        if previous is not None:
            gap = run.position.column - previous.position.column - len(previous.content)
            text += "|" if not 0 <= gap < _APART else ""
        begins.append((len(text), run))
        text += run.content
        previous = run
    return _Line(text, tuple(begins))


def _check_line(line: _Line, images: Mapping[str, Image], subjects: Mapping[str, str]) -> Iterator[Problem]:
    found: list[Image] = []

    def mark(name: re.Match[str]) -> str:
        written, _, tag = name[0].partition(":")
        image = images.get(written)
        if image is None or tag not in ("", "latest", *image.tags):
            return name[0]  # another tag may have other contents
        found.append(image)
        number = min(ord(_FIRST) + len(found) - 1, ord(_LAST))
        return chr(number).ljust(len(name[0]), _REST)  # as long as the name, so that places stay

    text = NAME.sub(mark, _PRIVATE.sub("?", line.text))
    named = {subjects[word.lower()] for word in _WORD.findall(text) if word.lower() in subjects}
    for clause in _CLAUSE.finditer(text):
        versions = list(VERSION.finditer(clause[0]))
        of_clause = [found[ord(each) - ord(_FIRST)] for each in clause[0] if _FIRST <= each <= _LAST]
        if len(versions) != 1 or not of_clause or _says_else(clause[0], text[clause.end() :], len(of_clause)):
            continue
        words = [word.lower() for word in _WORD.findall(clause[0])]
        own = {subjects[word] for word in words if word in subjects} or named
        if len(own) != 1 or any(word not in subjects and word not in _KNOWN for word in words):
            continue
        (subject,) = own
        known = [(image, version) for image in of_clause if (version := _version_of(image, subject))]
        if len(known) == len(of_clause) and not any(_agree(versions[0][0], version) for _, version in known):
            run, offset = line.at(clause.start() + versions[0].start())
            yield _problem(run, offset, subject, versions[0][0], known[0])


def _says_else(clause: str, rest: str, images: int) -> bool:
    """Whether a clause that names so many images asks, or may speak of other images too."""
    if rest[:1] in _QUESTION or _OPENED.search(clause):
        return True
    tokens = ["", *(token.lower() for token in _TOKEN.findall(clause)), ""]
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token in _PLURALS and images == 1:
            return True
        if token in _AND and not (_FIRST <= before <= _LAST and _FIRST <= after <= _LAST):
            return True
    return False


def _problem(run: Text, offset: int, subject: str, written: str, known: tuple[Image, str]) -> Problem:
    image, version = known
    message = f"{shown(image.name)} has {subject} {version} in the catalog, not {written}"
    place = replace(run.position, column=run.position.column + offset)
    hint = f"write {version}, or take the sentence from a template, which is made from the catalog"
    return Problem(place, Rule.IMAGE_FACT_WRONG, message, hint, included_from=run.included_from)


def _subjects(catalog: Catalog) -> dict[str, str]:
    """What images have versions of: each name in small letters, and as its makers write it."""
    names = {"Python", "CUDA", "cuDNN", "NCCL"}
    names |= {image.os.name for image in catalog.images if isinstance(image.os, OperatingSystem)}
    names |= {image.framework.name for image in catalog.images if not image.framework.is_none}
    return {name.lower(): name for name in names if _WORD.fullmatch(name)}


def _version_of(image: Image, subject: str) -> str | None:
    """The version of something in an image, if the catalog knows it."""
    version: str | Absence | None = None
    if subject == "Python":
        version = image.python
    elif isinstance(image.os, OperatingSystem) and image.os.name == subject:
        version = image.os.version
    elif image.framework.name == subject:
        version = image.framework_version
    else:
        libraries = (*image.accelerator.libraries, *image.libraries)
        version = next((library.version for library in libraries if library.name == subject), None)
    return None if isinstance(version, Absence) else version


def _agree(one: str, other: str) -> bool:
    """Whether two versions can be the same: 11.8 is what one may call 11.8.0."""
    short, long = sorted((one.split("."), other.split(".")), key=len)
    return long[: len(short)] == short
