"""A web page as lines of its main text; it knows the library that parses HTML, and what of a page is no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.errors import UnreadableDocument
from loaders.inputs.html_definitions import Definitions, definitions_of
from loaders.inputs.html_encoding import decoded
from loaders.inputs.html_lines import Lines
from loaders.inputs.html_tree import TEXT, main_parts, notices, steps

_SECTIONS = ("address", "article", "aside", "body", "footer", "header", "hr", "main", "p", "section")
_GROUPS = ("blockquote", "details", "fieldset", "figure", "form")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_APART = frozenset((*_SECTIONS, *_GROUPS, *_HEADINGS))
_PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
_CELLS = frozenset(("td", "th"))
_NUMBER = re.compile(r"[0-9]{1,3}")
_LINES = frozenset(("caption", "div", "figcaption", "legend", "summary"))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_html(content: bytes, where: str) -> tuple[str, ...]:
    """The lines of the page's main text; raises `UnreadableDocument` where it has none or cannot be decoded."""
    tree = LexborHTMLParser(decoded(content, where))
    page = _Page()
    for part in (*main_parts(tree), *notices(tree)):
        for step, node in steps(part):
            page.open(node) if step == "open" else page.close(node)
        page.lines.apart()
    if not any(map(str.strip, page.lines.done)):
        raise UnreadableDocument(where, "the page holds no text; it may be written by a script when it is shown")
    return tuple(page.lines.done)


@dataclass(slots=True)
class _Page:
    """The lines of a page while its elements open and close."""

    lines: Lines = field(default_factory=Lines)
    preformatted: int = 0
    raised: int = 0
    definitions: list[Definitions] = field(default_factory=list)
    defining: bool = False

    def open(self, node: LexborNode) -> None:
        """What an element does to the lines before its content; text is added."""
        tag = node.tag or ""
        if tag == TEXT:
            self._text(node.text_content or "")
        elif tag == "p" and self._is_definition(node):
            return
        elif tag in _PREFORMATTED:
            self.lines.apart()
            self.preformatted += 1
        elif tag == "br":
            self.lines.verbatim("\n") if self.preformatted else self.lines.end_line()
        elif tag == "sup":
            self.raised += 1
        elif tag in _APART:
            self.lines.apart()
        elif tag in _LINES:
            self.lines.end_line()
        else:
            self._open_list_or_table(tag, node)

    def _open_list_or_table(self, tag: str, node: LexborNode) -> None:
        if tag in ("dl", "dt", "dd"):
            self._open_definitions(tag, node)
        elif tag == "ul":
            self.lines.begin_list(None)
        elif tag == "ol":
            self.lines.begin_list(_number(node, "start") or 1)
        elif tag == "li":
            self.lines.begin_item(_number(node, "value"))
        elif tag == "table":
            self.lines.begin_table()
        elif tag == "tr":
            self.lines.begin_row()
        elif tag in _CELLS:
            self.lines.begin_cell(_number(node, "colspan") or 1, _number(node, "rowspan") or 1)

    def _open_definitions(self, tag: str, node: LexborNode) -> None:
        """A term begins a line; what defines it goes on with its label, or is an item of the list below it."""
        way = self.definitions[-1] if self.definitions else Definitions.PLAIN
        if tag == "dl":
            self.lines.apart()
            way = definitions_of(node)
            # The lines of a list within a cell would stand beside those of the next cell.
            self.definitions.append(Definitions.PLAIN if way is Definitions.LISTS and self.lines.in_cell else way)
        elif tag == "dt" or way is Definitions.PLAIN:
            self._end_defining()
            self.lines.end_line()
        elif way is Definitions.LISTS:
            if not self.defining:
                self.lines.begin_list(None)
            self.defining = True
            self.lines.begin_item(None)

    def _close_definitions(self, tag: str, node: LexborNode) -> None:
        labelled = self.definitions[-1:] == [Definitions.LABELS]
        if tag == "dt" and labelled:
            self.lines.text(" " if node.text(deep=True).rstrip().endswith(":") else ": ")
            return
        if tag == "dl":
            self._end_defining()
            self.definitions.pop()
            self.lines.apart()
        self.lines.end_line()

    def _is_definition(self, node: LexborNode) -> bool:
        """Whether a paragraph is all of a definition that goes on with its label, or is an item of a list."""
        parent = node.parent
        told = bool(self.definitions) and self.definitions[-1] is not Definitions.PLAIN
        return told and parent is not None and parent.tag == "dd"

    def _end_defining(self) -> None:
        if self.defining:
            self.lines.end_list()
        self.defining = False

    def close(self, node: LexborNode) -> None:
        """What the end of an element does to the lines."""
        tag = node.tag or ""
        if tag in _PREFORMATTED:
            self.preformatted -= 1
            self.lines.end_verbatim()
        elif tag == "sup":
            self.raised -= 1
        elif tag in _APART and not (tag == "p" and self._is_definition(node)):
            self.lines.apart()
        elif tag in _LINES:
            self.lines.end_line()
        elif tag in ("dl", "dt", "dd"):
            self._close_definitions(tag, node)
        elif tag in ("ul", "ol"):
            self.lines.end_list()
        elif tag in _CELLS:
            self.lines.end_cell()
        elif tag == "table":
            self.lines.end_table()

    def _text(self, text: str) -> None:
        if self.preformatted:
            self.lines.verbatim(text)
        elif self.raised and text.strip().isdecimal():
            self.lines.text(text.translate(_SUPERSCRIPTS))
        else:
            self.lines.text(text)


def _number(node: LexborNode, attribute: str) -> int | None:
    """The number in an attribute, within what a page can mean by it."""
    found = node.attributes.get(attribute) or ""
    return int(found) if _NUMBER.fullmatch(found) else None
