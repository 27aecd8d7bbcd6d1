"""The block part of a page: headings, lists, tables, quotes, alerts, code, includes."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from imagedocs.markdown.document import Heading, TextKind
from imagedocs.markdown.fragments import Fragment
from imagedocs.markdown.inclusion import Inclusion
from imagedocs.markdown.lint.blocks import BlockLint
from imagedocs.markdown.lint.code import code_findings
from imagedocs.markdown.lint.markers import explains_indent, snippet_findings
from imagedocs.markdown.render.boxes import Boxes
from imagedocs.markdown.render.headings import heading_slug, leading_anchor, trailing_attributes
from imagedocs.markdown.render.inlines import Inlines
from imagedocs.markdown.render.listings import Listings
from imagedocs.markdown.render.markup import Markup
from imagedocs.markdown.render.tabs import TabGroups
from imagedocs.markdown.render.zones import Zones
from imagedocs.markdown.sheet import MAX_DEPTH, Code, Sheet, add_element, add_text, plain_text, protected
from imagedocs.markdown.syntax.code import read_info
from imagedocs.markdown.syntax.places import Places
from imagedocs.problems import Position, Rule

if TYPE_CHECKING:
    from imagedocs.markdown.render.writing import Handler

_LINE_BREAKS_AFTER = frozenset(
    [
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "blockquote",
        "div",
        "details",
        "summary",
        "section",
    ]
)


class Blocks:
    """Writes the tokens of a page, and of what it includes, into elements."""

    def __init__(self, sheet: Sheet, inclusion: Inclusion, page: Fragment) -> None:
        self.sheet = sheet
        self.markup = Markup(sheet)
        self.inlines = Inlines(sheet, self.markup, self._inline_include)
        self.inclusion = inclusion
        self.fragment = page
        self.boxes = Boxes(self)
        self.handlers: dict[str, Handler] = {
            "inline": self._inline,
            "blockquote_open": self._quote,
            "table_open": self._table,
            "paragraph_open": self._paragraph,
            "heading_open": self.heading,
            "fence": self._fence,
            "code_block": self._code_block,
            "html_block": self._html_block,
            "hr": self._rule,
            "formula_block": self._formula,
            "list_item_open": self.boxes.list_item,
            "alert_open": self._alert,
            "include": self._include,
            "admonition_open": self.boxes.admonition,
            "footnote_block_open": self.boxes.footnotes,
            "footnote_open": self.boxes.footnote,
            "footnote_anchor": self.boxes.footnote_anchor,
        }
        self.block_lint = BlockLint(sheet)
        self.tabs = TabGroups(self)
        self.zones = Zones(self)
        listings = Listings(self)
        self.handlers |= {
            "snippet": listings.snippet,
            "colon_code": listings.code,
            "colon_image": self.zones.image,
            "colon_image_open": self.zones.complex_image,
            "colon_video": self.zones.video,
            "colon_form": self.zones.form,
            "colon_row_open": self.zones.row,
            "colon_column_open": self.zones.column,
            "colon_zone_open": self.zones.zone,
            "colon_moniker_open": self.zones.moniker,
            "video": self.zones.quoted_video,
        }

    def part(self) -> None:
        """At the end: the writers let go of one another and of the page's tokens, which are freed at once then.
        Left to the garbage collector, half a thousand tokens a page cost a third of the parse."""
        vars(self.inlines).clear()
        vars(self).clear()

    # walking

    def write_fragment(self, fragment: Fragment, parent: Element) -> None:
        """Write the whole of `fragment`, which may be one that the current one includes."""
        sheet = self.sheet
        for notice in fragment.notices:
            sheet.problem(notice.row, notice.column, notice.rule, notice.message, notice.hint)
        for problem in fragment.problems:
            sheet.collection.problem(problem.position, problem.rule, problem.message, problem.hint)
        outer, self.fragment = self.fragment, fragment
        self.write(0, len(fragment.tokens), parent)
        self.fragment = outer

    def write(self, start: int, end: int, parent: Element) -> None:
        """Write the tokens from `start` up to `end`, which are whole blocks, into `parent`."""
        tokens = self.fragment.tokens
        parents = [parent]
        outer_depth = self.sheet.depth
        index = start
        while index < end:
            token = tokens[index]
            handler = self.handlers.get(token.type)
            if handler:
                self.sheet.depth = outer_depth + len(parents)
                index = handler(index, parents[-1])
                continue
            if token.nesting > 0:
                if token.hidden or not token.tag or outer_depth + len(parents) > MAX_DEPTH:
                    parents.append(parents[-1])
                else:
                    attributes = {name: str(value) for name, value in token.attrs.items()}
                    parents.append(add_element(parents[-1], token.tag, attributes))
            elif token.nesting < 0 and len(parents) > 1:
                closed = parents.pop()
                if closed is not parents[-1] and closed.tag in _LINE_BREAKS_AFTER:
                    closed.tail = "\n"
            index += 1
        self.sheet.depth = outer_depth

    def write_inside(self, index: int, parent: Element) -> int:
        """Write what stands between the opening token `index` and its closing one."""
        end = self.fragment.ends[index]
        if self.sheet.depth > MAX_DEPTH:
            row = (self.fragment.tokens[index].map or [0])[0]
            message = f"what stands here is left out: it is {MAX_DEPTH} levels deep"
            self.sheet.problem(row, 0, Rule.TOO_MUCH, message)
            return end + 1
        self.sheet.depth += 1
        self.write(index + 1, end, parent)
        self.sheet.depth -= 1
        parent.tail = "\n"
        return end + 1

    # leaves

    def _inline(self, index: int, parent: Element) -> int:
        token = self.fragment.tokens[index]
        children = token.children or ()
        if len(children) == 1 and children[0].type == "include_inline" and not children[0].info:
            before = self.fragment.tokens[index - 1].type
            if before in ("td_open", "th_open"):  # a cell that holds nothing else takes in blocks
                self._take_in(children[0], self.inlines.places(token).at(children[0].meta["start"]), parent)
                return index + 1
        places = self.inlines.places(token)
        if children and any(child.type != "html_inline" for child in children):
            self.sheet.outline.content()
        self.inlines.lint(token, places)
        self.inlines.look_for_markers(children, places)
        self.inlines.write(children, places, parent)
        return index + 1

    def heading(self, index: int, parent: Element) -> int:
        if self.tabs.starts_at(index):
            return self.tabs.write(index, parent)
        sheet = self.sheet
        opening, token = self.fragment.tokens[index : index + 2]
        children = token.children or []
        level = int(opening.tag[1])
        places = self.inlines.heading_places(opening, token)
        element = add_element(parent, opening.tag)
        element.tail = "\n"
        own, classes = "", ()
        width = 0
        named_at = 0
        anchor = leading_anchor(children)
        if anchor is not None:
            own, named_at = anchor
            children = children[2:]
            if children and children[0].type == "text":
                children = [_without_start(children[0]), *children[1:]]
        else:
            width, own, classes = trailing_attributes(children)
            if width:
                children = [*children[:-1], children[-1].copy(content=children[-1].content[:-width])]
        if own and sheet.refuses(own, places.at(named_at)):
            own = ""
        identifier = sheet.claim(own) if own else ""
        sheet.outline.in_heading = True
        self.inlines.write(children, places, element)
        sheet.outline.in_heading = False
        text = plain_text(element)
        if not identifier:
            made = heading_slug(text, sheet.options.headings)
            sign = "_" if sheet.options.headings.function else "-"  # Python-Markdown's, or GitHub's
            identifier = sheet.claim(made or "section", sign)
        element.set("id", identifier)
        if classes:
            element.set("class", " ".join(classes))
        position = places.at(0)
        collection = sheet.collection
        self.inlines.lint(token, places)
        self.inlines.look_for_markers(children, places)
        if own:
            sheet.name(own, places.at(named_at))
        underline = None
        if not opening.markup.startswith("#") and opening.map:
            underline = sheet.lines.position(opening.map[1] - 1)
        sheet.outline.heading(level, text, position, collection.included_from, underline)
        sheet.anchor(identifier, places.at(named_at) if own else position)
        collection.headings.append(Heading(level, text, identifier, position, collection.included_from))
        return self.fragment.ends[index] + 1

    def _fence(self, index: int, parent: Element) -> int:
        token = self.fragment.tokens[index]
        fence = read_info(token.info)
        first = token.map[0] + 1 if token.map else 0
        self.code(token.content, first, fence.language)
        self.block_lint.fence(token, fence.language)
        place = self.sheet.lines.position(max(first - 1, 0))
        is_own = bool(fence.id) and not self.sheet.refuses(fence.id, place)
        identifier = self.sheet.claim(fence.id) if is_own else ""
        if identifier:
            self.sheet.anchor(identifier, place)
        code = Code(
            token.content,
            fence.language,
            fence.title,
            fence.marked_lines,
            fence.first_number,
            fence.interactive,
            fence.classes,
            identifier,
        )
        add_text(parent, self.sheet.stash(code) + "\n")
        return index + 1

    def _code_block(self, index: int, parent: Element) -> int:
        token = self.fragment.tokens[index]
        self.code(token.content, token.map[0] if token.map else 0, "")
        before = self.fragment.tokens[index - 2] if index > 1 else None
        if before is None or before.type != "inline" or not explains_indent(before.content):
            self.block_lint.indented_code(token)
        add_text(parent, self.sheet.stash(Code(token.content)) + "\n")
        return index + 1

    def code(self, content: str, first: int, language: str) -> None:
        """Collect a block of code whose first line is row `first`."""
        text = content.removesuffix("\n")
        if text:
            places = Places(self.sheet.lines, first, text)
            position = places.at(0)
            self.sheet.collection.text(TextKind.CODE_BLOCK, text, position, places.indents(), language)
            self.sheet.findings(code_findings(text, language), places)
            self.sheet.findings(snippet_findings(text, language), places)
            self.sheet.outline.content()

    def _html_block(self, index: int, parent: Element) -> int:
        token = self.fragment.tokens[index]
        places = Places(self.sheet.lines, token.map[0] if token.map else 0, token.content)
        add_text(parent, self.markup.html(token.content.rstrip("\n"), places, 0, is_block=True) + "\n")
        return index + 1

    def _rule(self, index: int, parent: Element) -> int:
        add_element(parent, "hr").tail = "\n"
        return index + 1

    def _formula(self, index: int, parent: Element) -> int:
        self.sheet.outline.content()
        box = add_element(parent, "div", {"class": "math"})
        box.text = protected(f"\n\\[\n{self.fragment.tokens[index].content}\n\\]\n")
        box.tail = "\n"
        return index + 1

    # containers

    def _paragraph(self, index: int, parent: Element) -> int:
        opening, token = self.fragment.tokens[index : index + 2]
        self.block_lint.paragraph(token)
        if opening.hidden:
            self._inline(index + 1, parent)
            return index + 3
        element = add_element(parent, "p")
        self.sheet.depth += 1
        end = index + 2
        self._inline(index + 1, element)
        while self.fragment.tokens[end].type == "footnote_anchor":
            end = self.boxes.footnote_anchor(end, element)
        self.sheet.depth -= 1
        element.tail = "\n"
        return end + 1

    def _quote(self, index: int, parent: Element) -> int:
        self.block_lint.quote(self.fragment.tokens, index)
        return self.write_inside(index, add_element(parent, "blockquote"))

    def _alert(self, index: int, parent: Element) -> int:
        self.block_lint.quote(self.fragment.tokens, index)
        return self.boxes.alert(index, parent)

    def _table(self, index: int, parent: Element) -> int:
        self.block_lint.table(self.fragment.tokens, index, self.fragment.ends[index])
        return self.write_inside(index, add_element(parent, "table"))

    # includes

    def _include(self, index: int, parent: Element) -> int:
        token = self.fragment.tokens[index]
        row = token.map[0] if token.map else 0
        self._take_in(token, self.sheet.lines.position(row, int(token.meta["start"])), parent)
        return index + 1

    def _take_in(self, token: Token, position: Position, parent: Element) -> None:
        with self.inclusion.taking(token, position, inline=False) as fragment:
            if fragment is None:
                self.sheet.outline.content()
                add_element(parent, "p").text = protected(_marker(token))
            else:
                first = len(parent)
                self.write_fragment(fragment, parent)
                self.inclusion.mark_language(parent[first:])

    def _inline_include(self, token: Token, places: Places, parent: Element) -> None:
        position = places.at(int(token.meta["start"]))
        with self.inclusion.taking(token, position, inline=True) as fragment:
            if fragment is None:
                add_text(parent, protected(_marker(token)))
                return
            if self.sheet.is_foreign:
                parent = add_element(parent, "span")
                self.inclusion.mark_language([parent])
            for number, paragraph in enumerate(fragment.tokens):
                if number:
                    add_text(parent, " ")
                children, inside = paragraph.children or (), self.inlines.places(paragraph)
                self.inlines.look_for_markers(children, inside)
                self.inlines.write(children, inside, parent)


def _marker(token: Token) -> str:
    """What the page shows of an include that cannot be followed."""
    return f"[!include[{token.meta['label']}]({token.meta['target']})]"


def _without_start(token: Token) -> Token:
    """The text behind a heading's anchor, without the space between them."""
    stripped = token.content.lstrip()
    pos = token.meta.get("pos", 0) + len(token.content) - len(stripped)
    return token.copy(content=stripped, meta={**token.meta, "pos": pos})
