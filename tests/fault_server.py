"""A registry that does everything wrong, one fault a repository name (`f/<fault>`), on loopback.

It listens on three ports: the registry, another port of the same host, and another host name. Whatever
reaches the last two with an `Authorization` is a leak.
"""

import asyncio
import contextlib
import gzip
import hashlib
import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "reader", "s3cret-pass"
BASIC = "Basic cmVhZGVyOnMzY3JldC1wYXNz"

OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"

TAGS = ["v1", "v2", "latest"]


def digest_of(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


MANIFEST = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": {
            "mediaType": "application/vnd.oci.image.config.v1+json",
            "digest": digest_of(b"{}"),
            "size": 2,
        },
        "layers": [],
    }
).encode()
LIST = json.dumps({"name": "f/x", "tags": TAGS}).encode()


class HangUp(Exception):
    """Close the connection, with a reset when asked."""


@dataclass
class Call:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    port: int
    nth: int = 0
    """Which request for this fault and kind it is, from 1."""
    writer: asyncio.StreamWriter = field(init=False, repr=False)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)

    @property
    def is_list(self) -> bool:
        return self.path.endswith("/tags/list")

    @property
    def authorization(self) -> str:
        return self.headers.get("authorization", "")


@dataclass
class Reply:
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    length: int | None = -1
    """-1: that of the body; None: no Content-Length."""


SENT = Reply()
"""What a responder returns that has written its answer itself."""

Responder = Callable[["FaultServer", Call], "Reply | Awaitable[Reply]"]


def good(call: Call, **changes: object) -> Reply:
    """What a registry without faults says."""
    if call.is_list:
        reply = Reply(headers=[("Content-Type", "application/json")], body=LIST)
    else:
        headers = [("Content-Type", OCI_MANIFEST), ("Docker-Content-Digest", digest_of(MANIFEST))]
        reply = Reply(headers=headers, body=MANIFEST)
    for name, value in changes.items():
        setattr(reply, name, value)
    return reply


def error(status: str, code: str, message: str = "no") -> Reply:
    body = json.dumps({"errors": [{"code": code, "message": message}]}).encode()
    return Reply(status, [("Content-Type", "application/json")], body)


def html(status: str = "200 OK") -> Reply:
    return Reply(status, [("Content-Type", "text/html")], b"<html><title>Log in</title></html>")


def challenge(*texts: str) -> Reply:
    reply = error("401 Unauthorized", "UNAUTHORIZED")
    reply.headers += [("WWW-Authenticate", text) for text in texts]
    return reply


class FaultServer:
    """Runs in a thread of its own between `__enter__` and `__exit__`."""

    def __init__(self, responders: dict[str, Responder]) -> None:
        self.responders = responders
        self.calls: list[Call] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self._loop = asyncio.new_event_loop()
        self._sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        self.port, self.other_port, self.stranger_port = (s.getsockname()[1] for s in self._sockets)
        self.host = f"127.0.0.1:{self.port}"
        self.other = f"http://127.0.0.1:{self.other_port}"
        self.stranger = f"http://localhost:{self.stranger_port}"
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> "FaultServer":
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        self._servers = [
            await asyncio.start_server(self._serve, sock=sock, limit=1 << 20) for sock in self._sockets
        ]

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def leaks(self) -> list[str]:
        """Every credential that reached a port it was not meant for."""
        return [
            f"{call.port} {call.target}: {call.authorization}"
            for call in self.calls
            if call.port != self.port and (call.authorization or "cookie" in call.headers)
        ]

    def calls_of(self, fault: str) -> list[Call]:
        return [call for call in self.calls if f"f/{fault}/" in call.target or f"f/{fault}:" in call.target]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            while await self._serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in head[1:] if line)}
        await reader.readexactly(int(headers.get("content-length", "0")))
        call = Call(method, target, headers, writer.get_extra_info("sockname")[1])
        self.calls.append(call)
        parts = call.path.split("/")
        name = parts[3] if len(parts) > 3 and parts[2] == "f" else parts[-1]
        kind = "token" if parts[1].startswith("token") else "list" if call.is_list else method
        self.counts[name, kind] += 1
        call.nth = self.counts[name, kind]
        responder = self.responders[parts[1] if parts[1].startswith("token") else name]
        try:
            reply = responder(self, call)
            if not isinstance(reply, Reply):
                call.writer = writer
                reply = await reply
        except HangUp as hang_up:
            await writer.drain()
            if "reset" in str(hang_up):
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False
        if reply is not SENT:
            writer.write(wire(reply, call.method))
        await writer.drain()
        return True


def wire(reply: Reply, method: str = "GET") -> bytes:
    lines = [f"HTTP/1.1 {reply.status}", *(f"{k}: {v}" for k, v in reply.headers)]
    length = len(reply.body) if reply.length == -1 else reply.length
    if length is not None:
        lines.append(f"Content-Length: {length}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return head if method == "HEAD" else head + reply.body


@contextlib.contextmanager
def serving(responders: dict[str, Responder]) -> Iterator[FaultServer]:
    with FaultServer(responders) as server:
        yield server


# --- who may read


def bearer(
    server: FaultServer, call: Call, *, path: str = "token", accept: str = "Bearer good"
) -> Reply | None:
    """None when the call carries the token, otherwise the challenge."""
    if call.authorization == accept:
        return None
    scope = f"repository:{'/'.join(call.path.split('/')[2:4])}:pull"
    realm = path if "://" in path else f"http://{server.host}/{path}"
    return challenge(f'Bearer realm="{realm}",service="fault",scope="{scope}"')


def bearer_with(path: str) -> Responder:
    return lambda server, call: bearer(server, call, path=path) or good(call)


def basic(call: Call) -> Reply | None:
    return None if call.authorization == BASIC else challenge('Basic realm="fault"')


def token(text: str, **more: object) -> Reply:
    return Reply(
        headers=[("Content-Type", "application/json")], body=json.dumps({"token": text, **more}).encode()
    )


def auth_two(server: FaultServer, call: Call) -> Reply:
    reply = bearer(server, call)
    if reply:
        reply.headers.insert(2, ("WWW-Authenticate", "Negotiate"))
    return reply or good(call)


def auth_loop(server: FaultServer, call: Call) -> Reply:
    reply = bearer(server, call, accept="nothing")
    assert reply
    reply.headers[-1] = ("WWW-Authenticate", reply.headers[-1][1] + ',error="insufficient_scope"')
    return reply


def auth_evil_realm(server: FaultServer, call: Call) -> Reply:
    return bearer(server, call, path=f"{server.stranger}/token") or good(call)


def auth_port_realm(server: FaultServer, call: Call) -> Reply:
    return bearer(server, call, path=f"{server.other}/token") or good(call)


def auth_expiry(server: FaultServer, call: Call) -> Reply:
    return bearer(server, call, path="token-expiry", accept="Bearer token-2") or good(call)


async def hang(server: FaultServer, call: Call) -> Reply:
    await asyncio.sleep(3600)
    return good(call)


# --- waiting and failing


def wait_once(header: str | None) -> Responder:
    def respond(server: FaultServer, call: Call) -> Reply:
        if call.nth > (2 if header is None else 1):
            return good(call)
        reply = error("429 Too Many Requests", "TOOMANYREQUESTS")
        if header == "date":
            moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
            reply.headers.append(("Retry-After", moment))
        elif header:
            reply.headers.append(("Retry-After", header))
        return reply

    return respond


def wait_for_ever(header: str) -> Responder:
    def respond(server: FaultServer, call: Call) -> Reply:
        reply = error("429 Too Many Requests", "TOOMANYREQUESTS")
        reply.headers.append(("Retry-After", header))
        return reply

    return respond


def once(failure: Callable[[], Reply]) -> Responder:
    return lambda server, call: failure() if call.nth == 1 else good(call)


def always(reply: Reply) -> Responder:
    return lambda server, call: reply


def hang_up() -> Reply:
    raise HangUp


async def reset_body(server: FaultServer, call: Call) -> Reply:
    if call.method == "HEAD":
        return good(call)
    call.writer.write(wire(good(call))[:-10])
    await call.writer.drain()
    raise HangUp("reset")


async def short_body(server: FaultServer, call: Call) -> Reply:
    if call.method == "HEAD":
        return good(call)
    call.writer.write(wire(good(call))[:-10])
    raise HangUp


async def drip(call: Call, data: bytes) -> None:
    for i in range(len(data)):
        call.writer.write(data[i : i + 1])
        await call.writer.drain()
        await asyncio.sleep(1)


async def slow_head(server: FaultServer, call: Call) -> Reply:
    await drip(call, wire(good(call), call.method))
    raise HangUp


async def slow_body(server: FaultServer, call: Call) -> Reply:
    if call.method == "HEAD":
        return good(call)
    data = wire(good(call))
    end = data.index(b"\r\n\r\n") + 4
    call.writer.write(data[:end])
    await drip(call, data[end:])
    raise HangUp


# --- bodies


def body(text: bytes, *, manifest_too: bool = False, **changes: object) -> Responder:
    """Serve `text` instead of the list, and instead of the manifest where asked."""

    def respond(server: FaultServer, call: Call) -> Reply:
        if call.is_list:
            return good(call, body=text, **changes)
        if not manifest_too:
            return good(call)
        headers = [("Content-Type", OCI_MANIFEST), ("Docker-Content-Digest", digest_of(text))]
        return good(call, body=text, headers=headers, **changes)

    return respond


def manifest(headers: list[tuple[str, str]], text: bytes = MANIFEST) -> Responder:
    """Serve these headers and this body for the manifest; the list is good."""
    return lambda server, call: good(call) if call.is_list else good(call, headers=headers, body=text)


async def endless_body(server: FaultServer, call: Call) -> Reply:
    headers = [*good(call).headers, ("Transfer-Encoding", "chunked")]
    if call.method == "HEAD":
        return good(call, headers=headers, length=None)
    call.writer.write(wire(Reply(headers=headers, length=None)))
    chunk = b"10000\r\n" + b"[" * 65536 + b"\r\n"
    for _ in range(1 << 18):
        call.writer.write(chunk)
        await call.writer.drain()
    raise HangUp


async def huge(server: FaultServer, call: Call) -> Reply:
    size = (200 if call.is_list else 20) << 20
    if call.method == "HEAD":
        return good(call, length=size)
    call.writer.write(wire(good(call, body=b"", length=size)))
    for _ in range(size >> 20):
        call.writer.write(b" " * (1 << 20))
        await call.writer.drain()
    raise HangUp


async def not_http(server: FaultServer, call: Call) -> Reply:
    call.writer.write(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
    raise HangUp


# --- pages


def page(call: Call, tags: list[str], link: str = "") -> Reply:
    reply = good(call, body=json.dumps({"name": "f/x", "tags": tags}).encode())
    if link:
        reply.headers.append(("Link", link))
    return reply


def last_of(call: Call) -> str:
    return call.query.get("last", [""])[0]


def page_ok(server: FaultServer, call: Call) -> Reply:
    if not call.is_list:
        return good(call)
    nexts = {"": (["v1"], "v1"), "v1": (["v2"], "v2"), "v2": (["latest"], "")}
    tags, then = nexts[last_of(call)]
    return page(call, tags, f'<{call.path}?n=1&last={then}>; rel="next"' if then else "")


def page_cycle(server: FaultServer, call: Call) -> Reply:
    if not call.is_list:
        return good(call)
    then = "b" if last_of(call) == "a" else "a"
    return page(call, ["v1"], f'<{call.path}?last={then}>; rel="next"')


def page_endless(server: FaultServer, call: Call) -> Reply:
    if not call.is_list:
        return good(call)
    number = int(last_of(call) or "0") + 1
    return page(call, [f"t{number}"], f'<{call.path}?last={number}>; rel="next"')


def linked(link: str, *, who: Callable[[FaultServer, Call], Reply | None] | None = None) -> Responder:
    """Serve one page whose `Link` is `link`, in which {path}, {stranger} and {other} are filled in."""

    def respond(server: FaultServer, call: Call) -> Reply:
        refusal = who(server, call) if who else None
        if refusal or not call.is_list:
            return refusal or good(call)
        target = link.format(path=call.path, stranger=server.stranger, other=server.other)
        return page(call, TAGS, target)

    return respond


# --- redirects


def redirected(target: str, who: Callable[[FaultServer, Call], Reply | None] | None = None) -> Responder:
    """Send to `target`; on the other listeners, answer."""

    def respond(server: FaultServer, call: Call) -> Reply:
        if call.port != server.port:
            return good(call)
        refusal = who(server, call) if who else None
        location = target.format(path=call.path, stranger=server.stranger, other=server.other)
        return refusal or Reply("307 Temporary Redirect", [("Location", location)])

    return respond


def by_basic(server: FaultServer, call: Call) -> Reply | None:
    return basic(call)


def head(reply: Reply) -> Responder:
    return lambda server, call: reply if call.method == "HEAD" else good(call)


def deleted_between(server: FaultServer, call: Call) -> Reply:
    return good(call) if call.is_list else error("404 Not Found", "MANIFEST_UNKNOWN")


_CT, _DIGEST = ("Content-Type", OCI_MANIFEST), ("Docker-Content-Digest", digest_of(MANIFEST))
_TAGS_DUP = b'{"name": "f/x", "tags": ["old"], "tags": ["v1", "v2", "latest"]}'
_BOMB = gzip.compress(b" " * (30 << 20))
_IDX_NOPLAT = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": OCI_INDEX,
        "manifests": [{"mediaType": OCI_MANIFEST, "digest": digest_of(MANIFEST), "size": len(MANIFEST)}],
    }
).encode()


def gzip_bomb(server: FaultServer, call: Call) -> Reply:
    return good(call, body=_BOMB, headers=[*good(call).headers, ("Content-Encoding", "gzip")])


def wrong_type(server: FaultServer, call: Call) -> Reply:
    return good(call) if call.is_list else good(call, headers=[("Content-Type", "text/plain"), _DIGEST])


def empty(server: FaultServer, call: Call) -> Reply:
    return good(call, body=b"")


def with_headers(more: list[tuple[str, str]]) -> Responder:
    return lambda server, call: good(call, headers=[*good(call).headers, *more])


RESPONDERS: dict[str, Responder] = {
    "token": lambda server, call: token("good"),
    "token-500": always(error("500 Internal Server Error", "UNKNOWN")),
    "token-html": always(html()),
    "token-empty": always(Reply(headers=[("Content-Type", "application/json")], body=b"{}")),
    "token-401": always(error("401 Unauthorized", "UNAUTHORIZED")),
    "token-hang": hang,
    "token-expiry": lambda server, call: token(f"token-{call.nth}", expires_in=300),
    "ok": lambda server, call: good(call),
    "auth-bearer": bearer_with("token"),
    "auth-basic": lambda server, call: basic(call) or good(call),
    "auth-two": auth_two,
    "auth-loop": auth_loop,
    "auth-noheader": always(error("401 Unauthorized", "UNAUTHORIZED")),
    "auth-garbage": always(challenge('Bearer realm="http://127.0.0.1/token,service=fault')),
    "auth-token500": bearer_with("token-500"),
    "auth-tokenhtml": bearer_with("token-html"),
    "auth-tokenempty": bearer_with("token-empty"),
    "auth-token401": bearer_with("token-401"),
    "auth-tokenhang": bearer_with("token-hang"),
    "auth-evilrealm": auth_evil_realm,
    "auth-portrealm": auth_port_realm,
    "auth-expiry": auth_expiry,
    "deny403": always(error("403 Forbidden", "DENIED")),
    "name404": always(error("404 Not Found", "NAME_UNKNOWN")),
    "man404": lambda server, call: good(call) if call.is_list else error("404 Not Found", "MANIFEST_UNKNOWN"),
    "html404": always(html("404 Not Found")),
    "429-ra1": wait_once("1"),
    "429-ra3600": wait_for_ever("3600"),
    "429-date": wait_once("date"),
    "429-none": wait_once(None),
    "500-once": once(lambda: error("500 Internal Server Error", "UNKNOWN")),
    "502-html": always(html("502 Bad Gateway")),
    "503-always": always(error("503 Service Unavailable", "UNAVAILABLE")),
    "close": lambda server, call: hang_up(),
    "close-once": once(hang_up),
    "reset-body": reset_body,
    "short-body": short_body,
    "trunc-json": body(LIST[:-5]),
    "slow-head": slow_head,
    "slow-body": slow_body,
    "blackhole": hang,
    "portal200": always(html()),
    "wrong-ct": wrong_type,
    "mt-disagree": manifest([("Content-Type", OCI_INDEX), _DIGEST]),
    "digest-lie": manifest([_CT, ("Docker-Content-Digest", digest_of(b"other"))]),
    "digest-none": manifest([_CT]),
    "digest-garbage": manifest([_CT, ("Docker-Content-Digest", "sha256:../../etc/passwd")]),
    "head405": head(error("405 Method Not Allowed", "UNSUPPORTED")),
    "head404": head(error("404 Not Found", "MANIFEST_UNKNOWN")),
    "page-ok": page_ok,
    "page-self": linked('<{path}>; rel="next"'),
    "page-cycle": page_cycle,
    "page-endless": page_endless,
    "page-evil": linked('<{stranger}{path}?last=v1>; rel="next"', who=by_basic),
    "page-evil-bearer": linked('<{stranger}{path}?last=v1>; rel="next"', who=bearer),
    "page-badlink": linked("{path}?last=v1; rel=next"),
    "page-nol": lambda server, call: good(call),
    "redir-evil": redirected("{stranger}{path}", by_basic),
    "redir-evil-bearer": redirected("{stranger}{path}", bearer),
    "redir-port": redirected("{other}{path}", bearer),
    "redir-loop": redirected("{path}"),
    "redir-file": redirected("file:///etc/passwd"),
    "huge-tags": body(json.dumps({"tags": [f"t{i}" for i in range(100_001)]}).encode()),
    "huge-manifest": huge,
    "endless-body": endless_body,
    "gzip-bomb": gzip_bomb,
    "non-utf8": body(b'{"name": "f/x", "tags": ["v1", "\xff\xfe"]}'),
    "bom": body(b"\xef\xbb\xbf" + LIST),
    "tags-null": body(b'{"name": "f/x", "tags": null}'),
    "tags-missing": body(b"{}"),
    "tags-type": body(json.dumps({"tags": ["v1", 1, None, "../../x", "\x1b[31m"]}).encode()),
    "tags-list": body(b'["v1"]'),
    "tags-dup": body(_TAGS_DUP),
    "tags-unsorted-dups": body(b'{"tags": ["v2", "latest", "v1", "v2", "v1"]}'),
    "name-other": body(b'{"name": "somebody/else", "tags": ["v1", "v2", "latest"]}'),
    "deleted-between": deleted_between,
    "schema1": manifest([("Content-Type", SCHEMA1), _DIGEST]),
    "idx-noplat": manifest(
        [("Content-Type", OCI_INDEX), ("Docker-Content-Digest", digest_of(_IDX_NOPLAT))], _IDX_NOPLAT
    ),
    "json-array": manifest([_CT, ("Docker-Content-Digest", digest_of(b"[]"))], b"[]"),
    "deep-json": body(b"[" * 100_000 + b"]" * 100_000, manifest_too=True),
    "big-header": with_headers([("X-Big", "a" * (2 << 20))]),
    "many-headers": with_headers([(f"X-{i}", "a") for i in range(20_000)]),
    "warning299": with_headers([("Warning", '299 - "This image is deprecated\x1b[31m"')] * 2),
    "ansi-error": always(error("404 Not Found", "NAME_UNKNOWN", "\x1b[31m\r\n::error::pwned")),
    "204": always(Reply("204 No Content", length=None)),
    "200-empty": empty,
    "not-http": not_http,
}
