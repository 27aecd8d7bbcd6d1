"""Write calendars of whole days in the iCalendar format (RFC 5545, RFC 7986), with the library `icalendar`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from imagedocs.publishing.atom import on_one_line

_REFRESH: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Day in a calendar, on which something happens."""

    id: str
    """Id that the day keeps, also when it moves."""
    day: date
    known: date
    """Day since which it is known: of what is said twice, a program believes what was said last."""
    title: str
    text: str
    address: str
    """Address of the page about it."""


def render_calendar(name: str, text: str, address: str, days: Iterable[CalendarDay]) -> bytes:
    """Return a calendar with a name, a text about it and its own address. The same days give the same bytes."""
    from icalendar import Calendar, Event, vDuration, vUri  # only those who publish calendars need it

    calendar: Any = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//imagedocs//imagedocs//EN")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):  # RFC 7986, and what programs read that are older
        calendar.add(key, on_one_line(name))
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, on_one_line(text))
    calendar.add("source", vUri(address), {"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(_REFRESH), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for each in sorted(days, key=lambda each: (each.day, each.id)):
        event: Any = Event()
        event.add("uid", each.id)
        event.add("dtstamp", datetime(each.known.year, each.known.month, each.known.day, tzinfo=UTC))
        event.add("dtstart", each.day)  # without an end: the whole day
        event.add("summary", on_one_line(each.title))
        event.add("description", on_one_line(each.text))
        event.add("url", vUri(each.address))
        event.add("class", "PUBLIC")
        event.add("transp", "TRANSPARENT")  # nobody is busy because of it
        calendar.add_component(event)
    return bytes(calendar.to_ical())
