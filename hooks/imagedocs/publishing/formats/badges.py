"""Publish a badge for each image: a small picture (SVG) that says in the reader's language how long it is supported."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from html import escape
from typing import Final

from imagedocs.catalog import Image, Status
from imagedocs.evidence import support_on
from imagedocs.publishing.formats.data.writing import image_path
from imagedocs.publishing.formats.publication import Format, Maker, Publication
from imagedocs.publishing.image_values import names_of
from imagedocs.publishing.values import list_day

GREY: Final = "#434a54"
GREEN: Final = "#1b6e3c"
BROWN: Final = "#8a4b08"
RED: Final = "#a82820"
"""Colours behind white text, each with a contrast of at least 4.5:1 to it."""
LONGEST: Final = 60
"""Characters of a name that are shown; the title of the picture has all of it."""
_SIZE: Final = 11
_NARROW: Final = frozenset(" !'(),-./:;I[]`fijlrt|")
_WIDE: Final = frozenset("%@MWmw")
_SVG: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" lang="{lang}" xml:lang="{lang}" \
aria-label="{title}">
<title>{title}</title>
<rect width="{width}" height="20" rx="3" fill="{grey}"/>
<path d="M{left} 0h{flat}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{flat}z" fill="{colour}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Noto Sans,sans-serif" font-size="{size}" text-anchor="middle" \
aria-hidden="true">
<text x="{label_at}" y="14" textLength="{label_length}" lengthAdjust="spacingAndGlyphs">{label}</text>
<text x="{message_at}" y="14" textLength="{message_length}" lengthAdjust="spacingAndGlyphs">{message}</text>
</g>
</svg>
"""


def _files(publication: Publication) -> Mapping[str, Maker]:
    badges = Badges(publication)
    paths = {badge_path(image): image for image in publication.catalog.images}
    return {path: partial(badges.picture, image) for path, image in paths.items() if path}


def badge_path(image: Image) -> str:
    """Return the path of an image's badge, in the folder of the badges; empty for an id that is too long."""
    return f"{image.id}.svg" if image_path(image.id) else ""


@dataclass(frozen=True)
class Badges:
    """The badges of one locale's site."""

    publication: Publication

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(self.publication.catalog.images)

    @cached_property
    def _known_on(self) -> date:
        """Day on which what the list says is known to have held."""
        return list_day(self.publication.catalog, self.publication.as_of) or self.publication.as_of

    def picture(self, image: Image) -> bytes:
        """Return the badge of an image."""
        message, colour = self._message(image)
        return render_badge(self._names[image.id], message, colour, self.publication.locale.tag).encode()

    def text(self, image: Image) -> str:
        """Return what the badge of an image says, for those who don't see it."""
        return f"{self._names[image.id]}: {self._message(image)[0]}"

    def _message(self, image: Image) -> tuple[str, str]:
        """Return what is said of an image, and its colour. What holds now is said with a day."""
        as_of, messages = self.publication.as_of, self.publication.messages

        def on(text: str, day: date) -> str:
            return text % {"date": self.publication.formats.date(day, "medium")}

        status = image.status_on(as_of)
        if status is Status.REMOVED:
            until = image.listed.until
            return (
                on(messages.pgettext("badge", "withdrawn on %(date)s"), until)
                if until
                else messages.pgettext("badge", "withdrawn")
            ), RED
        support = support_on(image, image.tag, self.publication.record, as_of)
        last = support.last_day if support is not None else None
        if support is not None and support.is_supported is False and last:
            return on(messages.pgettext("badge", "supported until %(date)s"), last), RED
        if status is Status.DEPRECATED:
            return on(messages.pgettext("badge", "deprecated, as of %(date)s"), self._known_on), BROWN
        if support is not None and support.is_supported and last:
            return on(messages.pgettext("badge", "supported until %(date)s"), last), GREEN
        # TRANSLATORS: the day of the list that says so; on a small picture, so as short as possible
        return on(messages.pgettext("badge", "supported, as of %(date)s"), self._known_on), GREEN


def render_badge(label: str, message: str, colour: str, lang: str) -> str:
    """Return the picture, in which any text may stand."""
    label, message = _printable(label), _printable(message)
    shown = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    label_length, message_length = text_width(shown), text_width(message)
    left, right = label_length + 12, message_length + 12
    return _SVG.format(
        width=left + right,
        left=left,
        flat=right - 3,
        lang=escape(lang),
        title=escape(f"{label}: {message}"),
        grey=GREY,
        colour=colour,
        size=_SIZE,
        label=escape(shown),
        label_at=left / 2,
        label_length=label_length,
        message=escape(message),
        message_at=left + right / 2,
        message_length=message_length,
    )


def text_width(text: str) -> int:
    """Return about how many pixels a text is wide. Browsers fit it to that, in whichever font they have."""
    return max(1, round(sum(map(_width, text)) * _SIZE))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in ("F", "W"):
        return 1.0
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if character in _NARROW:
        return 0.42
    if character in _WIDE:
        return 0.95
    return 0.72 if character.isupper() else 0.62


def _printable(text: str) -> str:
    """Return a text without what XML has no place for."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())


BADGES: Final = Format(
    "badges",
    "badges",
    "Whether each image has a badge, a small picture that says how it stands, and where.",
    _files,
)
