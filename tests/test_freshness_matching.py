"""Which segments of two versions belong together, and which of them stand elsewhere."""

import pytest

from imagedocs.freshness import Kind, Pin, Segment, Version, judge
from imagedocs.freshness.matching import match
from imagedocs.freshness.moves import out_of_order
from imagedocs.freshness.reading import read_segments
from imagedocs.markdown import Source


def segments(text: str) -> list[Segment]:
    """One for each letter: capitals are headings, digits code."""
    kinds = [
        Kind.HEADING if letter.isupper() else Kind.CODE if letter.isdigit() else Kind.PARAGRAPH
        for letter in text
    ]
    return [Segment(kind, letter) for kind, letter in zip(kinds, text, strict=True)]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected", "doubtful"),
    [
        ("abc", "abc", {0: 0, 1: 1, 2: 2}, set()),
        ("abc", "acb", {0: 0, 1: 2, 2: 1}, set()),
        ("xaxb", "yaxb", {1: 1, 2: 2, 3: 3}, set()),
        ("xaxb", "xayb", {0: 0, 1: 1, 3: 3}, set()),
        ("axb", "axxb", {0: 0, 2: 1, 3: 2}, set()),
        ("xx", "xxx", {0: 0, 2: 1}, set()),
        ("axxb", "cxxd", {1: 1, 2: 2}, set()),
        ("axbxc", "dxexf", {1: 1, 3: 3}, {1, 3}),
        ("a", "xaax", {1: 0}, {1}),
        ("", "a", {}, set()),
    ],
)
def test_the_same_segments_are_found_again(
    old: str, new: str, expected: dict[int, int], doubtful: set[int]
) -> None:
    found = match(segments(old), segments(new))
    assert {key: found.old_of[key] for key in sorted(found.old_of)} == expected
    assert found.doubtful == doubtful


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([0, 1, 2], []), ([1, 0], [1]), ([2, 0, 1], [2]), ([0, 3, 1, 2], [3]), ([], []), ([3, 2, 1], [3, 2])],
)
def test_as_few_as_possible_are_out_of_order(numbers: list[int], expected: list[int]) -> None:
    found = out_of_order(enumerate(numbers))
    assert [other for _, other in sorted(found)] == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("AaBb", "AaBb", []),
        ("AaBb", "BbAa", ["heading A"]),
        ("AaBb", "ABab", ["paragraph a"]),
        ("Aa1b2", "Aa2b1", ["code 1", "paragraph b"]),
        ("Aa1b2", "Aa1xb2", []),
        ("Aab", "Aba", []),
        ("Aa1", "A1a", ["paragraph a"]),
        ("Aa1Bb2", "Bb2Aa1", ["heading A"]),
        ("AaBbCc", "AaCcBb", ["heading B"]),
        ("AaBb", "Aab", []),  # the section is gone, not its text
        ("Aab", "AaBb", []),
    ],
)
def test_what_stands_elsewhere(old: str, new: str, expected: list[str]) -> None:
    def page(text: str) -> str:
        parts = {"A": "## {}", "1": "```bash\n{}\n```"}
        kinds = ["A" if letter.isupper() else "1" if letter.isdigit() else "" for letter in text]
        return "\n\n".join(
            parts.get(kind, "{}").format(letter) for kind, letter in zip(kinds, text, strict=True)
        )

    before, now = (read_segments(Source("docs/en/x.md", page(text))) for text in (old, new))
    found = judge("docs/es/x.md", Pin(), before, "docs/en/x.md", now, Version(before))
    moved = [
        f"{change.segment.kind} {change.segment.text}" for change in found.changes if change.kind == "moved"
    ]
    assert sorted(moved) == sorted(expected)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("A $x+y$ here.", "A $x-y$ here.", ["paragraph"]),
        ("$$\nE=mc^2\n$$", "$$\nE=mc^3\n$$", ["code"]),
        ("Done :tada: now.", "Done :cry: now.", ["paragraph"]),
        ("Done :tada: now.", "Done 🎉 now.", []),
        ("| a | b |\n| --- | --- |\n| c | `D` |", "| a | b |\n| --- | --- |\n| c | `d` |", ["row"]),
        ("See [it](a.md?x=1#y).", "See [it](b/a.md#z).", []),
        ("See [it](a/index.md).", "See [it](https://x.example/a/).", []),
        ("See [it](a.md).", "See [it](c.md).", ["paragraph"]),
        ("See [it](a.md).", "See it.", []),
        ("![x](a.png)", "![x](b/a.png)", []),
        ("![x](a.png)", "![x](b.png)", ["paragraph"]),
        ("[!code-python[](a.py?range=1-3)]", "[!code-python[](a.py?range=1-4)]", ["snippet"]),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_compared(old: str, new: str, kinds: list[str]) -> None:
    """In a page whose translation is still as the source was."""
    before, now = (read_segments(Source("docs/en/x.md", f"# A\n\n{text}\n")) for text in (old, new))
    own = read_segments(Source("docs/es/x.md", f"# A\n\n{old}\n"))
    found = judge("docs/es/x.md", Pin(), own, "docs/en/x.md", now, Version(before))
    assert [change.segment.kind for change in found.changes] == kinds
    done = judge("docs/es/x.md", Pin(), now, "docs/en/x.md", now, Version(before))
    assert not done.differences


def test_a_link_that_the_translation_has_already_is_no_change() -> None:
    before, now = (read_segments(Source("docs/en/x.md", f"See [it]({to}).\n")) for to in ("a.md", "c.md"))
    for target, expected in (("a.md", 1), ("c.md", 0), ("d.md", 0)):
        own = read_segments(Source("docs/es/x.md", f"Vea [esto]({target}).\n"))
        found = judge("docs/es/x.md", Pin(), own, "docs/en/x.md", now, Version(before))
        assert len(found.changes) == expected, target
        for change in found.changes:
            assert "".join(part.text for part in change.parts if part.kind == "del") == "a"
