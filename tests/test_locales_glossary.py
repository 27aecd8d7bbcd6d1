"""The glossary: how it is read, and which translations do not keep it."""

from pathlib import Path

import pytest

from growth import assert_in_proportion
from imagedocs.checks.glossary import check_case, check_glossary, check_message_terms
from imagedocs.checks.prose import Passage
from imagedocs.locales import Glossary, load_glossary, load_locales, read_message_files
from imagedocs.locales.glossary import read_glossary
from imagedocs.locales.locale_file import read_locales
from imagedocs.locales.po_reader import read_po
from imagedocs.problems import Position
from sampling import full

ROOT = Path(__file__).parent.parent

REGISTRY, _ = read_locales(
    "version: 1\ndefault: en\nlocales:\n"
    "  en: {name: English, babel: en, material: en}\n"
    "  es: {name: Español, babel: es, material: es}\n"
    "  ja: {name: 日本語, babel: ja, material: ja}\n"
)
GLOSSARY = """\
version: 1
keep: [Docker, GitHub, pip, Azure Machine Learning]
terms:
  base image:
    es: [imagen base, imágenes base]
    ja: ベース イメージ
  registry: {es: registro}
  container registry: {es: Container Registry}
"""


def glossary() -> Glossary:
    read, problems = read_glossary(GLOSSARY, REGISTRY)
    assert problems == ()
    return read


@pytest.mark.parametrize(
    ("tag", "source", "translation", "expected"),
    [
        ("es", "Use Docker.", "Usa Docker.", []),
        ("es", "Use Docker.", "Usa el estibador.", ['"Docker" is translated; keep "Docker" as it is']),
        ("ja", "Use Docker.", "Dockerを使う。", []),
        ("es", "On GitHub", "En GitHub, con github() y github(1)", []),
        ("es", "On GitHub", "En Github", ['"Github" is spelt otherwise; write "GitHub"']),
        ("es", "", "docker==1.2 </br> docker >= 1.16, docker=1, docker~=1.1.x, docker < 2", []),
        ("es", "", "github", []),
        ("es", "", "Github", ['"Github" is spelt otherwise; write "GitHub"']),
        ("es", "Run pip.", "Ejecuta Pip.", []),
        ("es", "Run pip.", "Ejecuta el instalador.", ['"pip" is translated; keep "pip" as it is']),
        ("es", "A base image", "Una imagen base", []),
        ("es", "Base images", "Imágenes base", []),
        ("es", "A base image", "Una imagen de partida", ['"base image" is not rendered as the glossary has it; write "imagen base"']),
        ("ja", "Base images", "土台", ['"base image" is not rendered as the glossary has it; write "ベース イメージ"']),
        ("ja", "The registry", "レジストリ", []),
        ("es", "database images", "imágenes de bases de datos", []),
        ("es", "Dockerfile", "el archivo", []),
        ("es", "", "véase docs.docker.com, docker-compose y ./docker/x", []),
        ("es", "The container registry", "El Container Registry", []),
        ("es", "The registries of Docker", "Los registros de Docker", []),
    ],
)  # fmt: skip
def test_each_term_must_be_rendered_as_the_glossary_has_it(
    tag: str, source: str, translation: str, expected: list[str]
):
    there = Position("docs/x.md", 3, 5)
    found = [
        *check_glossary(glossary(), tag, source, translation, there),
        *check_case(glossary(), [Passage(translation, there)]),
    ]
    assert [str(problem).partition("glossary-term: ")[2] for problem in found] == expected


def test_a_name_in_the_wrong_case_is_reported_at_its_first_letter():
    (problem,) = check_case(glossary(), [Passage("Use docker now.", Position("docs/en/x.md", 3, 5))])
    assert (
        str(problem)
        == 'docs/en/x.md:3:9: warning: glossary-term: "docker" is spelt otherwise; write "Docker"'
    )


def test_messages_are_checked_without_their_code_and_links():
    text = (
        'msgid "Pull the base image from [the registry](x) with `pip` {Docker}"\n'
        'msgstr "Trae la imagen desde [el registro](x) con `pip` {Docker}"\n'
    )
    problems = check_message_terms(glossary(), {"es": read_po(text.encode(), "es.po")})
    assert [str(problem) for problem in problems] == [
        'es.po:2:9: warning: glossary-term: "base image" is not rendered as the glossary has it; write "imagen base"'
    ]


NOT = '"base image" is not rendered as the glossary has it; write "imagen base"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "A base image"\nmsgstr "Una imagen inicial"\n', [f"2:9: {NOT}"]),
        ('#, fuzzy\nmsgid "A base image"\nmsgstr "Una imagen inicial"\n', []),
        ('#~ msgid "A base image"\n#~ msgstr "Una imagen inicial"\n', []),
        ('msgid "A base image"\nmsgstr ""\n', []),
        ('msgctxt "nav"\nmsgid "A base image"\nmsgstr "Una imagen inicial"\n', [f"3:9: {NOT}"]),
        (
            ('msgid "%(n)s base image"\nmsgid_plural "%(n)s base images"\n'
            'msgstr[0] "%(n)s imagen base"\nmsgstr[1] "%(n)s imágenes iniciales"\n'),
            [f"4:12: {NOT}"],
        ),
        ('msgid ""\n"A base "\n"image"\nmsgstr ""\n"Una imagen "\n"inicial"\n', [f"5:2: {NOT}"]),
        ('msgid ""\n"A base "\n"image"\nmsgstr ""\n"Una imagen "\n"base"\n', []),
        ('msgid "A base\\nimage"\nmsgstr "Una imagen\\nbase"\n', []),
        ('msgid "A **base** image"\nmsgstr "Una imagen **base**"\n', []),
        ('msgid "In {registry} %(registry)s"\nmsgstr "En {registry} %(registry)s"\n', []),
        ('msgid "See https://x.example/registry"\nmsgstr "Vea https://x.example/registry"\n', []),
        ('msgid "<b title=\\"registry\\">x</b>"\nmsgstr "<b title=\\"registry\\">x</b>"\n', []),
        ('msgid "On GitHub"\nmsgstr "En Github"\n', ['2:9: "Github" is spelt otherwise; write "GitHub"']),
        ('msgid "On GitHub"\nmsgstr "En la forja"\n', ['2:9: "GitHub" is translated; keep "GitHub" as it is']),
    ],
)  # fmt: skip
def test_a_message_is_judged_as_far_as_it_is_shown(text: str, expected: list[str]):
    header = 'msgid ""\nmsgstr "Language: es\\n"\n\n'
    problems = check_message_terms(glossary(), {"es": read_po(f"{header}{text}".encode(), "es.po")})
    found = [
        str(problem).removeprefix("es.po:").replace(" warning: glossary-term:", "") for problem in problems
    ]
    lines = [line.split(":", 1) for line in found]
    assert [f"{int(number) - 3}:{rest}" for number, rest in lines] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A .NET image", [".NET"]),
        ("Node.js runs", []),
        ("Run Node.js.", ["Node.js"]),
        ("Open node.json", []),
    ],
)
def test_names_that_look_like_files_are_names(text: str, expected: list[str]):
    read, _ = read_glossary("version: 1\nkeep: [.NET, Node.js]\n", REGISTRY)
    there = Position("x.md", 1, 1)
    translation = "Node.js" if text == "Node.js runs" else "Nada"
    found = [
        problem.message.split('"')[1] for problem in check_glossary(read, "es", text, translation, there)
    ]
    assert found == expected


def test_a_source_without_borders_between_words():
    registry, _ = read_locales(
        "version: 1\ndefault: ja\nlocales:\n"
        "  ja: {name: 日本語, babel: ja, material: ja}\n  es: {name: Español, babel: es, material: es}\n"
    )
    read, problems = read_glossary("version: 1\nterms: {タグ: {es: etiqueta}}\n", registry)
    assert problems == ()
    there = Position("x.md", 1, 1)
    assert not [*check_glossary(read, "es", "このタグを", "la etiqueta", there)]
    assert len([*check_glossary(read, "es", "このタグを", "el rótulo", there)]) == 1


@pytest.mark.parametrize("size", [4_000, pytest.param(100_000, marks=full)])
def test_many_terms_and_hostile_texts_take_work_in_proportion(size: int):
    names = "".join(f"  - Name{number}x y-z\n" for number in range(1900))
    read, problems = read_glossary(f"version: 1\nkeep:\n{names}", REGISTRY)
    assert problems == ()
    place = Position("x.md", 1, 1)
    for piece in ("a.", "a/", "<", "-", "Name7x ", "x:"):
        text = piece * (size // len(piece))
        assert_in_proportion(lambda part: list(check_glossary(read, "es", part, part, place)), text)
        assert_in_proportion(lambda part: list(check_case(read, [Passage(part, place)])), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 1\nkeep: [no, Docker, docker]\n", [
            '2:8: error: unquoted-value: YAML reads no as a boolean, not as text; write "no"',
            '2:20: error: duplicate-key: "docker" stands twice; first on line 2; remove one of them',
        ]),
        ("version: 1\nterms:\n  tag: {fr: étiquette}\n", [
            '3:9: error: unknown-key: "fr" is no language that the site is translated into; there are es, ja',
        ]),
        ("version: 1\nterms:\n  tag: {es: [a, {}]}\n  x: y\n", [
            "3:17: error: wrong-type: expected a rendering, found a mapping",
            '4:6: error: wrong-type: expected a mapping of languages to renderings, found "y"',
        ]),
        ("version: 9\nkepp: []\n", [
            "1:10: error: wrong-type: the file is of version 9, and this program reads version 1; use a newer imagedocs",
            '2:1: error: unknown-key: unknown key "kepp"; did you mean "keep"?',
        ]),
        ("[]", ["1:1: error: wrong-type: expected a mapping, found a list"]),
    ],
)  # fmt: skip
def test_each_mistake_in_the_file_is_reported_where_it_stands(text: str, expected: list[str]):
    _, problems = read_glossary(text, REGISTRY)
    assert [str(problem).removeprefix("locales/glossary.yaml:") for problem in problems] == expected


def test_a_project_without_a_glossary_has_an_empty_one(tmp_path: Path):
    none, problems = load_glossary(tmp_path, REGISTRY)
    assert (none.kept, none.terms, problems) == ((), (), ())


def test_the_projects_own_glossary_is_kept_by_its_messages():
    registry, _ = load_locales(ROOT)
    own, problems = load_glossary(ROOT, registry)
    assert problems == ()
    assert own.kept
    assert own.terms
    for term in own.terms:
        assert set(term.renderings) == {locale.tag for locale in registry.translated}, term.text
    assert [str(each) for each in check_message_terms(own, read_message_files(ROOT, registry))] == []
