"""Publish `robots.txt`, which leads search engines to the sitemap (RFC 9309).

Robots look for it at the root of a host only. A site in a folder of a host can't have one.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from imagedocs.publishing.formats.publication import Format, Maker, Publication


def _files(publication: Publication) -> Mapping[str, Maker]:
    is_wanted = publication.is_default and not [*_needs(publication)]
    return {"robots.txt": partial(_robots, publication)} if is_wanted else {}


def _robots(publication: Publication) -> bytes:
    return f"User-agent: *\nDisallow:\n\nSitemap: {_sitemap(publication)}\n".encode()


def _sitemap(publication: Publication) -> str:
    name = "sitemap-index.xml" if len(publication.locales) > 1 else "sitemap.xml"
    return f"{publication.site_url}{name}"


def _needs(publication: Publication) -> Iterator[tuple[str, str]]:
    if not publication.site_url:
        yield (
            "robots.txt needs the address of the site, and there is no site_url",
            "write site_url: https://example.org/",
        )
    elif (path := urlsplit(publication.site_url).path) not in ("", "/"):
        message = f"robots.txt counts at the root of a host only, and site_url has the path {path}"
        hint = f"remove robots, and write into the robots.txt of the host: Sitemap: {_sitemap(publication)}"
        yield message, hint


ROBOTS: Final = Format("robots", "", "A robots.txt with the address of the sitemap.", _files, _needs)
