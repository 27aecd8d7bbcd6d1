"""The files of a project: which there are, what they hold, and how each locale sees them."""
