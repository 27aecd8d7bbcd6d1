"""`mkdocs.yml` is read with all that MkDocs lets stand there, as MkDocs reads it, within the limits of all YAML."""

import io
import time
from pathlib import Path

import pytest
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from imagedocs.locales.extraction import extract_messages
from imagedocs.project.settings import load_settings
from imagedocs.yaml import nodes
from imagedocs.yaml.configuration import read_configuration, scalars
from imagedocs.yaml.nodes import Mapping, Node, Refused, Scalar, Sequence

GOOD = {
    "plain": "site_name: A\nnav:\n  - Home: index.md\n  - b.md\n",
    "from the environment": "site_name: !ENV NAME\nsite_url: !ENV [A, B, 'https://x.example/']\nextra: {a: !ENV [A]}\n",
    "a name of Python's": "x:\n  - y:\n      f: !!python/name:os.path.join\n      g: !!python/name:os.sep ''\n",
    "tags of YAML": "a: !!str 1.10\nb: !!int '5'\nc: !!set {x, y}\n",
    "an alias": "a: &a [x, y]\nb: *a\nc:\n  d: *a\n",
    "an alias of a scalar and of a key": "a: &a x\n*a : b\nc: *a\n",
    "a merge": "a: &a {k: 1, l: 2}\nb:\n  l: 3\n  <<: *a\n",
    "two merges": "a: &a {k: 1}\nb: &b {k: 2, l: 2}\nc:\n  <<: [*a, *b]\n  m: 3\n",
    "a merge of a merge": "a: &a {k: 1}\nb: &b\n  <<: *a\n  l: 2\nc: {<<: *b}\n",
    "a key that is there twice": "a: 1\nb: 2\na: 3\n",
    "an anchor that nothing names": "a: &a\nb: &b {}\n",
    "a mark of byte order": "\ufeffa: 1\n",
    "line breaks of Unicode": "a: 'x\u2028y' # \x85\n",
    "line breaks of Windows": "a: 1\r\nb:\r\n  - c\r\n",
    "an end": "---\na: 1\n...\n",
    "a relative path": "a:\n  - b:\n      c: !relative\n      d: !relative $docs_dir/x\n",
    "inherited": "INHERIT: base.yml\na: 1\n",
}
BAD = {
    "not closed": ("nav: [a\n", "mkdocs.yml:1:6: error: yaml-syntax: is not YAML: "),
    "a tab": ("a:\n\t- b\n", "mkdocs.yml:2:1: error: yaml-syntax: is not YAML: "),
    "an alias of nothing": (
        "a: *x\n",
        "mkdocs.yml:1:4: error: yaml-syntax: is not YAML: found undefined alias x",
    ),
    "an anchor that is there twice": (
        "a: &x 1\nb: &x 2\n",
        "mkdocs.yml:2:4: error: yaml-syntax: is not YAML: found duplicate anchor x",
    ),
    "two documents": (
        "a: 1\n---\nb: 1\n",
        "mkdocs.yml:2:1: error: yaml-syntax: a second document begins here",
    ),
    "a control character": (
        "a: 1\nb: x\x07y\n",
        "mkdocs.yml:2:5: error: yaml-syntax: the character U+0007 is not",
    ),
}


def plain(node: Node | None) -> object:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}
        case _:
            return None


def shape(value: object) -> object:
    """Return what MkDocs read, without the values of scalars."""
    if isinstance(value, dict):
        return {str(key): shape(each) for key, each in value.items()}
    if isinstance(value, set):
        return {str(key): "" for key in value}
    return [shape(each) for each in value] if isinstance(value, list) else ""


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_mkdocs_accepts(text: str) -> None:
    root, problems = read_configuration(text)
    assert problems == ()
    assert shape(plain(root)) == shape(yaml_load(text.replace("!relative", "!ENV")))


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_what_mkdocs_refuses(text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError):
        yaml_load(io.StringIO(text))
    root, problems = read_configuration(text)
    assert root is None
    assert [str(problem)[: len(expected)] for problem in problems] == [expected]


def test_values() -> None:
    text = "a: &a {k: 1, l: &l 2}\nb:\n  l: 3\n  <<: *a\nc: [*l, !!str no, no, !ENV X, !!python/name:x.y ]\n"
    root, _ = read_configuration(text)
    assert plain(root) == {
        "a": {"k": "1", "l": "2"},
        "b": {"k": "1", "l": "3"},
        "c": ["2", "no", "no", None, ""],
    }
    assert isinstance(root, Mapping)
    values = root.get("c")
    assert isinstance(values, Sequence)
    assert [each.reads_as if isinstance(each, Scalar) else each for each in values.items] == [
        "number", "text", "boolean", Refused(5, 23), "null",
    ]  # fmt: skip


def test_an_empty_file_is_for_mkdocs_to_judge() -> None:
    assert read_configuration("") == (None, ())
    assert read_configuration("# nothing\n") == (None, ())


def test_a_node_that_holds_itself_ends() -> None:
    root, problems = read_configuration("a: &a [x, *a]\nb: &b {c: *b}\n")
    assert (plain(root), problems) == ({"a": ["x", "*a"], "b": {"c": "*b"}}, ())


def test_each_node_is_met_once() -> None:
    lines = ["n0: &n0 [x]", *(f"n{i}: &n{i} [*n{i - 1}, *n{i - 1}]" for i in range(1, 60))]
    root, problems = read_configuration("\n".join(lines))
    assert problems == ()
    assert [scalar.value for path, scalar in scalars(root) if path[-1] != "(key)"] == ["x"]


HOSTILE = {
    "levels": ("[" * 100_000, "mkdocs.yml:1:33: error: yaml-syntax: the file has more than 32 nested levels"),
    "values": (
        "- a\n" * 25_000,
        "mkdocs.yml:20000:3: error: yaml-syntax: the file has more than 20000 values",
    ),
    "merges": (
        "m0: &m0 {k0: 0}\n" + "".join(f"m{i}: &m{i}\n  <<: *m{i - 1}\n  k{i}: 0\n" for i in range(1, 2000)),
        "mkdocs.yml:2117:7: error: yaml-syntax: is not YAML: more than 250000 entries are merged",
    ),
}


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_limits(text: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_NODES", 20_000)  # the limit of 250,000 takes ten seconds to reach
    before = time.process_time()
    root, problems = read_configuration(text)
    assert (root, time.process_time() - before < 20) == (None, True)  # 1 s
    assert str(problems[0]).partition(";")[0] == expected


def test_settings_and_sentences_of_a_project_with_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        """\
site_name: !ENV [NAME, Images]
site_description: &said About images
copyright: *said
site_url: !ENV SITE_URL
use_directory_urls: !!bool no
common: &common
  name: material
theme:
  <<: *common
  custom_dir: overrides
nav: &nav
  - Home: index.md
  - More:
      - <<: {Guide: guide.md}
      - https://example.org
hook: *nav
markdown_extensions:
  - pymdownx.highlight: &lines
      anchor_linenums: true
  - emoji:
      generator: !!python/name:material.extensions.emoji.to_svg
extra:
  imagedocs: &own
    publisher: {site: !ENV PUBLISHER}
    rules: {broken-link: warning}
""",
        "utf-8",
    )
    settings = load_settings(tmp_path)
    assert settings.problems == ()
    assert (settings.theme, settings.theme_folder) == ("material", "overrides")
    assert (settings.site_url, settings.directory_urls, settings.publisher.site) == ("", False, "")
    assert [f"{place}:{at.line}:{at.column}" for place, at in settings.navigation] == [
        "index.md:12:11", "guide.md:14:21",
    ]  # fmt: skip
    assert (settings.line_ids, settings.levels) == (("__codelineno",), {"broken-link": "warning"})
    (tmp_path / "hooks" / "imagedocs").mkdir(parents=True)
    sentences = {entry.msgid.text: entry.msgid.position.line for entry in extract_messages(tmp_path).entries}
    assert sentences == {"About images": 2, "Home": 12, "More": 13, "Guide": 14}
