"""Hand-written lists of images brought into a catalog: nothing guessed silently, every value with its source.

`tables` and its readers find tables, `columns` and `rows` understand them, `doubts` and `comparison` say what
is doubtful, `rendering` writes the catalog. `lists` is the way in.
"""

from imagedocs.importing.lists import Imported, read_lists
from imagedocs.importing.tables import ListFile

__all__ = ["Imported", "ListFile", "read_lists"]
