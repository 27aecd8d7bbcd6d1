"""How raw HTML is taken apart: tags, comments and the text between them."""

import pytest

from imagedocs.markdown.syntax.html import Tag, pieces


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<b>c", ["a", "tag b", "c"]),
        ("<!-- a --><b>", ["comment <!-- a -->", "tag b"]),
        ("<!--><b>", ["comment <!-->", "tag b"]),
        ("<!---><b>", ["comment <!--->", "tag b"]),
        ("<!-- a <b>", ["comment <!-- a <b>"]),
        ("<!DOCTYPE html><?x?><![CDATA[x]]><b>", ["tag b"]),
        ("1 < 2", ["1 ", "<", " 2"]),
        ("<b @click>c", ["<b @click>", "c"]),
    ],
    ids=[
        "a tag",
        "a comment",
        "the shortest comment",
        "the shortest comment, with one hyphen more",
        "a comment that nothing closes",
        "what is no element",
        "a sign that begins no tag",
        "a tag as no Markdown has it",
    ],
)
def test_pieces(html: str, expected: list[str]) -> None:
    found = [
        f"tag {piece.name}"
        if isinstance(piece, Tag)
        else f"comment {piece.text}"
        if piece.comment
        else piece.text
        for piece in pieces(html)
    ]
    assert found == expected
