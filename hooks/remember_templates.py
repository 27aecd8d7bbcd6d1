"""Compile the theme's templates once for all builds, and list only those of its files that a site can have.

To compile Material's is as much work as to write a hundred pages, and to look through its ten thousand icons, of which
none is copied into a site, as much as to write twenty.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from imagedocs.cache.memory import Memory
from imagedocs.project.building import Build

_KIND = "template"


@event_priority(-100)  # the theme is as it will be
def on_config(config: MkDocsConfig) -> None:
    """Put both into the environment that MkDocs asks the theme for."""
    theme, this = config.theme, config.extra["imagedocs"]
    theme.get_env = partial(_environment, theme.get_env, this)  # type: ignore[method-assign]  # it is made once, and used at once


def _environment(make: Callable[[], jinja2.Environment], this: Build) -> jinja2.Environment:
    env = make()
    if isinstance(env.loader, jinja2.FileSystemLoader):
        env.loader = _Loader(env.loader.searchpath)
    if this.inputs is not None:
        env.bytecode_cache = _Compiled(this.templates)
    return env


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Keep what has been compiled."""
    this: Build = config.extra["imagedocs"]
    this.templates.save(keep=(_KIND,))  # others are of pages that are not made this time


class _Loader(jinja2.FileSystemLoader):
    """Its list has no file in a folder whose name begins with a dot: MkDocs would leave it out, after having compared
    each with what it leaves out."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(
                    Path(os.path.relpath(os.path.join(folder, name), top)).as_posix() for name in names
                )
        return sorted(found)


class _Compiled(jinja2.BytecodeCache):
    """Templates as Python's code, in a memory that only this user can have written."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._settings = ""

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        self._settings = " ".join(sorted(environment.extensions))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._memory.get(_KIND, bucket.key, self._key(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._memory.put(_KIND, bucket.key, self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return f"{bucket.checksum} {self._settings}"
