"""Parts of a page for some readers or in some shape: zones, monikers, rows and columns, forms."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from imagedocs.markdown.render.media import write_image, write_video
from imagedocs.markdown.render.pivots import PivotGroup, find_groups, group_file, group_ids, group_targets
from imagedocs.markdown.render.writing import BlockWriter
from imagedocs.markdown.sheet import add_element, protected
from imagedocs.problems import Position, Rule

_SEPARATOR = re.compile(r"\s*,\s*")


class Zones:
    """Writes the triple-colon containers and leaves of one page."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer
        self._groups: dict[str, PivotGroup] = {}
        self._used: dict[str, Position] = {}
        """The pivots that zones of the page are for, and where each stands first."""

    def read_groups(self, front_matter: Mapping[str, Any]) -> None:
        """Take the pivot groups that the page names."""
        names = group_ids(front_matter)
        if not names:
            return
        sheet = self._writer.sheet
        file, targets = group_file(front_matter), group_targets(front_matter, sheet.path, sheet.options)
        known = find_groups(sheet.sources, sheet.path, targets, sheet.collection.problem)
        for name in names:
            if known is not None and name in known:
                self._groups[name] = known[name]
                continue
            where = f" in {file}" if known is not None else f": there is no {file} here or in a folder around"
            message = f"there is no pivot group {name}{where}"
            sheet.collection.problem(Position(sheet.path, 1, 1), Rule.PIVOT_GROUP_NOT_FOUND, message)

    def finish(self) -> None:
        """Check the pivots of the whole page, and give readers something to choose with."""
        sheet = self._writer.sheet
        if not self._used:
            return
        if not self._groups:
            if not any(problem.rule is Rule.PIVOT_GROUP_NOT_FOUND for problem in sheet.collection.problems):
                message = "the page has zones for pivots and names no group of them"
                hint = "add zone_pivot_groups: to the metadata"
                sheet.collection.problem(Position(sheet.path), Rule.ZONE_PIVOT_GROUP_MISSING, message, hint)
            return
        titles = self._titles()
        for pivot, position in self._used.items():
            if pivot not in titles:
                message = f"no group of the page has a pivot {pivot}"
                hint = f"it has {', '.join(titles)}" if titles else ""
                sheet.collection.problem(position, Rule.PIVOT_ID_NOT_FOUND, message, hint)
        for pivot in titles:
            if pivot not in self._used:
                message = f"the page has no zone for the pivot {pivot}"
                sheet.collection.problem(Position(sheet.path, 1, 1), Rule.PIVOT_ID_UNUSED, message)
        self._add_chooser()

    def _titles(self) -> dict[str, str]:
        return {pivot: title for group in self._groups.values() for pivot, title in group.pivots.items()}

    def _add_chooser(self) -> None:
        """What the script makes a row of buttons of; behind the title, which must stay the first element."""
        root = self._writer.sheet.root
        start = 1 if len(root) and root[0].tag == "h1" else 0
        for offset, group in enumerate(self._groups.values()):
            chooser = Element("div", {"class": "zone-pivots", "hidden": "hidden"})
            chooser.set("data-label", protected(group.prompt or group.title))
            chooser.set(
                "data-pivots",
                protected(json.dumps([{"id": name, "title": title} for name, title in group.pivots.items()])),
            )
            chooser.tail = "\n"
            root.insert(start + offset, chooser)

    # containers

    def zone(self, index: int, parent: Element) -> int:
        writer = self._writer
        token = writer.fragment.tokens[index]
        attributes: Mapping[str, str] = token.meta["attributes"]
        target = attributes.get("target", "")
        pivots = [part for part in _SEPARATOR.split(attributes.get("pivot", "").strip()) if part]
        classes = ["zone", *(["has-target"] if target else []), *(["has-pivot"] if pivots else [])]
        box = add_element(parent, "div", {"class": " ".join(classes)})
        if target:
            box.set("data-target", target)
            if target != "docs":
                box.set("hidden", "hidden")
        if pivots:
            box.set("data-pivot", " ".join(pivots))
            row = token.map[0] if token.map else 0
            for pivot in pivots:
                self._used.setdefault(pivot, writer.sheet.lines.position(row, int(token.meta["source"])))
            titles = self._titles()
            if names := [titles[pivot] for pivot in pivots if titles.get(pivot)]:
                add_element(box, "p", {"class": "zone-title"}).text = protected(", ".join(names))
        outline = writer.sheet.outline
        outer = outline.place
        outline.place = replace(
            outer, target=target or outer.target, pivots=frozenset(pivots) or outer.pivots
        )
        end = writer.write_inside(index, box)
        outline.place = outer
        return end

    def moniker(self, index: int, parent: Element) -> int:
        writer = self._writer
        token = writer.fragment.tokens[index]
        text: str = token.meta["attributes"]["range"]
        row, column = token.map[0] if token.map else 0, int(token.meta["column"])
        sheet = writer.sheet
        if writer.fragment.ends[index] == index + 1:
            message = "nothing stands in the moniker range"
            sheet.problem(row, column, Rule.MONIKER_ZONE_EMPTY, message)
        box = add_element(parent, "div", {"class": "moniker", "data-range": text})
        add_element(box, "p", {"class": "zone-title"}).text = protected(text)
        outer = sheet.outline.place
        sheet.outline.place = replace(outer, monikers=text)
        end = writer.write_inside(index, box)
        sheet.outline.place = outer
        return end

    def row(self, index: int, parent: Element) -> int:
        return self._writer.write_inside(index, add_element(parent, "section", {"class": "row"}))

    def column(self, index: int, parent: Element) -> int:
        span = self._writer.fragment.tokens[index].meta["attributes"].get("span", "")
        classes = f"column span{span}" if span else "column"
        return self._writer.write_inside(index, add_element(parent, "div", {"class": classes}))

    # leaves

    def form(self, index: int, parent: Element) -> int:
        """Belongs to the portal of the dialect's makers; only its button is seen."""
        attributes: Mapping[str, str] = self._writer.fragment.tokens[index].meta["attributes"]
        form = add_element(
            parent, "form", {"class": "chromeless-form", "data-action": attributes.get("action", "")}
        )
        add_element(form, "div")
        button = add_element(
            form, "button", {"class": "button is-primary", "disabled": "disabled", "type": "submit"}
        )
        button.text = protected(attributes.get("submittext", ""))
        return index + 1

    def image(self, index: int, parent: Element) -> int:
        token = self._writer.fragment.tokens[index]
        write_image(
            self._writer.sheet, token.meta["attributes"], self._source(index), self._paragraph(parent)
        )
        return index + 1

    def complex_image(self, index: int, parent: Element) -> int:
        """An image with the long description that follows it, for those who cannot see it."""
        token = self._writer.fragment.tokens[index]
        sheet = self._writer.sheet
        row = sheet.lines.first_line - 1 + (token.map[0] if token.map else 0)
        description = sheet.claim(f"{row}-{token.meta['column']}")
        sheet.anchor(description, self._source(index))
        write_image(
            sheet, token.meta["attributes"], self._source(index), self._paragraph(parent), description
        )
        box = add_element(parent, "div", {"id": description, "class": "visually-hidden"})
        outer, sheet.in_description = sheet.in_description, True
        end = self._writer.write_inside(index, box)
        sheet.in_description = outer
        return end

    def video(self, index: int, parent: Element) -> int:
        token = self._writer.fragment.tokens[index]
        if not write_video(self._writer.sheet, token.meta["attributes"], self._source(index), parent):
            self._no_video(index, token.content, parent)
        return index + 1

    def quoted_video(self, index: int, parent: Element) -> int:
        """`> [!VIDEO address]`"""
        token = self._writer.fragment.tokens[index]
        row = token.map[0] if token.map else 0
        position = self._writer.sheet.lines.position(row, int(token.meta["start"]))
        if not write_video(self._writer.sheet, {"source": token.info}, position, parent):
            self._no_video(index, f"[!VIDEO {token.info}]", add_element(parent, "blockquote"))
        return index + 1

    def _no_video(self, index: int, text: str, parent: Element) -> None:
        add_element(parent, "p").text = protected(text)
        row = (self._writer.fragment.tokens[index].map or [0])[0]
        self._writer.sheet.problem(
            row, 0, Rule.INVALID_VIDEO, "the source of a video must be an https address"
        )

    def _source(self, index: int) -> Position:
        token = self._writer.fragment.tokens[index]
        return self._writer.sheet.lines.position(token.map[0] if token.map else 0, int(token.meta["source"]))

    def _paragraph(self, parent: Element) -> Element:
        paragraph = add_element(parent, "p")
        paragraph.tail = "\n"
        return paragraph
