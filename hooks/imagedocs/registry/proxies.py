"""The HTTP proxies of the environment, as `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` name them.

Taken by hand: aiohttp's own way (`trust_env`) would read `~/.netrc` as well.
"""

import urllib.request

from yarl import URL

from imagedocs.errors import CannotRun
from imagedocs.registry.addresses import Reach, literal_reach


class Proxies:
    """Which proxy, if any, leads to an address. Loopback addresses never go through one, as in Go's clients."""

    def __init__(self) -> None:
        self._of_scheme = {
            scheme: _read_proxy(scheme, text)
            for scheme, text in urllib.request.getproxies().items()
            if scheme in {"http", "https", "all"} and text
        }
        self._known: dict[tuple[str, str], URL | None] = {}

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(proxy.host or "" for proxy in self._of_scheme.values())

    def proxy_for(self, url: URL) -> URL | None:
        if not self._of_scheme:
            return None
        key = (url.scheme, url.authority)
        if key not in self._known:
            self._known[key] = self._look_up(url)
        return self._known[key]

    def _look_up(self, url: URL) -> URL | None:
        host = url.host or ""
        if host == "localhost" or literal_reach(host) == Reach.LOOPBACK:
            return None
        if urllib.request.proxy_bypass(f"{host}:{url.port}"):
            return None
        return self._of_scheme.get(url.scheme) or self._of_scheme.get("all")


def _read_proxy(scheme: str, text: str) -> URL:
    try:
        proxy = URL(text if "://" in text else f"http://{text}")
    except ValueError:
        proxy = URL()
    if proxy.scheme not in {"http", "https"} or not proxy.host:
        raise CannotRun(f"the proxy in {scheme}_proxy is not an http:// or https:// address")
    return proxy
