"""Hosts of registries that are one slip of the finger away from a host that is known: `ghrc.io` for `ghcr.io`."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from imagedocs.references.grammar import HUB_HOSTS, InvalidReferenceError, parse
from imagedocs.references.mentions import Mention

PUBLIC_HOSTS: Final = frozenset(
    {
        *HUB_HOSTS,
        "cgr.dev",
        "docker.com",
        "gcr.io",
        "ghcr.io",
        "icr.io",
        "k8s.gcr.io",
        "lscr.io",
        "nvcr.io",
        "public.ecr.aws",
        "quay.io",
        "registry.access.redhat.com",
        "registry.gitlab.com",
        "registry.k8s.io",
        "registry.redhat.io",
        "xpkg.upbound.io",
    }
)
"""Hosts of public registries, none of which is a misspelling of another."""

_SHORT_LABEL = 3
"""Letters of a part of a host by which two registries of one owner may differ: `dev.example.com`, `test.example.com`."""

_PULLED = re.compile(
    r"(?<![A-Za-z0-9._@%/:-])((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(/[a-z0-9][a-z0-9._/-]{0,254})"
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[a-f0-9]{64})",
    re.ASCII,
)
"""The name of an image with its tag or digest: without either, it may be the address of a page."""


def find_misspelled_hosts(text: str, hosts: Collection[str]) -> Iterator[Mention]:
    """Yield the images in a text whose host is a misspelling of one of `hosts`."""
    known = tuple(sorted(hosts))
    for match in _PULLED.finditer(text):
        meant = misspelled_host(match[1].lower(), known)
        if not meant:
            continue
        try:
            yield Mention(match.start(), match[0].rstrip("."), parse(match[0].rstrip(".")), meant_host=meant)
        except InvalidReferenceError:
            continue


@lru_cache(maxsize=4096)
def misspelled_host(host: str, known: tuple[str, ...]) -> str:
    """Return the host among `known` that `host` is a misspelling of; empty where it is none of them.

    Sound hosts that are near each other are no misspellings: other public registries, other numbers (`us-west-1`,
    `localhost:5001`), other countries (`example.de`), and short names in front of the same domain (`dev.example.com`).
    """
    if host in known or host in PUBLIC_HOSTS:
        return ""
    return next((each for each in known if _is_slip(host, each)), "")


def _is_slip(written: str, meant: str) -> bool:
    if abs(len(written) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), None)
    start = min(len(written), len(meant)) if start is None else start
    rest, other = written[start:], meant[start:]
    if rest[2:] == other[2:] and rest[:2] == other[1::-1] and len(rest) > 1 and len(other) > 1:
        return not set(rest[:2]) & set("0123456789")  # two letters that changed places
    if len(rest) == len(other):
        changed, is_slip = {rest[:1], other[:1]}, rest[1:] == other[1:]
    elif len(rest) > len(other):
        changed, is_slip = {rest[:1]}, rest[1:] == other
    else:
        changed, is_slip = {other[:1]}, other[1:] == rest
    if not is_slip or any(each.isdigit() or each == ":" for each in changed):
        return False
    labels = meant.split(".")
    index = meant.count(".", 0, start)
    if index == len(labels) - 1:  # other endings of two letters are other countries
        return len(written.rpartition(".")[2]) != 2
    return index >= len(labels) - 2 or len(labels[index]) > _SHORT_LABEL
