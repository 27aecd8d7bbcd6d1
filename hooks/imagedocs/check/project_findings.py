"""Find problems in single pages that need the whole project: the catalog, the glossary, the sources of translations."""

from collections.abc import Iterator, Sequence

from imagedocs.checks.images import ImageJudge
from imagedocs.checks.page_terms import check_page_terms
from imagedocs.checks.prose import Passage
from imagedocs.checks.translations import check_translations
from imagedocs.files.reading import line_reader
from imagedocs.incremental.reads import remembered
from imagedocs.markdown.document import Document
from imagedocs.problems import Problem
from imagedocs.project import Project
from imagedocs.project.translations import translations_of, verdict


def judge_translations(project: Project, tag: str, *, notes_versions: bool) -> Iterator[Problem]:
    """Yield the problems of the translations into one language. `notes_versions` says whether the project notes which
    version of its source a page is a translation of."""
    translations = translations_of(project, project.locale(tag))
    return check_translations(
        translations, notes_versions=notes_versions, read_line=line_reader(project.root)
    )


def judge_terms(
    project: Project,
    path: str,
    passages: Sequence[Passage],
    tag: str,
    source_path: str,
    source: Sequence[Passage],
) -> Iterator[Problem]:
    """Yield the problems where the page at a project path doesn't keep the terms of the glossary. `passages` is its
    prose. Where it is a translation, `tag` is its language, and `source` the prose of the page at `source_path`, if that
    is known."""
    page = verdict(project.tree, path, source_path) if tag else None
    return check_page_terms(project.glossary, tag, page, source, passages)


def judge_images(project: Project, document: Document) -> tuple[tuple[Problem, ...], tuple[int, ...]]:
    """Return the problems with the images that a page names, and the numbers of the allowances that it needs."""
    judge = _image_judge(project)
    judge.used.clear()
    problems = tuple(judge.problems(document))
    allowed = project.allowed_images
    return problems, tuple(number for number, each in enumerate(allowed) if each in judge.used)


@remembered
def _image_judge(project: Project) -> ImageJudge:
    assert project.manifest is not None
    pages = {
        f"docs/{tag}/{place}": image.full_repository
        for tag in project.locales.tags
        for place, image in project.image_pages.places.items()
        if image is not None
    }
    return ImageJudge(project.catalog, project.manifest, project.as_of, project.allowed_images, pages)
