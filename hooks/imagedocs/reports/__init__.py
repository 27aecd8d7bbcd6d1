"""Problems as text, for people and for the programs that they look at: one module for each format."""

from collections.abc import Mapping
from types import MappingProxyType

from imagedocs.reports.codeclimate import render_codeclimate
from imagedocs.reports.github import render_github
from imagedocs.reports.junit import render_junit
from imagedocs.reports.plain import render_plain
from imagedocs.reports.problems_json import render_json
from imagedocs.reports.sarif import render_sarif
from imagedocs.reports.surroundings import Report
from imagedocs.reports.text import render_text

FORMATS: Mapping[str, Report] = MappingProxyType(
    {
        "text": render_text,
        "plain": render_plain,
        "github": render_github,
        "sarif": render_sarif,
        "junit": render_junit,
        "json": render_json,
        "codeclimate": render_codeclimate,
    }
)
"""Formats by name. What goes to no terminal is `plain` where `text` was asked for."""
