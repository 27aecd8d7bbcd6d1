"""A call in a child process where a fork is safe, else made in turn: when its result is asked for.

A forked process has all modules and the project loaded already. A fresh one would have to be sent both; in turn, the
result is the same and only takes longer.
"""

import atexit
import multiprocessing
import os
import pickle
import select
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar
from weakref import WeakSet

from imagedocs.errors import CannotRun
from imagedocs.termination import hold_signals, leave_signals_to_parent

T = TypeVar("T")

_NO_ROOM = 74
"""Exit status of a child that cannot write its result (EX_IOERR in sysexits.h)."""

_SLICE = 500
"""Milliseconds after which a parent that waits looks whether it was told to end."""

_running: WeakSet[Any] = WeakSet()
_life: list[int] = []
"""A pipe to which nobody writes: its reading end, and the writing end that this process alone keeps open."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a child leaves in place of its result."""

    message: str
    details: str = ""


def can_fork() -> bool:
    """Return whether calls may be made in forked processes.

    Only on Linux: Windows has no fork, and on macOS the system's libraries don't survive one
    (https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods). Only in a process with a
    single thread, because the child would wait for ever for a lock that another thread holds.
    """
    return (
        sys.platform == "linux"
        and hasattr(os, "fork")
        and "fork" in multiprocessing.get_all_start_methods()
        and threading.active_count() == 1
    )


class Fork(Generic[T]):
    """`call` in a child process. Its result must be picklable."""

    def __init__(self, call: Callable[[], T], after: "Fork[T] | None" = None) -> None:
        """The call begins when the process of `after` has ended, however it did."""
        self._call = call
        self._process: Any = None
        self._end = -1
        """A pipe from which nothing can be read while the child lives, and then its end."""
        if can_fork():
            with suppress(OSError):  # no more processes, or no place for the result: in turn
                self._start(after._end if after is not None else -1)

    def _start(self, before: int) -> None:
        # A file, not a pipe: the child need not wait, with all its memory, for somebody to read.
        result: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # `_close` closes it
        if not _life:
            _life.extend(os.pipe())
            atexit.register(_stop)
        end, living = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = multiprocessing.get_context("fork").Process(
            target=_run, args=(self._call, result, before), daemon=True
        )
        with hold_signals():  # Python swallows what they raise in the callbacks of a fork
            try:
                process.start()
            except OSError:
                os.close(end)
                result.close()
                raise
            finally:
                os.close(living)
            self._process, self._end, self._result = process, end, result
            _running.add(process)

    def result(self) -> T:
        """Return what the call returned, once it is done.

        Raises CannotRun with the child's own sentence when the call raised CannotRun, or with what happened
        when it failed in another way or the child was killed.
        """
        if self._process is None:
            return self._call()
        self._wait()
        if self._process.exitcode == _NO_ROOM:
            self._close()
            return self._call()
        self._result.seek(0)
        content = self._result.read()
        self._close()
        if self._process.exitcode or not content:
            raise CannotRun(f"a worker ended early, with status {self._process.exitcode}")
        answer = pickle.loads(content)  # noqa: S301  # the child's own, in a file without a name
        if isinstance(answer, _Failure):
            raise CannotRun(answer.message) from (RuntimeError(answer.details) if answer.details else None)
        return answer

    def _wait(self) -> None:
        """Wait for the child's end in slices: a signal that comes just before the system is asked to wait interrupts
        no system call, and Python handles it only between two of them."""
        ends = select.poll()
        ends.register(self._end)
        while not ends.poll(_SLICE):
            pass
        self._process.join()

    def _close(self) -> None:
        if self._end >= 0:
            os.close(self._end)
            self._result.close()
            self._end = -1


def _stop() -> None:
    """End all children. The first child registers this after whoever removes the folder in which they write, so
    that it is called before."""
    for process in list(_running):
        process.terminate()
    for process in list(_running):
        process.join()


def _run(call: Callable[[], object], result: IO[bytes], before: int) -> None:
    leave_signals_to_parent()
    os.close(_life[1])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if before >= 0:
        os.read(before, 1)
    try:
        answer = call()
    except CannotRun as error:
        answer = _Failure(str(error))
    except Exception as error:  # noqa: BLE001  # whatever it was, the parent must hear of it
        answer = _Failure(f"a worker failed: {type(error).__name__}: {error}", traceback.format_exc())
    try:
        pickle.dump(answer, result)
        result.flush()
    except OSError:
        sys.exit(_NO_ROOM)


def _end_with_parent() -> None:
    """Wait until the parent is gone, however it ended: then nobody wants the result."""
    os.read(_life[0], 1)
    os._exit(1)
