"""What is wrong with the images that pages name: remembered with what it was found in, and not looked for again."""

from collections.abc import Callable

from imagedocs.cache.memory import Memory
from imagedocs.checks.records import from_bytes, read_all, to_bytes, write_all
from imagedocs.checks.site import Site
from imagedocs.judging.frame import Frame
from imagedocs.markdown.document import Document
from imagedocs.problems import Problem


def images_in(
    frame: Frame,
    site: Site,
    judge: Callable[[Document], tuple[tuple[Problem, ...], tuple[int, ...]]],
    memory: Memory,
) -> tuple[list[Problem], set[int]]:
    """What is wrong with the images that pages name, and the numbers of the allowances that they need. `judge` says
    so of one page."""
    found: list[Problem] = []
    used: set[int] = set()
    for locale in site.locales if frame.knows_images else ():
        for place, brief in locale.briefs.items():
            if not brief.names_images:
                continue
            name, held = f"{locale.tag}/{place}", locale.digest(place)
            key = f"{frame.images}\n{held}"
            kept = memory.get("images", name, key) if held else None
            if kept is None:
                problems, numbers = judge(locale.documents[place])
                if held:
                    memory.put("images", name, key, to_bytes((write_all(problems), numbers)))
            else:
                written, numbers = from_bytes(kept)
                problems = read_all(Problem, written)
            found += problems
            used.update(numbers)
    return found, used
