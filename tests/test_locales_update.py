"""Extraction and update: the same sentences give the same files, and no translation is lost."""

from pathlib import Path

import pytest

from imagedocs.locales import extract_messages, load_locales, update_messages
from imagedocs.locales.messages import forms_of, read_message_file
from imagedocs.locales.po_writer import format_po
from imagedocs.locales.update import Completeness, completeness

LOCALES = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en}
  es: {name: Español, babel: es, material: es}
  ja: {name: 日本語, babel: ja, material: ja, published: false}
  en-XA: {name: X, babel: en, material: en, pseudo: expanded}
"""
TEMPLATE = """\
{% trans %}
  Which tag
  to use
{% endtrans %}
{# TRANSLATORS: head of a column #}
| {{ pgettext("column", "Tag") }} | {{ _("100%% free") }} |
{% trans count=images|length %}One image{% pluralize %}{{ count }} images{% endtrans %}
"""
SPANISH = "locales/es/LC_MESSAGES/messages.po"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, "locales/locales.yaml", LOCALES)
    write(tmp_path, "includes/list.md.j2", TEMPLATE)
    write(tmp_path, "hooks/imagedocs/__init__.py", "")  # the library is the project's own
    write(tmp_path, "hooks/labels.py", 'TITLE = N_("Note")\nprint(gettext("Tag"), _(TITLE), f"{TITLE}")\n')
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def update(root: Path) -> tuple[str, ...]:
    registry, problems = load_locales(root)
    result = update_messages(root, registry)
    assert (problems, result.problems) == ((), ())
    return result.changed


def test_sentences_are_found_in_the_order_of_files_and_lines(project: Path):
    template = extract_messages(project)
    assert template.problems == ()
    assert format_po(template).partition("\n\n")[2] == (
        "#: hooks/labels.py\n"
        'msgid "Note"\nmsgstr ""\n\n'
        "#: hooks/labels.py\n"
        'msgid "Tag"\nmsgstr ""\n\n'
        "#: includes/list.md.j2\n"
        'msgid "Which tag to use"\nmsgstr ""\n\n'
        "#. head of a column\n"
        "#: includes/list.md.j2\n"
        'msgctxt "column"\nmsgid "Tag"\nmsgstr ""\n\n'
        "#: includes/list.md.j2\n#, python-format\n"
        'msgid "100%% free"\nmsgstr ""\n\n'
        "#: includes/list.md.j2\n#, python-format\n"
        'msgid "One image"\nmsgid_plural "%(count)s images"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )


@pytest.mark.parametrize(
    ("setting", "folder"),
    [
        ("overrides", "overrides"),
        ("./theme/own/", "theme/own"),
        ("'[b]r*'", "[b]r*"),
        ("&here overrides", "overrides"),
    ],
)
def test_sentences_of_the_folder_of_the_theme_are_found(project: Path, setting: str, folder: str):
    write(project, "mkdocs.yml", f"site_name: X\ntheme:\n  name: material\n  custom_dir: {setting}\n")
    write(project, f"{folder}/partials/copyright.html", '<p>{{ _("Hello dear reader") }}</p>')
    write(project, "elsewhere/partials/copyright.html", '<p>{{ _("Nobody reads this") }}</p>')
    update(project)
    text = (project / SPANISH).read_text()
    assert f'#: {folder}/partials/copyright.html\nmsgid "Hello dear reader"\nmsgstr ""\n' in text
    assert "Nobody" not in text


@pytest.mark.parametrize("setting", ["../overrides", "/", "..", "!ENV THEME", "[a]", "''", "none"])
def test_a_folder_of_the_theme_outside_the_project_has_no_sentences(project: Path, setting: str):
    write(project, "mkdocs.yml", f"theme:\n  name: material\n  custom_dir: {setting}\n")
    write(project.parent, "overrides/main.html", '{{ _("Hello dear reader") }}')
    assert "locales/messages.pot" in update(project)
    assert "Hello" not in (project / "locales/messages.pot").read_text()


def test_an_update_makes_the_files_that_are_missing_and_then_changes_nothing(project: Path):
    assert update(project) == ("locales/messages.pot", SPANISH, "locales/ja/LC_MESSAGES/messages.po")
    assert update(project) == ()
    header = read_message_file(project, SPANISH).headers()
    assert (header["Language"], header["Plural-Forms"]) == (
        "es",
        "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);",
    )
    assert "POT-Creation-Date" not in header


def test_lines_that_move_change_nothing(project: Path):
    update(project)
    write(project, "includes/list.md.j2", "\n\n" + TEMPLATE)
    assert update(project) == ()


def test_translations_are_kept_retired_and_brought_back(project: Path):
    update(project)
    text = (project / SPANISH).read_text()
    translated = text.replace('msgid "Note"\nmsgstr ""', '# better: Aviso?\nmsgid "Note"\nmsgstr "Nota"')
    write(project, SPANISH, translated)
    update(project)
    write(project, "hooks/labels.py", "")
    update(project)
    assert '#~ msgid "Note"\n#~ msgstr "Nota"\n' in (project / SPANISH).read_text()
    write(project, "hooks/labels.py", 'N_("Note")')
    update(project)
    assert (
        '# better: Aviso?\n#: hooks/labels.py\nmsgid "Note"\nmsgstr "Nota"\n'
        in (project / SPANISH).read_text()
    )
    assert "#~" not in (project / SPANISH).read_text()


def test_a_sentence_that_gets_a_plural_loses_its_translation_and_nothing_else(project: Path):
    write(project, "hooks/labels.py", 'gettext("One image")')
    (project / "includes/list.md.j2").unlink()
    update(project)
    write(
        project,
        SPANISH,
        (project / SPANISH).read_text().replace('"One image"\nmsgstr ""', '"One image"\nmsgstr "Una"'),
    )
    write(project, "hooks/labels.py", 'ngettext("One image", "%(num)s images", n)')
    update(project)
    assert (
        'msgid_plural "%(num)s images"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'
        in (project / SPANISH).read_text()
    )


def test_a_translation_whose_plural_was_reworded_becomes_a_guess(project: Path):
    write(project, "hooks/labels.py", 'ngettext("One image", "%(num)s images", n)')
    (project / "includes/list.md.j2").unlink()
    update(project)
    text = (
        (project / SPANISH).read_text().replace('[0] ""', '[0] "Una"').replace('[1] ""', '[1] "%(num)s de"')
    )
    write(project, SPANISH, text)
    write(project, "hooks/labels.py", 'ngettext("One image", "All %(num)s images", n)')
    update(project)
    assert (
        '#, fuzzy, python-format\nmsgid "One image"\nmsgid_plural "All %(num)s images"\n'
        'msgstr[0] "Una"\nmsgstr[1] "%(num)s de"\nmsgstr[2] ""\n'
    ) in (project / SPANISH).read_text()


def test_a_file_that_is_broken_is_left_alone(project: Path):
    update(project)
    broken = (project / SPANISH).read_text() + '\nmsgid "cut off'
    write(project, SPANISH, broken)
    write(project, "hooks/labels.py", 'N_("Another")')
    registry, _ = load_locales(project)
    result = update_messages(project, registry)
    assert result.changed == ("locales/messages.pot", "locales/ja/LC_MESSAGES/messages.po")
    assert [str(problem).partition(": error: ")[2] for problem in result.problems] == [
        'po-syntax: the string is not closed on its line; end it with ", and write \\" for a quotation mark',
        'po-syntax: msgid "" has no msgstr; add `msgstr ""`',
    ]
    assert (project / SPANISH).read_text() == broken


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        (
            "includes/list.md.j2",
            b"\n{% trans %}{{ a.b }}{% endtrans %}",
            "includes/list.md.j2:2: error: template-error: expected token 'end of print statement', got '.'",
        ),
        (
            "hooks/labels.py",
            b"_('a' \x00",
            "hooks/labels.py: error: unreadable-file: its sentences cannot be found",
        ),
        (
            "includes/list.md.j2",
            b"\xff",
            "includes/list.md.j2: error: unreadable-file: its sentences cannot be found",
        ),
        (
            "includes/list.md.j2",
            b"{{ " + b"(" * 5000,
            "includes/list.md.j2: error: unreadable-file: its sentences cannot be found",
        ),
    ],
)
def test_a_source_that_cannot_be_read_stops_the_update_with_its_place(
    project: Path, path: str, content: bytes, expected: str
):
    (project / path).write_bytes(content)
    registry, _ = load_locales(project)
    result = update_messages(project, registry)
    assert result.changed == ()
    assert [str(problem)[: len(expected)] for problem in result.problems] == [expected]


def test_completeness_counts_an_empty_plural_form_as_untranslated(project: Path):
    update(project)
    text = (project / SPANISH).read_text()
    text = text.replace('msgid "Note"\nmsgstr ""', 'msgid "Note"\nmsgstr "Nota"')
    text = text.replace(
        '#: hooks/labels.py\nmsgid "Tag"\nmsgstr ""', '#, fuzzy\nmsgid "Tag"\nmsgstr "Etiqueta"'
    )
    text = text.replace('msgstr[0] ""', 'msgstr[0] "Una imagen"')
    write(project, SPANISH, text)
    file = read_message_file(project, SPANISH)
    counted = completeness(file, extract_messages(project), forms_of(file, "es"))
    assert counted == Completeness(translated=1, fuzzy=1, untranslated=4)


LATIN = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en}
  es: {name: Español, babel: es, material: es}
  fr: {name: Français, babel: fr, material: fr}
  pt-BR: {name: Português, babel: pt_BR, material: pt-BR}
"""


@pytest.mark.parametrize("babel_id", ["es", "fr", "pt_BR"])
@pytest.mark.parametrize(
    ("header", "index"),
    [
        pytest.param("", 2, id="new file"),
        pytest.param("nplurals=2; plural=(n > 1);", 1, id="two forms"),
        pytest.param("nplurals=4; plural=(n == 1 ? 0 : n == 0 ? 1 : n == 2 ? 2 : 3);", 3, id="four forms"),
    ],
)
def test_a_project_gets_every_sentence_of_the_library_in_its_own_plural_forms(
    tmp_path: Path, babel_id: str, header: str, index: int
):
    write(tmp_path, "locales/locales.yaml", LATIN)
    path = f"locales/{babel_id}/LC_MESSAGES/messages.po"
    if header:
        write(tmp_path, path, f'msgid ""\nmsgstr "Language: {babel_id}\\nPlural-Forms: {header}\\n"\n')
    update(tmp_path)
    file = read_message_file(tmp_path, path)
    counted = completeness(file, extract_messages(tmp_path), forms_of(file, babel_id))
    assert (counted.untranslated, counted.fuzzy) == (0, 0)
    (pages,) = [entry for entry in file.entries if entry.plural and entry.plural.text == "%(num)s pages"]
    assert pages.strings[index].text in {"%(num)s páginas", "%(num)s pages"}
    assert not header or file.headers()["Plural-Forms"] == header
