"""One YAML file for each image, in the folder of its repository, as deep-learning containers have them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from imagedocs.catalog.facts import Absence
from imagedocs.findings import Findings
from imagedocs.importing.entries import Entry, Said
from imagedocs.importing.names import cuda_in, python_in, system_in
from imagedocs.importing.requirements import NATIVE, read_packages
from imagedocs.importing.tables import ListFile, Piece
from imagedocs.importing.vocabulary import Column, kind_of
from imagedocs.problems import Position, Rule
from imagedocs.references import Reference, is_path, is_tag
from imagedocs.suggestions import nearest, shown
from imagedocs.yaml.fields import Day, Fields, Text, root_fields
from imagedocs.yaml.nodes import Mapping, Node, Scalar, read_yaml

_REPOSITORY: Final = ("repository", "ecr_repository")
"""What holds the name of the repository where that is not the folder's."""
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
        repository = self._repository(fields)
        self._report_keys(fields.mapping)
        if not tags or not repository:
            return
        first, *others = dict(tags)
        entry = self._entry(fields, Reference(self.host, repository, first), self.findings.at(tags[0][1]))
        yield replace(entry, more_tags=tuple(others))

    def _tags(self, fields: Fields) -> Sequence[Node]:
        """The nodes of `tags`, a list, or of `tag`, one, as older files have it."""
        single = fields.node("tag")
        return (
            [single]
            if single is not None and fields.node("tags") is None
            else fields.nodes("tags", required=True)
        )

    def _repository(self, fields: Fields) -> str:
        """The name that the file gives, or else that of its folder, below the namespace."""
        folder = self.file.path.rpartition("/")[0].rpartition("/")[2]
        for name in _REPOSITORY:
            folder = self._text(fields, name) or folder
        path = f"{self.namespace}/{folder}".strip("/")
        if folder and is_path(path):
            return path
        message = "neither this file nor its folder has the name of a repository"
        self.findings.add(Position(self.file.path), Rule.IMAGE_REFERENCE_INVALID, message)
        return ""

    def _report_keys(self, mapping: Mapping) -> None:
        present = {key.value for key, _ in mapping.entries}
        left_out: list[Scalar] = []
        for key, _ in mapping.entries:
            if key.value in _TAKEN or self.findings.full:
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
        values = {
            name: self._text(fields, name)
            for name in ("framework", "version", "accelerator", "python", "cuda", "os")
        }
        accelerator = values["accelerator"]
        kind = kind_of(accelerator) if accelerator else None
        if kind is None:
            found = (
                f"{shown(accelerator)} is neither CPU nor GPU" if accelerator else "nothing says CPU or GPU"
            )
            self.findings.add(fields.at("accelerator"), Rule.IMPORT_CELL_DOUBTFUL, f"{found}; CPU is written")
        libraries, packages, left_out = self._packages(fields)
        if (cuda := cuda_in(values["cuda"]) or values["cuda"]) and not libraries.get("cuda", "").startswith(
            cuda
        ):
            libraries["cuda"] = cuda
        day, sources = self.file.day, dict[str, str]()
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
            system=system_in(values["os"]),
            python=python_in(values["python"]) or values["python"],
            packages=packages,
            left_out=left_out,
            day=day,
            sources=sources,
            said=said,
        )

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
