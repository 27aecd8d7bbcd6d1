"""The glossary on our own pages: nothing is found in them as they are, and each word that is exchanged is."""

import re
from pathlib import Path

import pytest

from imagedocs.checks.page_terms import check_page_terms
from imagedocs.checks.prose import Passage
from imagedocs.freshness import Pin, Translation, Version, judge
from imagedocs.freshness.reading import read_segments
from imagedocs.locales import load_glossary, load_locales
from imagedocs.markdown import Source

ROOT = Path(__file__).parent.parent
REGISTRY, _ = load_locales(ROOT)
GLOSSARY, _ = load_glossary(ROOT, REGISTRY)
PAGES = (
    "concept-prebuilt-docker-images-inference.md",
    "how-to-prebuilt-docker-images-inference-python-extensibility.md",
)
NO_PROSE = re.compile(r"(`[^`]*`|\]\([^)]*\)|<[^>]*>|\[!INCLUDE.*|^translat.*)")
EXCHANGED = {
    # language -> a word of the pages, the term that it renders, and what stands in its place
    "de": (("image", "image", "abbild"), ("Docker", "Docker", "Hafenarbeiter")),
    "es": (("im[aá]gen(?:es)?", "image", "foto"), ("Docker", "Docker", "Estibador")),
    "fr": (("image", "image", "photo"), ("Python", "Python", "Pithon")),
    "ja": (("イメージ", "image", "画像"), ("Docker", "Docker", "ドッカー")),
    "ko": (("이미지", "image", "그림"), ("Python", "Python", "파이썬")),
    "zh-Hans": (("镜像", "image", "映像"), ("构建", "prebuilt", "生成")),
    "pt-BR": (("image(?:m|ns)", "image", "foto"), ("Docker", "Docker", "Estivador")),
}


def judged(tag: str, name: str, text: str) -> Translation:
    source = read_segments(Source(f"docs/en/{name}", (ROOT / "docs/en" / name).read_text("utf-8")))
    own = read_segments(Source(f"docs/{tag}/{name}", text))
    version = Version(source)
    return judge(f"docs/{tag}/{name}", Pin(version.name), own, f"docs/en/{name}", source, version)


def findings(tag: str, page: Translation) -> list[tuple[str, int]]:
    """The terms, and the lines."""
    passages: tuple[Passage, ...] = ()
    problems = check_page_terms(GLOSSARY, tag, page, (), passages)
    return [(problem.message.split('"')[1], problem.position.line) for problem in problems]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("tag", EXCHANGED)
def test_each_word_that_is_exchanged_is_found(tag: str, name: str) -> None:
    text = (ROOT / "docs" / tag / name).read_text("utf-8")
    page = judged(tag, name, text)
    assert findings(tag, page) == []
    sources = {
        match.translated[0].position.line: " ".join(text for each in match.source for text in each.prose)
        for match in page.matches
    }
    lines = text.split("\n")
    exchanged = 0
    for number, line in enumerate(lines):
        for word, term, wrong in EXCHANGED[tag]:
            parts = NO_PROSE.split(line)
            parts[::2] = [re.sub(f"(?i:{word})(?!file)", wrong, part) for part in parts[::2]]
            uses = re.search(rf"(?i)\b{term}s?\b", sources.get(number + 1, ""))
            if "".join(parts) == line or not uses or uses[0] == "docker":
                continue
            edited = "\n".join([*lines[:number], "".join(parts), *lines[number + 1 :]])
            found = findings(tag, judged(tag, name, edited))
            assert any(term in each for each, _ in found), (number + 1, word, "".join(parts))
            assert {place for _, place in found} == {number + 1}
            exchanged += 1
    assert exchanged >= 8
