"""Results of calls, kept for as long as the object that they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Owner = TypeVar("Owner")
P = ParamSpec("P")
R = TypeVar("R")


def cached_in_owner(call: Callable[Concatenate[Owner, P], R]) -> Callable[Concatenate[Owner, P], R]:
    """Cache the results of a function or a method in its first argument, which is freed together with them.

    `functools.cache` keeps all arguments for as long as the process lives: a preview that builds after each save
    would keep each project that it has ever read.
    """
    name = f"_results_of_{call.__qualname__}"

    @wraps(call)
    def cached(owner: Owner, /, *arguments: P.args, **named: P.kwargs) -> R:
        results: dict[Any, R] = owner.__dict__.setdefault(name, {})
        key = (arguments, *named.items())
        if key not in results:
            results[key] = call(owner, *arguments, **named)
        return results[key]

    return cached
