# pyright: standard
# MkDocs is typed in parts only.
"""End a build that is told to stop, or that the disk refuses, with one line and nothing left behind."""

import errno

from mkdocs.exceptions import Abort

from imagedocs.plugin.build import log
from imagedocs.termination import exit_on_signals, restore_signals
from imagedocs.writing import reason

FULL_OR_READ_ONLY = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def end_on_signals(command: str, dirty: bool) -> None:
    """Let a build or a preview that is told to end remove its folders and end its workers."""
    exit_on_signals()


def restore() -> None:
    """Leave the process as it was found."""
    restore_signals()


def explain_error(error: Exception) -> None:
    """Say in one line what the disk refuses; MkDocs would show a traceback."""
    if isinstance(error, OSError):
        # A copy that finds no room names the file that it reads.
        names_it = error.filename and error.errno not in FULL_OR_READ_ONLY
        what = error.filename if names_it else "the site cannot be written"
        log.error(f"{what}: {reason(error)}")
        raise Abort("Aborted with a BuildError!") from error
