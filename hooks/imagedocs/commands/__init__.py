"""The commands that not everybody needs, each loaded when it is called: some want packages that a build does not."""

from importlib import import_module

import click

COMMANDS = {
    "completion": "completion",
    "export": "registry",
    "import": "lists",
    "init": "starting",
    "merge": "registry",
    "snapshot": "registry",
    "status": "translations",
    "tags": "registry",
    "verify": "registry",
}
"""Command -> module here that defines it, as `<command>_command`."""


class LazyGroup(click.Group):
    """A group that also has the commands of `COMMANDS`."""

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
        module = import_module(f"imagedocs.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        return command if isinstance(command, click.Command) else None
