"""References to images: their grammar, and where they stand in text.

`grammar` is that of the distribution project (github.com/distribution/reference), to the letter; `mentions`
finds references in prose and code, `dockerfiles` in Dockerfiles: whoever needs them imports them from there.
"""

from imagedocs.references.grammar import (
    DEFAULT_DOMAIN,
    Fault,
    InvalidReferenceError,
    Reference,
    is_digest,
    is_domain,
    is_path,
    is_tag,
    parse,
    parse_name,
    parse_normalized,
    with_digest,
    with_tag,
)

__all__ = [
    "DEFAULT_DOMAIN",
    "Fault",
    "InvalidReferenceError",
    "Reference",
    "is_digest",
    "is_domain",
    "is_path",
    "is_tag",
    "parse",
    "parse_name",
    "parse_normalized",
    "with_digest",
    "with_tag",
]
