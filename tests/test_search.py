"""The search's index: sections of pages, words without endings, hidden forms."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagedocs.material.search import Language, entries_of, language_of, render_index, search_settings
from imagedocs.material.search.forms import Forms, in_pairs, plain_text
from imagedocs.material.search.sections import sections_of
from imagedocs.material.search_options import Search, Segmentation

INFLECTED = Search(inflections=True)
CHARACTERS = Search(segmentation=Segmentation.CHARACTERS)
LANGUAGES = {
    **{tag: language_of(tag, INFLECTED) for tag in ("en", "es", "de", "fr", "pt-BR", "ko", "it")},
    **{tag: language_of(tag, CHARACTERS) for tag in ("ja", "zh-Hans")},
}


@pytest.mark.parametrize(
    ("html", "sections"),
    [
        pytest.param(
            '<h1 id="a">One</h1><p>Text &amp; more</p><h2 id="b">Two</h2><p>End</p>',
            [("", "One", "<p>Text &amp; more</p>"), ("b", "Two", "<p>End</p>")],
            id="headings begin sections; the first is the page",
        ),
        pytest.param(
            "<p>No heading</p>", [("", "", "<p>No heading</p>")], id="a page without a heading is one section"
        ),
        pytest.param(
            '<p>Before</p><h2 id="b">Two</h2>',
            [("", "", "<p>Before</p>"), ("b", "Two", "")],
            id="what comes before the first heading is the page's",
        ),
        pytest.param(
            '<h1 id="a">A<a class="headerlink" href="#a">¶</a></h1>',
            [("", "A", "")],
            id="no mark behind headings",
        ),
        pytest.param(
            "<table><tr><td>None</td><td>3.9</td></tr><tr><td>CPU</td></tr></table>",
            [("", "", "None 3.9 CPU")],
            id="cells are words of their own",
        ),
        pytest.param("<p>one<br>two</p>", [("", "", "<p>one two</p>")], id="and so are lines"),
        pytest.param(
            "<p>im<em>ag</em>e <code>a&lt;b</code></p>",
            [("", "", "<p>image <code>a&lt;b</code></p>")],
            id="markup in a word does not cut it",
        ),
        pytest.param(
            "<script>var p = '<p>x</p>'</script><style>p{}</style><p>Text</p><!-- <p>no</p> -->",
            [("", "", "<p>Text</p>")],
            id="scripts, style sheets and comments are not text",
        ),
        pytest.param(
            '<p>Seen</p><div data-search-exclude><p>Not</p></div><h2 id="x" data-search-exclude>No</h2><p>no</p>',
            [("", "", "<p>Seen</p>")],
            id="what the author excludes",
        ),
        pytest.param(
            '<h1 id="a">A</h1><div><h3 id="c">C</h3><p>in</p></div><p>out</p>',
            [("", "A", "<p>out</p>"), ("c", "C", "<p>in</p>")],
            id="a heading in an element ends with it",
        ),
        pytest.param(
            "<pre><code>a\n  b\n</code></pre>", [("", "", "<pre><code>a\n  b\n</code></pre>")], id="code"
        ),
        pytest.param(
            '<div class="linenodiv"><pre><span>1</span>\n<span>2</span></pre></div><pre><code>a\n  b</code></pre><p>c\n  d</p>',
            [("", "", "<pre><code>a\n  b</code></pre><p>c d</p>")],
            id="code behind hidden line numbers keeps its lines, the text behind it does not",
        ),
        pytest.param(
            "<p></p><ul><li> </li></ul><p>x</p>", [("", "", "<p>x</p>")], id="nothing that is empty"
        ),
        pytest.param("<p>a</b></p></div><p>b", [("", "", "<p>a</p><p>b")], id="ends without a beginning"),
        pytest.param("", [], id="an empty page"),
    ],
)
def test_sections(html: str, sections: list[tuple[str, str, str]]) -> None:
    assert [(section.id, section.title, section.text) for section in sections_of(html)] == sections


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 100_000,
        '<a "' * 100_000,
        "<!--" * 100_000,
        "<div>" * 50_000 + "</p>" * 50_000,
        "<p>" * 50_000 + "</div>" * 50_000,
        '<div><h2 id="a">' * 5_000 + "</h2></div>" * 5_000,
    ],
    ids=["open tags", "open quotes", "open comments", "other ends", "paragraphs", "headings in headings"],
)
def test_hostile_pages_are_read(html: str) -> None:
    sections_of(html)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "image images"), ("en", "deploy deploys deployed deploying"), ("en", "dependency dependencies"),
        ("es", "etiqueta etiquetas"), ("es", "versión versiones"), ("es", "instalar instalado instalada instalando instalación"),
        ("es", "contenedor contenedores"), ("de", "Paket Pakete Paketen Paketes"), ("de", "Bild Bilder Bildern"),
        ("de", "Container Containern Containers"), ("de", "unterstützt unterstützen unterstützte"),
        ("fr", "étiquette étiquettes"), ("fr", "réseau réseaux"), ("fr", "déployer déployez déployée déployés"),
        ("pt-BR", "implantação implantações"), ("pt-BR", "imagem imagens"), ("pt-BR", "instalar instalando instalação instalações"),
        ("es", "extender extendiendo extendido"), ("de", "erweitern erweitert erweiterung erweiterungen"),
        ("fr", "étendre étendue étend"), ("pt-BR", "contêiner contêineres"),
        ("ko", "이미지 이미지를 이미지가 이미지에서 이미지에서는 이미지입니다"), ("ko", "배포 배포하는 배포합니다 배포하려면 배포된"),
        ("ko", "컨테이너 컨테이너로 컨테이너의"), ("ja", "コンテナ コンテナー"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(tag: str, words: str) -> None:
    assert len({LANGUAGES[tag].stem_of(word) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["los", "Tag", "base", "mcr", "가이드", "용도", "py312", "1.7.0"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_short_words_and_names_are_left_whole(tag: str, word: str) -> None:
    assert LANGUAGES[tag].stem_of(word) == word


LETTERS = {"ko": "을를은는이가의에서로으과도만들하되다니면습합태그이미지", "ja": "コンテナーサバ"}


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if LANGUAGES[tag].endings])
@given(data=st.data())
def test_a_stem_has_no_ending(tag: str, data: st.DataObject) -> None:
    word = data.draw(st.text(LETTERS.get(tag, "aeiousndrtmlgyxzvcóãõéçESN"), max_size=14))
    stem = LANGUAGES[tag].stem_of(word)
    assert LANGUAGES[tag].stem_of(stem) == stem


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_word_is_cut(tag: str) -> None:
    language = LANGUAGES[tag]
    for piece in (
        "es",
        "en",
        "ion",
        "ed",
        "ung",
        "ando",
        "aç",
        "u",
        "er",
        "ões",
        "el",
        "에서",
        "하는",
        "되는",
        "ー",
        "e",
        "s",
    ):
        language.stem_of("wort" + piece * 200 + "!q")
        language.stem_of("이미지" + piece * 200 + "끝")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_separator_captures_nothing(tag: str) -> None:
    """Material counts the groups of its own around it."""
    separator = str(search_settings(LANGUAGES[tag], None)["separator"])
    assert re.findall(r"(?<!\\)\((?!\?)", re.sub(r"\[(?:\\.|[^\]\\])*\]", "", separator)) == []


@pytest.mark.parametrize(
    ("tag", "text", "forms"),
    [
        pytest.param("es", "imágenes", ["imag"], id="without accents"),
        pytest.param("it", "perché", ["perche"], id="without accents, where no endings are known"),
        pytest.param("de", "größe für", ["gros", "groe", "fur", "fuer"], id="umlauts"),
        pytest.param("fr", "œuvre", ["oeuvr"], id="ligatures"),
        pytest.param("de", "installieren", ["installatio"], id="nouns of verbs"),
        pytest.param(
            "de", "hinzufügen", ["hinzufug", "hinzufueg", "hinzugefüg", "hinzugefug"], id="participles"
        ),
        pytest.param(
            "de", "onlineendpunkt", ["neendpunk", "endpunk"], id="the last part of a compound, known or not"
        ),
        pytest.param("en", "configure", ["configuration"], id="nouns of English verbs"),
        pytest.param("ja", "２２.０４ ﾀｸﾞ", ["22.04", "タグ"], id="letters of another width"),
        pytest.param("en", "ubuntu22.04 py312", ["22.04", "312", "3.12"], id="numbers in names"),
        pytest.param("ko", "보안 업데이트를", ["보안업데이트"], id="two nouns as one"),
        pytest.param("ko", "이미지를 사용", [], id="but not what a particle parts"),
        pytest.param("ja", "オンライン エンドポイント", ["オンラインエンドポイント"], id="katakana likewise"),
        pytest.param("zh-Hans", "安全更新", ["全更\u200b"], id="the pairs between the pairs"),
        pytest.param("zh-Hans", "预构建的镜像", ["构建\u200b"], id="no pair holds a filler"),
    ],
)
def test_hidden_forms(tag: str, text: str, forms: list[str]) -> None:
    assert Forms(LANGUAGES[tag], [text]).of(text).split() == forms


def test_the_last_word_of_a_compound_is_a_form_if_it_is_a_word() -> None:
    forms = Forms(LANGUAGES["de"], ["sicherheitsupdates", "ein update"])
    assert forms.of("sicherheitsupdates") == LANGUAGES["de"].stem_of("update")


def test_words_of_the_whole_index_that_differ_by_their_accents_are_forms_of_each_other() -> None:
    forms = Forms(LANGUAGES["es"], ["imagen", "imágenes"])
    assert forms.of("imagen") == "imág"


@pytest.mark.parametrize(
    ("text", "marked"),
    [("安全更新", "安全|更新|"), ("预构建", "预构建|"), ("Python 包", "Python 包|"), ("镜像的标签", "镜像|的标签|"), ("a", "a")],
)  # fmt: skip
def test_chinese_characters_are_marked_in_pairs(text: str, marked: str) -> None:
    assert in_pairs(text, LANGUAGES["zh-Hans"]).replace("\u200b", "|") == marked


def test_markup_is_no_text() -> None:
    assert plain_text("<p>A&lt;B <code>C</code></p>").split() == ["a", "b", "c"]


def index(html: str, language: Language) -> dict[str, object]:
    return json.loads(
        render_index(entries_of(html, "page/", "Title"), language, search_settings(language, "es"))
    )


def test_an_index() -> None:
    html = '<h1 id="a">Imágenes</h1><p>Texto</p><h2 id="b">Más</h2>'
    entries = [replace(each, tags=("x",), boost=0.5) for each in entries_of(html, "page/", "Title")]
    text = render_index(entries, LANGUAGES["es"], {"lang": ["en"]})
    assert text == (
        '{"config":{"lang":["en"]},"docs":['
        '{"location":"page/","title":"Imágenes","text":"<p>Texto</p>","title_forms":"imag","tags":["x"],"boost":0.5},'
        '{"location":"page/#b","title":"Más","text":"","title_forms":"mas","tags":["x"],"boost":0.5}]}'
    )


def test_the_same_pages_give_the_same_index() -> None:
    html = "<p>imagen imágenes etiqueta etiquetas ubuntu22.04 实例 보안 업데이트</p>"
    for language in LANGUAGES.values():
        assert index(html, language) == index(html, language)


def test_a_language_without_inflections_is_searched_as_material_does() -> None:
    settings = search_settings(language_of("nb", Search(language="no")), "no")
    assert (settings["lang"], settings["pipeline"]) == (["no"], ["stopWordFilter"])


@pytest.mark.parametrize(
    ("tag", "text", "forms"),
    [
        ("ja", "コンテナー イメージ", "コンテナイメージ コンテナーイメージ"),
        ("ja", "コンテナー・イメージ", "コンテナイメージ コンテナーイメージ"),
        ("ja", "サーバーレス", "サーバレス"),
        ("ja", "サービス レベル アグリーメント", "サービスレベルアグリーメント"),
        ("pt-BR", "pré-requisitos", "prerequisit"),
        ("en", "a non-root user", "nonroot"),
        ("de", "Docker-Image", "dockerimag"),
    ],
)
def test_words_are_found_as_others_write_them(tag: str, text: str, forms: str) -> None:
    plain = plain_text(text)
    found = Forms(LANGUAGES[tag], [plain]).of(plain).split()
    assert set(forms.split()) <= set(found), found


@pytest.mark.parametrize(
    "text", ["a-b9", "py-12", "a/b-c", "azureml/minimal-py312-inference", "one-two-three"]
)
def test_hyphens_in_names_of_images_join_nothing(text: str) -> None:
    assert not {"ab", "bc", "onetwo", "twothree"} & set(Forms(LANGUAGES["es"], [text]).of(text).split())


@pytest.mark.parametrize("text", ["ア " * 50_000, "ー" * 100_000, "a-" * 50_000, "a" * 100_000 + "-b9"])
@pytest.mark.parametrize("tag", ["ja", "de"])
def test_hostile_words_are_read(tag: str, text: str) -> None:
    Forms(LANGUAGES[tag], [text]).of(text)
