"""`imagedocs render` and `imagedocs messages`: what the templates say."""

from datetime import date
from pathlib import Path

import click

from imagedocs.commands.completion import complete_locale
from imagedocs.commands.options import as_of_option
from imagedocs.commands.streams import write_data
from imagedocs.markdown.sources import FORMS, with_options


@click.command("render")
@as_of_option
@click.option(
    "--locale", "tag", shell_complete=complete_locale, help="The language. Default: the site's default."
)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    show_default=True,
    help="A block for each image, or tables.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(("markdown", "html")),
    default="markdown",
    show_default=True,
    help="HTML is for a catalog that imagedocs builds no site of.",
)
@click.argument("template", required=False)
@click.pass_obj
def render_command(
    root: Path, as_of: date | None, tag: str | None, form: str, output: str, template: str | None
) -> int:
    """Print the list of images as Markdown or HTML, in one language, as it stood on a day.

    TEMPLATE is the path of a template below includes/; it need not be given when there is only one directly in
    that folder. In a site that imagedocs builds, the path of the page of an image, such as images/web.md, prints that
    page.
    """
    from imagedocs.added.detection import Kind, configuration_in, kind_of

    file = configuration_in(root)
    if kind_of(root, file) is not Kind.BUILT:
        from imagedocs.commands.standalone import print_list
        from imagedocs.today import today

        day = as_of or today()
        return print_list(root, file, day, language=tag, form=form, output=output, template=template)
    if output != "markdown":
        raise click.UsageError(
            "--format html is for a catalog without a site; the pages of this site are HTML"
        )
    from imagedocs.commands.printing import home_of, report, status
    from imagedocs.problems import CannotRun
    from imagedocs.programs import typable_problems
    from imagedocs.project import Project
    from imagedocs.project.templates import list_template_of, templates_of
    from imagedocs.today import today

    project = Project.load(root, as_of or today())
    locale = project.locale(tag)
    templates = templates_of(project)
    path = template or list_template_of(project)
    overlay = project.overlay(locale)
    page = overlay.files.get(path, "")
    if page in overlay.generated:
        path, form = page, FORMS[0]
    elif path not in templates:
        what = (
            f"there is no template {path!r}"
            if path
            else "there is more than one template"
            if templates
            else "there is no template"
        )
        raise CannotRun(f"{what}; templates are: {', '.join(templates) or 'includes/NAME.md.j2'}")
    source = overlay.read(with_options(path, form))
    problems = (*project.problems, *(source.problems if source else ()))
    if source and not source.problems:
        write_data(source.text)
    if problems:
        click.echo(report(typable_problems(problems), "plain", home_of(project)), err=True, nl=False)
    return status(problems)


@click.command("messages")
@click.pass_obj
def messages_command(root: Path) -> int:
    """Take the sentences of templates and code into locales/, and say which are not translated."""
    from imagedocs.commands.printing import home_of, print_report, status
    from imagedocs.locales import update_messages
    from imagedocs.project import Project
    from imagedocs.today import today

    project = Project.load(root, today())
    update = update_messages(project.root, project.locales)
    for path in update.changed:
        click.echo(f"wrote {path}")
    print_report(update.problems, "text", home_of(project))
    return status(update.problems)
