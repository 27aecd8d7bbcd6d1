"""What a schema can ask of a text: its length, form and date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from imagedocs.docfx.values import Value
from imagedocs.problems import Rule
from imagedocs.suggestions import shown

LONGEST = 2000
"""Of a longer text only the beginning is compared with a pattern."""

_DATE_PARTS = {
    "yyyy": "(?P<year>[0-9]{4})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "dd": "(?P<day>[0-9]{2})",
    "d": "(?P<day>[0-9]{1,2})",
    "HH": "(?P<hour>[0-9]{2})",
    "H": "(?P<hour>[0-9]{1,2})",
    "mm": "(?P<minute>[0-9]{2})",
    "m": "(?P<minute>[0-9]{1,2})",
    "ss": "(?P<second>[0-9]{2})",
    "s": "(?P<second>[0-9]{1,2})",
}
"""How .NET writes the parts of a date."""

_SPAN = re.compile(
    r"(-?)(?:([0-9]{1,6})\.)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?|(-?)([0-9]{1,6})"
)


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that a value does not keep to."""

    rule: Rule
    value: Value
    attribute: str
    """The name of what is wrong, with those of what it is in: `author.name`."""
    message: str
    hint: str = ""


def check_text(schema: Value, name: str, value: Value, today: date) -> Iterator[Breach]:
    text = str(value.data)
    yield from _check_date(schema, name, value, text, today)
    yield from _check_length(schema, name, value, text)
    pattern = schema.text("pattern")
    if pattern and not _has(pattern, text[:LONGEST]):
        message = f"{shown(text)} is not in the form that {name} has"
        yield Breach(Rule.FORMAT_INVALID, value, name, message, f"it must match {shown(pattern)[1:-1]}")
    form = schema.text("format")
    if form in _FORMS and not _FORMS[form](text):
        message = f"{shown(text)} is no {form}, which {name} must be"
        yield Breach(Rule.FORMAT_INVALID, value, name, message)


def _check_length(schema: Value, name: str, value: Value, text: str) -> Iterator[Breach]:
    for is_short, hint in broken_bounds(schema, "Length", len(text)):
        message = f"{name} is too {'short' if is_short else 'long'}: {len(text)} characters"
        yield Breach(Rule.STRING_LENGTH_INVALID, value, name, message, hint)


def broken_bounds(schema: Value, of: str, count: int) -> Iterator[tuple[bool, str]]:
    """Whether `count` is below `minLength` or above `maxLength` (or others of their kind), and what to write."""
    for key in ("min", "max"):
        limit = schema.fields.get(key + of)
        if limit is None or not isinstance(limit.data, int):
            continue
        if key == "min" and count < limit.data:
            yield True, f"write at least {limit.data}"
        elif key == "max" and count > limit.data:
            yield False, f"write at most {limit.data}"


def _check_date(schema: Value, name: str, value: Value, text: str, today: date) -> Iterator[Breach]:
    form = schema.text("dateFormat")
    if not form or not text.strip():
        return
    day = read_date(text, form)
    if day is None:
        message = f"{shown(text)} is no date in the form that {name} has"
        yield Breach(Rule.DATE_FORMAT_INVALID, value, name, message, f"write it as {shown(form)[1:-1]}")
        return
    away = day - datetime.combine(today, time.min)
    first, last = (
        read_span(schema.fields.get("relativeMinDate")),
        read_span(schema.fields.get("relativeMaxDate")),
    )
    if (first is not None and away < first) or (last is not None and away > last):
        message = (
            f"{shown(text)} is too {'early' if first is not None and away < first else 'late'} for {name}"
        )
        yield Breach(Rule.DATE_OUT_OF_RANGE, value, name, message)


def read_date(text: str, form: str) -> datetime | None:
    """The time that `text` says in a form such as `MM/dd/yyyy`."""
    pattern, seen = "", set[str]()
    for part in re.findall(r"y+|M+|d+|H+|m+|s+|.", form, re.DOTALL):
        group = _DATE_PARTS.get(part)
        pattern += group if group and part[0] not in seen else re.escape(part)
        seen.add(part[0])
    match = re.fullmatch(pattern, text)
    if match is None:
        return None
    parts = {"year": 1, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
    parts |= {name: int(value) for name, value in match.groupdict().items()}
    try:
        day = date(parts["year"], parts["month"], parts["day"])
        return datetime.combine(day, time(parts["hour"], parts["minute"], parts["second"]))
    except ValueError:
        return None


def read_span(value: Value | None) -> timedelta | None:
    """`-30.00:00:00` is thirty days before today; `-30` too."""
    match = _SPAN.fullmatch(str(value.data)) if value is not None else None
    if match is None:
        return None
    sign, days, hours, minutes, seconds, sign_of_days, only_days = match.groups(default="")
    span = timedelta(
        days=int(days or only_days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
    )
    return -span if sign or sign_of_days else span


def _has(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except (re.error, RecursionError):
        return True  # not of Python: nothing is said of it


def _is_time(text: str) -> bool:
    try:
        return bool(datetime.strptime(text[:8], "%H:%M:%S" if text.count(":") > 1 else "%H:%M"))  # noqa: DTZ007  # a time of day has no zone
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    if read_date(text, "M/d/yyyy"):
        return True
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    return read_date(text, "yyyy-MM-dd") is not None


_FORMS = {
    "date": _is_day,
    "time": _is_time,
    "date-time": _is_moment,
}
