"""The terms of the glossary in the pages of all languages: a page in which they have been looked for is not read again."""

from collections.abc import Mapping, Sequence

from imagedocs.cache.memory import Memory
from imagedocs.checks.page_terms import check_page_terms
from imagedocs.checks.records import from_bytes, read_all, to_bytes, write_all
from imagedocs.checks.site import Site
from imagedocs.freshness import Translation, version_path
from imagedocs.judging.units import hash_of
from imagedocs.problems import Problem
from imagedocs.project import Project


def terms_in(
    project: Project, site: Site, translations: Mapping[str, Sequence[Translation]], memory: Memory
) -> list[Problem]:
    """Where pages do not keep the terms of the glossary. `translations` are those of each locale, by its tag."""
    glossary = project.glossary
    if not glossary.kept and not glossary.terms:
        return []
    shown = {brief.path: (locale, place) for locale in site.locales for place, brief in locale.briefs.items()}
    translated = {page.path: (tag, page) for tag, pages in translations.items() for page in pages}
    terms = hash_of(repr(glossary).encode())
    found: list[Problem] = []
    for path, (locale, place) in shown.items():
        tag, page = translated.get(path, ("", None))
        source = shown.get(page.source) if page else None
        held = locale.digest(place)
        parts = [terms, tag, held, source[0].digest(source[1]) if source else ""]
        if page is not None:
            version = version_path(page.pin.version) if page.pin.version else ""
            parts += (project.tree.digest(each) for each in (path, page.source, version) if each)
        key = " ".join(parts)
        kept = memory.get("terms", path, key) if held else None
        if kept is None:
            of_source = source[0].prose(source[1]) if source else ()
            problems = tuple(check_page_terms(glossary, tag, page, of_source, locale.prose(place)))
            if held:
                memory.put("terms", path, key, to_bytes(write_all(problems)))
        else:
            problems = read_all(Problem, from_bytes(kept))
        found += problems
    return found
