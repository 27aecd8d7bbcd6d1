"""Facts about an image that have a form of their own: accelerators, known issues, support, values of own columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from imagedocs.problems import Position
from imagedocs.references import Reference


class Absence(StrEnum):
    """Why there is no value. The three are distinct: a reader needs to know which."""

    UNKNOWN = "unknown"
    """There may be one, but no source says so."""
    NONE = "none"
    """There is none, and a source says so."""
    NOT_APPLICABLE = "not-applicable"
    """The question does not arise, or the list said so."""


@dataclass(frozen=True, slots=True)
class Library:
    """A native library, which no Python package manager knows."""

    name: str
    version: str | Absence

    def __str__(self) -> str:
        return self.name if isinstance(self.version, Absence) else f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Login:
    """Names of the environment variables that hold a login; empty for what it does not need."""

    user: str = ""
    password: str = ""
    token: str = ""
    """Of a token that the registry takes as it is, in place of user and password."""


@dataclass(frozen=True, slots=True)
class RegistryHost:
    """A registry of the catalog, and what has to be known to ask it."""

    host: str
    """In the form in which hosts are compared: see `imagedocs.references.meant_host`."""
    name: str = ""
    """Name to show, never translated: `Docker Hub`; empty: the host."""
    aliases: tuple[str, ...] = ()
    """Other hosts that have the same images, of which only `host` is asked."""
    portal: tuple[str, ...] = ()
    """What the addresses of pages about its repositories begin with: `hub.docker.com/r`."""
    plain_http: bool = False
    """It is spoken to without TLS."""
    token_hosts: tuple[str, ...] = ()
    """Token services on other hosts that may see the login."""
    page_size: int | None = None
    """Tags to ask for at once; `None`: as many as the registry gives."""
    timeout: int | None = None
    """Seconds for one question, with all that it takes; `None`: as for any registry."""
    patience: int | None = None
    """Seconds for one list of tags, and for all waits together that it asks for; `None`: as for any registry."""
    login: Login = Login()


@dataclass(frozen=True, slots=True)
class AcceleratorKind:
    """A kind of hardware that images compute on: an entry of the table `accelerators`, or `cpu` or `gpu`."""

    id: str
    """How images name it: `rocm`."""
    name: str
    """As its makers write it, never translated: `ROCm`."""
    token: str
    """How it is called in the name of a repository: `rocm`, as in `rocm6.2`."""
    libraries: Mapping[str, str] = field(default_factory=dict[str, str])
    """Key → name of the libraries that belong to it: `miopen` → `MIOpen`."""


CPU = AcceleratorKind("cpu", "CPU", "cpu")
GPU = AcceleratorKind("gpu", "GPU", "gpu", {"cuda": "CUDA", "cudnn": "cuDNN", "nccl": "NCCL"})
UNKNOWN_KIND = AcceleratorKind(Absence.UNKNOWN.value, "", "")
"""Kind of an image in a catalog that does not ask for the accelerator."""


@dataclass(frozen=True, slots=True)
class Accelerator:
    """What an image computes on, with the software that belongs to it."""

    of: AcceleratorKind
    version: str | Absence = Absence.NOT_APPLICABLE
    """Version of its own software: that of ROCm, of the Neuron SDK. A GPU has CUDA among its libraries instead."""
    versions: Mapping[str, str | Absence] = field(default_factory=dict[str, "str | Absence"])
    """Key → version of each of its libraries, in the order of the kind's table."""

    @property
    def kind(self) -> str:
        """`cpu`, `gpu`, a key of the catalog's table `accelerators`, or `unknown` where the catalog does not ask."""
        return self.of.id

    @property
    def name(self) -> str:
        """Name to show, never translated: `CPU`, `GPU`, `ROCm`; empty where the kind is unknown."""
        return self.of.name

    @property
    def is_gpu(self) -> bool:
        """Whether the kind is `gpu`: hardware with CUDA."""
        return self.kind == GPU.id

    @property
    def libraries(self) -> tuple[Library, ...]:
        """Software that belongs to it, as far as the versions are known; its own version comes first."""
        own = [Library(self.name, self.version)]
        named = (Library(self.of.libraries[key], version) for key, version in self.versions.items())
        return tuple(each for each in (*own, *named) if not isinstance(each.version, Absence))

    def version_of(self, key: str) -> str | Absence:
        """Version of the library with this key; not applicable where the kind has no such library."""
        return self.versions.get(key, Absence.NOT_APPLICABLE)

    @property
    def cuda(self) -> str | Absence:
        return self.version_of("cuda")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """Something that goes wrong with some tags of an image."""

    tags: tuple[str, ...]
    text: str
    """What happens, in the catalog's language: a sentence that readers see, translated by the site's messages."""
    since: date
    """The day from which it is known."""
    fixed_in: str | None
    """The first tag that works again, where a source names one."""
    source: str
    position: Position


@dataclass(frozen=True, slots=True)
class Support:
    """How long tags are supported: up to a day, or while they are not much older than another tag."""

    source: str
    until: date | None = None
    """The first day without support. Either this or `months` is given."""
    months: int | None = None
    """A tag is supported while it is at most so many months older than the tag `older_than`."""
    older_than: str = "latest"
    since: date | None = None
    """The first day on which this was promised."""

    def holds_on(self, day: date) -> bool:
        """Whether it had been promised by `day`."""
        return self.since is None or self.since <= day


@dataclass(frozen=True, slots=True)
class Group:
    """Images that share values."""

    id: str
    title: str
    """Heading for the images of the group, in the catalog's language; empty when the catalog gives none."""


class ColumnType(StrEnum):
    """What the values of an own column are."""

    TEXT = "text"
    LIST = "list"
    """Several texts."""
    NUMBER = "number"
    DATE = "date"
    LINK = "link"
    TAG = "tag"
    """A tag of the image's own repository."""
    TAGS = "tags"
    IMAGE = "image"
    """Another image: its id in the catalog, or its name with registry and tag."""
    IMAGES = "images"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the catalog's own."""

    name: str
    """How images and templates name it: `base_image`."""
    title: str
    """Heading, in the catalog's language; made from the name when the catalog gives none."""
    type: ColumnType | None = None
    """`None`: a text or several, as each image has it."""


@dataclass(frozen=True, slots=True)
class Link:
    """The value of a column of links."""

    address: str
    """With `http` or `https`."""
    text: str = ""
    """What to show; empty: the address."""

    def __str__(self) -> str:
        return self.text or self.address


@dataclass(frozen=True, slots=True)
class NamedTag:
    """A value of a column of tags."""

    tag: str

    def __str__(self) -> str:
        return self.tag


@dataclass(frozen=True, slots=True)
class NamedImage:
    """A value of a column of images."""

    reference: Reference
    id: str = ""
    """Of the image in the catalog, where the column names it by its id."""

    def __str__(self) -> str:
        return str(self.reference)


Value = str | int | Decimal | date | Link | NamedTag | NamedImage
Attribute = Value | tuple[str, ...] | tuple[NamedTag, ...] | tuple[NamedImage, ...] | Absence
"""What an image says in one of the catalog's own columns."""
