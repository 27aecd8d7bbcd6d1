"""imagedocs: one catalog of container images, rendered in every language, every image and link proven.

The library knows nothing of MkDocs: `hooks/*.py` translate between the two.
"""

__version__ = "0.1.0"
