"""End a program in order when the system tells it to, so that nothing half-done is left behind."""

import signal
import threading
from types import FrameType

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def exit_on_signals() -> None:
    """Let SIGTERM and SIGHUP raise SystemExit with the status that shells expect: 128 and the signal's number.

    A signal that is ignored (`nohup`) or that somebody else handles is left alone.
    """
    if threading.current_thread() is threading.main_thread():
        for number in _SIGNALS:
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _exit)


def restore_signals() -> None:
    """Let SIGTERM and SIGHUP end the process at once again."""
    for number in _SIGNALS:
        if signal.getsignal(number) == _exit:
            signal.signal(number, signal.SIG_DFL)


def _exit(number: int, _frame: FrameType | None) -> None:
    for each in _SIGNALS:
        signal.signal(
            each, signal.SIG_IGN
        )  # `timeout` and terminals send it twice; once is enough to tidy up
    raise SystemExit(128 + number)
