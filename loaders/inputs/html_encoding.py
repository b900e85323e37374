"""Whether content is a web page, and in which encoding its text stands."""

from __future__ import annotations

import codecs
import re

from graph.errors import UnreadableDocument

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 2048
_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*){0,20}"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|main|article|h1|table|div|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_LATIN = {"ascii", "iso8859-1"}
"""Browsers read these as windows-1252, and so do those who write pages."""


def is_html(content: bytes) -> bool:
    """Whether the content begins as a web page does."""
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8":
        return bool(_OPENING.match(content.removeprefix(codecs.BOM_UTF8)[:_HEAD]))
    return bool(_OPENING.match(content[2 : 2 * _HEAD].decode(encoding, "ignore").encode()))


def decoded(content: bytes, where: str) -> str:
    """The text of a page; raises `UnreadableDocument` where its encoding is another than it says."""
    encoding = _encoding(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        raise UnreadableDocument(where, f"the page cannot be decoded as {encoding}, which it says it is") from error


def _encoding(content: bytes) -> str:
    """What the byte order mark says, else the page itself, else UTF-8."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    named = _CHARSET.search(content[:_HEAD]) or _XML_ENCODING.match(content[:_HEAD])
    name = named[1].decode("ascii").lower() if named else "utf-8"
    try:
        return "windows-1252" if codecs.lookup(name).name in _LATIN else name
    except LookupError:
        return name
