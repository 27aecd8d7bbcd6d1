"""Parts of the theme's pages that are made once for many pages."""

import jinja2
from markupsafe import Markup


class Partials:
    """What templates make that is the same on every page."""

    def __init__(self) -> None:
        self._made: dict[str, Markup] = {}

    @jinja2.pass_context
    def render(self, context: jinja2.runtime.Context, name: str) -> Markup:
        if name not in self._made:
            template = context.environment.get_template(name)
            made = "".join(template.root_render_func(template.new_context(context.get_all(), shared=True)))
            self._made[name] = Markup(made)  # noqa: S704  # a template made it
        return self._made[name]


class Icons:
    """Text of the files of icons. As templates, each would be compiled, and rendered a dozen times for each page."""

    def __init__(self) -> None:
        self._texts: dict[str, Markup] = {}

    @jinja2.pass_context
    def text(self, context: jinja2.runtime.Context, name: str) -> Markup:
        """Return what the template `name` makes."""
        text = self._texts.get(name)
        if text is None:
            environment = context.environment
            assert environment.loader is not None
            source = environment.loader.get_source(environment, name)[0]
            if "{" in source or "\r" in source:  # it has code, or another ending of lines than Jinja gives it
                template = environment.get_template(name)
                made = template.root_render_func(template.new_context(context.get_all(), shared=True))
                return Markup("".join(made))  # noqa: S704  # a template made it
            text = self._texts[name] = Markup(source.removesuffix("\n"))  # noqa: S704  # a template of the theme
        return text
