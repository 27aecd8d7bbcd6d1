"""What one reply of a registry amounts to: the rules behind the verdicts."""

import hashlib

from imagedocs.references import is_digest
from imagedocs.registry import bodies
from imagedocs.registry.bodies import Descriptor
from imagedocs.registry.headers import UnreadableError, printable, read_warnings
from imagedocs.registry.transport import Reply
from imagedocs.registry.verdicts import Answer, Verdict

_GET_MAY_DECIDE = frozenset({400, 404, 405, 406, 501})
"""Answers to HEAD after which GET may still say yes: some servers know HEAD badly or not at all."""


def media_type_of(reply: Reply) -> str:
    return reply.header("Content-Type").partition(";")[0].strip().lower()


def judge_head(reply: Reply, reference: str) -> tuple[Answer, bool]:
    """The answer to HEAD, and whether it is the last word.

    *Exists* and not settled: the registry says so, but the answer does not even name a length.
    """
    if reply.status != 200:
        return refusal_of(reply), reply.status not in _GET_MAY_DECIDE
    media_type = media_type_of(reply)
    if media_type not in bodies.MANIFEST_TYPES:
        reason = f'the answer is of type "{printable(media_type, 60)}", no manifest'
        return Answer(Verdict.UNKNOWN, reason), False
    digest = _claimed_digest(reply)
    if digest is None or (is_digest(reference) and digest not in {"", reference}):
        return Answer(Verdict.UNKNOWN, "the answer names a digest that is none or another"), True
    length = reply.header("Content-Length")
    size = int(length) if length.isdecimal() and len(length) < 16 else 0
    warnings = read_warnings(reply.headers.getall("Warning", ()))
    return Answer(Verdict.EXISTS, "", digest, media_type, size, warnings), size > 0


def _claimed_digest(reply: Reply) -> str | None:
    """The `Docker-Content-Digest`; empty when there is none, None when what is there is no digest."""
    values = set(reply.headers.getall("Docker-Content-Digest", ()))
    if not values:
        return ""
    value = values.pop().strip()
    return value if not values and is_digest(value) else None


def digest_like(like: str, body: bytes) -> str:
    """The digest of `body` by the algorithm of the digest `like`."""
    algorithm = like.partition(":")[0] or "sha256"
    return f"{algorithm}:{hashlib.new(algorithm, body).hexdigest()}"


def checked_digest(reply: Reply, reference: str) -> str:
    claimed = _claimed_digest(reply)
    asked = reference if is_digest(reference) else ""
    if claimed is None:
        raise UnreadableError("the answer names a digest that is none")
    for digest in (claimed, asked):
        if digest and digest_like(digest, reply.body) != digest:
            raise UnreadableError("the content is not that of its digest")
    return asked or claimed or digest_like("", reply.body)


def refusal_of(reply: Reply) -> Answer:
    """What an answer other than 200 says: *missing* only for the registry's own 404 with its error code."""
    codes, text = bodies.read_error_codes(reply.body)
    quoted = f': "{text}"' if text else ""
    if reply.status == 404:
        if codes and codes <= bodies.ABSENT and reply.own:
            return Answer(Verdict.MISSING, f"the registry says{quoted}")
        what = "with a word that is none for it" if codes else "without the registry's own word for it"
        return Answer(Verdict.UNKNOWN, f"status 404 {what}{quoted}")
    if reply.status == 403:
        return Answer(
            Verdict.UNKNOWN, f"access denied (status 403), which says nothing about existence{quoted}"
        )
    return Answer(Verdict.UNKNOWN, f"status {reply.status}{quoted}")


def read_referrers(body: bytes, media_type: str) -> tuple[Verdict, tuple[Descriptor, ...]]:
    try:
        manifest = bodies.read_manifest(body, media_type.partition(";")[0].strip().lower())
    except UnreadableError:
        return Verdict.UNKNOWN, ()
    if not manifest.is_index:
        return Verdict.UNKNOWN, ()
    return (Verdict.EXISTS if manifest.children else Verdict.MISSING), manifest.children
