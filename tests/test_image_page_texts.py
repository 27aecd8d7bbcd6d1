"""What the pages of images say: by status, by what the record has, and with texts that try to be markup."""

import json
import re
from datetime import date
from typing import Any

import pytest
from markdown_it import MarkdownIt

from conftest import ROOT
from imagedocs.catalog import load_catalog
from imagedocs.locales import Formats, load_locales, messages_of
from imagedocs.locales.messages import read_message_files
from imagedocs.publishing import ImagePages, page_filters, template_filters
from imagedocs.registry.manifest import load_manifest
from imagedocs.rendering import Template

LOCALES = load_locales(ROOT)[0]
FILES = read_message_files(ROOT, LOCALES)
DAY = date(2026, 11, 30)
CATALOG = """\
version: 2
registry: registry.example
support: {months: 6, older_than: latest, source: the policy}
frameworks:
  torch: {name: PyTorch}
  jax: {name: JAX}
  none: {name: No framework, token: minimal}
systems:
  ubuntu: {name: Ubuntu}
accelerators:
  rocm: {name: ROCm, libraries: {miopen: MIOpen}}
images:
  - {id: web, repository: team/web, tags: [latest, "1"], framework: none, accelerator: {kind: cpu}, os: unknown,
     python: "3.12", packages: not-applicable, environment: unknown, listed: {from: 2025-09-24}, status: supported,
     known_issues: [{tag: 20260401.v1, text: It crashes., since: 2026-04-08, fixed_in: 20260402.v1,
                     source: "acme/web@0123456789, which says so"}]}
  - {id: older, repository: team/older, tag: latest, framework: {name: torch, version: "1.6"},
     accelerator: {kind: rocm, version: "6.2"}, os: {name: ubuntu, version: "18.04"}, python: "3.7",
     packages: ["numpy>=1.16"], environment: {name: E-1, until: 2022-07-14},
     listed: {from: 2021-05-25, until: 2022-11-04}, status: removed, replacement: web,
     sources: {packages: "acme/web@0123456789, of the list", accelerator.miopen: a mail, listed: a public file}}
  - {id: draft, repository: team/draft, tag: "1", framework: {name: jax, version: unknown}, accelerator: {kind: cpu}, os: unknown,
     python: unknown, packages: unknown, environment: {name: E-2}, listed: {from: 2021-05-25, until: 2021-05-25},
     status: removed}
  - {id: aging, repository: team/aging, tag: "2", framework: none, accelerator: {kind: cpu}, os: unknown,
     python: unknown, packages: none, environment: none, listed: {from: 2024-01-01}, status: deprecated,
     replacement: web}
"""
DIGEST = "sha256:" + "ab" * 32
RECORD: dict[str, Any] = {
    "registry.example/team/web": {
        "latest": {"seen": [{"date": "2025-09-24", "source": "acme/web@0123456789:docs/list.md"}]},
        "20260401.v1": {"seen": [{"date": "2026-04-08", "source": "a mail"}]},
        "20260316.v1": {
            "digest": DIGEST,
            "platforms": {"linux/amd64": {"bytes": 1_300_000_000}, "linux/arm64": {}},
            "seen": [{"date": "2026-04-01", "source": "registry"}, {"source": "a mail"}],
        },
        "20250901.v1": {"seen": [{"date": "2025-09-01", "source": "a mail"}]},
        "20250801.v1": {"seen": [{"source": "a public file (of a plugin)"}]},
    },
    "registry.example/team/older": {f"@{DIGEST}": {"seen": [{"source": "a mail"}]}},
}


def page(
    name: str, tag: str = "en", catalog: str = CATALOG, record: object = RECORD, address: str = ""
) -> str:
    """Return the Markdown of the page called `name`."""
    read, problems = load_catalog("catalog/images.yaml", catalog, DAY)
    assert [str(problem) for problem in problems] == []
    manifest, problems = load_manifest(
        "catalog/registry.json", json.dumps({"version": 1, "repositories": record})
    )
    assert [str(problem) for problem in problems] == []
    assert manifest is not None
    pages = ImagePages(read, manifest, DAY, "images", address)
    locale = LOCALES.get(tag)
    assert locale is not None
    messages, formats = messages_of(locale, LOCALES, FILES), Formats(locale.babel)
    filters = template_filters(messages, formats)
    foreign = None if locale == LOCALES.default else ("en", "ltr")
    filters = {**filters, **page_filters(messages, formats, filters, foreign)}
    place = pages.place(name)
    path = pages.template(place)
    rendered = Template(path, (ROOT / path).read_text("utf-8"), messages, filters).render(pages.values(place))
    assert [str(problem) for problem in rendered.problems] == []
    return rendered.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "web",
            [
                'description: "web: A container image for CPU with Python 3.12. According to the list of September 24, 2025, it is supported."',
                '<p class="imagedocs-state imagedocs-supported">Supported</p>',
                "According to the list of September 24, 2025, it is supported.",
                "It has been in the list since September 24, 2025.",
                "It replaces [older](<older.md>) and [aging](<aging.md>).",
                (
                    "> Don't use `20260401.v1`. It crashes. Fixed in `20260402.v1`. Known since April 8, 2026 (source: "
                    "[acme/web@0123456789](<https://github.com/acme/web/commit/0123456789>))."
                ),
                "docker pull registry.example/team/web:latest",
                "docker pull registry.example/team/web:1",
                "docker pull registry.example/team/web:20260316.v1",
                (
                    "Its support was certain until September 16, 2026; whether it is still supported is not known. "
                    "[Look for a newer one.](<#lookup>)"
                ),
                f"docker pull registry.example/team/web@{DIGEST}",
                "FROM registry.example/team/web:20260316.v1",
                "The registry was last asked on April 1, 2026.",
                "A tag is supported while it is at most 6 months older than `latest`.",
                (
                    "Support of a dated tag is certain for that time from its own date; after that, it depends on how "
                    "new `latest` is."
                ),
                "| Tag | Last seen | Support | Digest | Platforms |",
                (
                    "| `latest` | Sep 24, 2025, [acme/web@0123456789]"
                    "(<https://github.com/acme/web/blob/0123456789/docs/list.md>) | Yes |  |  |"
                ),
                "| `20260401.v1` | Apr 8, 2026, a mail | **Don't use it.** It crashes. |  |  |",
                (
                    "| `20260316.v1` | Apr 1, 2026, the registry | Not known (certain until Sep 16, 2026) | "
                    f"`{DIGEST}` | linux/amd64 (1.3 GB), linux/arm64 |"
                ),
                "| `20250901.v1` | Sep 1, 2025, a mail | No longer |  |  |",
                "| `20250801.v1` | a public file, day not recorded | No longer |  |  |",
                '## <a name="lookup"></a>Look up tags',
                "curl -s https://registry.example/v2/team/web/tags/list",
            ],
        ),
        (
            "older",
            [
                'description: "older: A container image for ROCm with PyTorch 1.6, Python 3.7, and Ubuntu 18.04. It was in the list of images from May 25, 2021 to November 4, 2022."',
                '<p class="imagedocs-state imagedocs-removed">Withdrawn</p>',
                "It was in the list of images from May 25, 2021 to November 4, 2022.",
                "> This image gets no support and no updates. Use [web](<web.md>) instead.",
                "It is not known whether this image can still be pulled.",
                "The tag `latest` is its last publication:",
                "A digest is content that never changes:",
                f"docker pull registry.example/team/older@{DIGEST}",
                "FROM registry.example/team/older:latest",
                "Until July 14, 2022, the list named this curated environment beside the image:",
                "E-1",
                "* Accelerator: ROCm 6.2",
                "* Framework: PyTorch 1.6",
                "* Preinstalled packages: `numpy>=1.16`",
                "These digests are on record without a tag:",
                f"* `{DIGEST}`: a mail, day not recorded",
                "* Preinstalled packages: [acme/web@0123456789](<https://github.com/acme/web/commit/0123456789>), of the list",
                "* MIOpen: a mail",
                "* Days in the list: a public file",
            ],
        ),
        (
            "draft",
            [
                "It stood in a draft of the list of May 25, 2021 only.",
                "No replacement is on record.",
                "None of the supported images has JAX.",
                "[Choose one of the images that are supported.](<index.md#supported>)",
                "The last documented tag is `1`:",
                "The list named this curated environment beside the image:",
                "No digest of this image is on record. Docker prints it when you pull the image.",
            ],
        ),
        (
            "aging",
            [
                '<p class="imagedocs-state imagedocs-deprecated">Deprecated</p>',
                "According to the list of September 24, 2025, it is not for new work.",
                "> [!IMPORTANT]",
                "> Use [web](<web.md>) instead.",
                "* Preinstalled packages: None",
            ],
        ),
        (
            "index",
            [
                "1 image is supported, according to the list of September 24, 2025.",
                '## <a name="supported"></a>Supported images',
                "* [web](<web.md>)<br>A container image for CPU with Python 3.12. In the list since September 24, 2025.",
                '## <a name="deprecated"></a>Deprecated images',
                "* [aging](<aging.md>)<br>A container image for CPU. Use [web](<web.md>) instead.",
                '### <a name="withdrawn-2022-11-04"></a>November 4, 2022',
                (
                    "* [older](<older.md>)<br>A container image for ROCm with PyTorch 1.6, Python 3.7, and Ubuntu 18.04. "
                    "Use [web](<web.md>) instead."
                ),
                '### <a name="withdrawn-2021-05-25"></a>May 25, 2021',
                "* [draft](<draft.md>)<br>A container image for CPU with JAX. No replacement is on record.",
            ],
        ),
    ],
)
def test_a_page_says_what_is_known(name: str, said: list[str]) -> None:
    text = re.sub("</?span[^>]*>", "", page(name))
    lines = [line for line in text.splitlines() if line]
    if said[0].startswith("description: "):
        assert said[0] == lines[1]
        said = said[1:]
    lines = lines[lines.index("---", 1) + 1 :]  # the description says some of the same
    assert [line for line in said if not any(line in each for each in lines)] == []
    places = [next(number for number, each in enumerate(lines) if line in each) for line in said]
    assert places == sorted(places), "in another order"


@pytest.mark.parametrize(
    ("name", "unsaid"),
    [
        ("web", ["Curated environment", "Operating system", "Preinstalled", '## <a name="sources">', "Edit"]),
        (
            "older",
            [
                "| Support",
                "According to the list",
                "supported while",
                "| Digest",
                "newest publication",
                "None of",
            ],
        ),
        ("draft", ['## <a name="tags">', "A digest", "A dated tag"]),
    ],
)
def test_what_is_not_known_is_left_out(name: str, unsaid: list[str]) -> None:
    text = page(name)
    assert [each for each in unsaid if each in text] == []
    assert "Not documented" not in text


def test_an_entry_is_edited_where_the_project_is() -> None:
    address = "https://github.com/acme/docs/edit/main/catalog/images.yaml"
    assert f"[Edit this entry](<{address}#L13>)" in page("web", address=address)


@pytest.mark.parametrize("tag", [locale.tag for locale in LOCALES.published])
def test_a_page_speaks_its_language(tag: str) -> None:
    english = set(re.findall(r"[A-Z][a-z]+ [a-z]+ [a-z]+", page("older")))
    own = set(re.findall(r"[A-Z][a-z]+ [a-z]+ [a-z]+", page("older", tag)))
    assert tag == "en" or not english & own
    texts = re.findall(r'<span lang="en" dir="ltr">([^<]*)', page("older", tag))
    assert texts == ([] if tag == "en" else ["a mail", ", of the list", "a mail"])


@pytest.mark.parametrize(
    ("registry", "repository", "address"),
    [
        ("localhost:5000", "team/web", "https://localhost:5000/v2/team/web/tags/list"),
        ("docker.io", "team/web", "https://hub.docker.com/v2/repositories/team/web/tags"),
        ("docker.io", "web", "https://hub.docker.com/v2/repositories/library/web/tags"),
    ],
)
def test_tags_are_looked_up_where_the_registry_lists_them(
    registry: str, repository: str, address: str
) -> None:
    catalog = CATALOG.replace("registry: registry.example", f"registry: {registry}")
    catalog = catalog.replace("repository: team/web", f"repository: {repository}")
    assert f"\ncurl -s {address}\n" in page("web", catalog=catalog, record={})


def test_many_tags_are_folded() -> None:
    tags = {f"202401{day:02}.v1": {"seen": [{"source": "a mail"}]} for day in range(1, 30)}
    text = page("web", record={"registry.example/team/web": tags})
    shown, _, folded = text.partition('<details class="imagedocs-more">')
    assert (shown.count(".v1` |"), folded.count(".v1` |")) == (20, 9)
    assert "<summary>9 older tags</summary>" in folded


HOSTILE = "</p><script>pwn()</script> | **x** [y](javascript:pwn()) `z` {{ 7*7 }}\u2028# h --- &amp;"


def test_no_text_of_catalog_and_record_becomes_markup() -> None:
    text = json.dumps(HOSTILE)
    catalog = CATALOG.replace("{name: PyTorch}", f"{{name: {text}}}").replace(
        "{name: Ubuntu}", f"{{name: {text}}}"
    )
    catalog = catalog.replace("name: E-1", f"name: {text}").replace("text: It crashes.", f"text: {text}")
    catalog = catalog.replace('"acme/web@0123456789, which says so"', text).replace(
        "{name: ROCm,", f"{{name: {text},"
    )
    catalog = catalog.replace('"acme/web@0123456789, of the list"', text)
    source = [{"date": "2026-01-01", "source": HOSTILE.replace("\u2028", " ")}]
    record = {"registry.example/team/web": {"latest": {"seen": source}}, "registry.example/team/older": {}}
    for name in ("web", "older", "index"):
        markdown = page(name, catalog=catalog, record=record)
        body = markdown.split("---\n", 2)[-1]
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)
        raw = [token.content for token in tokens if token.type == "html_block"]
        raw += [
            child.content for token in tokens for child in token.children or () if child.type == "html_inline"
        ]
        assert [html for html in raw if "script" in html or "</p><" in html] == [], name
        links = [child for token in tokens for child in token.children or () if child.type == "link_open"]
        assert [link.attrs["href"] for link in links if "javascript" in str(link.attrs["href"])] == [], name
        rows = [token for token in tokens if token.type == "tr_open"]
        cells = [token for token in tokens if token.type in ("td_open", "th_open")]
        assert len(cells) == 3 * len(rows) or name != "web"
        assert "49" not in markdown
        assert [token for token in tokens if token.type == "heading_open" and token.tag == "h1"][1:] == []


def test_a_digest_of_the_catalog_is_one_way_to_pull() -> None:
    catalog = CATALOG.replace("  - {id: aging,", f'  - {{id: aging, digest: "{DIGEST}",')
    pulls = [line for line in page("aging", catalog=catalog).splitlines() if line.startswith("docker pull")]
    assert pulls == [
        "docker pull registry.example/team/aging:2",
        f"docker pull registry.example/team/aging@{DIGEST}",
    ]
