"""How a registry is convinced: Basic credentials, or Bearer tokens from the service that it names.

A realm is text from the registry. Credentials go to the registry's own origin and to realms that are known or
were named by the person asking, to nobody else; five known tools send them anywhere.
"""

import asyncio
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from yarl import URL

from imagedocs.errors import CannotRun
from imagedocs.references import is_domain
from imagedocs.registry.bodies import read_object
from imagedocs.registry.credentials import DOCKER, NO_VARIABLES, Credentials, LoginVariables, find_credentials
from imagedocs.registry.failures import ExchangeError
from imagedocs.registry.headers import Challenge, UnreadableError, printable, read_challenges
from imagedocs.registry.transport import Origin, Reply, Request, Transport, origin_of

BATCH = 25
"""Scopes a token: 200 in one URL are refused by servers that stop reading at 8 kB."""
_TOKEN_BYTES = 256 << 10
_TOKEN_SECONDS = 60
"""How long a token lives whose answer does not say (distribution, token specification)."""
_CLIENT = "imagedocs"
_NONE = f"there are none in {DOCKER}"

KNOWN_REALMS = {
    "registry-1.docker.io": "https://auth.docker.io",
    "registry.gitlab.com": "https://gitlab.com",
}
"""Token services that are not on the registry's own origin and get its credentials all the same."""


@dataclass(frozen=True, slots=True)
class _Token:
    header: str
    expires: float
    """By the clock of the event loop."""


class Authorizer:
    """Gives every repository of one registry the `Authorization` that the registry asked for."""

    def __init__(
        self,
        transport: Transport,
        host: str,
        trusted: Collection[Origin],
        login: LoginVariables = NO_VARIABLES,
    ) -> None:
        self._transport = transport
        self._login = login
        self._host = host
        """As references and Docker's configuration name the registry."""
        self._trusted = {origin_of(transport.origin), *trusted}
        known = KNOWN_REALMS.get(transport.origin.host or "")
        if known:
            self._trusted.add(origin_of(URL(known)))
        self._credentials: Credentials | None = None
        self._basic = ""
        self._tokens: dict[str, _Token] = {}
        self._expected: dict[str, None] = {}
        self._waiting: dict[str, Challenge] = {}
        """What the repositories were asked for whose questions wait for a token."""
        self._locks: dict[tuple[str, ...], asyncio.Lock] = {}
        """One for each token service: one that hangs must not hold up the others."""
        self._credentials_lock = asyncio.Lock()

    def expect(self, repositories: Iterable[str]) -> None:
        """Say which repositories will be asked about, so that one token can serve many."""
        self._expected.update(dict.fromkeys(repositories))

    def header_for(self, repository: str) -> str:
        """The `Authorization` to try; empty while the registry has not asked for any."""
        token = self._tokens.get(repository)
        if token:
            if token.expires > asyncio.get_running_loop().time():
                return token.header
            del self._tokens[repository]
        return self._basic

    async def satisfy(self, repository: str, reply: Reply, used: str) -> bool:
        """Get what the 401 `reply` asks for, `used` having been refused; whether it is new for us.

        What another question got meanwhile is tried first. Raises ExchangeError.
        """
        challenge = _choose(reply)
        self._waiting[repository] = challenge
        try:
            async with self._locks.setdefault(_place(challenge), asyncio.Lock()):
                if self.header_for(repository) not in {"", used}:
                    return False
                had_token = self._tokens.pop(repository, None) is not None
                credentials = await self._credentials_of_host()
                if challenge.scheme == "basic":
                    self._use_basic(credentials, used)
                elif credentials.registry_token and not used:
                    self._keep((repository,), _Token(f"Bearer {credentials.registry_token}", float("inf")))
                else:
                    await self._get_tokens(repository, challenge, credentials, alone=had_token)
                return True
        finally:
            self._waiting.pop(repository, None)

    async def _credentials_of_host(self) -> Credentials:
        async with self._credentials_lock:
            if self._credentials is None:
                self._credentials = await asyncio.to_thread(
                    find_credentials, self._host, os.environ, self._login
                )
            return self._credentials

    def _without(self, credentials: Credentials, text: str) -> str:
        """Return `text` with the credentials that were in vain, or with why there are none."""
        if credentials:
            return f"{text} the credentials of {self._login or DOCKER}"
        return f"{text}; {credentials.trouble or _NONE}"

    def _use_basic(self, credentials: Credentials, used: str) -> None:
        if not credentials.username:
            raise ExchangeError(
                self._without(credentials, "the registry asks for a user name and a password")
            )
        if used == credentials.basic:
            self._basic = ""
            raise ExchangeError(f"the registry refused the user name and password of {self._login or DOCKER}")
        self._basic = credentials.basic

    async def _get_tokens(
        self, repository: str, challenge: Challenge, credentials: Credentials, *, alone: bool
    ) -> None:
        realm = self._realm(challenge, credentials)
        service = challenge.parameters.get("service", "")
        own = f"repository:{repository}:pull"
        asked = challenge.parameters.get("scope", own)
        if any(word.startswith("repository:") for word in asked.split()) and asked != own:
            asked = own  # never more than what we need
        others = [] if alone or asked != own else self._batch(repository, challenge, credentials)
        if others:
            scopes = [own, *(f"repository:{other}:pull" for other in others)]
            try:
                token = await self._fetch(realm, service, scopes, credentials)
            except _TokenRefusedError:
                pass
            else:
                self._keep((repository, *others), token)
                return
        token = await self._fetch(realm, service, [asked] if asked else [], credentials)
        self._keep((repository,), token)

    def _batch(self, repository: str, challenge: Challenge, credentials: Credentials) -> list[str]:
        """Other repositories that one token can serve as well.

        Credentials buy tokens only for those that have asked for one at the same place themselves; without
        any, those that will be asked about soon are guessed to be alike.
        """
        place = _place(challenge)
        others = [name for name, other in self._waiting.items() if _place(other) == place]
        if not credentials:
            others += [name for name in self._expected if name not in self._tokens]
        return [name for name in dict.fromkeys(others) if name != repository][: BATCH - 1]

    def _keep(self, repositories: tuple[str, ...], token: _Token) -> None:
        for repository in repositories:
            self._tokens[repository] = token
            self._expected.pop(repository, None)

    def _realm(self, challenge: Challenge, credentials: Credentials) -> URL:
        """Where to get a token. Raises ExchangeError when the realm must not be used."""
        text = challenge.parameters.get("realm", "")
        try:
            if not text.isascii() or not text.isprintable() or set(text) & set(' \\<>"'):
                raise ValueError
            realm = URL(text, encoded=True).with_fragment(None)
            shown = printable(str(realm.origin()))
        except ValueError:
            raise ExchangeError("the registry names no token service that can be read") from None
        if realm.user is not None or realm.password is not None or realm.scheme not in {"http", "https"}:
            raise ExchangeError("the registry names no token service that can be read")
        if realm.scheme == "http" and self._transport.origin.scheme == "https":
            raise ExchangeError("the registry names a token service without TLS")
        if credentials and origin_of(realm) not in self._trusted:
            raise ExchangeError(
                f"the registry wants the credentials sent to {shown}, which is not trusted with them; "
                f"allow it with --trust-realm {shown}, or in token_hosts of the catalog"
            )
        return realm

    async def _fetch(self, realm: URL, service: str, scopes: list[str], credentials: Credentials) -> _Token:
        """One token for all `scopes`. Raises ExchangeError."""
        if credentials.identity_token:
            form = {
                "grant_type": "refresh_token",
                "client_id": _CLIENT,
                "service": service,
                "scope": " ".join(scopes),
                "refresh_token": credentials.identity_token,
            }
            request = Request("POST", realm, "application/json", _TOKEN_BYTES, form=form)
        else:
            query = [*realm.query.items(), *([("service", service)] if service else [])]
            url = realm.with_query([*query, *(("scope", scope) for scope in scopes)])
            basic = credentials.basic if credentials.username else ""
            request = Request("GET", url, "application/json", _TOKEN_BYTES, basic)
        reply = await self._transport.send(request)
        if reply.status == 401:
            raise _TokenRefusedError(self._without(credentials, "the token service refused"))
        if reply.status != 200:
            refused = _TokenRefusedError if 400 <= reply.status < 500 else ExchangeError
            raise refused(f"the token service answered {reply.status}")
        return _read_token(reply)


class _TokenRefusedError(ExchangeError):
    """The token service would not give this token; perhaps it gives one for fewer scopes."""


def _place(challenge: Challenge) -> tuple[str, ...]:
    """The token service and what it is to be told."""
    return challenge.scheme, challenge.parameters.get("realm", ""), challenge.parameters.get("service", "")


def read_origins(realms: Iterable[str]) -> Iterator[Origin]:
    """`auth.example.com`, `auth.example.com:8443` or `http://localhost:5001` as origins. Raises CannotRun."""
    for realm in realms:
        try:
            origin = origin_of(URL(realm if "://" in realm else f"https://{realm}").origin())
            if not is_domain(f"[{origin[1]}]" if ":" in (origin[1] or "") else origin[1] or ""):
                raise ValueError
            yield origin
        except ValueError:
            raise CannotRun(f'"{printable(realm)}" is not the address of a token service') from None


def _choose(reply: Reply) -> Challenge:
    try:
        challenges = read_challenges(reply.headers.getall("WWW-Authenticate", ()))
    except UnreadableError as error:
        raise ExchangeError(
            f"the registry asks for credentials in a way that cannot be read ({error})"
        ) from None
    for scheme in ("bearer", "basic"):
        for challenge in challenges:
            if challenge.scheme == scheme:
                return challenge
    raise ExchangeError("the registry asks for credentials and does not say how")


def _read_token(reply: Reply) -> _Token:
    try:
        document = read_object(reply.body)
    except UnreadableError as error:
        raise ExchangeError(f"the token service: {error}") from None
    token = document.get("token") or document.get("access_token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or " " in token:
        raise ExchangeError("the token service gave no token that can be read")
    seconds = document.get("expires_in")
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        seconds = _TOKEN_SECONDS
    lifetime = min(max(seconds, _TOKEN_SECONDS), 3600)
    return _Token(f"Bearer {token}", asyncio.get_running_loop().time() + lifetime * 0.9)
