"""The cross reference maps `xrefmap.yml` and `xrefmap.json`: where each `<xref:uid>` leads, and what it is called."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from imagedocs.docfx.files import read_tree
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source, Sources
from imagedocs.markdown.targets import encode, scheme_of
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Fields, root_fields

NAMES = ("xrefmap.yml", "xrefmap.json")


def find_maps(sources: Sources, chain: Iterable[str]) -> Iterator[Source]:
    """The maps of the locales of `chain` and of the project: the first that knows a uid counts."""
    for folder in (*(f"docs/{tag}/" for tag in chain), ""):
        for name in NAMES:
            source = sources.read(folder + name)
            if source is not None:
                yield source


def read_maps(
    sources: Iterable[Source], learn_address: Callable[[str], str]
) -> tuple[Mapping[str, tuple[str, str]], tuple[Problem, ...]]:
    """Uid -> address and name, and what is wrong with the maps. `learn_address` gives the whole of an address
    that begins with `/`."""
    known: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for source in sources:
        root, syntax = read_tree(source)
        findings = Findings(source.path)
        fields = root_fields(root, findings)
        if fields is not None:
            for uid, address, name in _references(fields, findings):
                known.setdefault(uid, (learn_address(address), name))
        problems += (*syntax, *findings.sorted())
    return known, tuple(problems)


def _references(root: Fields, findings: Findings) -> Iterator[tuple[str, str, str]]:
    base = root.text("baseUrl", default="")
    for fields in root.mappings("references", required=True):
        uid = fields.text("uid")
        href = fields.text("href")
        address = _address(base, href)
        if href and not address:
            message = f"{shown(href)} is no address"
            hint = 'write it whole, or give the file a "baseUrl"'
            findings.add(fields.at("href"), Rule.WRONG_TYPE, message, hint)
        elif uid and href:
            yield uid, address, fields.text("name", default=uid)


def _address(base: str, href: str) -> str:
    """Of a page on the web, or from the root of the learn site; empty for what is neither."""
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
    except ValueError:
        return ""
    scheme = scheme_of(address)
    is_whole = scheme in ("http", "https") and parts.hostname
    is_from_root = not scheme and address.startswith("/") and not address.startswith(("//", "/\\"))
    return encode(address) if is_whole or is_from_root else ""
