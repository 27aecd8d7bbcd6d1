"""Publish what changed as feeds, and the days on which support ends as calendars, in the language of each locale.

There is one feed for all images, and one for each image to which something has happened; likewise calendars. The ids of
entries are made of the setting `owner`, the locale and the event's own id. They keep to it whatever else changes: the
address of the site, texts, translations. Each language has entries of its own, because a reader takes two entries with
one id for one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from imagedocs.catalog import Image
from imagedocs.evidence import tag_day
from imagedocs.publishing.atom import Entry, Feed, linked_html, moments, render_feed
from imagedocs.publishing.calendars import CalendarDay, render_calendar
from imagedocs.publishing.event_texts import event_text
from imagedocs.publishing.events import Event, EventKind, events
from imagedocs.publishing.formats.publication import Format, Maker, Publication
from imagedocs.publishing.image_values import names_of
from imagedocs.publishing.sources import origin_of

SETTING: Final = "feeds"
ALL: Final = "images"
"""Name of the feed and of the calendar of all images, and of the folder of those of each image."""
ATOM, CALENDAR = "atom", "ics"
"""Endings of their names."""
MOST_ENTRIES: Final = 100
"""Entries of the feed of all images, and those of the day of the last of them."""
LONGEST_ID: Final = 200
"""Letters of an id that is the name of a file: names of files have at most 255."""
_ENDS: Final = frozenset(
    {EventKind.WITHDRAWN, EventKind.SUPPORT_ENDS, EventKind.SUPPORT_MAY_END, EventKind.END_OF_LIFE}
)
"""Kinds of events that are days of calendars."""


def path_of(image: Image | None, ending: str) -> str:
    """Return the path of the feed or calendar of an image, or of all, in their folder."""
    return f"{ALL}/{image.id}.{ending}" if image else f"{ALL}.{ending}"


class Feeds:
    """Feeds and calendars of one locale's site."""

    def __init__(self, publication: Publication) -> None:
        self._given = publication
        self._messages = publication.messages

    @cached_property
    def _past(self) -> tuple[Event, ...]:
        given = self._given
        return tuple(
            each for each in events(given.catalog, given.record, given.as_of) if _has_file(each.image)
        )

    @cached_property
    def _ends(self) -> tuple[Event, ...]:
        given = self._given
        found = events(given.catalog, given.record, given.as_of, date.max)
        return tuple(each for each in found if each.kind in _ENDS and _has_file(each.image))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(self._given.catalog.images)

    def files(self) -> Mapping[str, Maker]:
        """Return the maker of each file by its path in the folder; no feed without entries, no calendar without days."""
        if not (self._given.owner and self._given.site_url):
            return {}
        makers: dict[str, Maker] = {}
        for ending, found, make in ((ATOM, self._past, self._feed), (CALENDAR, self._ends, self._calendar)):
            if found:
                path = path_of(None, ending)
                makers[path] = partial(make, None, path, found)
            for image_id in dict.fromkeys(each.image.id for each in found):
                own = tuple(each for each in found if each.image.id == image_id)
                path = path_of(own[0].image, ending)
                makers[path] = partial(make, own[0].image, path, own)
        return makers

    def _feed(self, image: Image | None, path: str, found: Sequence[Event]) -> bytes:
        times = moments((each.id, each.day) for each in self._past)
        newest = sorted(found, key=lambda each: times[each.id], reverse=True)
        if image is None and len(newest) > MOST_ENTRIES:
            last = newest[MOST_ENTRIES - 1].day
            newest = [each for each in newest if each.day >= last]
        entries = (
            Entry(
                self._tag(each.id),
                self._title(each),
                times[each.id],
                self._page(each.image),
                self._said(each),
            )
            for each in newest
        )
        feed = Feed(
            self._tag(f"{ALL}/{image.id}" if image else ALL),
            self.title(image),
            self._given.site_name,
            self._given.locale.tag,
            self._own_address(path),
            self._page(image),
            tuple(entries),
        )
        return render_feed(feed)

    def _calendar(self, image: Image | None, path: str, found: Sequence[Event]) -> bytes:
        days = (
            CalendarDay(
                self._uid(each),
                each.day,
                self._known(each),
                self._title(each),
                self._plain(each),
                self._page(each.image),
            )
            for each in found
        )
        text = self._messages.gettext("The days on which support ends or is no longer certain.")
        return render_calendar(self.calendar_title(image), text, self._own_address(path), days)

    def title(self, image: Image | None) -> str:
        """Return the title of the feed of an image, or of all."""
        # TRANSLATORS: title of a feed: "What changed: minimal-py312-inference"
        return self._messages.gettext("What changed: %(name)s") % {"name": self._name(image)}

    def calendar_title(self, image: Image | None) -> str:
        """Return the title of the calendar of an image, or of all."""
        # TRANSLATORS: title of a calendar: "End of support: minimal-py312-inference"
        return self._messages.gettext("End of support: %(name)s") % {"name": self._name(image)}

    def _name(self, image: Image | None) -> str:
        return self._names[image.id] if image else self._given.site_name

    def _title(self, event: Event) -> str:
        """Return the first sentence about an event as a title, without the full stop."""
        return self._text(replace(event, issue=None, replacement=None)).rstrip(".。")

    def _plain(self, event: Event) -> str:
        """Return everything that is said of an event, as text."""
        return self._text(event)

    def _text(self, event: Event) -> str:
        def name(image: Image, tag: str) -> str:
            return f"{self._names[image.id]}{tag}"

        return event_text(event, self._messages, self._given.formats, name)

    def _said(self, event: Event) -> tuple[str, ...]:
        """Return what is said of an event, as paragraphs of HTML."""

        def name(image: Image, tag: str) -> str:
            return f"{linked_html(self._page(image), self._names[image.id])}{escape(tag)}"

        def code(text: str) -> str:
            return f"<code>{escape(text)}</code>"

        said = event_text(event, self._messages, self._given.formats, name, code, escape)
        source = self._source(event.source)
        messages = self._messages
        return (said, messages.gettext("Source: %(source)s.") % {"source": source}) if source else (said,)

    def _source(self, source: str) -> str:
        """Return where a fact is from, as HTML; empty where nothing is said of that."""
        if not source:
            return ""
        origin = origin_of(source)
        if origin.is_registry:
            return escape(self._messages.gettext("the registry"))
        if origin.is_public_file:
            return escape(self._messages.gettext("a public file"))
        if origin.address:
            return linked_html(origin.address, origin.text)
        language = next((each for each in self._given.locales if not each.url), self._given.locale)
        if language == self._given.locale:
            return escape(origin.text)
        return f'<span lang="{language.tag}" dir="{language.direction}">{escape(origin.text)}</span>'

    def _page(self, image: Image | None) -> str:
        """Return the address of the page of an image, or of all; that of the site where there is no such page."""
        pages = self._given.pages
        return self._given.address(pages.get(image.id if image else "", pages.get("", "")))

    def _own_address(self, path: str) -> str:
        return self._given.address(f"{self._given.folders[SETTING]}/{path}")

    def _tag(self, name: str) -> str:
        """Return the id of a feed or an entry as a tag URI (RFC 4151)."""
        return f"tag:{self._given.owner}:{self._given.locale.tag}/{quote(name)}"

    def _uid(self, event: Event) -> str:
        """Return the id of a day of the calendar. It doesn't name the day, because the day may move."""
        host = self._given.owner.partition(",")[0]
        name = "/".join((event.image.id, event.kind, *event.tags[:1]))
        return f"{self._given.locale.tag}/{name}@{host}"

    def _known(self, event: Event) -> date:
        """Return since when it is known that something ends: as far as that is known, at most today and the day itself."""
        image, promise = event.image, event.image.support
        days = [image.listed.start]
        if event.kind in (EventKind.SUPPORT_ENDS, EventKind.SUPPORT_MAY_END) and promise and promise.since:
            days.append(promise.since)
        if event.tags:
            repository = self._given.record.repository(image.full_repository)
            facts = repository.tags.get(event.tags[0]) if repository else None
            days.append(tag_day(event.tags[0], facts) or date.min)
            days += (
                (each.day for each in facts.seen[:1] if each.day)
                if facts and event.kind is EventKind.END_OF_LIFE
                else ()
            )
        elif event.kind is EventKind.WITHDRAWN:
            days.append(event.day)
        known = max(days)
        return event.day if known == date.min else min(known, event.day, self._given.as_of)


def _has_file(image: Image) -> bool:
    return len(image.id) <= LONGEST_ID


def _files(publication: Publication) -> Mapping[str, Maker]:
    return Feeds(publication).files()


def _needs(publication: Publication) -> Iterator[tuple[str, str]]:
    if not publication.site_url:
        yield (
            "feeds need the address of the site, and there is no site_url",
            "write site_url: https://example.org/",
        )
    if not publication.owner:
        host = (urlsplit(publication.site_url).hostname or "").strip("[]")
        example = f"{host if '.' in host else 'example.org'},{publication.as_of.year}"
        message = "feeds need ids that last for ever, and extra.imagedocs has no owner to make them from"
        yield message, f"write owner: {example} with a domain of yours, and never change it"


FEEDS: Final = Format(
    SETTING,
    SETTING,
    "Feeds of what changed, and calendars of the days on which support ends.",
    _files,
    _needs,
)
