"""Which registries are known, and which names are slips for them."""

from collections.abc import Iterator

from imagedocs.catalog import Catalog
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references.slips import PUBLIC_HOSTS, misspelled_host
from imagedocs.registry import Registry


def hosts_of(catalog: Catalog, registry: Registry) -> frozenset[str]:
    """The registries whose images are looked for: those that the catalog and the recorded manifest are about."""
    return _recorded_hosts(registry) | (catalog.hosts - dict(check_hosts(catalog, registry)).keys())


def _recorded_hosts(registry: Registry) -> frozenset[str]:
    return frozenset(name.partition("/")[0] for name in registry.repositories())


def known_repositories(catalog: Catalog, registry: Registry) -> frozenset[str]:
    """Return the full names of the repositories that the catalog or the record has."""
    return frozenset(registry.repositories()).union(*(image.repositories for image in catalog.images))


def check_hosts(catalog: Catalog, registry: Registry) -> Iterator[tuple[str, Problem]]:
    """Yield host and problem for each registry of the catalog that is the misspelling of another one: of one on
    record or in the catalog, or of a public one."""
    recorded = _recorded_hosts(registry)
    sound: list[str] = []
    for host, place in catalog.places.items():
        others = tuple(sorted({*recorded, *sound, *PUBLIC_HOSTS} - {host}))
        meant = "" if host in recorded else misspelled_host(host, others)
        if meant:
            yield host, misspelling(place, host, meant)
        else:
            sound.append(host)


def misspelling(place: Position, host: str, meant: str) -> Problem:
    """Return the problem that `host` is the misspelling of the host `meant`."""
    message = f"{host} is one slip away from {meant}"
    return Problem(place, Rule.IMAGE_REGISTRY_MISSPELLED, message, f'write "{meant}"')
