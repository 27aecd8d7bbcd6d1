"""Give up work in order when something more urgent has come: a preview shows a save before it goes on."""

from collections.abc import Callable, Generator
from contextlib import contextmanager


class Interrupted(Exception):
    """Work was given up, and nothing of it is kept."""


_has_come: list[Callable[[], bool]] = []


@contextmanager
def interrupted_by(has_come: Callable[[], bool]) -> Generator[None]:
    """Give up work within a `with` statement once `has_come` returns true; see `give_way`."""
    _has_come.append(has_come)
    try:
        yield
    finally:
        _has_come.remove(has_come)


def give_way() -> None:
    """Raise Interrupted if something more urgent has come. Long work calls this where it can be given up."""
    if any(each() for each in _has_come):
        raise Interrupted
