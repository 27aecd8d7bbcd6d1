"""Give the client of registries what a project's catalog says of each.

Only commands that use the network import this module (`imagedocs[live]`).
"""

from dataclasses import replace

from imagedocs.catalog import Catalog
from imagedocs.registry.access import Access, HostAccess
from imagedocs.registry.credentials import LoginVariables


def with_catalog(access: Access, catalog: Catalog) -> Access:
    """Return `access` with what the catalog says of its registries."""
    hosts = {
        each.host: HostAccess(
            plain_http=each.plain_http,
            trusted_realms=frozenset(each.token_hosts),
            page_size=each.page_size,
            timeout=each.timeout,
            patience=each.patience,
            login=LoginVariables(each.login.user, each.login.password, each.login.token),
        )
        for each in catalog.registries
    }
    return replace(access, hosts=hosts)
