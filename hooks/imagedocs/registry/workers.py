"""Work on many items at once, on one event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

REPOSITORIES_AT_ONCE = 16

Item = TypeVar("Item")


async def work_through(items: Iterable[Item], work: Callable[[Item], Awaitable[None]], width: int) -> None:
    """Do `work` on every item, `width` at a time, without a task for each.

    The first error ends the work and is raised as it is, not in a group with others.
    """
    remaining = iter(items)

    async def worker() -> None:
        for item in remaining:
            await work(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(width):
                group.create_task(worker())
    except BaseExceptionGroup as errors:
        raise _first(errors) from errors


def _first(error: BaseException) -> BaseException:
    nested: tuple[BaseException, ...] = getattr(error, "exceptions", ())
    return _first(nested[0]) if nested else error
