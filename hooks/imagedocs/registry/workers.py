"""Work on many items at once, on one event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

REPOSITORIES_AT_ONCE = 16

Item = TypeVar("Item")


async def work_through(items: Iterable[Item], work: Callable[[Item], Awaitable[None]], width: int) -> None:
    """Do `work` on every item, `width` at a time, without a task for each."""
    remaining = iter(items)

    async def worker() -> None:
        for item in remaining:
            await work(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(width):
            group.create_task(worker())
