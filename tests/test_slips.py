"""Slips of the keyboard in addresses, metadata and text: what is found, and what similar text is left alone."""

import pytest

from markdown_files import document

RULES = (
    "address-misspelled",
    "link-space",
    "replacement-character",
    "unknown-key",
    "violate-schema",
    "broken-link",
)


def found(text: str) -> list[tuple[str, str]]:
    """Return the rule and the hint of each problem of a page."""
    problems = document(text).problems
    return [(each.rule.label, each.hint) for each in problems if each.rule.label in RULES]


ADDRESSES = {
    "htp://example.com": 'did you mean "http://example.com"?',
    "htpps://example.com/a": 'did you mean "https://example.com/a"?',
    "hhttps://example.com": 'did you mean "https://example.com"?',
    "https:/example.com/a#b": 'did you mean "https://example.com/a#b"?',
    "http:example.com": 'did you mean "http://example.com"?',
    "https//example.com": 'did you mean "https://example.com"?',
    "https:///example.com": 'did you mean "https://example.com"?',
    "mailt:x@example.com": 'did you mean "mailto:x@example.com"?',
    "mailto:": "write an e-mail address behind it",
    "mailto:team.example.com": "write name@example.com",
    "q:r": "write the address of a page, or a path",
}
SOUND = [
    "HTTPS://example.com", "mailto:a@example.com?subject=b", "mailto:?subject=b", "tel:+49", "ftp://example.com", "sftp://a/b",
    "vscode:extension/a.b", "urn:isbn:1", "slack://open", "https://[::1]/", "x/http:y.md", "~/a.md", "//example.com/a",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_cannot_be_followed(address: str) -> None:
    assert found(f"# A\n\n[x]({address})\n") == [("address-misspelled", ADDRESSES[address])]
    assert found(f'# A\n\n<a href="{address}">x</a>\n') == [("address-misspelled", ADDRESSES[address])]


@pytest.mark.parametrize("address", SOUND)
def test_an_address_that_may_be_right(address: str) -> None:
    assert found(f"# A\n\n[x]({address})\n") == []


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("[a](https://example.com/my page)", "](<https://example.com/my page>)"),
        ("![a](https://example.com/my page.png)", "](<https://example.com/my page.png>)"),
        ('[a](my page.md "Title")', '](<my page.md> "Title")'),
        ("[a](../my folder/page)", "](<../my folder/page>)"),
        ("[a](#My part)", "](#my-part)"),
        ("[a](my page.md?tabs=x#part)", "](<my page.md?tabs=x#part>)"),
        ("[C](#tab/c d)", "](#tab/c-d)"),
    ],
)
def test_a_space_in_an_address(link: str, right: str) -> None:
    assert found(f"# A\n\nText {link} and more.\n") == [("link-space", f'write "{right}"')]


@pytest.mark.parametrize(
    "text",
    ["a[i](x y)", "`[a](my page.md)`", "[a](<my page.md>)", '[a](page.md "a title")', "[a] and (my page.md)"],
)
def test_brackets_that_are_no_slip(text: str) -> None:
    assert not [rule for rule, _ in found(f"# A\n\nText {text} and more.\n") if rule == "link-space"]


def test_a_lost_character() -> None:
    assert [rule for rule, _ in found("# A\n\ncaf\ufffd\n\n`\ufffd`\n")] == ["replacement-character"]


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("descripton: x", [("unknown-key", 'did you mean "description"?')]),
        ("tranlation: machine", [("unknown-key", 'did you mean "translation"?')]),
        ("tempalte: a.html", [("unknown-key", 'did you mean "template"?')]),
        ("translation: mashine", [("violate-schema", 'did you mean "machine"?')]),
        ("authors: [x]", []),
        ("ms.author: x\nms.date: 1/2/2026\nreviewer: y\nkeywords: z\nmy-title: a", []),
        ("translation: human", []),
    ],
)
def test_names_of_metadata(metadata: str, expected: list[tuple[str, str]]) -> None:
    assert found(f"---\ntitle: A\n{metadata}\n---\n# A\n\nText.\n") == expected
