"""Windows of support that are counted in months: a tag is in one while it is at most so much older than another."""

from calendar import monthrange
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """Return the same day of the month `months` earlier, or the last one of a shorter month.

    Raises ValueError for a day before the year 1 or after 9999.
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months before {day} is no day")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def leaves_window(built: date, months: int) -> date:
    """Return the first day such that an image built on it puts one built on `built` outside the window; the last day
    that there is when there is none."""
    try:
        day = months_before(built, -months) + timedelta(days=1)
        while months_before(day, months) <= built:  # at the end of months that differ in length
            day += timedelta(days=1)
    except (ValueError, OverflowError):
        return date.max
    return day
