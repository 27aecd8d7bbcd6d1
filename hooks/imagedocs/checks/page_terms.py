"""Do translated pages keep the terms of the glossary, compared with the pages that they translate?"""

from collections.abc import Iterator, Mapping, Sequence

from imagedocs.checks.glossary import Passage, check_case, check_glossary
from imagedocs.checks.site import Site
from imagedocs.checks.spelling import folded_names, may_misspell
from imagedocs.freshness import Translation
from imagedocs.locales import Glossary
from imagedocs.markdown import Document
from imagedocs.markdown.document import TextKind
from imagedocs.problems import Problem


def check_page_terms(
    glossary: Glossary, site: Site, translations: Mapping[str, Sequence[Translation]]
) -> Iterator[Problem]:
    """Terms of the pages of `site`; `translations` are those of each locale, by its tag.

    A page whose source has changed since is asked only for the case of names: the terms of a sentence that is
    still to be translated are no mistakes of the translator's.
    """
    documents = {document.path: document for locale in site.locales for document in locale.documents.values()}
    translated = {page.path: (tag, page) for tag, pages in translations.items() for page in pages}
    yield from check_terms(glossary, documents, translated)


def check_terms(
    glossary: Glossary, documents: Mapping[str, Document], translated: Mapping[str, tuple[str, Translation]]
) -> Iterator[Problem]:
    """Terms of `documents`, by their paths; of these `translated` are translations, with their locale's tag."""
    names = folded_names(kept.text for kept in glossary.kept if kept.has_own_case)
    for path, document in documents.items():
        tag, page = translated.get(path, ("", None))
        source = documents.get(page.source) if page else None
        if page is not None and source is not None and not page.changes:
            yield from check_glossary(glossary, tag, _passages(source), _passages(document))
        elif may_misspell(document, names):
            yield from check_case(glossary, _passages(document))


def _passages(document: Document) -> list[Passage]:
    """The prose of the page's own file."""
    return [
        Passage(text.content, text.position)
        for text in document.texts
        if text.kind is TextKind.PROSE and not text.included_from and not text.generated
    ]
