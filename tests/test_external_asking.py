"""Asking other sites: a server of the tests' own on loopback that behaves as sites do."""

import gzip
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urlsplit

import pytest

from imagedocs.external.allowances import Allowance
from imagedocs.external.answers import Answer, Answers, Verdict
from imagedocs.external.asking import Progress, ask_links
from imagedocs.external.fetching import Limits
from imagedocs.markdown.document import Link
from imagedocs.problems import CannotRun, Position
from loopback import LoopbackHandler, served

TODAY = date(2026, 3, 10)
LIMITS = Limits(exchange=1, question=6, wait=2, backoff=0.01, pace=0, body=100_000)
TRUSTED = frozenset({"127.0.0.1"})
PAGE = b'<html><h1 id="here">x</h1><a name="\xc3\xbcber"></a></html>'

ENCODED = {
    "meta": '<meta charset="iso-8859-1"><h1 id="über">x</h1>'.encode("cp1252"),
    "equiv": '<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS"><h1 id="表示">x</h1>'.encode(
        "cp932"
    ),
    "late": (
        "<!-- <meta charset=euc-kr> -->" + "<p>" * 400 + '<meta charset=euc-kr><h1 id="über">x</h1>'
    ).encode(),
    "mark": '\ufeff<meta charset="iso-8859-1"><h1 id="über">x</h1>'.encode(),
    "korean": '<meta charset="ks_c_5601-1987"><h1 id="표시">x</h1>'.encode("cp949"),
    "wrong": '<meta charset="hex"><h1 id="über">x</h1>'.encode(),
    "idna": '<meta charset="idna"><h1 id="über">x</h1>'.encode(),
    "bare": '<h1 id="über">x</h1>'.encode("cp1252"),
}
"""Pages in several encodings."""


@dataclass
class Site:
    """A site whose paths say how they behave."""

    seen: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of each request."""
    counts: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Addresses of requests as they came."""
    base: str = ""
    sent: int = 0
    """Bytes of the endless page that were sent."""


class Handler(LoopbackHandler):
    site: Site

    def answer(self) -> None:
        path = urlsplit(self.path).path
        site = self.site
        site.seen.append((self.command, path))
        site.times.append(time.monotonic())
        site.counts[path] += 1
        first, _, rest = path[1:].partition("/")
        is_head = self.command == "HEAD"
        match first:
            case "status":
                self.send(int(rest))
            case "page":
                self.send(200, PAGE)
            case "only-get":
                self.send(405 if is_head else 200, PAGE)
            case "wrong-head":
                self.send(404 if is_head else 200, PAGE)
            case "silent-head" if is_head:
                time.sleep(1.5)  # longer than LIMITS wait for an answer
                self.close_connection = True
            case "silent-head":
                self.send(200, PAGE)
            case "then":  # /then/503/2: twice 503, then 200
                status, number = rest.split("/")
                self.send(int(status) if site.counts[path] <= int(number) else 200)
            case "wait":  # /wait/1/1: asks once to wait a second
                seconds, number = rest.split("/")
                if site.counts[path] <= int(number):
                    self.send(429, headers={"Retry-After": seconds})
                else:
                    self.send(200)
            case "to":  # /to/301/page
                status, _, target = rest.partition("/")
                self.send(int(status), headers={"Location": f"/{target}"})
            case "elsewhere":
                self.send(301, headers={"Location": unquote(rest)})
            case "loop":
                self.send(302, headers={"Location": "/loop"})
            case "deep":
                self.send(301, headers={"Location": f"/deep/{int(rest) + 1}"})
            case "lost":
                self.send(302)
            case "close":
                self.close_connection = True
            case "hang":
                time.sleep(1.5)  # longer than LIMITS wait for an answer
                self.close_connection = True
            case "garbage":
                self.wfile.write(b"\x00\xff not HTTP\r\n\r\n")
                self.close_connection = True
            case "endless":
                self.endless(is_head)
            case "text":
                self.send(200, b"no ids", kind="text/plain")
            case "encoding":  # /encoding/HEADER/BODY's name
                header, name = rest.split("/")
                kind = "text/html" if header == "-" else f"text/html; charset={header}"
                self.send(200, ENCODED[name], kind=kind)
            case "exactly":
                site.asked.append(self.path)
                self.send(200 if "%" in self.path else 404, PAGE)
            case "moved-exactly":
                self.send(301, headers={"Location": "../exactly/a%2Fb/%7Eme?x=%2F"})
            case "wall":  # /wall/302: a page for whoever keeps cookies
                self.send(int(rest), headers={"Location": "/nothing", "Set-Cookie": "asked=1"})
            case "gzipped":
                self.send(200, gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
            case "deflated":
                self.send(200, zlib.compress(PAGE), headers={"Content-Encoding": "deflate"})
            case "packed-twice":
                self.send(200, gzip.compress(PAGE) * 2, headers={"Content-Encoding": "gzip"})
            case "packed":
                self.send(200, b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
            case _:
                self.send(404)

    def send(
        self,
        status: int,
        body: bytes = b"",
        *,
        headers: dict[str, str] | None = None,
        kind: str = "text/html",
    ) -> None:
        self.send_response(status, "x")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def endless(self, is_head: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(10**9))
        self.end_headers()
        self.close_connection = True
        try:
            while not is_head and self.site.sent < 10**8:
                self.site.sent += self.connection.send(b"x" * 10_000)
        except OSError:
            pass


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with served(type("Bound", (Handler,), {"site": site})) as site.base:
        yield site


def links(*targets: str) -> list[Link]:
    return [Link(Position("docs/a.md", n, 1), target) for n, target in enumerate(targets, 1)]


def ask(site: Site, *paths: str, answers: Answers | None = None, limits: Limits = LIMITS) -> Answers:
    targets = [path if path.startswith("http") else site.base + path for path in paths]
    found = ask_links(
        links(*targets), {} if answers is None else answers, today=TODAY, limits=limits, trusted_hosts=TRUSTED
    )
    return {address.removeprefix(site.base): answer for address, answer in found.items()}


@pytest.mark.parametrize(
    ("path", "verdict", "reason", "requests"),
    [
        ("/page", "ok", "status 200", "HEAD"),
        ("/only-get", "ok", "status 200", "HEAD GET"),
        ("/wrong-head", "ok", "status 200", "HEAD GET"),
        ("/silent-head", "ok", "status 200", "HEAD GET"),
        ("/status/404", "dead", "status 404: there is no such page", "HEAD GET"),
        ("/status/410", "dead", "status 410: there is no such page", "HEAD GET"),
        ("/status/401", "blocked", "status 401, which says nothing of the page", "HEAD GET"),
        ("/status/403", "blocked", "status 403, which says nothing of the page", "HEAD GET"),
        ("/status/418", "blocked", "status 418, which says nothing of the page", "HEAD GET"),
        ("/status/999", "blocked", "status 999, which says nothing of the page", "HEAD GET"),
        ("/status/429", "blocked", "status 429, which says nothing of the page", "HEAD GET GET GET"),
        ("/status/500", "silent", "status 500, which says nothing of the page", "HEAD GET GET GET"),
        ("/status/501", "silent", "status 501, which says nothing of the page", "HEAD GET"),
        ("/then/500/1", "ok", "status 200", "HEAD GET"),
        ("/then/503/3", "ok", "status 200", "HEAD GET GET GET"),
        ("/wait/0/1", "ok", "status 200", "HEAD HEAD"),
        ("/wait/1/1", "ok", "status 200", "HEAD HEAD"),
        ("/wait/0/99", "blocked", "status 429, which says nothing of the page", "HEAD HEAD"),
        ("/wait/3600/99", "blocked", "status 429, which says nothing of the page", "HEAD"),
        ("/loop", "blocked", "its redirects do not end", "HEAD GET"),
        ("/lost", "blocked", "status 302 without a place to go to", "HEAD GET"),
        # aiohttp asks once more itself when a server hangs up without an answer.
        ("/close", "silent", "the connection failed", "HEAD HEAD GET GET GET GET GET GET"),
        ("/garbage", "silent", "the connection failed", "HEAD GET GET GET"),
        ("/hang", "silent", "no answer within 1 s", "HEAD GET GET GET"),
    ],
)
def test_behaviours(site: Site, path: str, verdict: str, reason: str, requests: str) -> None:
    answer = ask(site, path)[path]
    assert (str(answer.verdict), answer.reason) == (verdict, reason)
    assert [method for method, _ in site.seen] == requests.split()
    assert answer.last_good == (TODAY if verdict == "ok" else None)


@pytest.mark.parametrize(
    ("path", "final"),
    [
        ("/to/301/page", "/page"),
        ("/to/308/page", "/page"),
        ("/to/301/to/308/page", "/page"),
        ("/to/302/page", ""),
        ("/to/307/page", ""),
        ("/to/301/to/302/page", ""),
    ],
)
def test_permanent_redirects_say_where_a_page_has_gone(site: Site, path: str, final: str) -> None:
    answer = ask(site, path)[path]
    assert (answer.verdict, answer.final.removeprefix(site.base)) == (Verdict.OK, final)


def test_a_redirect_to_a_page_that_is_gone_is_dead(site: Site) -> None:
    assert ask(site, "/to/301/nothing")["/to/301/nothing"].verdict is Verdict.DEAD


def test_redirects_come_to_an_end(site: Site) -> None:
    assert ask(site, "/deep/0")["/deep/0"].reason == "its redirects do not end"
    assert len(site.seen) <= 2 * (LIMITS.redirects + 1)


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2:{port}/page", "http://127.0.0.2.nip.invalid/", "http://2130706434:{port}/page", "http://localhost:{port}/page",
     "http://[::1]:{port}/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/"],
)  # fmt: skip
def test_private_addresses_are_never_asked(site: Site, target: str) -> None:
    target = target.format(port=site.base.rpartition(":")[2])
    ask(site, "/page", target)
    assert site.counts["/page"] == 1
    site.seen.clear()
    (answer,) = ask(site, f"/elsewhere/{target}").values()
    assert answer.verdict in (Verdict.REFUSED, Verdict.DEAD, Verdict.SILENT)
    assert {path.partition("/http")[0] for _, path in site.seen} == {"/elsewhere"}


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/"]
)
def test_private_addresses_are_refused_in_words(site: Site, target: str) -> None:
    answer = ask(site, "/page", target)[target]
    assert (answer.verdict, answer.reason) == (
        Verdict.REFUSED,
        "the address is inside a private network and was not asked",
    )


def test_redirects_to_other_schemes_are_not_followed(site: Site) -> None:
    answer = ask(site, "/elsewhere/file:///etc/passwd")["/elsewhere/file:///etc/passwd"]
    assert answer.verdict is Verdict.BLOCKED


def test_anchors_of_fetched_pages(site: Site) -> None:
    answers = ask(site, "/page#here", "/page#%C3%BCber", "/page#gone", "/text#x", "/packed#x", "/endless#x")
    assert answers["/page"].fragments == {"here": True, "%C3%BCber": True, "gone": False}
    assert answers["/text"].fragments == answers["/packed"].fragments == answers["/endless"].fragments == {}
    assert site.counts["/page"] == 1
    assert site.sent < 20_000_000


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("-/meta", "über"),
        ("-/equiv", "表示"),
        ("-/late", "über"),
        ("-/mark", "über"),
        ("iso-8859-1/mark", "über"),
        ("-/korean", "표시"),
        ("-/wrong", "über"),
        ("-/idna", "über"),
        ("ISO-8859-1/bare", "über"),
    ],
)
def test_a_page_is_read_in_its_encoding(site: Site, path: str, anchor: str) -> None:
    (answer,) = ask(site, f"/encoding/{path}#{anchor}").values()
    assert answer.fragments == {anchor: True}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/exactly/a%2Fb/%7Eme?q=a%2Fb&r=%7E+%20", None),
        ("/exactly/a%2fb?x=[1]|2&y=%zz", None),
        ("/exactly/%41/é?ü=1", "/exactly/%41/%C3%A9?%C3%BC=1"),
        ("/exactly/a/../%2E/b?c=../d", "/exactly/%2E/b?c=../d"),
        ("/moved-exactly", "/exactly/a%2Fb/%7Eme?x=%2F"),
    ],
)
def test_addresses_are_asked_as_they_are_written(site: Site, written: str, asked: str | None) -> None:
    (answer,) = ask(site, written).values()
    assert (answer.verdict, set(site.asked)) == (Verdict.OK, {asked or written})


@pytest.mark.parametrize(
    ("status", "verdict"), [(302, "blocked"), (303, "blocked"), (307, "blocked"), (301, "dead")]
)
def test_a_page_for_whoever_keeps_cookies_is_not_known(site: Site, status: int, verdict: str) -> None:
    (answer,) = ask(site, f"/wall/{status}").values()
    assert answer.verdict == verdict
    if verdict == "blocked":
        assert answer.reason == "status 404 for whoever keeps no cookies, which says nothing of the page"


def test_anchors_of_pages_that_come_packed(site: Site) -> None:
    for path in ("/gzipped", "/deflated"):
        (answer,) = ask(site, f"{path}#here", f"{path}#gone").values()
        assert answer.fragments == {"here": True, "gone": False}
    (answer,) = ask(site, "/packed-twice#here").values()
    assert answer.fragments == {}


def test_answers_are_remembered(site: Site) -> None:
    answers: Answers = {}
    ask(site, "/page", "/status/404", "/status/500", answers=answers)
    site.seen.clear()
    again = ask(site, "/page", "/status/404", "/status/500", answers=answers)
    assert {path for _, path in site.seen} == {"/status/500"}
    assert again["/page"].verdict is Verdict.OK


def test_what_was_good_and_is_silent_keeps_its_days(site: Site) -> None:
    earlier = date(2026, 3, 8)
    former = Answer(Verdict.SILENT, earlier, last_good=date(2026, 1, 1), silent_since=earlier)
    answer = ask(site, "/status/503", answers={f"{site.base}/status/503": former})["/status/503"]
    assert (answer.last_good, answer.silent_since, answer.checked) == (date(2026, 1, 1), earlier, TODAY)


def test_addresses_without_a_link_are_forgotten(site: Site) -> None:
    answers: Answers = {"https://gone.example/": Answer(Verdict.OK, TODAY)}
    assert list(ask(site, "/page", answers=answers)) == ["/page"]


def test_allowed_addresses_are_not_asked(site: Site) -> None:
    allowance = Allowance(site.base, "a test", TODAY, Position("external-links.yaml"))
    found = ask_links(
        links(f"{site.base}/page"), {}, [allowance], today=TODAY, limits=LIMITS, trusted_hosts=TRUSTED
    )
    assert (found, site.seen) == ({}, [])


def test_a_host_that_asks_for_a_long_wait_is_left_alone(site: Site) -> None:
    answers = ask(site, "/wait/3600/99", "/wait/3601/99", "/x")
    assert answers["/wait/3601/99"].reason == "the host asked to wait 3600 s"
    assert answers["/x"].verdict is Verdict.BLOCKED
    assert site.seen == [("HEAD", "/wait/3600/99")]


def test_a_host_is_asked_at_its_pace(site: Site) -> None:
    begin = time.monotonic()
    ask(site, "/page", "/page/2", "/page/3", "/page/4", limits=Limits(pace=0.1))
    assert len(site.times) == 4
    # No request arrives before its turn, however late those before it came.
    assert all(arrival - begin > 0.09 * turn for turn, arrival in enumerate(site.times))


def test_who_is_interrupted_goes_on_later(site: Site) -> None:
    answers: Answers = {}
    seen: list[Progress] = []

    def interrupt(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 2:
            raise KeyboardInterrupt

    targets = links(*(f"{site.base}/page/{number}" for number in range(5)))
    with pytest.raises((KeyboardInterrupt, BaseExceptionGroup)):
        ask_links(targets, answers, today=TODAY, limits=LIMITS, trusted_hosts=TRUSTED, on_answer=interrupt)
    assert len(answers) == 2
    assert seen[1].total == 5
    ask_links(targets, answers, today=TODAY, limits=LIMITS, trusted_hosts=TRUSTED)
    assert sorted(site.counts.values()) == [1] * 5


def test_without_a_network_nothing_is_said_of_any_link() -> None:
    answers: Answers = {"http://nothing.invalid/": Answer(Verdict.OK, date(2025, 1, 1))}
    with pytest.raises(CannotRun, match=r"^none of the hosts could be found; is there a network\?$"):
        ask_links(links("http://nothing.invalid/"), answers, today=TODAY, limits=LIMITS)
    assert answers == {"http://nothing.invalid/": Answer(Verdict.OK, date(2025, 1, 1))}
