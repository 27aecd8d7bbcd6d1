"""Catalogs in the shape of lists that others have: a public and a private registry, images that moved to another
registry, images that are in three. Their facts are from public files, which each names."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from conftest import run_mkdocs
from imagedocs.catalog import Catalog, load_catalog
from imagedocs.catalog.column_images import references_in_columns
from imagedocs.catalog.schema import render_catalog_schema
from plain_yaml import read_plain
from small_project import CONFIG, problems_of, small_project

DATA = Path(__file__).parent / "data/catalogs"
NAMES = sorted(path.name for path in DATA.iterdir())
DAY = date(2026, 8, 25)


def text_of(name: str) -> str:
    return (DATA / name / "images.yaml").read_text("utf-8")


def load(name: str) -> Catalog:
    catalog, problems = load_catalog("catalog/images.yaml", text_of(name), DAY)
    assert problems == ()
    return catalog


def record(catalog: Catalog) -> str:
    """Return a record with all that the catalog names, as the registries would have answered on the day."""
    repositories: dict[str, dict[str, object]] = {}
    for image in catalog.images:
        platforms = {name: {} for name in image.platforms}
        for reference in (*image.references, *(each for _, each in references_in_columns(image))):
            facts: dict[str, object] = {"seen": [{"date": DAY.isoformat(), "source": "registry"}]}
            facts |= {"platforms": platforms} if platforms and reference in image.references else {}
            repositories.setdefault(reference.name, {}).setdefault(reference.tag or "latest", facts)
    return json.dumps({"version": 1, "repositories": repositories})


def project(folder: Path, name: str, **pages: str) -> Path:
    files = {f"docs/en/{page}.md": text for page, text in pages.items()}
    return small_project(
        folder,
        {"catalog/images.yaml": text_of(name), "catalog/registry.json": record(load(name)), **files},
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_own_schema_and_that_of_any_catalog_accept_it(name: str) -> None:
    plain = read_plain(text_of(name))
    for schema in (render_catalog_schema(), render_catalog_schema(text_of(name))):
        errors = jsonschema.Draft7Validator(json.loads(schema)).iter_errors(plain)
        assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("aws", "`763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference-neuronx:2.9.0`", [
            ('image-tag-unknown: 763104351884.dkr.ecr.us-west-2.amazonaws.com/pytorch-inference-neuronx has no tag '
            '"2.9.0" on record')]),
        ("aws", ("`763104351884.dkr.ecr.eu-central-1.amazonaws.com/pytorch-inference-neuronx:"
            "2.9.0-neuronx-py312-sdk2.29.1-ubuntu24.04` and `763104351884.dkr.ecr.us-west-1.amazonaws.com/x:1`"), []),
        ("aws", "`publc.ecr.aws/deep-learning-containers/vllm:0.13.0-gpu-py312-ec2`", [
            "image-registry-misspelled: publc.ecr.aws is one slip away from public.ecr.aws"]),
        ("jupyter", "```bash\ndocker run -p 10000:8888 quay.io/jupyter/pytorch-notebook:cuda12-python-3.11.8\n```", []),
        ("jupyter", "```dockerfile\nFROM jupyter/base-notebook:2024\n```", [
            'image-tag-unknown: docker.io/jupyter/base-notebook has no tag "2024" on record']),
        ("jupyter", "```dockerfile\nFROM my/notebook:2024\n```\n\nSee `http://base-notebook:8888`.", []),
        ("linuxserver", ("`ghcr.io/linuxserver/duckdns:latest`, `index.docker.io/linuxserver/duckdns:latest`, "
            "`gcr.io/team/x:1`"), []),
        ("linuxserver", "`ghrc.io/linuxserver/duckdns:latest`", [
            "image-registry-misspelled: ghrc.io is one slip away from ghcr.io"]),
        ("linuxserver", "`ghcr.io/linuxserver/duckdns:lastest`", [
            'image-tag-unknown: ghcr.io/linuxserver/duckdns has no tag "lastest" on record']),
        # pages about images that registries have elsewhere
        ("linuxserver", "[a](https://hub.docker.com/r/linuxserver/duckdns/tags) [b](https://hub.docker.com/search?q=x)", []),
        ("linuxserver", "[a](https://hub.docker.com/r/linuxserver/duckdsn)", [
            "image-repository-unknown: docker.io/linuxserver/duckdsn is not known yet"]),
        ("linuxserver", "[a](https://hub.docker.com/_/nginx)", [
            "image-repository-unknown: docker.io/library/nginx is not known yet"]),
        ("jupyter", "[a](https://quay.io/repository/jupyter/base-notebook?tab=tags) [b](https://quay.io/organization/jupyter)", []),
        ("jupyter", "[a](https://quay.io/repository/jupyter/bse-notebook?tab=tags)", [
            "image-repository-unknown: quay.io/jupyter/bse-notebook is not known yet"]),
        ("aws", "[a](https://gallery.ecr.aws/deep-learning-containers/vllm) [b](https://gallery.ecr.aws/deep-learning-containers)", []),
        ("aws", "[a](https://gallery.ecr.aws/deep-learning-containers/vlm)", [
            "image-repository-unknown: public.ecr.aws/deep-learning-containers/vlm is not known yet"]),
    ],
)  # fmt: skip
def test_pages_are_searched_for_images_of_all_its_registries(
    tmp_path: Path, name: str, text: str, expected: list[str]
) -> None:
    found = [
        line for line in problems_of(project(tmp_path, name, page=f"# Page\n\n{text}\n")) if "image-" in line
    ]
    assert len(found) == len(expected), found
    for line, part in zip(found, expected, strict=True):
        assert f": {part}" in line


def test_pages_and_data_of_images_say_all_registries_tags_and_platforms(tmp_path: Path) -> None:
    folder = project(tmp_path, "linuxserver")
    published = "    images: {prefix: images}\n    data: {prefix: api}\n"
    config = CONFIG.replace("  imagedocs:\n", f"  imagedocs:\n{published}", 1)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    built = run_mkdocs(folder, "build")
    assert built.returncode == 0, built.stderr
    html = (folder / "site/images/duckdns/index.html").read_text("utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    for host in ("lscr.io", "ghcr.io", "docker.io"):
        assert f"docker pull {host}/linuxserver/duckdns:latest" in text
    assert "Platforms: linux/amd64, linux/arm64" in text
    data = json.loads((folder / "site/api/v0/images/duckdns.json").read_text("utf-8"))
    assert data["registries"] == ["lscr.io", "ghcr.io", "docker.io"]
    assert data["references"] == [f"{host}/linuxserver/duckdns:latest" for host in data["registries"]]
    assert data["platforms"] == ["linux/amd64", "linux/arm64"]
    spanish = (folder / "site/es/images/code-server/index.html").read_text("utf-8")
    assert "8443" in re.sub(r"<[^>]*>", "", spanish)
