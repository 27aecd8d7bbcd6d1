"""The registry manifest in the forms of other tools: skopeo's sync, Carvel's ImagesLock, OCI's index.json."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping

import yaml

from imagedocs.registry import TagFacts
from imagedocs.registry.bodies import OCI_INDEX
from imagedocs.registry.manifest import Manifest

_REF_NAME = "org.opencontainers.image.ref.name"


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


def render_images_lock(manifest: Manifest) -> str:
    """A Carvel ImagesLock (`imgpkg.carvel.dev/v1alpha1`): every image whose digest is known, by its digest."""
    images = [
        {"annotations": {"kbld.carvel.dev/id": f"{name}:{tag}"}, "image": f"{name}@{facts.digest}"}
        for name, tag, facts in _tags(manifest)
        if facts.digest
    ]
    images += [
        {"annotations": {"kbld.carvel.dev/id": f"{name}@{digest}"}, "image": f"{name}@{digest}"}
        for name, repository in sorted(manifest.by_name.items())
        for digest in sorted(repository.digests)
    ]
    document = {"apiVersion": "imgpkg.carvel.dev/v1alpha1", "kind": "ImagesLock", "images": images}
    return "---\n" + yaml.safe_dump(document, sort_keys=False, default_flow_style=False)


def render_oci_index(manifest: Manifest) -> str:
    """The `index.json` of an OCI image layout: every tag whose descriptor is known whole, by its full name."""
    descriptors = [
        {
            "mediaType": facts.media_type,
            "digest": facts.digest,
            "size": facts.size,
            "annotations": {_REF_NAME: f"{name}:{tag}"},
        }
        for name, tag, facts in _tags(manifest)
        if facts.digest and facts.media_type and facts.size
    ]
    document = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": descriptors}
    return json.dumps(document, indent=1) + "\n"


def _tags(manifest: Manifest) -> Iterator[tuple[str, str, TagFacts]]:
    for name, repository in sorted(manifest.by_name.items()):
        for tag, facts in sorted(repository.tags.items()):
            yield name, tag, facts


def restrict(manifest: Manifest, names: Collection[str]) -> Manifest:
    """Only the repositories `names`: those of the catalog, say."""
    return Manifest({name: repository for name, repository in manifest.by_name.items() if name in names})


EXPORTS: Mapping[str, Callable[[Manifest], str]] = {
    "skopeo": render_skopeo_sync,
    "images-lock": render_images_lock,
    "oci-index": render_oci_index,
}
"""Forms by name."""
