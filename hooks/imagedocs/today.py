"""The day that counts as today. Read once, at the edge; everywhere else it is a parameter."""

import os
from datetime import UTC, date, datetime

from imagedocs.errors import CannotRun


def today() -> date:
    """The day of `SOURCE_DATE_EPOCH` (seconds since 1970, https://reproducible-builds.org/specs/source-date-epoch)
    where it is set, else the clock's, in UTC. Raises CannotRun for a value that is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return clock()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise CannotRun(f"SOURCE_DATE_EPOCH is not a number of seconds since 1970: {epoch[:40]!r}") from None


def clock() -> date:
    """The clock's day, in UTC, whatever counts as today."""
    return datetime.now(UTC).date()
