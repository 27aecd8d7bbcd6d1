"""A live registry, asked by the OCI distribution API: does a tag exist, which tags are there, what is in one.

Whatever the registry, a proxy or an attacker answers, the result is one of the verdicts of
`imagedocs.registry.verdicts`, in bounded time. Only live work imports this module (`imagedocs[live]`).
"""

import asyncio
import hashlib
import re
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote

from yarl import URL

from imagedocs.problems import CannotRun
from imagedocs.registry import bodies
from imagedocs.registry.auth import Authorizer
from imagedocs.registry.bodies import Descriptor
from imagedocs.registry.headers import (
    UnreadableError,
    is_digest,
    printable,
    read_next_link,
    read_warnings,
)
from imagedocs.registry.transport import ExchangeError, Limits, Reply, Request, Transport, origin_of
from imagedocs.registry.verdicts import Answer, Completeness, Content, TagList, Verdict

_API_HOSTS = {"docker.io": "registry-1.docker.io", "index.docker.io": "registry-1.docker.io"}
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_AUTH_ROUNDS = 4
"""A token in hand that is refused, a new one, one more; then the registry does not want us."""
_GET_MAY_DECIDE = frozenset({400, 404, 405, 406, 501})
"""Answers to HEAD after which GET may still say yes: some servers know HEAD badly or not at all."""


@dataclass(frozen=True, slots=True)
class Access:
    """What the person asking decided about reaching registries."""

    limits: Limits = field(default_factory=Limits)
    plain_http: frozenset[str] = frozenset()
    """Registries (`localhost:5000`) that are spoken to without TLS; never tried by itself."""
    trusted_realms: frozenset[str] = frozenset()
    """Token services (`auth.example.com`) on another origin that may see the credentials."""


class OciRegistry:
    """One registry, by the name that references give it. An asynchronous context manager."""

    def __init__(self, host: str, access: Access) -> None:
        if not _HOST.fullmatch(host):
            raise CannotRun(f'"{printable(host)}" is not the name of a registry')
        scheme = "http" if host in access.plain_http else "https"
        self.host = host
        self.limits = access.limits
        try:
            self._base = str(URL(f"{scheme}://{_API_HOSTS.get(host, host)}"))
            origin = URL(self._base).origin()
        except ValueError:
            raise CannotRun(f'"{printable(host)}" is not the name of a registry') from None
        trusted_hosts = frozenset(re.sub(r"^https?://|:\d+$", "", realm) for realm in access.trusted_realms)
        self._transport = Transport(origin, access.limits, trusted_hosts)
        self._authorizer = Authorizer(self._transport, host, access.trusted_realms)
        self._referrers_by_tag = False

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._transport.__aexit__(*exception)

    def expect(self, repositories: Iterable[str]) -> None:
        """Say which repositories will be asked about: one token can then serve many of them."""
        self._authorizer.expect(repositories)

    async def check(self, repository: str, reference: str) -> Answer:
        """Whether `repository` has the tag or digest `reference`: by HEAD, and by GET where HEAD cannot say."""
        try:
            async with asyncio.timeout(self.limits.operation):
                head = await self._ask("HEAD", repository, f"manifests/{reference}", bodies.ACCEPT)
                answer, settled = _judge_head(head, reference)
                if settled:
                    return answer
                if answer.verdict == Verdict.EXISTS:
                    return await self._confirm(repository, reference, answer)
                return (await self._get(repository, reference)).answer
        except (ExchangeError, TimeoutError) as error:
            return Answer(Verdict.UNKNOWN, self._reason(error))

    async def get(self, repository: str, reference: str) -> Content:
        """The manifest `reference`, its digest computed and compared with everything that was claimed."""
        try:
            async with asyncio.timeout(self.limits.operation):
                return await self._get(repository, reference)
        except (ExchangeError, TimeoutError) as error:
            return Content(Answer(Verdict.UNKNOWN, self._reason(error)))

    async def get_blob(self, repository: str, digest: str) -> Content:
        """A small blob (an image's configuration), compared with its digest."""
        try:
            async with asyncio.timeout(self.limits.operation):
                reply = await self._ask("GET", repository, f"blobs/{digest}", "*/*")
        except (ExchangeError, TimeoutError) as error:
            return Content(Answer(Verdict.UNKNOWN, self._reason(error)))
        if reply.status != 200:
            return Content(_refusal(reply))
        if _digest_like(digest, reply.body) != digest:
            return Content(Answer(Verdict.UNKNOWN, "the content is not that of its digest"))
        return Content(Answer(Verdict.EXISTS, digest=digest, size=len(reply.body)), reply.body)

    async def list_tags(self, repository: str) -> TagList:
        """All pages of the list of tags. No `n` is sent: servers that cut there without a `Link` are met."""
        walk = _TagWalk(self._address(repository, "tags/list"), self.limits)
        url: URL | None = walk.first
        try:
            async with asyncio.timeout(self.limits.operation):
                while url:
                    reply = await self._ask("GET", repository, url, "application/json", cap=walk.bytes_left)
                    url = walk.take(reply)
        except (ExchangeError, TimeoutError) as error:
            walk.stop(self._reason(error))
        return walk.result()

    async def list_referrers(self, repository: str, digest: str) -> tuple[Verdict, tuple[Descriptor, ...]]:
        """What is attached to `digest`. *Missing* means that the registry knows of nothing attached.

        Where the referrers API does not exist, the tag `sha256-…` is read (OCI distribution specification,
        referrers tag schema).
        """
        try:
            async with asyncio.timeout(self.limits.operation):
                if not self._referrers_by_tag:
                    reply = await self._ask("GET", repository, f"referrers/{digest}", bodies.OCI_INDEX)
                    if reply.status == 200:
                        return _read_referrers(reply.body, reply.header("Content-Type"))
                    if reply.status not in {404, 405, 501}:
                        return Verdict.UNKNOWN, ()
                    self._referrers_by_tag = not bodies.read_error_codes(reply.body)[0]
                content = await self._get(repository, digest.replace(":", "-"))
        except (ExchangeError, TimeoutError):
            return Verdict.UNKNOWN, ()
        if content.answer.verdict == Verdict.EXISTS:
            return _read_referrers(content.body, content.answer.media_type)
        return content.answer.verdict, ()

    def _reason(self, error: Exception) -> str:
        return str(error) or f"no answer within {self.limits.operation:.0f} s"

    def _address(self, repository: str, path: str) -> URL:
        return URL(f"{self._base}/v2/{repository}/{path}", encoded=True)

    async def _ask(
        self,
        method: str,
        repository: str,
        path: str | URL,
        accept: str,
        *,
        cap: int = 0,
        first_bytes_only: bool = False,
    ) -> Reply:
        """One exchange, with the authorization that it turns out to need. Raises ExchangeError."""
        url = path if isinstance(path, URL) else self._address(repository, path)
        cap = cap or self.limits.manifest_bytes
        for rounds_left in range(_AUTH_ROUNDS - 1, -1, -1):
            used = self._authorizer.header_for(repository)
            request = Request(method, url, accept, cap, used, first_bytes_only=first_bytes_only)
            reply = await self._transport.send(request)
            if reply.status != 401:
                return reply
            if not reply.own:
                raise ExchangeError("another host, to which we were sent, asks for credentials")
            if rounds_left:
                await self._authorizer.satisfy(repository, reply, used)
        raise ExchangeError("the registry refused every token (status 401)")

    async def _confirm(self, repository: str, reference: str, claimed: Answer) -> Answer:
        """Whether something comes at all where HEAD claimed a manifest without saying how long it is."""
        path = f"manifests/{reference}"
        reply = await self._ask("GET", repository, path, bodies.ACCEPT, first_bytes_only=True)
        if reply.status != 200:
            return _refusal(reply)
        if _media_type(reply) not in bodies.MANIFEST_TYPES or not reply.body.strip():
            return Answer(Verdict.UNKNOWN, "the answer is empty or no manifest")
        return claimed

    async def _get(self, repository: str, reference: str) -> Content:
        reply = await self._ask("GET", repository, f"manifests/{reference}", bodies.ACCEPT)
        if reply.status != 200:
            return Content(_refusal(reply))
        media_type = _media_type(reply)
        try:
            if media_type not in bodies.MANIFEST_TYPES:
                raise UnreadableError(f'the answer is of type "{printable(media_type, 60)}", no manifest')
            bodies.read_object(reply.body)
            digest = _checked_digest(reply, reference)
        except UnreadableError as error:
            return Content(Answer(Verdict.UNKNOWN, str(error)))
        warnings = read_warnings(reply.headers.getall("Warning", ()))
        answer = Answer(Verdict.EXISTS, "", digest, media_type, len(reply.body), warnings)
        return Content(answer, reply.body)


class OciRegistries:
    """The registries that a run needs, each opened when it is first asked for."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._open: dict[str, OciRegistry] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def at(self, host: str) -> OciRegistry:
        registry = self._open.get(host)
        if registry is None:
            registry = self._open[host] = OciRegistry(host, self.access)
            await self._stack.enter_async_context(registry)
        return registry


class _TagWalk:
    """The pages of one list, taken one after the other until they end or stop making sense."""

    def __init__(self, first: URL, limits: Limits) -> None:
        self.first = first
        self.bytes_left = limits.list_bytes
        self._page_limit = limits.pages
        self._tags: dict[str, None] = {}
        self._seen = {first}
        self._pages = 0
        self._junk = 0
        self._reason = ""
        self._completeness = Completeness.UNKNOWN
        self._warnings: dict[str, None] = {}

    def take(self, reply: Reply) -> URL | None:
        """Add one page; the address of the next, None at the end."""
        if reply.status != 200:
            self._refused(reply)
            return None
        try:
            tags, junk = bodies.read_tags(reply.body)
        except UnreadableError as error:
            self.stop(str(error))
            return None
        self._warnings.update(dict.fromkeys(read_warnings(reply.headers.getall("Warning", ()))))
        self._tags.update(dict.fromkeys(tags))
        self._junk += junk
        self._completeness = Completeness.PARTIAL if self._junk else Completeness.WHOLE
        if self._junk:
            self._reason = f"{self._junk} entries are no tags"
        self._pages += 1
        self.bytes_left -= len(reply.body)
        try:
            return self._next(reply)
        except UnreadableError as error:
            self.stop(str(error))
            return None

    def _next(self, reply: Reply) -> URL | None:
        target = read_next_link(reply.headers.getall("Link", ()))
        if target is None:
            return None
        try:
            url = reply.url.join(URL(target, encoded=True)).with_fragment(None)
            same = origin_of(url) == origin_of(self.first) and url.user is None
        except ValueError:
            raise UnreadableError("the next page has no address that can be read") from None
        if not same:
            raise UnreadableError(f"the next page is on another host: {printable(url.authority)}")
        if unquote(url.raw_path) != unquote(self.first.raw_path):
            raise UnreadableError(f"the next page is not of this repository: {printable(url.raw_path)}")
        if url in self._seen:
            raise UnreadableError("the next page is one that has been read")
        if self._pages >= self._page_limit or self.bytes_left <= 0:
            raise UnreadableError(f"the list does not end after {self._pages} pages")
        self._seen.add(url)
        return url

    def stop(self, reason: str) -> None:
        """There is more that cannot be had: what has been read is a part."""
        self._reason = reason
        self._completeness = Completeness.PARTIAL if self._pages else Completeness.UNKNOWN

    def _refused(self, reply: Reply) -> None:
        refusal = _refusal(reply)
        self.stop(refusal.reason)
        if not self._pages and refusal.verdict == Verdict.MISSING:
            self._completeness = Completeness.MISSING

    def result(self) -> TagList:
        return TagList(self._completeness, tuple(self._tags), self._reason, tuple(self._warnings))


def _media_type(reply: Reply) -> str:
    return reply.header("Content-Type").partition(";")[0].strip().lower()


def _judge_head(reply: Reply, reference: str) -> tuple[Answer, bool]:
    """The answer to HEAD, and whether it is the last word.

    *Exists* and not settled: the registry says so, but the answer does not even name a length.
    """
    if reply.status != 200:
        return _refusal(reply), reply.status not in _GET_MAY_DECIDE
    media_type = _media_type(reply)
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


def _digest_like(like: str, body: bytes) -> str:
    """The digest of `body` by the algorithm of the digest `like`."""
    algorithm = "sha512" if like.startswith("sha512:") else "sha256"
    return f"{algorithm}:{hashlib.new(algorithm, body).hexdigest()}"


def _checked_digest(reply: Reply, reference: str) -> str:
    claimed = _claimed_digest(reply)
    asked = reference if is_digest(reference) else ""
    if claimed is None:
        raise UnreadableError("the answer names a digest that is none")
    for digest in (claimed, asked):
        if digest and _digest_like(digest, reply.body) != digest:
            raise UnreadableError("the content is not that of its digest")
    return asked or claimed or _digest_like("", reply.body)


def _refusal(reply: Reply) -> Answer:
    """What an answer other than 200 says: *missing* only for the registry's own 404 with its error code."""
    codes, text = bodies.read_error_codes(reply.body)
    quoted = f': "{text}"' if text else ""
    if reply.status == 404:
        if codes and codes <= bodies.ABSENT and reply.own:
            return Answer(Verdict.MISSING, f"the registry says{quoted}")
        return Answer(Verdict.UNKNOWN, f"status 404 without the registry's own word for it{quoted}")
    if reply.status == 403:
        return Answer(
            Verdict.UNKNOWN, f"access denied (status 403), which says nothing about existence{quoted}"
        )
    return Answer(Verdict.UNKNOWN, f"status {reply.status}{quoted}")


def _read_referrers(body: bytes, media_type: str) -> tuple[Verdict, tuple[Descriptor, ...]]:
    try:
        manifest = bodies.read_manifest(body, media_type.partition(";")[0].strip().lower())
    except UnreadableError:
        return Verdict.UNKNOWN, ()
    if not manifest.is_index:
        return Verdict.UNKNOWN, ()
    return (Verdict.EXISTS if manifest.children else Verdict.MISSING), manifest.children
