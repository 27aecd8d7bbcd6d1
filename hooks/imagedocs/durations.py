"""Times as people write them: `90s`, `20m`, `1h`."""

import re
from typing import Final

FORM: Final = "a time such as 90s, 20m or 1h"
PATTERN: Final = "([0-9]{1,5})([smh])"


def seconds_of(text: str) -> int | None:
    """Return a time as seconds; `None` when the text is none."""
    match = re.fullmatch(PATTERN, text)
    return int(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]] if match else None
