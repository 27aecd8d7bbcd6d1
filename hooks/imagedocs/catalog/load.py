"""Reading `catalog/images.yaml`: good entries survive bad ones, and every problem is reported in one run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import fields as f
from imagedocs.catalog import form
from imagedocs.catalog.accelerators import read_accelerators
from imagedocs.catalog.column_images import resolved
from imagedocs.catalog.columns import read_columns
from imagedocs.catalog.entries import EntryReader
from imagedocs.catalog.facts import Group
from imagedocs.catalog.form import VERSION
from imagedocs.catalog.groups import TITLE
from imagedocs.catalog.images import MAX_AGE, Catalog, Framework, Image
from imagedocs.catalog.registries import HOST, Registries, named_registries
from imagedocs.catalog.rules import check_duplicates, check_image, check_replacements
from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import meant_host
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Fields, root_fields
from imagedocs.yaml.nodes import MAX_NODES, Mapping, Node, Refused, Scalar, Sequence, read_yaml
from imagedocs.yaml.records import Field, Values


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
        empty = Catalog(VERSION, "", (), ())
        fields = root_fields(root, self.findings)
        if fields is None or not self._version_is_known(fields):
            return empty
        built_in = [one.key for one in f.BUILT_IN]
        written = fields.node(form.COLUMNS.key)
        columns = read_columns(written, built_in, f.NO_COLUMNS, self.findings)
        if written is None and not any(fields.node(table.key) for table in (form.FRAMEWORKS, form.SYSTEMS)):
            columns = ()  # a list of names and tags: the fields of a form that needs these tables can't be meant
        groups = self._groups(fields)
        kinds = read_accelerators(self._table(fields, form.ACCELERATORS), Findings(""))
        values = form.catalog_form(columns, kinds, groups).read(fields.mapping, self.findings)
        if values is None:
            return empty
        read_accelerators(values.get(form.ACCELERATORS) or {}, self.findings)
        frameworks = self._frameworks(values)
        systems = values.get(form.SYSTEMS) or {}
        shared = values.get(form.GROUPS) or {}
        registries = self._registries(values)
        reader = EntryReader(
            self.findings,
            registries=registries,
            frameworks=frameworks,
            systems={name: system.get(f.SYSTEM_TITLE) or name for name, system in systems.items()},
            groups={name: Group(name, group.get(TITLE) or "") for name, group in shared.items()},
            accelerators=kinds,
            support=values.get(form.SUPPORT),
            has_columns=columns is not None,
            knows_columns=written is None
            or (isinstance(written, Sequence) and len(written.items) == len(columns or ())),
            own_columns=tuple(column for column in columns or () if column.name not in built_in),
        )
        images = self._images(values, reader)
        order = {framework.id: index for index, framework in enumerate(frameworks.values())}
        max_age = values.get(form.MAX_AGE_FIELD)
        return Catalog(
            version=values.get(form.VERSION_FIELD) or VERSION,
            registry=registries.default[0] if registries.default else "",
            frameworks=tuple(frameworks.values()),
            images=tuple(
                sorted(images.values(), key=lambda image: order.get(image.framework.id, len(order)))
            ),
            portal=(
                *(beginning for beginning, _ in values.get(form.PORTAL) or ()),
                *(f"{each.host} {page}" for each in registries.table.values() for page in each.portal),
            ),
            columns=None if columns is None else tuple(column.name for column in columns),
            own_columns=reader.own_columns,
            registries=tuple(registries.table.values()),
            more_registries=registries.default[1:],
            places=self._places(values, registries, images.values()),
            accelerators=kinds,
            groups=tuple(reader.groups.values()),
            support=reader.support,
            max_age=MAX_AGE if max_age is None else max_age,
        )

    def _registries(self, values: Values) -> Registries:
        default = tuple(meant_host(host) for host, _ in values.get(form.REGISTRY_FIELD) or ())
        node = values.mapping.get(form.REGISTRIES.key)
        table = named_registries(values.get(form.REGISTRIES) or {}, node, self.findings)
        keys = {key.value for key, _ in node.entries} if isinstance(node, Mapping) else set[str]()
        return Registries(default, table, frozenset(keys - set(table)))

    def _places(self, values: Values, registries: Registries, images: Iterable[Image]) -> dict[str, Position]:
        """Return where the host of each registry is first named."""
        places: dict[str, Position] = {}
        for host, node in values.get(form.REGISTRY_FIELD) or ():
            places.setdefault(meant_host(host), self.findings.at(node))
        table = values.mapping.get(form.REGISTRIES.key)
        for key, node in table.entries if isinstance(table, Mapping) else ():
            if key.value in registries.table:
                host = node.get(HOST.key) if isinstance(node, Mapping) else node
                place = host if isinstance(host, Scalar) and host.value else key
                places.setdefault(registries.table[key.value].host, self.findings.at(place))
        for image in images:
            for host in image.hosts:
                places.setdefault(host, image.at(f.REGISTRY_NAME.key))
        return places

    def _table(self, fields: Fields, field: Field[dict[str, Values]]) -> dict[str, Values]:
        """Return a table that the form of the file depends on; what is wrong with it is reported when that is read."""
        node = fields.node(field.key)
        return (field.kind.read(node, Findings("")) or {}) if node else {}

    def _groups(self, fields: Fields) -> dict[str, Node]:
        """Return the groups by name, unless the images would have too many values with those of their groups."""
        node, images = fields.node(form.GROUPS.key), fields.node(form.IMAGES.key)
        if not isinstance(node, Mapping):
            return {}
        sizes = {key.value: _size(value) for key, value in node.entries}
        items = images.items if isinstance(images, Sequence) else ()
        named = (item.get(f.GROUP.key) for item in items if isinstance(item, Mapping))
        total = sum(sizes.get(name.value, 0) for name in named if isinstance(name, Scalar))
        if total <= MAX_NODES:
            return {key.value: value for key, value in node.entries}
        message = f"the images have more than {MAX_NODES:,} values of their groups"
        self.findings.add(node, Rule.YAML_SYNTAX, message, "write smaller groups")
        return {key.value: Refused(value.line, value.column) for key, value in node.entries}

    def _version_is_known(self, fields: Fields) -> bool:
        node = fields.node("version")
        if isinstance(node, Scalar) and node.value.isascii() and node.value.isdigit() and len(node.value) < 9:
            version = int(node.value)
            if version > VERSION:
                message = f"the file is of version {version}; this imagedocs reads up to version {VERSION}"
                self.findings.add(node, Rule.NEWER_VERSION, message, "use a newer imagedocs")
                return False
            if version == 0:
                self.findings.add(node, Rule.WRONG_TYPE, "versions begin with 1", f"write {VERSION}")
            elif version < VERSION and (key := next(_newer_keys(fields.mapping, version), None)):
                message = (
                    f"{shown(key.value)} on line {key.line} came with version {VERSION} of the catalog's form"
                )
                self.findings.add(node, Rule.NEWER_VERSION, message, f"write version: {VERSION}")
        return True

    def _frameworks(self, values: Values) -> dict[str, Framework]:
        table = values.get(form.FRAMEWORKS) or {}
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
        entries = [entry for entry, _ in values.get(form.IMAGES) or ()]
        if "images" in values.values and values.values["images"] == ():
            self.findings.add(
                values.node(form.IMAGES), Rule.MISSING_FIELD, "there is no image in the catalog"
            )
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
                check_image(
                    image,
                    reader.frameworks.values(),
                    reader.systems,
                    reader.accelerators,
                    self.as_of,
                    self.findings,
                )
        hosts = tuple(dict.fromkeys(host for image in images.values() for host in image.hosts))
        ids = frozenset(first)
        images = {
            key: resolved(image, images, ids, (*reader.registries.hosts, *hosts), self.findings)
            for key, image in images.items()
        }
        check_duplicates(images.values(), self.findings)
        check_replacements(images, first, self.findings)
        return images


def _newer_keys(root: Mapping, version: int) -> Iterator[Scalar]:
    """Yield the keys that a file of this version can't have, because they came later."""
    newer = {one.key for one in form.CATALOG if one.version > version}
    of_images = {one.key for one in form.IMAGE.fields if one.version > version}
    for key, value in root.entries:
        is_list = key.value == form.REGISTRY_FIELD.key and isinstance(value, Sequence)
        if key.value in newer or is_list:
            yield key
        items = value.items if isinstance(value, Sequence) else ()
        for item in items if key.value in (form.COLUMNS.key, form.IMAGES.key) else ():
            keys = [inner for inner, _ in item.entries] if isinstance(item, Mapping) else []
            yield from (inner for inner in keys if key.value == form.COLUMNS.key or inner.value in of_images)


def _size(node: Node) -> int:
    """Return the number of values in a node, itself among them."""
    left, count = [node], 0
    while left:
        one = left.pop()
        count += 1
        if isinstance(one, Mapping):
            left += (value for _, value in one.entries)
        elif isinstance(one, Sequence):
            left += one.items
    return count
