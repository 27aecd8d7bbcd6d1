"""Asking sites that do harm or odd things: certificates, names that lead elsewhere, cookies, packed and slow bodies."""

import asyncio
import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from imagedocs.external.addresses import without_user
from imagedocs.external.anchors import look_for
from imagedocs.external.answers import Answer, Answers, Verdict, read_answers, write_answers
from imagedocs.external.asking import ask_links
from imagedocs.external.fetching import Fetcher, Limits
from imagedocs.external.judging import judge_links
from imagedocs.markdown.document import Link
from imagedocs.problems import CannotRun, Position
from loopback import LoopbackHandler, served

TODAY = date(2026, 3, 10)
LIMITS = Limits(exchange=1.5, question=6, wait=1, backoff=0.01, pace=0, body=100_000)
TRUSTED = frozenset({"127.0.0.1", "localhost"})
BOMB = gzip.compress(b"<h1>" + b"\0" * 20_000_000, 1)
CERTIFICATES = Path(__file__).parent / "certificates"


@dataclass
class Site:
    base: str = ""
    seen: list[str] = field(default_factory=list)


class Handler(LoopbackHandler):
    site: Site

    def answer(self) -> None:
        path = urlsplit(self.path).path
        self.site.seen.append(f"{self.command} {path}")
        headers: dict[str, str] = {}
        status, body = 200, b"<h1 id=here>x</h1>"
        match path.split("/")[1]:
            case "cookie" if "seen=1" not in self.headers.get("Cookie", ""):
                status, body = 302, b""
                headers = {"Set-Cookie": "seen=1", "Location": "/cookie"}
            case "bomb":
                assert "gzip" not in self.headers.get("Accept-Encoding", "")
                body = BOMB
                headers = {"Content-Encoding": "gzip"}
            case "drip":
                self.drip()
                return
            case "silent":
                time.sleep(1.8)  # longer than LIMITS wait for an answer
                self.close_connection = True
                return
            case "start":
                status, body, headers = 301, b"", {"Location": "/"}
            case "user":
                status, body, headers = 301, b"", {"Location": self.site.base.replace("//", "//me:secret@")}
            case "header":
                headers = {"X-Long": "x" * 200_000}
            case "caf%C3%A9":
                body = '<h1 id="menü">x</h1>'.encode()
            case _:
                pass
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            with suppress(ConnectionError):  # what is too long is not read to its end
                self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(20 if self.command == "GET" else 0):
                self.connection.send(b"x")
                time.sleep(0.1)  # each byte in time, the whole not: 20 of them take longer than LIMITS allow
        except OSError:
            pass


def serve(certificate: Path | None = None) -> Iterator[Site]:
    site = Site()
    with served(type("Bound", (Handler,), {"site": site}), certificate) as site.base:
        yield site


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serve()


@pytest.fixture
def secure_site(request: pytest.FixtureRequest) -> Iterator[Site]:
    yield from serve(CERTIFICATES / request.param)


def ask(*targets: str, answers: Answers | None = None) -> Answers:
    links = [Link(Position("docs/a.md", n, 1), target) for n, target in enumerate(targets, 1)]
    known = {} if answers is None else answers
    return ask_links(links, known, today=TODAY, limits=LIMITS, trusted_hosts=TRUSTED)


@pytest.mark.parametrize(
    ("secure_site", "verdict", "reason"),
    [
        ("self-signed.pem", Verdict.DEAD, "its certificate is not valid (self-signed certificate)"),
        (
            "without-issuer.pem",
            Verdict.BLOCKED,
            "its certificate could not be traced to an authority (unable to get local issuer certificate)",
        ),
    ],
    indirect=["secure_site"],
)
def test_certificates(secure_site: Site, verdict: Verdict, reason: str) -> None:
    (answer,) = ask(f"{secure_site.base}/").values()
    assert (answer.verdict, answer.reason.replace("self signed", "self-signed")) == (verdict, reason)
    assert secure_site.seen == []


@pytest.mark.parametrize(
    ("path", "verdict", "reason"),
    [
        ("/cookie", Verdict.BLOCKED, "its redirects do not end"),
        ("/drip#x", Verdict.SILENT, "no answer within 1.5 s"),
        ("/user", Verdict.BLOCKED, "status 301 without a place to go to"),
        ("/bomb#x", Verdict.OK, "status 200"),
        ("/header", Verdict.SILENT, "the connection failed"),
    ],
)
def test_odd_answers(site: Site, path: str, verdict: Verdict, reason: str) -> None:
    (answer,) = ask(site.base + path).values()
    assert (answer.verdict, answer.reason, dict(answer.fragments)) == (verdict, reason, {})
    assert "secret" not in write_answers({"x": answer})


def test_addresses_with_letters_of_all_scripts_are_recorded(site: Site) -> None:
    address = f"{site.base}/café"
    answers = ask(f"{address}#menü")
    assert answers[address].fragments == {"menü": True}
    assert read_answers("x.json", write_answers(answers).encode()) == (answers, ())


def test_hosts_of_all_scripts_are_looked_up_in_their_other_form(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(CannotRun):
        ask("https://bücher.example/x")
    assert set(asked) == {"xn--bcher-kva.example"}


def test_a_name_that_leads_to_a_private_address_at_the_second_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.base.rpartition(":")[2])
    turns = iter([["192.0.2.1", "127.0.0.1"], ["127.0.0.1"], ["192.0.2.1", "::1"]])

    async def resolve(_self: object, host: str, _port: int = 0, _family: int = 0) -> list[dict[str, object]]:
        family = socket.AF_INET
        return [
            {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": 0}
            for address in next(turns)
        ]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)

    async def thrice() -> list[Verdict]:
        async with Fetcher(LIMITS, frozenset()) as fetcher:
            return [
                (await fetcher.ask(f"http://rebound.example:{port}/{n}", page_wanted=True)).verdict
                for n in range(3)
            ]

    assert asyncio.run(thrice()) == [Verdict.REFUSED] * 3
    assert site.seen == []


def test_a_host_that_never_answers_is_left_alone(site: Site) -> None:
    addresses = [f"{site.base}/silent/{n}" for n in range(30)]
    answers = ask(*addresses)
    reasons = [answers[address].reason for address in sorted(addresses)]
    assert reasons[3:] == ["its host gave no answer to 3 other addresses"] * 27
    assert {answer.verdict for answer in answers.values()} == {Verdict.SILENT}


def test_a_page_that_leads_to_the_start_of_its_site_is_not_rewritten(site: Site) -> None:
    address = f"{site.base}/start"
    links = [Link(Position("docs/a.md", 1, 5), address)]
    answers = ask(address)
    (problem,) = judge_links(links, answers, (), TODAY, lambda _path, _line: f"[x]({address})")
    assert problem.fix == ()
    assert str(problem) == (
        f"docs/a.md:1:5: suggestion: external-link-moved: {address} leads for good to the start of "
        f'"{site.base}/": the page may be gone; look where it is now'
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://me:secret@a.example/x?a=@b", "https://…@a.example/x?a=@b"),
        ("https://token@a.example", "https://…@a.example"),
        ("//me@a.example#f", "//…@a.example#f"),
        ("https://a.example/@me", "https://a.example/@me"),
        ("https://a@b@c.example/", "https://…@c.example/"),
    ],
)
def test_user_names_are_not_shown(target: str, expected: str) -> None:
    assert without_user(target) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (r'<script>{"text":"<h2>A</h2><a id=\"user-content-a\" href=\"#a\"></a>"}</script>', {"a": True}),
        (r'<script>{"text":"\u003ch2 id=\"user-content-b\"\u003e"}</script>', {"a": False}),
        ('<div id="root"></div><script src="app.js"></script>', {}),
        ('<h1 id="a">A</h1>', {"a": True}),
    ],
    ids=["escaped", "escaped and another", "an empty frame", "plain"],
)
def test_anchors_that_programs_write(html: str, expected: dict[str, bool]) -> None:
    assert look_for(["a"], html) == expected


def test_no_network_is_said_of_many_addresses_of_one_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    answers: Answers = {"https://a.example/0": Answer(Verdict.OK, date(2025, 1, 1))}
    with pytest.raises(CannotRun, match="is there a network"):
        ask(*(f"https://a.example/{n}" for n in range(9)), answers=answers)
    assert list(answers) == ["https://a.example/0"]
