"""Names that files of other programs have for what our fields hold."""

from collections.abc import Sequence

_USUAL_NAMES = {
    "repository": ("repo", "image", "image_name", "path"),
    "registry": ("host", "server", "registry_host"),
    "tag": ("version", "image_tag", "latest"),
    "id": ("name", "key", "slug"),
    "name": ("title", "label"),
    "title": ("name", "label", "heading"),
    "until": ("to", "end", "removed"),
    "from": ("since", "start", "begin", "added"),
    "accelerator": ("gpu", "device", "hardware"),
    "os": ("operating_system", "base"),
    "replacement": ("replaced_by", "successor", "use_instead"),
    "listed": ("released", "added"),
    "url": ("href", "link", "address"),
    "text": ("label", "description"),
}
"""Fields -> names that other files have for what they hold."""


def usual_name(key: str, known: Sequence[str]) -> str:
    """Return the field that a key of other files stands for; empty where there is none among the known ones."""
    word = key.casefold().replace("-", "_")
    return next((name for name, others in _USUAL_NAMES.items() if name in known and word in others), "")
