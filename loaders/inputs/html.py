"""A web page as lines of its main text; it knows the library that parses HTML, and what of a page is no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.errors import UnreadableDocument
from loaders.inputs.html_encoding import decoded
from loaders.inputs.html_lines import Lines
from loaders.inputs.html_tree import TEXT, main_parts, steps

_SECTIONS = ("address", "article", "aside", "body", "footer", "header", "hr", "main", "p", "section")
_GROUPS = ("blockquote", "details", "dl", "fieldset", "figure", "form")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_APART = frozenset((*_SECTIONS, *_GROUPS, *_HEADINGS))
_PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
_CELLS = frozenset(("td", "th"))
_NUMBER = re.compile(r"[0-9]{1,3}")
_LINES = frozenset(("caption", "dd", "div", "dt", "figcaption", "legend", "summary"))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_html(content: bytes, where: str) -> tuple[str, ...]:
    """The lines of the page's main text; raises `UnreadableDocument` where it has none or cannot be decoded."""
    tree = LexborHTMLParser(decoded(content, where))
    page = _Page()
    for part in main_parts(tree):
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

    def open(self, node: LexborNode) -> None:
        """What an element does to the lines before its content; text is added."""
        tag = node.tag or ""
        if tag == TEXT:
            self._text(node.text_content or "")
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
        if tag == "ul":
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

    def close(self, node: LexborNode) -> None:
        """What the end of an element does to the lines."""
        tag = node.tag or ""
        if tag in _PREFORMATTED:
            self.preformatted -= 1
            self.lines.end_verbatim()
        elif tag == "sup":
            self.raised -= 1
        elif tag in _APART:
            self.lines.apart()
        elif tag in _LINES:
            self.lines.end_line()
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
