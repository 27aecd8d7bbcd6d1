"""What the built tree tells search engines: the same languages from every page, in the head and the sitemap."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from crawling import Crawl

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def alternates(site: Path) -> dict[str, dict[str, str]]:
    """Address of each page -> hreflang -> address, from the heads."""
    found: dict[str, dict[str, str]] = {}
    for file in site.rglob("index.html"):
        html = file.read_text("utf-8")
        links = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)
        canonical = re.search(r'<link rel="canonical" href="([^"]+)">', html)
        assert canonical, file
        if '<meta name="robots" content="noindex' not in html:
            found[canonical[1]] = dict(links)
    return found


def file_of(site: Path, address: str) -> Path:
    return site / urlsplit(address).path.lstrip("/") / "index.html"


def test_alternates_are_absolute_reciprocal_and_name_themselves(site: Path) -> None:
    pages = alternates(site)
    assert len(pages) > 20
    for address, links in pages.items():
        assert links, address
        assert address in links.values()
        assert links["x-default"] == links["en"]
        for other in links.values():
            assert urlsplit(other).scheme == "https"
            assert pages[other] == links, f"{address} -> {other}"
            assert file_of(site, other).is_file()


def test_the_sitemaps_say_the_same_as_the_heads(site: Path) -> None:
    crawl = Crawl(site, "https://imagedocs.example/")
    pages = {address: links for address, links in alternates(site).items() if crawl.is_for_readers(address)}
    assert len(pages) > 50
    found: dict[str, dict[str, str]] = {}
    for sitemap in site.rglob("sitemap.xml"):
        content = sitemap.read_bytes()
        assert gzip.decompress(sitemap.with_name("sitemap.xml.gz").read_bytes()) == content
        for entry in ElementTree.fromstring(content).findall("s:url", NAMES):
            links = {
                link.get("hreflang", ""): link.get("href", "") for link in entry.findall("x:link", NAMES)
            }
            found[entry.findtext("s:loc", "", NAMES)] = links
    assert found == pages
