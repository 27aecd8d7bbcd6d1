"""The theme's templates: compiled once, listed without icons, and written once where they are the same on every page."""

from pathlib import Path
from typing import Any

import jinja2
import pytest

from imagedocs.incremental.cache import Cache
from imagedocs.material.templates import compile_all, prepare

SEARCH = "partials/search.html"
CALL = f'{{% include "{SEARCH}" %}}'


def environment(folder: Path, templates: dict[str, str], kept: Cache | None = None) -> jinja2.Environment:
    for name, text in templates.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(folder))  # noqa: S701  # as MkDocs makes it
    return prepare(made, kept)


def test_icons_are_not_listed_and_can_be_used(tmp_path: Path) -> None:
    env = environment(tmp_path, {".icons/a.svg": "<svg/>", "b/.c/d.txt": "", "b/e.css": "", "main.html": ""})
    assert env.list_templates() == ["b/e.css", "main.html"]
    assert env.get_template(".icons/a.svg").render() == "<svg/>"


@pytest.mark.parametrize(
    ("icon", "shown"),
    [
        ("<svg/>\n", "<svg/>"),
        ("<svg>\n</svg>\n\n", "<svg>\n</svg>\n"),
        ("<svg>\r\n</svg>\r\n", "<svg>\n</svg>"),
        ("{# ours #}<svg>{{ name }}&</svg>", "<svg>a&</svg>"),
    ],
)
def test_the_file_of_an_icon_is_printed_as_the_template_that_it_is(
    tmp_path: Path, icon: str, shown: str
) -> None:
    calls = ('{% include ".icons/x/a.svg" %}', '{% include ".icons/" ~ "x/" ~ name ~ ".svg" %}')
    for number, call in enumerate(calls):
        (tmp_path / ".icons/x").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".icons/x/a.svg").write_bytes(icon.encode())
        template = f"[ {call}|{call.replace('{%', '{%-')} ]"
        made = prepare(
            jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path)),  # noqa: S701  # as MkDocs makes it
            None,
            escaped=[str(tmp_path)],
        )
        (tmp_path / f"main-{number}.html").write_text(template, "utf-8")
        text = made.get_template(f"main-{number}.html").render(name="a")
        assert text == f"[ {shown}|{shown} ]"


def test_an_icon_that_is_not_there_is_named(tmp_path: Path) -> None:
    env = environment(tmp_path, {"main.html": '{% include ".icons/" ~ name ~ ".svg" %}'})
    with pytest.raises(jinja2.TemplateNotFound, match=r"none\.svg"):
        env.get_template("main.html").render(name="none")


@pytest.mark.parametrize(
    ("partial", "written"),
    [
        pytest.param("{{ lang.t('search') }} {{ config.theme }}", "one", id="the same on every page"),
        pytest.param("{{ page }} {{ config.theme }}", "two", id="of the page"),
        pytest.param("{{ 'a' | url }}", "two", id="relative to the page"),
        pytest.param("{% for each in nav %}{{ each }}{% endfor %}{{ config.theme }}", "two", id="of the navigation"),
    ],
)  # fmt: skip
def test_only_what_is_the_same_everywhere_is_written_once(tmp_path: Path, partial: str, written: str) -> None:
    env = environment(tmp_path, {"main.html": CALL, SEARCH: partial})
    env.filters["url"] = jinja2.pass_context(lambda context, value: f"{value}{context['config'].theme}")

    class Language:
        def t(self, key: str) -> str:
            return key

    def render(theme: str) -> str:
        config = type("Config", (), {"theme": theme})
        return env.get_template("main.html").render(config=config, lang=Language(), nav=["x"], page="p")

    first, second = render("one"), render("two")
    assert "one" in first
    assert written in second


def test_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = {
        "main.html": '{% include "a.html" %}{% include "none.html" ignore missing %}',
        "a.html": "{% trans %}text{% endtrans %}",
        "b.html": "{% if %}",
    }
    kept = Cache()
    env = environment(tmp_path, templates, kept)
    compile_all(env, ["main.html", "b.html"])
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    again = environment(tmp_path, {}, kept)
    assert again.get_template("main.html").render(gettext=str, _=str) == "text"
    changed = environment(tmp_path, {"a.html": "other"}, kept)
    with pytest.raises(TypeError):  # it has to be compiled
        changed.get_template("a.html")


def test_templates_are_read_again_only_where_they_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Cache()
    main = '{% include "a.html" %}{% include name %}'
    compile_all(environment(tmp_path, {"main.html": main, "a.html": '{% include "b.html" %}', "b.html": ""}, kept), ["main.html"])  # fmt: skip
    read: list[str | None] = []
    parse = jinja2.Environment.parse

    def count(env: jinja2.Environment, source: str, name: str | None = None, *rest: Any) -> Any:
        read.append(name)
        return parse(env, source, name, *rest)

    monkeypatch.setattr(jinja2.Environment, "parse", count)
    compile_all(environment(tmp_path, {}, kept), ["main.html"])
    assert read == []
    compile_all(
        environment(tmp_path, {"a.html": '{% include "c.html" %}', "c.html": ""}, kept), ["main.html"]
    )
    assert read == ["a.html", "c.html"]


def test_templates_of_the_theme_print_text_and_those_of_a_site_what_they_are_given(tmp_path: Path) -> None:
    templates = {
        "theme/base.html": "{% block a %}<p>{{ text }}</p>{% endblock %}{% block b %}{% endblock %}",
        "theme/main.html": '{% extends "base.html" %}{% block a %}{{ super() }}{% endblock %}',
        "theme/partials/toc-item.html": "{{ toc_item.title }}{{ page.title | striptags }}",
        "site/part.html": "{% macro made() %}<i>{{ text }}</i>{% endmacro %}",
        "site/own.html": '{% extends "main.html" %}{% block a %}{{ super() }}{{ text }}{% endblock %}',
        "theme/caller.html": '{% import "part.html" as part with context %}{{ part.made() }}',
    }
    for name, text in templates.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    folders = [tmp_path / "site", tmp_path / "theme"]
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(folders))  # noqa: S701  # as MkDocs makes it
    env = prepare(made, None, escaped=[str(folders[1])])

    def render(name: str) -> str:
        titles = {"toc_item": {"title": "<code>a</code>"}, "page": {"title": "Read <tag>"}}
        return env.get_template(name).render(text="<b>", **titles)

    assert render("main.html") == "<p>&lt;b&gt;</p>"
    assert render("own.html") == "<p>&lt;b&gt;</p><b>"
    assert render("caller.html") == "<i><b></i>"
    assert render("partials/toc-item.html") == "<code>a</code>Read &lt;tag&gt;"
