"""Addresses of videos, as players that set no cookies have them."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from imagedocs.markdown.publisher import Publisher

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com"})
_NO_COOKIES = "www.youtube-nocookie.com"


def player_address(address: str, publisher: Publisher) -> str | None:
    """The address to embed; `None` for what is no web address."""
    if publisher.video and _GUID.fullmatch(address):
        return f"{publisher.video}{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path, query = parts.path or "/", parts.query
    place = parts.netloc
    if host in _YOUTUBE:
        path, query, place = *_youtube(path, query), _NO_COOKIES
    elif host == "youtu.be":
        path, query, place = f"/embed{path}", _with(query, "rel", "0"), _NO_COOKIES
    elif more := publisher.player_query(host):
        query = f"{query}&{more}" if query else more
    return urlunsplit(("https", place, path, query, parts.fragment))


def _youtube(path: str, query: str) -> tuple[str, str]:
    options = dict(parse_qsl(query, max_num_fields=50))
    if path == "/playlist" and "list" in options:
        return "/embed/videoseries", query
    if path == "/watch" and "v" in options:
        identifier = options.pop("v")
        return f"/embed/{identifier}", _with(urlencode(options), "rel", "0")
    if path.startswith("/embed/"):
        return path, _with(query, "rel", "0")
    return path, query


def _with(query: str, name: str, value: str) -> str:
    if name in dict(parse_qsl(query, keep_blank_values=True, max_num_fields=50)):
        return query
    return f"{query}&{name}={value}" if query else f"{name}={value}"


def is_known_player(address: str, publisher: Publisher) -> bool:
    """Whether `address` is of a player that pages of this publisher may embed."""
    host = urlsplit(address).hostname or ""
    return host == _NO_COOKIES or publisher.player_query(host) is not None
