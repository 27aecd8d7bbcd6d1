"""JSON Schema (2020-12) of the data: which fields there are, and what each of them means.

All fields that are named are required, and others may come: a program that was written for today's data reads
tomorrow's.
"""

from collections.abc import Mapping

from imagedocs.catalog import ColumnType
from imagedocs.publishing.formats.data.image_data import STATUS, Data

_DAY: Data = {"type": "string", "format": "date"}
_TEXT: Data = {"type": "string"}
_FLAG: Data = {"type": "boolean"}
_NUMBER: Data = {"type": "integer", "minimum": 0}
_ADDRESS: Data = {"type": "string", "format": "uri-reference"}


def _ref(name: str) -> Data:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Data) -> Data:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Data) -> Data:
    return {"type": "array", "items": schema}


def _map(schema: Data) -> Data:
    return {"type": "object", "additionalProperties": schema}


def _said(schema: Data, description: str) -> Data:
    return {"description": description, **schema}


def _object(description: str, fields: Mapping[str, Data]) -> Data:
    return {
        "description": description,
        "type": "object",
        "required": [*fields],
        "properties": dict(fields),
    }


_SOURCE = _object(
    "Where a fact is from.",
    {
        "text": _said(
            _TEXT, "A file at a commit (owner/name@commit:path), a list, or registry: its own answer."
        ),
        "url": _said(_or_null(_ADDRESS), "Where to look; null when no address is known."),
    },
)
_SIGHTING = _object(
    "Where and when a tag or digest was seen.",
    {"date": _said(_or_null(_DAY), "null when no day is on record."), "source": _ref("source")},
)
_SUPPORT = _object(
    "Support as of the day of the data.",
    {
        "is_supported": _said(_or_null(_FLAG), "null: what is on record isn't enough to tell."),
        "last_certain_day": _said(
            _or_null(_DAY), "The last day on which it is certainly supported; null: no such day is known."
        ),
    },
)
_PROMISE = _object(
    "How long tags are supported: up to a day, or while they are at most some months older than another tag.",
    {
        "until": _said(_or_null(_DAY), "The first day without support."),
        "months": _said(_or_null(_NUMBER), "How much older than the tag older_than a supported tag may be."),
        "older_than": _or_null(_TEXT),
        "since": _said(_or_null(_DAY), "The first day on which this was promised."),
        "source": _ref("source"),
    },
)
_LINK = _object("Another image of the list.", {"id": _TEXT, "reference": _said(_TEXT, "With its first tag.")})
_NAMED_IMAGE = _object(
    "An image that a column names.",
    {"reference": _TEXT, "id": _said(_or_null(_TEXT), "Of an image of the list, where it is one.")},
)
_LIBRARY = _object("Software in the image.", {"name": _TEXT, "version": _or_null(_TEXT)})
_ISSUE = _object(
    "Something that goes wrong with some tags: don't use them.",
    {
        "tags": _list(_TEXT),
        "text": _said(_TEXT, "What happens, in the language of the list."),
        "since": _said(_DAY, "The day from which it is known."),
        "fixed_in": _said(_or_null(_TEXT), "The first tag that works again, where a source names one."),
        "source": _ref("source"),
    },
)
_PLATFORM = _object(
    "A platform of an image.",
    {
        "name": _said(_TEXT, "linux/amd64, linux/arm64/v8."),
        "digest": _or_null(_TEXT),
        "bytes": _said(_or_null(_NUMBER), "What a pull transfers."),
    },
)
_ON_RECORD: Mapping[str, Data] = {
    "digest": _or_null(_TEXT),
    "created": _said(_or_null(_TEXT), "When the image was made, as the registry wrote it (RFC 3339)."),
    "end_of_life": _said(_or_null(_DAY), "From which day on its publisher calls it obsolete."),
    "platforms": _or_null(_list(_ref("platform"))),
    "first_seen": _or_null(_ref("sighting")),
    "last_seen": _or_null(_ref("sighting")),
}
_TAG = _object(
    "A tag that was seen.",
    {
        "tag": _TEXT,
        "is_documented": _said(_FLAG, "Whether the list names it."),
        "known_issue": _said(_or_null(_TEXT), "What goes wrong with it; the entry is in known_issues."),
        "support": _said(_or_null(_ref("support")), "null: nothing is promised."),
        "built": _said(_or_null(_DAY), "The day of its build, by its name or by when it was made."),
        **_ON_RECORD,
    },
)
_GONE = _object(
    "A tag or a digest that is known not to be in the registry.",
    {
        "tag": _said(_or_null(_TEXT), "null for what was only known by its digest."),
        "digest": _or_null(_TEXT),
        "since": _said(_or_null(_DAY), "The day on which it was found missing; null: it was never there."),
        "source": _said(_or_null(_ref("source")), "null: the registry itself said so."),
    },
)
_RECORD = _object(
    "State of the record of tags.",
    {
        "newest": _said(_or_null(_DAY), "The last day on which a tag or digest was seen."),
        "asked": _said(_or_null(_DAY), "The last day on which the registry was asked; null: never."),
        "tags": _said(_NUMBER, "How many tags are on record."),
    },
)
_IMAGE = _object(
    "An image of the list, listed now or in former times.",
    {
        "id": _said(_TEXT, "Names the image for ever: in this data, and in the addresses of its pages."),
        "title": _said(_TEXT, "What its pages call it. It may change."),
        "url": _said(
            _or_null(_ADDRESS), "Where this image alone is as data; null for an id of over 200 letters."
        ),
        "pages": _said(_map(_ADDRESS), "Language -> address of the page; empty where images have no pages."),
        "badges": _said(_map(_ADDRESS), "Language -> address of the badge; empty where there are none."),
        "image": _said(_TEXT, "Registry and repository, without a tag."),
        "registry": _said(_TEXT, "The host; of several, that which is shown first."),
        "registries": _said(_list(_TEXT), "Hosts of all registries that have it."),
        "repository": _said(_TEXT, "Within the registry."),
        "references": _said(
            _list(_TEXT), "What can be pulled, one for each documented tag in each registry."
        ),
        "tags": _said(_list(_TEXT), "The documented tags, the most important first."),
        "digest": _said(_or_null(_TEXT), "The documented digest of all these tags."),
        "platforms": _said(
            _or_null(_list(_TEXT)),
            "What each documented tag can be pulled for, as the list says; null: it doesn't. What is on record of a tag "
            "is in tags_on_record.",
        ),
        "status": _said({"enum": [*STATUS.values()]}, "As of the day of the data."),
        "listed": _object(
            "When it was in the list.",
            {
                "from": _said(_or_null(_DAY), "The first day; null: not known."),
                "until": _said(_or_null(_DAY), "The first day on which it wasn't in the list any more."),
            },
        ),
        "replaced_by": _said(_or_null(_ref("link")), "The image to use instead."),
        "replaces": _list(_ref("link")),
        "promise": _said(_or_null(_ref("promise")), "null: nothing is promised."),
        "support": _said(
            _or_null(_ref("support")), "Of the first documented tag; null: nothing is promised."
        ),
        "known_issues": _list(_ref("issue")),
        "framework": _or_null(
            _object(
                "The machine learning framework.", {"id": _TEXT, "name": _TEXT, "version": _or_null(_TEXT)}
            )
        ),
        "accelerator": _object(
            "What it computes on.",
            {
                "kind": _said(_or_null(_TEXT), "cpu, gpu, or another kind."),
                "name": _or_null(_TEXT),
                "version": _or_null(_TEXT),
                "libraries": _list(_ref("library")),
            },
        ),
        "os": _or_null(
            _object("The operating system.", {"id": _TEXT, "name": _TEXT, "version": _or_null(_TEXT)})
        ),
        "python": _said(_or_null(_TEXT), "The version of Python."),
        "packages": _said(_or_null(_list(_TEXT)), "Python packages, as requirements (PEP 508)."),
        "libraries": _said(_list(_ref("library")), "Other native software."),
        "environment": _or_null(
            _object(
                "The curated environment.",
                {
                    "name": _TEXT,
                    "until": _said(_or_null(_DAY), "The first day on which the list didn't name it."),
                },
            )
        ),
        "attributes": _said(
            _map(
                {
                    "anyOf": [
                        {"type": ["string", "number", "null"]},
                        _list(_TEXT),
                        _object("A link.", {"url": _ADDRESS, "text": _or_null(_TEXT)}),
                        _NAMED_IMAGE,
                        _list(_NAMED_IMAGE),
                    ]
                }
            ),
            "Values of the columns that only this list has.",
        ),
        "absent": _said(
            _map({"enum": ["unknown", "none", "not-applicable"]}),
            "Field whose value is null -> why. For some fields only: others are null because nothing is known.",
        ),
        "sources": _said(_map(_ref("source")), "Field -> source, for what isn't plain from the list."),
        "newest_good_tag": _said(
            _or_null(_TEXT),
            "The newest dated tag on record that has no known issue; null: none is on record.",
        ),
        "record": _ref("record"),
        "tags_on_record": _said(_list(_ref("tag")), "Those without a date, then the newest first."),
        "digests_on_record": _said(
            _list(_object("A digest that was seen without a tag.", _ON_RECORD)),
            "In the order of their letters.",
        ),
        "gone": _list(_ref("gone")),
    },
)


def data_schema(address: str) -> Data:
    """Return the schema of the file with all images; `#/$defs/image` is that of the file with one. `address` is where
    the schema is published; without that of a site, the schema has none."""
    where: Data = {"$id": address} if "://" in address else {}
    fields: Mapping[str, Data] = {
        "as_of": _said(
            _DAY, "The day of the data: what the fields status and support say holds on this day."
        ),
        "list_changed": _said(
            _or_null(_DAY), "The last day on which an image came or went; null: not known."
        ),
        "language": _said(_TEXT, "Of texts such as those of known issues (BCP 47)."),
        "site": _said(
            _or_null(_ADDRESS),
            "Where the list is published; null: not known, and all addresses are relative to it.",
        ),
        "record": _ref("record"),
        "columns": _said(
            _list(
                _object(
                    "A column.",
                    {
                        "name": _said(_TEXT, "As in the attributes of images."),
                        "title": _TEXT,
                        "type": _said(
                            _or_null({"enum": [each.value for each in ColumnType]}),
                            "null: a text or several, as each image has it.",
                        ),
                    },
                )
            ),
            "The columns that only this list has.",
        ),
        "total": _said(_NUMBER, "How many images there are."),
        "images": _said(_list(_ref("image")), "All images that were ever listed."),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **where,
        "title": "The images of the list, as data (v0)",
        **_object("All images.", fields),
        "$defs": {
            "image": _IMAGE,
            "source": _SOURCE,
            "sighting": _SIGHTING,
            "support": _SUPPORT,
            "promise": _PROMISE,
            "link": _LINK,
            "library": _LIBRARY,
            "issue": _ISSUE,
            "platform": _PLATFORM,
            "tag": _TAG,
            "gone": _GONE,
            "record": _RECORD,
        },
    }
