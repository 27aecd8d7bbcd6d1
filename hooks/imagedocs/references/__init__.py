"""References to images: their grammar, and where they stand in text.

`grammar` is that of the distribution project (github.com/distribution/reference), to the letter; `mentions`
finds references in prose and code, `variables` and `keys` those that code puts together, `short_names` those of Docker
Hub without a host, and `slips` hosts that are misspelled; `removed_lines` leaves out what a listing of a change takes
away. Whoever needs them imports them from there.
"""

from imagedocs.references.grammar import (
    DEFAULT_DOMAIN,
    HUB_HOSTS,
    Fault,
    InvalidReferenceError,
    Reference,
    as_meant,
    is_digest,
    is_domain,
    is_path,
    is_tag,
    looks_like_host,
    meant_host,
    parse,
    parse_name,
    parse_normalized,
    with_digest,
    with_tag,
)

__all__ = [
    "DEFAULT_DOMAIN",
    "HUB_HOSTS",
    "Fault",
    "InvalidReferenceError",
    "Reference",
    "as_meant",
    "is_digest",
    "is_domain",
    "is_path",
    "is_tag",
    "looks_like_host",
    "meant_host",
    "parse",
    "parse_name",
    "parse_normalized",
    "with_digest",
    "with_tag",
]
