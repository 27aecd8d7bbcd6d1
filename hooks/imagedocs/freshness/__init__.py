"""Translations and their sources: what each was made from, and what has changed since.

What other rooms need of it is imported from here.
"""

from imagedocs.freshness.changes import Change, ChangeKind
from imagedocs.freshness.coverage import Coverage, LocaleCoverage, render_page, render_text, to_document
from imagedocs.freshness.parity import Difference, Lack
from imagedocs.freshness.pins import KEY, Pin, read_pin, write_pin
from imagedocs.freshness.segments import Kind, Segment, fingerprint
from imagedocs.freshness.translations import Match, State, Translation, judge
from imagedocs.freshness.versions import FOLDER, Version, read_version, version_path, write_version

__all__ = [
    "FOLDER",
    "KEY",
    "Change",
    "ChangeKind",
    "Coverage",
    "Difference",
    "Kind",
    "Lack",
    "LocaleCoverage",
    "Match",
    "Pin",
    "Segment",
    "State",
    "Translation",
    "Version",
    "fingerprint",
    "judge",
    "read_pin",
    "read_version",
    "render_page",
    "render_text",
    "to_document",
    "version_path",
    "write_pin",
    "write_version",
]
