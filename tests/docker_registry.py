"""Debian's docker-registry on loopback, in four kinds, and a client of the tests' own that fills it."""

import base64
import contextlib
import hashlib
import http.client
import http.server
import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "reader", "s3cret-pass"
OTHER_USER, OTHER_PASSWORD = "other", "other-pass"
_LOGINS = {
    USER: (PASSWORD, "$2b$05$abcdefghijklmnopqrstuuV7fpPozvyqJfnY19y0802WTlXUm6Rjy"),
    OTHER_USER: (OTHER_PASSWORD, "$2b$05$abcdefghijklmnopqrstuulHrmM/uBBOA7zo1flMoDE.bknlqsJZq"),
}
"""User -> password, and its bcrypt, the only kind that docker-registry takes."""

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
LIFECYCLE = "application/vnd.microsoft.artifact.lifecycle"


def digest_of(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


@dataclass
class DockerRegistry:
    """A running registry, and how to write to it."""

    port: int
    ca: Path | None = None
    """The certificate of the authority that signed the registry's; None without TLS."""
    host: str = field(init=False)
    authorization: str = ""

    def __post_init__(self) -> None:
        self.host = f"localhost:{self.port}"

    def request(
        self, method: str, path: str, body: bytes = b"", content_type: str = "application/octet-stream"
    ) -> tuple[int, dict[str, str], bytes]:
        context = ssl.create_default_context(cafile=str(self.ca)) if self.ca else None
        connection = (
            http.client.HTTPSConnection("localhost", self.port, context=context)
            if context
            else http.client.HTTPConnection("localhost", self.port)
        )
        headers = {"Content-Type": content_type, "Accept": f"{INDEX}, {MANIFEST}"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()

    def push_blob(self, repository: str, body: bytes) -> str:
        status, headers, _ = self.request("POST", f"/v2/{repository}/blobs/uploads/")
        assert status == 202
        place = urlsplit(headers["location"])
        status, _, answer = self.request("PUT", f"{place.path}?{place.query}&digest={digest_of(body)}", body)
        assert status == 201, answer
        return digest_of(body)

    def push_manifest(self, repository: str, reference: str, document: dict[str, object]) -> str:
        body = json.dumps(document).encode()
        reference = reference or digest_of(body)
        media_type = str(document["mediaType"])
        status, _, answer = self.request("PUT", f"/v2/{repository}/manifests/{reference}", body, media_type)
        assert status == 201, answer
        return digest_of(body)

    def push_image(
        self,
        repository: str,
        tag: str = "",
        *,
        layer: bytes = b"layer",
        created: str = "2026-09-01T04:11:02.123456789Z",
        platform: str = "linux/amd64",
    ) -> str:
        """Push an image of one platform, with two layers; by digest alone without a tag."""
        system, architecture = platform.split("/")[:2]
        config = json.dumps({"created": created, "os": system, "architecture": architecture}).encode()
        blobs = [(LAYER, layer), (LAYER, b"common layer")]
        document = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self._descriptor(repository, CONFIG, config),
            "layers": [self._descriptor(repository, kind, blob) for kind, blob in blobs],
        }
        return self.push_manifest(repository, tag, document)

    def push_index(
        self, repository: str, tag: str, platforms: dict[str, bytes], *, attested: bool = True
    ) -> dict[str, str]:
        """Push an image of several platforms, with BuildKit's attestations; the digest of each platform's child."""
        children: list[dict[str, object]] = []
        digests: dict[str, str] = {}
        for platform, layer in platforms.items():
            digest = self.push_image(repository, layer=layer, platform=platform)
            digests[platform] = digest
            parts = dict(zip(("os", "architecture", "variant"), platform.split("/"), strict=False))
            children.append(self.child(repository, digest, platform=parts))
            if attested:
                proof = self.push_image(repository, layer=b"proof" + layer, platform="unknown/unknown")
                annotations = {
                    "vnd.docker.reference.type": "attestation-manifest",
                    "vnd.docker.reference.digest": digest,
                }
                unknown = {"os": "unknown", "architecture": "unknown"}
                children.append(self.child(repository, proof, platform=unknown, annotations=annotations))
        document = {"schemaVersion": 2, "mediaType": INDEX, "manifests": children}
        digests[""] = self.push_manifest(repository, tag, document)
        return digests

    def child(self, repository: str, digest: str, **more: object) -> dict[str, object]:
        _, _, body = self.request("GET", f"/v2/{repository}/manifests/{digest}")
        return {"mediaType": MANIFEST, "digest": digest, "size": len(body), **more}

    def attach_end_of_life(self, repository: str, digest: str, day: str) -> None:
        """Attach a lifecycle artifact in the way of a registry without the referrers API: by a tag."""
        document: dict[str, object] = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "artifactType": LIFECYCLE,
            "config": self._descriptor(repository, "application/vnd.oci.empty.v1+json", b"{}"),
            "layers": [self._descriptor(repository, "application/vnd.oci.empty.v1+json", b"{}")],
            "annotations": {"vnd.microsoft.artifact.lifecycle.end-of-life.date": day},
        }
        artifact = self.push_manifest(repository, "", document)
        entry = self.child(repository, artifact, artifactType=LIFECYCLE)
        index: dict[str, object] = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [entry]}
        self.push_manifest(repository, digest.replace(":", "-"), index)

    def delete(self, repository: str, digest: str) -> None:
        assert self.request("DELETE", f"/v2/{repository}/manifests/{digest}")[0] == 202

    def _descriptor(self, repository: str, media_type: str, body: bytes) -> dict[str, object]:
        return {"mediaType": media_type, "digest": self.push_blob(repository, body), "size": len(body)}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextlib.contextmanager
def running(
    folder: Path, kind: str = "plain", *, token_service: str = "", user: str = USER
) -> Iterator[DockerRegistry]:
    """Start a registry of the kind `plain`, `htpasswd`, `tls` or `token` with its data in `folder`; `htpasswd` lets
    `user` in."""
    folder.mkdir(parents=True, exist_ok=True)
    registry = DockerRegistry(free_port())
    config: dict[str, object] = {
        "version": 0.1,
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder / "data")}, "delete": {"enabled": True}},
    }
    address: dict[str, object] = {"addr": f"localhost:{registry.port}"}
    if kind == "htpasswd":
        password, hashed = _LOGINS[user]
        (folder / "htpasswd").write_text(f"{user}:{hashed}\n")
        config["auth"] = {"htpasswd": {"realm": "tests", "path": str(folder / "htpasswd")}}
        registry.authorization = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    elif kind == "tls":
        make_certificates(folder)
        registry.ca = folder / "ca.pem"
        address["tls"] = {"certificate": str(folder / "host.pem"), "key": str(folder / "host.key")}
    elif kind == "token":
        issuer = {"realm": token_service, "service": "tests", "issuer": "tests"}
        config["auth"] = {"token": {**issuer, "rootcertbundle": str(folder / "ca.pem")}}
    config["http"] = address
    (folder / "config.yml").write_text(json.dumps(config))  # JSON is YAML
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["docker-registry", "serve", str(folder / "config.yml")], stdout=log, stderr=log
        )
    try:
        _wait_until_open(registry.port, process, folder / "log")
        yield registry
    finally:
        process.terminate()
        process.wait()


def _wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("docker-registry does not listen")


def _openssl(*arguments: str, data: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def make_certificates(folder: Path) -> None:
    """`ca.pem` and `ca.key` of an authority, `host.pem` and `host.key` of localhost."""
    ca, host = (str(folder / f"{name}.") for name in ("ca", "host"))
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    _openssl(
        "req",
        "-x509",
        *new_key,
        "-keyout",
        f"{ca}key",
        "-out",
        f"{ca}pem",
        "-days",
        "2",
        "-subj",
        "/CN=tests",
    )
    _openssl("req", *new_key, "-keyout", f"{host}key", "-out", f"{host}csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    _openssl("x509", "-req", "-in", f"{host}csr", "-CA", f"{ca}pem", "-CAkey", f"{ca}key", "-CAcreateserial", "-days", "2", "-extfile", str(folder / "names"), "-out", f"{host}pem")  # fmt: skip


class TokenService:
    """Signs tokens for whoever knows the password, and for reading for everybody."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "ca.key"), "-out", str(folder / "ca.pem"), "-days", "2", "-subj", "/CN=tests")  # fmt: skip
        self.scopes: list[list[str]] = []
        """The scopes of every token that was asked for."""
        self.authorizations: list[str] = []

    def token(self, scopes: list[str], actions: list[str]) -> str:
        der = _openssl("x509", "-in", str(self.folder / "ca.pem"), "-outform", "DER")
        header = {"typ": "JWT", "alg": "RS256", "x5c": [base64.b64encode(der).decode()]}
        now = int(time.time())
        access = [{"type": "repository", "name": scope.split(":")[1], "actions": actions} for scope in scopes]
        claims = {
            "iss": "tests",
            "aud": "tests",
            "sub": USER,
            "iat": now - 10,
            "nbf": now - 10,
            "exp": now + 300,
        }
        parts = [_base64url(json.dumps(part).encode()) for part in (header, {**claims, "access": access})]
        signature = _openssl(
            "dgst", "-sha256", "-sign", str(self.folder / "ca.key"), data=".".join(parts).encode()
        )
        return ".".join([*parts, _base64url(signature)])

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """The address of the service."""
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                scopes = parse_qs(urlsplit(self.path).query).get("scope", [])
                service.scopes.append(scopes)
                service.authorizations.append(self.headers.get("Authorization", ""))
                body = json.dumps({"token": service.token(scopes, ["pull"]), "expires_in": 300}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_address[1]}/token"
            finally:
                server.shutdown()
                thread.join()


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
