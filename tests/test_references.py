"""The grammar of image references, case by case as its authors' own, and references found inside text."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from growth import assert_in_proportion
from imagedocs import references
from imagedocs.references import Fault, InvalidReferenceError, Reference, grammar
from imagedocs.references.mentions import Mention, find
from reference_cases import FACTS, FAULTS, FUNCTIONS, ask, dump_cases, load_cases, read_recorded
from sampling import full

HEX = "0123456789abcdef" * 4

# --- grammar ---

MATCHERS: dict[str, Callable[[str], bool]] = {
    "DomainRegexp(anchored)": references.is_domain,
    "IdentifierRegexp(anchored)": grammar.is_identifier,
}

WITHOUT_COUNTERPART = {"FamiliarMatch", "ParseAnyReference", "ParseDockerRef", "ParseNamed"}
"""Functions of the authors' package that nothing here needs."""

NOT_TOLD = {"familiar_name", "familiar_string", "kind"}
"""Parts of an answer of theirs that no answer of ours has: short forms of names, and what Go calls the type."""

GROUPS = {"NameRegexp(anchored)": "_name", "ReferenceRegexp": "_reference"}


def answer(read: Callable[[str], Reference], text: str) -> dict[str, Any]:
    try:
        reference = read(text)
    except InvalidReferenceError as error:
        return {"ok": False, "fault": error.fault}
    return {
        "ok": True,
        "string": str(reference),
        "name": reference.name,
        "domain": reference.domain,
        "path": reference.path,
        "tag": reference.tag,
        "digest": reference.digest,
    }


def differs(read: Callable[[str], Reference], text: str, expected: dict[str, Any]) -> bool:
    got = answer(read, text)
    if not expected["ok"]:
        fault_names = FAULTS[expected["error"]] if "error" in expected else set(Fault)
        return got["ok"] or got["fault"] not in fault_names
    return any(got[key] != value for key, value in expected.items() if key not in NOT_TOLD)


def test_the_answers_of_the_authors_parser_are_ours() -> None:
    cases = load_cases()
    assert len(cases) > 250
    assert {text: ask(text) for text in cases} == cases


def test_the_answers_are_written_as_they_are_read() -> None:
    assert FACTS.read_text("utf-8") == dump_cases(load_cases())


@pytest.mark.corpus
def test_every_recorded_answer_of_the_authors_parser_is_ours(corpus: Path) -> None:
    recorded = read_recorded(corpus)
    assert len(recorded) > 800
    assert {text: ask(text) for text in recorded} == recorded
    assert load_cases().items() <= recorded.items()


DOMAINS = {
    "": "docker.io",
    "docker.io/": "docker.io",
    "index.docker.io/": "docker.io",
    "host.example/": "host.example",
    "localhost/": "localhost",
    "host:5000/": "host:5000",
    "HOST/": "HOST",
    "[2001:db8::1]:65536/": "[2001:db8::1]:65536",
    "[2001:DB8::1]/": "[2001:DB8::1]",
    "192.0.2.1/": "192.0.2.1",
}
"""As written → as meant."""
PATHS = ("a", "0", "a/b", "library/a", "a.b_c-d__e---f", "a" * 120 + "/" + "b" * 120)
TAGS = (None, "latest", "_", "1.0-x_Y", "t" * 128)
DIGESTS = (None, f"sha256:{HEX}", f"sha512:{HEX}{HEX}")


@pytest.mark.parametrize("written", DOMAINS)
def test_a_reference_is_read_into_the_parts_it_is_made_of(written: str) -> None:
    meant = DOMAINS[written]
    for path, tag, digest in itertools.product(PATHS, TAGS, DIGESTS):
        suffixes = (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
        whole = f"library/{path}" if meant == "docker.io" and "/" not in path else path
        normalized = Reference(meant, whole, tag, digest)
        assert references.parse_normalized(written + path + suffixes) == normalized
        if written:
            assert references.parse(written + path + suffixes) == Reference(written[:-1], path, tag, digest)
        assert references.parse_normalized(str(normalized)) == normalized


BAD_DOMAINS = (
    "-a.example",
    "a-.example",
    "a..example",
    "a_b.example:80",
    "a.example:http",
    "[::1",
    "[x::1]",
    ".example",
)
BAD_PATHS = ("", "-a", "a-", "a..b", "a___b", "a._b", "a//b", "/a", "a/", "A/b!", "a b", "é")
BAD_SUFFIXES = (
    ":",
    ":-1",
    ":.1",
    ":t" + "t" * 128,
    ":a/b",
    "@",
    "@sha256",
    "@sha256:",
    "@sha256:abc",
    f"@:{HEX}",
    ":1:2",
)


@pytest.mark.parametrize(
    "text",
    [
        *(f"{domain}/a:1" for domain in BAD_DOMAINS),
        *(f"host.example/{path}:1" for path in BAD_PATHS),
        *(f"host.example/a{suffix}" for suffix in BAD_SUFFIXES),
    ],
)
def test_one_bad_part_makes_the_whole_no_reference(text: str) -> None:
    for function in FUNCTIONS.values():
        with pytest.raises(InvalidReferenceError):
            function(text)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("web", ("", "web")),
        ("team/web", ("team", "web")),
        ("host.example:443/team/web", ("host.example:443", "team/web")),
        ("under_score", ("", "under_score")),
        ("under_score.example/web", ("", "under_score.example/web")),
        ("under_score.example:80/web", None),
        ("HOST/web", ("HOST", "web")),
        ("host/Web", None),
        ("web:1", None),
    ],
)
def test_a_name_is_a_domain_and_a_path(name: str, parts: tuple[str, str] | None) -> None:
    try:
        reference = references.parse_name(name)
    except InvalidReferenceError:
        assert parts is None
    else:
        assert (reference.domain, reference.path) == parts


@pytest.mark.parametrize(
    ("name", "tag", "digest", "expected"),
    [
        ("host.example/a", "1", None, "host.example/a:1"),
        ("host.example/a", None, f"sha256:{HEX}", f"host.example/a@sha256:{HEX}"),
        ("host.example/a", "1", f"sha256:{HEX}", f"host.example/a:1@sha256:{HEX}"),
        ("host.example/a", "-1", None, None),
        ("host.example/a", "1", "sha256:abc", None),
        ("host.example/A", "1", None, None),
    ],
)
def test_a_tag_and_a_digest_are_added(
    name: str, tag: str | None, digest: str | None, expected: str | None
) -> None:
    assert with_suffixes(name, tag, digest) == expected


def with_suffixes(name: str, tag: str | None, digest: str | None) -> str | None:
    """Return the name with its suffixes, or `None` if one of the three is wrong."""
    try:
        reference = references.parse_name(name)
        reference = reference if tag is None else references.with_tag(reference, tag)
        return str(reference if digest is None else references.with_digest(reference, digest))
    except InvalidReferenceError:
        return None


@pytest.mark.corpus
def test_every_case_of_the_authors_tests_passes(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = json.loads((corpus / "reference-cases.json").read_text(encoding="utf-8"))
    # Their tests register one algorithm only.
    monkeypatch.setattr(grammar, "DIGEST_LENGTHS", {"sha256": 64})
    asked = [case for case in cases["peer_cases"] if case["function"] not in WITHOUT_COUNTERPART]
    different = [case["id"] for case in asked if not peer_case_passes(case)]
    assert {case["function"] for case in cases["peer_cases"]} >= WITHOUT_COUNTERPART
    assert len(asked) > 160
    assert different == []


def peer_case_passes(case: dict[str, Any]) -> bool:
    function, given, expected = case["function"], case["input"], case["expect"]
    if function in FUNCTIONS:
        return not differs(FUNCTIONS[function], given, expected)
    if function in MATCHERS:
        return MATCHERS[function](given) == expected["match"]
    if function in GROUPS:
        found = getattr(grammar, GROUPS[function]).fullmatch(given)
        groups = [group or "" for group in found.groups()] if found else []
        return (found is not None) == expected["match"] and groups == expected.get("groups", groups)
    if function in ("WithTag", "WithDigest"):
        extended = with_suffixes(given["name"], given["tag"], given["digest"])
        return (extended is not None) == expected["ok"] and extended == expected.get("string", extended)
    pytest.fail(f"the corpus has a function that this test does not know: {function}")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", Fault.EMPTY, id="nothing"),
        pytest.param("host.example/x:1\n", Fault.FORMAT, id="a final newline is not overlooked"),
        pytest.param("host.example/x:\u0661", Fault.FORMAT, id="digits of other scripts are no digits"),
        pytest.param("https://host.example/x", Fault.FORMAT, id="an address"),
        pytest.param("host.example/a//b", Fault.FORMAT, id="an empty component"),
        pytest.param("host.example/" + "a" * 256, Fault.TOO_LONG, id="a path of 256"),
        pytest.param(
            f"host.example/x@md5:{HEX}", Fault.DIGEST_ALGORITHM, id="an algorithm that is not registered"
        ),
        pytest.param(f"host.example/x@sha256:{HEX}0", Fault.DIGEST_LENGTH, id="a digit too many"),
        pytest.param(f"host.example/x@sha256:{HEX[:32]}", Fault.DIGEST_LENGTH, id="32 digits"),
        pytest.param(f"host.example/x@sha256:{HEX[:31]}", Fault.FORMAT, id="31 digits"),
        pytest.param(f"host.example/x@sha256:{HEX.upper()}", Fault.DIGEST_FORMAT, id="a digest in capitals"),
        pytest.param("host.example/X", Fault.UPPERCASE, id="capitals"),
        pytest.param(HEX, Fault.IDENTIFIER, id="the identifier of an image"),
    ],
)
def test_what_is_no_reference_says_why(text: str, fault: Fault) -> None:
    with pytest.raises(InvalidReferenceError) as caught:
        references.parse_normalized(text) if text else references.parse(text)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [(HEX, True), (HEX[1:], False), (f"{HEX}0", False), (HEX.upper(), False), (f"sha256:{HEX}", False)],
)
def test_an_identifier_has_64_digits(text: str, expected: bool) -> None:
    assert grammar.is_identifier(text) is expected


def test_a_path_of_255_and_a_tag_of_128_are_fine() -> None:
    reference = references.parse("host.example/" + "a" * 255 + ":" + "t" * 128)
    assert (len(reference.path), len(reference.tag or "")) == (255, 128)


# --- in text ---

R = "mcr.microsoft.com"
X = f"{R}/azureml/x"


def found(text: str) -> list[str]:
    """Each mention as `reference`, `reference + ?` for an open end, `reference @` for an address, `! text`."""
    return [describe(mention, text) for mention in find(text, [R], PORTAL)]


PORTAL = ("artifact/mar", "product")


def describe(mention: Mention, text: str) -> str:
    assert text[mention.offset : mention.offset + mention.length] == mention.text
    if mention.reference is None:
        assert mention.fault is not None
        return f"! {mention.text}"
    return f"{mention.reference}{' + ?' if mention.open_ended else ''}{' @' if mention.address else ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{X}:latest", [f"{X}:latest"], id="alone"),
        pytest.param(f"Use {X}:20260316.v1. Then go on.", [f"{X}:20260316.v1"], id="a full stop"),
        pytest.param(f"Both {X}:1, {X}:2; ({X}:3)", [f"{X}:1", f"{X}:2", f"{X}:3"], id="commas and brackets"),
        pytest.param(f"Have you {X}:latest?", [f"{X}:latest"], id="a question mark"),
        pytest.param(f"The image {X}: it is small", [X], id="a colon of the sentence"),
        pytest.param(f"使用{X}:latest。", [f"{X}:latest"], id="no space around it in Chinese"),
        pytest.param(f"«{X}:latest»", [f"{X}:latest"], id="quotation marks of other languages"),
        pytest.param(f"docker pull {X}:latest && echo", [f"{X}:latest"], id="docker pull"),
        pytest.param(f"docker pull {X}:latest&&echo", [f"{X}:latest"], id="no space before &&"),
        pytest.param(
            f"FROM --platform=linux/amd64 {X}:1 AS base\nFROM {X}:2\n", [f"{X}:1", f"{X}:2"], id="Dockerfile"
        ),
        pytest.param(f"image: {X}:latest # note", [f"{X}:latest"], id="YAML"),
        pytest.param(f'{{"image":"{X}:latest"}}', [f"{X}:latest"], id="JSON"),
        pytest.param(f"{{image: {X}:latest}}", [f"{X}:latest"], id="YAML in braces"),
        pytest.param(f"Environment(image='{X}:latest')", [f"{X}:latest"], id="Python"),
        pytest.param(f"IMAGE={X}:latest", [f"{X}:latest"], id="a shell variable"),
        pytest.param(f"print('{X}:latest\\n')", [f"{X}:latest"], id="an escaped line break"),
        pytest.param(f"{X}:latest</br>", [f"{X}:latest"], id="a tag of HTML behind it"),
        pytest.param(f"{X}:latest<br>", [f"{X}:latest"], id="another"),
        pytest.param(f"{X}@sha256:{HEX}", [f"{X}@sha256:{HEX}"], id="a digest"),
        pytest.param(f"{X}:1@sha256:{HEX}.", [f"{X}:1@sha256:{HEX}"], id="a tag and a digest"),
        pytest.param("MCR.Microsoft.com/azureml/x:1", [f"{X}:1"], id="a host in capitals"),
        pytest.param(f"docker://{X}:1", [f"{X}:1"], id="skopeo's scheme"),
        pytest.param(f"https://{X}:1", [f"{X}:1"], id="an address with a tag is meant as a reference"),
        pytest.param(f"{X}", [X], id="no tag"),
        # unknown tags
        pytest.param(f"{X}:<tag>", [f"{X} + ?"], id="<tag>"),
        pytest.param(f"{X}:<your tag> now", [f"{X} + ?"], id="<your tag>"),
        pytest.param(f"{X}:${{TAG}}", [f"{X} + ?"], id="${TAG}"),
        pytest.param(f"{X}:${{TAG:-latest}}-cpu", [f"{X} + ?"], id="a default"),
        pytest.param(f"{X}:$TAG", [f"{X} + ?"], id="$TAG"),
        pytest.param(f"{X}:$(TAG)", [f"{X} + ?"], id="$(TAG)"),
        pytest.param(f"{X}:{{{{tag}}}}", [f"{X} + ?"], id="{{tag}}"),
        pytest.param(f"{X}:{{{{ tag }}}}", [f"{X} + ?"], id="{{ tag }}"),
        pytest.param(f"{X}:${{{{ matrix.tag }}}}", [f"{X} + ?"], id="${{ matrix.tag }}"),
        pytest.param(f"{X}:{{tag}}", [f"{X} + ?"], id="{tag}"),
        pytest.param(f"{X}:%TAG%", [f"{X} + ?"], id="%TAG%"),
        pytest.param(f"{X}:%s", [f"{X} + ?"], id="%s"),
        pytest.param(f"{X}:…", [f"{X} + ?"], id="an ellipsis"),
        pytest.param(f"{X}:...", [f"{X} + ?"], id="three dots"),
        pytest.param(f"{X}:2026*", [f"{X} + ?"], id="a star"),
        pytest.param(f'"{X}:" + tag', [f"{X} + ?"], id="a tag that code adds"),
        pytest.param(f"{X}:1@sha256:…", [f"{X}:1 + ?"], id="a digest left out"),
        pytest.param(f"{X}@sha256:<digest>", [f"{X} + ?"], id="a digest to fill in"),
        # addresses
        pytest.param(f"https://{R}/v2/azureml/x/tags/list", [], id="the distribution API"),
        pytest.param(f"curl {R}/v2/azureml/x/manifests/latest", [], id="the API without a scheme"),
        pytest.param(f"https://{R}/api/v1/catalog/azureml/x/details?reg=mar", [], id="the portal's API"),
        pytest.param(f"https://{R}/artifact/mar/azureml/x", [f"{X} @"], id="the portal"),
        pytest.param(
            f"(https://{R}/artifact/mar/azureml/x/tags).", [f"{X} @"], id="the portal's list of tags"
        ),
        pytest.param(
            f"https://{R}/en-us/product/azureml/x/about", [f"{X} @"], id="the portal's older address"
        ),
        pytest.param(f"https://{R}/", [], id="the host as an address"),
        pytest.param(f"https://{R}/azureml/x", [], id="an address without a tag"),
        pytest.param(f"https://example.com/{R}/azureml/x:1", [], id="the host in another's path"),
        pytest.param(f"/etc/certs.d/{R}/azureml/ca.crt", [], id="the host in a file's path"),
        # no references
        pytest.param(f"images on {R}.", [], id="the host"),
        pytest.param(f"under {R}/azureml/", [], id="a namespace"),
        pytest.param(f"{R}/… and {R}/...", [], id="the host and dots"),
        pytest.param(f"{R}/azureml/<image>:latest", [], id="any image"),
        pytest.param(f"{R}/azureml/${{IMAGE}}:${{TAG}}", [], id="any image and tag"),
        pytest.param(f"{R}/azureml/minimal-*", [], id="a pattern"),
        pytest.param(f'"{R}/azureml/minimal-" + name', [], id="a name that code adds to"),
        pytest.param(f"east.{R}/azureml/x:1", [], id="another host"),
        pytest.param(f"a@{R}/azureml/x:1", [], id="a mail address"),
        pytest.param(f"{R}:443/azureml/x:1", [], id="another port"),
        pytest.param("contoso.azurecr.io/azureml/x:1", [], id="another registry"),
        pytest.param("azureml/x:1", [], id="no host"),
        # broken
        pytest.param(f"{R}/AzureML/x:1", [f"! {R}/AzureML/x:1"], id="capitals"),
        pytest.param(f"{X}:1.0+cpu.", [f"! {X}:1.0+cpu"], id="a character that no tag has"),
        pytest.param(f"{X}:-1", [f"! {X}:-1"], id="a tag that begins with a dash"),
        pytest.param(f"{X}:1:2", [f"! {X}:1:2"], id="two tags"),
        pytest.param(f"{X}@sha256:abc", [f"! {X}@sha256:abc"], id="a short digest"),
        pytest.param(f"{R}/azureml//x:1", [f"! {R}/azureml//x:1"], id="two slashes"),
    ],
)
def test_references_are_found_in_text(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_several_registries_are_told_apart() -> None:
    text = "localhost:5000/x:1 localhost/x:1 ghcr.io/a/b:2"
    mentions = list(find(text, {"localhost:5000", "ghcr.io"}))
    assert [str(mention.reference) for mention in mentions] == ["localhost:5000/x:1", "ghcr.io/a/b:2"]
    assert list(find(text, ())) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{X}:latest " * 20_000, id="many references"),
        pytest.param(f"{R}/" * 50_000, id="hosts in a row"),
        pytest.param(f"{R}/" + "a-" * 300_000, id="a long name"),
        pytest.param(f"{X}:" + "<" * 500_000, id="brackets that never close"),
        pytest.param(f"{X}:" + "${" * 300_000, id="variables that never close"),
        pytest.param(f"{R}/artifact/mar/" + "a/tag" * 100_000 + "!", id="a portal's address"),
        pytest.param("://" * 300_000 + X, id="schemes"),
    ],
)
@pytest.mark.parametrize("size", [20_000, pytest.param(1_000_000, marks=full)])
def test_work_is_linear(size: int, text: str) -> None:
    assert_in_proportion(lambda part: list(find(part, [R], PORTAL)), text[:size])
