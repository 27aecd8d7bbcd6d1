"""A live registry, asked by the OCI distribution API: does a tag exist, which tags are there, what is in one.

Whatever the registry, a proxy or an attacker answers, the result is one of the verdicts of
`imagedocs.registry.verdicts`, in bounded time. Only live work imports this module (`imagedocs[live]`).
"""

import asyncio
import re
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Self

from yarl import URL

from imagedocs.errors import CannotRun
from imagedocs.references import is_digest, is_path, is_tag
from imagedocs.registry import bodies
from imagedocs.registry.access import Access, HostAccess
from imagedocs.registry.answers import (
    checked_digest,
    digest_like,
    judge_head,
    media_type_of,
    read_referrers,
    refusal_of,
)
from imagedocs.registry.auth import Authorizer, read_origins
from imagedocs.registry.bodies import Descriptor
from imagedocs.registry.failures import ExchangeError, seconds
from imagedocs.registry.headers import UnreadableError, printable, read_warnings
from imagedocs.registry.tag_walk import TagWalk
from imagedocs.registry.transport import Reply, Request, Transport
from imagedocs.registry.verdicts import Answer, Content, TagList, Verdict

_API_HOSTS = {"docker.io": "registry-1.docker.io", "index.docker.io": "registry-1.docker.io"}
_TELL_SECONDS = 10
"""How long a list may be silent about itself."""
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_NEW_TOKENS = 2
"""A new token, one more in case it died early; then the registry does not want us."""
_AUTH_ROUNDS = 8
"""With what other questions got for us, which may be refused as well."""


class OciRegistry:
    """One registry, by the name that references give it. An asynchronous context manager."""

    def __init__(self, host: str, access: Access) -> None:
        if not _HOST.fullmatch(host):
            raise CannotRun(f'"{printable(host)}" is not the name of a registry')
        own = access.hosts.get(host, HostAccess())
        scheme = "http" if own.plain_http or host in access.plain_http else "https"
        self.host = host
        self.limits = access.limits_of(host)
        self._tell = access.tell
        self._page_size = own.page_size
        try:
            self._base = str(URL(f"{scheme}://{_API_HOSTS.get(host, host)}"))
            origin = URL(self._base).origin()
        except ValueError:
            raise CannotRun(f'"{printable(host)}" is not the name of a registry') from None
        trusted = frozenset(read_origins(access.trusted_realms | own.trusted_realms))
        hosts = frozenset(realm_host or "" for _, realm_host, _ in trusted)
        self._transport = Transport(origin, self.limits, hosts, self._tell)
        self._authorizer = Authorizer(self._transport, host, trusted, own.login)
        self._referrers_by_tag = False
        self._slots = asyncio.Semaphore(self.limits.in_flight)

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
            _refuse_bad_names(repository, reference)
            async with self._slots, self._transport.pauses.bounded(self.limits.operation):
                answer, settled = await self._head(repository, reference)
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
            _refuse_bad_names(repository, reference)
            async with self._slots, self._transport.pauses.bounded(self.limits.operation):
                return await self._get(repository, reference)
        except (ExchangeError, TimeoutError) as error:
            return Content(Answer(Verdict.UNKNOWN, self._reason(error)))

    async def get_blob(self, repository: str, digest: str) -> Content:
        """A small blob (an image's configuration), compared with its digest."""
        try:
            _refuse_bad_names(repository, digest)
            async with self._slots, self._transport.pauses.bounded(self.limits.operation):
                reply = await self._ask("GET", repository, f"blobs/{digest}", "*/*")
        except (ExchangeError, TimeoutError) as error:
            return Content(Answer(Verdict.UNKNOWN, self._reason(error)))
        if reply.status != 200:
            return Content(refusal_of(reply))
        if digest_like(digest, reply.body) != digest:
            return Content(Answer(Verdict.UNKNOWN, "the content is not that of its digest"))
        return Content(Answer(Verdict.EXISTS, digest=digest, size=len(reply.body)), reply.body)

    async def list_tags(self, repository: str) -> TagList:
        """All pages of the list of tags. `n` is sent only where it is set: some servers cut there without a `Link`."""
        query = f"?n={self._page_size}" if self._page_size else ""
        walk = TagWalk(self._address(repository, f"tags/list{query}"), self.limits)
        url: URL | None = walk.first
        started = told = time.monotonic()
        whole = max(self.limits.patience, self.limits.operation)
        limit = whole
        try:
            _refuse_bad_names(repository)
            async with self._slots, self._transport.pauses.bounded(whole):
                while url:
                    limit = self._transport.page_limit
                    async with self._transport.pauses.bounded(limit):
                        reply = await self._ask(
                            "GET", repository, url, "application/json", cap=walk.bytes_left, is_list=True
                        )
                    url = walk.take(reply)
                    if (now := time.monotonic()) - told > _TELL_SECONDS:
                        told = now
                        self._tell(f"{self.host}/{repository} has {walk.count} tags so far")
        except TimeoutError:
            limit = whole if time.monotonic() - started >= whole else limit
            walk.stop(
                f"no end of the list within {seconds(limit)}"
                if walk.count
                else f"no answer within {seconds(limit)}"
            )
        except ExchangeError as error:
            walk.stop(str(error))
        return walk.result()

    async def list_referrers(self, repository: str, digest: str) -> tuple[Verdict, tuple[Descriptor, ...]]:
        """What is attached to `digest`. *Missing* means that the registry knows of nothing attached.

        Where the referrers API does not exist, the tag `sha256-…` is read (OCI distribution specification,
        referrers tag schema).
        """
        try:
            _refuse_bad_names(repository, digest)
            async with self._slots, self._transport.pauses.bounded(self.limits.operation):
                if not self._referrers_by_tag:
                    reply = await self._ask("GET", repository, f"referrers/{digest}", bodies.OCI_INDEX)
                    if reply.status == 200:
                        return read_referrers(reply.body, reply.header("Content-Type"))
                    if reply.status not in {404, 405, 501}:
                        return Verdict.UNKNOWN, ()
                    self._referrers_by_tag = not bodies.read_error_codes(reply.body)[0]
                content = await self._get(repository, digest.replace(":", "-"))
        except (ExchangeError, TimeoutError):
            return Verdict.UNKNOWN, ()
        if content.answer.verdict == Verdict.EXISTS:
            return read_referrers(content.body, content.answer.media_type)
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
        is_list: bool = False,
    ) -> Reply:
        """One exchange, with the authorization that it turns out to need. Raises ExchangeError."""
        url = path if isinstance(path, URL) else self._address(repository, path)
        cap = cap or self.limits.manifest_bytes
        new = 0
        for _ in range(_AUTH_ROUNDS):
            used = self._authorizer.header_for(repository)
            request = Request(
                method, url, accept, cap, used, first_bytes_only=first_bytes_only, is_list=is_list
            )
            reply = await self._transport.send(request)
            if reply.status != 401:
                return reply
            if not reply.own:
                raise ExchangeError("another host, to which we were sent, asks for credentials")
            if new == _NEW_TOKENS:
                break
            new += await self._authorizer.satisfy(repository, reply, used)
        raise ExchangeError("the registry refused every token (status 401)")

    async def _head(self, repository: str, reference: str) -> tuple[Answer, bool]:
        """What HEAD says, and whether that is the last word."""
        try:
            reply = await self._ask("HEAD", repository, f"manifests/{reference}", bodies.ACCEPT)
        except ExchangeError as error:
            if error.unreadable:
                return Answer(Verdict.UNKNOWN, str(error)), False
            raise
        return judge_head(reply, reference)

    async def _confirm(self, repository: str, reference: str, claimed: Answer) -> Answer:
        """Whether something comes at all where HEAD claimed a manifest without saying how long it is."""
        path = f"manifests/{reference}"
        reply = await self._ask("GET", repository, path, bodies.ACCEPT, first_bytes_only=True)
        if reply.status != 200:
            return refusal_of(reply)
        if media_type_of(reply) not in bodies.MANIFEST_TYPES or not reply.body.strip():
            return Answer(Verdict.UNKNOWN, "the answer is empty or no manifest")
        return claimed

    async def _get(self, repository: str, reference: str) -> Content:
        reply = await self._ask("GET", repository, f"manifests/{reference}", bodies.ACCEPT)
        if reply.status != 200:
            return Content(refusal_of(reply))
        media_type = media_type_of(reply)
        try:
            if media_type not in bodies.MANIFEST_TYPES:
                raise UnreadableError(f'the answer is of type "{printable(media_type, 60)}", no manifest')
            bodies.read_object(reply.body)
            digest = checked_digest(reply, reference)
        except UnreadableError as error:
            return Content(Answer(Verdict.UNKNOWN, str(error)))
        warnings = read_warnings(reply.headers.getall("Warning", ()))
        answer = Answer(Verdict.EXISTS, "", digest, media_type, len(reply.body), warnings)
        return Content(answer, reply.body)


def _refuse_bad_names(repository: str, reference: str = "latest") -> None:
    """Nothing that is no name gets into the path of a request. Raises ExchangeError."""
    if not is_path(repository):
        raise ExchangeError(f'"{printable(repository)}" is not the name of a repository')
    if not is_tag(reference) and not is_digest(reference):
        raise ExchangeError(f'"{printable(reference)}" is neither a tag nor a digest')


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
