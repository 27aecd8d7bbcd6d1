"""Where a file of the project lies in the site of a locale."""

from collections.abc import Sequence


def site_path(path: str, chain: Sequence[str]) -> str | None:
    """Where the project's file `path` lies in the site of the locale that `chain` begins with.

    `docs/es/a/b.md` is `a/b.md` there, `includes/media/x.png` and its translation
    `includes/es/media/x.png` are `includes/media/x.png`. `None` when the file is not part of that site.
    """
    for tag in chain:
        if path.startswith(f"docs/{tag}/"):
            return path.removeprefix(f"docs/{tag}/")
        if path.startswith(f"includes/{tag}/"):
            return "includes/" + path.removeprefix(f"includes/{tag}/")
    if path.startswith("includes/") and not path.startswith("includes/theme/"):
        return path
    return None
