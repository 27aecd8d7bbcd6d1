"""The project broken on purpose, in one place at a time: each break is reported there, by its rule, with what
to type instead. The whole tree reports nothing.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, copy_project, run_imagedocs, run_mkdocs, without_rules
from imagedocs.check import project_facts
from imagedocs.check.checking import check, collect_site
from imagedocs.locales import extract_messages
from imagedocs.locales.po import PoFile
from imagedocs.markdown import Source, parse
from imagedocs.markdown.page import Parsed
from imagedocs.problems import Problem, Severity
from imagedocs.project import Project
from sampling import full, sample

TODAY = date(2026, 11, 24)
CATALOG, MANIFEST = "catalog/images.yaml", "catalog/registry.json"
LOCALES, MESSAGES = "locales/locales.yaml", "locales/es/LC_MESSAGES/messages.po"
TEMPLATE = "includes/aml-inference-list-prebuilt-docker-images.md.j2"
EN, ES = "docs/en/tag-policy.md", "docs/es/tag-policy.md"
GOOD = "mcr.microsoft.com/azureml/minimal-py312-inference"
OLD = "mcr.microsoft.com/azureml/pytorch-1.6-ubuntu18.04-py37-cpu-inference"
DIGEST = "sha256:" + "0" * 64


@dataclass(frozen=True)
class Break:
    name: str
    path: str
    old: str
    """Replaced where it first stands; "" for the end of the file."""
    new: str
    """`¦` marks the place of the problem; without it, any place in the file will do."""
    rule: str
    message: str


FIRST = """    framework: {name: tensorflow, version: "1.15"}
    accelerator: {kind: cpu}
"""

IN_CATALOG = [
    Break("a key misspelt, as AWS's accelarator", CATALOG, "    accelerator: {kind: cpu}", "    ¦accelarator: {kind: cpu}", "unknown-key", 'did you mean "accelerator"?'),
    Break("no tag", CATALOG, "    tag: latest\n", "", "missing-field", '"tag"'),
    Break("an empty tag", CATALOG, "    tag: latest\n", "    tag: ¦''\n", "wrong-type", "a tag"),
    Break("no repository", CATALOG, "    repository: azureml/tensorflow-1.15-ubuntu18.04-py37-cpu-inference\n", "", "missing-field", '"repository"'),
    Break("no id", CATALOG, "  - id: tensorflow-1.15-ubuntu18.04-py37-cpu-inference\n    repo", "  - ¦repo", "missing-field", '"id"'),
    Break("a tag with characters that tags cannot have", CATALOG, "tag: latest", "tag: ¦'2.13.0 cu133:AMZN'", "image-reference-invalid", "2.13.0 cu133:AMZN"),
    Break("a tag read as a number", CATALOG, "tag: latest", "tag: ¦1.10", "unquoted-value", '"1.10"'),
    Break("a version read as a number", CATALOG, 'version: "1.15"', "version: ¦2.10", "unquoted-value", '"2.10"'),
    Break("a Python version read as a number", CATALOG, 'python: "3.7"', "python: ¦3.10", "unquoted-value", '"3.10"'),
    Break("an accelerator that is none", CATALOG, "accelerator: {kind: cpu}", "accelerator: {kind: ¦ecc2}", "wrong-type", "cpu"),
    Break("an accelerator as text", CATALOG, "accelerator: {kind: cpu}", "accelerator: ¦cpu", "wrong-type", "a mapping"),
    Break("one equals sign", CATALOG, "- numpy==1.20.1", "- ¦numpy=1.20.1", "invalid-requirement", 'did you mean "numpy==1.20.1"?'),
    Break("a version with an x", CATALOG, "- pandas~=1.1.0", "- ¦pandas~=1.1.x", "invalid-requirement", 'did you mean "pandas~=1.1.0"?'),
    Break("one package twice", CATALOG, "      - numpy==1.20.1\n", "      - numpy==1.20.1\n      - ¦NumPy>=1.16\n", "duplicate-package", "numpy"),
    Break("packages that are no list", CATALOG, "    packages:\n      - pandas==0.25.1\n      - numpy==1.20.1\n", "    packages: ¦pandas==0.25.1\n", "wrong-type", "a list"),
    Break("a day that is not in the calendar", CATALOG, "from: 2021-05-25", "from: ¦2021-02-30", "invalid-date", "2021-02-30"),
    Break("a day written otherwise", CATALOG, "from: 2021-05-25", "from: ¦05/25/2021", "invalid-date", "05/25/2021"),
    Break("until before from", CATALOG, "listed: {from: 2021-05-25, until: 2022-11-04}", "listed: {from: 2021-05-25, until: ¦2020-11-04}", "catalog-dates", "2021-05-25"),
    Break("removed without a day", CATALOG, "listed: {from: 2021-05-25, until: 2022-11-04}", "listed: {from: 2021-05-25}", "catalog-dates", "until"),
    Break("a status that is none", CATALOG, "    status: removed", "    status: ¦gone", "wrong-type", "supported"),
    Break("a replacement that is not there", CATALOG, "status: removed\n", "status: removed\n    replacement: ¦minimal-py313-inference\n", "catalog-replacement", 'did you mean "minimal-py312-inference"?'),
    Break("a replacement that is the image itself", CATALOG, "status: removed\n", "status: removed\n    replacement: ¦tensorflow-1.15-ubuntu18.04-py37-cpu-inference\n", "catalog-replacement", "its own replacement"),
    Break("an id twice", CATALOG, "  - id: tensorflow-2.4-ubuntu18.04-py37-cpu-inference", "  - id: ¦tensorflow-1.15-ubuntu18.04-py37-cpu-inference", "duplicate-image", "tensorflow-1.15"),
    Break("a reference twice, and the TensorFlow row at the XGBoost image", CATALOG, "repository: azureml/tensorflow-2.4-ubuntu18.04-py37-cpu-inference", "repository: ¦azureml/xgboost-0.9-ubuntu18.04-py37-cpu-inference", "catalog-contradiction", "the repository is one of XGBoost 0.9, and the entry is for TensorFlow 2.4"),
    Break("Python against the name", CATALOG, 'python: "3.7"', 'python: ¦"3.9"', "catalog-contradiction", "3.7 by the repository's name"),
    Break("an operating system against the name", CATALOG, 'os: {name: ubuntu, version: "18.04"}', 'os: {name: ubuntu, version: ¦"20.04"}', "catalog-contradiction", "18.04"),
    Break("a version against the name", CATALOG, 'version: "1.15"', 'version: ¦"1.14"', "catalog-contradiction", "1.15"),
    Break("CUDA on an image for the CPU", CATALOG, "accelerator: {kind: cpu}", 'accelerator: {kind: ¦gpu, cuda: "11.0.3"}', "catalog-contradiction", "cpu"),
    Break("CUDA against the name", CATALOG, 'cuda: "11.0.3"', 'cuda: ¦"11.6.2"', "catalog-contradiction", "11.0.3"),
    Break("a framework that the catalog does not have", CATALOG, "{name: tensorflow, version", "{name: ¦tensorflw, version", "unknown-name", 'did you mean "tensorflow"?'),
    Break("a repository with its tag", CATALOG, "repository: azureml/tensorflow-1.15-ubuntu18.04-py37-cpu-inference", "repository: ¦azureml/tensorflow-1.15-ubuntu18.04-py37-cpu-inference:latest", "image-reference-invalid", "without host and tag"),
    Break("a repository in capitals", CATALOG, "repository: azureml/tensorflow-1.15", "repository: ¦azureml/TensorFlow-1.15", "image-reference-invalid", "lower case"),
    Break("a digest too short", CATALOG, "    tag: latest\n", "    tag: latest\n    digest: ¦sha256:abc\n", "image-reference-invalid", "sha256:"),
    Break("a digest that is not known", CATALOG, "    tag: latest\n", f"    tag: latest\n    digest: ¦{DIGEST}\n", "image-digest-unknown", DIGEST),
    Break("a key twice", CATALOG, "    tag: latest\n", "    tag: latest\n    ¦tag: latest\n", "duplicate-key", '"tag"'),
    Break("an anchor", CATALOG, "version: 2\n", "version: ¦&v 2\n", "yaml-syntax", "anchors such as &v are not read"),
    Break("a tag of YAML", CATALOG, "    tag: latest\n", "    tag: ¦!!str latest\n", "yaml-syntax", "tags such as !!str are not read"),
    Break("a merge key", CATALOG, "    tag: latest\n", "    ¦<<: {tag: latest}\n", "yaml-syntax", "merge keys"),
    Break("a second document", CATALOG, "", "\n¦---\nversion: 1\n", "yaml-syntax", "a second document"),
    Break("a tag that YAML reads as a boolean", CATALOG, "tag: latest", "tag: ¦yes", "unquoted-value", 'write "yes"'),
    Break("a tag that YAML reads as a date", CATALOG, "tag: latest", "tag: ¦2026-03-16", "unquoted-value", 'write "2026-03-16"'),
    Break("a tag that YAML reads as a time", CATALOG, "tag: latest", "tag: ¦1:30", "unquoted-value", 'write "1:30"'),
    Break("a tag with an invisible character", CATALOG, "tag: latest", "tag: ¦lat\u200best", "image-reference-invalid", "\\u200b"),
    Break("a tag that is nothing", CATALOG, "tag: latest", "tag: ¦null", "wrong-type", "found nothing"),
    Break("an image that is text", CATALOG, "images:\n", "images:\n  - ¦hello\n", "wrong-type", "expected a mapping"),
    Break("a day of one digit", CATALOG, "from: 2021-05-25", "from: ¦2021-5-25", "invalid-date", "such as 2021-05-25"),
    Break("a day in other digits", CATALOG, "from: 2021-05-25", "from: ¦٢٠٢١-٠٥-٢٥", "invalid-date", "such as 2021-05-25"),
    Break("a day with a time", CATALOG, "from: 2021-05-25", "from: ¦2021-05-25T00:00:00Z", "invalid-date", "such as 2021-05-25"),
    Break("a number of thousands of digits", CATALOG, 'python: "3.7"', f"python: ¦{'9' * 5000}", "unquoted-value", "999…"),
    Break("a version of the file that is text", CATALOG, "version: 2\n", 'version: ¦"2"\n', "wrong-type", "a whole number"),
    Break("an alias", CATALOG, "    tag: latest\n", "    tag: ¦*latest\n", "yaml-syntax", ""),
    Break("a tab", CATALOG, "    tag: latest\n", "\ttag: latest\n", "yaml-syntax", ""),
    Break("a newer version", CATALOG, "version: 2\n", "version: ¦3\n", "newer-version", "3"),
    Break("a repository that the manifest does not have", CATALOG, "repository: azureml/minimal-py312-inference", "repository: ¦azureml/minimal-py312x-inference", "image-repository-unknown", f'did you mean "{GOOD}"?'),
    Break("a tag that the manifest does not have", CATALOG, "repository: azureml/minimal-py312-inference\n    tag: latest", 'repository: azureml/minimal-py312-inference\n    tag: ¦"20260317.v1"', "image-tag-unknown", 'did you mean "20260316.v1"?'),
]  # fmt: skip

IN_MANIFEST = [
    Break("not a number", MANIFEST, '"version": 1', '"version": ¦NaN', "json-syntax", "NaN"),
    Break("a version that is a fraction", MANIFEST, '"version": 1', '"version": ¦1.0', "wrong-type", "a version"),
    Break("of a newer version", MANIFEST, '"version": 1', '"version": ¦2', "newer-version", "version 2"),
    Break("a key twice in JSON", MANIFEST, '"version": 1', '"version": 1, ¦"version": 1', "duplicate-key", "version"),
    Break("something behind the end", MANIFEST, "", "¦x", "json-syntax", "behind the end"),
    Break("a key misspelt in the manifest", MANIFEST, '"seen"', '¦"sen"', "unknown-key", 'did you mean "seen"?'),
    Break("a repository without its registry", MANIFEST, f'"{GOOD}": {{', f'¦"{GOOD.partition("/")[2]}": {{', "image-reference-invalid", "host/path"),
    Break("cut off", MANIFEST, '"20260401.v1": {"seen"', "", "json-syntax", ""),
    Break("a digest too short", MANIFEST, '"20260316.v1": {"seen"', '"20260316.v1": {"digest": ¦"sha256:abc", "seen"', "wrong-type", "sha256"),
    Break("a tag that cannot be one", MANIFEST, '"20260316.v1": {"seen"', '¦"a tag": {"seen"', "image-reference-invalid", "a tag"),
    Break("a platform that is none", MANIFEST, '"20260316.v1": {"seen"', '"20260316.v1": {"platforms": ¦{"ecc2": {}}, "seen"', "wrong-type", "platforms"),
    Break("a tag that pages name, gone", MANIFEST, '"20260316.v1": {"seen": [{"date": "2026-04-08"', '"20260315.v1": {"seen": [{"date": "2026-04-08"', "image-tag-unknown", '20260316.v1'),
    Break("a repository that the catalog names, gone", MANIFEST, '"mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference": {', '"mcr.microsoft.com/azureml/minimal-ubuntu22.04-py3-cpu-inference": {', "image-repository-unknown", "did you mean"),
]  # fmt: skip


def in_pages(path: str) -> list[Break]:
    """The breaks of a page, in either language."""
    fence = "\n```dockerfile\n{}\n```\n"
    return [
        Break("a link to a page that is not there", path, "", "\n[x](¦tag-polcy.md)\n", "broken-link", 'did you mean "tag-policy.md"?'),
        Break("a link with the wrong case", path, "", "\n[x](¦Index.md)\n", "broken-link", 'did you mean "index.md"?'),
        Break("a link to an anchor that is not there", path, "", "\n[x](¦#pin-a-tag-or-digest)\n", "broken-anchor", 'did you mean "#pin-a-tag-or-a-digest"?'),
        Break("a link to an anchor of another page", path, "", "\n[x](¦index.md#nothing-of-that-name)\n", "broken-anchor", "nothing-of-that-name"),
        Break("a reference that is defined wrongly", path, "", "\n[x][y]\n\n[y]: ¦nothing.md\n", "broken-link", "nothing.md"),
        Break("a link in raw HTML", path, "", '\n<a href="¦nothing.md">x</a>\n', "broken-link", "nothing.md"),
        Break("a picture that is not there", path, "", "\n![x y](¦media/nothing.png)\n", "broken-image", "media/nothing.png"),
        Break("a file to include that is not there", path, "", "\n[!INCLUDE [x](¦../../includes/aml-inference-list.md)]\n", "include-not-found", "aml-inference-list.md"),
        Break("a tag in prose", path, "", f"\nPull ¦{GOOD}:20260317.v1.\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in a code span", path, "", f"\nPull `¦{GOOD}:20260317.v1`.\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in FROM", path, "", fence.format(f"FROM ¦{GOOD}:20260317.v1 AS base"), "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in docker pull", path, "", fence.format(f"docker pull ¦{GOOD}:2026"), "image-tag-unknown", GOOD),
        Break("a repository that was only ever a guess", path, "", "\n`¦mcr.microsoft.com/azureml/minimal-ubuntu22.04-py312-cpu-inference:latest`\n", "image-missing", "never seen"),
        Break("a repository that nobody has seen", path, "", "\n`¦mcr.microsoft.com/azureml/minimal-py999-inference:latest`\n", "image-repository-unknown", f'did you mean "{GOOD}"?'),
        Break("a name that cannot be one", path, "", "\n`¦mcr.microsoft.com/azureml/Minimal:latest`\n", "image-reference-invalid", "lower case"),
        Break("a digest that is not known", path, "", f"\n`¦{GOOD}@{DIGEST}`\n", "image-digest-unknown", DIGEST),
        Break("an image that is no longer supported", path, "", fence.format(f"FROM ¦{OLD}:latest"), "image-removed", "is no longer supported, since 2022-07-14"),
        Break("an image with a replacement", path, "", "\n`¦mcr.microsoft.com/azureml/minimal-ubuntu18.04-py37-cpu-inference:latest`\n", "image-removed", "use mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest instead"),
        Break("an alert that is none", path, "", "\n> ¦[!NOTA]\n> x\n", "unknown-alert", "NOTE"),
        Break("a reference before a comma", path, "", f"\nPull ¦{GOOD}:20260317.v1, then go on.\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a reference in brackets of other scripts", path, "", f"\n（¦{GOOD}:20260317.v1）\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in other capitals", path, "", f"\n`¦{GOOD}:Latest`\n", "image-tag-unknown", 'did you mean "latest"?'),
        Break("a tag of one digit less", path, "", f"\n`¦{GOOD}:2026316.v1`\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag that is too long", path, "", f"\n`¦{GOOD}:{'a' * 129}`\n", "image-reference-invalid", "is not an image reference"),
        Break("a tag in a heading", path, "", f"\n## Use ¦{GOOD}:20260317.v1\n\nx\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in a table", path, "", f"\n| a | b |\n|---|---|\n| x | ¦{GOOD}:20260317.v1 |\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in a list in a quote", path, "", f"\n> - `¦{GOOD}:20260317.v1`\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in a footnote", path, "", f"\nx[^1]\n\n[^1]: `¦{GOOD}:20260317.v1`\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag behind an emoji", path, "", f"\n😀😀 `¦{GOOD}:20260317.v1`\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("the second tag on a line", path, "", f"\n`{GOOD}:latest` or `¦{GOOD}:20260317.v1`\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in code by indentation", path, "", f"\nx\n\n    FROM ¦{GOOD}:20260317.v1\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in YAML", path, "", f"\n```yaml\nimage: ¦{GOOD}:20260317.v1\n```\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in code that nothing closes", path, "", f"\n```bash\ndocker pull ¦{GOOD}:20260317.v1\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a tag in HTML", path, "", f"\n<div>\n¦{GOOD}:20260317.v1\n</div>\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("the text of a link", path, "", f"\n[¦{GOOD}:20260317.v1](index.md)\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
        Break("a pull without a tag", path, "", fence.format(f"docker pull ¦{GOOD}"), "image-tag-missing", f'write "{GOOD}:latest"'),
        Break("a version that the catalog contradicts", path, "", f"\n`{GOOD}` has Python ¦3.11.\n", "image-fact-wrong", "has Python 3.12 in the catalog"),
        Break("an old image in a note, which is no warning", path, "", f"\n> [!NOTE]\n> `¦{OLD}:latest`\n", "image-removed", "is no longer supported"),
        Break("a link out of the docs folder", path, "", "\n[x](¦../../README.md)\n", "broken-link", "leads out of the docs folder"),
        Break("a link out of the project", path, "", "\n[x](¦../../../../etc/passwd)\n", "broken-link", "leads out of the project"),
        Break("a picture out of the project", path, "", "\n![a cat](¦../../../../cat.png)\n", "broken-image", "leads out of the project"),
        Break("a link to a page's address", path, "", "\n[x](¦tag-policy.html)\n", "broken-link", 'did you mean "tag-policy.md"?'),
        Break("a link without an ending", path, "", "\n[x](¦tag-policy)\n", "broken-link", 'did you mean "tag-policy.md"?'),
        Break("a link with a space", path, "", "\n[x](<¦tag polcy.md>)\n", "broken-link", 'did you mean "tag-policy.md"?'),
        Break("a link in a table", path, "", "\n| a |\n|---|\n| [x](¦nothing.md) |\n", "broken-link", "nothing.md"),
        Break("a link in a heading", path, "", "\n## [x](¦nothing.md)\n\nx\n", "broken-link", "nothing.md"),
        Break("the second link on a line", path, "", "\n[x](index.md) [y](¦nothing.md)\n", "broken-link", "nothing.md"),
        Break("an anchor in other capitals", path, "", "\n[x](¦#Pin-a-tag-or-a-digest)\n", "broken-anchor", 'did you mean "#pin-a-tag-or-a-digest"?'),
        Break("an anchor of the list", path, "", "\n[x](¦concept-prebuilt-docker-images-inference.md#no-frameworks)\n", "broken-anchor", 'did you mean "#no-framework"?'),
        Break("a picture in HTML", path, "", '\n<img src="¦media/nothing.png" alt="x">\n', "broken-image", "media/nothing.png"),
        Break("code that is shown from no file", path, "", "\n[!code-python[x](¦../../includes/nothing.py)]\n", "codesnippet-not-found", "nothing.py"),
        Break("an include within a line", path, "", "\na [!INCLUDE [x](¦../../includes/nothing.md)] b\n", "include-not-found", "nothing.md"),
        Break("an include with other capitals", path, "", "\n[!INCLUDE [x](¦../../includes/AML-Inference-List-prebuilt-docker-images.md)]\n", "include-not-found", 'did you mean "../../includes/aml-inference-list-prebuilt-docker-images.md"?'),
        Break("an include from the wrong folder", path, "", "\n[!INCLUDE [x](¦../includes/aml-inference-list-prebuilt-docker-images.md)]\n", "include-not-found", 'did you mean "../../includes/aml-inference-list-prebuilt-docker-images.md"?'),
        Break("an include out of the project", path, "", "\n[!INCLUDE [x](¦../../../../etc/passwd)]\n", "include-not-found", "/etc/passwd"),
        Break("an include without a title", path, "", "\n¦[!INCLUDE (../../includes/aml-inference-list-prebuilt-docker-images.md)]\n", "include-invalid", "[!INCLUDE [title](path)]"),
        Break("a page that includes itself", path, "", "\n[!INCLUDE [x](¦tag-policy.md)]\n", "circular-reference", "includes itself"),
        Break("an address that runs a script", path, "", "\n[x](¦javascript:alert(1))\n", "unsafe-address", "https"),
        Break("an unfinished merge", path, "", "\na\n¦<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", "merge-conflict", "keep one side"),
        Break("metadata that nothing closes", path, "---\n# ", "# ", "yaml-header-syntax-error", "nothing closes the metadata"),
        Break("a dash that is no hyphen, in a command", path, "", fence.format("RUN pip install ¦–r x"), "typographic-code", "-"),
    ]  # fmt: skip


ELSEWHERE = [
    Break("a link to another language's page", ES, "", "\n[x](¦../en/tag-policy.md)\n", "link-leaves-locale", 'did you mean "tag-policy.md"?'),
    Break("a name in the template that is not defined", TEMPLATE, "{% if not is_current %}", "{% if not is_curent %}", "template-error", "is_curent"),
    Break("a template that is cut off", TEMPLATE, "{% endfor %}", "", "template-error", ""),
    Break("a link in the template", TEMPLATE, "", "\n[x](~/nothing.md)\n", "broken-link", "nothing.md"),
    Break("a template that takes in another", TEMPLATE, "", "\n{% include 'x' %}\n", "template-error", "INCLUDE"),
    Break("an image that a template names by itself", TEMPLATE, "", f"\n`{GOOD}:20260317.v1`\n", "image-tag-unknown", 'did you mean "20260316.v1"?'),
    Break("a placeholder lost in a translation", MESSAGES, "%(date)s.\"\n\n", ".\"\n\n", "message-placeholder", "%(date)s"),
    Break("a sentence without a translation", MESSAGES, 'msgstr "No documentado"', 'msgstr ""', "message-untranslated", "Not documented"),
    Break("a .po file that is cut off", MESSAGES, 'msgstr "No documentado"', 'msgstr ¦"No documentado', "po-syntax", ""),
    Break("a tag that is none", LOCALES, "  es:\n", "  ¦es_ES:\n", "locale-tag", "es-ES"),
    Break("a Babel id that is none", LOCALES, "babel: es\n", "babel: ¦esx\n", "locale-unknown", "esx"),
    Break("a fallback that is none", LOCALES, "    babel: es\n", "    babel: es\n    fallback: ¦[xx]\n", "locale-fallback", "xx"),
    Break("a section's page that is not there", "mkdocs.yml", "  - tag-policy.md", "  - Tags:\n      - ¦tag-polcy.md", "nav-page-missing", 'did you mean "tag-policy.md"?'),
    Break("an address of the navigation", "mkdocs.yml", "  - index.md", "  - ¦index.md#top", "nav-page-missing", 'did you mean "index.md"?'),
    Break("a navigation that is no YAML", "mkdocs.yml", "nav:\n", "nav: [\n", "yaml-syntax", "is not YAML"),
    Break("a page of the navigation that is not there", "mkdocs.yml", "  - tag-policy.md", "  - ¦tag-polcy.md", "nav-page-missing", 'did you mean "tag-policy.md"?'),
]  # fmt: skip

SHOWN_IN = {LOCALES: (), EN: ("en",), ES: ("es",)}
"""Where a break shows; all locales, if those themselves may be other ones."""

BREAKS = [
    *IN_CATALOG,
    *IN_MANIFEST,
    *in_pages(EN),
    *in_pages(ES),
    *ELSEWHERE,
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our project in the two languages that are broken; links to pages that are gone are reported beside each break."""
    folder = copy_project(tmp_path_factory.mktemp("broken"))
    without_rules(folder)
    for language in (folder / "docs").iterdir():
        if language.name not in ("en", "es"):
            shutil.rmtree(language)
    return folder


@contextmanager
def broken(project: Path, one: Break) -> Iterator[str | None]:
    """The project while it is broken; gives the place of the problem, if the break says it."""
    file = project / one.path
    whole = file.read_text("utf-8")
    assert one.old in whole, f"{one.path} no longer has {one.old!r}"
    head, _, rest = whole.partition(one.old) if one.old else (whole, "", "")
    if (
        one.path == MANIFEST
        and one.message in ("", "sha256", "a tag", "platforms", "20260316.v1")
        and one.old.startswith('"2026')
    ):
        at = whole.index(one.old, whole.index(f'"{GOOD}"'))
        head, rest = whole[:at], whole[at + len(one.old) :]
        if one.rule == "json-syntax":
            rest = ""
    text = f"{head}{one.new}{rest}"
    place = None
    if "¦" in one.new:
        at = len(head) + one.new.index("¦")
        text = text[:at] + text[at + 1 :]
        place = f"{one.path}:{text.count(chr(10), 0, at) + 1}:{at - (text.rfind(chr(10), 0, at) + 1) + 1}"
    file.write_text(text, "utf-8")
    try:
        yield place
    finally:
        file.write_text(whole, "utf-8")


@pytest.fixture(autouse=True, scope="module")
def _parsed_once() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest uses it
    """A page that takes in nothing is what its own text says, whatever is broken elsewhere (its links are looked
    up later): its parse is kept, and so are the sentences of code and templates that are as they were."""
    parsed: dict[object, Parsed] = {}
    sentences: dict[bytes, PoFile] = {}

    def parse_once(source: Source, *arguments: Any, **options: Any) -> Parsed:
        key = (source.path, source.text)
        if key not in parsed:
            page = parse(source, *arguments, **options)
            if page.document.includes or page.document.problems or "~/" in source.text:
                return page
            parsed[key] = page
        return parsed[key]

    def extract_once(root: Path) -> PoFile:
        key = (root / TEMPLATE).read_bytes() + (root / "mkdocs.yml").read_bytes()
        if key not in sentences:
            sentences[key] = extract_messages(root)
        return sentences[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("imagedocs.markdown.page.parse", parse_once)
        patch.setattr(project_facts, "extract_messages", extract_once)
        yield


def problems_of(project: Path, *tags: str) -> list[Problem]:
    loaded = Project.load(project, TODAY)
    return [
        each for each in check(loaded, collect_site(loaded, tags)) if each.severity is not Severity.SUGGESTION
    ]


def test_the_whole_tree_has_no_problems() -> None:
    assert [str(problem) for problem in problems_of(ROOT)] == []


FIRST_OF_KIND = {(one.path, one.rule): one for one in reversed(BREAKS) if one.path != ES}
IN_SPANISH = ("a link with the wrong case", "a tag in prose", "a tag in YAML")


@pytest.mark.parametrize(
    "one",
    sample(
        BREAKS,
        lambda one: one.name in IN_SPANISH if one.path == ES else one in FIRST_OF_KIND.values(),
    ),
    ids=lambda one: f"{one.path}: {one.name}",
)
def test_a_break_is_reported_where_it_is(project: Path, one: Break) -> None:
    with broken(project, one) as place:
        found = problems_of(project, *SHOWN_IN.get(one.path, ("en", "es")))
    fitting = [
        each for each in found if str(each.rule) == one.rule and one.message in f"{each.message}; {each.hint}"
    ]
    assert fitting, "\n".join(map(str, found)) or "nothing was found"
    if place:
        assert place in [str(each.position) for each in fitting]
    elif one.path not in (MANIFEST,):
        assert fitting[0].position.path == one.path
        assert fitting[0].position.line or one.rule in ("template-error",)


def test_all_is_reported_in_one_run_by_the_command_and_the_build_alike(project: Path) -> None:
    chosen = [IN_CATALOG[0], in_pages(EN)[0], in_pages(ES)[8], ELSEWHERE[1]]

    with ExitStack() as stack:
        places = [stack.enter_context(broken(project, one)) for one in chosen]
        checked = run_imagedocs(project, "check", SOURCE_DATE_EPOCH="1795478400")
        built = run_mkdocs(project, "build", "--strict", SOURCE_DATE_EPOCH="1795478400")
        lenient = run_mkdocs(project, "build", IMAGEDOCS_LOCALE="es", SOURCE_DATE_EPOCH="1795478400")
    assert checked.returncode == 1
    assert checked.stderr == ""
    lines = checked.stdout.splitlines()
    assert len(lines) >= len(chosen)
    assert all(any(line.startswith(f"{place}: ") for line in lines) for place in places if place)
    prefix = "WARNING -  imagedocs: "
    warned = [line.removeprefix(prefix) for line in built.stderr.splitlines() if line.startswith(prefix)]
    # A build tells first what is wrong with pages, then what is wrong with images.
    assert sorted(warned) == sorted(line for line in lines if ": suggestion: " not in line)
    assert built.returncode == 1
    assert lenient.returncode == 0
    assert "Traceback" not in built.stderr + lenient.stderr


BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
)
HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "a NUL": b"version: 1\n\0",
    "not UTF-8": "version: 1 # é\n".encode("latin-1"),
    "an alias bomb": BOMB.encode(),
    "very deep": b"[" * 20_000,
    "very long": b"x" * 9_000_000,
    "a list": b"- 1\n- 2\n",
    "a template that never ends": b"{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    "cut off in a key": b"version: 1\nima",
    "UTF-16": "version: 1\n".encode("utf-16"),
    "an alias of itself": b"nav: &a\n  - *a\nimages: &b {x: *b}\n",
    "an alias bomb in the navigation": (
        "nav:\n  - &a0 [x.md]\n" + "".join(f"  - &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))
    ).encode(),
    "python": b"!!python/object/apply:os.system ['true']\n",
}


FILES = (CATALOG, MANIFEST, LOCALES, MESSAGES, TEMPLATE, ES, "mkdocs.yml", "locales/glossary.yaml")
PAIRS = [(path, content) for content in HOSTILE for path in FILES]
CHOSEN = PAIRS[:: len(FILES) + 1]
"""Each content once, in one file after the other."""


@pytest.mark.parametrize(("path", "content"), sample(PAIRS, CHOSEN.__contains__))
def test_a_hostile_file_ends_in_problems(project: Path, path: str, content: str) -> None:
    file = project / path
    whole = file.read_bytes()
    file.write_bytes(HOSTILE[content])
    try:
        found = problems_of(project, *(() if path == LOCALES else ("es",)))
    finally:
        file.write_bytes(whole)
    harmless = path == ES or (path == "mkdocs.yml" and content in ("empty", "a list"))
    harmless = harmless or (
        path == TEMPLATE and content in ("empty", "a list", "very deep", "an alias bomb", "python")
    )
    assert found or harmless, "nothing was found"


@pytest.mark.posix
@pytest.mark.parametrize("path", [CATALOG, MANIFEST, LOCALES, MESSAGES, TEMPLATE, ES])
def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("# TOP-SECRET-TEXT\n[x](TOP-SECRET-TEXT.md)", "utf-8")
    file = project / path
    whole = file.read_bytes()
    file.unlink()
    file.symlink_to(secret)
    try:
        found = [str(problem) for problem in problems_of(project, *(() if path == LOCALES else ("es",)))]
        built = run_mkdocs(project, "build", "-d", "out", IMAGEDOCS_LOCALE="es") if path == ES else None
    finally:
        file.unlink()
        file.write_bytes(whole)
    assert not any("TOP-SECRET-TEXT" in line for line in found)
    if built:
        assert "Traceback" not in built.stderr
        assert not any(
            "TOP-SECRET-TEXT" in page.read_text("utf-8") for page in (project / "out").rglob("*.html")
        )


def cut_articles_are_built(project: Path, articles: Iterable[Path]) -> None:
    """Build a site that has the first parts of these articles, and assert that each of them is a page."""
    pages: dict[str, str] = {}
    for number, article in enumerate(articles):
        text = article.read_text("utf-8")
        pages |= {f"cut-{number}-{part}": text[: len(text) * part // 10] for part in (2, 5, 9)}
    for name, text in pages.items():
        (project / "docs" / "es" / f"{name}.md").write_text(text, "utf-8")
    try:
        built = run_mkdocs(project, "build", "-d", "out", IMAGEDOCS_LOCALE="es")
    finally:
        for name in pages:
            (project / "docs" / "es" / f"{name}.md").unlink()
    assert built.returncode == 0, built.stderr
    assert "Traceback" not in built.stderr
    assert pages
    assert all((project / "out" / "es" / name / "index.html").is_file() for name in pages)


def test_parts_of_our_articles_do_not_stop_the_build(project: Path) -> None:
    cut_articles_are_built(project, (ROOT / "docs" / "es").glob("*.md"))


@full
def test_parts_of_a_real_article_do_not_stop_the_build(project: Path, corpus: Path) -> None:
    cut_articles_are_built(project, sorted((corpus / "prebuilt-images" / "es-ES").rglob("concept-*.md"))[-1:])


def test_the_command_says_what_it_cannot_do(tmp_path: Path) -> None:
    for arguments, sentence in (
        (("check",), "there is no mkdocs.yml in"),
        (("--project", str(ROOT), "render", "--locale", "xx"), 'there is no locale "xx"'),
        (("--project", str(ROOT), "render", "--as-of", "yesterday"), "write it as 2026-03-16"),
        (("--project", str(ROOT), "render", "nothing.j2"), "there is no template"),
        (("chek",), "No such command"),
    ):
        result = run_imagedocs(tmp_path, *arguments)
        assert result.returncode == 2
        assert sentence in result.stderr
        assert "Traceback" not in result.stderr
