"""The ids that Material gives to its own elements: a link to one lands on every page."""

THEME_IDS = frozenset(
    {"__config", "__drawer", "__search", "__toc", "__palette_0", "__palette_1", "__palette_2"}
)
"""Ids of the elements that Material puts around the content of each page."""
