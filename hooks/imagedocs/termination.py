"""End a program in order when the system or Ctrl-C tells it to, so that nothing half-done is left behind."""

import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_HELD = (signal.SIGINT, *_SIGNALS)
_SOON = 0.01
"""Seconds until a swallowed exception is raised again."""


def exit_on_signals() -> None:
    """Let SIGTERM and SIGHUP raise SystemExit with the status that shells expect: 128 and the signal's number.

    A signal that is ignored (`nohup`) or that somebody else handles is left alone. What a signal raises, as Ctrl-C
    does too, ends the program also where Python swallows it: in a finalizer, and in a callback of a weak reference,
    of an import or of a fork.
    """
    if threading.current_thread() is threading.main_thread():
        for number in _SIGNALS:
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _exit)
        if hasattr(signal, "setitimer"):
            sys.unraisablehook = _raise_again


def restore_signals() -> None:
    """Let SIGTERM and SIGHUP end the process at once again."""
    for number in _SIGNALS:
        if signal.getsignal(number) == _exit:
            signal.signal(number, signal.SIG_DFL)
    if sys.unraisablehook is _raise_again:
        sys.unraisablehook = sys.__unraisablehook__
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def hold_signals() -> Generator[None]:
    """Within a `with` statement, let the signals that end a program wait, where it can't be left halfway."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_signals_to_parent() -> None:
    """In a forked process: let SIGTERM and SIGHUP end it at once, and ignore Ctrl-C, upon which the parent ends it."""
    restore_signals()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)


def _exit(number: int, _frame: FrameType | None) -> None:
    for each in _SIGNALS:
        signal.signal(
            each, signal.SIG_IGN
        )  # `timeout` and terminals send it twice; once is enough to tidy up
    raise SystemExit(128 + number)


def _raise_again(ignored: Any) -> None:
    """Raise a second time what a signal raised where Python swallows exceptions, once this place is left."""
    error = ignored.exc_value
    if not isinstance(error, KeyboardInterrupt | SystemExit):
        sys.__unraisablehook__(ignored)
        return
    arguments = error.args

    def end(_number: int, _frame: FrameType | None) -> None:
        raise type(error)(*arguments)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, _SOON)
