"""The rendered list: in every language and on every day it says what the catalog says, row for row.

`test_catalog_lists` compares the catalog with every hand-written list, and names each difference by the number
of its defect; here what `imagedocs render` prints for the day of each list is held against the same catalog.
So between the rendered list and the hand-written one there is no other difference.
"""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from click.testing import CliRunner

from conftest import ROOT
from imagedocs.catalog import Absence, Image
from imagedocs.cli import main
from imagedocs.project import Project
from vintages import Row, load_lists, read_rows

TAGS = ("en", "es", "de", "fr", "ja", "ko", "zh-Hans", "pt-BR")
DAYS = (
    "2021-05-25",
    "2021-06-09",
    "2021-10-09",
    "2022-07-14",
    "2022-11-04",
    "2024-04-08",
    "2025-09-24",
    "2026-11-24",
)


@cache
def project() -> Project:
    return Project.load(ROOT, date(2026, 11, 24))


@cache
def rendered(tag: str, day: str) -> str:
    result = CliRunner().invoke(
        main,
        ["--project", str(ROOT), "render", "--form", "table", "--locale", tag, "--as-of", day],
        standalone_mode=False,
    )
    assert result.exception is None
    assert result.return_value == 0, result.output
    return result.output


def expected_row(image: Image, day: date, has_environments: bool) -> Row:
    environment = image.environment_on(day)
    packages = (
        None if isinstance(image.packages, Absence) else tuple(str(package) for package in image.packages)
    )
    return Row(
        anchor=image.framework.anchor,
        version=None if isinstance(image.framework_version, Absence) else image.framework_version,
        accelerator=image.accelerator.kind.upper(),
        packages=packages,
        repository=image.full_repository,
        tag=image.tag,
        environment=(None if isinstance(environment, Absence) else environment.name)
        if has_environments
        else None,
    )


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("tag", TAGS)
def test_the_rows_are_the_catalog_s_in_every_language(tag: str, day: str) -> None:
    as_of = date.fromisoformat(day)
    listed = project().catalog.listed_on(as_of)
    has_environments = any(not isinstance(image.environment_on(as_of), Absence) for image in listed)
    rows = [without_code(row) for row in read_rows(without_extras(rendered(tag, day), 4 + has_environments))]
    assert rows == [expected_row(image, as_of, has_environments) for image in listed]


def without_extras(text: str, columns: int) -> str:
    """Only the columns that hand-written lists have; ours has further ones after them."""
    lines = text.splitlines()
    return "\n".join(
        "|".join(line.split("|")[: columns + 1]) + "|" if line.startswith("|") else line for line in lines
    )


def without_code(row: Row) -> Row:
    """Code spans around packages are ours too."""
    return replace(
        row, packages=tuple(text.strip("`") for text in row.packages) if row.packages else row.packages
    )


def listed_ids(day: date) -> list[str]:
    return [image.id for image in project().catalog.listed_on(day)]


def test_every_day_of_a_hand_written_list_is_compared() -> None:
    days = {listed.day for listed in load_lists()}
    compared = [listed_ids(date.fromisoformat(day)) for day in DAYS]
    assert days
    assert all(listed_ids(day) in compared for day in days)


@pytest.mark.parametrize("day", DAYS)
def test_anchors_references_and_codes_are_the_same_in_every_language(day: str) -> None:
    anchors = {tag: re.findall(r'<a name="([^"]+)">', rendered(tag, day)) for tag in TAGS}
    codes = {tag: sorted(re.findall(r"`([^`]+)`", rendered(tag, day))) for tag in TAGS}
    assert all(anchors[tag] == anchors["en"] for tag in TAGS)
    assert all(codes[tag] == codes["en"] for tag in TAGS)


def test_the_statements_of_the_list_have_their_days() -> None:
    assert "six months" not in rendered("en", "2022-07-14")
    assert "The six months count back from the day of `latest`, not from today." in rendered(
        "en", "2022-11-04"
    )
    assert "This is the list as it stood on October 9, 2021." in rendered("en", "2021-10-09")
    assert "as it stood" not in rendered("en", "2026-11-24")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("es", "9 de octubre de 2021"),
        ("de", "9. Oktober 2021"),
        ("fr", "9 octobre 2021"),
        ("ja", "2021年10月9日"),
        ("ko", "2021년 10월 9일"),
        ("zh-Hans", "2021年10月9日"),
        ("pt-BR", "9 de outubro de 2021"),
    ],
)
def test_dates_are_written_as_readers_write_them(tag: str, expected: str) -> None:
    assert expected in rendered(tag, "2021-10-09")
