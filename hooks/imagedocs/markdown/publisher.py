"""What the publisher of a site has elsewhere, as the site's configuration says it (`extra.imagedocs.publisher`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publisher:
    """Nothing of it, unless a project says so."""

    site: str = ""
    """Where addresses lead that begin with `/`; empty leaves them as they are."""
    hosts: tuple[str, ...] = ()
    """Those of `site`, under all its names: a link need not name them."""
    domains: tuple[str, ...] = ()
    """Of sites that have a folder for each language, and are reached over TLS; with all that is below them."""
    players: tuple[str, ...] = ()
    """Hosts of players of videos, beside YouTube's: `host`, or `host?query` with what an address needs besides."""
    video: str = ""
    """The address of the player, up to the id, of a video that is named by an id alone."""

    def has_domain(self, host: str) -> bool:
        """Whether `host` (in lower case) is one of the domains, or below one."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def player_query(self, host: str) -> str | None:
        """What the address of a video on `host` needs besides; `None` for no player of the publisher."""
        for player in self.players:
            name, _, query = player.partition("?")
            if name == host:
                return query
        return None
