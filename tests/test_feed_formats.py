"""What is written of feeds and calendars, read by foreign parsers: whatever texts and days there are."""

from datetime import date
from typing import Any

import feedparser
import icalendar
import pytest
import vobject

from atom_rules import faults
from imagedocs.publishing.atom import Entry, Feed, linked_html, moments, render_feed
from imagedocs.publishing.calendars import CalendarDay, render_calendar

ADDRESS = "https://example.org/feeds/images.atom"
HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param("]]> --> <![CDATA[ x", id="ends of sections"),
    pytest.param("a\r\nBEGIN:VEVENT\r\nSUMMARY:b", id="lines of a calendar"),
    pytest.param("a;b,c\\n:\"d' &amp; &#1;", id="marks of a calendar, references of XML"),
    pytest.param("a\x00b\x0b\x1b\x7f\ufffe\ud800c", id="characters that a document cannot have"),
    pytest.param("鏡" * 60 + "😀", id="long, of several bytes a character"),
]


def as_shown(text: str) -> str:
    """Return the text on one line, without the characters that no document has."""
    return " ".join("".join(each for each in text if each not in "\x00\x0b\x1b\x7f\ufffe\ud800").split())


def feed_with(text: str, *days: date) -> bytes:
    times = moments((f"e{number}", day) for number, day in enumerate(days))
    entries = [
        Entry(
            f"tag:example.org,2026:en/{name}",
            text,
            times[name],
            "https://example.org/x/",
            (linked_html(ADDRESS, text),),
        )
        for name in times
    ]
    return render_feed(
        Feed("tag:example.org,2026:en", text, text, "en", ADDRESS, "https://example.org/", tuple(entries))
    )


def day_with(text: str) -> CalendarDay:
    return CalendarDay(
        "en/a/withdrawn@example.org",
        date(2026, 1, 2),
        date(2025, 3, 4),
        text,
        text,
        "https://example.org/?a=1;b,c",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_feed_shows_any_text_as_it_is(text: str) -> None:
    content = feed_with(text, date(2026, 1, 2))
    assert faults(content, ADDRESS) == []
    read: Any = feedparser.parse(content)
    assert not read.bozo
    shown = as_shown(text)
    entry: Any = read.entries[0]
    # The parser takes what looks like markup in a title for HTML, and removes scripts: the XML has the text itself.
    assert shown in _texts(content)
    assert "<script" not in entry.content[0].value.replace("&lt;script", "")
    assert entry.link == "https://example.org/x/"


def _texts(content: bytes) -> list[str]:
    from xml.etree import ElementTree

    return [each.text or "" for each in ElementTree.fromstring(content).iter()]


def test_entries_of_a_day_have_times_of_their_own_which_stay() -> None:
    first, second, third = date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)
    content = feed_with("x", *[first] * 50, *[second] * 50, third)
    assert faults(content, ADDRESS) == []
    read: Any = feedparser.parse(content)
    assert [each.updated[:10] for each in read.entries] == ["2026-01-03"] + ["2026-01-02"] * 50 + [
        "2026-01-01"
    ] * 50
    assert {each.updated[11:13] for each in read.entries} == {"00"}
    before = moments([("a", first), ("b", first)])
    assert before.items() <= moments([("c", first), ("a", first), ("0", second), ("b", first)]).items()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_calendar_shows_any_text_as_it_is(text: str) -> None:
    content = render_calendar(text, text, "https://example.org/feeds/images.ics", [day_with(text)])
    shown = as_shown(text)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar: Any = icalendar.Calendar.from_ical(content)
    assert calendar["X-WR-CALNAME"] == calendar["NAME"]
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == shown
    read: Any = vobject.readOne(content.decode())
    assert read.validate(raiseException=True)
    assert read.vevent.summary.value == shown


def test_a_calendar_has_whole_days_that_keep_nobody_busy() -> None:
    later = CalendarDay(
        "en/b/withdrawn@example.org", date(2027, 1, 2), date(2025, 3, 4), "B", "b", "https://example.org/b"
    )
    content = render_calendar("Name", "About", "https://example.org/c.ics", [later, day_with("A")])
    assert content == render_calendar("Name", "About", "https://example.org/c.ics", [day_with("A"), later])
    lines = content.decode().split("\r\n")
    assert lines.count("DTSTART;VALUE=DATE:20260102") == 1
    assert lines.count("DTSTAMP:20250304T000000Z") == lines.count("TRANSP:TRANSPARENT") == 2
    assert {"VERSION:2.0", "NAME:Name", "X-WR-CALNAME:Name", "REFRESH-INTERVAL;VALUE=DURATION:P1D"} <= {
        *lines
    }
    assert not [line for line in lines if line.startswith(("METHOD", "DTEND", "BEGIN:VALARM"))]
    assert lines.index("SUMMARY:A") < lines.index("SUMMARY:B")


def test_a_feed_that_breaks_rules_is_found() -> None:
    content = feed_with("x", date(2026, 1, 2), date(2026, 1, 3))
    for said, instead in (
        (b"<updated>2026-01-03T", b"<updated>2026-01-02T"),
        (b'rel="self"', b'rel="via"'),
        (b"<name>x</name>", b""),
        (b"tag:example.org,2026:en/e0", b"tag:example.org:en/e0"),
        (b"tag:example.org,2026:en/e0", b"tag:example.org,2026:en/e1"),
    ):
        assert said in content
        assert faults(content.replace(said, instead, 1), ADDRESS) != []
