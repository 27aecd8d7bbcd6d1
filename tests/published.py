"""The ledger of published addresses, and what a built site has at each of them.

`python tests/published.py site` adds the addresses and anchors of the site in that folder: run it before a release.
"""

import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

LEDGER = Path(__file__).parent / "data" / "published.txt"
IN_EACH_LOCALE = "in each locale:"
AT_THE_ROOT = "at the root:"
DATA = (".json", ".xml", ".gz", ".atom", ".ics", ".md", ".txt")
"""Ends of the names of files that people and programs link to. Assets are not among them: only pages name those."""
MAX_STEPS = 5
"""Redirects that a reader is led through; a browser follows 20."""

_ANCHOR = re.compile(r'<(?:[a-z][a-z0-9]*)\s(?:[^>]*?\s)?id="([^"]+)"|<a\s(?:[^>]*?\s)?name="([^"]+)"')
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="\d+; ?url=([^"]*)"')


@dataclass
class Ledger:
    """Published addresses with their anchors, relative to a locale's root or to that of the site."""

    locales: list[str] = field(default_factory=list[str])
    """Roots of the locales: `""`, `"es/"`."""
    shared: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """What is at the same address below the root of each locale."""
    single: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """What is below the root of the site alone."""

    def addresses(self) -> Iterator[tuple[str, set[str]]]:
        """Each address, relative to the root of the site, with its anchors."""
        for root in self.locales:
            for address, anchors in self.shared.items():
                yield root + address, anchors
        yield from self.single.items()


def read_ledger(text: str) -> Ledger:
    """Read the form that `write_ledger` writes."""
    ledger = Ledger()
    entries = ledger.single
    for line in text.splitlines():
        if line.startswith(IN_EACH_LOCALE):
            ledger.locales = [root.lstrip("/") for root in line.removeprefix(IN_EACH_LOCALE).split()]
            entries = ledger.shared
        elif line == AT_THE_ROOT:
            entries = ledger.single
        elif line and not line.startswith("# "):
            address, *anchors = line.split()
            entries.setdefault(address.removeprefix("/"), set()).update(a.removeprefix("#") for a in anchors)
    return ledger


def write_ledger(ledger: Ledger) -> str:
    """One line for each address: `/tag-policy/ #tags #pin-a-tag`."""

    def lines(entries: dict[str, set[str]]) -> Iterator[str]:
        for address, anchors in sorted(entries.items()):
            yield " ".join([f"/{address}", *(f"#{anchor}" for anchor in sorted(anchors))])

    return "\n".join(
        [
            "# Addresses and anchors that have been published. Each stays a page, or leads to one; none is removed.",
            " ".join([IN_EACH_LOCALE, *(f"/{root}" for root in ledger.locales)]),
            *lines(ledger.shared),
            "",
            AT_THE_ROOT,
            *lines(ledger.single),
            "",
        ]
    )


@dataclass
class BuiltSite:
    """The site in a folder, as a static host serves it at `/`."""

    folder: Path
    _texts: dict[str, str | None] = field(default_factory=dict[str, str | None])

    def text(self, address: str) -> str | None:
        """What is at an address, which is relative to the root; `None` for nothing."""
        path = unquote(address)
        if path not in self._texts:
            file = self.folder / path
            file = file / "index.html" if file.is_dir() else file
            is_text = file.suffix in (".html", ".json", ".xml", ".txt")
            self._texts[path] = file.read_text("utf-8") if is_text and file.is_file() else None
            if file.is_file() and not is_text:
                self._texts[path] = ""
        return self._texts[path]

    def anchors(self, address: str) -> set[str]:
        """The names that a link to the page can end in; not those that Material gives to its own parts."""
        found = (unescape(first or second) for first, second in _ANCHOR.findall(self.text(address) or ""))
        return {name for name in found if not name.startswith("__")}

    def target(self, address: str) -> str | None:
        """Where a page leads on to, from the root; `None` when it does not."""
        found = _REFRESH.search(self.text(address) or "")
        return urljoin("/" + address, unescape(found[1])) if found else None

    def fault(self, address: str, anchor: str = "") -> str:
        """Say what a reader of an address misses; empty when nothing."""
        for _ in range(MAX_STEPS):
            if self.text(address) is None:
                return f"nothing is at /{address}"
            target = self.target(address)
            if target is None:
                return (
                    f"/{address} has no #{anchor}" if anchor and anchor not in self.anchors(address) else ""
                )
            if urlsplit(target).netloc:
                return f"/{address} leads to {target}, which is not this site"
            target, fragment = urldefrag(target)
            address, anchor = target.removeprefix("/"), fragment or anchor
        return f"/{address} leads on and on"


def faults(ledger: Ledger, site: BuiltSite) -> Iterator[str]:
    """Say for each published address and anchor what a reader who has it misses."""
    for address, anchors in ledger.addresses():
        whole = site.fault(address)
        found = [whole] if whole else [site.fault(address, anchor) for anchor in sorted(anchors)]
        yield from (
            f"/{address}{f'#{anchor}' if anchor else ''}: {fault}"
            for anchor, fault in zip([""] if whole else sorted(anchors), found, strict=True)
            if fault
        )


def record(ledger: Ledger, folder: Path) -> None:
    """Add what a built site has: an address that each locale has is noted once."""
    site = BuiltSite(folder)
    found: dict[str, set[str]] = {}
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        if (file.suffix == ".html" or file.suffix in DATA) and not re.search(
            r"(?:^|/)(?:assets|search)/", path
        ):
            address = posixpath.join(posixpath.dirname(path), "") if file.name == "index.html" else path
            if site.target(address) is None:
                found[address] = site.anchors(address) if file.suffix == ".html" else set()
    known = dict[str, set[str]]()
    for address, anchors in ledger.addresses():
        known.setdefault(address, set()).update(anchors)
    new = {
        address: anchors
        for address, anchors in found.items()
        if address not in known or not anchors <= known[address]
    }
    roots = tuple(root for root in ledger.locales if root)
    for address in [each for each in new if not each.startswith(roots)]:
        if all(new[address] <= new.get(root + address, set()) and root + address in new for root in roots):
            ledger.shared.setdefault(address, set()).update(new.pop(address))
            for root in roots:
                new[root + address] -= ledger.shared[address]
                if not new[root + address]:
                    del new[root + address]
    for address, anchors in new.items():
        ledger.single.setdefault(address, set()).update(anchors)


if __name__ == "__main__":
    known = read_ledger(LEDGER.read_text("utf-8"))
    record(known, Path(sys.argv[1]))
    LEDGER.write_text(write_ledger(known), "utf-8", newline="\n")
