"""Slips in Markdown that no parser calls an error, and that readers would see."""
