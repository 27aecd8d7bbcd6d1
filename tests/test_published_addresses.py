"""Whatever was published once is still reached: its address is a page or leads to one, and its anchors are there."""

from pathlib import Path

import pytest

from published import LEDGER, BuiltSite, faults, read_ledger, record, write_ledger

PAGE = '<h1 id="a-page">A page</h1><a name="old"></a><nav id="__nav"></nav>'


def leads_to(address: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={address}">'


def test_nothing_that_was_published_is_lost(site: Path) -> None:
    assert list(faults(read_ledger(LEDGER.read_text("utf-8")), BuiltSite(site))) == []


CASES: dict[str, tuple[dict[str, str], str]] = {
    "the page is there": ({"a/index.html": PAGE}, ""),
    "the page is gone": ({}, "/a/: nothing is at /a/"),
    "an anchor is gone": ({"a/index.html": '<h1 id="a-page">'}, "/a/#old: /a/ has no #old"),
    "the page has moved": ({"a/index.html": leads_to("../b/"), "b/index.html": PAGE}, ""),
    "the page has moved, without an anchor": (
        {"a/index.html": leads_to("/b/"), "b/index.html": '<h1 id="a-page">'},
        "/a/#old: /b/ has no #old",
    ),
    "all anchors lead to one": (
        {"a/index.html": leads_to("../b/#x"), "b/index.html": '<p class="y" id="x">'},
        "",
    ),
    "one anchor for all is gone": (
        {"a/index.html": leads_to("../b/#x"), "b/index.html": PAGE},
        "/a/: /b/ has no #x",
    ),
    "it leads to nothing": ({"a/index.html": leads_to("../b/")}, "/a/: nothing is at /b/"),
    "it leads to itself": ({"a/index.html": leads_to("./")}, "/a/: /a/ leads on and on"),
    "it leads away": (
        {"a/index.html": leads_to("https://other.example/a/")},
        "/a/: /a/ leads to https://other.example/a/, which is not this site",
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_a_loss_is_found(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    for name, content in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    ledger = read_ledger("at the root:\n/a/ #a-page #old\n")
    assert next(faults(ledger, BuiltSite(tmp_path)), "") == expected


def test_a_new_address_is_added_once_for_all_locales(tmp_path: Path) -> None:
    files = {"a/index.html": PAGE, "es/a/index.html": PAGE, "b/index.html": PAGE, "es/c/index.html": PAGE}
    files |= {"d.json": "{}", "assets/x.json": "{}", "es/b/index.html": leads_to("../../b/")}
    for name, content in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    before = "in each locale: / /es/\n/a/ #a-page #gone\n"
    ledger = read_ledger(before)
    record(ledger, tmp_path)
    written = write_ledger(ledger)
    assert written.splitlines()[1:] == [
        "in each locale: / /es/",
        "/a/ #a-page #gone #old",
        "",
        "at the root:",
        "/b/ #a-page #old",
        "/d.json",
        "/es/c/ #a-page #old",
    ]
    record(again := read_ledger(written), tmp_path)
    assert write_ledger(again) == written
