"""The stanzas of Docker's official images: paragraphs of `Key: value` lines, one for each image."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imagedocs.importing.entries import BY_TAG, Entry
from imagedocs.importing.names import facts_of
from imagedocs.importing.tables import ListFile
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import Reference, is_path, is_tag
from imagedocs.references.grammar import DEFAULT_DOMAIN, OFFICIAL
from imagedocs.suggestions import shown

_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*):[ \t]*(.*)")

_NOT_TAKEN = frozenset(("Architectures", "SharedTags", "Constraints"))
"""What the stanzas say of images; the others are of their sources."""


def is_stanza_file(text: str) -> bool:
    keys = {match[1] for line in text.splitlines() if (match := _LINE.match(line))}
    return "Tags" in keys and bool(
        keys & {"GitRepo", "GitCommit", "Maintainers", "Architectures", "Directory"}
    )


@dataclass(slots=True)
class StanzaReader:
    file: ListFile
    host: str
    """Empty: Docker's own."""
    namespace: str
    problems: list[Problem] = field(default_factory=list[Problem])

    def entries(self) -> Iterator[Entry]:
        path = self.file.path
        name = path.rpartition("/")[2]
        repository = f"{self.namespace}/{name}".strip("/") if self.host else f"{OFFICIAL}{name}"
        if not is_path(repository):
            message = "the name of this file is not the name of a repository"
            self.problems.append(Problem(Position(path), Rule.IMAGE_REFERENCE_INVALID, message))
            return
        message = "the stanzas say nothing of framework, accelerator, Python and packages; none, CPU and unknown are written"
        self.problems.append(Problem(Position(path), Rule.IMPORT_CELL_DOUBTFUL, message, "check the entries"))
        if lost := _NOT_TAKEN & {
            match[1] for line in self.file.text.splitlines() if (match := _LINE.match(line))
        }:
            message = f"{', '.join(sorted(lost))} have no place in the catalog and are left out"
            self.problems.append(Problem(Position(path), Rule.IMPORT_NOT_TAKEN, message))
        for number, line in enumerate(self.file.text.splitlines(), 1):
            match = _LINE.match(line)
            if match and match[1] == "Tags":
                tag = self._first_tag(match[2], Position(path, number, match.start(2) + 1))
                if tag:
                    facts = facts_of(tag)
                    yield Entry(
                        Reference(self.host or DEFAULT_DOMAIN, repository, tag),
                        Position(path, number, match.start(2) + 1),
                        system=(facts.system, facts.system_version),
                        day=self.file.day,
                        sources={"os": BY_TAG} if facts.system else {},
                    )

    def _first_tag(self, text: str, position: Position) -> str:
        """The first of the tags, which are names of the same image."""
        tags = [tag.strip() for tag in text.split(",") if tag.strip()]
        for tag in tags:
            if not is_tag(tag):
                message = f"{shown(tag)} is no tag"
                self.problems.append(Problem(position, Rule.IMAGE_REFERENCE_INVALID, message))
        tags = [tag for tag in tags if is_tag(tag)]
        if tags[1:]:
            message = f"of {len(tags)} tags only the first, {shown(tags[0])}, is taken"
            self.problems.append(Problem(position, Rule.IMPORT_NOT_TAKEN, message))
        return tags[0] if tags else ""
