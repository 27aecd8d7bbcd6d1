"""The list of a catalog that imagedocs builds no site of, from the command line."""

from datetime import date
from pathlib import Path

import click

from imagedocs.added.configurations import theme_language
from imagedocs.added.site import LIST_TEMPLATE, AddedSite, Request
from imagedocs.added.standalone import check_language, has_sentences, standalone_list
from imagedocs.commands.home import Home
from imagedocs.commands.printing import report, status
from imagedocs.commands.streams import write_data
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.reads import is_file
from imagedocs.problems import CannotRun
from imagedocs.programs import typable_problems


def print_list(
    root: Path,
    file: Path | None,
    day: date,
    *,
    language: str | None,
    form: str,
    output: str,
    template: str | None,
) -> int:
    """Print the list of the catalog in `root`, and return the exit status. `file` is the configuration of MkDocs.

    Raises CannotRun.
    """
    site = AddedSite(root.resolve(), Arguments(day))
    spoken = check_language(language) if language else theme_language(file)
    path = template or LIST_TEMPLATE
    if template and not is_file(site.files.root, template):
        raise CannotRun(f"there is no template {template!r}; leave it out for the list of imagedocs")
    problems = [*site.problems()]
    if not problems:
        text, wrong = standalone_list(site, Request(1, 1, path, form), spoken, output)
        problems += wrong
        if not wrong:
            write_data(text)
    if language and not has_sentences(site, spoken):
        click.echo(
            f'imagedocs: no sentences are translated into "{language}"; the list is in English', err=True
        )
    if problems:
        click.echo(report(typable_problems(problems), "plain", Home(root, "", "en")), err=True, nl=False)
    return status(problems)
