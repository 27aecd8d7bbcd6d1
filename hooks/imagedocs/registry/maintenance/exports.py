"""The registry manifest in the form that skopeo copies from."""

from collections.abc import Collection

import yaml

from imagedocs.registry.manifest import Manifest


def render_skopeo_sync(manifest: Manifest, plain_http: Collection[str] = ()) -> str:
    """For `skopeo sync --src yaml`: every tag, and every digest that no tag is known of."""
    images: dict[str, dict[str, list[str]]] = {}
    for name, repository in sorted(manifest.by_name.items()):
        references = [*sorted(repository.tags), *sorted(repository.digests)]
        host, _, path = name.partition("/")
        if references:
            images.setdefault(host, {})[path] = references
    document = {
        host: {"images": of_host, "tls-verify": False} if host in plain_http else {"images": of_host}
        for host, of_host in images.items()
    }
    return yaml.safe_dump(document, sort_keys=True, default_flow_style=False)


def restrict(manifest: Manifest, names: Collection[str]) -> Manifest:
    """Only the repositories `names`: those of the catalog, say."""
    return Manifest({name: repository for name, repository in manifest.by_name.items() if name in names})
