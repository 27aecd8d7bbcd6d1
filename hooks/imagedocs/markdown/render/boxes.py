"""Boxes around blocks: alerts, MkDocs' admonitions, items of task lists, footnotes."""

from xml.etree.ElementTree import Element

from imagedocs.markdown.labels import alert_label
from imagedocs.markdown.render.writing import BlockWriter
from imagedocs.markdown.sheet import add_element


class Boxes:
    """Writes the boxes of one page, in the markup of Material's style sheet."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer

    def alert(self, index: int, parent: Element) -> int:
        """`> [!NOTE]`"""
        writer = self._writer
        kind = writer.fragment.tokens[index].info
        box = add_element(parent, "div", {"class": f"admonition {kind.lower()}"})
        self._title(box, folds=False).text = writer.sheet.label(alert_label(kind))
        collection = writer.sheet.collection
        outer, collection.alert = collection.alert, kind
        end = writer.write_inside(index, box)
        collection.alert = outer
        return end

    def admonition(self, index: int, parent: Element) -> int:
        """`!!! note "Title"`, and `???` for one that folds."""
        writer = self._writer
        tokens, ends = writer.fragment.tokens, writer.fragment.ends
        token = tokens[index]
        kind = str(token.meta["tag"])
        folds = token.markup.startswith("?")
        classes = [name for name in str(token.attrs["class"]).split() if "collapsible" not in name]
        if folds:
            box = add_element(parent, "details", {"class": " ".join(classes[1:])})
            if token.markup.endswith("+"):
                box.set("open", "open")
        else:
            box = add_element(parent, "div", {"class": " ".join(classes)})
        start = index + 1
        if tokens[start].type == "admonition_title_open":
            title = self._title(box, folds=folds)
            if len(token.info.strip().split(" ")) == 1:
                title.text = writer.sheet.label(alert_label(kind.upper()))
            else:
                writer.write(start + 1, ends[start], title)
            start = ends[start] + 1
        collection = writer.sheet.collection
        outer, collection.alert = collection.alert, kind.upper()
        writer.write(start, ends[index], box)
        collection.alert = outer
        box.tail = "\n"
        return ends[index] + 1

    def _title(self, box: Element, *, folds: bool) -> Element:
        title = add_element(box, "summary") if folds else add_element(box, "p", {"class": "admonition-title"})
        title.tail = "\n"
        return title

    def list_item(self, index: int, parent: Element) -> int:
        """An item of a list, with a box to tick when it begins with `[ ]` or `[x]`."""
        token = self._writer.fragment.tokens[index]
        if "checked" not in token.meta:
            return self._writer.write_inside(index, add_element(parent, "li"))
        parent.set("class", "task-list")
        item = add_element(parent, "li", {"class": "task-list-item"})
        control = add_element(item, "label", {"class": "task-list-control"})
        box = add_element(control, "input", {"type": "checkbox", "disabled": "disabled"})
        if token.meta["checked"]:
            box.set("checked", "checked")
        add_element(control, "span", {"class": "task-list-indicator"})
        return self._writer.write_inside(index, item)

    # footnotes

    def footnotes(self, index: int, parent: Element) -> int:
        box = add_element(parent, "div", {"class": "footnote"})
        add_element(box, "hr")
        return self._writer.write_inside(index, add_element(box, "ol"))

    def footnote(self, index: int, parent: Element) -> int:
        token = self._writer.fragment.tokens[index]
        sheet = self._writer.sheet
        name = f"fn:{sheet.footnote_prefix}{token.meta['label']}"
        sheet.anchor(name, sheet.lines.position(token.map[0] if token.map else 0))
        return self._writer.write_inside(index, add_element(parent, "li", {"id": name}))

    def footnote_anchor(self, index: int, parent: Element) -> int:
        self._writer.inlines.footnote_anchor(self._writer.fragment.tokens, index, parent)
        return index + 1
