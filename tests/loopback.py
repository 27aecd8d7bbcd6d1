"""Servers of the tests' own, on the loopback, that behave as a test says."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class LoopbackHandler(BaseHTTPRequestHandler):
    """Says nothing of its requests; `answer` answers them all."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        raise NotImplementedError

    def do_HEAD(self) -> None:  # the base class wants it so
        self.answer()

    def do_GET(self) -> None:  # the base class wants it so
        self.answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class has it so
        pass


@contextmanager
def served(handler: type[LoopbackHandler], certificate: Path | None = None) -> Iterator[str]:
    """The server's address, while it runs; of a server with TLS when there is a `certificate`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
