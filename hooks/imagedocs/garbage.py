"""Work that makes much and no circles, done without looking for circles all the time."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


def collect_less() -> None:
    """For a process of which nearly all that it makes lives until its end, as a build: looking for what does not
    took a tenth of its time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@contextmanager
def few_collections() -> Generator[None]:
    """Pages are made of many objects that refer to one another in one direction: to look for circles among them,
    time and again, is a quarter of all work, and finds none."""
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()
