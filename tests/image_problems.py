"""The problems of the images that pages name, as a test of them alone asks for them."""

from collections.abc import Iterator, Sequence
from datetime import date

from imagedocs.catalog import Catalog
from imagedocs.checks.allowed_images import AllowedImage, check_allowed_images
from imagedocs.checks.images import ImageJudge
from imagedocs.markdown import Document
from imagedocs.problems import Problem
from imagedocs.registry import Registry


def page_image_problems(
    document: Document,
    catalog: Catalog,
    registry: Registry,
    as_of: date,
    allowed: Sequence[AllowedImage] = (),
) -> Iterator[Problem]:
    """Yield what is wrong with the references of a page and with the exceptions that are made for them."""
    judge = ImageJudge(catalog, registry, as_of, allowed)
    yield from judge.problems(document)
    yield from check_allowed_images(allowed, judge.used, as_of)
