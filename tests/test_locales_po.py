"""Reading and writing .po files: every mistake with its place, whatever the bytes are."""

import io
from pathlib import Path

import pytest
from babel.messages.plurals import PLURALS
from babel.messages.pofile import read_po as babel_read_po
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_in_proportion
from imagedocs.locales.files import read_project_file, replace_project_file
from imagedocs.locales.plurals import confused_numbers, read_forms, usual_forms
from imagedocs.locales.po import Entry, PoFile, PoString
from imagedocs.locales.po_reader import MAX_BYTES, MAX_PROBLEMS, read_po
from imagedocs.locales.po_writer import format_po
from imagedocs.problems import CannotRun, Position, Problem
from sampling import full

HERE = Position("x.po")

GOOD = """\
# A comment of the translator.
msgid ""
msgstr ""
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. for the translator
#: includes/list.md.j2
#, python-format
msgid "One image"
msgid_plural "%(num)s images"
msgstr[0] "Una imagen"
msgstr[1] "%(num)s imágenes"

#: includes/list.md.j2
msgctxt "column"
msgid "Tag"
msgstr ""
"La \\"etiqueta\\"\\n"
"de la\\timagen \\\\"

#~ msgid "Gone"
#~ msgstr "Ido"
"""


def test_a_file_is_read_with_the_place_of_every_string():
    file = read_po(GOOD.encode(), "x.po")
    assert file.problems == ()
    assert file.headers() == {"Language": "es", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    plural, context, gone = file.entries
    assert [string.text for string in plural.strings] == ["Una imagen", "%(num)s imágenes"]
    assert str(plural.strings[1].position) == "x.po:13:12"
    assert plural.locations == ("includes/list.md.j2",)
    assert plural.extracted_comments == ("for the translator",)
    assert context.key == ("column", "Tag")
    assert context.strings[0] == PoString('La "etiqueta"\nde la\timagen \\', Position("x.po", 19, 2))
    assert gone.obsolete
    assert str(gone.msgid.position) == "x.po:22:11"


def test_what_was_read_is_written_byte_for_byte():
    assert format_po(read_po(GOOD.encode(), "x.po")) == GOOD


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing():
    assert format_po(read_po(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "x.po")) == GOOD


texts = st.text(
    st.characters(
        blacklist_categories=["Cs"], blacklist_characters="\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufeff"
    ),
    max_size=30,
)


@given(
    st.dictionaries(
        texts.filter(bool), st.tuples(texts, st.none() | texts.filter(bool), st.booleans()), max_size=4
    )
)
def test_every_text_survives_writing_and_reading_by_us_and_by_babel(
    messages: dict[str, tuple[str, str | None, bool]],
):
    entries = tuple(
        Entry(
            PoString(msgid, HERE),
            (PoString(string, HERE),) * (1 if plural is None else 2),
            plural=None if plural is None else PoString(plural, HERE),
            flags=frozenset({"fuzzy"} if fuzzy else ()),
        )
        for msgid, (string, plural, fuzzy) in messages.items()
    )
    written = format_po(PoFile("x.po", None, entries))
    file = read_po(written.encode(), "x.po")
    assert [problem for problem in file.problems if "is empty" not in problem.message] == []
    assert [(e.key, [s.text for s in e.strings], e.fuzzy) for e in file.entries] == [
        (e.key, [s.text for s in e.strings], e.fuzzy) for e in entries
    ]
    theirs = babel_read_po(io.StringIO(written.replace("\r", "\\r")), locale="es")
    for entry in entries:
        message = theirs.get(entry.msgid.text)
        assert message is not None
        assert message.fuzzy == entry.fuzzy


@given(st.binary(max_size=300) | st.lists(st.sampled_from([
    'msgid "a"', "msgid", 'msgstr "b"', 'msgstr[0] "c"', 'msgstr[99] "c"', 'msgid_plural "d"', 'msgctxt "e"', '"', '"x"',
    '"\\q"', "#, fuzzy", "#~", "#~ msgid \"a\"", "#|", "# x", "", "\x00", "msgstr[x] \"\"", "msgid \"\"",
])).map(lambda lines: "\n".join(lines).encode()))  # fmt: skip
def test_no_bytes_raise(content: bytes):
    file = read_po(content, "x.po")
    assert isinstance(format_po(file), str)
    for problem in file.problems:
        assert problem.position.path == "x.po"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "", ["x.po: error: po-syntax: is empty; run `imagedocs messages` to fill it"], id="empty"
        ),
        pytest.param(
            'msgid "a"',
            ['x.po:1:8: error: po-syntax: msgid "a" has no msgstr; add `msgstr ""`'],
            id="truncated",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b',
            [
                'x.po:2:8: error: po-syntax: the string is not closed on its line; end it with ", and write \\" for a quotation mark'
            ],
            id="truncated within a string",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b "c" d"',
            [
                'x.po:2:8: error: po-syntax: the string is not closed on its line; end it with ", and write \\" for a quotation mark'
            ],
            id="a quotation mark that is not escaped",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b\\q"',
            ["x.po:2:10: error: po-syntax: unknown escape \\q; write \\\\ for a backslash"],
            id="an unknown escape",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"',
            ['x.po:4:8: error: po-syntax: "a" is translated twice; remove this or the one in line 1'],
            id="a message twice",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b"\nmsgstr "c"',
            ["x.po:3:1: error: po-syntax: a second msgstr in one entry; remove one msgstr"],
            id="two translations",
        ),
        pytest.param(
            'msgid "a"\nmsgstr[0] "b"',
            ["x.po:2:12: error: po-syntax: unexpected msgstr[0]; write msgstr"],
            id="plural forms without a plural",
        ),
        pytest.param(
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"',
            ["x.po:4:12: error: po-syntax: unexpected msgstr[2]; number the forms 0, 1, 2 …"],
            id="a gap in the plural forms",
        ),
        pytest.param(
            'msgstr "a"',
            ["x.po:1:1: error: po-syntax: msgstr comes before its msgid"],
            id="a translation of nothing",
        ),
        pytest.param(
            '"a"',
            ["x.po:1:1: error: po-syntax: a quoted string belongs to no msgid or msgstr"],
            id="a stray string",
        ),
        pytest.param(
            'mgsid "a"',
            [
                'x.po:1:1: error: po-syntax: expected msgctxt, msgid, msgid_plural, msgstr or a quoted string, not "mgsid "a""'
            ],
            id="a mistyped keyword",
        ),
        pytest.param(
            'msgctxt "a"\n\nmsgctxt "b"\nmsgid "c"\nmsgstr "d"',
            ["x.po:1:10: error: po-syntax: msgctxt without a msgid"],
            id="a context of nothing",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b"\n\nmsgid ""\nmsgstr "Language: es\\n"',
            [
                "x.po:4:1: error: po-syntax: the header (an empty msgid) must be the first entry, and the only one"
            ],
            id="a header that comes late",
        ),
    ],
)
def test_each_mistake_is_reported_where_it_stands(text: str, expected: list[str]):
    assert [str(problem) for problem in read_po(text.encode(), "x.po").problems] == expected


def test_bytes_that_are_not_utf8_are_reported_at_the_first_of_them():
    problems = read_po('msgid "á"\nmsgstr "é'.encode() + b"\xff", "x.po").problems
    assert [str(problem) for problem in problems] == [
        "x.po:2:10: error: po-syntax: is not UTF-8; save the file as UTF-8"
    ]


def test_a_file_that_is_no_po_file_is_given_up_after_some_problems():
    problems = read_po(b"\x7fELF\n" * 10_000, "x.po").problems
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message == f"has more than {MAX_PROBLEMS} errors; the rest of the file was not read"


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        (b'msgid "', b"a", b'"'),
        (b'msgid "', b"\\n", b'"\nmsgstr ""'),
        (b'msgid "a"\nmsgstr ""\n', b'"x"\n', b""),
        (b"", b"#", b""),
        (b"#, ", b",", b""),
    ],
    ids=["one long line", "many escapes", "many pieces", "comments", "flags"],
)
@pytest.mark.parametrize("size", [100_000, pytest.param(MAX_BYTES - 200, marks=full)])
def test_a_large_file_takes_work_in_proportion(size: int, start: bytes, piece: bytes, end: bytes):
    text = piece.decode() * (size // len(piece))
    assert_in_proportion(lambda part: read_po(start + part.encode() + end, "x.po"), text)


def test_a_larger_file_is_not_read():
    (problem,) = read_po(b" " * (MAX_BYTES + 1), "x.po").problems
    assert str(problem) == "x.po: error: po-syntax: is larger than 4 MiB and was not read"


@pytest.mark.parametrize(
    ("babel_id", "header", "right"),
    [
        ("es", "nplurals=2; plural=(n != 1);", True),
        ("es", "nplurals=2; plural=n != 1", True),
        ("es", "nplurals=2; plural=n == 1 ? 0 : 1;", True),
        ("es", "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;", True),
        ("fr", "nplurals=2; plural=(n > 1);", True),
        ("fr", "nplurals=2; plural=(n != 1);", False),
        ("ja", "nplurals=1; plural=0;", True),
        ("ja", "nplurals=2; plural=(n != 1);", True),
        (
            "ar",
            "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
            True,
        ),
        ("lv", "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);", True),
        ("hu", "nplurals=1; plural=0;", True),
        ("ru", "nplurals=2; plural=(n != 1);", False),
        (
            "ru",
            "nplurals=4; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2",
            True,
        ),
        ("pt_BR", "nplurals=2; plural=(n > 1);", True),
        ("pt_PT", "nplurals=2; plural=(n != 1);", True),
        ("tlh", "nplurals=7; plural=n % 7;", True),
        ("es", "nplurals=2; plural=n;", False),
        ("es", "nplurals=2; plural=1/0;", False),
        ("es", "nplurals=2; plural=n/(n-50) != 1;", False),
        ("es", "nplurals=2; plural=__import__('os');", False),
        ("es", "nplurals=2; plural=" + "(" * 800 + "n;", False),
        ("es", "nplurals=2", False),
        ("es", "", False),
    ],
)
def test_a_header_is_right_when_it_keeps_apart_what_the_language_does(
    babel_id: str, header: str, right: bool
):
    forms = read_forms(header)
    assert (forms is not None and confused_numbers(babel_id, forms) is None) == right


@pytest.mark.parametrize("babel_id", [*sorted(PLURALS), "pt_BR", "es_419", "zh_Hans"])
def test_what_the_installed_babel_writes_is_right(babel_id: str):
    """Files that were made with another version stay right: none of its rules is a fault here."""
    count, rule = PLURALS.get(babel_id) or PLURALS[babel_id.partition("_")[0]]
    forms = read_forms(f"nplurals={count}; plural={rule};")
    assert forms is not None
    assert confused_numbers(babel_id, forms) is None


def test_a_rule_that_fails_at_a_number_gives_the_last_form():
    forms = read_forms("nplurals=2; plural=n/(n-777) > n;")
    assert forms is not None
    assert forms.index(777) == 1


@pytest.mark.parametrize(
    ("babel_id", "numbers"),
    [
        ("es", [2, 0, 2, 2]),
        ("eo", [1, 0, 1, 1]),
        ("tlh", [1, 0, 1, 1]),
        ("ja", [0, 0, 0, 0]),
        ("pt_BR", [0, 0, 2, 2]),
        ("fr", [0, 0, 2, 2]),
        ("sr_Latn", [2, 0, 1, 2]),
    ],
)
def test_numbers_take_the_form_of_the_language(babel_id: str, numbers: list[int]):
    forms = usual_forms(babel_id)
    assert [forms.index(number) for number in (0, 1, 2, 5)] == numbers


@pytest.mark.posix
def test_files_outside_the_project_and_what_is_no_file_are_not_read(tmp_path: Path):
    root = tmp_path / "project"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (root / "link.po").symlink_to(tmp_path / "secret")
    (root / "circle.po").symlink_to(root / "circle.po")
    (root / "large").write_bytes(b"x" * 11)
    found = [
        str(read_project_file(root, path, 10))
        for path in ("folder", "link.po", "large", "none.po", "circle.po")
    ]
    assert found[:4] == [
        "folder: error: unreadable-file: is not a file",
        "link.po: error: unreadable-file: leads outside the project",
        "large: error: unreadable-file: is larger than 10 bytes and was not read",
        "none.po: error: unreadable-file: does not exist; run `imagedocs messages` to make it",
    ]
    assert isinstance(read_project_file(root, "circle.po", 10), Problem)


def test_a_file_is_replaced_only_when_it_changes(tmp_path: Path):
    assert replace_project_file(tmp_path, "a/b.po", "x")
    before = (tmp_path / "a/b.po").stat()
    assert not replace_project_file(tmp_path, "a/b.po", "x")
    assert (tmp_path / "a/b.po").stat().st_ino == before.st_ino
    assert replace_project_file(tmp_path, "a/b.po", "y")
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["b.po"]


def test_a_file_that_cannot_be_written_ends_the_work_with_a_sentence(tmp_path: Path):
    (tmp_path / "a").write_text("in the way")
    with pytest.raises(CannotRun, match=r"^a/b.po cannot be written: "):
        replace_project_file(tmp_path, "a/b.po", "x")
