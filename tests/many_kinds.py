"""A project that has a file of every kind that a build or a check reads, and what a change of each may be."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from small_project import CONFIG, LOCALES, ROOT, small_project

LIST = "[!INCLUDE [list](../../includes/aml-inference-list-prebuilt-docker-images.md)]"
IMAGE = "mcr.microsoft.com/azureml/minimal-py312-inference"
SETTINGS = """\
    images: {prefix: images}
    changes: {prefix: changes}
    contributors: [/contribute.md]
    rules: {heading-skipped: error}
"""


def _config() -> str:
    """Return the configuration of small projects, with a folder of templates that is not called as ours is."""
    text = CONFIG.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n")
    text = text.replace("  imagedocs:\n", f"  imagedocs:\n{SETTINGS}")
    text = text.replace("extra_css:\n", "extra_css:\n  - stylesheets/own.css\n")
    assert text.count("custom_dir: overrides") == text.count("own.css") == text.count(SETTINGS) == 1
    return text


NOTEBOOK = {
    "cells": [{"cell_type": "code", "metadata": {"name": "fit"}, "source": ["fit(1)"], "outputs": []}],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
FILES: Mapping[str, str | bytes] = {
    "mkdocs.yml": _config(),
    "locales/locales.yaml": LOCALES
    + "  ja: {name: 日本語, babel: ja, material: ja, search: {segmentation: characters}}\n",
    "locales/glossary.yaml": "version: 1\nkeep:\n  - Docker\nterms:\n  tag:\n    es: etiqueta\n",
    "overrides/partials/copyright.html": 'FOOT ALPHA {{ _("A sentence of an override") }}\n',
    "overrides/main.html": "{% extends 'base.html' %}\n{% block announce %}<b>HEAD ALPHA</b>{% endblock %}\n",
    "overrides/404.html": "{% extends 'main.html' %}\n{% block content %}<h1>LOST ALPHA</h1>{% endblock %}\n",
    "overrides/assets/own.txt": "ALPHA\n",
    "docs/en/index.md": f"# Home\n\n[one](guide/one.md#steps), [old](old.md), [html](demo.html#part)\n\n{LIST}\n",
    "docs/en/guide/one.md": (
        "---\nuid: the.one\ntags: [a]\n---\n# One\n\n## Steps\n\n[!INCLUDE [x](../../../includes/x.md)]\n\n"
        "<xref:the.one> <xref:the.other>\n\n[!code-python[code](~/samples/x.py)]\n\n"
        ':::code language="python" source="~/samples-main/y.py":::\n\n'
        "[!notebook-python[](~/samples/fit.ipynb?name=fit)]\n\n![A picture](../media/x.svg)\n"
    ),
    "docs/en/guide/zones.md": (
        '---\nzone_pivot_groups: processors\n---\n# Zones\n\n::: zone pivot="cpu"\n\nSlow.\n\n::: zone-end\n\n'
        '::: zone pivot="gpu"\n\nFast.\n\n::: zone-end\n'
    ),
    "docs/en/contribute.md": (
        f"# Contribute\n\n`{IMAGE}:1.x` and `mcr.microsoft.com/azureml/coming:1`\n\n"
        "[!INCLUDE [changes](../../includes/facts/changes.md)]\n\n"
        "[!INCLUDE [versions](../../includes/facts/python-versions.md)]\n"
    ),
    "docs/en/translated.md": "# Translated\n\nThe tag is old.\n",
    "docs/en/demo.html": "<!doctype html><title>Demo</title><p id=part><a href=guide/one/>one</a></p>\n",
    "docs/en/robots.txt": "User-agent: *\n",
    "docs/en/media/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "docs/en/stylesheets/own.css": "p { background: url(../media/x.svg) }\n",
    "docs/en/samples/x.py": "print(1)\n",
    "samples-main/y.py": "print(2)\n",
    "docs/en/samples/fit.ipynb": json.dumps(NOTEBOOK),
    "docs/en/zone-pivot-groups.yml": (
        "groups:\n- id: processors\n  title: Processor\n  prompt: Choose\n  pivots:\n"
        "  - {id: cpu, title: Slow one}\n  - {id: gpu, title: Fast one}\n"
    ),
    "docs/en/TOC.yml": (
        "- name: Home\n  href: index.md\n- name: Guide\n  href: guide/TOC.yml\n- name: Help\n  href: contribute.md\n"
    ),
    "docs/en/guide/TOC.yml": "- name: One\n  href: one.md\n- name: Zones\n  href: zones.md\n- name: Deep\n  href: deep/toc.md\n",
    "docs/en/guide/deep/toc.md": "# [Deep page](page.md)\n",
    "docs/en/guide/deep/page.md": "# Deep\n\nText.\n",
    "docs/en/xrefmap.yml": "references:\n- uid: the.other\n  name: Other\n  href: https://other.example/one\n",
    "docs/en/docfx.json": json.dumps({"build": {"globalMetadata": {"author": "alpha"}}}),
    "docs/en/.openpublishing.redirection.json": (
        '{"redirections": [{"source_path": "old.md", "redirect_url": "guide/one.md"}]}\n'
    ),
    ".openpublishing.redirection.json": (
        '{"redirections": [{"source_path": "docs/es/viejo.md", "redirect_url": "index.md"}]}\n'
    ),
    ".openpublishing.publish.config.json": '{"dependent_repositories": [{"path_to_root": "samples-main"}]}\n',
    "docs/es/index.md": "# Inicio\n\n[uno](guide/one.md), [viejo](viejo.md)\n",
    "docs/es/translated.md": "---\ntranslation: machine\n---\n# Traducida\n\nLa etiqueta es vieja.\n",
    "docs/ja/index.md": "# ホーム\n\n文章。\n",
    "includes/x.md": "What is said **everywhere**.\n",
    "includes/es/x.md": "Lo que se dice **en todas partes**.\n",
    "includes/more/y.md.j2": '{{ _("A sentence of a template") }}\n',
    "hooks/own.py": 'def name():\n    return _("A sentence of a hook")\n',
    "catalog/allowed-images.yaml": (
        "version: 1\nallow:\n"
        "  - {image: mcr.microsoft.com/azureml/coming, reason: It comes soon, until: 2027-01-01}\n"
    ),
    "catalog/external-links.yaml": (
        "version: 1\nallow:\n  - {url: 'https://other.example/', reason: asks for a login, until: 2027-01-01}\n"
    ),
    "known.json": '{\n  "version": 1,\n  "problems": []\n}\n',
    **{
        path: (ROOT / path).read_bytes()
        for path in ("locales/locales.schema.json", "locales/glossary.schema.json")
    },
}


SOURCE_VERSION = "locales/sources/3142e629ed812a0a.json"
"""The text of a page that a translation is one of; its name is a hash of it."""


def write_project(folder: Path) -> Path:
    """Write the project; what commands of imagedocs write into a project is left to the caller."""
    small_project(folder, FILES)
    shutil.copytree(ROOT / "locales/ja", folder / "locales/ja")
    return folder


CHANGES: Mapping[str, tuple[str, str]] = {
    "mkdocs.yml": ("site_name: ", "site_name: The "),
    "locales/locales.yaml": ("Español", "Castellano"),
    "locales/glossary.yaml": ("etiqueta", "marca"),
    "locales/es/LC_MESSAGES/messages.po": ('msgstr "Todas las imágenes"', 'msgstr "Todas"'),
    "locales/ja/LC_MESSAGES/messages.po": ('msgid "All images"\nmsgstr "', 'msgid "All images"\nmsgstr "々'),
    SOURCE_VERSION: ("The tag is old", "The tag was new"),
    "locales/messages.pot": ('msgid "All images"', 'msgid "All of the images"'),
    "overrides/partials/copyright.html": ("FOOT ALPHA", "FOOT BETA"),
    "overrides/main.html": ("HEAD ALPHA", "HEAD BETA"),
    "overrides/404.html": ("LOST ALPHA", "LOST BETA"),
    "overrides/assets/own.txt": ("ALPHA", "BETA"),
    "docs/en/demo.html": ("id=part", "id=other"),
    "docs/en/robots.txt": ("*", "x"),
    "docs/en/media/x.svg": ("/>", " id='x'/>"),
    "docs/en/stylesheets/own.css": ("x.svg", "gone.svg"),
    "docs/en/samples/x.py": ("print(1)", "print(10)"),
    "samples-main/y.py": ("print(2)", "print(20)"),
    "docs/en/samples/fit.ipynb": ("fit(1)", "fit(10)"),
    "docs/en/zone-pivot-groups.yml": ("Slow one", "Slowest one"),
    "docs/en/TOC.yml": ("name: Help", "name: Help us"),
    "docs/en/guide/TOC.yml": ("name: Zones", "name: Areas"),
    "docs/en/guide/deep/toc.md": ("[Deep page]", "[Deepest page]"),
    "docs/en/xrefmap.yml": ("example/one", "example/two"),
    "docs/en/docfx.json": ("alpha", "beta"),
    "docs/en/.openpublishing.redirection.json": ("guide/one.md", "guide/zones.md"),
    ".openpublishing.redirection.json": ("index.md", "translated.md"),
    ".openpublishing.publish.config.json": ('"samples-main"', '"others"'),
    "includes/aml-inference-list-prebuilt-docker-images.md.j2": (
        "imagedocs-image imagedocs-item",
        "imagedocs-image imagedocs-changed imagedocs-item",
    ),
    "includes/facts/changes.md.j2": ("* ", "* CHANGED "),
    "includes/facts/python-versions.md.j2": ("* ", "* CHANGED "),
    "includes/image.md.j2": ("\n## ", "\n## CHANGED "),
    "includes/image-index.md.j2": ("\n## ", "\n## CHANGED "),
    "includes/changes.md.j2": ("\n## ", "\n## CHANGED "),
    "includes/list-of-day.md.j2": ("\n## ", "\n## CHANGED "),
    "includes/more/y.md.j2": ("A sentence of", "Another sentence of"),
    "hooks/own.py": ("A sentence of", "Another sentence of"),
    "catalog/images.yaml": ("name: Ubuntu", "name: Changed"),
    "catalog/registry.json": (f'"{IMAGE}": {{', f'"{IMAGE}s": {{'),
    "catalog/allowed-images.yaml": ("2027-01-01", "2026-01-01"),
    "catalog/external-links.yaml": ("2027-01-01", "20270101"),
    **{
        f"{name}.schema.json": ("Generated: ", "Once generated: ")
        for name in (
            "catalog/images",
            "catalog/allowed-images",
            "catalog/external-links",
            "locales/locales",
            "locales/glossary",
        )
    },
    "known.json": (
        '"problems": []',
        '"problems": [{"path": "docs/en/index.md", "rule": "broken-link", "message": "x", "text": "x", "count": 1}]',
    ),
}
"""File → the text that is replaced where it first stands, and its replacement. To pages, a paragraph is added."""

PAGES = frozenset(path for path in FILES if path.endswith(".md") and path not in CHANGES)
EVERY_FILE = tuple(sorted({*PAGES, *CHANGES}))
"""The files that a build or a check opens."""


def change(root: Path, path: str) -> None:
    """Change a file of the project so that whoever reads it for its meaning notices."""
    text = (root / path).read_text("utf-8")
    if path in CHANGES:
        old, new = CHANGES[path]
        assert old in text, f"{path} no longer has {old!r}"
        text = text.replace(old, new, 1)
    else:
        assert path in PAGES, f"{path} is read: say in many_kinds.CHANGES what a change of it is"
        text += "\nA new paragraph with a [link](nowhere.md).\n"
    (root / path).write_text(text, "utf-8", newline="\n")
