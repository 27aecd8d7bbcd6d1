"""One YAML file for each image, in the folder of its repository, as deep-learning containers have them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from imagedocs.catalog.facts import Absence
from imagedocs.findings import Findings
from imagedocs.importing.entries import BY_CUDA, BY_NAME, Entry, Said, facts_of_reference
from imagedocs.importing.requirements import NATIVE, read_packages
from imagedocs.importing.several import CUDA, PYTHON, SYSTEM, Choice, Fact, choose
from imagedocs.importing.tables import ListFile, Piece
from imagedocs.importing.vocabulary import Column, kind_of
from imagedocs.problems import Position, Rule
from imagedocs.references import Reference, is_path, is_tag, looks_like_host
from imagedocs.suggestions import nearest, shown
from imagedocs.yaml.fields import Day, Fields, Text, root_fields
from imagedocs.yaml.nodes import Mapping, Node, Scalar, read_yaml

_REPOSITORY: Final = ("repository", "ecr_repository")
"""What holds the name of the repository where that is not the folder's; other keys say so by how they end."""
_ENDS: Final = ("repository", "repo")
_TAKEN: Final = (
    "framework",
    "version",
    "accelerator",
    "tags",
    "tag",
    "python",
    "cuda",
    "os",
    "ga",
    "packages",
    *_REPOSITORY,
)
_TEXT = Text("text")
_DESCRIBES: Final = re.compile(r"^(?:tags?|framework|accelerator|ecr_repository)[ \t]*:", re.MULTILINE)
"""A key of the whole file, by which it describes one image."""


def is_data_file(text: str) -> bool:
    """Whether a YAML file describes one image, and is not one of services or of a chart's values."""
    return _DESCRIBES.search(text) is not None


@dataclass(slots=True)
class DataFile:
    """Reads one file; what is wrong or left out is in `findings`."""

    file: ListFile
    host: str
    namespace: str
    findings: Findings = field(init=False)

    def __post_init__(self) -> None:
        self.findings = Findings(self.file.path)

    def entries(self) -> Iterator[Entry]:
        root, problems = read_yaml(self.file.path, self.file.text)
        self.findings.problems += problems
        fields = root_fields(root, self.findings)
        if fields is None:
            return
        tags = [
            (tag, node) for node in self._tags(fields) if (tag := _TEXT.read(node, self.findings)) is not None
        ]
        for tag, node in tags:
            if not is_tag(tag):
                message = f"{shown(tag)} is no tag"
                hint = "a tag is letters, digits, dots, dashes and underscores"
                self.findings.add(node, Rule.IMAGE_REFERENCE_INVALID, message, hint)
        tags = [(tag, node) for tag, node in tags if is_tag(tag)]
        host, repository = self._repository(fields)
        self._report_keys(fields.mapping)
        if not tags or not repository:
            return
        first, *others = dict(tags)
        entry = self._entry(fields, Reference(host, repository, first), self.findings.at(tags[0][1]))
        yield replace(entry, more_tags=tuple(others))

    def _tags(self, fields: Fields) -> Sequence[Node]:
        """The nodes of `tags`, a list, or of `tag`, one, as older files have it."""
        single = fields.node("tag")
        return (
            [single]
            if single is not None and fields.node("tags") is None
            else fields.nodes("tags", required=True)
        )

    def _repository(self, fields: Fields) -> tuple[str, str]:
        """The registry and the path: those that the file gives, or else the folder's name below the namespace."""
        folder = self.file.path.rpartition("/")[0].rpartition("/")[2]
        keys = [key for key, _ in fields.mapping.entries if _names_repository(key.value)]
        named = [(name, key) for key in keys if (name := self._text(fields, key.value))]
        for name, key in named[1:]:
            if name != named[0][0]:
                message = f"{shown(key.value)} is {shown(name)}, and {shown(named[0][1].value)} {shown(named[0][0])}"
                hint = "keep the key that names the repository"
                self.findings.add(key, Rule.IMPORT_CELL_DOUBTFUL, f"{message}; the latter is taken", hint)
        name = named[0][0] if named else folder
        host, slash, rest = name.partition("/")
        if slash and looks_like_host(host) and is_path(rest):
            return host, rest
        path = f"{self.namespace}/{name}".strip("/")
        if name and is_path(path):
            return self.host, path
        if named:
            message = f"{shown(name)} is not the name of a repository"
            hint = "write it in lower case, without registry and tag"
            self.findings.add(named[0][1], Rule.IMAGE_REFERENCE_INVALID, message, hint)
            return "", ""
        message = "neither this file nor its folder has the name of a repository"
        self.findings.add(Position(self.file.path), Rule.IMAGE_REFERENCE_INVALID, message)
        return "", ""

    def _report_keys(self, mapping: Mapping) -> None:
        present = {key.value for key, _ in mapping.entries}
        left_out: list[Scalar] = []
        for key, _ in mapping.entries:
            if key.value in _TAKEN or _names_repository(key.value) or self.findings.full:
                continue
            if meant := nearest(key.value, [name for name in _TAKEN if name not in present]):
                message = f"unknown key {shown(key.value)}"
                self.findings.add(key, Rule.UNKNOWN_KEY, message, f'did you mean "{meant}"?')
            else:
                left_out.append(key)
        if left_out:
            names = ", ".join(shown(key.value) for key in left_out)
            message = f"what the file says of {names} has no place in the catalog and is left out"
            self.findings.add(left_out[0], Rule.IMPORT_NOT_TAKEN, message)

    def _entry(self, fields: Fields, reference: Reference, position: Position) -> Entry:
        values = {name: self._text(fields, name) for name in ("framework", "version", "accelerator")}
        accelerator = values["accelerator"]
        kind = kind_of(accelerator) if accelerator else None
        libraries, packages, left_out = self._packages(fields)
        facts = facts_of_reference(reference)[0]
        cuda = self._one(fields, "cuda", CUDA, "")
        python = self._one(fields, "python", PYTHON, facts.python)
        system = self._one(fields, "os", SYSTEM, f"{facts.system} {facts.system_version}".strip())
        if self._text(fields, "cuda") and not libraries.get("cuda", "").startswith(cuda or "-"):
            libraries["cuda"] = cuda
        day, sources = self.file.day, dict[str, str]()
        if not accelerator and facts.kind:
            kind, sources["accelerator.kind"] = facts.kind, BY_NAME
        elif not accelerator and libraries.keys() & {"cuda", "cudnn", "nccl"}:
            kind, sources["accelerator.kind"] = "gpu", BY_CUDA
        if kind is None:
            found = (
                f"{shown(accelerator)} is neither CPU nor GPU" if accelerator else "nothing says CPU or GPU"
            )
            self.findings.add(fields.at("accelerator"), Rule.IMPORT_CELL_DOUBTFUL, f"{found}; CPU is written")
        released = fields.node("ga")
        if released is not None and (ga := Day().read(released, self.findings)):
            day, sources["listed.from"] = ga, f"{self.file.path}:{released.line}: ga"
        said: dict[str, Said] = {
            column: Said((values[name],), fields.at(name))
            for column, name in (
                (Column.FRAMEWORK, "framework"),
                (Column.VERSION, "version"),
                (Column.ACCELERATOR, "accelerator"),
            )
        }
        return Entry(
            reference=reference,
            position=position,
            framework=values["framework"],
            framework_version=values["version"] if values["framework"] else "",
            kind=kind or "cpu",
            libraries=libraries,
            system=(system.partition(" ")[0], system.partition(" ")[2]),
            python=python,
            packages=packages,
            left_out=left_out,
            day=day,
            sources=sources,
            said=said,
        )

    def _one(self, fields: Fields, name: str, fact: Fact, named: str) -> str:
        """The value of a field that may name several; what only the image's name says is not taken."""
        text = self._text(fields, name)
        choice = choose(fact, text, named) if text else Choice()
        if choice.message:
            self.findings.add(fields.at(name), Rule.IMPORT_CELL_DOUBTFUL, choice.message, "name one")
        return choice.value

    def _text(self, fields: Fields, name: str) -> str:
        node = fields.node(name)
        return (_TEXT.read(node, self.findings) or "") if node is not None else ""

    def _packages(self, fields: Fields) -> tuple[dict[str, str], tuple[str, ...] | Absence, tuple[str, ...]]:
        """Native libraries, packages, and what is no requirement."""
        libraries: dict[str, str] = {}
        inner = fields.mapping_of("packages")
        if inner is None:
            return libraries, Absence.UNKNOWN, ()
        pieces: list[Piece] = []
        for key, node in inner.mapping.entries:
            version = _TEXT.read(node, self.findings)
            if version is None or key.value == "python":
                continue
            if key.value in NATIVE:
                libraries[key.value] = version
            else:
                pieces.append(Piece(f"{key.value}=={version}", self.findings.at(key)))
        packages = read_packages(pieces)
        self.findings.problems += packages.problems
        return libraries, tuple(packages.sound), tuple(packages.unsound)


def _names_repository(key: str) -> bool:
    """Whether a key such as `ecr_repository` or `image-repo` says that its value is the repository's name."""
    return key.lower().replace("-", "_").rpartition("_")[2] in _ENDS
