"""Reading `catalog/images.yaml`: good entries survive bad ones, and every problem is reported in one run."""

from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import fields as f
from imagedocs.catalog.entries import EntryReader
from imagedocs.catalog.images import Catalog, Framework, Image
from imagedocs.catalog.kinds import Values
from imagedocs.catalog.rules import check_duplicates, check_image, check_replacements
from imagedocs.findings import Findings
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml_fields import root_fields
from imagedocs.yaml_nodes import Node, Scalar, read_yaml


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
        values = f.CATALOG.read(fields.mapping, self.findings)
        if values is None:
            return empty
        frameworks = self._frameworks(values)
        systems = values.get(f.SYSTEMS) or {}
        names = {name: system.get(f.SYSTEM_TITLE) or name for name, system in systems.items()}
        registry = values.get(f.REGISTRY_FIELD) or ""
        images = self._images(values, registry, frameworks, names)
        order = {framework.id: index for index, framework in enumerate(frameworks.values())}
        listed = tuple(sorted(images.values(), key=lambda image: order[image.framework.id]))
        return Catalog(values.get(f.VERSION_FIELD) or f.VERSION, registry, tuple(frameworks.values()), listed)

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

    def _images(
        self, values: Values, registry: str, frameworks: dict[str, Framework], systems: dict[str, str]
    ) -> dict[str, Image]:
        entries = [entry for entry, _ in values.get(f.IMAGES) or ()]
        if "images" in values.values and values.values["images"] == ():
            self.findings.add(values.node(f.IMAGES), Rule.MISSING_FIELD, "there is no image in the catalog")
        reader = EntryReader(self.findings, registry, frameworks, systems)
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
                check_image(image, frameworks.values(), systems, self.as_of, self.findings)
        check_duplicates(images.values(), self.findings)
        check_replacements(images, first, self.findings)
        return images
