"""Every fault a registry was seen to have, met by a check and by a list: the verdict, the requests,
no credential that reaches a stranger, no control character in what is said."""

import asyncio
import base64
import json
from pathlib import Path

import pytest

import fault_server
from fault_server import RESPONDERS, FaultServer, serving
from imagedocs.registry.access import Access
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.transport import Limits
from imagedocs.registry.verdicts import Answer, TagList

QUICK = Limits(exchange=0.5, operation=1.2, page=1.2, patience=6)
PATIENT = Limits(exchange=1, operation=6, page=6)
"""For faults that are over after a wait which the server asks for."""

EXPECTED = {
    "ok": ("exists", "whole"),
    "auth-bearer": ("exists", "whole"),
    "auth-basic": ("exists", "whole"),
    "auth-two": ("exists", "whole"),
    "auth-loop": ("unknown", "unknown"),
    "auth-noheader": ("unknown", "unknown"),
    "auth-garbage": ("unknown", "unknown"),
    "auth-token500": ("unknown", "unknown"),
    "auth-tokenhtml": ("unknown", "unknown"),
    "auth-tokenempty": ("unknown", "unknown"),
    "auth-token401": ("unknown", "unknown"),
    "auth-tokenhang": ("unknown", "unknown"),
    "auth-evilrealm": ("unknown", "unknown"),
    "auth-expiry": ("exists", "whole"),
    "deny403": ("unknown", "unknown"),
    "name404": ("missing", "missing"),
    "man404": ("missing", "whole"),
    "html404": ("unknown", "unknown"),
    "429-ra1": ("exists", "whole"),
    "429-ra3600": ("unknown", "unknown"),
    "429-date": ("exists", "whole"),
    "429-none": ("exists", "whole"),
    "500-once": ("exists", "whole"),
    "502-html": ("unknown", "unknown"),
    "503-always": ("unknown", "unknown"),
    "close": ("unknown", "unknown"),
    "close-once": ("exists", "whole"),
    "reset-body": ("exists", "unknown"),
    "short-body": ("exists", "unknown"),
    "trunc-json": ("exists", "unknown"),
    "slow-head": ("unknown", "unknown"),
    "slow-body": ("exists", "unknown"),
    "blackhole": ("unknown", "unknown"),
    "portal200": ("unknown", "unknown"),
    "wrong-ct": ("unknown", "whole"),
    "mt-disagree": ("exists", "whole"),
    "digest-lie": ("exists", "whole"),
    "digest-none": ("exists", "whole"),
    "digest-garbage": ("unknown", "whole"),
    "head405": ("exists", "whole"),
    "head404": ("exists", "whole"),
    "page-ok": ("exists", "whole"),
    "page-self": ("exists", "partial"),
    "page-cycle": ("exists", "partial"),
    "page-endless": ("exists", "partial"),
    "page-evil": ("exists", "partial"),
    "page-evil-bearer": ("exists", "partial"),
    "page-badlink": ("exists", "partial"),
    "page-nol": ("exists", "whole"),
    "redir-evil": ("exists", "whole"),
    "redir-evil-bearer": ("exists", "whole"),
    "redir-port": ("exists", "whole"),
    "redir-loop": ("unknown", "unknown"),
    "redir-file": ("unknown", "unknown"),
    "huge-tags": ("exists", "whole"),
    "huge-manifest": ("exists", "unknown"),
    "endless-body": ("exists", "unknown"),
    "gzip-bomb": ("exists", "unknown"),
    "non-utf8": ("exists", "unknown"),
    "bom": ("exists", "whole"),
    "tags-null": ("exists", "whole"),
    "tags-missing": ("exists", "unknown"),
    "tags-type": ("exists", "partial"),
    "tags-list": ("exists", "unknown"),
    "tags-dup": ("exists", "whole"),
    "tags-unsorted-dups": ("exists", "whole"),
    "name-other": ("exists", "whole"),
    "deleted-between": ("missing", "whole"),
    "schema1": ("exists", "whole"),
    "idx-noplat": ("exists", "whole"),
    "json-array": ("exists", "whole"),
    "deep-json": ("exists", "unknown"),
    "big-header": ("unknown", "unknown"),
    "many-headers": ("unknown", "unknown"),
    "warning299": ("exists", "whole"),
    "ansi-error": ("missing", "missing"),
    "204": ("unknown", "unknown"),
    "200-empty": ("unknown", "unknown"),
    "not-http": ("unknown", "unknown"),
    "auth-portrealm": ("unknown", "unknown"),
}
"""What must be said of each fault: by a check, by a list."""

MOST_REQUESTS = {"page-endless": QUICK.pages}
WAITING = {"429-ra1", "429-date", "429-none", "503-always", "502-html", "close", "page-endless"}


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Docker configuration of our own, empty until a test writes it."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_AUTH_CONFIG", raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "config.json"


def write_credentials(path: Path, *servers: FaultServer) -> None:
    auth = base64.b64encode(f"{fault_server.USER}:{fault_server.PASSWORD}".encode()).decode()
    path.write_text(
        json.dumps({"auths": {server.host: {"auth": auth} for server in servers}}), encoding="utf-8"
    )


async def ask(server: FaultServer, question: str, fault: str, limits: Limits) -> tuple[str, Answer | TagList]:
    """Return what is said, with the whole answer."""
    access = Access(limits, plain_http=frozenset({server.host}))
    async with OciRegistry(server.host, access) as registry:
        if question == "list":
            listed = await registry.list_tags(f"f/{fault}")
            return str(listed.completeness), listed
        answer = await registry.check(f"f/{fault}", "v1")
        return str(answer.verdict), answer


def test_every_row_of_the_table_is_served() -> None:
    assert {name for name in RESPONDERS if not name.startswith("token")} == set(EXPECTED)


@pytest.mark.parametrize("fault", EXPECTED)
def test_fault(docker_config: Path, fault: str) -> None:
    """A check and a list at the same time, each of a server of its own: half of the time is waiting."""
    limits = PATIENT if fault in WAITING else QUICK
    with serving(RESPONDERS) as checked, serving(RESPONDERS) as listed:
        write_credentials(docker_config, checked, listed)

        async def both() -> tuple[tuple[str, Answer | TagList], ...]:
            questions = (ask(checked, "check", fault, limits), ask(listed, "list", fault, limits))
            return tuple(await asyncio.gather(*questions))

        answers = asyncio.run(asyncio.wait_for(both(), 120))
        assert tuple(said for said, _ in answers) == EXPECTED[fault], [a.reason for _, a in answers]
        for server, (said, answer) in zip((checked, listed), answers, strict=True):
            assert len(server.calls) <= MOST_REQUESTS.get(fault, 10)
            assert server.leaks == []
            shown = " ".join([answer.reason, *answer.warnings])
            assert shown.isprintable()
            assert fault_server.PASSWORD not in shown
            assert fault_server.BASIC.split()[1] not in shown
            assert bool(answer.reason) == (said not in {"exists", "whole"})
