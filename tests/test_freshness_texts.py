"""Faults in the text of a translation, and freedoms that are none."""

import pytest

from freshness_page import SOURCE, TRANSLATED, Edit, verdict
from imagedocs.freshness import Lack
from imagedocs.freshness.addresses import is_same_goal


def lacks(source: str, translated: str) -> list[Lack]:
    return [each.lack for each in verdict(source, translated).differences]


@pytest.mark.parametrize(
    ("old", "new", "lack"),
    [
        pytest.param(
            "Una etiqueta nombra una publicación. No se mueve nunca.",
            "A tag names one publication. It never moves.",
            Lack.UNTRANSLATED,
            id="a paragraph",
        ),
        pytest.param(
            "Una etiqueta nombra una publicación.",
            "A tag names one publication.",
            Lack.UNTRANSLATED,
            id="a sentence",
        ),
        pytest.param("Elija una etiqueta.\n", "Choose a tag.\n", Lack.UNTRANSLATED, id="a step"),
        pytest.param("[lista](list.md#images)", "[lista](tags.md#images)", Lack.GOAL, id="another page"),
        pytest.param("[lista](list.md#images)", "[lista](list.md#sizes)", Lack.GOAL, id="another section"),
        pytest.param("es-es/limits", "es-es/quotas", Lack.GOAL, id="another address"),
        pytest.param("learn.microsoft.com/es-es", "docs.example.com/es-es", Lack.GOAL, id="another host"),
        pytest.param("es-es/limits", "es-es/limits?view=v1", Lack.GOAL, id="another version"),
        pytest.param("pequeña | 1 GB", "pequeña | 2 GB", Lack.NUMBER, id="another number"),
        pytest.param("**un** comando", "~~un~~ comando", Lack.MARK, id="struck out"),
        pytest.param("Use una fecha", "[x] Use una fecha", Lack.MARK, id="ticked"),
        pytest.param(
            "* Use una fecha en producción.\n* Use",
            "1. Use una fecha en producción.\n1. Use",
            Lack.MARK,
            id="bullets that became steps",
        ),
        pytest.param(
            "El registro no necesita",
            "El registro no nece\ufffdita",
            Lack.DAMAGE,
            id="a character that was lost",
        ),
        pytest.param("publicación", "publicaciÃ³n", Lack.DAMAGE, id="another encoding"),
    ],
)
def test_a_fault_of_the_text_is_seen(old: str, new: str, lack: Lack) -> None:
    assert lacks(SOURCE, Edit(old, new).on(TRANSLATED)) == [lack]


def test_exchanged_anchors_are_seen() -> None:
    one, other = '<a name="choose-a-tag"></a>', '<a name="compare-images"></a>'
    text = TRANSLATED.replace(one, "@").replace(other, one).replace("@", other)
    assert lacks(SOURCE, text) == [Lack.EXCHANGED, Lack.EXCHANGED]


def test_exchanged_links_are_seen() -> None:
    items = "* [A](a.md)\n* [B](b.md)\n"
    swapped = "* [A](b.md)\n* [B](a.md)\n"
    assert lacks_of(items, swapped) == [Lack.GOAL, Lack.GOAL]


def lacks_of(source: str, translated: str) -> list[Lack]:
    """Lacks of a page that was translated as a whole just now."""
    from imagedocs.freshness import Pin, Version, judge
    from imagedocs.freshness.reading import read_segments
    from imagedocs.markdown import Source

    own = read_segments(Source("docs/en/page.md", source))
    other = read_segments(Source("docs/es/page.md", translated))
    return [
        each.lack
        for each in judge("docs/es/page.md", Pin(), other, "docs/en/page.md", own, Version(own)).differences
    ]


def test_a_text_that_was_cut_is_seen() -> None:
    texts = [f"This is the long text with the letter {letter} in it." for letter in "abcdefghij"]
    others = [f"Este es el texto largo que contiene la letra {letter}." for letter in "abcdefghij"]
    assert lacks_of("\n\n".join(texts), "\n\n".join(others)) == []
    others[4] = others[4][:15]
    assert lacks_of("\n\n".join(texts), "\n\n".join(others)) == [Lack.SHORT]


@pytest.mark.parametrize("block", ['moniker range="{}"', 'zone pivot="{}"'])
def test_a_condition_that_differs_is_seen(block: str) -> None:
    end = f"::: {block.split()[0]}-end\n"
    source = f"# A\n\n::: {block.format('one')}\nText of it.\n{end}"
    same = f"# A\n\n::: {block.format('one')}\nTexto.\n{end}"
    assert lacks_of(source, same) == []
    assert lacks_of(source, same.replace("one", "two")) == [Lack.MARK]


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        pytest.param("A tag moves; it is new.", "Una etiqueta se mueve. Es nueva.", id="a sentence split"),
        pytest.param("See [a](a.md) and [b](b.md).", "Vea [b](b.md) y [a](a.md).", id="another order"),
        pytest.param(
            "[W](https://en.wikipedia.org/wiki/Container)",
            "[W](https://es.wikipedia.org/wiki/Contenedor)",
            id="an address of the language",
        ),
        pytest.param(
            "[M](https://developer.mozilla.org/en-US/docs/a#see_also)",
            "[M](https://developer.mozilla.org/es/docs/a#véase_también)",
            id="a folder of the language",
        ),
        pytest.param("1,000.5 GB by 3:00 on 2026", "1.000,5 GB a las 3.00 de 2026", id="numbers"),
        pytest.param("It has 1,000 rows of it", "Tiene 1\u202f000 filas", id="spaces in numbers"),
        pytest.param("Azure Machine Learning", "Azure Machine Learning", id="a name"),
        pytest.param("`docker pull a`", "`docker pull a`", id="code"),
        pytest.param("Version", "Version", id="a word that both languages have"),
        pytest.param("https://example.com/a-page", "https://example.com/a-page", id="an address"),
    ],
)
def test_a_freedom_raises_nothing(source: str, translated: str) -> None:
    assert lacks_of(f"{source}\n", f"{translated}\n") == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("link docs/a.md#b", "link docs/a.md#b", True),
        ("link docs/a.md#b", "link docs/a.md#c", False),
        ("link docs/a.md", "link docs/b/a.md", False),
        ("link docs/a.md", "link /azure/a", True),
        ("link a.com/x/", "link a.com/x", True),
        ("link a.com/x", "link b.com/x", False),
        ("link a.com/x?hl=en", "link a.com/x?hl=es", True),
    ],
)
def test_addresses_are_compared_across_languages(one: str, other: str, expected: bool) -> None:
    assert is_same_goal(one, other) is expected
