"""Reading `catalog/images.yaml`: good entries survive bad ones, and every problem is reported in one run."""

from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import fields as f
from imagedocs.catalog.entries import EntryReader
from imagedocs.catalog.images import Catalog, Framework, Image
from imagedocs.catalog.kinds import ColumnName
from imagedocs.catalog.rules import check_duplicates, check_image, check_replacements
from imagedocs.findings import Findings
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml_fields import root_fields
from imagedocs.yaml_nodes import Node, Scalar, Sequence, read_yaml
from imagedocs.yaml_records import Values


def load_catalog(
    path: str, data: str | bytes, as_of: date | None = None
) -> tuple[Catalog, tuple[Problem, ...]]:
    """The catalog, and what is wrong with it; `path` is for the problems.

    With `as_of`, an image that left the list by that day and is still called supported is a problem.
    """
    findings = Findings(path)
    root, problems = read_yaml(path, data)
    findings.problems.extend(problems)
    catalog = _Reader(findings, as_of).read(root)
    return catalog, findings.sorted()


@dataclass(slots=True)
class _Reader:
    findings: Findings
    as_of: date | None

    def read(self, root: Node | None) -> Catalog:
        empty = Catalog(f.VERSION, "", (), ())
        fields = root_fields(root, self.findings)
        if fields is None or not self._version_is_known(fields.node("version")):
            return empty
        columns = self._columns(fields.node(f.COLUMNS.key))
        form = f.CATALOG if columns is None else f.catalog_with(columns)
        values = form.read(fields.mapping, self.findings)
        if values is None:
            return empty
        frameworks = self._frameworks(values)
        systems = values.get(f.SYSTEMS) or {}
        names = {name: system.get(f.SYSTEM_TITLE) or name for name, system in systems.items()}
        registry = values.get(f.REGISTRY_FIELD) or ""
        images = self._images(values, EntryReader(self.findings, registry, frameworks, names, columns))
        order = {framework.id: index for index, framework in enumerate(frameworks.values())}
        listed = tuple(sorted(images.values(), key=lambda image: order.get(image.framework.id, len(order))))
        version = values.get(f.VERSION_FIELD) or f.VERSION
        portal = tuple(beginning for beginning, _ in values.get(f.PORTAL) or ())
        return Catalog(version, registry, tuple(frameworks.values()), listed, portal, columns)

    def _columns(self, node: Node | None) -> tuple[str, ...] | None:
        """The names of the columns, each once. What is wrong with one by itself is its kind's to say."""
        if not isinstance(node, Sequence):
            return None
        found: list[str] = []
        own = {one.key for one in f.BUILT_IN}
        for item in node.items:
            name = item.value if isinstance(item, Scalar) else ""
            if name in found:
                self.findings.add(
                    item, Rule.DUPLICATE_KEY, f"the column {shown(name)} stands twice", "remove one of them"
                )
            elif name in f.NO_COLUMNS:
                message = f"{shown(name)} is a field of every image, not a column"
                self.findings.add(item, Rule.UNKNOWN_NAME, message, "remove it")
            elif name not in own and (meant := did_you_mean(name, own)):
                # Nobody has both `pyhton` and `python`.
                self.findings.add(item, Rule.UNKNOWN_NAME, f"there is no column {shown(name)}", meant)
            elif ColumnName().read(item, Findings("")) is not None:
                found.append(name)
        return tuple(found)

    def _version_is_known(self, node: Node | None) -> bool:
        if isinstance(node, Scalar) and node.value.isascii() and node.value.isdigit() and len(node.value) < 9:
            version = int(node.value)
            if version > f.VERSION:
                message = f"the file is of version {version}; this imagedocs reads up to version {f.VERSION}"
                self.findings.add(node, Rule.NEWER_VERSION, message, "use a newer imagedocs")
                return False
            if version == 0:
                self.findings.add(node, Rule.WRONG_TYPE, "versions begin with 1", f"write {f.VERSION}")
        return True

    def _frameworks(self, values: Values) -> dict[str, Framework]:
        table = values.get(f.FRAMEWORKS) or {}
        found: dict[str, Framework] = {}
        taken: dict[tuple[str, str], str] = {}
        for key, one in table.items():
            token = one.get(f.FRAMEWORK_TOKEN) or key
            anchor = one.get(f.FRAMEWORK_ANCHOR) or key
            for what, name, field in (
                ("token", token, f.FRAMEWORK_TOKEN),
                ("anchor", anchor, f.FRAMEWORK_ANCHOR),
            ):
                other = taken.setdefault((what, name), key)
                if other != key:
                    message = f"{shown(other)} has the {what} {shown(name)} already"
                    self.findings.add(one.node(field), Rule.DUPLICATE_KEY, message, f"give it another {what}")
            found[key] = Framework(key, one.get(f.FRAMEWORK_TITLE) or key, token, anchor)
        return found

    def _images(self, values: Values, reader: EntryReader) -> dict[str, Image]:
        entries = [entry for entry, _ in values.get(f.IMAGES) or ()]
        if "images" in values.values and values.values["images"] == ():
            self.findings.add(values.node(f.IMAGES), Rule.MISSING_FIELD, "there is no image in the catalog")
        first: dict[str, Values] = {}
        images: dict[str, Image] = {}
        for entry in entries:
            image_id = entry.get(f.ID)
            image = reader.read(entry)
            if image_id is not None and image_id in first:
                message = (
                    f"the id {shown(image_id)} stands twice; first on line {first[image_id].node(f.ID).line}"
                )
                self.findings.add(entry.node(f.ID), Rule.DUPLICATE_IMAGE, message, "give it another id")
                continue
            if image_id is not None:
                first[image_id] = entry
            if image is not None:
                images[image.id] = image
                check_image(image, reader.frameworks.values(), reader.systems, self.as_of, self.findings)
        check_duplicates(images.values(), self.findings)
        check_replacements(images, first, self.findings)
        return images
