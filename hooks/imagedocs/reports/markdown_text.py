"""Texts of anybody's in Markdown that others render."""

import re

_MARKUP = re.compile(r"[\\`*_{}\[\]()#+!|~<>&$-]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def as_markdown(text: str) -> str:
    """Return Markdown that shows `text` as it is: nothing in it is markup, an address to click, or a person to call.

    GitHub looks for addresses of mail and for names of people in what is shown, so that a character which nobody sees
    parts them from their "@".
    """
    escaped = _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)
    return escaped.replace("@", "&#64;&#8288;")
