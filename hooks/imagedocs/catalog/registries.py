"""Reading where images are: the hosts of registries, and what has to be known to ask each."""

from dataclasses import dataclass, replace
from typing import Final

from imagedocs.catalog.facts import Login, RegistryHost
from imagedocs.catalog.kinds import REGISTRY, OneOrMore
from imagedocs.durations import FORM, PATTERN, seconds_of
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.references import looks_like_host, meant_host
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Flag, Schema, Text, Whole, wrong_type
from imagedocs.yaml.nodes import Mapping, Node, Scalar
from imagedocs.yaml.records import Field, ListOf, Record, Values

LARGEST_PAGE: Final = 10_000
LONGEST_TIMEOUT: Final = 3600

REGISTRY_NAME_TEXT: Final = Text(
    "a name of lower-case letters, digits, dots and dashes, or a host",
    r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::[0-9]{1,5})?",
)


@dataclass(frozen=True, slots=True)
class VariableName:
    """The name of an environment variable. What is none may be a secret, so no message shows it."""

    def read(self, node: Node, findings: Findings) -> str | None:
        pattern = Text("", r"[A-Za-z_][A-Za-z0-9_]{0,99}")
        value = pattern.read(node, Findings("")) if isinstance(node, Scalar) else None
        if value is None:
            message = "expected the name of an environment variable"
            findings.add(
                node, Rule.WRONG_TYPE, message, "write the name alone, such as QUAY_PASSWORD; never a secret"
            )
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,99}$"}


LOGIN_USER = Field("user", VariableName(), "The variable that holds the name of the user.", required=False)
LOGIN_PASSWORD = Field("password", VariableName(), "The variable that holds the password.", required=False)
LOGIN_TOKEN = Field(
    "token",
    VariableName(),
    "The variable that holds a token which the registry takes as it is, in place of user and password.",
    required=False,
)
_LOGIN = Record((LOGIN_USER, LOGIN_PASSWORD, LOGIN_TOKEN))


@dataclass(frozen=True, slots=True)
class LoginField:
    """The names of the variables that hold a login: user and password, or a token."""

    def read(self, node: Node, findings: Findings) -> Login | None:
        read = _LOGIN.read(node, findings)
        if read is None or not read.is_good:
            return None
        user, password, token = (read.get(each) or "" for each in (LOGIN_USER, LOGIN_PASSWORD, LOGIN_TOKEN))
        if bool(user) != bool(password) or bool(user) == bool(token):
            message = "a login is user and password, or token"
            findings.add(node, Rule.CATALOG_CONTRADICTION, message, "name the variables of one of the two")
            return None
        return Login(user, password, token)

    def schema(self) -> Schema:
        return {**_LOGIN.schema(), "oneOf": [{"required": ["user", "password"]}, {"required": ["token"]}]}


@dataclass(frozen=True, slots=True)
class WholeBetween:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def read(self, node: Node, findings: Findings) -> int | None:
        before = findings.added
        value = Whole().read(node, findings)
        if value is None or self.least <= value <= self.most:
            return value
        if findings.added == before:
            wrong_type(node, f"a whole number from {self.least} to {self.most}", findings)
        return None

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Duration:
    """A time such as `20m`, as seconds."""

    def read(self, node: Node, findings: Findings) -> int | None:
        found = seconds_of(node.value) if isinstance(node, Scalar) else None
        if found is None:
            wrong_type(node, FORM, findings)
        return found

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{PATTERN}$"}


HOST = Field("host", REGISTRY, "The host. Absent: the key is the host.", required=False)
NAME = Field("name", Text("a name"), "The name as its makers write it: Docker Hub.", required=False)
ALIASES = Field(
    "aliases",
    ListOf(REGISTRY),
    "Other hosts with the same images, such as those of other regions: names of images with them mean the same.",
    required=False,
)
PORTAL = Field(
    "portal",
    OneOrMore(
        Text(
            "the beginning of an address such as hub.docker.com/r",
            r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._-]+)*",
        ),
        "beginning",
    ),
    "What the addresses of pages about its repositories begin with, without https://: hub.docker.com/r. Links to these "
    "pages are checked like names of images.",
    required=False,
)
PLAIN_HTTP = Field("plain_http", Flag(), "Whether it is asked without TLS: true or false.", required=False)
TOKEN_HOSTS = Field(
    "token_hosts",
    ListOf(REGISTRY),
    "Hosts of token services, other than the registry itself, that may see the login.",
    required=False,
)
PAGE_SIZE = Field(
    "page_size", WholeBetween(1, LARGEST_PAGE), "How many tags it is asked for at once.", required=False
)
TIMEOUT = Field(
    "timeout",
    WholeBetween(1, LONGEST_TIMEOUT),
    "Seconds that a question to it may take; what it asks to wait comes on top.",
    required=False,
)
PATIENCE = Field(
    "patience",
    Duration(),
    "How long one list of its tags may take, and all waits together that it asks for: 90s, 20m or 1h.",
    required=False,
)
LOGIN = Field(
    "login",
    LoginField(),
    "The names of the environment variables that hold the login. Absent: that of Docker's configuration.",
    required=False,
)
_RECORD = Record((HOST, NAME, ALIASES, PORTAL, PLAIN_HTTP, TOKEN_HOSTS, PAGE_SIZE, TIMEOUT, PATIENCE, LOGIN))


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """A registry: its host alone, or what has to be known to ask it. The host is empty where only the key says it."""

    def read(self, node: Node, findings: Findings) -> RegistryHost | None:
        if isinstance(node, Scalar):
            if node.reads_as == "null":
                return RegistryHost("")
            host = REGISTRY.read(node, findings)
            return None if host is None else RegistryHost(meant_host(host))
        read = _RECORD.read(node, findings)
        if read is None or not read.is_good:
            return None
        return RegistryHost(
            meant_host(read.get(HOST) or ""),
            read.get(NAME) or "",
            _hosts(read, ALIASES),
            tuple(beginning for beginning, _ in read.get(PORTAL) or ()),
            read.get(PLAIN_HTTP) or False,
            _hosts(read, TOKEN_HOSTS),
            read.get(PAGE_SIZE),
            read.get(TIMEOUT),
            read.get(PATIENCE),
            read.get(LOGIN) or Login(),
        )

    def schema(self) -> Schema:
        return {"anyOf": [REGISTRY.schema(), _RECORD.schema(), {"type": "null"}]}


def _hosts(read: Values, field: Field[tuple[tuple[str, Node], ...]]) -> tuple[str, ...]:
    return tuple(meant_host(host) for host, _ in read.get(field) or ())


def named_registries(
    table: dict[str, RegistryHost], node: Node | None, findings: Findings
) -> dict[str, RegistryHost]:
    """Return the table with the hosts that only its keys say; report keys that are no hosts, and doubled hosts."""
    found: dict[str, RegistryHost] = {}
    taken: dict[str, str] = {}
    keys = {key.value: key for key, _ in node.entries} if isinstance(node, Mapping) else {}
    for key, entry in table.items():
        place = keys[key]
        if not entry.host and not looks_like_host(key):
            message = f"{shown(key)} is not the host of a registry"
            findings.add(
                place, Rule.MISSING_FIELD, message, "add host, or write the host in place of the name"
            )
            continue
        registry = entry if entry.host else replace(entry, host=meant_host(key))
        found[key] = registry
        for host in (registry.host, *registry.aliases):
            other = taken.setdefault(host, key)
            if other != key:
                message = f"{shown(other)} has the host {host} already"
                findings.add(place, Rule.DUPLICATE_KEY, message, "remove one of them")
    return found


@dataclass(frozen=True, slots=True)
class Registries:
    """The registries of a catalog, by which images say where they are."""

    default: tuple[str, ...]
    """Hosts of images that name no registry."""
    table: dict[str, RegistryHost]
    broken: frozenset[str] = frozenset()
    """Keys of the table whose entries are reported already."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that the catalog names besides those of images."""
        return (*self.default, *(each.host for each in self.table.values()))

    def host(self, name: str, node: Node, findings: Findings) -> str | None:
        """Return the host that an image names, by a key of the table or as a host; `None` after saying what is wrong
        with it."""
        if name in self.broken:
            return None
        if name in self.table:
            return self.table[name].host
        host = meant_host(name)
        known = [*self.table, *self.default]
        if host in known or looks_like_host(name):
            return host
        hint = did_you_mean(name, known) or f"write a host, or one of: {', '.join(known)}"
        findings.add(node, Rule.UNKNOWN_NAME, f"there is no registry {shown(name)}", hint)
        return None
