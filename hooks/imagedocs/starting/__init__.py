"""The files that a new project begins with: what the author chooses in, paths and texts out."""

from imagedocs.starting.beginning import Beginning, begin

__all__ = ["Beginning", "begin"]
