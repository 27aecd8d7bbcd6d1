"""What is published of one image, or of all together, besides its page."""

from collections.abc import Container
from dataclasses import replace

from imagedocs.catalog import Image
from imagedocs.publishing.formats.badges import Badges, badge_path
from imagedocs.publishing.formats.data import data_path
from imagedocs.publishing.formats.feeds import ATOM, CALENDAR, path_of
from imagedocs.publishing.formats.publication import Publication
from imagedocs.publishing.pages import ImageFiles


def files_of_image(given: Publication, there: Container[str], image: Image | None) -> ImageFiles:
    """Return what is published of an image, or of all together; `there` has the site paths of all published files."""
    feed, calendar = (
        place if (place := f"{given.folders.get('feeds', '')}/{path_of(image, ending)}") in there else ""
        for ending in (ATOM, CALENDAR)
    )
    address = f"webcal:{given.address(calendar).partition(':')[2]}" if calendar else ""
    feeds = ImageFiles(feed=feed and f"~/{feed}", calendar=calendar and f"~/{calendar}", subscription=address)
    if image is None:
        return feeds
    badge = f"{given.folders.get('badges', '')}/{badge_path(image)}"
    data = f"{given.folders.get('data', '')}/{data_path(image)}"
    if badge not in there:
        return replace(feeds, data=f"~/{data}" if data in there else "")
    address, page = given.address(badge), given.address(given.pages.get(image.id, ""))
    line = f"[![{image.name}]({address})]({page})" if given.site_url else ""
    return replace(
        feeds,
        badge=f"~/{badge}",
        badge_text=Badges(given).text(image),
        badge_line=line,
        data=f"~/{data}" if data in there else "",
    )
