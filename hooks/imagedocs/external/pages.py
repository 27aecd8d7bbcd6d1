"""Texts of pages that were fetched, as a browser would read them."""

import re
import zlib
from collections.abc import Mapping

_PACKED = ("gzip", "x-gzip", "deflate")
_META = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_BEGINNING = 1024
"""Number of bytes in which browsers look for `<meta charset>`."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
"""Name of an encoding -> what browsers read it as (https://encoding.spec.whatwg.org/#names-and-labels)."""


def unpacked(body: bytes, headers: Mapping[str, str], most: int) -> bytes | None:
    """Return a body that was sent in a packed form although none was asked for; `None` when it is not whole, has more
    than `most` bytes, or is packed in another way."""
    coding = headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        return body
    if coding not in _PACKED:
        return None
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib, whichever it is
    try:
        text = reader.decompress(body, most + 1)
    except zlib.error:
        return None
    return text if reader.eof and len(text) <= most and not reader.unused_data else None


def decoded(body: bytes, charset: str | None) -> str:
    """Return the text of a page. Its encoding is that of its byte order mark, else `charset` of its header, else what its
    `<meta>` says, else UTF-8."""
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return body.removeprefix(mark).decode(encoding, "replace")
    said = charset or _charset_in(body)
    try:
        return body.decode(_MEANT.get(said.lower(), said), "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _charset_in(body: bytes) -> str:
    meta = _META.search(_COMMENT.sub(b"", body[:_BEGINNING]))
    said = meta[1].decode("ascii") if meta else "utf-8"
    return "utf-8" if said.lower().startswith("utf-16") else said  # or nobody could have read the `<meta>`
