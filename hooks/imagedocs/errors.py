"""The error that every command reports as one sentence.

Apart from `imagedocs.problems`, whose list of rules a command that finds no problems need not load.
"""


class CannotRun(Exception):
    """Work that could not be done at all (exit status 2): a sentence for the person who asked for it."""
