"""The versions that pages are for, and ranges of them."""

import pytest

from imagedocs.docfx.config import Config, read_config
from imagedocs.docfx.monikers import Monikers, WrongRange, read_monikers
from imagedocs.markdown import Source
from imagedocs.yaml.nodes import Node, read_yaml
from markdown_files import Files


def value(text: str) -> Node:
    node, problems = read_yaml("x.yml", text)
    assert node is not None
    assert problems == ()
    return node


MONIKERS = read_monikers(
    value(
        "monikers:\n"
        + "".join(
            f"- {{moniker_name: {name}, product_name: {name[0]}}}\n" for name in ("a-1", "a-2", "a-3", "b-1")
        )
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a-2", {"a-2"}),
        (">= A-2", {"a-2", "a-3"}),
        (">a-1 <a-3", {"a-2"}),
        ("<= a-1 || b-1", {"a-1", "b-1"}),
        ("=a-1 a-2", set()),
    ],
)
def test_ranges_of_versions(text: str, expected: set[str]) -> None:
    assert MONIKERS.of_range(text) == expected


@pytest.mark.parametrize("text", ["", "c-1", ">", "a-1 ||", "|| a-1", "> < a-1", "a-1 ~"])
def test_ranges_that_are_none(text: str) -> None:
    with pytest.raises(WrongRange):
        MONIKERS.of_range(text)


def test_a_range_that_is_none_is_said() -> None:
    docfx = '{"monikerDefinition": "m.json", "monikerRange": {"**": "> c-1"}}'
    m = '{"monikers": [{"moniker_name": "a-1", "product_name": "a"}]}'
    config, problems = read_config(Source("docfx.json", docfx), Files({"m.json": m}))
    assert isinstance(config, Config)
    assert [str(each) for each in problems] == [
        'docfx.json:1:56: error: invalid-moniker-range: "> c-1" is no range of versions: "c-1" is no version'
    ]
    assert not Monikers()
