# pyright: standard
# MkDocs is typed in parts only.
"""Provide all of imagedocs as one plugin of MkDocs, for projects that install it: `plugins: [search, imagedocs]`.

The modules of this package handle the events of MkDocs, and are the only ones that import it. Five short files,
`hooks/*.py`, say which function is called at which event, and in which order. The project in which imagedocs is
developed names these files in its `mkdocs.yml`, and so works from a bare clone; the plugin class registers the same
functions.
"""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from imagedocs.parts import HOOKS, parts


def _load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"imagedocs_{name}", parts().hooks / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _method(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function of a hook as a method, with its order."""

    def call(_plugin: object, *values: Any, **named: Any) -> Any:
        return function(*values, **named)

    return event_priority(getattr(function, "mkdocs_priority", 0))(call)


def _events() -> dict[str, Any]:
    """Return the functions of all hooks, by the name of the event."""
    found: dict[str, list[Callable[..., Any]]] = {"on_config": [_take_theme]}
    for name in HOOKS:
        for event, handler in vars(_load(name)).items():
            if event.startswith("on_"):
                functions = handler.methods if isinstance(handler, CombinedEvent) else (handler,)
                found.setdefault(event, []).extend(map(_method, functions))
    return {event: CombinedEvent(*methods) for event, methods in found.items()}


@event_priority(101)  # before templates are compiled for all languages
def _take_theme(_plugin: object, config: MkDocsConfig) -> None:
    """Put our templates before Material's, and the project's own before ours."""
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(parts().theme))


ImagedocsPlugin = type("ImagedocsPlugin", (BasePlugin,), _events())
