"""A check of a project, from the command line: what earlier runs have found out is used again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from imagedocs.cache.memory import Memory, memory_of
from imagedocs.cache.version import library_version
from imagedocs.checks.site import Site
from imagedocs.files.reading import line_reader
from imagedocs.files.tree import Tree
from imagedocs.judging.frame import Frame
from imagedocs.judging.frame_key import remembered_frame
from imagedocs.judging.judge import absent, judge
from imagedocs.judging.survey import overlays_of, survey
from imagedocs.judging.units import Reads, hash_of
from imagedocs.markdown.document import Document
from imagedocs.markdown.sources import Source
from imagedocs.problems import CannotRun, Problem

if TYPE_CHECKING:
    from imagedocs.project.framing import ProjectAuthority


@dataclass(frozen=True, slots=True)
class Home:
    """What a report needs to know of a project."""

    root: Path
    site_url: str
    default: str
    """The tag of the default locale."""


class Check:
    """The check of the locales `tags` (none: all that are published) of the project in `root`."""

    def __init__(
        self, root: Path, as_of: date, tags: tuple[str, ...], on_demand: tuple[str, ...], *, forgets: bool
    ) -> None:
        self.root = root
        self._as_of = as_of
        self._tags = tags
        self._on_demand = on_demand
        self._forgets = forgets
        self._frame: Frame | None = None

    def problems(self) -> tuple[Problem, ...]:
        """Look at the project as it is now. Raises CannotRun."""
        if not (self.root / "mkdocs.yml").is_file():
            message = f"there is no mkdocs.yml in {self.root}; go to the project, or name it with --project"
            raise CannotRun(message)
        memory = Memory()
        if not self._forgets:
            name = f"check-{hash_of(' '.join(self._tags).encode())[:8]}" if self._tags else "check"
            memory = memory_of(self.root, name, library_version())
        tree = Tree(self.root)
        authority = _Lazy(self.root, self._as_of)
        frame = remembered_frame(memory, tree, self._tags, self._as_of, lambda: authority.frame(self._tags))
        self._frame = frame
        overlays = overlays_of(frame, tree, authority)
        pages = survey(frame, overlays, authority, memory)
        memory.save()
        found = (*pages.found, *self._asked(authority, pages.site))
        return judge(
            frame,
            pages.site,
            found,
            pages.used,
            line_reader(self.root),
            lambda tag: overlays[tag].fragments,
            self._on_demand,
        )

    def _asked(self, authority: "_Lazy", site: Site) -> tuple[Problem, ...]:
        if "external-" not in self._on_demand:
            return ()
        from imagedocs.project.external_links import check_external_links

        return check_external_links(authority.project.project, site)

    @property
    def _known(self) -> Frame:
        assert self._frame is not None, "nothing has been looked at"
        return self._frame

    @property
    def home(self) -> Home:
        return Home(self.root, self._known.site_url, self._known.default)

    def looks_at(self, path: str, rule: str) -> bool:
        """Whether this check would find again a problem of `rule` in the file at `path`."""
        if rule.startswith(absent(self._on_demand, knows_images=self._known.knows_images)):
            return False
        folder, _, rest = path.partition("/")
        return not self._tags or folder not in ("docs", "includes") or rest.partition("/")[0] in self._tags


class _Lazy:
    """The authority on a project, loaded with all that it needs when it is asked something."""

    def __init__(self, root: Path, as_of: date) -> None:
        self._root = root
        self._as_of = as_of

    @cached_property
    def project(self) -> "ProjectAuthority":
        from imagedocs.project import Project
        from imagedocs.project.framing import ProjectAuthority

        return ProjectAuthority(Project.load(self._root, self._as_of))

    def frame(self, tags: tuple[str, ...]) -> Frame:
        from imagedocs.project.framing import frame_of

        return frame_of(self.project.project, tags)

    def findings(
        self, place: str, documents: Mapping[str, Document], reads: Reads, *, notes_versions: bool
    ) -> tuple[Problem, ...]:
        return self.project.findings(place, documents, reads, notes_versions=notes_versions)

    def strays(
        self, tag: str, is_in_unit: Callable[[str], bool], *, notes_versions: bool
    ) -> tuple[Problem, ...]:
        return self.project.strays(tag, is_in_unit, notes_versions=notes_versions)

    def images(self, document: Document) -> tuple[tuple[Problem, ...], tuple[int, ...]]:
        return self.project.images(document)

    def why_absent(self, path: str) -> str:
        return self.project.why_absent(path)

    def is_extra(self, file: str, folder: str) -> bool:
        return self.project.is_extra(file, folder)

    def versions(self, tag: str, path: str, text: str) -> frozenset[str] | None:
        return self.project.versions(tag, path, text)

    def render(self, tag: str, path: str, text: str) -> Source:
        return self.project.render(tag, path, text)
