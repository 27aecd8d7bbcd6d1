"""The words of ours that readers see, in English; a locale's messages have the others."""

ALERT_LABELS = {
    "NOTE": "Note",
    "TIP": "Tip",
    "WARNING": "Warning",
    "IMPORTANT": "Important",
    "CAUTION": "Caution",
    # the other boxes of Material, for `!!! info`
    "ABSTRACT": "Abstract",
    "BUG": "Bug",
    "DANGER": "Danger",
    "EXAMPLE": "Example",
    "FAILURE": "Failure",
    "INFO": "Info",
    "QUESTION": "Question",
    "QUOTE": "Quote",
    "SUCCESS": "Success",
}
BACK_TO_TEXT = "Back to the text"
"""Of the arrow behind a footnote."""
VIDEO = "Video"
"""Of a video without a title."""
MISSING_SAMPLE = "The sample you are looking for seems to have moved. Don't worry, we are working on it."
"""In place of code whose file is not there."""

LABELS = (*ALERT_LABELS.values(), BACK_TO_TEXT, VIDEO, MISSING_SAMPLE)
"""All of them: what `PageOptions.label` is asked for."""


def alert_label(kind: str) -> str:
    """For a kind of alert in capitals; a kind that a site has made up is its own label."""
    return ALERT_LABELS.get(kind, kind.capitalize())
