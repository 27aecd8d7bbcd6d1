# pyright: standard
# MkDocs is typed in parts only.
"""Say only once what both MkDocs and imagedocs find: MkDocs' messages about links have no position."""

import logging
import re
from collections.abc import Collection

_LINK = re.compile(
    r"Doc file '(?P<page>[^']+)' contains (?:a|an absolute|an unrecognized relative) link '(?P<link>[^']*)'"
)
_LOGGER = "mkdocs.structure.pages"
"""Logger of these messages. ProperDocs redirects the module, and logs under the same name below its own."""


class DuplicateMessages(logging.Filter):
    """Filter that holds MkDocs' messages about links of pages back until it is known what imagedocs has found."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[tuple[logging.Logger, logging.LogRecord, str, str]] = []
        self._told: Collection[tuple[str, str]] | None = None
        self._loggers: tuple[logging.Logger, ...] = ()

    def begin(self, root: str) -> None:
        """Hold back the messages of a build; `root` is the name of MkDocs' logger."""
        self.end()
        self._held, self._told = [], None
        self._loggers = tuple(
            logging.getLogger(name) for name in {_LOGGER, _LOGGER.replace("mkdocs", root, 1)}
        )
        for logger in self._loggers:
            logger.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log a message now."""
        match = _LINK.match(record.getMessage())
        if match is None:
            return True
        if self._told is not None:
            return (match["page"], match["link"]) not in self._told
        self._held.append((logging.getLogger(record.name), record, match["page"], match["link"]))
        return False

    def release(self, told: Collection[tuple[str, str]]) -> None:
        """Log what imagedocs has not found; `told` has page and link of what it has."""
        self._told = told
        for logger, record, page, link in self._held:
            if (page, link) not in told:
                logger.handle(record)
        self._held = []

    def end(self) -> None:
        """Let all messages pass again."""
        for logger in self._loggers:
            logger.removeFilter(self)
        self._loggers = ()
