"""What has to be known to ask registries: by whom it was decided, and for which of them it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from imagedocs.registry.credentials import NO_VARIABLES, LoginVariables
from imagedocs.registry.transport import Limits


@dataclass(frozen=True, slots=True)
class HostAccess:
    """What has to be known to ask one registry. Nothing of it is used for another."""

    plain_http: bool = False
    trusted_realms: frozenset[str] = frozenset()
    page_size: int | None = None
    """Tags to ask for at once; `None`: as many as the registry gives."""
    timeout: int | None = None
    """Seconds for one question; `None`: that of the limits."""
    patience: int | None = None
    """Seconds that a list and all waits may take; `None`: those of the limits."""
    login: LoginVariables = NO_VARIABLES

    def limits(self, general: Limits) -> Limits:
        """Return the limits for this registry."""
        limits = general if self.patience is None else replace(general, patience=self.patience)
        if self.timeout is None:
            return limits
        exchange, page = max(limits.exchange, self.timeout / 3), max(limits.page, self.timeout)
        return replace(limits, operation=self.timeout, exchange=exchange, page=page)


@dataclass(frozen=True, slots=True)
class Access:
    """What the person asking decided about reaching registries."""

    limits: Limits = field(default_factory=Limits)
    plain_http: frozenset[str] = frozenset()
    """Registries (`localhost:5000`) that are spoken to without TLS; never tried by itself."""
    trusted_realms: frozenset[str] = frozenset()
    """Token services (`auth.example.com`) on another origin that may see the credentials."""
    hosts: Mapping[str, HostAccess] = field(default_factory=dict[str, HostAccess])
    """What the project's catalog says of its registries."""
    patience: float | None = None
    """Seconds that a list and all waits may take, whatever the catalog says; `None`: as it says."""
    tell: Callable[[str], None] = lambda _: None
    """Called with what is waited for, and with how far a long list is."""

    def limits_of(self, host: str) -> Limits:
        """Return the limits for one registry."""
        limits = self.hosts.get(host, HostAccess()).limits(self.limits)
        return limits if self.patience is None else replace(limits, patience=self.patience)
