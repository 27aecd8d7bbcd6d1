"""A site each text of which tries to be markup: metadata, headings, navigation, configuration, messages, catalog."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from conftest import run_imagedocs
from small_project import CONFIG, small_project

TEXTS = {
    "words in angle brackets": 'Read <pwn> & "more"',
    "a script": "Run <script>pwn()</script> now",
    "the ends of elements": "</title></a></span></style></textarea></script><pwn>",
    "an attribute in double quotes": '"><img src=x onerror=pwn()>',
    "an attribute in single quotes": "'><svg onload=pwn()><pwn data-pwn='",
    "Markdown": "**pwn** _pwn_ [pwn](javascript:pwn()) `pwn` ![pwn](pwn.png)",
    "entities": "&amp; &lt;pwn&gt; &#60;pwn&#62;",
    "a template": "{{ 7 * 7 }} {% pwn %} %(pwn)s",
    "separators of lines": "one\u2028two\u2029three",
    "a comment": "<!-- pwn --> after",
    "the end of a script": "];</script><script>pwn()//",
}
"""Texts that a reader is to see as they are."""

NAME = 'A & B <pwn> "site"'
CATALOG_NAME = "Frame <pwn> **bold** | work"
MESSAGE = 'Mensaje <img src=x onerror=pwn()> & "pwn"'

_ALL = TEXTS["an attribute in double quotes"]
PLACES = {kind: f"p{number}" for number, kind in enumerate(TEXTS)}
"""The page whose metadata have the text."""


def _header(text: str, title: str | None = None) -> str:
    fields = dict.fromkeys(
        ("description", "author", "subtitle", "status", "document_id", "keywords", "own"), text
    )
    lists = {"tags": [text], "hide": [text], "search": {"exclude": False, "note": text}}
    lines = [
        f"{name}: {json.dumps(value)}" for name, value in {"title": title or text, **fields, **lists}.items()
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _heading(text: str) -> str:
    """`text` as Markdown that shows its characters."""
    return re.sub(r"([\\`*_\[\]<>!&{}])", r"\\\1", text)


def pages() -> dict[str, str]:
    """Files of the site: pages of all kinds, in English unless they are translated."""
    files = {
        f"docs/en/{place}.md": f"{_header(TEXTS[kind])}# Heading {place}\n\n## Part\n\nText of it.\n"
        for kind, place in PLACES.items()
    }
    for kind, place in PLACES.items():
        heading = _heading(TEXTS[kind].replace("\u2028", " ").replace("\u2029", " "))
        files[f"docs/en/h{place}.md"] = f"# {heading}\n\n## Of {heading}\n\nText.\n"
    files["docs/en/taken.md"] = (
        '# Taken\n\n<p id="__config">{"base": "https://pwn.example"}</p>\n\n'
        '<div data-md-component="search"><input id="__search"></div>\n\n## A {#__drawer}\n\n'
        "## `__config`\n\n```text {#__toc}\nx\n```\n"
    )
    files["docs/en/list.md"] = (
        "# List\n\n[!INCLUDE [l](../../includes/aml-inference-list-prebuilt-docker-images.md)]\n"
    )
    for number, address in enumerate(
        ("javascript:pwn()", " java\tscript:pwn()", '"];pwn()//', "https://e.example/?a&b")
    ):
        lines = f"template: redirect.html\nlocation: {json.dumps(address)}\n"
        files[f"docs/en/away{number}.md"] = f"---\n{lines}---\n# Away\n\nText.\n"
    files["docs/en/listed.md"] = "# Listed\n\nText.\n"
    files["docs/es/index.md"] = f"{_header(_ALL)}# Inicio\n\nTexto.\n"
    files["docs/en/index.md"] = f"{_header(_ALL)}# Home\n\nText.\n"
    files["docs/en/docfx.json"] = json.dumps(
        {"build": {"fileMetadata": {name: {"given.md": _ALL} for name in ("title", "description", "author")}}}
    )
    files["docs/en/given.md"] = "# Given\n\nText.\n"
    moves = [{"source_path": "old.md", "redirect_url": 'https://e.example/"><img src=x onerror=pwn()>?a&b'}]
    files["docs/en/.openpublishing.redirection.json"] = json.dumps({"redirections": moves})
    return files


def configuration(text: str) -> str:
    """`mkdocs.yml` with texts of all kinds in the place of its own; `text` is one that has no other."""
    quoted = json.dumps(_ALL)
    navigation = [{"Start": "index.md"}, {_ALL: "list.md"}, {_ALL: "https://e.example/"}]
    navigation.append({f"Section {_ALL}": [f"{place}.md" for place in PLACES.values()]})
    navigation.append({"Headings": [f"h{place}.md" for place in PLACES.values()]})
    navigation.append({"Others": ["taken.md", "given.md"]})
    text = re.sub(r"^site_name: .*$", lambda _: f"site_name: {json.dumps(NAME)}", text, flags=re.MULTILINE)
    text = re.sub(r"^site_description: .*\n", "", text, flags=re.MULTILINE)
    features = (
        "    - navigation.tabs\n    - navigation.path\n    - navigation.indexes\n    - navigation.footer\n"
    )
    text = text.replace("  imagedocs:\n", "  imagedocs:\n    images: true\n", 1)
    text = text.replace("    - navigation.footer\n", features).replace("    - navigation.prune\n", "")
    text = re.sub(r"^  - search\b", "  - tags\n  - search", text, flags=re.MULTILINE)
    social = f"  social:\n    - {{icon: material/web, link: https://e.example/, name: {quoted}}}\n  status:\n    own: {quoted}\n"
    text = (
        text.replace("extra:\n", f"extra:\n{social}", 1)
        if "\nextra:\n" in text
        else f"{text}extra:\n{social}"
    )
    rest = f"site_description: {quoted}\nsite_author: {quoted}\nrepo_url: https://e.example/x\nrepo_name: {quoted}\n"
    return f"{text}\n{rest}nav: {json.dumps(navigation)}\n"


def spoken(text: str) -> str:
    """A .po file each sentence of which, but for those with placeholders, is `MESSAGE`."""
    pattern = re.compile(r'^(msgid "[^"%]+"\n)msgstr ".*"$', re.MULTILINE)
    return pattern.sub(lambda found: f"{found[1]}msgstr {json.dumps(MESSAGE, ensure_ascii=False)}", text)


def checkout_site(folder: Path) -> Path:
    """A project as a clone of this one: the hooks are named in `mkdocs.yml`."""
    small_project(folder, pages() | {"mkdocs.yml": configuration(CONFIG)})
    name = json.dumps("English <pwn>")
    _rewrite(folder / "locales/locales.yaml", {"name: English": f"name: {name}"})
    _rewrite(folder / "catalog/images.yaml", {"{name: Ubuntu}": f"{{name: {json.dumps(CATALOG_NAME)}}}"})
    messages = folder / "locales/es/LC_MESSAGES/messages.po"
    messages.write_text(spoken(messages.read_text("utf-8")), "utf-8")
    return folder


def plugin_site(folder: Path) -> Path:
    """A project that `imagedocs init` makes, which has the plugin."""
    made = run_imagedocs(folder, "init", "--registry", "ghcr.io", "--locale", "en", "--locale", "es", ".")
    assert made.returncode == 0, made.stderr
    for path, content in pages().items():
        if path != "docs/en/list.md":
            (folder / path).write_text(content, "utf-8")
    config = configuration(
        (folder / "mkdocs.yml").read_text("utf-8").replace("site_url:", "site_url: https://own.example/ #")
    )
    (folder / "mkdocs.yml").write_text(config.replace("list.md", "listed.md"), "utf-8")
    return folder


def _rewrite(file: Path, replacements: Mapping[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in replacements.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
