"""A call under way in a child process, where a fork is safe; else made when its result is asked for.

A fork, not a fresh process: it has all modules loaded already, so that a locale's build begins at once.
"""

import multiprocessing
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from imagedocs.problems import CannotRun

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a child sends in place of its result."""

    message: str
    details: str = ""


class Fork(Generic[T]):
    """`call` in a child process. Its result must be picklable."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._process = None
        if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
            return  # in `mkdocs serve` another thread may hold a lock that the child would wait for in vain
        context = multiprocessing.get_context("fork")
        self._receiver, sender = context.Pipe(duplex=False)
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = context.Process(target=_run, args=(call, sender), daemon=True)
        self._process.start()
        sender.close()

    def result(self) -> T:
        """What the call returned, once it is done.

        Raises CannotRun with the child's own sentence when the call raised CannotRun, or with what happened
        when it failed in another way or the child was killed.
        """
        if self._process is None:
            return self._call()
        try:
            answer = self._receiver.recv()
        except EOFError:
            self._process.join()
            raise CannotRun(f"a worker ended early, with status {self._process.exitcode}") from None
        self._process.join()
        if isinstance(answer, _Failure):
            raise CannotRun(answer.message) from (RuntimeError(answer.details) if answer.details else None)
        return answer

    def stop(self) -> None:
        """End the call, whatever it is at."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join()


def _run(call: Callable[[], object], sender: Connection) -> None:
    try:
        answer = call()
    except CannotRun as error:
        answer = _Failure(str(error))
    except Exception as error:  # noqa: BLE001  # whatever it was, the parent must hear of it
        answer = _Failure(f"a worker failed: {type(error).__name__}: {error}", traceback.format_exc())
    try:
        sender.send(answer)
    except BrokenPipeError:
        pass  # the parent is gone, and nobody asks any more
    finally:
        sender.close()
