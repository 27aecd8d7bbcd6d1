"""A project in an editor: the same checks as on the command line, with the texts that are not saved yet."""

from collections.abc import Mapping
from pathlib import Path

from imagedocs.added.configurations import docs_folder
from imagedocs.catalog_files import CatalogFiles
from imagedocs.checks.site import LocaleSite
from imagedocs.checks.summaries import place_of
from imagedocs.commands.check import check_of_added
from imagedocs.commands.checking import Check
from imagedocs.commands.checking_added import CheckAdded
from imagedocs.commands.printing import rules_base
from imagedocs.editor.names import Images, Surroundings
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.unsaved import unsaved
from imagedocs.parts import PAGE_TEMPLATES
from imagedocs.problems import Problem
from imagedocs.today import today


class EditedProject:
    """The project in a folder. Only one is checked at a time, by one thread; see `imagedocs.incremental.reads`."""

    def __init__(self, root: Path, *, builds: bool) -> None:
        """With `builds`, let MkDocs load or build the site when a file is saved, which runs plugins and hooks."""
        self.root = root
        self.images = Images()
        self.rules = ""
        """Address of the site that has the pages of the rules; empty without one."""
        self._builds = builds
        self._locales: tuple[LocaleSite, ...] = ()
        self._fragments: Mapping[str, tuple[str, ...]] = {}
        """Files that pages can take in, by the tag of the locale."""
        self._folder = ""
        """Project path of the folder of pages of a site that imagedocs was added to; empty for the project itself."""
        self._files: tuple[str, ...] = ()
        self._built: tuple[Problem, ...] = ()

    def check(self, texts: Mapping[str, bytes], *, saved: bool) -> tuple[Problem, ...]:
        """Return what is wrong, with these texts in place of files. `saved` says that nothing is to come. Raises
        CannotRun."""
        day = today()
        with unsaved(self.root, texts):
            added = check_of_added(self.root, day, None, builds=False, says_so=False)
            if added is None:
                loads = self._builds and all(path.endswith(".md") for path in texts)
                check = Check(self.root, day, (), (), forgets=False, loads=loads)
                problems = check.problems()
                self._look(check)
            else:
                problems = self._check_added(added, texts, saved=saved)
            self.images = Images.of(CatalogFiles(self.root, Arguments(day)))
        return problems

    def surroundings(self, path: str) -> Surroundings | None:
        """Return what the file at a project path can name; `None` for one that is part of no site."""
        if self._files:
            start = f"{self._folder}/" if self._folder else ""
            files = {each.removeprefix(start): each for each in self._files}
            inside = path.startswith(start)
            return Surroundings(path.removeprefix(start), files, folder=self._folder) if inside else None
        if path.startswith("includes/") and self._locales:
            locale = self._locales[0]
            files = {project_path: project_path for project_path in locale.files.values()}
            anchors = {
                file: locale.anchors[place] for place, file in locale.files.items() if place in locale.anchors
            }
            return Surroundings(path, files, anchors, self._fragments[locale.tag])
        for locale in self._locales:
            folder = f"docs/{locale.tag}"
            if path.startswith(f"{folder}/"):
                return Surroundings(
                    place_of(path), locale.files, locale.anchors, self._fragments[locale.tag], folder
                )
        return None

    def _look(self, check: Check) -> None:
        assert check.site is not None, "the check has looked at the site"
        self._locales = check.site.locales
        self._fragments = {
            tag: tuple(path for path in overlay.fragments if f"{path}.j2" not in PAGE_TEMPLATES)
            for tag, overlay in check.overlays.items()
        }
        self.rules = rules_base(check.home)

    def _check_added(
        self, added: CheckAdded, texts: Mapping[str, bytes], *, saved: bool
    ) -> tuple[Problem, ...]:
        """Check the texts alone, and keep beside that what the last build has found in the files that are as they were
        then."""
        folder = docs_folder(added.file) if added.file is not None else self.root
        paths = sorted(path for path in folder.rglob("*") if path.is_file()) if added.file is not None else []
        inside = folder.is_relative_to(self.root)
        self._folder = folder.relative_to(self.root).as_posix() if inside and folder != self.root else ""
        self._files = tuple(path.relative_to(self.root).as_posix() for path in paths) if inside else ()
        if saved and self._builds:
            building = check_of_added(self.root, added.as_of, None, builds=True, says_so=False)
            assert building is not None, "it was one a moment ago"
            self._built = building.problems()
            if not texts:
                return self._built
        found = added.problems()
        kept = (
            each
            for each in self._built
            if each.position.path not in texts and not added.looks_at(each.position.path, each.rule.label)
        )
        return (*found, *kept)
