# pyright: standard
# MkDocs is typed in parts only.
"""Provide all of imagedocs as one plugin of MkDocs: `plugins: [search, imagedocs]`.

A site whose `markdown_extensions` name `imagedocs.markdown` is built by imagedocs: the functions of the five short files
`hooks/*.py` handle the events of MkDocs. The project in which imagedocs is developed names these files in its
`mkdocs.yml`, and so works from a bare clone; for other projects the plugin registers them.

Any other site is left as it is. The functions of `imagedocs.plugin.added` put into its pages what they ask for, and
check them. Nothing of what builds the first kind of site is loaded for the second.
"""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority

from imagedocs.parts import HOOKS, parts

DIALECT = "imagedocs.markdown"
"""Markdown extension of the sites that imagedocs builds."""
_ADDED = "imagedocs (pages)"
"""Name among the plugins of what handles the events of other sites."""


class ImagedocsPlugin(BasePlugin):
    """Plugin that looks at the configuration, and then registers what handles all other events."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep what the handlers of this event are told, until it is known which these are."""
        self._started = {"command": command, "dirty": dirty}

    @event_priority(101)  # before templates are compiled for all languages
    def on_config(self, config: MkDocsConfig) -> None:
        """Register the handlers of this site. Those of this event are called after this one."""
        if DIALECT in config.markdown_extensions:
            self._register_hooks(config)
        elif _ADDED not in config.plugins:
            from imagedocs.plugin.added import AddedPages

            config.plugins[_ADDED] = AddedPages()  # type: ignore[assignment]  # as MkDocs does with hooks

    def _register_hooks(self, config: MkDocsConfig) -> None:
        """Register the hooks as MkDocs registers those that `hooks` names."""
        if (
            f"hooks/{HOOKS[0]}.py" in config.plugins
        ):  # of a configuration that was taken over, as a worker does
            return
        # Our templates come before Material's, and the project's own before ours.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(parts().theme))
        started, self._started = getattr(self, "_started", None), None
        for name in HOOKS:
            module = _load(name)
            config.plugins[f"hooks/{name}.py"] = module  # type: ignore[assignment]  # likewise
            if started is not None and hasattr(module, "on_startup"):
                module.on_startup(**started)


def _load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"imagedocs_{name}", parts().hooks / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
