"""Read the files in `catalog/`: the images, the record of their tags, and the images that pages may name besides."""

from datetime import date
from pathlib import Path

from imagedocs.catalog import Catalog, load_catalog
from imagedocs.checks.allowed_images import PATH as ALLOWED_IMAGES
from imagedocs.checks.allowed_images import AllowedImage, read_allowed_images
from imagedocs.checks.registries import hosts_of
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.reads import is_file, read_bytes, remembered
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.locales.files import BEGINNING
from imagedocs.problems import Position, Problem, Rule
from imagedocs.registry.manifest import Manifest, load_manifest

MANIFEST_PATH = "catalog/registry.json"
"""Project path of the record."""
_MAX_BYTES = 64 * 1024 * 1024


class CatalogFiles:
    """Files of `catalog/` in a folder. Each is read once, when it is first asked for."""

    def __init__(self, root: Path, arguments: Arguments) -> None:
        self.root = root
        self.arguments = arguments

    @property
    def as_of(self) -> date:
        """Day that counts as today."""
        self.arguments.note("as_of")
        return self.arguments.as_of

    @property
    def catalog(self) -> Catalog:
        """Images; an empty catalog when the file can't be read."""
        return self._catalog[0]

    @property
    @remembered
    def _catalog(self) -> tuple[Catalog, tuple[Problem, ...]]:
        text, problems = _read(self.root, CATALOG_PATH)
        if text is None:
            return Catalog(1, "", (), ()), problems
        return load_catalog(CATALOG_PATH, text, self.as_of)

    @property
    def manifest(self) -> Manifest | None:
        """Record of tags; `None` when it can't be read to its end, so that nothing is known of images."""
        return self._manifest[0]

    @property
    @remembered
    def _manifest(self) -> tuple[Manifest | None, tuple[Problem, ...]]:
        text, problems = _read(self.root, MANIFEST_PATH)
        return (None, problems) if text is None else load_manifest(MANIFEST_PATH, text)

    @property
    def allowed_images(self) -> tuple[AllowedImage, ...]:
        """Images that pages may name although the manifest doesn't have them."""
        return self._allowed_images[0]

    @property
    @remembered
    def _allowed_images(self) -> tuple[tuple[AllowedImage, ...], tuple[Problem, ...]]:
        if not is_file(self.root, ALLOWED_IMAGES):
            return (), ()
        text, problems = _read(self.root, ALLOWED_IMAGES)
        return ((), problems) if text is None else read_allowed_images(ALLOWED_IMAGES, text)

    @property
    def catalog_problems(self) -> tuple[Problem, ...]:
        """Problems with these files."""
        return (*self._catalog[1], *self._manifest[1], *self._allowed_images[1])

    @property
    @remembered
    def image_hosts(self) -> frozenset[str]:
        """Registries whose images are looked for in pages; none when it isn't known which images there are."""
        known = self.manifest is not None and self.catalog.registry
        return hosts_of(self.catalog, self.manifest) if self.manifest is not None and known else frozenset()


def _read(root: Path, path: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return the bytes of one of the project's own files, whose form the caller judges, or the problem with reading
    it."""
    try:
        return read_bytes(root, path, _MAX_BYTES), ()
    except FileNotFoundError:
        message, hint = "is not there", BEGINNING
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", ""
    return None, (Problem(Position(path), Rule.UNREADABLE_FILE, message, hint),)
