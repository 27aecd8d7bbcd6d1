"""Links that templates write: found in the built pages, and told where they are written."""

from pathlib import Path

from conftest import run_imagedocs, run_mkdocs
from imagedocs.checks.built_pages import MOST_SAMPLES, Sampling, read_references
from imagedocs.publishing.formats.schemas import NAMES
from imagedocs.schemas import published_schemas
from small_project import CONFIG, HOOKS_CONFIG, problems_of, small_project

FOOTER = """<p>
  <a href="{{ 'index.md' | url }}">no page's address</a> <a href="{{ 'page/' | url }}">sound</a>
  <a href="{{ 'nothing/' | url }}">x</a> <img src="{{ 'media/none.png' | url }}" alt="x">
  {% for link in (page.meta.more if page and page.meta.more else []) %}<a href="{{ link | url }}">x</a>{% endfor %}
  <script>document.write('<a href="in-a-script/">')</script><a href="#__toc">x</a><a href="https://example.com/x">x</a>
</p>
"""


def test_links_of_templates(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": f"{HOOKS_CONFIG}\nextra:\n  homepage: https://imagedocs.example/no-home/\n",
        "includes/theme/partials/copyright.html": FOOTER,
        "docs/en/page.md": "---\ntitle: Page\nmore:\n  - page/\n  - gone/away/\n---\n\n# Page\n\n[x](nothing.md)\n",
        "docs/en/a/b/c.md": "# Deep\n\nText.\n",
    }
    small_project(tmp_path, files, with_hooks=True)
    result = run_mkdocs(tmp_path, "build")
    assert result.returncode == 0, result.stderr
    marker = "imagedocs: "
    found = {
        line.partition(marker)[2] for line in result.stderr.splitlines() if ": error: broken-link:" in line
    }
    config = files["mkdocs.yml"].split("\n")
    line = next(number for number, text in enumerate(config, 1) if "no-home" in text)
    home = "https://imagedocs.example/no-home/"
    ending = "and there is nothing"
    assert found == {
        f'includes/theme/partials/copyright.html:2:16: error: broken-link: the page has a link to "index.md", {ending}',
        f'includes/theme/partials/copyright.html:3:16: error: broken-link: the page has a link to "nothing/", {ending}',
        f'includes/theme/partials/copyright.html:3:56: error: broken-link: the page has a link to "media/none.png", {ending}',
        f'docs/en/page.md:5:5: error: broken-link: the page has a link to "gone/away/", {ending}',
        'docs/en/page.md:10:5: error: broken-link: there is no file "docs/en/nothing.md"',
        f'mkdocs.yml:{line}:13: error: broken-link: the page has a link to "{home}", {ending}',
    }


def test_pages_whose_front_matter_names_an_address_are_looked_at_up_to_a_limit() -> None:
    sampling = Sampling()
    for number in range(2 * MOST_SAMPLES):
        sampling.offer(f"{number:03}.md", "", {"more": ["gone/away/"]}, is_fallback=False)
        sampling.offer(f"plain-{number:03}.md", "", {"title": "3/20/2026"}, is_fallback=False)
    places = [sample.place for sample in sampling.chosen()]
    assert {"000.md", "001.md", "040.md"} <= {*places}
    assert len(places) <= MOST_SAMPLES
    assert not any(place.startswith("plain") for place in places)


def test_sentences_of_templates_in_any_folder_are_checked_and_translated(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": CONFIG.replace("theme:\n", "theme:\n  custom_dir: overrides\n"),
        "overrides/partials/copyright.html": '<p class="greeting">{{ _("Hello dear reader") }}</p>',
    }
    small_project(tmp_path, files)
    ending = 'first "Hello dear reader"; run `imagedocs messages`'
    assert problems_of(tmp_path) == [
        f"locales/es/LC_MESSAGES/messages.po: error: messages-out-of-date: lacks 1 sentence of the site, {ending}",
        f"locales/messages.pot: error: messages-out-of-date: lacks 1 sentence of the templates and the code, {ending}",
    ]
    assert run_imagedocs(tmp_path, "messages").returncode == 0
    assert [problem.split(": ")[2] for problem in problems_of(tmp_path)] == ["message-untranslated"]
    sentences = tmp_path / "locales/es/LC_MESSAGES/messages.po"
    text = sentences.read_text("utf-8")
    before = 'msgid "Hello dear reader"\nmsgstr "'
    sentences.write_text(text.replace(before, f"{before}Hola"), "utf-8")
    assert problems_of(tmp_path) == []
    assert run_mkdocs(tmp_path, "build", "--strict").returncode == 0
    assert '<p class="greeting">Hola</p>' in (tmp_path / "site/es/index.html").read_text("utf-8")


def test_what_built_pages_refer_to() -> None:
    html = (
        '<link rel="preconnect" href="a"><link href="b"><script src="c"><a href="d"></script><style>e</style>'
        "<img src=f srcset='g 1x, h 2x'><p style=\"background: url(i)\" id=j><!-- <a href='k'> --><a name=l>"
    )
    assert read_references(html) == (["b", "c", "f", "g", "h", "i"], {"j", "l"})


def test_the_schemas_that_are_published_are_known() -> None:
    assert {f"{name}.schema.json" for name in NAMES} == published_schemas().keys()
