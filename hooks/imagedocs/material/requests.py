"""What Material's scripts ask of other sites when a page is shown, told from the page."""

import re
from collections.abc import Iterator

_REPOSITORY = re.compile(r'<a href="https://([^/"]+)/[^>]*data-md-component="source"')
_FACTS = {"github.com": "https://api.github.com", "gitlab.com": "https://gitlab.com"}
"""Host of a repository -> where its stars and forks are asked for."""


def requested_by_scripts(html: str) -> Iterator[str]:
    """Yield the origins that Material's scripts ask: for facts of the repository that the page leads to."""
    for host in _REPOSITORY.findall(html):
        if host in _FACTS:
            yield _FACTS[host]
