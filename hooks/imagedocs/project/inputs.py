"""What the site of a locale is made from, as one hash: while it is the same, the site would be the same."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from functools import cached_property
from hashlib import blake2b

from imagedocs.cache.version import library_version
from imagedocs.docfx.redirections import NAMES as REDIRECTIONS
from imagedocs.docfx.repositories import NAME as REPOSITORIES
from imagedocs.files.overlay import Overlay
from imagedocs.files.tree import Tree
from imagedocs.freshness import FOLDER as VERSIONS
from imagedocs.freshness import render_page
from imagedocs.incremental.reads import remembered
from imagedocs.locales import Formats, Locale
from imagedocs.parts import parts
from imagedocs.project import Project
from imagedocs.project.translations import status, translations_of

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_FOR_ALL = ("catalog", "hooks", "includes", "locales")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=repr)


def digest_of(*values: object) -> str:
    """One hash of values that are texts, numbers, or lists and mappings of such."""
    text = _ENCODER.encode(values)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _installed(project: Project) -> list[tuple[Tree, str]]:
    """The parts of imagedocs that do not lie in the project: each with the folder that it lies in, and its name."""
    return [
        (Tree(part.parent), part.name) for part in astuple(parts()) if not part.is_relative_to(project.root)
    ]


def _contents(tree: Tree, paths: Iterable[str]) -> list[tuple[str, str]]:
    return [(path, tree.digest(path)) for path in paths if "/__pycache__/" not in path]


class Inputs:
    """All that the sites of a project's locales are made from."""

    def __init__(self, project: Project, settings: str, before: "Inputs | None" = None) -> None:
        """`settings` is what the site generator was told, as a text. Files are looked at as the project has them, or
        again, where they were looked at `before`."""
        self._project = project
        self._settings = settings
        self._tree: Tree = before._tree.again() if before else project.tree
        self._installed: list[tuple[Tree, str]] = (
            [(tree.again(), name) for tree, name in before._installed] if before else _installed(project)
        )
        self._parts = [
            (path, digest)
            for tree, name in self._installed
            for path, digest in _contents(tree, tree.walk(name))
        ]
        shown = [path for folder in _FOR_ALL for path in self._tree.walk(folder)]
        tags = sorted(project.locales.tags)
        folders = ("", *(f"docs/{tag}/" for tag in tags))
        hidden = [folder + name for folder in folders for name in REDIRECTIONS]
        paths = [path for path in shown if not path.startswith(f"{VERSIONS}/")]
        self.common = digest_of(
            library_version(),
            settings,
            self._parts,
            project.as_of.isoformat(),
            self._contents([*paths, "mkdocs.yml", *hidden, REPOSITORIES]),
        )
        """What all locales have in common."""

    @remembered
    def of(self, locale: Locale) -> str:
        """All that the site of `locale` depends on, but for `elsewhere`.

        Of pages in languages that it does not fall back to that is whether they are there, and what the page of
        coverage says of them.
        """
        project = self._project
        own = [each.tag for each in project.locales.chain(locale)]
        contents = {tag: self._contents(self._tree.walk(f"docs/{tag}")) for tag in own}
        others = {
            tag: self._tree.walk(f"docs/{tag}") for tag in sorted(project.locales.tags) if tag not in own
        }
        return digest_of(
            self.common,
            locale.tag,
            contents,
            others,
            repr(translations_of(project, locale)),
            self._coverage,
        )

    def pages(self, locale: Locale) -> str:
        """What all pages of `locale` depend on, rendered or not yet written."""
        project = self._project
        names = [self._tree.walk(f"docs/{tag}") for tag in sorted(project.locales.tags)]
        used = [path for folder in ("hooks", "locales") for path in self._tree.walk(folder)]
        paths = [path for path in used if not path.startswith(f"{VERSIONS}/")]
        options = project.page_options(locale)
        values = {each.name: getattr(options, each.name) for each in fields(options)}
        return digest_of(
            library_version(),
            self._settings,
            self._parts,
            project.as_of.isoformat(),
            locale.tag,
            project.overlay(locale).files,
            names,
            self._contents([*paths, "mkdocs.yml"]),
            {name: repr(value) for name, value in values.items() if not callable(value)},
        )

    def frame(self) -> str:
        """What all written pages depend on, besides `pages` and what is in them."""
        paths = [*self._tree.walk("includes/theme"), *self._tree.walk("catalog"), "mkdocs.yml"]
        return digest_of(self._project.as_of.isoformat(), self._contents(paths))

    def again(self) -> "Inputs":
        """The same, looked at anew."""
        return Inputs(self._project, self._settings, self)

    def elsewhere(self, overlay: Overlay) -> Mapping[str, str]:
        """What has been looked for outside the folders that `of` covers: path and hash, empty where nothing is."""
        return {path: self._tree.digest(path) for path in sorted(overlay.looked_for)}

    def are(self, elsewhere: Mapping[str, str]) -> bool:
        """Whether all that is as it was."""
        return all(self._tree.digest(path) == digest for path, digest in elsewhere.items())

    def mentions(self, words: re.Pattern[str]) -> bool:
        """Whether an expression or a statement in a template of ours, or of the project's, has one of `words`."""
        folders = {self._project.root / "includes" / "theme", parts().theme}
        for path in (path for folder in folders for path in folder.rglob("*.html")):
            text = _COMMENT.sub("", path.read_text("utf-8", "replace"))
            if any(words.search(code) for code in _CODE.findall(text)):
                return True
        return False

    def _contents(self, paths: Iterable[str]) -> list[tuple[str, str]]:
        return _contents(self._tree, paths)

    @cached_property
    def _coverage(self) -> str:
        """What the page of coverage says, in whatever language."""
        project = self._project
        locales = project.locales
        tags = [each.tag for each in locales.published if each in locales.translated]
        if not tags:
            return ""
        return render_page(
            status(project, tags),
            project.messages(locales.default),
            Formats(locales.default.babel),
            lambda other, place: f"{other.tag}/{place}",
        )
