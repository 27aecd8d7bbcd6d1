"""Where a file is made on the site of a repository: for a reader who could translate a page."""

import re
from urllib.parse import quote, unquote, urlsplit

_EDITORS = (
    # https://github.com/<owner>/<name>/edit/<branch>/<path>; the branch of a link that MkDocs makes is one segment
    (re.compile(r"(?P<repository>[^/]+/[^/]+)/edit/(?P<branch>[^/]+)/(?P<path>.+)"), "new", "filename"),
    # https://gitlab.com/<group>/<name>/-/edit/<branch>/<path>
    (re.compile(r"(?P<repository>.+?)(?:/-)?/edit/(?P<branch>[^/]+)/(?P<path>.+)"), "-/new", "file_name"),
)


def new_file_address(edit_address: str, shown: str, wanted: str) -> str:
    """The address at which the file `wanted` is made, where that of `shown` is edited at `edit_address`; both are
    relative to the folder of the pages. Empty for a host of which that is not known.
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
