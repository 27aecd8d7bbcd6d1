"""Find control characters, which came along from a terminal: no font has them, and XML can't hold them."""

import re
from collections.abc import Iterator

from imagedocs.markdown.lint.findings import Finding
from imagedocs.problems import Rule

_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def control_findings(content: str, offset: int = 0) -> Iterator[Finding]:
    """Yield a finding for each control character of `content`, which begins at `offset`."""
    for match in _CONTROL.finditer(content):
        start = offset + match.start()
        message = f"a control character stands here (U+{ord(match[0]):04X})"
        yield Finding(start, start + 1, Rule.INVISIBLE_CHARACTER, message, "delete it", "")
