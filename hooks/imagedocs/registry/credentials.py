"""Credentials as Docker keeps them: its configuration file and its credential helpers.

Asked for only when a registry demands them, so that an anonymous registry never starts a helper. No secret
is part of a message or of what `repr` shows.
"""

import base64
import binascii
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from imagedocs.references import HUB_HOSTS

HELPER_SECONDS = 10
CONFIG_BYTES = 1 << 20
DOCKER_HUB = "https://index.docker.io/v1/"
"""The name under which Docker keeps the credentials of docker.io."""

_HELPER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What to prove oneself with at one registry; all empty for nobody in particular."""

    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    identity_token: str = field(default="", repr=False)
    """An OAuth2 refresh token, to be exchanged at the token service."""
    registry_token: str = field(default="", repr=False)
    """A Bearer token for the registry itself."""
    trouble: str = ""
    """Why configured credentials could not be had, without any secret."""

    def __bool__(self) -> bool:
        return bool(self.username or self.password or self.identity_token or self.registry_token)

    @property
    def basic(self) -> str:
        """The value of an `Authorization` header."""
        pair = f"{self.username}:{self.password}".encode()
        return "Basic " + base64.b64encode(pair).decode("ascii")


NOBODY = Credentials()
DOCKER = "Docker's configuration"


@dataclass(frozen=True, slots=True)
class LoginVariables:
    """Names of the environment variables that hold the login of one registry; empty for what it does not need."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def __str__(self) -> str:
        return f"${self.token}" if self.token else f"${self.user} and ${self.password}"


NO_VARIABLES = LoginVariables()


def find_credentials(
    host: str, environment: Mapping[str, str], login: LoginVariables = NO_VARIABLES
) -> Credentials:
    """The credentials for the registry `host` (`registry.example:5000`): from the variables of `login` where it names
    some, else in the order docker looks for them: `DOCKER_AUTH_CONFIG`, the host's own helper, the default helper, the
    file."""
    if login:
        return _from_variables(login, environment)
    inline = environment.get("DOCKER_AUTH_CONFIG", "")
    found = _from_file(_parse(inline.encode()), host) if inline else NOBODY
    if found:
        return found
    path = _config_path(environment)
    try:
        with path.open("rb") as file:
            config = _parse(file.read(CONFIG_BYTES))
    except FileNotFoundError:
        return found
    except OSError as error:
        return Credentials(trouble=f"Docker's configuration cannot be read ({error.strerror})")
    if config is None:
        return Credentials(trouble="Docker's configuration is not a JSON object")
    helper = _helper_of(config, host)
    return _from_helper(helper, host, environment) if helper else _from_file(config, host)


def _from_variables(login: LoginVariables, environment: Mapping[str, str]) -> Credentials:
    names = [name for name in (login.user, login.password, login.token) if name]
    missing = [name for name in names if not environment.get(name)]
    if missing:
        return Credentials(
            trouble=f"the catalog expects the login in {login}, and the environment has no {missing[0]}"
        )
    if login.token:
        return Credentials(registry_token=environment[login.token])
    return Credentials(environment[login.user], environment[login.password])


def _config_path(environment: Mapping[str, str]) -> Path:
    folder = environment.get("DOCKER_CONFIG")
    if folder:
        return Path(folder) / "config.json"
    home = environment.get("HOME") or environment.get("USERPROFILE") or Path.home()
    return Path(home) / ".docker" / "config.json"


def _parse(text: bytes) -> dict[str, object] | None:
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", document) if isinstance(document, dict) else None


def _names(host: str) -> tuple[str, ...]:
    """The names under which a configuration may know `host`, the one docker writes first."""
    return (DOCKER_HUB, "index.docker.io", "docker.io") if host in HUB_HOSTS else (host,)


def _hostname(name: str) -> str:
    """What docker compares: a key of `auths` without scheme and path."""
    return re.sub(r"^https?://", "", name).split("/", 1)[0]


def _section(config: dict[str, object], name: str) -> dict[str, object]:
    section = config.get(name)
    return cast("dict[str, object]", section) if isinstance(section, dict) else {}


def _helper_of(config: dict[str, object], host: str) -> str:
    helpers = _section(config, "credHelpers")
    for name in _names(host):
        if isinstance(helper := helpers.get(name), str):
            return helper
    default = config.get("credsStore")
    return default if isinstance(default, str) else ""


def _from_file(config: dict[str, object] | None, host: str) -> Credentials:
    if config is None:
        return Credentials(trouble="DOCKER_AUTH_CONFIG is not a JSON object")
    auths = _section(config, "auths")
    names = _names(host)
    exact = [auths[name] for name in names if name in auths]
    by_host = [entry for key, entry in auths.items() if _hostname(key) in {_hostname(n) for n in names}]
    for entry in exact + by_host:
        if isinstance(entry, dict):
            return _from_entry(cast("dict[str, object]", entry), host)
    return NOBODY


def _from_entry(entry: dict[str, object], host: str) -> Credentials:
    def text(name: str) -> str:
        value = entry.get(name)
        return value if isinstance(value, str) else ""

    username, password = text("username"), text("password")
    if auth := text("auth"):
        try:
            decoded = base64.b64decode(auth, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return Credentials(trouble=f'the entry "auth" of {host} in Docker\'s configuration is not base64')
        username, colon, password = decoded.partition(":")
        if not colon:
            return Credentials(trouble=f'the entry "auth" of {host} in Docker\'s configuration has no colon')
        password = password.strip("\0")
    return Credentials(username, password, text("identitytoken"), text("registrytoken"))


def _from_helper(helper: str, host: str, environment: Mapping[str, str]) -> Credentials:
    if not _HELPER.fullmatch(helper):
        return Credentials(trouble="Docker's configuration names a credential helper that is no file name")
    program = f"docker-credential-{helper}"
    server = _names(host)[0]
    try:
        run = subprocess.run(
            [program, "get"],
            input=server.encode(),
            capture_output=True,
            timeout=HELPER_SECONDS,
            check=False,
            env=dict(environment),
        )
    except FileNotFoundError:
        return Credentials(trouble=f"{program} is not installed")
    except subprocess.TimeoutExpired:
        return Credentials(trouble=f"{program} did not answer in {HELPER_SECONDS} s")
    except OSError as error:
        return Credentials(trouble=f"{program} cannot be started ({error.strerror})")
    if run.returncode:
        # "credentials not found in native keychain" is the protocol's way to say: none
        if b"credentials not found" in run.stdout + run.stderr:
            return NOBODY
        return Credentials(trouble=f"{program} ended with status {run.returncode}")
    entry = _parse(run.stdout[:CONFIG_BYTES])
    username, secret = (entry.get(key) for key in ("Username", "Secret")) if entry else (None, None)
    if not isinstance(username, str) or not isinstance(secret, str):
        return Credentials(trouble=f"{program} gave no credentials that can be read")
    if username == "<token>":
        return Credentials(identity_token=secret)
    return Credentials(username, secret)
