# pyright: standard
# MkDocs is typed in parts only.
"""End a build that is told to stop, or that can't write to the disk, with one line and without leftovers."""

import errno

from mkdocs.exceptions import Abort

from imagedocs.plugin.build import log
from imagedocs.termination import exit_on_signals, restore_signals
from imagedocs.writing import reason

FULL_OR_READ_ONLY = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def end_on_signals(command: str, dirty: bool) -> None:
    """Make a build or a preview that is told to end remove its folders and end its workers."""
    exit_on_signals()


def restore() -> None:
    """Restore the process's handlers of signals."""
    restore_signals()


def explain_error(error: Exception) -> None:
    """Log an error of the disk in one line; MkDocs would show a traceback."""
    if isinstance(error, OSError):
        # A copy that finds no room names the file that it reads.
        names_it = error.filename and error.errno not in FULL_OR_READ_ONLY
        what = error.filename if names_it else "the site cannot be written"
        log.error(f"{what}: {reason(error)}")
        raise Abort("Aborted with a BuildError!") from error
