"""What of a web page is its main text: not what leads elsewhere, asks for consent, or is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT = "-text"

_UNREAD = ("head", "script", "style", "template", "noscript")
_PICTURES = ("svg", "canvas", "iframe", "object", "audio", "video", "map")
_CONTROLS = ("select", "option", "datalist", "button", "input", "textarea")
_NO_TEXT = frozenset((*_UNREAD, *_PICTURES, *_CONTROLS, "dialog", "nav", "menu"))
_AROUND = frozenset(("header", "footer", "aside"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"))
_BANNER = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|skip-link|breadcrumbs?)(?:$|[\s_-])", re.IGNORECASE)
_UNSEEN = re.compile(r"\bdisplay\s*:\s*none\b", re.IGNORECASE)
_MAIN = "main, [role=main]"

_NOTICE = re.compile(r"(?:(?:©|Copyright)\s[^.]{0,80}\.\s+)?This (?:[\w®-]+ ){0,4}report\b.*\.")

Step = tuple[Literal["open", "close"], LexborNode]


def main_parts(tree: LexborHTMLParser) -> list[LexborNode]:
    """The main parts of the page, else its body."""
    found = [node for node in tree.css(_MAIN) if not _is_within_main(node) and _is_shown(node)]
    body = tree.body
    return found or ([body] if body is not None else [])


def notices(tree: LexborHTMLParser) -> list[LexborNode]:
    """The paragraphs in the foot of the page that speak of the report itself, and lead nowhere else."""
    return [node for node in tree.css("footer p") if _is_notice(node)]


def _is_notice(node: LexborNode) -> bool:
    parent, shown = node, True
    while parent.tag != "footer" and shown and parent.parent is not None:
        shown, parent = _is_text(parent, in_main=True), parent.parent
    around = shown and _is_shown(parent) and not (_is_within_main(parent) or _is_in_article(parent))
    said = " ".join((node.text(deep=True) or "").split())
    return around and node.css_first("a") is None and bool(_NOTICE.fullmatch(said))


def _is_within_main(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == "main" or parent.attributes.get("role") == "main":
            return True
        parent = parent.parent
    return False


def steps(root: LexborNode) -> Iterator[Step]:
    """Opens and closes each node below the root in the order of the text, without what is no text of the page."""
    in_main = root.tag != "body"
    stack: list[Step] = [("close", root)]
    yield "open", root
    stack.extend(("open", child) for child in reversed(_children(root)))
    while stack:
        step, node = stack.pop()
        if step == "close":
            yield step, node
        elif node.tag == TEXT or _is_text(node, in_main):
            yield step, node
            stack.append(("close", node))
            stack.extend(("open", child) for child in reversed(_children(node)))


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _is_text(node: LexborNode, in_main: bool) -> bool:
    tag = node.tag
    if tag is None or tag.startswith("-") or tag in _NO_TEXT or not _is_shown(node):
        return False
    if tag in _AROUND and not in_main and not _is_in_article(node):
        return False
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return attributes.get("role") not in _ROLES and not _BANNER.search(names)


def _is_in_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and parent.tag != "article":
        parent = parent.parent
    return parent is not None


def _is_shown(node: LexborNode) -> bool:
    attributes = node.attributes
    hidden = "hidden" in attributes and attributes["hidden"] != "until-found"
    return not (hidden or attributes.get("aria-hidden") == "true" or _UNSEEN.search(attributes.get("style") or ""))
