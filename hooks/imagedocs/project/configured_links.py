"""Find the addresses that the configuration gives the theme."""

from collections.abc import Iterator

from imagedocs.checks.configured_links import ConfiguredLink
from imagedocs.html_documents import read_document
from imagedocs.problems import Position
from imagedocs.yaml.configuration import PATH, scalars, value_at
from imagedocs.yaml.nodes import Node, Scalar


def configured_links(root: Node | None) -> Iterator[ConfiguredLink]:
    """Yield the addresses that `mkdocs.yml` gives the theme."""
    theme, extra = value_at(root, "theme"), value_at(root, "extra")
    listed = ("logo", "favicon")
    nodes = [
        *(value_at(theme, key) for key in listed),
        value_at(root, "extra_css"),
        value_at(extra, "homepage"),
    ]
    for node in nodes:
        yield from (_link(scalar) for path, scalar in scalars(node) if not path)
    for path, scalar in scalars(value_at(root, "extra_javascript")):
        if path in ((), ("path",)):
            yield _link(scalar)
    for path, scalar in scalars(value_at(extra, "social")):
        if path == ("link",):
            yield _link(scalar)
    copyright_line = value_at(root, "copyright")
    if isinstance(copyright_line, Scalar) and "<a" in copyright_line.value:
        for tag in read_document(copyright_line.value).elements():
            if tag.name == "a" and tag.attributes.get("href"):
                yield ConfiguredLink(tag.attributes["href"].strip(), _link(copyright_line).position)


def _link(scalar: Scalar) -> ConfiguredLink:
    return ConfiguredLink(scalar.value.strip(), Position(PATH, scalar.line, scalar.column))
