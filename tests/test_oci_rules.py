"""The rules behind the table of faults, met by variations that are not in it."""

import asyncio
import base64
import json
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

import fault_server as faults
from fault_server import (
    MANIFEST,
    RESPONDERS,
    SENT,
    TAGS,
    Call,
    FaultServer,
    Reply,
    Responder,
    always,
    body,
    challenge,
    digest_of,
    error,
    good,
    head,
    linked,
    manifest,
    page,
    redirected,
    serving,
    token,
    wait_for_ever,
    wait_once,
    wire,
)
from imagedocs.registry.access import Access
from imagedocs.registry.contents import END_OF_LIFE, LIFECYCLE, read_end_of_life
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.transport import Limits
from imagedocs.registry.verdicts import Answer, TagList, Verdict, exit_status
from sampling import full

LIMITS = Limits(exchange=1, operation=3, page=3)
T = TypeVar("T")
CREATED = "org.opencontainers.image.created"
CT, DIGEST = ("Content-Type", faults.OCI_MANIFEST), ("Docker-Content-Digest", digest_of(MANIFEST))


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_AUTH_CONFIG", raising=False)
    return tmp_path / "config.json"


def write_auth(config: Path, host: str, **entry: str) -> None:
    auth = base64.b64encode(f"{faults.USER}:{faults.PASSWORD}".encode()).decode()
    config.write_text(json.dumps({"auths": {host: entry or {"auth": auth}}}), encoding="utf-8")


@pytest.fixture
def serve(docker_config: Path) -> Iterator[Callable[..., FaultServer]]:
    """Start a server of one responder, `f/it`, to which credentials are known."""
    running: list[FaultServer] = []

    def start(responder: Responder, **more: Responder) -> FaultServer:
        named = {name.replace("_", "-"): other for name, other in more.items()}
        server = FaultServer({**RESPONDERS, "it": responder, **named})
        running.append(server)
        server.__enter__()
        write_auth(docker_config, server.host)
        return server

    yield start
    for server in running:
        server.__exit__()


def ask(
    server: FaultServer,
    question: Callable[[OciRegistry], Awaitable[T]],
    limits: Limits = LIMITS,
    **more: frozenset[str],
) -> T:
    async def run() -> T:
        async with OciRegistry(server.host, Access(limits, frozenset({server.host}), **more)) as registry:
            return await question(registry)

    return asyncio.run(run())


def check(registry: OciRegistry) -> Awaitable[Answer]:
    return registry.check("f/it", "v1")


def list_it(registry: OciRegistry) -> Awaitable[TagList]:
    return registry.list_tags("f/it")


def absent(code: str, status: str = "404 Not Found") -> Responder:
    return always(error(status, code))


def own_404_elsewhere(server: FaultServer, call: Call) -> Reply:
    if call.port != server.port:
        return error("404 Not Found", "MANIFEST_UNKNOWN")
    return Reply("307 Temporary Redirect", [("Location", server.stranger + call.path)])


def elsewhere_401(server: FaultServer, call: Call) -> Reply:
    if call.port != server.port:
        return challenge(f'Bearer realm="{server.stranger}/token"', 'Basic realm="x"')
    return Reply("307 Temporary Redirect", [("Location", server.stranger + call.path)])


def many_hops(server: FaultServer, call: Call) -> Reply:
    number = int(call.query.get("hop", ["0"])[0])
    return Reply("302 Found", [("Location", f"{call.path}?hop={number + 1}")])


def there_and_back(server: FaultServer, call: Call) -> Reply:
    """A detour over a stranger that leads back: what comes back has lost the credentials."""
    if call.port != server.port:
        return Reply("307 Temporary Redirect", [("Location", f"http://{server.host}{call.path}?back=1")])
    if call.authorization and not call.query:
        return Reply("307 Temporary Redirect", [("Location", server.stranger + call.path)])
    return faults.basic(call) or good(call)


@pytest.mark.parametrize(
    ("responder", "verdict"),
    [
        pytest.param(absent("MANIFEST_UNKNOWN"), "missing", id="a 404 with the registry's code"),
        pytest.param(absent("NOT_FOUND"), "missing", id="a 404 with Harbor's code"),
        pytest.param(absent("TAG_EXPIRED"), "missing", id="a 404 with Quay's code"),
        pytest.param(absent("DENIED"), "unknown", id="a 404 that denies"),
        pytest.param(absent("UNAUTHORIZED"), "unknown", id="a 404 that wants credentials"),
        pytest.param(absent("BLOB_UNKNOWN"), "unknown", id="a 404 about something else"),
        pytest.param(absent("MANIFEST_UNKNOWN", "410 Gone"), "unknown", id="a 410"),
        pytest.param(absent("MANIFEST_UNKNOWN", "400 Bad Request"), "unknown", id="the code with a 400"),
        pytest.param(absent("MANIFEST_UNKNOWN", "403 Forbidden"), "unknown", id="the code with a 403"),
        pytest.param(absent("MANIFEST_UNKNOWN", "500 Internal Server Error"), "unknown", id="the code with a 500"),
        pytest.param(
            always(Reply("404 Not Found", body=b'{"errors":[{"code":"MANIFEST_UNKNOWN"},{"code":"DENIED"}]}')),
            "unknown",
            id="two codes of which one denies",
        ),
        pytest.param(always(Reply("404 Not Found", body=b'{"errors":[]}')), "unknown", id="a 404 of no error"),
        pytest.param(always(Reply("404 Not Found", body=b'{"errors":["MANIFEST_UNKNOWN"]}')), "unknown", id="a code alone"),
        pytest.param(always(Reply("404 Not Found", body=b'{"message":"Not Found"}')), "unknown", id="a 404 in JSON"),
        pytest.param(always(Reply("404 Not Found", body=b"[" * 60_000)), "unknown", id="a 404 nested deeply"),
        pytest.param(own_404_elsewhere, "unknown", id="a 404 of another host"),
        pytest.param(elsewhere_401, "unknown", id="a 401 of another host"),
        pytest.param(many_hops, "unknown", id="redirects without end"),
        pytest.param(there_and_back, "unknown", id="a detour over another host loses the credentials"),
        pytest.param(always(Reply("307 Temporary Redirect")), "unknown", id="a redirect to nowhere"),
        pytest.param(redirected("http://user:pass@localhost/x"), "unknown", id="a redirect with a password"),
        pytest.param(redirected("//\\evil.example/x"), "unknown", id="a redirect with a backslash"),
        pytest.param(redirected("http://[::1"), "unknown", id="a redirect to half an address"),
        pytest.param(redirected("http://169.254.169.254/latest/meta-data"), "unknown", id="a redirect to metadata"),
        pytest.param(redirected("http://2130706433/x"), "unknown", id="a redirect to a number"),
        pytest.param(redirected("gopher://localhost/x"), "unknown", id="a redirect to gopher"),
        pytest.param(manifest([DIGEST]), "unknown", id="no Content-Type"),
        pytest.param(manifest([CT, ("Content-Type", "text/html"), DIGEST]), "unknown", id="two Content-Types"),
        pytest.param(manifest([("Content-Type", "application/json"), DIGEST]), "unknown", id="any JSON"),
        pytest.param(
            manifest([("Content-Type", f"{faults.OCI_MANIFEST}; charset=utf-8"), DIGEST]), "exists", id="a charset"
        ),
        pytest.param(
            manifest([CT, DIGEST, ("Docker-Content-Digest", digest_of(b"x"))]), "unknown", id="two digests"
        ),
        pytest.param(manifest([CT, ("Docker-Content-Digest", "md5:" + "a" * 32)]), "unknown", id="a digest by MD5"),
        pytest.param(manifest([CT, DIGEST], b""), "unknown", id="a digest and no content"),
        pytest.param(head(good_head := Reply(headers=[CT, DIGEST], length=None)), "exists", id="HEAD without a length"),
        pytest.param(
            lambda server, call: good_head if call.method == "HEAD" else Reply(headers=[CT]),
            "unknown",
            id="HEAD without a length, GET without content",
        ),
        pytest.param(
            lambda server, call: Reply("405 Method Not Allowed")
            if call.method == "HEAD"
            else Reply(headers=[CT], body=b"[]"),
            "unknown",
            id="no HEAD, and GET brings no manifest",
        ),
        pytest.param(
            lambda server, call: Reply("405 Method Not Allowed")
            if call.method == "HEAD"
            else Reply(headers=[CT, ("Docker-Content-Digest", digest_of(b"x"))], body=MANIFEST),
            "unknown",
            id="no HEAD, and GET brings another digest",
        ),
        pytest.param(always(Reply("206 Partial Content", [CT, DIGEST], MANIFEST)), "unknown", id="a part"),
        pytest.param(always(Reply("304 Not Modified", [CT, DIGEST], length=None)), "unknown", id="a 304"),
        pytest.param(wait_for_ever("9" * 5000), "unknown", id="Retry-After with 5,000 digits"),
        pytest.param(wait_for_ever("Fri, 31 Dec 9999 23:59:59 GMT"), "unknown", id="Retry-After in 7,000 years"),
        pytest.param(wait_once("soon"), "exists", id="Retry-After that says nothing"),
        pytest.param(wait_once("-5"), "exists", id="Retry-After in the past"),
        pytest.param(always(challenge("Negotiate")), "unknown", id="a scheme that we do not know"),
        pytest.param(always(challenge('Bearer realm="file:///etc/passwd"')), "unknown", id="a realm that is a file"),
        pytest.param(always(challenge('Bearer realm="http://u:p@localhost/"')), "unknown", id="a realm with a password"),
        pytest.param(always(challenge('Bearer realm=""')), "unknown", id="a realm that is empty"),
        pytest.param(always(challenge("Bearer " + "a=b," * 1500)), "unknown", id="a challenge of 6,000 characters"),
    ],
)  # fmt: skip
def test_check(serve: Callable[..., FaultServer], responder: Responder, verdict: str) -> None:
    server = serve(responder)
    answer = ask(server, check)
    assert answer.verdict == verdict, answer.reason
    assert server.leaks == []
    assert answer.reason.isprintable()
    assert faults.PASSWORD not in answer.reason


_OTHER = '<{path}x/tags/list?last=v1>; rel="next"'


@pytest.mark.parametrize(
    ("responder", "completeness"),
    [
        pytest.param(linked('<{path}?last=v2>; rel="prev"'), "whole", id="a link to the page before"),
        pytest.param(linked(_OTHER), "partial", id="the next page is of another repository"),
        pytest.param(linked('<{other}{path}?last=v1>; rel="next"'), "partial", id="the next page on another port"),
        pytest.param(linked('<//localhost/v2/f/it/tags/list>; rel="next"'), "partial", id="another host, no scheme"),
        pytest.param(linked('<{path}?last=v1>; rel="next'), "partial", id="a quotation that does not end"),
        pytest.param(linked("<{path}?last=v1>"), "partial", id="a link that does not say to what"),
        pytest.param(linked('<{path}?a>; rel="next", <{path}?b>; rel="next"'), "partial", id="two next pages"),
        pytest.param(linked('<file:///etc/passwd>; rel="next"'), "partial", id="the next page is a file"),
        pytest.param(linked('<http://[::1>; rel="next"'), "partial", id="half an address"),
        pytest.param(body(b'{"tags": "v1"}'), "unknown", id="tags that are one string"),
        pytest.param(body(b'{"tags": {"v1": 1}}'), "unknown", id="tags that are an object"),
        pytest.param(body(b'{"tags": [' + b"9" * 5000 + b"]}"), "unknown", id="a number of 5,000 digits"),
        pytest.param(body(b'{"tags": ["v1"]} {"tags": []}'), "unknown", id="two documents"),
        pytest.param(body(b'{"tags": ["v1\\n"]}'), "partial", id="a tag with a line end"),
        pytest.param(body(b'{"tags": ["v1", "\\ud800"]}'), "partial", id="half a character"),
        pytest.param(body(b'{"tags": [["v1"]]}'), "partial", id="a list in the list"),
        pytest.param(body(b'{"tags": []}'), "whole", id="no tags"),
        pytest.param(absent("NAME_UNKNOWN"), "missing", id="no such repository"),
        pytest.param(absent("DENIED"), "unknown", id="a 404 that denies"),
    ],
)  # fmt: skip
def test_list(serve: Callable[..., FaultServer], responder: Responder, completeness: str) -> None:
    server = serve(responder)
    listed = ask(server, list_it)
    assert listed.completeness == completeness, listed.reason
    assert server.leaks == []
    assert listed.reason.isprintable()
    assert len(server.calls) <= 3
    assert all(tag in TAGS for tag in listed.tags)


def test_a_list_that_breaks_off_behind_its_first_page_is_partial(serve: Callable[..., FaultServer]) -> None:
    def respond(server: FaultServer, call: Call) -> Reply:
        if call.query:
            return error("404 Not Found", "NAME_UNKNOWN")
        return page(call, ["v1"], f'<{call.path}?last=v1>; rel="next"')

    listed = ask(serve(respond), list_it)
    assert (listed.completeness, list(listed.tags)) == ("partial", ["v1"])


def test_all_pages_together_have_one_cap(serve: Callable[..., FaultServer]) -> None:
    def respond(server: FaultServer, call: Call) -> Reply:
        number = int(call.query.get("last", ["0"])[0])
        tags = [f"{number}-{entry:0100}" for entry in range(90)]
        return page(call, tags, f'<{call.path}?last={number + 1}>; rel="next"')

    server = serve(respond)
    listed = ask(server, list_it, Limits(exchange=1, operation=5, list_bytes=100_000))
    assert listed.completeness == "partial"
    assert len(server.calls) <= 12


def test_a_long_wait_pauses_the_whole_host(serve: Callable[..., FaultServer]) -> None:
    server = serve(wait_for_ever("3600"))

    async def both(registry: OciRegistry) -> list[Answer]:
        return [await registry.check("f/it", "v1"), await registry.check("f/ok", "v1")]

    answers = ask(server, both)
    assert [answer.verdict for answer in answers] == [Verdict.UNKNOWN, Verdict.UNKNOWN]
    reason = f"{server.host} asked to wait 3600 s (status 429), and --patience allows 300 s for all waits"
    assert [answer.reason for answer in answers] == [reason, reason]
    assert len(server.calls) == 1


def test_a_short_wait_holds_everybody_back(serve: Callable[..., FaultServer]) -> None:
    server = serve(wait_once("1"))

    async def many(registry: OciRegistry) -> list[Answer]:
        first = asyncio.create_task(registry.check("f/it", "v1"))
        await asyncio.sleep(0.3)
        others = [registry.check("f/ok", "v1") for _ in range(20)]
        return [await first, *await asyncio.gather(*others)]

    started = time.monotonic()
    answers = ask(server, many)
    assert {answer.verdict for answer in answers} == {Verdict.EXISTS}
    assert time.monotonic() - started >= 1, "the wait that was asked for"
    assert len(server.calls) == 22


def test_a_registry_that_never_answers_is_given_up(serve: Callable[..., FaultServer]) -> None:
    server = serve(faults.hang)
    limits = Limits(exchange=0.2, operation=0.5, silent_failures=20)

    async def many(registry: OciRegistry) -> list[Answer]:
        return await asyncio.gather(*(registry.check("f/it", f"v{number}") for number in range(200)))

    answers = ask(server, many, limits)
    assert {answer.verdict for answer in answers} == {Verdict.UNKNOWN}
    assert answers[-1].reason.startswith("gave up after ")


@pytest.mark.parametrize("pause", [0, 0.01])
def test_what_follows_an_answer_to_head_is_not_taken_for_the_next_answer(
    serve: Callable[..., FaultServer], pause: float
) -> None:
    async def two_answers(server: FaultServer, call: Call) -> Reply:
        answer = wire(good(call), call.method)
        call.writer.write(answer if pause else answer * 2)
        if pause:
            call.writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await asyncio.sleep(pause)
            call.writer.write(answer)
        return SENT

    server = serve(two_answers)

    async def in_turn(registry: OciRegistry) -> list[Answer]:
        answers: list[Answer] = []
        for name in ("it", "man404") * 3:
            answers.append(await registry.check(f"f/{name}", "v1"))
            await asyncio.sleep(pause * 10)
        return answers

    answers = ask(server, in_turn)
    assert {answer.verdict for answer in answers[1::2]} == {Verdict.MISSING}


def test_a_body_behind_the_answer_to_head_spoils_nothing(serve: Callable[..., FaultServer]) -> None:
    async def with_body(server: FaultServer, call: Call) -> Reply:
        call.writer.write(wire(good(call)))
        return SENT

    server = serve(with_body)

    async def in_turn(registry: OciRegistry) -> list[Answer]:
        return [await registry.check(f"f/{name}", "v1") for _ in range(5) for name in ("it", "ok", "man404")]

    answers = ask(server, in_turn)
    assert {answer.verdict for answer in answers[2::3]} == {Verdict.MISSING}
    assert {answer.verdict for answer in (*answers[0::3], *answers[1::3])} == {Verdict.EXISTS}


def test_a_digest_is_held_to_its_word(serve: Callable[..., FaultServer]) -> None:
    server = serve(manifest([CT, ("Docker-Content-Digest", digest_of(b"other"))]))
    content = ask(server, lambda registry: registry.get("f/it", "v1"))
    assert content.answer.verdict == Verdict.UNKNOWN
    assert content.answer.reason == "the content is not that of its digest"
    asked = digest_of(b"asked for")
    server = serve(manifest([CT]))
    content = ask(server, lambda registry: registry.get("f/it", asked))
    assert content.answer.reason == "the content is not that of its digest"


def test_an_identity_token_is_exchanged_and_never_shown(
    serve: Callable[..., FaultServer], docker_config: Path
) -> None:
    server = serve(faults.bearer_with("token"))
    write_auth(docker_config, server.host, identitytoken="refresh-me")
    assert ask(server, check).verdict == Verdict.EXISTS
    exchange = next(call for call in server.calls if call.path == "/token")
    assert (exchange.method, exchange.authorization) == ("POST", "")
    assert exchange.headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_token_service_that_redirects_a_secret_gets_no_second_one(
    serve: Callable[..., FaultServer], docker_config: Path
) -> None:
    server = serve(
        faults.bearer_with("token-away"),
        token_away=lambda server, call: Reply(
            "307 Temporary Redirect", [("Location", f"{server.stranger}/token")]
        ),
    )
    write_auth(docker_config, server.host, identitytoken="refresh-me")
    answer = ask(server, check)
    assert (answer.verdict, answer.reason) == (
        Verdict.UNKNOWN,
        "a request that carries a secret is redirected",
    )
    assert [call for call in server.calls if call.port != server.port] == []
    write_auth(docker_config, server.host)
    ask(server, check)
    assert server.leaks == []


@pytest.mark.parametrize(
    "document",
    [
        b'{"token": "a b"}',
        b'{"token": "a\\r\\nX: y"}',
        b'{"token": 5}',
        b'{"token": ""}',
        b"[]",
        b'{"token": "\\u00e9"}',
    ],
)
def test_a_token_that_is_none(serve: Callable[..., FaultServer], document: bytes) -> None:
    server = serve(faults.bearer_with("token-bad"), token_bad=always(Reply(body=document)))
    answer = ask(server, check)
    assert answer.verdict == Verdict.UNKNOWN
    assert answer.reason.startswith("the token service")


def test_a_refused_batch_of_scopes_is_followed_by_a_single_one(
    serve: Callable[..., FaultServer], docker_config: Path
) -> None:
    def picky(server: FaultServer, call: Call) -> Reply:
        scopes = call.query["scope"]
        return token("good") if len(scopes) == 1 else error("400 Bad Request", "UNSUPPORTED")

    server = serve(faults.bearer_with("token-picky"), token_picky=picky)
    docker_config.unlink()

    async def expecting(registry: OciRegistry) -> Answer:
        registry.expect(["f/it", "f/other"])
        return await registry.check("f/it", "v1")

    assert ask(server, expecting).verdict == Verdict.EXISTS
    assert [len(call.query["scope"]) for call in server.calls if call.path == "/token-picky"] == [2, 1]


def test_no_more_than_pull_is_asked_for(serve: Callable[..., FaultServer]) -> None:
    def greedy(server: FaultServer, call: Call) -> Reply:
        if call.authorization == "Bearer good":
            return good(call)
        scope = "repository:somebody/else:push,delete"
        return challenge(f'Bearer realm="http://{server.host}/token",service="s",scope="{scope}"')

    server = serve(greedy)
    assert ask(server, check).verdict == Verdict.EXISTS
    asked = [call.query["scope"] for call in server.calls if call.path == "/token"]
    assert asked == [["repository:f/it:pull"]]


def test_the_proxy_of_the_environment_is_used_and_its_password_kept(
    serve: Callable[..., FaultServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(faults.bearer_with("token"))
    monkeypatch.setenv("http_proxy", f"http://me:pr0xy-pass@{proxy.host}")
    host = "registry.example"

    async def run() -> list[Answer]:
        async with OciRegistry(host, Access(LIMITS, frozenset({host}))) as registry:
            return [await registry.check(f"f/{name}", "v1") for name in ("ok", "close")]

    answers = asyncio.run(run())
    assert [answer.verdict for answer in answers] == [Verdict.EXISTS, Verdict.UNKNOWN]
    assert proxy.calls[0].target == f"http://{host}/v2/f/ok/manifests/v1"
    assert proxy.calls[0].headers["proxy-authorization"] == "Basic bWU6cHIweHktcGFzcw=="
    assert "pr0xy" not in answers[1].reason
    monkeypatch.setenv("no_proxy", "example")
    assert asyncio.run(run())[0].reason == f"the name of {host} cannot be resolved"


def test_netrc_is_never_read(
    serve: Callable[..., FaultServer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, docker_config: Path
) -> None:
    server = serve(lambda server, call: faults.basic(call) or good(call))
    docker_config.unlink()
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login {faults.USER} password {faults.PASSWORD}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert ask(server, check).verdict == Verdict.UNKNOWN
    assert [call.authorization for call in server.calls] == [""]


@pytest.mark.parametrize(
    ("referrers", "expected"),
    [
        pytest.param([], None, id="nothing is attached"),
        pytest.param([{"artifactType": "application/spdx+json"}], None, id="something else is attached"),
        pytest.param([{"annotations": {END_OF_LIFE: "2026-01-31"}}], date(2026, 1, 31), id="a day"),
        pytest.param(
            [{"annotations": {END_OF_LIFE: "2026-01-31T00:00:00Z"}}], date(2026, 1, 31), id="a moment"
        ),
        pytest.param([{"annotations": {END_OF_LIFE: "soon\x1b"}}], None, id="no day"),
        pytest.param(
            [
                {"annotations": {END_OF_LIFE: "2027-01-31", CREATED: "2026-02-01T00:00:00Z"}},
                {"annotations": {END_OF_LIFE: "2026-06-30", CREATED: "2026-03-01T00:00:00Z"}},
            ],
            date(2026, 6, 30),
            id="the one attached last",
        ),
    ],
)
def test_end_of_life_by_the_referrers_api(
    serve: Callable[..., FaultServer], referrers: list[dict[str, object]], expected: date | None
) -> None:
    def respond(server: FaultServer, call: Call) -> Reply:
        usual = {
            "mediaType": faults.OCI_MANIFEST,
            "digest": digest_of(b"x"),
            "size": 1,
            "artifactType": LIFECYCLE,
        }
        document = {"schemaVersion": 2, "manifests": [{**usual, **entry} for entry in referrers]}
        return Reply(headers=[("Content-Type", faults.OCI_INDEX)], body=json.dumps(document).encode())

    server = serve(respond)
    assert ask(server, lambda registry: read_end_of_life(registry, "f/it", digest_of(MANIFEST))) == expected
    assert [call.path for call in server.calls] == [f"/v2/f/it/referrers/{digest_of(MANIFEST)}"]


@pytest.mark.parametrize(
    "responder", [always(faults.html()), always(error("403 Forbidden", "DENIED")), faults.hang]
)
def test_what_is_not_said_about_referrers_is_unknown(
    serve: Callable[..., FaultServer], responder: Responder
) -> None:
    server = serve(responder)
    verdict, found = ask(server, lambda registry: registry.list_referrers("f/it", digest_of(MANIFEST)))
    assert (verdict, found) == (Verdict.UNKNOWN, ())


@full  # a list may take a minute to begin
def test_with_the_usual_limits_nothing_hangs(docker_config: Path) -> None:
    hanging = ("auth-tokenhang", "slow-head", "slow-body", "blackhole", "endless-body")
    with serving(RESPONDERS) as server:
        write_auth(docker_config, server.host)

        async def all_at_once() -> list[Answer | TagList]:
            access = Access(plain_http=frozenset({server.host}))
            async with OciRegistry(server.host, access) as registry:
                checks = [registry.check(f"f/{name}", "v1") for name in hanging]
                lists = [registry.list_tags(f"f/{name}") for name in hanging]
                return await asyncio.gather(*checks, *lists)

        answers = asyncio.run(asyncio.wait_for(all_at_once(), 300))
        assert len(answers) == 2 * len(hanging)


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ((), 0),
        ((Verdict.EXISTS,), 0),
        ((Verdict.EXISTS, Verdict.UNKNOWN), 3),
        ((Verdict.UNKNOWN, Verdict.MISSING), 1),
    ],
)
def test_exit_status(verdicts: tuple[Verdict, ...], status: int) -> None:
    assert exit_status(verdicts) == status
