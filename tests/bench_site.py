"""A site to measure with: as many pages as asked for, of about 6 kB, 20 internal links and one include each."""

from pathlib import Path

from small_project import LOCALES, small_project

PER_FOLDER = 50
"""Pages of a section."""
SECTIONS = 8
"""Headings of level 2 in a page."""

_ONE_LOCALE = LOCALES[: LOCALES.index("  es:")]
_WORDS = (
    "a workload reads its configuration when the container starts and keeps it until the next release",
    "the service answers on the port that the image exposes, and logs each request with its duration",
    "copy the values of the last deployment, change what differs, and compare both before you go on",
    "an environment that is not used for a month can be removed without telling anyone of the team",
)
_FILE = "part-{:02}/page-{:05}.md"


def page_path(number: int) -> str:
    """Below the docs folder."""
    return _FILE.format(number // PER_FOLDER, number)


def write_site(folder: Path, count: int, breaks: int = 0) -> Path:
    """A project in `folder`, in English alone, with `count` pages; in `breaks` of them one link is broken."""
    files = {
        "docs/en/index.md": _home(count),
        "includes/shared.md": _INCLUDE,
        "locales/locales.yaml": _ONE_LOCALE,
    }
    broken = {number * count // breaks for number in range(breaks)} if breaks else set[int]()
    for number in range(count):
        files[f"docs/en/{page_path(number)}"] = page(number, count, broken=number in broken)
    small_project(folder, files)
    (folder / "docs/en/media").mkdir(exist_ok=True)
    (folder / "docs/en/media/diagram.png").write_bytes(_PNG)
    return folder


def page(number: int, count: int, *, broken: bool = False) -> str:
    """The text of one page."""
    links = _links(number, count)
    if broken:
        at, target = _BREAKS[number % len(_BREAKS)]
        links[at] = target.format(number)
    parts = [
        f"---\ntitle: Page {number}\ndescription: What page {number} is about.\n---\n\n# Page {number}\n"
    ]
    left = iter(links)
    for section in range(SECTIONS):
        words = [_WORDS[(number + section + shift) % len(_WORDS)] for shift in range(4)]
        first, second = next(left, ""), next(left, "")
        parts.append(
            f"## Part {section} of page {number}\n\n"
            f"Here {words[0]}; see [the page on it]({first}). Then **{words[1]}**, with `value-{section}`.\n\n"
            f"- {words[2]}, as [described there]({second})\n- {words[3]}\n"
        )
        if section % 3 == 0:
            parts.append(f"> [!NOTE]\n> Remember that {words[1]}.\n")
        if section % 3 == 1:
            parts.append(
                f"| Name | Value | Page |\n|---|---|---|\n| `a{section}` | {words[0][:30]} | [first]({next(left, '')}) |\n"
                f"| `b{section}` | {words[2][:30]} | text |\n"
            )
        if section % 4 == 2:
            parts.append(f"```bash\ndocker run --rm -p 80{section}0:80 example.org/team/app:{number}\n```\n")
    up = "../../.."
    parts.append(f"[!INCLUDE [shared]({up}/includes/shared.md)]\n")
    parts.append(f"![The parts of page {number}](../media/diagram.png)\n")
    return "\n".join(parts)


def _links(number: int, count: int) -> list[str]:
    """19 targets; the image is the twentieth."""
    found: list[str] = []
    for step in range(1, 17):
        other = (number + step * step * 7) % count
        target = f"../{page_path(other)}"
        found.append(target if step % 4 == 0 else f"{target}#part-{step % SECTIONS}-of-page-{other}")
    return [*found, f"#part-3-of-page-{number}", "../index.md#pages", f"#page-{number}"]


_BREAKS = (
    (0, "../part-00/page-x.md"),
    (2, "#nothing"),
    (5, "../part-00/page-00001.md#part-9-of-page-1"),
    (7, "../media/no.png"),
)
"""Which of a page's links, and what it is instead."""

_INCLUDE = "What is said here is said on every page: [the first page](../docs/en/index.md) has them all.\n"
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "0001e221bc330000000049454e44ae426082"
)


def _home(count: int) -> str:
    rows = "\n".join(f"- [Page {number}]({page_path(number)})" for number in range(0, count, PER_FOLDER))
    return f"# Home\n\nText.\n\n## Pages\n\n{rows}\n"
