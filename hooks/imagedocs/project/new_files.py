"""Find the address at which a reader who could translate a page creates the file on the site of its repository."""

import re
from urllib.parse import quote, unquote, urlsplit

_EDITORS = (
    # https://github.com/<owner>/<name>/edit/<branch>/<path>; the branch of a link that MkDocs makes is one segment
    (re.compile(r"(?P<repository>[^/]+/[^/]+)/edit/(?P<branch>[^/]+)/(?P<path>.+)"), "new", "filename"),
    # https://gitlab.com/<group>/<name>/-/edit/<branch>/<path>
    (re.compile(r"(?P<repository>.+?)(?:/-)?/edit/(?P<branch>[^/]+)/(?P<path>.+)"), "-/new", "file_name"),
)


def new_file_address(edit_address: str, shown: str, wanted: str) -> str:
    """Return the address at which the file `wanted` is created, where the file `shown` is edited at `edit_address`.
    Both are relative to the folder of the pages. Empty for an unknown host.
    """
    parts = urlsplit(edit_address)
    host = parts.netloc.lower()
    editors = _EDITORS[:1] if "github" in host else _EDITORS[1:] if "gitlab" in host else ()
    for pattern, verb, query in editors:
        match = pattern.fullmatch(parts.path.removeprefix("/"))
        if match and unquote(match["path"]).endswith(shown):
            path = unquote(match["path"]).removesuffix(shown) + wanted
            folder, _, name = path.rpartition("/")
            place = f"/{match['repository']}/{verb}/{match['branch']}/{quote(folder)}"
            return f"{parts.scheme}://{parts.netloc}{place}?{query}={quote(name)}"
    return ""
