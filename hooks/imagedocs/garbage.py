"""Garbage collection for work that makes many objects and few cycles."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

_BUILDS = (100_000, 20, 100)
"""Thresholds of a process that builds."""


def collect_less() -> None:
    """Collect rarely from now on: to be called when a build begins.

    Nearly all that a build makes lives until its end, and looking for what does not took a tenth of its time. In a
    preview, which builds again after each save, the last build is freed first, before the next one needs room.
    """
    if gc.get_threshold() == _BUILDS:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(*_BUILDS)


@contextmanager
def few_collections() -> Generator[None]:
    """Collect rarely within a `with` statement that reads pages.

    Pages are made of many objects that refer to one another in one direction: looking for cycles among them, time
    and again, is a quarter of all work, and finds none.
    """
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()
