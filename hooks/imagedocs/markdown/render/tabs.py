"""Tabs: headings that are one link to `#tab/id`, each with what follows it, up to a line across the page.

`#tab/a+b` is shown for a or b; `#tab/a/c` only while tab c is chosen in a group before it. Groups with the
same ids are switched together by a script; without it each switches alone, and all tabs can be reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from imagedocs.markdown.render.headings import leading_anchor, tab_of
from imagedocs.markdown.render.writing import BlockWriter
from imagedocs.markdown.sheet import add_element
from imagedocs.problems import Rule


@dataclass(slots=True)
class _Tab:
    ids: tuple[str, ...]
    condition: str
    heading: int
    """Number of its `heading_open` token."""
    end: int = 0
    """Number of the token behind its content."""

    @property
    def name(self) -> str:
        return "+".join(self.ids)

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        return self.ids, self.condition


class TabGroups:
    """The groups of tabs of one page, in order."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer
        self._count = 0
        self._chosen: dict[frozenset[str], str] = {}
        """The tab that groups of these ids show first."""
        self._places: dict[str, frozenset[str]] = {}
        """For each id, the ids of the group that had it first."""

    def starts_at(self, index: int) -> bool:
        return tab_of(self._writer.fragment.tokens[index + 1].children or ()) is not None

    def write(self, index: int, parent: Element) -> int:
        """Write the group whose first heading is token `index`; the number of the token behind it."""
        tabs, end = self._collect(index)
        self._count += 1
        number = self._count
        active = self._check(tabs)
        group = add_element(
            parent, "div", {"class": "tabbed-set tabbed-alternate", "data-tabs": f"{number}:{len(tabs)}"}
        )
        group.tail = "\n"
        visible = {tab.heading for tab in self._shown(tabs)}
        for position, tab in enumerate(tabs, 1):
            attributes = _attributes(tab, hidden=tab.heading not in visible)
            attributes |= {
                "id": f"__tabbed_{number}_{position}",
                "name": f"__tabbed_{number}",
                "type": "radio",
            }
            if tab is active:
                attributes["checked"] = "checked"
            add_element(group, "input", attributes)
            opening, token = self._writer.fragment.tokens[tab.heading : tab.heading + 2]
            place = self._writer.inlines.heading_places(opening, token).at(0)
            self._writer.sheet.anchor(attributes["id"], place)
        labels = add_element(group, "div", {"class": "tabbed-labels"})
        contents = add_element(group, "div", {"class": "tabbed-content"})
        for position, tab in enumerate(tabs, 1):
            self._write_label(
                tab,
                add_element(labels, "label", {"for": f"__tabbed_{number}_{position}"}),
                tab.heading in visible,
            )
            block = add_element(
                contents,
                "div",
                {"class": "tabbed-block", **_attributes(tab, hidden=tab.heading not in visible)},
            )
            content = self._writer.fragment.ends[tab.heading] + 1
            outline = self._writer.sheet.outline
            outer = outline.place
            outline.place = replace(outer, tabs=(*outer.tabs, (frozenset(tab.ids), tab.condition)))
            self._writer.sheet.depth += 3
            self._writer.write(content, tab.end, block)
            self._writer.sheet.depth -= 3
            outline.place = outer
        return end

    def _collect(self, index: int) -> tuple[list[_Tab], int]:
        """The tabs among the siblings from token `index` on, and the token behind the group."""
        fragment = self._writer.fragment
        level = fragment.tokens[index].level
        tabs: list[_Tab] = []
        position = index
        while position < len(fragment.tokens):
            token = fragment.tokens[position]
            if token.nesting < 0 and token.level < level:
                break
            if token.type == "hr" and token.level == level:
                break
            if token.type == "heading_open":
                found = tab_of(fragment.tokens[position + 1].children or ())
                if found is not None:
                    if tabs:
                        tabs[-1].end = position
                    tabs.append(_Tab(*found, position))
            position = fragment.ends[position] + 1
        tabs[-1].end = position
        at_rule = position < len(fragment.tokens) and fragment.tokens[position].type == "hr"
        return tabs, position + int(at_rule)

    def _shown(self, tabs: Sequence[_Tab]) -> list[_Tab]:
        chosen = {part for name in self._chosen.values() for part in name.split("+")}
        return [tab for tab in tabs if not tab.condition or tab.condition in chosen]

    def _check(self, tabs: Sequence[_Tab]) -> _Tab | None:
        """Report what is wrong with a group; the tab that it shows first."""
        seen: set[tuple[tuple[str, ...], str]] = set()
        for tab in tabs:
            if tab.key in seen:
                self._report(
                    tab, f"the tab {tab.name} stands twice in its group", "give each tab an id of its own"
                )
            seen.add(tab.key)
        shown = self._shown(tabs)
        ids = frozenset(part for tab in tabs for part in tab.ids)
        for part in sorted(ids):
            other = self._places.setdefault(part, ids)
            if other != ids and not any(tab.condition for tab in tabs):
                message = (
                    f"the tab {part} stands in groups of different tabs, which cannot be switched together"
                )
                missing = ", ".join(sorted(other ^ ids))
                self._report(tabs[0], message, f"give both groups the same tabs; they differ in {missing}")
                break
        if not shown:
            self._report(tabs[0], "no tab of the group is shown at first", "give one tab no condition")
            return tabs[0] if tabs else None
        wanted = self._chosen.get(ids)
        active = next((tab for tab in shown if tab.name == wanted), shown[0])
        self._chosen[ids] = active.name
        return active

    def _report(self, tab: _Tab, message: str, hint: str) -> None:
        opening, token = self._writer.fragment.tokens[tab.heading : tab.heading + 2]
        position = self._writer.inlines.heading_places(opening, token).at(0)
        self._writer.sheet.collection.problem(position, Rule.INVALID_TAB_GROUP, message, hint)

    def _write_label(self, tab: _Tab, label: Element, shown: bool) -> None:
        writer = self._writer
        token = writer.fragment.tokens[tab.heading + 1]
        children = token.children or []
        places = writer.inlines.heading_places(writer.fragment.tokens[tab.heading], token)
        anchor = leading_anchor(children)
        if anchor is not None:
            children = children[2:]
            name, place = anchor
            if name not in writer.sheet.ids:  # every group of the same tabs has the same anchors
                label.set("id", writer.sheet.claim(name))
                writer.sheet.anchor(name, places.at(place))
        if not shown:
            label.set("data-hidden", "true")
        writer.inlines.write(_without_link(children), places, label)


def _without_link(children: Sequence[Token]) -> list[Token]:
    return [token for token in children if token.type not in ("link_open", "link_close")]


def _attributes(tab: _Tab, *, hidden: bool) -> dict[str, str]:
    attributes = {"data-tab": tab.name}
    if tab.condition:
        attributes["data-condition"] = tab.condition
    if hidden:
        attributes["data-hidden"] = "true"
    return attributes
