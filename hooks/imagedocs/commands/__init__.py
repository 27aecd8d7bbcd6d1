"""The commands that not everybody needs, each loaded when it is called: some want packages that a build does not."""

from importlib import import_module
from pathlib import Path

import click

COMMANDS = {
    "check": ("check", "Find everything that a strict build would fail for, without building."),
    "compare": ("compare", "Say which pages, images and data differ between two built sites."),
    "completion": ("completion", "Print what makes SHELL complete `imagedocs` on the Tab key."),
    "export": (
        "export",
        "Print the manifest for another tool: skopeo (`sync`).",
    ),
    "import": (
        "lists",
        "Read hand-written lists of images (Markdown, HTML, CSV, JSON, YAML) and print them as a catalog.",
    ),
    "init": (
        "starting",
        "Begin a project in FOLDER (default: this one): a site in your languages, for your images.",
    ),
    "lsp": ("lsp", "Serve an editor: findings while you type, fixes, and completion of names."),
    "merge": (
        "merge",
        "Merge two people's changes of the registry manifest, tag by tag, as git's merge driver.",
    ),
    "messages": (
        "rendering",
        "Take the sentences of templates and code into locales/, and say which are not translated.",
    ),
    "move": (
        "moving",
        "Move a page in all languages, with the links to it, and lead on from its old address.",
    ),
    "render": (
        "rendering",
        "Print the list of images as Markdown or HTML, in one language, as it stood on a day.",
    ),
    "schema": ("schema", "Write the schemas by which editors complete and explain the project's YAML files."),
    "snapshot": (
        "snapshot",
        "Replace the recorded answers in catalog/registry.json by those of the registry itself.",
    ),
    "status": (
        "translations",
        "Say which pages are translated, and which translations no longer say what their sources say.",
    ),
    "tags": ("tags", "List the tags that the registry has of a repository (host/path)."),
    "verify": (
        "verify",
        "Compare what the catalog and the pages say of images with the registry itself; write nothing.",
    ),
}
"""Command -> module here that defines it, as `<command>_command`, and what it does: the list of commands is shown
without loading them."""

FINE, PROBLEMS_FOUND, COULD_NOT_RUN = 0, 1, 2
"""Exit statuses."""


_PROJECT = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml", "catalog/images.yaml")
"""Files of which a project has one."""


def nearest_project() -> Path:
    """Return the nearest folder with a site or a catalog, from the working directory upwards; that itself where there is
    none."""
    here = Path.cwd()
    found = project_above(here)
    return Path() if found is None or found == here else found


def project_above(folder: Path) -> Path | None:
    """Return the nearest folder with a site or a catalog, from this one upwards; `None` where there is none."""
    return next(
        (each for each in (folder, *folder.parents) if any((each / name).is_file() for name in _PROJECT)),
        None,
    )


class LazyGroup(click.Group):
    """A group with the commands of `COMMANDS`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--project` may stand behind the command too: `imagedocs check --project DIR`."""
        moved: list[str] = []
        rest: list[str] = []
        waiting = iter(args)
        for argument in waiting:
            if argument == "--":
                rest += [argument, *waiting]
            elif argument == "--project":
                moved += [argument, *[value for value in [next(waiting, None)] if value is not None]]
            elif argument.startswith("--project="):
                moved.append(argument)
            else:
                rest.append(argument)
        return super().parse_args(ctx, [*moved, *rest])

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"imagedocs.commands.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of `args`; a mistyped one raises click.UsageError with the nearest names."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(
                error.command_name, possibilities=self.list_commands(ctx), ctx=ctx
            ) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])
