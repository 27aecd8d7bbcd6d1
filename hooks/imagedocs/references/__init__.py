"""References to images: their grammar, and where they stand in text.

`grammar` is that of the distribution project (github.com/distribution/reference), to the letter; `mentions`
finds references in prose and code.
"""

from imagedocs.references.dockerfiles import find_bases
from imagedocs.references.grammar import (
    Fault,
    InvalidReferenceError,
    Reference,
    canonical,
    familiar_match,
    is_digest,
    is_domain,
    is_identifier,
    is_path,
    is_tag,
    parse,
    parse_any,
    parse_name,
    parse_normalized,
    parse_strict,
    sort_references,
    with_digest,
    with_tag,
)
from imagedocs.references.mentions import Mention, find

__all__ = [
    "Fault",
    "InvalidReferenceError",
    "Mention",
    "Reference",
    "canonical",
    "familiar_match",
    "find",
    "find_bases",
    "is_digest",
    "is_domain",
    "is_identifier",
    "is_path",
    "is_tag",
    "parse",
    "parse_any",
    "parse_name",
    "parse_normalized",
    "parse_strict",
    "sort_references",
    "with_digest",
    "with_tag",
]
