"""Work that makes much and no circles, done without looking for circles all the time."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


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
