"""`imagedocs verify` against Debian's docker-registry, and against the registry that has every fault."""

import base64
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import fault_server
from docker_registry import DockerRegistry, digest_of, running
from fault_server import RESPONDERS, serving
from imagedocs.problems import Position
from imagedocs.registry import Repository, TagFacts
from imagedocs.registry.access import Access
from imagedocs.registry.claims import Claim
from imagedocs.registry.maintenance.verify import Verification, verify
from imagedocs.registry.manifest import Manifest
from imagedocs.registry.transport import Limits
from imagedocs.registry.windows import months_before

DAY = date(2026, 11, 24)
PLACE = Position("docs/en/index.md", 3, 7)


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_AUTH_CONFIG", raising=False)
    return tmp_path / "config.json"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerRegistry]:
    with running(tmp_path_factory.mktemp("registry")) as registry:
        for tag in ("20260101.v1", "20260701.v2", "20260710.v1", "latest"):
            layer = b"new" if tag in {"20260710.v1", "latest"} else tag.encode()
            registry.push_image("good", tag, layer=layer)
        broken = registry.push_index("broken", "20260901.v1", {"linux/amd64": b"a", "linux/arm64": b"b"})
        registry.delete("broken", broken["linux/arm64"])
        alone = registry.push_image("alone", "latest", layer=b"pushed without a date")
        registry.push_image("alone", "20260901.v1")
        registry.attach_end_of_life("alone", alone, "2026-11-01")
        registry.push_image("numbered", "8.1", layer=b"old")
        registry.push_image("numbered", "8.1", layer=b"new")
        yield registry


def verified(
    registry: DockerRegistry, repository: str, tag: str = "", digest: str = "", known: Manifest | None = None
) -> Verification:
    claim = Claim(PLACE, f"{registry.host}/{repository}", tag, digest)
    access = Access(plain_http=frozenset({registry.host}))
    return verify([claim], known or Manifest(), DAY, access, {claim.repository: 6})


def messages(registry: DockerRegistry, verification: Verification) -> list[str]:
    return [str(problem).replace(registry.host, "HOST") for problem in verification.problems]


@pytest.mark.registry
@pytest.mark.parametrize(
    ("repository", "tag", "expected", "status"),
    [
        pytest.param("good", "20260710.v1", [], 0, id="a tag that is there"),
        pytest.param("good", "latest", [], 0, id="latest with a dated twin"),
        pytest.param("numbered", "", [], 0, id="a repository alone, which has no latest"),
        pytest.param(
            "nothing",
            "",
            [
                (
                    "docs/en/index.md:3:7: error: registry-gone: the registry does not have HOST/nothing; "
                    "run `imagedocs snapshot` to record it, and name a tag that is there"
                )
            ],
            1,
            id="a repository alone that is not there",
        ),
        pytest.param(
            "good",
            "20260711.v1",
            [
                (
                    "docs/en/index.md:3:7: error: registry-gone: the registry does not have HOST/good:20260711.v1; "
                    "run `imagedocs snapshot` to record it, and name a tag that is there"
                )
            ],
            1,
            id="a tag that is not there",
        ),
        pytest.param(
            "good",
            "20260101.v1",
            [
                (
                    "docs/en/index.md:3:7: warning: registry-outside-window: HOST/good:20260101.v1 is more "
                    'than 6 months older than latest (20260710.v1), and not supported; write "20260710.v1"'
                )
            ],
            1,
            id="a tag outside the window that is counted from latest",
        ),
    ],
)
def test_verify(
    registry: DockerRegistry, repository: str, tag: str, expected: list[str], status: int
) -> None:
    verification = verified(registry, repository, tag)
    assert messages(registry, verification) == expected
    assert verification.exit_status == status


@pytest.mark.registry
def test_what_was_recorded_once_is_no_longer_there(registry: DockerRegistry) -> None:
    known = Manifest({f"{registry.host}/good": Repository({"20260711.v1": TagFacts()})})
    verification = verified(registry, "good", "20260711.v1", known=known)
    assert messages(registry, verification) == [
        (
            "docs/en/index.md:3:7: error: registry-gone: the registry no longer has HOST/good:20260711.v1; "
            "run `imagedocs snapshot` to record it, and name a tag that is there"
        )
    ]


@pytest.mark.registry
def test_a_dated_tag_that_moved_has_drifted(registry: DockerRegistry) -> None:
    old, new = digest_of(b"old"), digest_in(registry, "good", "20260701.v2")
    known = Manifest({f"{registry.host}/good": Repository(tags={"20260701.v2": TagFacts(digest=old)})})
    assert messages(registry, verified(registry, "good", "20260701.v2", known=known)) == [
        (
            f"docs/en/index.md:3:7: error: registry-drift: HOST/good:20260701.v2 was moved from {old} to {new}; "
            "a dated tag should never name another image"
        )
    ]


@pytest.mark.registry
def test_a_digest_that_the_tag_does_not_have(registry: DockerRegistry) -> None:
    old, new = digest_of(b"old"), digest_in(registry, "good", "20260710.v1")
    assert messages(registry, verified(registry, "good", "20260710.v1", old)) == [
        (
            f"docs/en/index.md:3:7: error: registry-drift: HOST/good:20260710.v1@{old} names a digest that the tag "
            f'does not have: it has {new}; write "@{new}"'
        )
    ]
    assert messages(registry, verified(registry, "good", "", new)) == []


@pytest.mark.registry
def test_a_pinned_digest_is_right_while_it_can_be_pulled(registry: DockerRegistry) -> None:
    old, new = registry.push_image("numbered", layer=b"old"), digest_in(registry, "numbered", "8.1")
    verification = verified(registry, "numbered", "8.1", old)
    assert messages(registry, verification) == [
        (
            f"docs/en/index.md:3:7: suggestion: image-tag-moved: the tag of HOST/numbered:8.1@{old} has moved to {new}; "
            f'the digest can still be pulled; write "@{new}" to move with it'
        )
    ]
    assert verification.exit_status == 0


@pytest.mark.registry
def test_a_platform_that_cannot_be_pulled(registry: DockerRegistry) -> None:
    found = verified(registry, "broken", "20260901.v1").problems
    assert [problem.rule.label for problem in found] == ["registry-broken"]
    assert "20260901.v1 cannot be pulled for linux/arm64: sha256:" in found[0].message
    assert found[0].message.endswith(" is missing")


@pytest.mark.registry
def test_latest_without_a_dated_twin_and_past_its_end(registry: DockerRegistry) -> None:
    digest = digest_in(registry, "alone", "latest")
    assert messages(registry, verified(registry, "alone", "latest")) == [
        "docs/en/index.md:3:7: warning: registry-deprecated: HOST/alone:latest reached its end of life on 2026-11-01",
        (
            f"docs/en/index.md:3:7: warning: registry-latest-alone: latest of HOST/alone is {digest}, "
            "which no dated tag names; pin it by its digest"
        ),
    ]


def digest_in(registry: DockerRegistry, repository: str, tag: str) -> str:
    return digest_of(registry.request("GET", f"/v2/{repository}/manifests/{tag}")[2])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 10), date(2026, 1, 10)),
        (date(2026, 3, 5), date(2025, 9, 5)),
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2024, 8, 30), date(2024, 2, 29)),
    ],
)
def test_six_months_before(day: date, expected: date) -> None:
    assert months_before(day, 6) == expected


def test_exit_status_of_faults(docker_config: Path) -> None:
    """All in one run, as a catalog would have it: no fault spoils the verdict of another."""
    statuses = {
        "ok": 0, "auth-bearer": 0, "auth-basic": 0, "auth-two": 0, "auth-expiry": 0, "429-ra1": 0, "500-once": 0,
        "close-once": 0, "head404": 0, "head405": 0, "warning299": 0, "schema1": 0, "idx-noplat": 0,
        "mt-disagree": 0, "digest-lie": 0, "json-array": 0, "huge-tags": 0, "gzip-bomb": 0, "redir-port": 0,
        "name404": 1, "man404": 1, "ansi-error": 1, "deleted-between": 1,
        "deny403": 3, "html404": 3, "auth-loop": 3, "auth-evilrealm": 3, "portal200": 3, "wrong-ct": 3,
        "redir-loop": 3, "redir-file": 3, "204": 3, "200-empty": 3, "not-http": 3, "digest-garbage": 3,
        "auth-tokenhang": 3,
    }  # fmt: skip
    with serving(RESPONDERS) as server:
        auth = base64.b64encode(f"{fault_server.USER}:{fault_server.PASSWORD}".encode()).decode()
        docker_config.write_text(json.dumps({"auths": {server.host: {"auth": auth}}}), encoding="utf-8")
        claims = [Claim(PLACE, f"{server.host}/f/{fault}", "v1") for fault in statuses]
        access = Access(Limits(exchange=2, operation=4, page=4), plain_http=frozenset({server.host}))
        together = verify(claims, Manifest(), DAY, access)
        meaning = {"exists": 0, "missing": 1, "unknown": 3}
        found = {
            name.split("/f/")[1].removesuffix(":v1"): meaning[verdict]
            for name, verdict in together.verdicts.items()
        }
        assert found == statuses
        assert together.exit_status == 1
        assert server.leaks == []
        assert all(str(problem).isprintable() for problem in together.problems)
        single = {
            claim.repository.split("/f/")[1]: verify([claim], Manifest(), DAY, access).exit_status
            for claim in claims
            if not any(word in claim.repository for word in ("429", "-once", "expiry", "tokenhang"))
        }
        assert single == {fault: statuses[fault] for fault in single}
