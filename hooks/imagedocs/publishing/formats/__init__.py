"""The files that a site publishes besides its pages: each format is one module.

To add a format, write a module here that has a `Format`, and name it in `FORMATS`. Nothing else is needed: its setting
is read from `extra.imagedocs.<setting>` (`true`, `false` or `{prefix: folder}`), its files are added to the site of each
locale, links of pages to them are known to the check, and a collision with a file of the project, or with another
format, is a problem.

The function `files` of a format is called for each locale, and returns the paths of that locale's files, relative to
the folder of the format, each with a function that makes its bytes: `{"all.atom": partial(_feed, publication)}`. For
files that are in no language, return some only if `publication.is_default`; pages in other languages are led to them.
Paths must be cheap to know, because a check asks for them; import a library that only makers need in the maker. The
bytes must follow from the `Publication` alone: builds that reuse results make them again when it has changed. Formats
that show what pages say are made `after_pages`.
"""

from typing import Final

from imagedocs.publishing.formats.badges import BADGES
from imagedocs.publishing.formats.data import DATA
from imagedocs.publishing.formats.feeds import FEEDS
from imagedocs.publishing.formats.llms import LLMS
from imagedocs.publishing.formats.publication import ALWAYS, Format, Maker, Publication
from imagedocs.publishing.formats.robots import ROBOTS
from imagedocs.publishing.formats.schemas import SCHEMAS

FORMATS: Final[tuple[Format, ...]] = (SCHEMAS, DATA, BADGES, FEEDS, LLMS, ROBOTS)
"""All formats. Where two of them would publish the same file, the first one does."""

__all__ = ["ALWAYS", "FORMATS", "Format", "Maker", "Publication"]
