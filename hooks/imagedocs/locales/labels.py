"""Words that the Markdown dialect adds to a page by itself, listed here so that they are found for translation.

Whoever renders a page passes them through its locale's `gettext`.
"""


def N_(message: str) -> str:  # noqa: N802  # gettext's customary name for "to be translated later"
    """Marks `message` for extraction."""
    return message


ADMONITION_TITLES = (
    # TRANSLATORS: title of a box that draws attention to a paragraph
    N_("Note"),
    N_("Tip"),
    N_("Important"),
    N_("Caution"),
    N_("Warning"),
    N_("Abstract"),
    N_("Info"),
    N_("Success"),
    N_("Question"),
    N_("Failure"),
    N_("Danger"),
    N_("Bug"),
    N_("Example"),
    N_("Quote"),
)
"""Titles of alerts (`> [!NOTE]`) and admonitions (`!!! note`) to which the author gave none."""

OTHER_LABELS = (
    # TRANSLATORS: of the arrow behind a footnote
    N_("Back to the text"),
    # TRANSLATORS: of a video whose author gave it no title
    N_("Video"),
    # TRANSLATORS: in place of code whose file is not there
    N_("The sample you are looking for seems to have moved. Don't worry, we are working on it."),
)
