"""`imagedocs check`: what a strict build would fail for, as fast as a save."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imagedocs.commands import FINE
from imagedocs.commands.options import as_of_option, format_option

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from imagedocs.commands.checking import Check
    from imagedocs.commands.checking_added import CheckAdded
    from imagedocs.commands.one_file import CheckOfFile
    from imagedocs.problems import Problem


def _complete_locale(context: click.Context, option: click.Parameter, begun: str) -> list["CompletionItem"]:
    from imagedocs.commands.completion import complete_locale

    return complete_locale(context, option, begun)


@click.command("check")
@as_of_option
@click.option(
    "--locale",
    "tags",
    multiple=True,
    shell_complete=_complete_locale,
    help="Only the pages of this locale; may be repeated.",
)
@format_option
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
@click.option("--no-cache", is_flag=True, help="Remember nothing: neither read nor write .cache/imagedocs.")
@click.option(
    "--stdin-file-name",
    "unsaved",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the text of standard input as if it were this file, and say what is wrong in it alone.",
)
@click.option("--watch", is_flag=True, help="Check again on each save, until Ctrl-C.")
@click.option(
    "-f",
    "--config-file",
    "configuration",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration of a MkDocs site that imagedocs was added to. Default: mkdocs.yml or mkdocs.yaml.",
)
@click.option(
    "--no-build",
    is_flag=True,
    help="Run no plugin and no hook. Of a site that imagedocs was added to, check the catalog and the images that pages name.",
)
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
    no_cache: bool,
    unsaved: Path | None,
    watch: bool,
    configuration: Path | None,
    no_build: bool,
) -> int:
    """Find everything that a strict build would fail for, without building.

    A MkDocs site that imagedocs was added to is built by MkDocs as far as its pages, and nothing is written. Where there
    is a catalog alone, it is checked with the images that Markdown files name.

    Exit status: 0 when nothing is wrong, 1 when there are problems, 2 when it could not be done.
    """
    if write_baseline and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE")
    if unsaved and (watch or external or fix or write_baseline):
        raise click.UsageError(
            "--stdin-file-name goes with none of --watch, --external, --fix and --write-baseline"
        )
    if watch:
        if external or fix or write_baseline:
            raise click.UsageError("--watch goes with none of --external, --fix and --write-baseline")
        from imagedocs.commands.watching import watch as watch_project

        return watch_project(
            root,
            lambda: _check(
                root,
                as_of,
                tags,
                form,
                baseline=baseline,
                quiet=quiet,
                no_cache=no_cache,
                configuration=configuration,
                no_build=no_build,
            ),
        )
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
        no_cache=no_cache,
        configuration=configuration,
        no_build=no_build,
        unsaved=unsaved,
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
    no_cache: bool = False,
    configuration: Path | None = None,
    no_build: bool = False,
    unsaved: Path | None = None,
) -> int:
    """Check once; gives the exit status."""
    from imagedocs.today import today

    day = as_of or today()
    added = check_of_added(root, day, configuration, builds=not no_build and not unsaved, says_so=not quiet)
    if added is not None and (external or tags):
        raise click.UsageError("--external and --locale are for sites that imagedocs builds")
    check = added or _check_of_built(
        root, day, tags, external=external, forgets=no_cache, loads=not no_build and not unsaved
    )
    if unsaved:
        from imagedocs.commands.one_file import standard_input_as

        with standard_input_as(check, unsaved) as one:
            return _tell(one, one.problems(), form, baseline, write_baseline=False, quiet=quiet)
    problems = check.problems()
    if fix:
        from imagedocs.fixes import fix_all

        def tell(line: str) -> None:
            if not quiet:  # what another program reads has the problems alone
                click.echo(line, err=form != "text")

        problems = fix_all(check.root, problems, check.problems, tell)
    if not problems and baseline is None and form in ("text", "plain") and not sys.stdout.isatty():
        return FINE  # there is nothing to print, and nothing to load for it
    return _tell(check, problems, form, baseline, write_baseline=write_baseline, quiet=quiet)


def _check_of_built(
    root: Path, day: date, tags: tuple[str, ...], *, external: bool, forgets: bool, loads: bool
) -> "Check":
    from imagedocs.commands.checking import Check

    on_demand = ("external-",) if external else ()
    return Check(root.resolve(), day, tags, on_demand, forgets=forgets, loads=loads)


def check_of_added(
    root: Path, day: date, given: Path | None, *, builds: bool, says_so: bool
) -> "CheckAdded | None":
    """Return the check of a site that imagedocs doesn't build itself; `None` for one that it builds."""
    from imagedocs.added.detection import Kind, configuration_in, kind_of

    file = given or configuration_in(root)
    home = given.parent if given else root
    kind = kind_of(home, file)
    if kind is Kind.BUILT and (given is None or given.is_file()):
        return None
    from imagedocs.commands.checking_added import CheckAdded, configuration_of

    file = configuration_of(root, given)
    return CheckAdded(home.resolve(), file, day, builds and kind is Kind.ADDED, says_so)


def _tell(
    check: "Check | CheckAdded | CheckOfFile",
    problems: "Iterable[Problem]",
    form: str,
    baseline: Path | None,
    *,
    write_baseline: bool,
    quiet: bool,
) -> int:
    from imagedocs.commands.printing import print_report, status, summarize, without_known, write_known

    if baseline and write_baseline:
        write_known(problems, baseline, check.root, check.looks_at)
        return FINE
    if baseline:
        applied = without_known(problems, baseline, check.root, check.looks_at)
        problems = applied.left
        if applied.known and not quiet:
            what = "1 known problem is" if applied.known == 1 else f"{applied.known} known problems are"
            click.echo(f"{what} left out ({baseline})", err=True)
    if not quiet:
        print_report(problems, form, check.home)
    if form == "github":
        summarize(problems, check.home)
    return status(problems)
