"""A language is added as the pages for contributors say, and by nothing else: one entry, two folders."""

import re
from pathlib import Path

import pytest

from conftest import ROOT, run_imagedocs, run_mkdocs
from crawling import Crawl
from sampling import sample
from small_project import LOCALES, small_project

ENTRIES = {
    "nb": 'nb: {name: Norsk bokmål, babel: nb, material: nb, search: {language: "no", inflections: true}',
    "ar": "ar: {name: العربية, babel: ar, material: ar, search: {inflections: true}",
    "zh-Hant": "zh-Hant: {name: 繁體中文, babel: zh_Hant, material: zh-Hant, search: {segmentation: characters}",
}
PAGE = "# Page\n\n## A section\n\nThe tag `latest` is new.\n"
FILES = {"docs/en/page.md": PAGE, "docs/en/other.md": "# Other\n\n[A section](page.md#a-section)\n"}


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")


def fill(po: Path) -> None:
    """Translate all messages: each into itself."""
    entries = po.read_text("utf-8").split("\n\n")
    po.write_text("\n\n".join([entries[0], *map(translated, entries[1:])]), "utf-8")


def translated(entry: str) -> str:
    texts = dict(re.findall(r'^(msgid|msgid_plural) (".*"(?:\n".*")*)', entry, re.MULTILINE))
    singular, plural = texts["msgid"], texts.get("msgid_plural", "")
    entry = re.sub(r'(?<=^msgstr )""', lambda _: singular, entry, flags=re.MULTILINE)
    return re.sub(r'(?<=^msgstr\[\d\] )""', lambda _: plural, entry, flags=re.MULTILINE)


@pytest.mark.parametrize("tag", sample(ENTRIES, lambda tag: tag == "ar"))
def test_a_language_is_added_in_the_steps_that_the_page_names(tmp_path: Path, tag: str) -> None:
    root = small_project(tmp_path, FILES)
    babel = tag.replace("-", "_")

    write(root / "locales/locales.yaml", f"{LOCALES}  {ENTRIES[tag]}, published: false}}\n")
    assert "run `imagedocs messages` to make it" in run_imagedocs(root, "check").stdout
    made = run_imagedocs(root, "messages")
    assert f"wrote locales/{babel}/LC_MESSAGES/messages.po" in made.stdout + made.stderr
    assert run_imagedocs(root, "check").returncode == 0, "sentences may lack before the language is published"

    page = root / "docs" / tag / "page.md"
    write(
        page,
        PAGE.replace("## ", '## <a name="a-section"></a>').replace("# Page", '# <a name="page"></a>Page'),
    )
    assert f"unpinned     docs/{tag}/page.md" in run_imagedocs(root, "status", "--locale", tag).stdout
    assert run_imagedocs(root, "status", "--accept", f"docs/{tag}/page.md").returncode == 0
    assert run_imagedocs(root, "check", "--locale", tag).stdout == ""

    alone = run_mkdocs(root, "build", "--strict", IMAGEDOCS_LOCALE=tag)
    assert alone.returncode == 0, alone.stderr
    assert f'<html lang="{tag}"' in (root / "site" / tag.lower() / "page/index.html").read_text("utf-8")
    assert run_mkdocs(root, "build", "--strict").returncode == 0
    assert not (root / "site" / tag.lower()).exists(), "it is not published yet"

    write(root / "locales/locales.yaml", f"{LOCALES}  {ENTRIES[tag]}}}\n")
    assert "message-untranslated" in run_imagedocs(root, "check").stdout
    fill(root / f"locales/{babel}/LC_MESSAGES/messages.po")
    built = run_mkdocs(root, "build", "--strict")
    assert built.returncode == 0, built.stderr

    crawl = Crawl(root / "site", "https://imagedocs.example/")
    assert crawl.dead_links() == []
    alternates = crawl.pages["https://imagedocs.example/page/"].alternates
    assert alternates[tag] == f"https://imagedocs.example/{tag.lower()}/page/"
    assert not crawl.pages[f"https://imagedocs.example/{tag.lower()}/other/"].is_indexed
    assert crawl.pages[alternates[tag]].direction == ("rtl" if tag == "ar" else "ltr")


def test_the_page_names_what_the_test_does() -> None:
    text = (ROOT / "docs/en/contribute.md").read_text("utf-8")
    section = text.partition("\n## Add a language\n")[2].partition("\n## ")[0]
    steps = [
        "published: false",
        "imagedocs messages",
        "docs/<language>",
        "imagedocs check --locale",
        "mkdocs build --strict",
    ]
    places = [section.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)
