"""The identity of a page, as docfx gives it: it outlives the address, so that what others keep of a page (ratings,
comments, counts) follows it when it moves."""

from collections.abc import Mapping
from hashlib import sha256
from posixpath import splitext
from uuid import UUID

from imagedocs.docfx.config import NOTHING, Config


def document_id(place: str, config: Config, originals: Mapping[str, str]) -> str:
    """Of the page at a place in the documentation set; `originals` has the pages whose identity others took over
    (see `original_places`)."""
    seen: set[str] = set()
    while place in originals and place not in seen:
        seen.add(place)
        place = originals[place]
    depot, path = _depot(place, config)
    stem = splitext(path.lower())[0]
    return str(UUID(bytes=sha256(f"{depot}|{stem}".encode()).digest()[:16]))


def _depot(place: str, config: Config) -> tuple[str, str]:
    """The name of the set that the page was in when it got its identity, and its path there: folders that come
    from another set say so (`documentId`)."""
    name, product = config.settings.text("name"), config.settings.text("product")
    depot, path = (f"{product}.{name}" if product else name), place
    moved = config.everywhere.fields.get("documentIdDepotMapping") or config.settings.fields.get("documentId")
    folders = sorted((moved or NOTHING).fields.items(), reverse=True)
    for folder, value in folders:
        base = folder.strip("/")
        if base not in ("", ".") and place != base and not place.startswith(f"{base}/"):
            continue
        rest = place if base in ("", ".") else place.removeprefix(base).lstrip("/")
        depot = value.text("depotName") or value.text("depot_name") or depot
        inside = value.fields.get("folderRelativePathInDocset") or value.fields.get(
            "folder_relative_path_in_docset"
        )
        if inside is not None and isinstance(inside.data, str):
            path = f"{inside.data.strip('/')}/{rest or place.rpartition('/')[2]}".lstrip("/")
        break
    return depot, path
