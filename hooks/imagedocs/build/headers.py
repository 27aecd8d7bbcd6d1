"""Write the file that tells a static host which headers to send with the pages, from the pages as they were built.

Netlify and Cloudflare Pages read `_headers`; other hosts are told the same in words of their own. The policy allows
what the built pages use, and nothing else: scripts that stand in pages are named by their hashes.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from imagedocs.build.page_sources import SELF, Sources, sources_of_css, sources_of_html
from imagedocs.checks.records import from_bytes, to_bytes
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import digest_of_bytes

_ALWAYS: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": (SELF,),
    "style-src": (SELF,),
    "img-src": (SELF, "data:"),
    "font-src": (SELF,),
    "connect-src": (SELF,),
    "worker-src": (SELF,),
    "manifest-src": (SELF,),
    "base-uri": ("'none'",),
    "form-action": (SELF,),
    "frame-ancestors": ("'none'",),
}
"""Sources that every policy allows: the site itself, and pictures that stand in its style sheets."""
_OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_INTRODUCTION = "# Written by imagedocs from the built pages, for hosts that read this file.\n"


def headers_file(
    folders: Iterable[tuple[Path, Collection[str]]],
    more: Mapping[str, Sequence[str]],
    base_url: str,
    cache: Cache,
) -> str:
    """Return the text of the file for a site that lies in `folders`, each with the names in it that aren't part of it.

    `more` are sources that the project allows besides: those that its scripts ask for when they run.
    """
    found: dict[str, set[str]] = {}
    for folder, besides in folders:
        for file in _files(folder, besides):
            for directive, sources in _sources(file, cache, base_url).items():
                found.setdefault(directive, set()).update(sources)
    for directive, sources in more.items():
        found.setdefault(directive, set()).update(sources)
    headers = {"Content-Security-Policy": policy(found), **_OTHERS}
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    return f"{_INTRODUCTION}{urlsplit(base_url).path or '/'}*\n{lines}"


def policy(found: Mapping[str, Collection[str]]) -> str:
    """Return the policy that allows these sources by their directives, besides what every policy allows."""
    parts: list[str] = []
    for directive in (*_ALWAYS, *sorted(found.keys() - _ALWAYS)):
        always = _ALWAYS.get(directive, ())
        more = sorted(set(found.get(directive, ())) - set(always))
        parts.append(" ".join((directive, *always, *more)))
    return "; ".join(parts)


def _files(folder: Path, besides: Collection[str]) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        if Path(top) == folder:
            folders[:] = [name for name in folders if name not in besides]
        folders.sort()
        yield from (Path(top, name) for name in sorted(names) if name.endswith((".html", ".css")))


def _sources(file: Path, cache: Cache, base_url: str) -> Sources:
    content = file.read_bytes()
    read = sources_of_html if file.suffix == ".html" else sources_of_css

    def made() -> bytes:
        sources = read(content.decode("utf-8", "replace"), base_url)
        return to_bytes({directive: sorted(each) for directive, each in sources.items()})

    kept: Any = from_bytes(cache.cached("sources", digest_of_bytes(content), partial(made), base_url))
    return kept
