"""Pages condensed to what the checks need of them, so that they can be kept and handed between processes."""

from collections.abc import Collection
from dataclasses import replace

from imagedocs.checks.mentions import condensed, speaks_of_images
from imagedocs.checks.prose import prose_of, prose_to_bytes
from imagedocs.checks.records import to_bytes, write
from imagedocs.checks.spelling import folded_names, may_misspell
from imagedocs.checks.summaries import PageSummary, summarize
from imagedocs.incremental.reads import digest_of_bytes
from imagedocs.markdown.document import Document
from imagedocs.markdown.sources import Source


def with_problems(document: Document, source: Source) -> Document:
    """Return the document with the problems of reading its file."""
    return replace(document, problems=(*document.problems, *source.problems)) if source.problems else document


def keep_page(
    document: Document,
    hosts: Collection[str],
    portal: tuple[str, ...],
    names: Collection[str] | None,
) -> tuple[PageSummary, bytes]:
    """Return a page's summary, and its document as bytes, for `Pages.add`.

    `hosts` and `portal` say which images are looked for. `names` are those whose letters' case is looked at; `None`
    where no terms are looked for, and the page's prose is not kept.
    """
    small = condensed(document, hosts, portal)
    lines = [to_bytes(write(small))]
    if names is not None:
        lines.append(prose_to_bytes(prose_of(document)))
    kept = b"\n".join(lines)
    summary = summarize(small)
    summary.names_images = speaks_of_images(small, hosts, portal)
    summary.may_misspell = names is not None and may_misspell(document, folded_names(names))
    summary.digest = digest_of_bytes(kept)
    return summary, kept
