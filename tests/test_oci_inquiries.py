"""Questions asked by hand, and the text of the pull request that a scheduled snapshot opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fault_server import RESPONDERS, FaultServer, serving
from imagedocs.problems import CannotRun
from imagedocs.registry.access import Access
from imagedocs.registry.changes import Change, Kind, render_pull_request
from imagedocs.registry.maintenance.inquiries import check_images, list_repositories
from imagedocs.registry.transport import Limits


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with serving(RESPONDERS) as server:
        yield server


def access(server: FaultServer) -> Access:
    return Access(Limits(exchange=1, operation=3, page=3), frozenset({server.host}))


def test_check_images(server: FaultServer) -> None:
    faults = ("ok", "man404", "deny403", "warning299")
    status, lines = check_images([f"{server.host}/f/{fault}:v1" for fault in faults], access(server))
    assert status == 1
    assert [line.replace(server.host, "HOST") for line in lines] == [
        "exists: HOST/f/ok:v1",
        'missing: HOST/f/man404:v1: the registry says: "MANIFEST_UNKNOWN: no"',
        "unknown: HOST/f/deny403:v1: access denied (status 403), which says nothing about existence",
        "exists: HOST/f/warning299:v1",
        "note: HOST/f/warning299:v1: This image is deprecated\\x1b[31m",
    ]
    assert check_images([f"{server.host}/f/ok"], access(server))[0] == 0
    assert check_images([f"{server.host}/f/deny403:v1"], access(server))[0] == 3


def test_list_repositories(server: FaultServer) -> None:
    names = [f"{server.host}/f/{fault}" for fault in ("ok", "tags-type", "name404")]
    status, found, amiss = list_repositories(names, access(server))
    assert status == 1
    assert [line.replace(server.host, "HOST") for line in (*found, *amiss)] == [
        "HOST/f/ok:latest",
        "HOST/f/ok:v1",
        "HOST/f/ok:v2",
        "HOST/f/tags-type:v1",
        "partial: HOST/f/tags-type: 4 entries are no tags",
        'missing: HOST/f/name404: the registry says: "NAME_UNKNOWN: no"',
    ]
    assert list_repositories(names[:1], access(server))[0] == 0
    assert list_repositories(names[:2], access(server))[0] == 3


@pytest.mark.parametrize("text", ["UPPER", "a\x1bb", "", "a:b:c"])
def test_what_is_no_image(text: str) -> None:
    with pytest.raises(CannotRun) as refusal:
        check_images([text], Access())
    assert str(refusal.value).isprintable()
    with pytest.raises(CannotRun):
        list_repositories([text], Access())


def test_an_image_is_no_repository() -> None:
    with pytest.raises(CannotRun, match="is an image, not a repository"):
        list_repositories(["mcr.microsoft.com/x:latest"], Access())


def test_text_of_a_pull_request() -> None:
    changes = [
        Change(Kind.APPEARED, "r/a", "20260301.v1", "sha256:new"),
        Change(Kind.VANISHED, "r/a", "20250101.v1", "2026-11-24"),
        Change(Kind.VANISHED, "r/b", "20250101.v1", "2026-11-24"),
        *(Change(Kind.LEARNED, "r/a", f"t{number:02}") for number in range(60)),
    ]
    text = render_pull_request(changes, {"r/b:20250101.v1": ["docs/es/x.md", "docs/en/x.md"]})
    assert text.startswith(
        "The registry's own answers: 2 vanished, 1 appeared, 60 learned.\n"
        "\n"
        "## Vanished (2)\n"
        "\n"
        "- `r/b:20250101.v1` (2026-11-24), named in `docs/en/x.md`, `docs/es/x.md`\n"
        "- `r/a:20250101.v1` (2026-11-24)\n"
        "\n"
        "## Appeared (1)\n"
        "\n"
        "- `r/a:20260301.v1` (sha256:new)\n"
        "\n"
        "## More is known of the same image (60)\n"
        "\n"
        "- `r/a:t00`\n"
    )
    assert text.endswith("- `r/a:t49`\n- … and 10 more\n")
