"""The parts of the registry client that need no network: headers, credentials, addresses, proxies, bodies."""

import asyncio
import base64
import json
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from yarl import URL

from imagedocs.problems import CannotRun
from imagedocs.references import is_tag
from imagedocs.registry.access import Access
from imagedocs.registry.addresses import Reach, may_send, reach_of
from imagedocs.registry.bodies import (
    OCI_INDEX,
    OCI_MANIFEST,
    UnreadableError,
    moment,
    read_manifest,
    read_platform,
)
from imagedocs.registry.credentials import Credentials, find_credentials
from imagedocs.registry.headers import (
    Challenge,
    printable,
    read_challenges,
    read_next_link,
    read_retry_after,
    read_warnings,
)
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.proxies import Proxies
from imagedocs.registry.resolving import GuardedResolver, RefusedAddressError
from imagedocs.registry.tag_names import day_of, is_attachment, is_fixed, newest_first
from imagedocs.registry.tag_pages import Tags

# --- headers


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param(["Negotiate"], [Challenge("negotiate", {})], id="a scheme alone"),
        pytest.param(
            ['Bearer realm="https://a/t",service="s, t",scope="repository:a/b:pull"'],
            [
                Challenge(
                    "bearer", {"realm": "https://a/t", "service": "s, t", "scope": "repository:a/b:pull"}
                )
            ],
            id="a comma inside quotes",
        ),
        pytest.param(
            ['Negotiate YII=, Basic realm="a \\"b\\"" , Bearer realm=x'],
            [
                Challenge("negotiate", {}),
                Challenge("basic", {"realm": 'a "b"'}),
                Challenge("bearer", {"realm": "x"}),
            ],
            id="three in one header",
        ),
        pytest.param(
            ["Basic realm=a", "BEARER Realm = b"],
            [Challenge("basic", {"realm": "a"}), Challenge("bearer", {"realm": "b"})],
            id="two headers, spaces around the equals sign",
        ),
        pytest.param(["", ", ,"], [], id="nothing"),
    ],
)
def test_challenges(headers: list[str], expected: list[Challenge]) -> None:
    assert read_challenges(headers) == expected


@pytest.mark.parametrize(
    "header",
    [
        'Bearer realm="open',
        "Bearer realm=a realm=b",
        "Bearer realm=a,realm=b",
        "Bearer =x",
        "Basic a b",
        '"x"',
        "Basic realm=ä",
        f'Bearer realm="{"a" * 9000}"',
    ],
)
def test_challenges_that_cannot_be_read(header: str) -> None:
    with pytest.raises(UnreadableError):
        read_challenges([header])


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], None),
        (['</v2/a/tags/list?last=b&n=1>; rel="next"'], "/v2/a/tags/list?last=b&n=1"),
        (["<?last=b>;rel=next"], "?last=b"),
        (['<a>; rel="prev", <b>; title="x, y"; rel="last next"'], "b"),
        (['<a>; rel="prev"', "<b>; REL=NEXT ;"], "b"),
        (['<a>; rel="next"; rel="prev"'], "a"),
        (['<a>; rel="next", <a>; rel="next"'], "a"),
        (['<a,b>; rel="next"'], "a,b"),
    ],
)
def test_next_link(headers: list[str], expected: str | None) -> None:
    assert read_next_link(headers) == expected


@pytest.mark.parametrize(
    "header",
    [
        "a; rel=next",
        "<a; rel=next",
        "<a>",
        '<a>; rel="next',
        "<a b>; rel=next",
        "<a>; rel=next x",
        "<" + "a" * 9000,
        f'<{"a" * 9000}>; rel="next"',
    ],
)
def test_links_that_cannot_be_read(header: str) -> None:
    with pytest.raises(UnreadableError):
        read_next_link([header])


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("1", 1),
        (" 3600 ", 3600),
        ("0", 0),
        ("9" * 5000, float("inf")),
        ("-1", None),
        ("1.5", None),
        ("١", None),
        ("soon", None),
        ("Tue, 24 Nov 2026 12:00:05 GMT", 5),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("Tue, 24 Nov 2026 12:00:05", 5),
        ("Tue, 99 Nov 2026 12:00:05 GMT", None),
    ],
)
def test_retry_after(header: str, expected: float | None) -> None:
    assert read_retry_after(header, datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) == expected


def test_warnings_are_printable_and_said_once() -> None:
    headers = [
        '299 - "This image is deprecated"',
        '299 registry.example "\x1b[31mred", 299 - "This image is deprecated"',
        '199 - "other"',
        '299 - "open',
    ]
    assert read_warnings(headers) == ("This image is deprecated", "\\x1b[31mred")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain — ÄÖ 中文", "plain — ÄÖ 中文"),
        ("a\r\n::error::b", "a\\r\\n::error::b"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("a\u202eb\u2028\ud800\x9b", "a\\u202eb\\u2028\\ud800\\x9b"),
        ("x" * 300, "x" * 200 + "…"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_hostile_headers_are_read_in_linear_time() -> None:
    for header in ('Bearer realm="' + "\\" * 8000, f"Bearer {'a' * 8000} x", "Basic " + "=" * 8000):
        with pytest.raises(UnreadableError):
            read_challenges([header])
    assert read_warnings(['299 - "' * 1000]) == ("299 - ",)


# --- credentials


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def found(config: object, host: str, tmp_path: Path, **environment: str) -> Credentials:
    (tmp_path / "config.json").write_text(config if isinstance(config, str) else json.dumps(config))
    return find_credentials(host, {"DOCKER_CONFIG": str(tmp_path), **environment})


@pytest.mark.parametrize(
    ("config", "host", "expected"),
    [
        pytest.param({}, "a.example", Credentials(), id="no credentials"),
        pytest.param({"auths": {"a.example": {}}}, "a.example", Credentials(), id="an entry that a helper left"),
        pytest.param({"auths": {"a.example": {"auth": encoded("me:a:b")}}}, "a.example", Credentials("me", "a:b"), id="a colon in the password"),
        pytest.param({"auths": {"a.example": {"username": "me", "password": "p"}}}, "a.example", Credentials("me", "p"), id="in the clear"),
        pytest.param({"auths": {"a.example:5000": {"auth": encoded("me:p")}}}, "a.example", Credentials(), id="another port"),
        pytest.param({"auths": {"https://a.example/v1/": {"auth": encoded("me:p")}}}, "a.example", Credentials("me", "p"), id="an address as key"),
        pytest.param({"auths": {"https://index.docker.io/v1/": {"auth": encoded("me:p")}}}, "docker.io", Credentials("me", "p"), id="Docker Hub"),
        pytest.param({"auths": {"a.example": {"identitytoken": "t"}}}, "a.example", Credentials(identity_token="t"), id="an identity token"),
        pytest.param({"auths": {"a.example": {"registrytoken": "t"}}}, "a.example", Credentials(registry_token="t"), id="a registry token"),
        pytest.param({"auths": {"b.example": {"auth": encoded("me:p")}}}, "a.example", Credentials(), id="another host"),
        pytest.param({"auths": []}, "a.example", Credentials(), id="auths that are a list"),
        pytest.param({"auths": {"a.example": "x"}}, "a.example", Credentials(), id="an entry that is a string"),
        pytest.param({"auths": {"a.example": {"auth": 5}}}, "a.example", Credentials(), id="an auth that is a number"),
    ],
)  # fmt: skip
def test_credentials(config: object, host: str, expected: Credentials, tmp_path: Path) -> None:
    assert found(config, host, tmp_path) == expected


@pytest.mark.parametrize(
    ("config", "trouble"),
    [
        ("{", "Docker's configuration is not a JSON object"),
        ("[" * 100_000, "Docker's configuration is not a JSON object"),
        ({"auths": {"a.example": {"auth": "s3cret"}}}, 'the entry "auth" of a.example in Docker\'s configuration is not base64'),
        ({"auths": {"a.example": {"auth": encoded("s3cret")}}}, 'the entry "auth" of a.example in Docker\'s configuration has no colon'),
        ({"credsStore": "not-there"}, "docker-credential-not-there is not installed"),
        ({"credsStore": "../../bin/sh"}, "Docker's configuration names a credential helper that is no file name"),
    ],
)  # fmt: skip
def test_credentials_that_cannot_be_had(config: object, trouble: str, tmp_path: Path) -> None:
    credentials = found(config, "a.example", tmp_path, PATH=str(tmp_path))
    assert (bool(credentials), credentials.trouble) == (False, trouble)


@pytest.fixture
def helper(tmp_path: Path) -> Callable[[str], str]:
    """Write a credential helper; the PATH to find it."""

    def write(script: str) -> str:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "docker-credential-test"
        program.write_text(f"#!/bin/sh\nread -r server\n{script}\n")
        program.chmod(0o755)
        return f"{folder}:/usr/bin:/bin"

    return write


@pytest.mark.posix
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("""echo '{"Username": "me", "Secret": "'$server'"}'""", Credentials("me", "a.example")),
        ("""echo '{"Username": "<token>", "Secret": "t"}'""", Credentials(identity_token="t")),
        ("echo credentials not found in native keychain; exit 1", Credentials()),
        ("echo s3cret; exit 2", Credentials(trouble="docker-credential-test ended with status 2")),
        ("echo s3cret", Credentials(trouble="docker-credential-test gave no credentials that can be read")),
    ],
)
def test_credential_helper(
    helper: Callable[[str], str], script: str, expected: Credentials, tmp_path: Path
) -> None:
    path = helper(script)
    other = {"auths": {"a.example": {"auth": encoded("file:p")}}}
    assert found({**other, "credsStore": "test"}, "a.example", tmp_path, PATH=path) == expected
    assert (
        found({**other, "credHelpers": {"a.example": "test"}}, "a.example", tmp_path, PATH=path) == expected
    )
    only_b = {**other, "credHelpers": {"b.example": "test"}}
    assert found(only_b, "a.example", tmp_path, PATH=path) == Credentials("file", "p")


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    inline = json.dumps({"auths": {"a.example": {"auth": encoded("env:p")}}})
    config = {"auths": {host: {"auth": encoded("file:p")} for host in ("a.example", "b.example")}}
    assert found(config, "a.example", tmp_path, DOCKER_AUTH_CONFIG=inline) == Credentials("env", "p")
    assert found(config, "b.example", tmp_path, DOCKER_AUTH_CONFIG=inline) == Credentials("file", "p")
    assert find_credentials("a.example", {"HOME": str(tmp_path)}) == Credentials()


def test_no_secret_is_shown() -> None:
    shown = repr(Credentials("s3cret-user", "s3cret", "s3cret-identity", "s3cret-token"))
    assert "s3cret" not in shown


# --- addresses and proxies


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("8.8.8.8", Reach.PUBLIC),
        ("2606:4700::1", Reach.PUBLIC),
        ("10.0.0.1", Reach.PRIVATE),
        ("192.168.1.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("fd00::1", Reach.PRIVATE),
        ("127.0.0.1", Reach.LOOPBACK),
        ("127.9.9.9", Reach.LOOPBACK),
        ("::1", Reach.LOOPBACK),
        ("::ffff:127.0.0.1", Reach.LOOPBACK),
        ("::ffff:10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::7f00:1", Reach.LOOPBACK),
        ("2002:a00:1::", Reach.PRIVATE),
        ("169.254.169.254", Reach.NEVER),
        ("fe80::1%eth0", Reach.NEVER),
        ("0.0.0.0", Reach.NEVER),
        ("::", Reach.NEVER),
        ("224.0.0.1", Reach.NEVER),
        ("255.255.255.255", Reach.NEVER),
    ],
)
def test_reach(address: str, reach: Reach) -> None:
    assert reach_of(address) == reach


@pytest.mark.parametrize(
    ("registry", "targets"),
    [
        (Reach.PUBLIC, {Reach.PUBLIC}),
        (Reach.PRIVATE, {Reach.PUBLIC, Reach.PRIVATE}),
        (Reach.LOOPBACK, {Reach.PUBLIC, Reach.PRIVATE, Reach.LOOPBACK}),
        (Reach.NEVER, {Reach.PUBLIC, Reach.NEVER}),
    ],
)
def test_where_a_registry_may_send_us(registry: Reach, targets: set[Reach]) -> None:
    assert {target for target in Reach if may_send(registry, target)} == targets


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("https://mcr.microsoft.com/v2/", "http://proxy:3128"),
        ("http://mcr.microsoft.com/v2/", "http://other:80"),
        ("https://registry.internal.example/v2/", None),
        ("https://localhost:5000/v2/", None),
        ("http://127.0.0.1:5000/v2/", None),
        ("https://[::1]/v2/", None),
    ],
)
def test_proxies(no_proxies: pytest.MonkeyPatch, address: str, proxy: str | None) -> None:
    no_proxies.setenv("https_proxy", "http://proxy:3128")
    no_proxies.setenv("http_proxy", "other:80")
    no_proxies.setenv("no_proxy", "internal.example")
    assert Proxies().proxy_for(URL(address)) == (URL(proxy) if proxy else None)


def test_a_proxy_that_cannot_be_used(no_proxies: pytest.MonkeyPatch) -> None:
    no_proxies.setenv("https_proxy", "socks5://me:s3cret@proxy:1080")
    with pytest.raises(CannotRun) as refusal:
        Proxies()
    assert str(refusal.value) == "the proxy in https_proxy is not an http:// or https:// address"


@pytest.mark.parametrize(
    "host", ["", "a b", "a/b", "a@b", "http://a", "a:b", "a\r\nb", "a:99999", "[::1", "-"]
)
def test_what_is_no_registry(host: str) -> None:
    with pytest.raises(CannotRun):
        OciRegistry(host, Access())


@pytest.mark.parametrize("realm", ["", "a b", "a:b", "https://", "http://[::1"])
def test_what_is_no_token_service(realm: str) -> None:
    with pytest.raises(CannotRun, match="is not the address of a token service"):
        OciRegistry("a.example", Access(trusted_realms=frozenset({realm})))


def test_a_name_is_refused_for_what_it_resolves_to() -> None:
    async def run() -> None:
        public = GuardedResolver("registry.example", frozenset({"ip6-localhost"}))
        with pytest.raises(RefusedAddressError):
            await public.resolve("localhost", 443)
        local = GuardedResolver("localhost", frozenset())
        await local.resolve("localhost", 443)
        assert local.reach == Reach.LOOPBACK
        assert await local.resolve("localhost", 80)
        trusting = GuardedResolver("registry.example", frozenset({"localhost"}))
        assert await trusting.resolve("localhost", 443)

    asyncio.run(run())


# --- bodies


def descriptor(**changes: object) -> dict[str, object]:
    return {"mediaType": OCI_MANIFEST, "digest": "sha256:" + "a" * 64, "size": 5, **changes}


@pytest.mark.parametrize(
    ("document", "media_type", "message"),
    [
        ({"manifests": [], "layers": []}, OCI_INDEX, "the body is neither clearly a manifest nor clearly an index"),
        ({"layers": []}, OCI_INDEX, "the body is neither clearly a manifest nor clearly an index"),
        ({"manifests": []}, OCI_MANIFEST, "the body is neither clearly a manifest nor clearly an index"),
        ({}, OCI_MANIFEST, "the body is neither clearly a manifest nor clearly an index"),
        ({"mediaType": OCI_MANIFEST, "manifests": []}, OCI_INDEX, "the manifest's mediaType and its Content-Type disagree"),
        ({"manifests": []}, "text/html", "text/html is no manifest type"),
        ({"manifests": {}}, OCI_INDEX, '"manifests" is not a list'),
        ({"manifests": [1]}, OCI_INDEX, 'an entry of "manifests" is not an object'),
        ({"manifests": [descriptor(digest="sha256:../x")]}, OCI_INDEX, 'an entry of "manifests" has no valid digest'),
        ({"manifests": [descriptor(size=-1)]}, OCI_INDEX, 'an entry of "manifests" has no valid size'),
        ({"manifests": [descriptor(size=True)]}, OCI_INDEX, 'an entry of "manifests" has no valid size'),
        ({"manifests": [descriptor()] * 20_001}, OCI_INDEX, '"manifests" has more than 20000 entries'),
        ([], OCI_INDEX, "the answer is not a JSON object"),
    ],
)  # fmt: skip
def test_manifests_that_cannot_be_read(document: object, media_type: str, message: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_manifest(json.dumps(document).encode(), media_type)
    assert str(error.value) == message


def test_platforms_and_attestations_of_an_index() -> None:
    children = [
        descriptor(platform={"os": "linux", "architecture": "arm64", "variant": "v8"}),
        descriptor(platform={"os": "unknown", "architecture": "unknown"}),
        descriptor(
            platform={"os": "linux", "architecture": "amd64"},
            annotations={"vnd.docker.reference.type": "attestation-manifest"},
        ),
        descriptor(platform={"os": "\x1b", "architecture": "amd64"}),
        descriptor(platform="linux"),
        descriptor(),
    ]
    index = read_manifest(json.dumps({"manifests": children}).encode(), OCI_INDEX)
    platforms = [(child.platform, child.is_attestation) for child in index.children]
    assert platforms[:3] == [("linux/arm64/v8", False), ("unknown/unknown", True), ("linux/amd64", True)]
    assert platforms[3:] == [("", False)] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-01T04:11:02.123456789Z", "2026-09-01T04:11:02Z"),
        ("2026-09-01T04:11:02+00:00", "2026-09-01T04:11:02Z"),
        ("2026-09-01T04:11:02+02:00", "2026-09-01T04:11:02+02:00"),
        ("yesterday", ""),
        (None, ""),
    ],
)
def test_moment(text: object, expected: str) -> None:
    assert moment(text) == expected


def test_platform_of_a_configuration() -> None:
    assert read_platform(b'{"os": "linux", "architecture": "amd64"}') == "linux/amd64"
    assert read_platform(b'{"os": 5}') == ""
    assert read_platform(b"<html>") == ""


# --- names of tags


def test_names_of_tags() -> None:
    assert day_of("20240909.v1") == date(2024, 9, 9)
    assert day_of("20210525.1") == date(2021, 5, 25)
    assert [day_of(tag) for tag in ("20241309.v1", "00000101", "2024", "latest", "v20240909")] == [None] * 5
    assert [is_fixed(tag) for tag in ("20240909.v1", "73", "latest", "3.12")] == [True, True, False, False]
    tags = ["latest", "20240909.v2", "20240909.v10", "20250101", "20240909.1"]
    assert newest_first(tags, 2) == ["20250101", "20240909.v10"]
    assert newest_first(tags, 9) == ["20250101", "20240909.v10", "20240909.v2", "20240909.1"]
    digest = "sha256-" + "a" * 64
    assert [is_attachment(tag) for tag in (digest, f"{digest}.sig", "sha256-x", "latest")] == [
        True,
        True,
        False,
        False,
    ]


# --- what is imported


def test_nothing_that_works_offline_imports_aiohttp() -> None:
    modules = "imagedocs.registry.manifest, imagedocs.registry.maintenance.merge, imagedocs.registry.maintenance.exports, imagedocs.registry.recording, imagedocs.registry.changes"
    script = f"import sys, {modules}; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


# --- lists of tags


def read_by_json(body: bytes) -> tuple[list[str], int]:
    entries = json.loads(body)["tags"]
    good = [entry for entry in entries if isinstance(entry, str) and is_tag(entry)]
    return good, len(entries) - len(good)


@pytest.mark.parametrize("layout", [{}, {"indent": 1}, {"separators": (",", ":")}])
def test_a_list_reads_the_same_with_and_without_the_json_parser(layout: dict[str, int]) -> None:
    chance = random.Random(11)
    words = [
        "v1",
        "latest",
        "a" * 128,
        "a" * 129,
        "",
        "-x",
        "a\nb",
        "\\",
        '"',
        "é",
        "a,b",
        "]",
        None,
        5,
        ["v1"],
        {"tags": []},
    ]
    for _ in range(500):
        entries = [chance.choice(words[: chance.choice((3, 16))]) for _ in range(chance.randrange(6))]
        for document in (
            {"name": "a/b", "tags": entries},
            {"tags": entries},
            {"tags": entries, "name": 'a"'},
        ):
            body = json.dumps(document, **layout).encode()  # type: ignore[arg-type] # a table of keywords
            tags = Tags()
            junk = tags.add_page(body)
            expected, expected_junk = read_by_json(body)
            assert (list(tags), junk, len(tags)) == (expected, expected_junk, len(expected))
            assert all(tag in tags for tag in expected)
            assert ("v2" in tags, "a" in tags, 'v1","v1' in tags) == (False, False, False)


def test_a_long_list_costs_little_more_than_its_bytes() -> None:
    body = json.dumps({"tags": [f"20260101.v{number}" for number in range(100_000)]}).encode()
    tracemalloc.start()
    tags = Tags()
    tags.add_page(body)
    assert sum(1 for _ in tags) == 100_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000
