"""Addresses that work and yet should be written otherwise."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from imagedocs.markdown.publisher import Publisher
from imagedocs.problems import Rule

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


def _hard_coded(locale: str) -> tuple[Rule, str, str]:
    message = f"the link leads readers of every language to {locale}"
    return Rule.HARD_CODED_LOCALE, message, f"leave /{locale} out of it"
