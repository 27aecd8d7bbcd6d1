"""The command line: arguments in, exit status out. What a command does is the project's to know."""

import os
import sys
from datetime import date
from pathlib import Path

import click

from imagedocs import __version__
from imagedocs.commands import LazyGroup
from imagedocs.commands.completion import complete_locale
from imagedocs.commands.options import as_of_option
from imagedocs.commands.printing import (
    COULD_NOT_RUN,
    FINE,
    PROBLEMS_FOUND,
    report,
    status,
    summarize,
    without_known,
    write_known,
)
from imagedocs.fixes import fix_all
from imagedocs.locales import update_messages
from imagedocs.problems import CannotRun, Problem
from imagedocs.project import Project
from imagedocs.project.checking import check, collect_site, looks_at
from imagedocs.project.external_links import check_external_links
from imagedocs.project.today import today
from imagedocs.reports import FORMATS


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "--project",
    "root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The project's folder. Default: this one.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Lists of container images in many languages, every image and link proven."""
    context.obj = root


@main.command("check")
@as_of_option
@click.option(
    "--locale",
    "tags",
    multiple=True,
    shell_complete=complete_locale,
    help="Only the pages of this locale; may be repeated.",
)
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@click.option("--external", is_flag=True, help="Ask for links to other sites too (needs network).")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Leave out the problems that this file knows.",
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write the problems of now to the baseline's file, and be content with them.",
)
@click.option("--fix", is_flag=True, help="Edit what has exactly one answer, and say what that was.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit status says it.")
@click.option("--watch", is_flag=True, help="Check again on each save, until Ctrl-C.")
@click.pass_obj
def check_command(
    root: Path,
    as_of: date | None,
    tags: tuple[str, ...],
    form: str,
    external: bool,
    baseline: Path | None,
    write_baseline: bool,
    fix: bool,
    quiet: bool,
    watch: bool,
) -> int:
    """Find everything that a strict build would fail for, without building.

    Exit status: 0 when nothing is wrong, 1 when there are problems, 2 when it could not be done.
    """
    if write_baseline and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE")
    if watch:
        if external or fix or write_baseline:
            raise click.UsageError("--watch goes with none of --external, --fix and --write-baseline")
        from imagedocs.commands.watching import watch as watch_project

        return watch_project(root, lambda: _check(root, as_of, tags, form, baseline=baseline, quiet=quiet))
    return _check(
        root,
        as_of,
        tags,
        form,
        external=external,
        baseline=baseline,
        write_baseline=write_baseline,
        fix=fix,
        quiet=quiet,
    )


def _check(
    root: Path,
    as_of: date | None,
    tags: tuple[str, ...],
    form: str,
    *,
    external: bool = False,
    baseline: Path | None = None,
    write_baseline: bool = False,
    fix: bool = False,
    quiet: bool = False,
) -> int:
    """Check once; gives the exit status."""
    day = as_of or today()
    project = Project.load(root, day)

    on_demand = ("external-",) if external else ()

    def looked(path: str, rule: str) -> bool:
        return looks_at(project, tags, on_demand, path, rule)

    def look() -> tuple[Problem, ...]:
        now = Project.load(root, day)
        site = collect_site(now, tags)
        asked = check_external_links(now, site) if external else ()
        return check(now, site, asked, on_demand)

    problems = look()
    if fix:

        def tell(line: str) -> None:
            if not quiet:  # what another program reads has the problems alone
                click.echo(line, err=form != "text")

        problems = fix_all(project.root, problems, look, tell)
    if baseline and write_baseline:
        write_known(problems, baseline, project.root, looked)
        return FINE
    if baseline:
        applied = without_known(problems, baseline, project.root, looked)
        problems = applied.left
        if applied.known and not quiet:
            what = "1 known problem is" if applied.known == 1 else f"{applied.known} known problems are"
            click.echo(f"{what} left out ({baseline})", err=True)
    if not quiet:
        click.echo(report(problems, form, project), nl=False)
    if form == "github":
        summarize(problems, project)
    return status(problems)


@main.command("render")
@as_of_option
@click.option(
    "--locale", "tag", shell_complete=complete_locale, help="The language. Default: the site's default."
)
@click.argument("template", required=False)
@click.pass_obj
def render_command(root: Path, as_of: date | None, tag: str | None, template: str | None) -> int:
    """Print the list of images as Markdown, in one language, as it stood on a day.

    TEMPLATE is the path of a template below includes/; it need not be given when there is only one.
    """
    project = Project.load(root, as_of or today())
    locale = project.locale(tag)
    templates = project.templates()
    path = template or (templates[0] if len(templates) == 1 else "")
    if path not in templates:
        what = (
            f"there is no template {path!r}"
            if path
            else "there is more than one template"
            if templates
            else "there is no template"
        )
        raise CannotRun(f"{what}; templates are: {', '.join(templates) or 'includes/NAME.md.j2'}")
    source = project.overlay(locale).read(path)
    problems = (*project.problems, *(source.problems if source else ()))
    if source and not source.problems:
        click.echo(source.text, nl=False)
    if problems:
        click.echo(report(problems, "plain", project), err=True, nl=False)
    return status(problems)


@main.command("messages")
@click.pass_obj
def messages_command(root: Path) -> int:
    """Take the sentences of templates and code into locales/, and say which are not translated."""
    project = Project.load(root, today())
    update = update_messages(project.root, project.locales)
    for path in update.changed:
        click.echo(f"wrote {path}")
    click.echo(report(update.problems, "text", project), nl=False)
    return status(update.problems)


def run(arguments: list[str] | None = None) -> None:
    """The program `imagedocs`."""
    try:
        code = main.main(arguments, prog_name="imagedocs", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        code = COULD_NOT_RUN
    except CannotRun as error:
        click.echo(f"imagedocs: {error}", err=True)
        code = COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        click.echo("imagedocs: stopped", err=True)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PROBLEMS_FOUND
    sys.exit(code)
