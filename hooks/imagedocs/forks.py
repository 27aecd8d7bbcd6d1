"""A call under way in a child process, where a fork is safe; else made when its result is asked for.

A fork, not a fresh process: it has all modules loaded already, so that a locale's build begins at once.
"""

import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Generic, TypeVar

from imagedocs.problems import CannotRun

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a child leaves in place of its result."""

    message: str
    details: str = ""


class Fork(Generic[T]):
    """`call` in a child process. Its result must be picklable."""

    def __init__(self, call: Callable[[], T], after: "Fork[T] | None" = None) -> None:
        """The call begins when the process of `after` has ended, however it did."""
        self._call = call
        self._process = None
        self._end = -1
        """A pipe from which nothing can be read while the child lives, and then its end."""
        if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
            return  # in `mkdocs serve` another thread may hold a lock that the child would wait for in vain
        context = multiprocessing.get_context("fork")
        # A file, not a pipe: the child need not wait, with all its memory, for somebody to read.
        self._result: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # `_close` closes it
        self._end, living = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        before = after._end if after is not None else -1
        self._process = context.Process(target=_run, args=(call, self._result, before), daemon=True)
        self._process.start()
        os.close(living)

    def result(self) -> T:
        """What the call returned, once it is done.

        Raises CannotRun with the child's own sentence when the call raised CannotRun, or with what happened
        when it failed in another way or the child was killed.
        """
        if self._process is None:
            return self._call()
        self._process.join()
        self._result.seek(0)
        content = self._result.read()
        self._close()
        if self._process.exitcode or not content:
            raise CannotRun(f"a worker ended early, with status {self._process.exitcode}")
        answer = pickle.loads(content)  # noqa: S301  # the child's own, in a file without a name
        if isinstance(answer, _Failure):
            raise CannotRun(answer.message) from (RuntimeError(answer.details) if answer.details else None)
        return answer

    def stop(self) -> None:
        """End the call, whatever it is at."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join()
        self._close()

    def _close(self) -> None:
        if self._end >= 0:
            os.close(self._end)
            self._result.close()
            self._end = -1


def _run(call: Callable[[], object], result: IO[bytes], before: int) -> None:
    if before >= 0:
        os.read(before, 1)
    try:
        answer = call()
    except CannotRun as error:
        answer = _Failure(str(error))
    except Exception as error:  # noqa: BLE001  # whatever it was, the parent must hear of it
        answer = _Failure(f"a worker failed: {type(error).__name__}: {error}", traceback.format_exc())
    pickle.dump(answer, result)
    result.flush()
