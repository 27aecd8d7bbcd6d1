"""`imagedocs completion`: what a shell needs to complete commands, options, formats and languages."""

import click
from click.shell_completion import CompletionItem, get_completion_class

from imagedocs.commands import nearest_project
from imagedocs.commands.streams import write_data

VARIABLE = "_IMAGEDOCS_COMPLETE"
"""The environment variable by which the shell asks the program (click's own way)."""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> int:
    """Print what makes SHELL complete `imagedocs` on the Tab key.

    \b
    bash: eval "$(imagedocs completion bash)"      in ~/.bashrc
    zsh:  eval "$(imagedocs completion zsh)"       in ~/.zshrc, after compinit
    fish: imagedocs completion fish | source       in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None, shell
    write_data(f"{kind(context.find_root().command, {}, 'imagedocs', VARIABLE).source()}\n")
    return 0


def complete_locale(context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the languages of the project that begin with `begun`."""
    from imagedocs.locales import load_locales

    root = context.find_root().params.get("root") or nearest_project()
    locales, _ = load_locales(root)
    return [
        CompletionItem(locale.tag, help=locale.name) for locale in locales if locale.tag.startswith(begun)
    ]
