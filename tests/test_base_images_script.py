"""The script that the page on data documents: the very file is run, against the built site."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOST = "mcr.microsoft.com/azureml"
GOOD = f"{HOST}/minimal-py312-inference:20260316.v1"
BAD = f"{HOST}/minimal-py312-inference:20260401.v1"
OLD = f"{HOST}/minimal-ubuntu20.04-py38-cpu-inference:latest"
KNOWN_BAD = f"is known to be bad: It crashes while it sets up Conda.; use {GOOD}"
WITHDRAWN = "was withdrawn on 2025-09-24; no replacement is on record"
"""What is said of the images of our own list."""


def run(folder: Path, script: Path, *arguments: str, stdin: str = "") -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, [*done.stdout.splitlines(), *done.stderr.splitlines()]


@pytest.fixture(scope="module")
def data(site: Path, serve_folder: Callable[[Path], str]) -> str:
    """Address of the data of the built site."""
    return f"{serve_folder(site)}/api/v0/images.json"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        pytest.param(f"FROM {GOOD}\nRUN true\n", 0, [], id="nothing is wrong"),
        pytest.param(f"FROM {BAD}\n", 1, [f"Dockerfile:1: {BAD} {KNOWN_BAD}"], id="a known-bad tag"),
        pytest.param(
            f"# x\nfrom {OLD} as a\nFROM a\n", 1, [f"Dockerfile:2: {OLD} {WITHDRAWN}"], id="withdrawn"
        ),
        pytest.param(
            f"ARG V=20260401.v1\nARG BASE='{HOST}/minimal-py312-inference:${{V}}'\nFROM --platform=$X $BASE\n",
            1,
            [f"Dockerfile:3: {BAD} {KNOWN_BAD}"],
            id="build arguments with defaults",
        ),
        pytest.param(
            f"FROM \\\n  {OLD}\nFROM {BAD}",
            1,
            [f"Dockerfile:1: {OLD} {WITHDRAWN}", f"Dockerfile:3: {BAD} {KNOWN_BAD}"],
            id="a line that goes on",
        ),
        pytest.param(
            f'ARG V="20260401.v1" REPO=minimal-py312-inference HOST={HOST}\nARG V2=${{V:-latest}}\n'
            "FROM --platform=$BUILDPLATFORM ${HOST}/${REPO}:$V2 AS Base\nARG V2=x\nFROM base AS final\nFROM Final\n",
            1,
            [f"Dockerfile:3: {HOST}/minimal-py312-inference:20260401.v1 {KNOWN_BAD}"],
            id="several arguments on a line, and stages",
        ),
        pytest.param(
            "FROM ${BASE}\n",
            2,
            ["Dockerfile:1: ${BASE} has no value; give it one with --build-arg NAME=VALUE"],
            id="a build argument without a value",
        ),
        pytest.param(
            "FROM scratch\nFROM python:3.12\n",
            0,
            ["Dockerfile:2: python:3.12 isn't in the list, and wasn't checked"],
            id="another's image",
        ),
        pytest.param(
            f"{GOOD}\n\n# comment\n{OLD.upper().replace('MCR', 'mcr')}\n{OLD}@sha256:{'0' * 64}\n",
            1,
            [
                f"Dockerfile:4: {OLD.upper().replace('MCR', 'mcr')} isn't in the list, and wasn't checked",
                f"Dockerfile:5: {OLD}@sha256:{'0' * 64} {WITHDRAWN}",
            ],
            id="a list of references",
        ),
    ],
)
def test_what_a_pipeline_is_told(
    tmp_path: Path, site: Path, data: str, text: str, code: int, said: Sequence[str]
) -> None:
    (tmp_path / "Dockerfile").write_text(text, "utf-8")
    found, lines = run(tmp_path, site / "check_base_images.py", data, "Dockerfile")
    assert lines[:-1] == said
    assert lines[-1].startswith("image references: ")
    assert found == code


def test_values_come_from_the_command_and_references_from_the_standard_input(
    tmp_path: Path, site: Path, data: str
) -> None:
    script = site / "check_base_images.py"
    (tmp_path / "Dockerfile").write_text("ARG BASE\nFROM $BASE\n", "utf-8")
    code, lines = run(tmp_path, script, data, "Dockerfile", "--build-arg", f"BASE={BAD}")
    assert (code, lines[0]) == (1, f"Dockerfile:2: {BAD} {KNOWN_BAD}")
    assert run(tmp_path, script, data, "-", stdin=f"{OLD}\n")[1][0] == f"-:1: {OLD} {WITHDRAWN}"


IMAGE: Mapping[str, object] = {
    "id": "web",
    "image": "docker.io/acme/web",
    "registries": ["docker.io", "quay.io"],
    "repository": "acme/web",
    "tags": ["2.0"],
    "digest": None,
    "status": "supported",
    "listed": {"from": None, "until": None},
    "replaced_by": None,
    "known_issues": [{"tags": ["1.0"], "text": "It is slow.", "fixed_in": "1.1"}],
    "newest_good_tag": None,
    "tags_on_record": [{"tag": "1.0", "digest": "sha256:" + "1" * 64}],
    "gone": [{"tag": "0.9", "digest": None}, {"tag": None, "digest": "sha256:" + "2" * 64}],
}
OTHER: Mapping[str, object] = {
    **IMAGE,
    "id": "web-1",
    "tags": ["1.5"],
    "status": "withdrawn",
    "listed": {"from": None, "until": "2026-01-02"},
    "replaced_by": {"id": "web", "reference": "acme/web:2.0"},
    "known_issues": [],
    "gone": [],
}


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        pytest.param("acme/web:2.0", "", id="one of two images of a repository"),
        pytest.param("acme/web:1.5", "was withdrawn on 2026-01-02; use acme/web:2.0", id="the other one"),
        pytest.param(
            "index.docker.io/acme/web:1.0",
            "is known to be bad: It is slow.; use docker.io/acme/web:1.1",
            id="by another name",
        ),
        pytest.param(
            f"acme/web@sha256:{'1' * 64}",
            "is known to be bad: It is slow.; use docker.io/acme/web:1.1",
            id="by digest",
        ),
        pytest.param(
            "acme/web:0.9", "is gone from the registry; no replacement is on record", id="a tag that is gone"
        ),
        pytest.param("docker.io/acme/web:2.0", "", id="with the host that Docker leaves out"),
        pytest.param(
            "quay.io/acme/web:1.0",
            "is known to be bad: It is slow.; use quay.io/acme/web:1.1",
            id="in another registry",
        ),
        pytest.param("quay.io/acme/web:0.9", "", id="gone from the first registry only"),
        pytest.param(
            "QUAY.IO/acme/web:1.5", "was withdrawn on 2026-01-02; use acme/web:2.0", id="a host in capitals"
        ),
        pytest.param(
            f"acme/web@sha256:{'2' * 64}",
            "is gone from the registry; no replacement is on record",
            id="a digest that is gone",
        ),
    ],
)
def test_images_are_known_by_any_of_their_names(tmp_path: Path, reference: str, said: str) -> None:
    (tmp_path / "images.json").write_text(json.dumps({"images": [IMAGE, OTHER]}), "utf-8")
    code, lines = run(tmp_path, ROOT / "docs/en/check_base_images.py", "images.json", "-", stdin=reference)
    assert lines[:-1] == ([f"-:1: {reference} {said}"] if said else [])
    assert code == (1 if said else 0)


def test_an_official_image_has_a_short_name(tmp_path: Path) -> None:
    image = {
        **OTHER,
        "image": "docker.io/library/nginx",
        "registries": ["docker.io"],
        "repository": "library/nginx",
    }
    (tmp_path / "images.json").write_text(json.dumps({"images": [image]}), "utf-8")
    for name in ("nginx", "library/nginx", "docker.io/nginx", "docker.io/library/nginx"):
        reference = f"{name}:1.5"
        _, lines = run(tmp_path, ROOT / "docs/en/check_base_images.py", "images.json", "-", stdin=reference)
        assert lines[0] == f"-:1: {reference} was withdrawn on 2026-01-02; use acme/web:2.0"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["http://list.example/images.json", "-"], "http://list.example/images.json could be changed on its way; use https", id="no https"),
        pytest.param(["none.json", "-"], "none.json", id="no data"),
        pytest.param(["wrong.json", "-"], "wrong.json isn't a list of images that this script knows", id="other data"),
        pytest.param(["page.html", "-"], "Expecting value", id="no JSON"),
        pytest.param(["good.json", "none"], "none", id="no file"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_said_in_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    for name, text in (("wrong.json", "[]"), ("page.html", "<p>"), ("good.json", '{"images": []}')):
        (tmp_path / name).write_text(text, "utf-8")
    code, lines = run(tmp_path, ROOT / "docs/en/check_base_images.py", *arguments, stdin="web\n")
    assert (code, len(lines)) == (2, 1)
    assert lines[0].startswith("cannot check: ")
    assert said in lines[0]


def test_the_page_shows_the_script_that_it_offers(site: Path) -> None:
    import html
    import re

    script = (ROOT / "docs/en/check_base_images.py").read_text("utf-8")
    for folder, to_root in (("", ".."), ("es/", ".."), ("ja/", "..")):
        page = (site / folder / "data/index.html").read_text("utf-8")
        assert f'href="{to_root}/check_base_images.py"' in page
        blocks = [
            html.unescape(re.sub("<[^>]+>", "", each))
            for each in re.findall(r"<code[^>]*>(.*?)</code>", page, re.DOTALL)
        ]
        assert script.strip() in [each.strip() for each in blocks]
        assert "def references(" not in (site / folder / "search/search_index.json").read_text("utf-8")
        assert (site / folder / "check_base_images.py").read_text("utf-8") == script
