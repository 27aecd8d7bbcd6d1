"""What templates are given: the list of one day, and the state of the list and of the record behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from imagedocs.catalog import Catalog, ColumnType, Framework, Image, Status
from imagedocs.evidence import record_state
from imagedocs.publishing.changes import list_changes
from imagedocs.publishing.choices import questions_for
from imagedocs.publishing.events import events
from imagedocs.publishing.facts import facts_of, shared_facts, without
from imagedocs.publishing.rows import Row, RowMaker, titles_of
from imagedocs.registry import Registry

BLOCKS: Final = "blocks"
"""The form of the list that has a block for each image."""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Images below one heading."""

    anchor: str
    """Empty where an image has it as its own."""
    title: object
    """A framework, or the title of a group of the catalog; empty for images of neither."""
    rows: tuple[Row, ...]
    marks: tuple[str, ...]
    """Those of its rows."""


def template_values(
    catalog: Catalog,
    as_of: date,
    registry: Registry | None = None,
    form: str = BLOCKS,
    pages: Mapping[str, str] | None = None,
    changes_page: str = "",
) -> Mapping[str, object]:
    """Return what every template may use.

    `pages` has the paths of the images' pages by their ids, and that of the page of all images by the empty text.

    `as_of`, `form` and `is_current` say which list it is; `list_day` is the last day on which it changed, or `None`.
    `images` are all rows, `groups` the same in groups, `frameworks` pairs of a framework and its rows. `questions`
    help to choose; `shared` are the facts that all images share. `record` is the state of the record of tags.
    `columns` are the catalog's, and `numbers` those among them that hold numbers, which tables show on the right. `newest` is the reference of the image that was listed last. `deprecated` counts
    images of the list, `withdrawn` those that have left it, until `last_withdrawn`; `gone_frameworks` had images that
    have all left it, the last on `gone_since`. `index_page` is the path of the page that has all of them.
    `changes` says what changed in the list, the newest day first; `changes_page` is the path of the page that has all
    of it.
    """
    listed = catalog.listed_on(as_of)
    questions, marks = questions_for(catalog, listed)
    all_facts = {image.id: facts_of(catalog, image, image.environment_on(as_of)) for image in listed}
    shared = shared_facts([*all_facts.values()])
    facts = {image_id: without(each, shared) for image_id, each in all_facts.items()}
    maker = RowMaker(catalog, registry, as_of, titles_of(listed), facts, marks, pages or {})
    rows = {image.id: maker.row(image) for image in listed}
    newest = max(listed, key=lambda image: image.listed.start, default=None)
    withdrawn = [image for image in catalog.images if image.status_on(as_of) is Status.REMOVED]
    gone = _gone_frameworks(withdrawn, listed)
    return {
        "as_of": as_of,
        "form": form,
        "is_current": not any(_changes_after(image, as_of) for image in catalog.images),
        "list_day": list_day(catalog, as_of),
        "images": tuple(rows.values()),
        "frameworks": tuple(
            (framework, tuple(rows[image.id] for image in images))
            for framework, images in catalog.by_framework(as_of)
        ),
        "groups": _groups(catalog, listed, rows, as_of),
        "questions": questions,
        "shared": shared,
        "record": record_state(registry, as_of, {image.full_repository for image in listed}),
        "columns": catalog.columns or (),
        "numbers": tuple(column.name for column in catalog.own_columns if column.type is ColumnType.NUMBER),
        "newest": newest.reference if newest else None,
        "deprecated": sum(row.is_deprecated for row in rows.values()),
        "withdrawn": len(withdrawn),
        "last_withdrawn": max(
            (image.listed.until for image in withdrawn if image.listed.until), default=None
        ),
        "index_page": (pages or {}).get("", ""),
        "gone_frameworks": gone,
        "gone_since": _gone_since(withdrawn, gone),
        "changes_page": changes_page,
        "changes": list_changes(events(catalog, None, as_of), pages or {}),
    }


def _groups(
    catalog: Catalog, listed: Sequence[Image], rows: Mapping[str, Row], as_of: date
) -> tuple[RowGroup, ...]:
    """Return the images by the catalog's groups where these have titles, else by framework."""
    titled = [group for group in catalog.groups if group.title]
    parts: list[tuple[str, object, Sequence[Image]]] = []
    if titled:
        parts.append(("", "", [image for image in listed if image.group not in titled]))
        parts += (
            (each.id, each.title, [image for image in listed if image.group == each]) for each in titled
        )
    else:
        by_framework = catalog.by_framework(as_of)
        known = {image.id for _, images in by_framework for image in images}
        parts += ((framework.anchor, framework, images) for framework, images in by_framework)
        parts.append(("", "", [image for image in listed if image.id not in known]))
    return tuple(
        RowGroup(
            "" if anchor in rows else anchor,
            title,
            members := tuple(rows[image.id] for image in images),
            tuple(dict.fromkeys(mark for row in members for mark in row.marks)),
        )
        for anchor, title, images in parts
        if images
    )


def _gone_frameworks(withdrawn: Sequence[Image], listed: Sequence[Image]) -> tuple[Framework, ...]:
    """Return the frameworks that the list has no image of any more, in the order of the catalog."""
    had = dict.fromkeys(image.framework for image in withdrawn if not image.framework.is_none)
    return tuple(framework for framework in had if all(image.framework != framework for image in listed))


def _gone_since(withdrawn: Sequence[Image], frameworks: Sequence[Framework]) -> date | None:
    """Return the day on which the last image with one of the frameworks left the list; `None` for no frameworks."""
    days = (image.listed.until for image in withdrawn if image.framework in frameworks)
    return max((day for day in days if day), default=None)


def list_day(catalog: Catalog, as_of: date) -> date | None:
    """Return the last day on which the list changed; `None` where the catalog knows no days."""
    days = {day for image in catalog.images for day in (image.listed.start, image.listed.until) if day}
    return max((day for day in days if date.min < day <= as_of), default=None)


def _changes_after(image: Image, as_of: date) -> bool:
    return image.listed.start > as_of or (image.listed.until is not None and image.listed.until > as_of)
