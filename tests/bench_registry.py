"""What a refresh costs: CPU a tag, wall time with latency, memory. Run by `make bench`; exits 1 over a limit.

A loopback server in a process of its own serves 200 repositories of 50 tags; the CPU counted is the client's.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from imagedocs.registry import Platform, Repository, TagFacts
from imagedocs.registry.access import Access
from imagedocs.registry.contents import REGISTRY
from imagedocs.registry.manifest import Manifest
from imagedocs.registry.oci import OciRegistries, OciRegistry
from imagedocs.registry.refresh import Depth, Refresh
from imagedocs.registry.transport import Limits
from imagedocs.registry.workers import work_through

REPOSITORIES, TAGS = 200, 50
MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json"
BODY = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": MEDIA_TYPE,
        "config": {"mediaType": "application/vnd.example", "digest": "sha256:" + "0" * 64, "size": 2},
        "layers": [],
    }
).encode()
DIGEST = "sha256:" + hashlib.sha256(BODY).hexdigest()


def tag_names(count: int) -> list[str]:
    dated = [
        f"20{20 + number // 3650 % 60:02}{number // 10 % 12 + 1:02}{number % 28 + 1:02}.v{number}"
        for number in range(1, count)
    ]
    return [*dated, "latest"]


class Server(asyncio.Protocol):
    """The least that answers HEAD and GET of manifests and lists."""

    lists: ClassVar[dict[str, bytes]] = {}
    delay = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.pending = b""

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"\x16"):  # skopeo tries TLS first
            self.transport.close()
            return
        self.pending += data
        while b"\r\n\r\n" in self.pending:
            request, self.pending = self.pending.split(b"\r\n\r\n", 1)
            answer = self.answer(request)
            if self.delay:
                asyncio.get_running_loop().call_later(self.delay, self.transport.write, answer)
            else:
                self.transport.write(answer)

    def answer(self, request: bytes) -> bytes:
        method, target, _ = request.split(b" ", 2)
        path = target.decode().split("/")
        if path == ["", "v2", ""]:
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        if path[-1] == "list":
            body = self.lists[path[3] if len(path) > 5 else path[2]]
            return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
                len(body),
                body,
            )
        if path[-2] != "manifests":
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        head = (
            b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nDocker-Content-Digest: %s\r\n\r\n"
        )
        answer = head % (MEDIA_TYPE.encode(), len(BODY), DIGEST.encode())
        return answer if method == b"HEAD" else answer + BODY


def serve(port: "multiprocessing.Queue[int]", delay: float) -> None:
    async def run() -> None:
        Server.delay = delay
        usual = json.dumps({"name": "r", "tags": tag_names(TAGS)}).encode()
        Server.lists = {f"r{number}": usual for number in range(REPOSITORIES)}
        for count in (10_000, 100_000):
            Server.lists[f"n{count}"] = json.dumps({"name": "r", "tags": tag_names(count)}).encode()
        server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextlib.contextmanager
def serving(delay: float = 0) -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    port: multiprocessing.Queue[int] = context.Queue()
    process = context.Process(target=serve, args=(port, delay), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{port.get()}"
    finally:
        process.terminate()
        process.join()


def recorded(host: str) -> Manifest:
    """What a refresh finds recorded when nothing has changed since."""
    facts = TagFacts(
        DIGEST, MEDIA_TYPE, len(BODY), None, None, (Platform("linux/amd64", DIGEST, 2),), REGISTRY
    )
    repository = Repository(tags=dict.fromkeys(tag_names(TAGS), facts))
    return Manifest({f"{host}/azureml/r{number}": repository for number in range(REPOSITORIES)})


def refresh(host: str, known: Manifest, depth: Depth) -> None:
    async def run() -> None:
        work = Refresh(known, date(2026, 1, 1), depth)
        async with OciRegistries(Access(Limits(), frozenset({host}))) as registries:
            await work.run(known.by_name, registries)
        assert not work.unanswered, work.unanswered
        assert work.result() == known

    asyncio.run(run())


def head_every_tag(host: str) -> None:
    """What other tools do: HEAD for each tag."""

    async def run() -> None:
        async with OciRegistry(host, Access(Limits(), frozenset({host}))) as registry:
            pairs = [(f"azureml/r{number}", tag) for number in range(REPOSITORIES) for tag in tag_names(TAGS)]

            async def one(pair: tuple[str, str]) -> None:
                assert (await registry.check(*pair)).digest == DIGEST

            await work_through(pairs, one, 16)

    asyncio.run(run())


def measure(work: Callable[[], None], runs: int = 5) -> tuple[float, float]:
    """CPU and wall seconds, each the least of several runs: what others on the machine add is not ours."""
    results: list[tuple[float, float]] = []
    for _ in range(runs):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        results.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(cpu for cpu, _ in results), min(wall for _, wall in results)


def skopeo_cpu(host: str, count: int) -> float:
    """CPU seconds of skopeo, one process a tag, for `count` tags."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for tag in tag_names(TAGS)[:count]:
        command = ["skopeo", "inspect", "--raw", "--tls-verify=false", f"docker://{host}/azureml/r0:{tag}"]
        subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak_memory(host: str, repository: str) -> int:
    """The peak of a fresh process that lists one repository, in KiB."""
    command = [sys.executable, __file__, "--list", host, repository]
    return int(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)


def list_and_say_peak(host: str, repository: str) -> None:
    async def run() -> None:
        async with OciRegistry(host, Access(Limits(), frozenset({host}))) as registry:
            listed = await registry.list_tags(repository)
            assert str(listed.completeness) == "whole", listed.reason

    asyncio.run(run())
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", nargs=2, metavar=("HOST", "REPOSITORY"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.list:
        list_and_say_peak(*arguments.list)
        return 0
    rows: list[tuple[str, float, float, str]] = []
    count = REPOSITORIES * TAGS
    with serving() as host:
        known = recorded(host)
        mutable, _ = measure(lambda: refresh(host, known, Depth()))
        rows.append(("list + HEAD of mutable tags, CPU a tag", mutable / count * 1e6, 60, "µs"))
        every, _ = measure(lambda: refresh(host, known, Depth(every_tag=True)), 3)
        rows.append(("HEAD of all, CPU a tag", every / count * 1e6, 250, "µs"))
        one_a_tag = skopeo_cpu(host, 20) / 20
        rows.append(
            ("HEAD of all against skopeo, one process a tag", every / count / one_a_tag, 1 / 50, "x CPU")
        )
        small, large = (peak_memory(host, f"azureml/n{tags}") for tags in (10_000, 100_000))
        rows.append(("peak memory of 100,000 tags against 10,000", large / small, 1.1, "x"))
    with serving(0.04) as host:
        known = recorded(host)
        _, quick = measure(lambda: refresh(host, known, Depth()), 1)
        _, slow = measure(lambda: head_every_tag(host), 1)
        rows.append(("with 40 ms of latency, against HEAD of every tag", quick / slow, 0.1, "x wall"))
    for name, value, limit, unit in rows:
        print(f"{name:50} {value:10.3f} {unit:7} (at most {limit:g}){'' if value <= limit else '  TOO MUCH'}")
    return int(any(value > limit for _, value, limit, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
