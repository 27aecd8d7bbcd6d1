"""Rows of tables read into entries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imagedocs.catalog.facts import Absence
from imagedocs.importing.columns import Columns, image_text, is_image
from imagedocs.importing.entries import BY_CUDA, BY_NAME, Entry, Said, facts_of_reference
from imagedocs.importing.names import ACCELERATORS, NameFacts
from imagedocs.importing.packed import Attributes, Values, own_values, place_of_empty, said_by, unpack
from imagedocs.importing.requirements import read_packages
from imagedocs.importing.several import CUDA, PYTHON, SYSTEM, Choice, Fact, choose
from imagedocs.importing.tables import Cell, ListFile, Piece, Table
from imagedocs.importing.vocabulary import Column, absence_of, is_no_framework, kind_by_answer, kind_of
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import (
    Fault,
    InvalidReferenceError,
    Reference,
    is_digest,
    is_tag,
    parse_normalized,
    with_digest,
    with_tag,
)
from imagedocs.references.grammar import DEFAULT_DOMAIN
from imagedocs.suggestions import shown

_NAME_AND_VERSION = re.compile(r"(\S.{0,200}?)\s+v?([0-9]+(?:\.[0-9A-Za-z]+)*)(?:\s+(\S.*))?")
_TAGS = re.compile(r"[\s,;、，]+")


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table and keeps what is doubtful."""

    file: ListFile
    table: Table
    columns: Columns
    registry: str
    """For images that are named without one; empty: Docker's own."""
    namespace: str
    places: dict[Column, Position] = field(default_factory=dict[Column, Position])
    """Where the cells of the current row stand."""
    problems: list[Problem] = field(default_factory=list[Problem])

    def entries(self) -> Iterator[Entry]:
        if not self.columns.places.keys() & {Column.FRAMEWORK, Column.VERSION}:
            place = self.table.header[self.columns.places[Column.IMAGE]].position
            self._doubt(place, "the list says nothing of frameworks; none is written", "check the entries")
        for row in self.table.rows:
            unpacked = self._unpack(row)
            for number, values in enumerate(unpacked):
                own = own_values(row, self.columns.own, number, len(unpacked), self.problems)
                entry = self._entry(values, own)
                if entry is not None:
                    yield entry

    def _doubt(self, position: Position, message: str, hint: str = "") -> None:
        self.problems.append(Problem(position, Rule.IMPORT_CELL_DOUBTFUL, message, hint))

    def _unpack(self, row: tuple[Cell, ...]) -> list[Values]:
        cells = {column: row[i] for column, i in self.columns.places.items() if i < len(row)}
        self.places = {column: cell.position for column, cell in cells.items()}
        image = cells.get(Column.IMAGE)
        if image is None or all(absence_of(piece.text) for piece in image.pieces):
            if any(cell.text for cell in row) and not self.columns.kind:
                self._doubt(
                    place_of_empty(row, image, self.table.position), "the row names no image and is left out"
                )
            return []
        unpacked = unpack(cells)
        self.problems += unpacked.problems
        return unpacked.rows

    def _entry(self, values: Values, own: Attributes) -> Entry | None:
        (piece,) = values[Column.IMAGE][:1]
        reference = self._reference(piece, values)
        if reference is None:
            return None
        for pieces in values.values():
            self._report_notes(pieces)
        name, by = facts_of_reference(reference)
        packages = read_packages(self._present(values, Column.PACKAGES))
        self.problems += packages.problems
        framework, version = self._framework(values, name)
        said: dict[str, Said] = {}
        for column, pieces in values.items():
            is_list = column is Column.PACKAGES and packages.said
            texts = tuple(packages.said) if is_list else said_by(column, pieces)
            said[column] = Said(texts, pieces[0].position if pieces else self.places[column])
        if Column.FRAMEWORK not in values and self.table.heading:
            said[Column.FRAMEWORK] = Said((framework,), self.table.heading.position)
        sources: dict[str, str] = {}
        libraries = self._libraries(values, name, packages.native, sources)
        system = self._one(values, Column.SYSTEM, SYSTEM, f"{name.system} {name.system_version}".strip())
        python = self._one(values, Column.PYTHON, PYTHON, name.python)
        entry = Entry(
            reference=reference,
            position=piece.position,
            framework=framework,
            framework_version=version,
            framework_is_heading=Column.FRAMEWORK not in values,
            kind=self._kind(values, name, piece, libraries, sources),
            libraries=libraries,
            system=(system.value.partition(" ")[0], system.value.partition(" ")[2]),
            python=python.value,
            packages=self._packages(values, packages.sound, piece),
            environment=self._environment(values),
            attributes=own,
            day=self.file.day,
            left_out=tuple(packages.unsound),
            sources=sources,
            said=said,
        )
        if system.is_by_name:
            sources["os"] = by["system"]
        if python.is_by_name:
            sources["python"] = by["python"]
        for fact in ("cuda", "kind"):
            if sources.get(f"accelerator.{fact}") == BY_NAME:
                sources[f"accelerator.{fact}"] = by[fact]
        return entry

    def _report_notes(self, pieces: tuple[Piece, ...]) -> None:
        for piece in pieces:
            if piece.notes:
                marks = ", ".join(map(shown, piece.notes))
                message = f"{shown(piece.text)} has the mark {marks}, which is left out"
                hint = "read what it refers to"
                self.problems.append(Problem(piece.position, Rule.IMPORT_NOT_TAKEN, message, hint))

    def _present(self, values: Values, column: Column) -> tuple[Piece, ...]:
        return tuple(piece for piece in values.get(column, ()) if absence_of(piece.text) is None)

    def _text(self, values: Values, column: Column) -> str:
        return " ".join(piece.text for piece in self._present(values, column))

    def _one(self, values: Values, column: Column, fact: Fact, named: str) -> Choice:
        choice = choose(fact, self._text(values, column), named)
        if choice.message:
            place = self._present(values, column)[0].position
            self._doubt(place, choice.message, "give each image a row of its own")
        return choice

    def _reference(self, piece: Piece, values: Values) -> Reference | None:
        text = image_text(piece.text)
        try:
            if is_digest(text):
                raise InvalidReferenceError(Fault.FORMAT)
            reference = parse_normalized(text)
        except InvalidReferenceError as error:
            message = f"{shown(text)} is no image: {error}"
            inside = [word for word in text.replace(",", " ").split() if is_image(word)]
            hint = ""
            if inside:
                hint = "write the image alone" if len(inside) == 1 else "give each image a row of its own"
            self.problems.append(Problem(piece.position, Rule.IMAGE_REFERENCE_INVALID, message, hint))
            return None
        has_host = text.startswith(f"{reference.domain}/")
        if not has_host and self.registry:
            path = text.partition("@")[0]
            path = path[: path.rfind(":")] if ":" in path else path
            full = f"{self.namespace}/{path}".strip("/")
            reference = Reference(self.registry, full, reference.tag, reference.digest)
        elif not has_host:
            message = f"{shown(text)} names no registry; it is read as Docker does, from {DEFAULT_DOMAIN}"
            self._doubt(piece.position, message, "name the registry")
        return self._with_digest(self._with_tag(reference, values), values)

    def _with_tag(self, reference: Reference, values: Values) -> Reference:
        """With the tag of another column, where the image has none itself."""
        text = self._text(values, Column.TAG)
        if not text:
            return reference
        place = self._present(values, Column.TAG)[0].position
        tags = [tag for tag in _TAGS.split(text) if tag]
        if reference.tag is not None:
            if reference.tag not in tags:
                message = f"the image has the tag {shown(reference.tag)}, this cell {shown(text)}; the image's is taken"
                self._doubt(place, message, "check the tag")
            return reference
        if not tags or not is_tag(tags[0]):
            self._doubt(place, f"{shown(text)} is no tag", "check the tag")
            return reference
        if tags[1:]:
            message = f"of several tags only the first, {shown(tags[0])}, is taken"
            self.problems.append(Problem(place, Rule.IMPORT_NOT_TAKEN, message))
        return with_tag(reference, tags[0])

    def _with_digest(self, reference: Reference, values: Values) -> Reference:
        digest = self._text(values, Column.DIGEST)
        if not digest:
            return reference
        place = self._present(values, Column.DIGEST)[0].position
        digest = f"sha256:{digest}" if is_digest(f"sha256:{digest}") else digest
        if not is_digest(digest):
            self._doubt(place, f"{shown(digest)} is no digest and is left out", "check the digest")
        elif reference.digest and reference.digest != digest:
            self._doubt(place, "the image has another digest than this cell; the image's is taken")
        else:
            return with_digest(reference, digest)
        return reference

    def _framework(self, values: Values, name: NameFacts) -> tuple[str, str]:
        """Its name, empty for none, and its version."""
        version = self._text(values, Column.VERSION)
        version_is_absent = not version and bool(values.get(Column.VERSION))
        heading = self.table.heading
        if Column.FRAMEWORK in self.columns.places:
            framework = self._text(values, Column.FRAMEWORK)
            both = _NAME_AND_VERSION.fullmatch(framework)
            if both and version in ("", both[2]):
                framework, version = both[1], both[2]
                if rest := both[3]:
                    place = self._present(values, Column.FRAMEWORK)[0].position
                    message = f"{shown(rest)} is not taken for a part of the framework, {framework} {version}"
                    self._doubt(place, message, "check the framework")
        elif version_is_absent or heading is None or Column.VERSION not in self.columns.places:
            framework = ""
        else:
            framework = heading.text
        if is_no_framework(framework):
            framework = ""
        if version and not framework:
            place = values[Column.VERSION][0].position
            message = "the list does not say of which framework this is the version"
            self._doubt(place, message, "put a heading above the table")
        return (framework, version.removeprefix("v") if framework else "")

    def _kind(
        self,
        values: Values,
        name: NameFacts,
        piece: Piece,
        libraries: dict[str, str],
        sources: dict[str, str],
    ) -> str:
        if self.columns.kind:
            return self.columns.kind
        said = {kind_of(cell.text) for cell in values.get(Column.ACCELERATOR, ())} - {None}
        if len(said) > 1:
            self._doubt(values[Column.ACCELERATOR][0].position, "the cell names several accelerators")
        for cell in values.get(Column.ACCELERATOR, ()) if len(said) < 2 else ():
            header = self.table.header[self.columns.places[Column.ACCELERATOR]].text
            if kind := kind_of(cell.text) or kind_by_answer(header, cell.text):
                if kind == "gpu" and name.kind in ACCELERATORS:
                    break  # the name says which hardware is meant
                return kind
            if absence_of(cell.text) is None:
                self._doubt(cell.position, f"{shown(cell.text)} is neither CPU nor GPU")
        if name.kind:
            sources["accelerator.kind"] = BY_NAME
            return name.kind
        if libraries.keys() & {"cuda", "cudnn", "nccl"}:
            sources["accelerator.kind"] = BY_CUDA
            return "gpu"
        self._doubt(piece.position, "nothing says whether the image is for CPU or GPU; CPU is written")
        return "cpu"

    def _libraries(
        self, values: Values, name: NameFacts, native: dict[str, str], sources: dict[str, str]
    ) -> dict[str, str]:
        libraries = dict(native)
        text = self._text(values, Column.CUDA)
        cuda = self._one(values, Column.CUDA, CUDA, name.cuda)
        if text and kind_of(text) != "cpu" and not (text and cuda.is_by_name):
            libraries["cuda"] = cuda.value
        elif cuda.is_by_name and (text or "cuda" not in libraries):
            libraries["cuda"] = cuda.value
            sources["accelerator.cuda"] = BY_NAME
        return libraries

    def _packages(self, values: Values, sound: list[str], piece: Piece) -> tuple[str, ...] | Absence:
        if Column.PACKAGES not in self.columns.places:
            return Absence.UNKNOWN
        pieces = values.get(Column.PACKAGES, ())
        if self._present(values, Column.PACKAGES):
            return tuple(dict.fromkeys(sound))
        if not pieces:
            self._doubt(
                self.places.get(Column.PACKAGES, piece.position),
                "the cell for the packages of this image is empty",
                "write what it has, or NA",
            )
            return Absence.UNKNOWN
        absence = absence_of(pieces[0].text) or Absence.UNKNOWN
        if absence is Absence.UNKNOWN:
            message = f"{shown(pieces[0].text)} could mean that there are none, or that they are not known"
            self._doubt(pieces[0].position, f"{message}; unknown is written")
        return absence

    def _environment(self, values: Values) -> str | Absence:
        if Column.ENVIRONMENT not in self.columns.places:
            return Absence.UNKNOWN
        if text := self._text(values, Column.ENVIRONMENT):
            return text
        pieces = values.get(Column.ENVIRONMENT, ())
        return (absence_of(pieces[0].text) if pieces else None) or Absence.UNKNOWN
