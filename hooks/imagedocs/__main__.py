"""`python -m imagedocs`"""

from imagedocs.cli import run

run()
