"""A catalog of several registries: each is asked with what the catalog says of it, and with nothing of another."""

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import run_imagedocs
from docker_registry import OTHER_PASSWORD, OTHER_USER, PASSWORD, USER, DockerRegistry, running
from small_project import small_project

pytestmark = pytest.mark.registry

LOGINS = {
    "FIRST_USER": USER,
    "FIRST_PASSWORD": PASSWORD,
    "SECOND_USER": OTHER_USER,
    "SECOND_PASSWORD": OTHER_PASSWORD,
}


@dataclass(frozen=True)
class Registries:
    first: DockerRegistry
    """Lets the first user in."""
    second: DockerRegistry
    """Lets the second user in."""


@pytest.fixture(scope="module")
def registries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registries]:
    folder = tmp_path_factory.mktemp("registries")
    with (
        running(folder / "first", "htpasswd") as first,
        running(folder / "second", "htpasswd", user=OTHER_USER) as second,
    ):
        for tag in ("1.0", "1.1", "1.2", "1.3", "1.4"):
            first.push_index("team/web", tag, {"linux/amd64": b"a", "linux/arm64/v8": b"b"}, attested=False)
        first.push_image("team/base", "12")
        second.push_image("team/job", "2.0")
        second.push_image("team/web", "1.4")
        yield Registries(first, second)


def catalog(registries: Registries, more: str = "") -> str:
    return f"""\
version: 2
registry: {registries.first.host}
registries:
  {registries.first.host}:
    plain_http: true
    page_size: 2
    timeout: 60
    login: {{user: FIRST_USER, password: FIRST_PASSWORD}}
  second:
    host: {registries.second.host}
    plain_http: true
    login: {{user: SECOND_USER, password: SECOND_PASSWORD}}
columns:
  - {{name: base, type: image}}
  - {{name: older, type: tags}}
images:
  - id: web
    registry: [{registries.first.host}, second]
    repository: team/web
    tag: "1.4"
    attributes: {{base: "{registries.first.host}/team/base:12", older: none}}
  - id: job
    registry: second
    repository: team/job
    tag: "2.0"
    platforms: linux/amd64
    attributes: {{base: none, older: none}}
  - id: web-first
    repository: team/web
    tags: ["1.3", "1.2"]
    platforms: [linux/amd64, linux/arm64]
    attributes: {{base: web, older: ["1.1", "1.0"]}}
{more}"""


def project(folder: Path, text: str) -> Path:
    record = json.dumps({"version": 1, "repositories": {}})
    return small_project(folder, {"catalog/images.yaml": text, "catalog/registry.json": record})


def test_each_is_asked_with_its_own_login_and_all_that_is_claimed_is_recorded(
    registries: Registries, tmp_path: Path
) -> None:
    folder = project(tmp_path / "project", catalog(registries))
    environment = {**LOGINS, "DOCKER_CONFIG": str(tmp_path)}
    result = run_imagedocs(folder, "snapshot", **environment)
    assert (result.returncode, result.stderr) == (0, "")
    recorded = json.loads((folder / "catalog/registry.json").read_text("utf-8"))["repositories"]
    first, second = registries.first.host, registries.second.host
    assert {name: sorted(tags) for name, tags in recorded.items()} == {
        f"{first}/team/base": ["12"],
        f"{first}/team/web": ["1.0", "1.1", "1.2", "1.3", "1.4"],
        f"{second}/team/job": ["2.0"],
        f"{second}/team/web": ["1.4"],
    }
    assert sorted(recorded[f"{first}/team/web"]["1.2"]["platforms"]) == ["linux/amd64", "linux/arm64/v8"]
    verified = run_imagedocs(folder, "verify", **environment)
    assert (verified.returncode, verified.stdout) == (0, "")
    assert "image-" not in run_imagedocs(folder, "check", **environment).stdout
    listed = run_imagedocs(folder, "tags", f"{first}/team/web", **environment)
    assert listed.stdout.split() == [f"{first}/team/web:1.{number}" for number in range(5)]


def test_what_a_registry_denies_is_told_at_its_place(registries: Registries, tmp_path: Path) -> None:
    wrong = """\
  - id: wrong
    registry: second
    repository: team/web
    tag: "1.5"
    attributes: {base: web, older: "1.4"}
"""
    text = catalog(registries, wrong).replace("platforms: linux/amd64", "platforms: linux/s390x")
    folder = project(tmp_path / "project", text)
    environment = {**LOGINS, "DOCKER_CONFIG": str(tmp_path)}
    verified = run_imagedocs(folder, "verify", **environment)
    assert verified.returncode == 1
    second = registries.second.host
    assert f"registry-gone: the registry does not have {second}/team/web:1.5" in verified.stdout
    assert (
        f"registry-broken: {second}/team/job:2.0 cannot be pulled for linux/s390x: it is there for linux/amd64"
        in verified.stdout
    )
    run_imagedocs(folder, "snapshot", **environment)
    checked = run_imagedocs(folder, "check", **environment).stdout
    assert (
        f"image-platform-unknown: {second}/team/job:2.0 cannot be pulled for linux/s390x, by what is on record; "
        "it is there for linux/amd64" in checked
    )
    assert f"image-missing: the registry had no {second}/team/web:1.5 on" in checked


def test_a_login_that_is_not_there_is_named_without_a_secret(registries: Registries, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", catalog(registries))
    environment = {**LOGINS, "SECOND_PASSWORD": "", "DOCKER_CONFIG": str(tmp_path)}
    result = run_imagedocs(folder, "verify", **environment)
    assert result.returncode == 3
    assert (
        "the registry asks for a user name and a password; the catalog expects the login in $SECOND_USER and "
        "$SECOND_PASSWORD, and the environment has no SECOND_PASSWORD" in result.stdout
    )
    assert OTHER_PASSWORD not in result.stdout
    assert f"whether {registries.first.host}" not in result.stdout, "the other registry is asked all the same"
    wrong = run_imagedocs(folder, "verify", **{**environment, "SECOND_PASSWORD": "mistyped"})
    assert "refused the user name and password of $SECOND_USER and $SECOND_PASSWORD" in wrong.stdout
    assert "mistyped" not in wrong.stdout + wrong.stderr


def test_no_registry_sees_the_login_of_another(registries: Registries, tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []

    class Curious(http.server.BaseHTTPRequestHandler):
        """Asks for a login, in turn for a password and for a token from a service that it is itself."""

        def do_GET(self) -> None:
            seen.append((self.path, self.headers.get("Authorization", "")))
            self.send_response(401)
            host = self.headers["Host"]
            kinds = ('Basic realm="x"', f'Bearer realm="http://{host}/token",service="x"')
            self.send_header("WWW-Authenticate", kinds[len(seen) % 2])
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Curious) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            host = f"localhost:{server.server_address[1]}"
            third = f"  third: {{host: '{host}', plain_http: true}}\ncolumns:"
            more = (
                "  - {id: curious, registry: third, repository: team/web, tag: '1', "
                "attributes: {base: none, older: none}}\n"
            )
            text = catalog(registries, more).replace("columns:", third, 1)
            folder = project(tmp_path / "project", text)
            result = run_imagedocs(folder, "verify", **LOGINS, DOCKER_CONFIG=str(tmp_path))
        finally:
            server.shutdown()
            thread.join()
    assert result.returncode == 3
    assert [line for line in result.stdout.splitlines() if "registry-silent" in line and host in line]
    assert seen
    assert {authorization for _, authorization in seen} == {""}
