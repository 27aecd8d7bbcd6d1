"""What is said of an event, on pages and in feeds: the same sentences in each language."""

from collections.abc import Callable, Iterable

from imagedocs.catalog import Image
from imagedocs.locales import Formats, Messages
from imagedocs.locales.catalog_texts import CONTEXT
from imagedocs.publishing.events import Event, EventKind


def event_text(
    event: Event,
    messages: Messages,
    formats: Formats,
    name: Callable[[Image, str], str],
    code: Callable[[str], str] = str,
    text: Callable[[str], str] = str,
) -> str:
    """Return what is said of an event, as plain text or with the marks that the functions make.

    `name` shows an image, or one of its tags, which is given with the sign before it (`:1.4`, `@sha256:…`). `code`
    shows a tag by itself, and `text` a sentence of the catalog.
    """
    one = event.tags[0] if event.tags and event.issue is None else ""
    tag = f"{'@' if ':' in one else ':'}{one}" if one else ""
    said = [_heads(messages)[event.kind] % {"image": name(event.image, tag)}]
    if event.replacement is not None:
        said.append(messages.gettext("Use %(image)s instead.") % {"image": name(event.replacement, "")})
    if (issue := event.issue) is not None:
        tags = formats.list([code(each) for each in issue.tags])
        said += (
            messages.gettext("Don't use %(tags)s.") % {"tags": tags},
            text(messages.pgettext(CONTEXT, issue.text)),
        )
        if issue.fixed_in:
            said.append(messages.gettext("Fixed in %(tag)s.") % {"tag": code(issue.fixed_in)})
    return _joined(said)


def _heads(messages: Messages) -> dict[EventKind, str]:
    return {
        # TRANSLATORS: what happened to an image on a day, or will happen: the sentence has no tense
        EventKind.LISTED: messages.gettext("Added: %(image)s."),
        EventKind.WITHDRAWN: messages.gettext("Withdrawn: %(image)s."),
        EventKind.KNOWN_ISSUE: messages.gettext("Known issue: %(image)s."),
        EventKind.SUPPORT_ENDS: messages.gettext("No longer supported: %(image)s."),
        EventKind.SUPPORT_MAY_END: messages.gettext("Support no longer certain: %(image)s."),
        EventKind.END_OF_LIFE: messages.gettext("End of life, according to the registry: %(image)s."),
        EventKind.TAG_MISSING: messages.gettext("Found missing in the registry: %(image)s."),
    }


def _joined(sentences: Iterable[str]) -> str:
    """Return the sentences with a blank between them, except behind a full-width sign."""
    said = ""
    for sentence in sentences:
        blank = "" if not said or said.endswith(("。", "：")) else " "
        said += f"{blank}{sentence!s}"
    return said
