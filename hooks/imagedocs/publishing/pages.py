"""The pages that are generated from the catalog: one for each image, and one that lists them all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from imagedocs.catalog import Catalog, Image
from imagedocs.evidence import record_state
from imagedocs.parts import IMAGE_TEMPLATE, INDEX_TEMPLATE
from imagedocs.problems import Position, Problem, Rule
from imagedocs.publishing.image_values import ImageValues, ImageValuesMaker, names_of
from imagedocs.publishing.values import list_day
from imagedocs.registry.manifest import Manifest

INDEX = "index"
"""Name of that page."""
_OF_INDEX = (INDEX, "index.html")
"""Ids that would be in the place of that page: with an address for each folder, its file is `index.html`."""
LONGEST = 200
"""Letters of an id that is the name of a page: names of files have at most 255."""


@dataclass(frozen=True, slots=True)
class ImageFiles:
    """Files that are published of one image, or of all together, besides their page, for the template of that page."""

    badge: str = ""
    """Path of its badge, from any page of the site; empty where there is none."""
    badge_text: str = ""
    """Text of the badge."""
    badge_line: str = ""
    """Markdown that shows the badge elsewhere; empty where the address of the site isn't known."""
    data: str = ""
    """Path of the file with all that is known of the image, from any page of the site; empty where there is none."""
    feed: str = ""
    """Path of the feed of what changed; empty where there is none."""
    calendar: str = ""
    """Path of the calendar of the days on which support ends; empty where there is none."""
    subscription: str = ""
    """Address at which a program subscribes to that calendar; empty where there is none."""


@dataclass(frozen=True)
class ImagePages:
    """The pages of the images in a catalog, in whatever language."""

    catalog: Catalog
    record: Manifest
    """What is known of the tags of the images."""
    as_of: date
    """The day that counts as today."""
    folder: str
    """Where the pages are in the site of a locale; empty for a project that has no such pages."""
    address: str = ""
    """Address at which the catalog is edited; empty when that is not known."""
    changes_page: str = ""
    """Path of the page that says what changed, from any page; empty where there is none."""

    @cached_property
    def places(self) -> Mapping[str, Image | None]:
        """Site path of each page -> its image; `None` for the page that lists all images. No page without an image."""
        images = [image for image in self.catalog.images if _is_name(image.id)] if self.folder else []
        places: dict[str, Image | None] = {self.place(INDEX): None} if images else {}
        return places | {self.place(image.id): image for image in images}

    def place(self, name: str) -> str:
        """Return the site path of the page called `name`: the id of an image, or `INDEX`."""
        return f"{self.folder}/{name}.md"

    @property
    def links(self) -> Mapping[str, str]:
        """Paths of the images' pages, from any page, by their ids, and that of the page of all images by the empty
        text."""
        return {image.id if image else "": f"~/{place}" for place, image in self.places.items()}

    def template(self, place: str) -> str:
        """Return the project path of the template of the page at `place`."""
        return INDEX_TEMPLATE if self.places[place] is None else IMAGE_TEMPLATE

    def position(self, place: str) -> Position | None:
        """Return where the catalog has the image of the page at `place`; `None` for the page that lists all images."""
        image = self.places[place]
        return image.position if image else None

    def values(self, place: str, files: ImageFiles | None = None) -> Mapping[str, object]:
        """Return what the template of the page at `place` may use. `files` are published of what the page is about.

        `as_of` is the day of the site, `list_day` the last day on which the list changed, or `None`, `published` are these
        files, and `changes_page` is the path of the page that says what changed, or empty. The page of an image has
        `image`; the page that lists all images has `images`, in the order of the list, `withdrawn`, pairs
        of a day and the images that left the list then, the last day first, and `record`, the state of the record of
        all tags.
        """
        image = self.places[place]
        common = {
            "as_of": self.as_of,
            "list_day": self._list_day,
            "published": files or ImageFiles(),
            "changes_page": self.changes_page,
        }
        if image is not None:
            return {**common, "image": self._maker.values(image)}
        images = tuple(self._maker.values(each) for each in self.places.values() if each is not None)
        names = {each.full_repository for each in self.catalog.images}
        record = record_state(self.record, self.as_of, names)
        return {**common, "images": images, "withdrawn": tuple(_by_day(images)), "record": record}

    @cached_property
    def _list_day(self) -> date | None:
        return list_day(self.catalog, self.as_of)

    @cached_property
    def _maker(self) -> ImageValuesMaker:
        names = names_of(image for image in self.places.values() if image is not None)
        return ImageValuesMaker(self.catalog, self.record, self.as_of, names, self.address)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each image whose id is no name for a page."""
        for image in self.catalog.images if self.folder else ():
            if image.id in _OF_INDEX:
                message = f'the page of this image would be the list of all images, "{self.folder}/"'
                yield _problem(image.at("id"), message)
            elif not _is_name(image.id):
                yield _problem(image.at("id"), f"an id of more than {LONGEST} letters is no name for a page")


def _is_name(image_id: str) -> bool:
    return image_id not in _OF_INDEX and len(image_id) <= LONGEST


def _problem(position: Position, message: str) -> Problem:
    return Problem(position, Rule.PAGE_COLLISION, message, "give the image another id")


def _by_day(images: Iterable[ImageValues]) -> Iterator[tuple[date | None, tuple[ImageValues, ...]]]:
    """Yield the days on which images were withdrawn, the last first, each with these images."""
    found: dict[date | None, tuple[ImageValues, ...]] = {}
    for image in images:
        if image.is_withdrawn:
            found[image.until] = (*found.get(image.until, ()), image)
    yield from sorted(found.items(), key=lambda item: item[0] or date.min, reverse=True)
