"""What to type instead, where a page takes in a file that is not there."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from imagedocs.files.places import site_path
from imagedocs.markdown.document import Document
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import nearest


def with_near_includes(
    document: Document, chain: Sequence[str], fragments: Sequence[str]
) -> Iterator[Problem]:
    """The document's problems; those of missing files name the file of the most similar name, of `fragments`
    (project paths of all files that can be taken in, as one names them)."""
    missing = {include.position: include.target for include in document.includes if include.path is None}
    paths = {posixpath.basename(path): path for path in reversed(fragments)}
    for problem in document.problems:
        target = missing.get(problem.position) if problem.rule is Rule.INCLUDE_NOT_FOUND else None
        near = nearest(posixpath.basename(target), paths) if target and not problem.hint else None
        if near is None:
            yield problem
            continue
        here = problem.position.path
        if here.startswith("includes/"):  # `includes/es/x.md` stands for `includes/x.md`
            here = site_path(here, chain) or here
        path = posixpath.relpath(paths[near], posixpath.dirname(here))
        yield replace(problem, hint=f'did you mean "{path}"?')
