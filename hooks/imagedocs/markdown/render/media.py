"""Images and videos with attributes: `:::image`, `:::video`, `> [!VIDEO …]`."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from imagedocs.markdown.document import LinkKind
from imagedocs.markdown.labels import VIDEO
from imagedocs.markdown.render.videos import is_known_player, player_address
from imagedocs.markdown.sheet import Sheet, add_element, protected
from imagedocs.markdown.syntax.places import Places
from imagedocs.problems import Position, Rule

Attributes = Mapping[str, str]


def write_image(
    sheet: Sheet, attributes: Attributes, position: Position, parent: Element, description: str = ""
) -> None:
    """`description`: the id of the element that describes a complex image."""
    kind = attributes.get("type") or "content"
    alt = "" if kind == "icon" else attributes.get("alt-text", "")
    if kind == "icon":
        source = sheet.link(attributes["source"].strip(), position, LinkKind.IMAGE)
    else:
        source = sheet.image(attributes["source"].strip(), position, alt)
    if source is None:
        return
    border = attributes.get("border", "false" if kind == "icon" else "true").lower() == "true"
    holder = parent
    if attributes.get("link"):
        href = sheet.link(attributes["link"].strip(), position, LinkKind.LINK, alt)
        if href is not None:
            holder = add_element(parent, "a", {"href": href})
    elif attributes.get("lightbox"):
        href = sheet.link(attributes["lightbox"].strip(), position, LinkKind.IMAGE, alt)
        if href is not None:
            holder = add_element(parent, "a", {"class": "glightbox", "href": href})
    image = add_element(holder, "img", {"src": source, "alt": alt})
    if border:
        image.set("class", "border")
    if kind == "icon":
        image.set("role", "presentation")
    if description:
        image.set("aria-describedby", description)


def write_video(sheet: Sheet, attributes: Attributes, position: Position, parent: Element) -> bool:
    """Whether the source is an address that can be embedded."""
    address = player_address(attributes["source"].strip(), sheet.options.publisher)
    if address is None:
        return False
    box = add_element(parent, "div", {"class": "embeddedvideo"})
    frame = add_element(box, "iframe", {"src": address, "allowfullscreen": "true", "loading": "lazy"})
    if attributes.get("title"):
        frame.set("title", protected(attributes["title"]))
    else:
        frame.set("aria-label", protected(sheet.label(VIDEO)))
    if attributes.get("max-width"):
        frame.set("style", f"max-width: {int(attributes['max-width'])}px;")
    if "title" in attributes and not is_known_player(address, sheet.options.publisher):
        message = "the video is on none of the players that the site may embed"
        sheet.collection.problem(position, Rule.INVALID_VIDEO, message)
    return True


def source_position(places: Places, meta: Mapping[str, object]) -> Position:
    """Of the source, in a construct within a line."""
    return places.at(int(str(meta["source"])))
