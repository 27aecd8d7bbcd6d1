"""Registries that images name, platforms, and columns of tags and images: what the catalog says and what is wrong with it."""

import json
from datetime import date

import jsonschema
import pytest

from imagedocs.catalog import Catalog, NamedImage, NamedTag, load_catalog
from imagedocs.catalog.facts import Login, RegistryHost
from imagedocs.catalog.schema import render_catalog_schema
from imagedocs.checks.images import check_catalog_images
from imagedocs.locales import Formats, Messages
from imagedocs.publishing import template_filters, template_values
from imagedocs.references import as_meant, parse, parse_normalized
from imagedocs.references.slips import misspelled_host
from imagedocs.registry import has_platform
from imagedocs.registry.manifest import load_manifest
from plain_yaml import read_plain

DAY = date(2026, 11, 24)
CATALOG = """\
version: 2
registry: quay.io
registries: {hub: index.docker.io, localhost:5000: {plain_http: true}}
columns: [{name: old, type: tags}, {name: base, type: image}, {name: size, type: number}]
images:
  - id: web
    repository: team/web
    tags: ["2", "1"]
    platforms: [linux/amd64, linux/arm64]
    attributes: {old: ["0.9", "0.8"], base: proxy, size: 1234.5}
  - id: proxy
    registry: [hub, localhost:5000]
    repository: nginx
    tag: "1.27"
    attributes: {old: none, base: "debian:12", size: 7}
"""


def load(text: str) -> tuple[Catalog, list[str]]:
    catalog, problems = load_catalog("c.yaml", text, DAY)
    return catalog, [str(problem).removeprefix("c.yaml:") for problem in problems]


def test_images_are_where_the_catalog_says_by_the_names_that_are_meant() -> None:
    catalog, problems = load(CATALOG)
    assert problems == []
    web, proxy = catalog.images
    assert (web.hosts, web.platforms) == (("quay.io",), ("linux/amd64", "linux/arm64"))
    assert [str(each) for each in proxy.references] == [
        "docker.io/library/nginx:1.27",
        "localhost:5000/nginx:1.27",
    ]
    assert catalog.registry_hosts == ("quay.io", "docker.io", "localhost:5000")
    assert web.attributes["old"] == (NamedTag("0.9"), NamedTag("0.8"))
    assert web.attributes["base"] == NamedImage(proxy.reference, "proxy")
    assert proxy.attributes["base"] == NamedImage(parse("docker.io/library/debian:12"))


def test_a_registry_says_what_it_needs_to_be_asked() -> None:
    entry = (
        "{host: r.example, name: R, aliases: [s.example], portal: pages.example/r, plain_http: true, token_hosts: [auth.example], "
        "page_size: 100, timeout: 60, patience: 20m, login: {user: R_USER, password: R_PASSWORD}}"
    )
    catalog, problems = load(
        CATALOG.replace("index.docker.io", entry).replace("debian:12", "r.example/debian:12")
    )
    assert problems == []
    assert catalog.registries[0] == RegistryHost(
        "r.example",
        "R",
        ("s.example",),
        ("pages.example/r",),
        True,
        ("auth.example",),
        100,
        60,
        1200,
        Login("R_USER", "R_PASSWORD"),
    )
    assert str(catalog.meant(parse("s.example/team/x:1"))) == "r.example/team/x:1"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[hub,", "[quay.io, quay.io,", [
            '12:25: error: duplicate-key: the registry "quay.io" stands twice; remove one of them']),
        ("[hub, localhost:5000]", "[]", ["12:15: error: wrong-type: expected at least one registry, found a list"]),
        ("[hub, localhost:5000]", "elsewhere", [
            ('12:15: error: unknown-name: there is no registry "elsewhere"; write a host, or one of: hub, '
            "localhost:5000, quay.io")]),
        ("hub: index.docker.io", "hub: {plain_http: true}", [
            ('3:14: error: missing-field: "hub" is not the host of a registry; add host, or write the host in place of '
            "the name")]),
        ("hub: index.docker.io", "hub: docker.io, other: {host: index.docker.io}", [
            '3:30: error: duplicate-key: "hub" has the host docker.io already; remove one of them']),
        ("plain_http: true", "plain-http: true", [
            '3:53: error: unknown-key: unknown key "plain-http"; did you mean "plain_http"?']),
        ("plain_http: true", "patience: 20", [
            "3:63: error: wrong-type: expected a time such as 90s, 20m or 1h, found the number 20"]),
        ("plain_http: true", "page_size: 0", [
            '3:64: error: wrong-type: expected a whole number from 1 to 10000, found the number 0']),
        ("plain_http: true", "login: {user: A}", [
            ("3:60: error: catalog-contradiction: a login is user and password, or token; name the variables of one of "
            "the two")]),
        ("plain_http: true", "login: {token: ghp-s3cret}", [
            ("3:68: error: wrong-type: expected the name of an environment variable; write the name alone, such as "
            "QUAY_PASSWORD; never a secret")]),
        ("linux/arm64]", "aarch64]", ['9:30: error: wrong-type: "aarch64" is not a platform; write linux/arm64']),
        ("linux/arm64]", "linux/amr64]", [
            '9:30: error: wrong-type: "linux/amr64" is not a platform; did you mean "linux/arm64"?']),
        ("linux/arm64]", "linux/amd64]", [
            '9:30: error: duplicate-key: the platform "linux/amd64" stands twice; remove one of them']),
        ('["0.9", "0.8"]', "not a tag", [
            ('10:23: error: image-reference-invalid: expected a tag, found "not a tag"; '
            "a tag is letters, digits, dots, dashes and underscores")]),
        ("base: proxy", "base: poxy", [
            '10:45: error: unknown-name: there is no image "poxy"; did you mean "proxy"?']),
        ("registries: {hub: index.docker.io, ", "registries: {hub: r.example, ", [
            ('15:35: error: image-reference-invalid: "debian:12" has no registry; '
            'write "r.example/debian:12"')]),
        ("size: 7", "size: seven", [
            ('15:54: error: wrong-type: expected a number such as 12 or 1.5, without quotes and unit, found '
            '"seven"')]),
        ("version: 2\nregistry: quay.io", "version: 1\nregistry: [quay.io]", [
            ('1:10: error: newer-version: "registry" on line 2 came with version 2 of the catalog\'s form; '
            "write version: 2")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_once_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in CATALOG
    assert load(CATALOG.replace(old, new, 1))[1] == expected


def record_problems(catalog: str, tags: dict[str, object]) -> list[str]:
    manifest, wrong = load_manifest("r.json", json.dumps({"version": 1, "repositories": tags}))
    assert wrong == ()
    assert manifest is not None
    return [
        str(each).removeprefix("c.yaml:") for each in check_catalog_images(load(catalog)[0], manifest, DAY)
    ]


SEEN = {"seen": [{"date": "2026-11-01", "source": "registry"}]}
RECORD: dict[str, object] = {
    "quay.io/team/web": {
        "2": {**SEEN, "platforms": {"linux/amd64": {}, "linux/arm64/v8": {}}},
        "1": SEEN, "0.9": SEEN, "0.8": SEEN,
    },
    "docker.io/nginx": {"1.27": SEEN},
    "localhost:5000/nginx": {"1.27": SEEN},
    "docker.io/library/debian": {"12": SEEN},
}  # fmt: skip


def test_tags_images_and_platforms_are_compared_with_the_record() -> None:
    assert record_problems(CATALOG, RECORD) == []
    web = {
        **RECORD,
        "quay.io/team/web": {"2": {**SEEN, "platforms": {"linux/amd64": {}}}, "1": SEEN, "0.8": SEEN},
    }
    assert record_problems(CATALOG, web) == [
        ('10:23: warning: image-tag-unknown: quay.io/team/web has no tag "0.9" on record; did you mean "0.8"? '
         "If not, run: imagedocs snapshot"),
        ("9:16: error: image-platform-unknown: quay.io/team/web:2 cannot be pulled for linux/arm64, by what is on record; "
         "it is there for linux/amd64"),
    ]  # fmt: skip
    without = {
        name: tags for name, tags in RECORD.items() if "debian" not in name and "localhost" not in name
    }
    assert record_problems(CATALOG, without) == [
        ("13:17: warning: image-repository-unknown: localhost:5000/nginx is not known yet: it is not on record; "
         "run: imagedocs snapshot"),
        ("15:35: warning: image-repository-unknown: docker.io/library/debian is not known yet: it is not on record; "
         'did you mean "docker.io/library/nginx"? If not, run: imagedocs snapshot'),
    ]  # fmt: skip


def test_a_registry_that_is_a_slip_is_one_problem() -> None:
    text = CATALOG.replace("registry: quay.io", "registry: qauy.io")
    assert [line for line in record_problems(text, RECORD) if "debian" not in line] == [
        '2:11: error: image-registry-misspelled: qauy.io is one slip away from quay.io; write "quay.io"'
    ]
    path = CATALOG.replace("repository: team/web", "repository: ghcr.io/team/web")
    assert (
        "7:17: warning: image-repository-unknown: quay.io/ghcr.io/team/web is not known yet: it is not on record; "
        in record_problems(path, RECORD)[0]
    )


@pytest.mark.parametrize(
    ("host", "known", "meant"),
    [
        ("mcr.exmple.com", "mcr.example.com", True),
        ("mrc.example.com", "mcr.example.com", True),
        ("mcr.examplle.com", "mcr.example.com", True),
        ("ghrc.io", "ghcr.io", True),
        ("quay.oi", "quay.io", True),
        ("dokcer.io", "docker.io", True),
        # sound hosts that are near each other
        ("gcr.io", "ghcr.io", False),
        ("docker.com", "docker.io", False),
        ("mcr.example.cn", "mcr.example.com", False),
        ("cr.example.de", "cr.example.dk", False),
        ("ci.example.com", "cr.example.com", False),
        ("dev.example.com", "dew.example.com", False),
        ("1.dkr.ecr.us-west-1.example.com", "1.dkr.ecr.us-west-2.example.com", False),
        ("localhost:5001", "localhost:5000", False),
    ],
)
def test_a_slip_is_told_from_another_sound_host(host: str, known: str, meant: bool) -> None:
    assert misspelled_host(host, (known,)) == (known if meant else "")


@pytest.mark.parametrize(
    "name", ["nginx", "docker.io/nginx", "index.docker.io/library/nginx", "registry-1.docker.io/nginx"]
)
def test_names_that_mean_the_same_are_the_same(name: str) -> None:
    assert str(as_meant(parse_normalized(f"{name}:1"))) == "docker.io/library/nginx:1"


def test_a_platform_without_a_variant_is_any_of_them() -> None:
    there = ["linux/amd64", "linux/arm64/v8", "linux/arm/v7"]
    wanted = ("linux/arm64", "linux/arm64/v8", "linux/arm", "linux/arm/v7", "linux/arm/v6", "linux/s390x")
    assert [has_platform(there, each) for each in wanted] == [True, True, True, True, False, False]


def test_templates_show_typed_columns_in_the_words_of_the_reader() -> None:
    catalog, _ = load(CATALOG)
    listed = template_filters(Messages(), Formats("de"))["listed"]
    web = catalog.images[0].attributes
    assert listed(web["old"]) == "`0.9`<br>`0.8`"
    assert listed(web["base"]) == "`docker.io/library/nginx:1.27`"
    assert listed(web["size"]) == "1.234,5"
    assert template_values(catalog, DAY)["numbers"] == ("size",)


def test_the_own_schema_marks_what_the_catalog_cannot_say() -> None:
    def errors(text: str) -> list[str]:
        validator = jsonschema.Draft7Validator(json.loads(render_catalog_schema(CATALOG)))
        return [error.json_path for error in validator.iter_errors(read_plain(text))]

    assert errors(CATALOG) == []
    assert errors(CATALOG.replace(", size: 7", "")) == ["$.images[1].attributes"]
    assert errors(CATALOG.replace("size: 7", "szie: 7")) == [
        "$.images[1].attributes",
        "$.images[1].attributes",
    ]
    assert errors(CATALOG.replace("size: 7", 'size: "7 MB"')) == ["$.images[1].attributes.size"]
    assert errors(CATALOG.replace("linux/arm64]", "arm64]")) == ["$.images[0].platforms"]
    image = json.loads(render_catalog_schema(CATALOG))["properties"]["images"]["items"]["properties"]
    assert image["registry"]["anyOf"][0] == {"enum": ["hub", "localhost:5000"]}
