"""Addresses that work and yet should be written otherwise."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from imagedocs.markdown.publisher import Publisher
from imagedocs.markdown.targets import scheme_of
from imagedocs.problems import Rule
from imagedocs.suggestions import is_one_slip, shown

LOCALE = re.compile(r"/([a-z]{2}-(?:[a-z]{4}-)?[a-z]{2})(?=/|\Z|\?|#)", re.IGNORECASE)
"""The folder of a language, at the beginning of the path of an address at the publisher's sites."""
_LOCAL_FILE = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|file:)", re.IGNORECASE)


def address_findings(target: str, publisher: Publisher) -> Iterator[tuple[Rule, str, str]]:
    """Rule, message and hint for each thing to change in the target of a link or an image."""
    if _LOCAL_FILE.match(target):
        yield (
            Rule.LOCAL_FILE_PATH,
            f"{target[:80]} is a file on somebody's own disk",
            "write a path relative to this file",
        )
        return
    if slip := _slip(target):
        yield Rule.ADDRESS_MISSPELLED, *slip
        return
    if not target.startswith(("http://", "https://")):
        if target.startswith("&tabs=") or ".md&tabs=" in target:
            yield (
                Rule.INVALID_QUERY,
                "a query begins with ?, not with &",
                f'write "{target.replace("&tabs=", "?tabs=", 1)}"',
            )
        if publisher.hosts and (locale := LOCALE.match(target)):
            yield _hard_coded(locale[1])
        return
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").lower()
    except ValueError:
        return
    if parts.scheme == "http" and publisher.has_domain(host):
        secure = f"https{target[4:]}" if len(target) < 200 else "https://…"
        yield Rule.INSECURE_LINK, f"the link to {host} is not encrypted", f'write "{secure}"'
    if host in publisher.hosts:
        rest = target.partition("://")[2]
        rest = rest[len(parts.netloc) :] or "/"
        if in_locale := LOCALE.match(rest):
            rest = rest[in_locale.end() :] or "/"
        yield (
            Rule.DOCS_LINK_ABSOLUTE,
            f"a link to {publisher.site} names its host",
            f'write "{rest[:200]}", for the reader\'s own language',
        )
    if publisher.has_domain(host) and (locale := LOCALE.match(parts.path)):
        yield _hard_coded(locale[1])


_SLIPPED = re.compile(r"(https?)(?:[;,.]/*|:{2,}/*|(?=//)):?/*(?=[\w-]+\.[\w-])", re.IGNORECASE)
"""`https//example.com`, `https;//example.com`: an address that would be read as a path."""
_WEB = re.compile(r"(https?):(/*)(.*)", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_MEANT = ("https", "http", "mailto", "ftp", "tel")
_SCHEMES = frozenset(
    [
        "ftps",
        "sftp",
        "sms",
        "xref",
        "ssh",
        "rtp",
        "tftp",
        "nttp",
        "nntp",
        "shttp",
        "httpg",
        "file",
        "itms",
        "tn3270",
    ]
)
"""Schemes that look like others, and are none of them by mistake."""


def _slip(target: str) -> tuple[str, str] | None:
    """Return what is wrong with an address that no browser can follow, and what to write."""
    scheme = scheme_of(target)
    rest = target.partition(":")[2]
    if scheme in ("http", "https"):
        match = _WEB.match(target.strip())
        if match is None or (match[2] == "//" and match[3] and match[3][0] not in "/?#"):
            return None
        host = match[3].lstrip("/")
        if not host or host[0] in "?#":
            return f"{shown(target)} names no site", "write its address"
        return f"{shown(target)} is no address", f'did you mean "{match[1].lower()}://{host[:200]}"?'
    if scheme == "mailto":
        return _mail_slip(target, rest)
    if scheme == "tel" and not rest.strip():
        return f"{shown(target)} names nobody", "write a number behind it"
    if not scheme and (match := _SLIPPED.match(target)):
        right = f"{match[1].lower()}://{target[match.end() :][:200]}"
        return f"{shown(target)} is no address", f'did you mean "{right}"?'
    if not scheme and re.match(r"[A-Za-z]:(?![\\/])", target):
        return f"{shown(target)} is neither an address nor a path", "write the address of a page, or a path"
    if scheme and scheme not in _SCHEMES and scheme not in _MEANT and scheme.isalpha():
        meant = next((each for each in _MEANT if is_one_slip(scheme, each)), None)
        if meant:
            slashes = "" if meant in ("mailto", "tel") else "//"
            right = f"{meant}:{slashes}{rest.lstrip('/')[:200]}"
            return f'"{scheme}:" begins no address', f'did you mean "{right}"?'
    return None


def _mail_slip(target: str, rest: str) -> tuple[str, str] | None:
    people, _, query = rest.partition("?")
    if not people.strip():
        is_named = re.search(r"(?:^|&)(?:to|subject|body|cc|bcc)=", query, re.IGNORECASE)
        return None if is_named else (f"{shown(target)} names nobody", "write an e-mail address behind it")
    for person in re.split(r"[,;]", people):
        if not _MAIL.fullmatch(unquote(person).strip()):
            return f"{shown(person)} is no e-mail address", "write name@example.com"
    return None


def _hard_coded(locale: str) -> tuple[Rule, str, str]:
    message = f"the link leads readers of every language to {locale}"
    return Rule.HARD_CODED_LOCALE, message, f"leave /{locale} out of it"
