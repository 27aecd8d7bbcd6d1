"""The client against Debian's docker-registry: open, with passwords, with TLS and with a token service."""

import asyncio
import base64
import json
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from docker_registry import PASSWORD, USER, DockerRegistry, TokenService, running
from imagedocs.registry.access import Access
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.verdicts import Answer, Completeness, Verdict

pytestmark = pytest.mark.registry

T = TypeVar("T")


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_AUTH_CONFIG", raising=False)
    return tmp_path / "config.json"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerRegistry]:
    with running(tmp_path_factory.mktemp("plain")) as registry:
        registry.push_index(
            "azureml/many", "20260901.v1", {"linux/amd64": b"a" * 1000, "linux/arm64/v8": b"b" * 900}
        )
        registry.push_index(
            "azureml/many", "latest", {"linux/amd64": b"a" * 1000, "linux/arm64/v8": b"b" * 900}
        )
        registry.push_image("azureml/one", "20260301.v1")
        yield registry


def asked(access: Access, host: str, question: Callable[[OciRegistry], Awaitable[T]]) -> T:
    async def run() -> T:
        async with OciRegistry(host, access) as registry:
            return await question(registry)

    return asyncio.run(run())


def check_one(client: OciRegistry) -> Awaitable[Answer]:
    return client.check("azureml/one", "v1")


def open_to(registry: DockerRegistry, **more: frozenset[str]) -> Access:
    return Access(plain_http=frozenset({registry.host}), **more)


@pytest.mark.parametrize(
    ("repository", "tag", "verdict"),
    [
        pytest.param("azureml/many", "latest", Verdict.EXISTS, id="an index that is there"),
        pytest.param("azureml/one", "20260301.v1", Verdict.EXISTS, id="a manifest that is there"),
        pytest.param("azureml/one", "20260302.v1", Verdict.MISSING, id="a tag that is not there"),
        pytest.param("azureml/none", "latest", Verdict.MISSING, id="a repository that is not there"),
        pytest.param("azureml/../one", "latest", Verdict.UNKNOWN, id="what is no name is not asked"),
    ],
)
def test_check_of_a_real_registry(plain: DockerRegistry, repository: str, tag: str, verdict: Verdict) -> None:
    answer = asked(open_to(plain), plain.host, lambda registry: registry.check(repository, tag))
    assert answer.verdict == verdict, answer.reason


def test_list_of_a_real_registry(plain: DockerRegistry) -> None:
    listed = asked(open_to(plain), plain.host, lambda registry: registry.list_tags("azureml/many"))
    assert (listed.completeness, sorted(listed.tags)) == (Completeness.WHOLE, ["20260901.v1", "latest"])
    nothing = asked(open_to(plain), plain.host, lambda registry: registry.list_tags("azureml/none"))
    assert nothing.completeness == Completeness.MISSING


@pytest.mark.skopeo
def test_skopeo_reads_the_same_digest(plain: DockerRegistry) -> None:
    answer = asked(open_to(plain), plain.host, lambda registry: registry.check("azureml/many", "latest"))
    command = ["skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}"]
    run = subprocess.run(
        [*command, f"docker://{plain.host}/azureml/many:latest"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.strip() == answer.digest


def test_a_registry_without_tls_is_not_spoken_to_unless_asked(plain: DockerRegistry) -> None:
    answer = asked(Access(), plain.host, lambda registry: registry.check("azureml/one", "20260301.v1"))
    assert answer.verdict == Verdict.UNKNOWN
    assert answer.reason == f"TLS: {plain.host} does not speak it as it should"


def test_passwords_of_docker_are_used(tmp_path: Path, docker_config: Path) -> None:
    with running(tmp_path / "registry", "htpasswd") as registry:
        registry.push_image("azureml/one", "v1")
        anonymous = asked(open_to(registry), registry.host, check_one)
        assert anonymous.verdict == Verdict.UNKNOWN
        assert anonymous.reason == (
            "the registry asks for a user name and a password; there are none in Docker's configuration"
        )
        write_auth(docker_config, registry.host, USER, "wrong")
        wrong = asked(open_to(registry), registry.host, check_one)
        assert wrong.verdict == Verdict.UNKNOWN
        assert wrong.reason == "the registry refused the user name and password of Docker's configuration"
        write_auth(docker_config, registry.host, USER, PASSWORD)
        assert asked(open_to(registry), registry.host, check_one).verdict == Verdict.EXISTS


def write_auth(config: Path, host: str, user: str, password: str) -> None:
    auth = base64.b64encode(f"{user}:{password}".encode()).decode()
    config.write_text(json.dumps({"auths": {host: {"auth": auth}}}), encoding="utf-8")


def test_an_own_authority_is_trusted_by_ssl_cert_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path / "registry", "tls") as registry:
        registry.push_image("azureml/one", "v1")
        strange = asked(Access(), registry.host, check_one)
        assert strange.verdict == Verdict.UNKNOWN
        assert strange.reason == f"TLS: unable to get local issuer certificate ({registry.host})"
        assert registry.ca
        monkeypatch.setenv("SSL_CERT_FILE", str(registry.ca))
        assert asked(Access(), registry.host, check_one).verdict == Verdict.EXISTS
        other_name = f"127.0.0.1:{registry.port}"
        wrong = asked(Access(), other_name, check_one)
        assert wrong.verdict == Verdict.UNKNOWN
        assert wrong.reason.startswith("TLS: IP address mismatch")


def test_one_token_serves_many_repositories(tmp_path: Path) -> None:
    service = TokenService(tmp_path / "registry")
    names = [f"azureml/image{number:02}" for number in range(30)]
    with (
        service.serving() as address,
        running(tmp_path / "registry", "token", token_service=address) as registry,
    ):
        registry.authorization = (
            f"Bearer {service.token([f'repository:{name}:pull' for name in names], ['pull', 'push'])}"
        )
        for name in names:
            registry.push_image(name, "v1")

        async def list_all(client: OciRegistry) -> list[Completeness]:
            client.expect(names)
            return [(await client.list_tags(name)).completeness for name in names]

        assert asked(open_to(registry), registry.host, list_all) == [Completeness.WHOLE] * 30
        assert [len(scopes) for scopes in service.scopes] == [25, 5]
        assert service.authorizations == ["", ""]


def test_credentials_go_to_a_realm_elsewhere_only_when_it_is_trusted(
    tmp_path: Path, docker_config: Path
) -> None:
    service = TokenService(tmp_path / "registry")
    with (
        service.serving() as address,
        running(tmp_path / "registry", "token", token_service=address) as registry,
    ):
        write_auth(docker_config, registry.host, USER, PASSWORD)
        registry.authorization = f"Bearer {service.token(['repository:one:pull'], ['pull', 'push'])}"
        registry.push_image("one", "v1")
        origin = address.removesuffix("/token")
        refused = asked(open_to(registry), registry.host, lambda client: client.check("one", "v1"))
        assert refused.verdict == Verdict.UNKNOWN
        assert refused.reason == (
            f"the registry wants the credentials sent to {origin}, which is not trusted with them; "
            f"allow it with --trust-realm {origin}, or in token_hosts of the catalog"
        )
        assert service.authorizations == []
        trusting = open_to(registry, trusted_realms=frozenset({origin}))
        allowed = asked(trusting, registry.host, lambda client: client.check("one", "v1"))
        assert allowed.verdict == Verdict.EXISTS
        assert service.authorizations == ["Basic cmVhZGVyOnMzY3JldC1wYXNz"]


def test_credentials_buy_one_token_for_all_that_wait(tmp_path: Path, docker_config: Path) -> None:
    service = TokenService(tmp_path / "registry")
    names = [f"image{number}" for number in range(8)]
    with (
        service.serving() as address,
        running(tmp_path / "registry", "token", token_service=address) as registry,
    ):
        write_auth(docker_config, registry.host, USER, PASSWORD)
        registry.authorization = (
            f"Bearer {service.token([f'repository:{name}:pull' for name in names], ['pull', 'push'])}"
        )
        for name in names:
            registry.push_image(name, "v1")

        async def list_all(client: OciRegistry) -> set[Completeness]:
            listed = await asyncio.gather(*(client.list_tags(name) for name in names))
            return {tags.completeness for tags in listed}

        trusting = open_to(registry, trusted_realms=frozenset({address.removesuffix("/token")}))
        assert asked(trusting, registry.host, list_all) == {Completeness.WHOLE}
        assert len(service.scopes) < len(names)
        assert sorted(scope for scopes in service.scopes for scope in scopes) == [
            f"repository:{name}:pull" for name in names
        ]
