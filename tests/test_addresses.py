"""Two files at one address of the site."""

import pytest

from imagedocs.checks.addresses import check_addresses
from imagedocs.checks.site import LocaleSite, Site


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["a.md", "a/b.md", "b.md", "index.md", "a.png", "media/index.html"], []),
        (
            ["a.md", "a/index.md"],
            ['docs/en/a/index.md: warning: publish-url-conflict: has the address of docs/en/a.md, "a/"'],
        ),
        (
            ["README.md", "index.md"],
            ['docs/en/README.md: warning: publish-url-conflict: has the address of docs/en/index.md, "/"'],
        ),
        (
            ["a.png", "a.png.md"],
            ['docs/en/a.png.md: warning: publish-url-conflict: has the address of docs/en/a.png, "a.png/"'],
        ),
        (
            ["a.md", "a/index.html"],
            ['docs/en/a.md: warning: publish-url-conflict: has the address of docs/en/a/index.html, "a/"'],
        ),
    ],
    ids=["all apart", "a page and a folder", "two first pages", "a file and a page", "a page and HTML"],
)
def test_each_address_is_of_one_file(places: list[str], expected: list[str]) -> None:
    site = Site((LocaleSite(("en",), {place: f"docs/en/{place}" for place in places}, {}),))
    found = [str(problem) for problem in check_addresses(site, {})]
    assert found == [f"{line}: only one of them is shown; give it another name" for line in expected]


def test_what_lies_where_another_language_is_put_is_reported() -> None:
    places = ["de.md", "de/x.png", "de", "index.md", "dessert.md", "rules/de.md"]
    root, german = (
        LocaleSite((tag,), {place: f"docs/{tag}/{place}" for place in places}, {}) for tag in ("en", "de")
    )
    found = [str(problem) for problem in check_addresses(Site((root, german)), {"de": "de"})]
    end = "where the pages in de are: only those are shown; give it another name"
    assert [line for line in found if line.endswith(end)] == [
        f'docs/en/de.md: warning: publish-url-conflict: has the address "de/", {end}',
        f'docs/en/de/x.png: warning: publish-url-conflict: has the address "de/x.png", {end}',
        f'docs/en/de: warning: publish-url-conflict: has the address "de", {end}',
    ]
