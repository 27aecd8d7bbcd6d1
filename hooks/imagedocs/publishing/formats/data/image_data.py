"""All that the catalog and the record say of images, as values of JSON.

Each field is always there: a value that is not known is null. What a value is doesn't depend on the day, except that of
`status` and of the fields `support`, which are those of the day `as_of`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from imagedocs.catalog import Absence, Environment, Image, Library, Status, Support
from imagedocs.evidence import TagSupport, newest_good_tag, record_state, support_on, tags_of, was_seen
from imagedocs.publishing.formats.data.columns import attribute_data, column_data
from imagedocs.publishing.formats.data.writing import image_path
from imagedocs.publishing.formats.publication import Publication
from imagedocs.publishing.image_values import names_of
from imagedocs.publishing.sources import origin_of
from imagedocs.publishing.values import list_day
from imagedocs.registry import Gone, Platform, Repository, Sighting, TagFacts

Data = dict[str, object]

STATUS: Final = {
    Status.SUPPORTED: "supported",
    Status.DEPRECATED: "deprecated",
    Status.REMOVED: "withdrawn",
}
"""Statuses as readers know them."""


@dataclass(frozen=True)
class ImageData:
    """The images of one publication."""

    publication: Publication
    folder: str
    """Folder of the data, relative to the root of the site, ending in a slash."""

    def address(self, path: str) -> str:
        """Return the address of a file of the data."""
        return self.publication.address(f"{self.folder}{path}")

    def all(self) -> Data:
        """Return all images, with what is known of the list as a whole."""
        given = self.publication
        names = {image.full_repository for image in given.catalog.images}
        default = next((each for each in given.locales if not each.url), given.locale)
        return {
            "as_of": _day(given.as_of),
            "list_changed": _day(list_day(given.catalog, given.as_of)),
            "language": default.tag,
            "site": given.site_url or None,
            "record": self._record(names),
            "columns": column_data(given.catalog),
            "total": len(self.images),
            "images": [*self.images.values()],
        }

    @cached_property
    def images(self) -> Mapping[str, Data]:
        """Id -> image."""
        return {image.id: self._image(image) for image in self.publication.catalog.images}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(self.publication.catalog.images)

    @cached_property
    def _replaced(self) -> Mapping[str, list[Image]]:
        """Id of an image -> those that it replaces."""
        found: dict[str, list[Image]] = {}
        for image in self.publication.catalog.images:
            if image.replacement is not None:
                found.setdefault(image.replacement, []).append(image)
        return found

    def _image(self, image: Image) -> Data:
        given = self.publication
        repository = given.record.repository(image.full_repository) or Repository()
        replacement = given.catalog.replacement(image)
        path = image_path(image.id)
        good = newest_good_tag(image, given.record, given.as_of)
        values, absent = _contents(image)
        return {
            "id": image.id,
            "title": self._names[image.id],
            "url": self.address(path) if path else None,
            "pages": self._addresses(given.pages.get(image.id)),
            "badges": self._addresses(self._badge(image)),
            "image": image.full_repository,
            "registry": image.registry,
            "registries": list(image.hosts),
            "repository": image.repository,
            "references": [str(each) for each in image.references],
            "tags": list(image.tags),
            "digest": image.digest,
            "platforms": list(image.platforms) or None,
            "status": STATUS[image.status_on(given.as_of)],
            "listed": {
                "from": _day(image.listed.start if image.listed.start > date.min else None),
                "until": _day(image.listed.until),
            },
            "replaced_by": _link(replacement) if replacement else None,
            "replaces": [_link(each) for each in self._replaced.get(image.id, ())],
            "promise": _promise(image.support),
            "support": _support(support_on(image, image.tag, given.record, given.as_of)),
            "known_issues": [
                {
                    "tags": list(each.tags),
                    "text": each.text,
                    "since": _day(each.since),
                    "fixed_in": each.fixed_in,
                    "source": _source(each.source),
                }
                for each in image.known_issues
                if each.since <= given.as_of
            ],
            **values,
            "absent": absent,
            "sources": {field: _source(source) for field, source in image.sources.items()},
            "newest_good_tag": good,
            "record": self._record({image.full_repository}),
            "tags_on_record": [
                {
                    "tag": each.tag,
                    "is_documented": each.tag in image.tags,
                    "known_issue": each.issue.text if each.issue else None,
                    "support": _support(each.support),
                    "built": _day(each.built),
                    **self._facts(each.facts),
                }
                for each in tags_of(image, given.record, given.as_of)
            ],
            "digests_on_record": [
                {**self._facts(facts), "digest": digest}
                for digest, facts in sorted(repository.digests.items())
                if was_seen(facts, given.as_of)
            ],
            "gone": [
                _gone(name, each)
                for name, each in sorted(repository.gone.items())
                if each.since is None or each.since <= given.as_of
            ],
        }

    def _record(self, names: set[str]) -> Data:
        given = self.publication
        state = record_state(given.record, given.as_of, names)
        return {"newest": _day(state.newest), "asked": _day(state.asked), "tags": state.tags}

    def _addresses(self, path: str | None) -> Data:
        """Return the addresses of something that each locale's site has; none where it has nothing."""
        given = self.publication
        return {} if path is None else {each.tag: given.address(path, each) for each in given.locales}

    def _badge(self, image: Image) -> str | None:
        folder = self.publication.folders.get("badges")
        return f"{folder}/{image.id}.svg" if folder and image_path(image.id) else None

    def _facts(self, facts: TagFacts) -> Data:
        as_of = self.publication.as_of
        seen = [each for each in facts.seen if each.day is None or each.day <= as_of]
        return {
            "digest": facts.digest,
            "created": facts.created,
            "end_of_life": _day(facts.end_of_life),
            "platforms": None if facts.platforms is None else [_platform(each) for each in facts.platforms],
            "first_seen": _sighting(min(seen, key=lambda each: each.day or date.max, default=None)),
            "last_seen": _sighting(max(seen, key=lambda each: each.day or date.min, default=None)),
        }


def _contents(image: Image) -> tuple[Data, dict[str, str]]:
    """Return what is in an image, and for each field whose value is null why it is, as the catalog says."""
    absent: dict[str, str] = {}

    def known(field: str, value: object) -> object:
        if isinstance(value, Absence):
            absent[field] = value.value
            return None
        return value

    def versions(field: str, libraries: Iterable[Library]) -> list[Data]:
        return [
            {"name": each.name, "version": known(f"{field}.{each.name}", each.version)} for each in libraries
        ]

    accelerator, framework, system = image.accelerator, image.framework, known("os", image.os)
    packages = known("packages", image.packages)
    environment = known("environment", image.environment)
    values: Data = {
        "framework": None
        if framework.is_none
        else {
            "id": framework.id,
            "name": framework.name,
            "version": known("framework.version", image.framework_version),
        },
        "accelerator": {
            "kind": known("accelerator.kind", _kind(accelerator.kind)),
            "name": accelerator.name or None,
            "version": known("accelerator.version", accelerator.version),
            "libraries": versions("accelerator", _libraries(image)),
        },
        "os": None
        if system is None or isinstance(image.os, Absence)
        else {"id": image.os.id, "name": image.os.name, "version": known("os.version", image.os.version)},
        "python": known("python", image.python),
        "packages": None if packages is None else [str(each) for each in _items(image.packages)],
        "libraries": versions("libraries", image.libraries),
        "environment": None
        if environment is None or not isinstance(image.environment, Environment)
        else {"name": image.environment.name, "until": _day(image.environment.until)},
        "attributes": {
            name: attribute_data(known(f"attributes.{name}", value))
            for name, value in image.attributes.items()
        },
    }
    if framework.is_none:
        absent["framework"] = Absence.NONE.value if framework.name else Absence.UNKNOWN.value
    return values, dict(sorted(absent.items()))


def _libraries(image: Image) -> Iterator[Library]:
    """Yield the software of the accelerator, also where its version isn't known."""
    for key, version in image.accelerator.versions.items():
        if version is not Absence.NOT_APPLICABLE:
            yield Library(image.accelerator.of.libraries[key], version)


def _kind(kind: str) -> str | Absence:
    return Absence.UNKNOWN if kind == Absence.UNKNOWN else kind


def _items(packages: Sequence[object] | Absence) -> Sequence[object]:
    return () if isinstance(packages, Absence) else packages


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _link(image: Image) -> Data:
    return {"id": image.id, "reference": str(image.reference)}


def _source(source: str) -> Data:
    """Return where a fact is from, with an address where one is known."""
    return {"text": source, "url": origin_of(source).address or None}


def _sighting(sighting: Sighting | None) -> Data | None:
    return {"date": _day(sighting.day), "source": _source(sighting.source)} if sighting else None


def _platform(platform: Platform) -> Data:
    return {"name": platform.name, "digest": platform.digest, "bytes": platform.bytes}


def _promise(support: Support | None) -> Data | None:
    if support is None:
        return None
    return {
        "until": _day(support.until),
        "months": support.months,
        "older_than": support.older_than if support.months is not None else None,
        "since": _day(support.since),
        "source": _source(support.source),
    }


def _support(support: TagSupport | None) -> Data | None:
    if support is None:
        return None
    return {"is_supported": support.is_supported, "last_certain_day": _day(support.last_day)}


def _gone(name: str, gone: Gone) -> Data:
    is_digest = ":" in name
    return {
        "tag": None if is_digest else name,
        "digest": name if is_digest else gone.digest,
        "since": _day(gone.since),
        "source": _source(gone.evidence) if gone.evidence else None,
    }
