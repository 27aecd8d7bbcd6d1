"""What a translated page says of the source that it was made from: `translated_from: sha256-0562134709a0f163`.

The pin stands in the page's own front matter, as one short line, because then it goes wherever the page goes:
`git mv` keeps it, a copied page has it, and a translator's tool that leaves unknown metadata alone keeps it too.
Two branches conflict in it exactly when both translated the page anew, which a person must look at anyhow. It
names content, not a commit: a shallow clone, a squashed branch and a commit that changes a source together with
its translation are all the same to it. What the source said is not in the page, where translators would meet it
(and translate it), but beside, in a file that is never changed: see `versions.py`.

A `+` and a second hash say that a person has accepted how the translation differs where only a person can judge:
a paragraph divided or joined, words in a block of code.

Pins of other tools are understood as far as they say something: `ms.openlocfilehash`, `ms.sourcegitcommit`,
`ms.translationtype` and `ms.lasthandoff` of Microsoft's localization.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from imagedocs.markdown.front_matter import read_front_matter
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.problems import CannotRun

KEY: Final = "translated_from"
_PIN = re.compile(r"sha256-([0-9a-f]{16})(?:\+([0-9a-f]{8}))?")
_FRONT_MATTER = re.compile(r"(\ufeff?-{3}[ \t]*\r?\n)((?:[^\n]*\n)*?)(-{3}|\.{3})[ \t]*(?:\r?\n|\Z)")
_MAY_SAY = re.compile(r"translat|ms\.|\\")
"""In front matter with none of these nothing is said of a translation: to read it all takes much longer."""
_LINE = re.compile(rf"^{KEY}[ \t]*:.*?(\r?)$", re.MULTILINE)


class Translator(StrEnum):
    """Who translated a page."""

    UNKNOWN = ""
    HUMAN = "human"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class ForeignPin:
    """What another tool has noted. Nobody outside it can tell which text its hash and commit stand for."""

    file_hash: str = ""
    commit: str = ""
    handed_off: str = ""
    """As it is written: month/day/year."""

    def __str__(self) -> str:
        parts = [
            f"source commit {self.commit[:8]}" if self.commit else "",
            f"source hash {self.file_hash[:8]}" if self.file_hash else "",
            f"handed off {self.handed_off}" if self.handed_off else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Pin:
    """What a page's front matter says of its translation."""

    version: str = ""
    """The name of the source's version; empty when the page names none."""
    accepted: str = ""
    """A hash of the differences that a person has accepted."""
    invalid: str = ""
    """What stands in place of a pin and is none."""
    line: int = 0
    """Of the pin, in the page."""
    by: Translator = Translator.UNKNOWN
    foreign: ForeignPin | None = None

    @property
    def is_translation(self) -> bool:
        """The page says that it was translated."""
        return bool(self.version or self.invalid or self.by or self.foreign)

    @property
    def is_only_foreign(self) -> bool:
        """Nothing but another pipeline's marks says so."""
        return self.foreign is not None and not self.version and not self.invalid

    def __str__(self) -> str:
        return f"sha256-{self.version}" + (f"+{self.accepted}" if self.accepted else "")


def read_pin(text: str) -> Pin:
    """The pin of the page with this text."""
    header, _, _ = split_front_matter(text)
    if header is None or not _MAY_SAY.search(header):
        return Pin()
    metadata, _ = read_front_matter(header, "")
    value = metadata.get(KEY)
    version, accepted, invalid, line = "", "", "", 0
    if value is not None:
        rows = enumerate((header or "").split("\n"), 2)
        line, row = next(((number, row) for number, row in rows if row.startswith(KEY)), (1, ""))
        match = _PIN.fullmatch(value) if isinstance(value, str) else None
        if match:
            version, accepted = match[1], match[2] or ""
        else:
            invalid = row.partition(":")[2].strip()[:80] if value else "nothing"
    return Pin(version, accepted, invalid, line, _translator(metadata), _foreign(metadata))


def _translator(metadata: Mapping[str, Any]) -> Translator:
    own = str(metadata.get("translation", "")).lower()
    if own in (Translator.HUMAN, Translator.MACHINE):
        return Translator(own)
    return {"HT": Translator.HUMAN, "MT": Translator.MACHINE}.get(
        str(metadata.get("ms.translationtype", "")).upper(), Translator.UNKNOWN
    )


def _foreign(metadata: Mapping[str, Any]) -> ForeignPin | None:
    names = ("ms.openlocfilehash", "ms.sourcegitcommit", "ms.lasthandoff")
    values = [str(metadata.get(name) or "")[:80] for name in names]
    return ForeignPin(*values) if any(values) else None


def write_pin(text: str, pin: Pin, path: str) -> str:
    """`text`, a whole file with its own line ends, with `pin` in its front matter and nothing else changed.

    Raises CannotRun when the front matter cannot be edited line by line.
    """
    line = f"{KEY}: {pin}"
    match = _FRONT_MATTER.match(text)
    if match is None:
        end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        edited = f"{mark}---{end}{line}{end}---{end}{text.removeprefix(mark)}"
    else:
        header, start = match[2], match.start(2)
        found = _LINE.search(header)
        if found:
            header = f"{header[: found.start()]}{line}{found[1]}{header[found.end() :]}"
        else:
            header += line + ("\r\n" if match[1].endswith("\r\n") else "\n")
        edited = f"{text[:start]}{header}{text[match.end(2) :]}"
    if _others(edited) != _others(text) or read_pin(edited).version != pin.version:
        raise CannotRun(f"{path}: {KEY} cannot be written into the front matter; write `{line}` there")
    return edited


def _others(text: str) -> tuple[dict[str, Any], bool]:
    metadata, problems = read_front_matter(split_front_matter(text)[0], "")
    return {name: value for name, value in metadata.items() if name != KEY}, bool(problems)
