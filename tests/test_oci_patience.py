"""Registries that take their time: lists of many pages, lists that begin late, and waits that a registry asks for."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import run_imagedocs
from fault_server import Call, FaultServer, Reply, Responder, error, good, page, serving, wait_for_ever
from imagedocs.registry.access import Access, HostAccess
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.transport import Limits
from imagedocs.registry.verdicts import Answer, TagList

LIMITS = Limits(exchange=0.4, operation=0.6, page=1.5, patience=10)


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_AUTH_CONFIG", raising=False)


def pages(count: int, pause: float) -> Responder:
    """Serve so many pages of ten tags, each after a pause."""

    async def respond(server: FaultServer, call: Call) -> Reply:
        await asyncio.sleep(pause)
        number = int(call.query.get("last", ["0"])[0])
        tags = [f"t{number}-{each}" for each in range(10)]
        link = f'<{call.path}?last={number + 1}>; rel="next"'
        return page(call, tags, link if number + 1 < count else "")

    return respond


def few_at_a_time(count: int) -> Responder:
    """Answer `count` requests in each second, and ask whoever asks more often to wait for one."""
    begun, asked = time.monotonic(), 0

    def respond(server: FaultServer, call: Call) -> Reply:
        nonlocal begun, asked
        if time.monotonic() - begun > 1:
            begun, asked = time.monotonic(), 0
        asked += 1
        if asked <= count:
            return good(call)
        reply = error("429 Too Many Requests", "TOOMANYREQUESTS")
        reply.headers.append(("Retry-After", "1"))
        return reply

    return respond


def listed(responder: Responder, limits: Limits = LIMITS) -> TagList:
    async def ask(server: FaultServer) -> TagList:
        async with OciRegistry(server.host, Access(limits, frozenset({server.host}))) as registry:
            return await registry.list_tags("f/it")

    with serving({"it": responder}) as server:
        return asyncio.run(ask(server))


def checked(responder: Responder, count: int, **more: object) -> tuple[list[Answer], list[str]]:
    """Return the answers about so many tags, and what was told meanwhile."""
    told: list[str] = []

    async def ask(server: FaultServer) -> list[Answer]:
        access = Access(LIMITS, frozenset({server.host}), tell=told.append, **more)  # type: ignore[arg-type] # table of keywords
        async with OciRegistry(server.host, access) as registry:
            return await asyncio.gather(*(registry.check("f/it", f"v{number}") for number in range(count)))

    with serving({"it": responder}) as server:
        return asyncio.run(ask(server)), [each.replace(server.host, "HOST") for each in told]


def test_a_list_that_moves_is_read_to_its_end() -> None:
    found = listed(pages(12, 0.1))  # longer than a question may take
    assert (found.completeness, found.reason, len(found.tags)) == ("whole", "", 120)


def test_a_list_that_begins_late_is_waited_for() -> None:
    assert listed(pages(1, 1.0)).completeness == "whole"
    late = listed(pages(1, 3.0))
    assert (late.completeness, late.reason) == ("unknown", "no answer within 2 s")


def test_the_patience_ends_a_list_that_does_not_end() -> None:
    found = listed(pages(100, 0.1), Limits(exchange=0.4, operation=0.6, page=1.5, patience=1))
    assert (found.completeness, found.reason) == ("partial", "no end of the list within 1 s")
    assert 40 < len(found.tags) < 110


def test_everything_is_answered_by_a_registry_that_asks_to_wait() -> None:
    answers, told = checked(few_at_a_time(30), 70)
    assert [answer.verdict for answer in answers] == ["exists"] * 70
    assert told == ["waiting: HOST asked to wait 1 s (status 429)"] * 2


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"patience": 1}, id="by the person who asks"),
        pytest.param({"hosts": {"HOST": HostAccess(patience=1)}}, id="by the catalog"),
    ],
)
def test_the_patience_bounds_all_waits_together(more: dict[str, object]) -> None:
    started = time.monotonic()
    with serving({"it": wait_for_ever("1")}) as server:
        hosts = more.get("hosts")
        given = {"hosts": {server.host: HostAccess(patience=1)}} if hosts else more

        async def ask() -> list[Answer]:
            access = Access(LIMITS, frozenset({server.host}), **given)  # type: ignore[arg-type] # table of keywords
            async with OciRegistry(server.host, access) as registry:
                return await asyncio.gather(*(registry.check("f/it", f"v{number}") for number in range(40)))

        answers = asyncio.run(ask())
        asked = len(server.calls)
    assert {answer.verdict for answer in answers} == {"unknown"}
    assert answers[0].reason.endswith(
        "asked to wait 1 s (status 429), and --patience allows 1 s for all waits"
    )
    assert time.monotonic() - started < 4
    assert asked <= 40


@pytest.fixture
def slow() -> Iterator[FaultServer]:
    with serving({"it": pages(3, 0.01), "busy": wait_for_ever("2")}) as server:
        yield server


def test_the_flag_is_for_every_command_that_asks(slow: FaultServer, tmp_path: Path) -> None:
    reach = ("--plain-http", slow.host, "--patience")
    done = run_imagedocs(tmp_path, "tags", *reach, "20m", f"{slow.host}/f/it")
    assert (done.returncode, len(done.stdout.split())) == (0, 30)
    done = run_imagedocs(tmp_path, "verify", *reach, "3s", f"{slow.host}/f/busy:v1")
    assert (done.returncode, done.stderr) == (3, f"waiting: {slow.host} asked to wait 2 s (status 429)\n")
    assert "and --patience allows 3 s for all waits" in done.stdout
    wrong = run_imagedocs(tmp_path, "verify", *reach, "20", f"{slow.host}/f/it:v1")
    assert (wrong.returncode, '"20" is not a time such as 90s, 20m or 1h' in wrong.stderr) == (2, True)
