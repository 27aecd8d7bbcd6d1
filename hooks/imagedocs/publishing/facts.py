"""What the list says of each image, as facts with a name; and which of them all images share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from imagedocs.catalog import Absence, Catalog, Environment, Image


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the list says of an image."""

    key: str
    """Field of the catalog, or name of an own column: `python`, `base_image`."""
    name: str
    """Heading, in the catalog's language; empty where the value says by itself what it is, as `Ubuntu 22.04` does."""
    values: tuple[object, ...]
    """At least one. See `imagedocs.publishing.words` for what becomes of them."""
    is_code: bool = False
    """The values are names of programs."""

    @property
    def is_long(self) -> bool:
        """Whether the fact needs a line of its own."""
        return self.key in ("packages", "environment")


NO_FACT: Final = (Absence.UNKNOWN, Absence.NOT_APPLICABLE)
"""Values that say nothing of the image: blocks leave them out."""

FIELDS: Final = (
    "accelerator",
    "framework",
    "python",
    "os",
    "platforms",
    "libraries",
    "packages",
    "environment",
)
"""Fields of images that are facts, in the order in which blocks show them."""


def facts_of(catalog: Catalog, image: Image, environment: Environment | Absence) -> tuple[Fact, ...]:
    """Return the facts of an image that are known, in the order of the blocks."""
    columns = FIELDS if catalog.columns is None else catalog.columns
    own = {column.name: column for column in catalog.own_columns}
    found: list[Fact] = []
    built_in = (field for field in FIELDS if field in columns or field == "platforms")
    for key in (
        *(field for field in built_in if field not in own),
        *(name for name in columns if name in own),
    ):
        if key in own:
            values = _values(image.attributes.get(key, Absence.UNKNOWN))
            fact = Fact(key, own[key].title, values)
        else:
            fact = _BUILT_IN[key](image, environment)
        if fact.values:
            found.append(fact)
    return tuple(found)


def shared_facts(facts: Sequence[Sequence[Fact]]) -> tuple[Fact, ...]:
    """Return the facts that are the same for all images: none where there are fewer than two."""
    if len(facts) < 2:
        return ()
    return tuple(fact for fact in facts[0] if all(fact in others for others in facts[1:]))


def _values(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return cast("tuple[object, ...]", value)
    return () if value in NO_FACT else (value,)


def _accelerator(image: Image, environment: Environment | Absence) -> Fact:
    accelerator = image.accelerator
    own = (accelerator.name,) if accelerator.name else ()
    libraries = [str(library) for library in accelerator.libraries]
    if libraries and libraries[0].startswith(f"{accelerator.name} "):
        own = ()  # "ROCm 6.2" names the accelerator already
    return Fact("accelerator", "", (*own, *libraries))


def _framework(image: Image, environment: Environment | Absence) -> Fact:
    framework, version = image.framework, image.framework_version
    if framework.is_none:
        return Fact("framework", "", (framework,) if framework.name else ())
    return Fact(
        "framework", "", (framework.name if isinstance(version, Absence) else f"{framework.name} {version}",)
    )


def _environment(image: Image, environment: Environment | Absence) -> Fact:
    value = environment.name if isinstance(environment, Environment) else environment
    return Fact(
        "environment", "Curated environment", _values(value), is_code=isinstance(environment, Environment)
    )


_BUILT_IN: Final[Mapping[str, Callable[[Image, Environment | Absence], Fact]]] = {
    "accelerator": _accelerator,
    "framework": _framework,
    "python": lambda image, _: Fact("python", "Python", _values(image.python)),
    "os": lambda image, _: Fact("os", "", _values(image.os)),
    "platforms": lambda image, _: Fact("platforms", "Platforms", image.platforms),
    "libraries": lambda image, _: Fact("libraries", "Native libraries", image.libraries),
    "packages": lambda image, _: Fact(
        "packages", "Preinstalled packages", _values(image.packages), is_code=True
    ),
    "environment": _environment,
}


def without(facts: Iterable[Fact], shared: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that are not among `shared`."""
    return tuple(fact for fact in facts if fact not in shared)
