"""The check of a project from the command line, which uses again what earlier runs have found out."""

from collections.abc import Mapping
from datetime import date
from functools import cache as cached
from pathlib import Path
from typing import TYPE_CHECKING

from imagedocs.check.analysis import analyze_pages, overlays_of
from imagedocs.check.checking import find_problems, known_facts
from imagedocs.check.facts import ProjectFacts
from imagedocs.check.judge import absent
from imagedocs.check.page_findings import LoadProject
from imagedocs.checks.site import Site
from imagedocs.commands.dry_runs import load_with_mkdocs
from imagedocs.commands.home import Home
from imagedocs.files.overlay import Overlay
from imagedocs.files.tree import Tree
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import digest_of_bytes
from imagedocs.incremental.store import cache_file
from imagedocs.incremental.version import library_version
from imagedocs.problems import CannotRun, Problem

if TYPE_CHECKING:
    from imagedocs.project import Project


class Check:
    """The check of the locales `tags` (none: all that are published) of the project in `root`."""

    def __init__(
        self,
        root: Path,
        as_of: date,
        tags: tuple[str, ...],
        on_demand: tuple[str, ...],
        *,
        forgets: bool,
        loads: bool = True,
    ) -> None:
        """Check locales with these `tags`; with `loads`, let MkDocs load the configuration, which runs hooks."""
        self.root = root
        self._as_of = as_of
        self._tags = tags
        self._on_demand = on_demand
        self._forgets = forgets
        self._loads = loads
        self._facts: ProjectFacts | None = None
        self.site: Site | None = None
        """The site as it was looked at last."""
        self.overlays: Mapping[str, Overlay] = {}
        """The files around the pages of each locale, by its tag."""

    def problems(self) -> tuple[Problem, ...]:
        """Look at the project as it is now. Raises CannotRun."""
        if not (self.root / "mkdocs.yml").is_file():
            message = f"there is no mkdocs.yml in {self.root}; go to the project, or name it with --project"
            raise CannotRun(message)
        arguments, tree = Arguments(self._as_of), Tree(self.root)
        cache = Cache() if self._forgets else Cache(cache_file(self.root, self._name), library_version())
        cache.answer_by({**tree.answerers(), **arguments.answerers()})
        load = _loader(self.root, arguments, tree, cache)
        self._facts = known_facts(cache, self.root, self._tags, load)
        self.overlays = overlays = overlays_of(self._facts, tree, load)
        self.site = site = analyze_pages(self._facts, overlays, load, cache)
        found = (*self._asked(load, site), *self._loaded(cache))
        problems = find_problems(self._facts, overlays, site, load, cache, found, self._on_demand)
        cache.save()
        return problems

    @property
    def _name(self) -> str:
        """The name of the cache: a check of some locales alone has one of its own."""
        return f"check-{digest_of_bytes(' '.join(self._tags).encode())[:8]}" if self._tags else "check"

    def _loaded(self, cache: Cache) -> tuple[Problem, ...]:
        if not self._loads:
            return ()
        return load_with_mkdocs(self.root, self._as_of, cache)

    def _asked(self, load: LoadProject, site: Site) -> tuple[Problem, ...]:
        if "external-" not in self._on_demand:
            return ()
        from imagedocs.project.external_links import check_external_links

        return check_external_links(load(), site)

    @property
    def _known(self) -> ProjectFacts:
        assert self._facts is not None, "nothing has been looked at"
        return self._facts

    @property
    def home(self) -> Home:
        return Home(self.root, self._known.site.address, self._known.default)

    def looks_at(self, path: str, rule: str) -> bool:
        """Whether this check would find again a problem of `rule` in the file at `path`."""
        if rule.startswith(absent(self._on_demand, knows_images=self._known.knows_images)):
            return False
        folder, _, rest = path.partition("/")
        return not self._tags or folder not in ("docs", "includes") or rest.partition("/")[0] in self._tags


def _loader(root: Path, arguments: Arguments, tree: Tree, cache: Cache) -> LoadProject:
    """Return what loads the project, with all modules that it needs, when it is called first."""

    @cached
    def load() -> "Project":
        from imagedocs.project import Project

        return Project(root, arguments, tree, cache)

    return load
