"""The characters of a document as every reader sees them: one kind of space, nothing invisible, damage marked."""

from __future__ import annotations

import re
import unicodedata

DAMAGED = "\N{REPLACEMENT CHARACTER}"
"""Stands where a character cannot be: a control character, a noncharacter, a byte that some program could not read."""

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SPACES = "\x0b\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_IMPOSSIBLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
_ODD = re.compile(f"[\f\r{SOFT_HYPHEN}\u2010\u2011\ufb00-\ufb06{_SPACES}{_UNSEEN}{_IMPOSSIBLE}]")
_RULES = (
    (re.compile(f"[{_UNSEEN}]"), ""),
    (re.compile(f"{SOFT_HYPHEN}(?![^\\S\n]*$)", re.MULTILINE), ""),
    (re.compile(r"\r+$", re.MULTILINE), ""),
    (re.compile(f"[\r{_SPACES}]"), " "),
    (re.compile(r"(?<=[^\s])\f+(?=[^\n])"), " "),
    (re.compile(f"[{_IMPOSSIBLE}]"), DAMAGED),
)
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_PLAIN = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
# A web page is copied with a tab behind each bullet; one mark and one text are an item, and no row of two cells.
_TABBED = re.compile(r"^( *[•●○◦▪■□◆❖‣►▶➢➤·∙⁃o–—-])\t+(?=[^\t\n]+$)", re.MULTILINE)
# A bullet may stand so near to its item that no space is between; the item keeps its column where there is room.
_MARKS = "•●○◦▪■◆❖‣►▶➢➤✓✔·∙⁃\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
_GLUED = re.compile(rf"(?:^(\f? *?)|(?<=\S {{2}})( *?)|(?<=\t)) ?([{_MARKS}])(?=[^\W_]|[“\"(])", re.MULTILINE)
_STORABLE = re.compile(f"[{_IMPOSSIBLE}]")


def normalised(text: str) -> str:
    """The text as readers see it, with as many lines: line feeds and tabs stay, so do form feeds at a line's ends.

    Every other space is a plain one, and so is a tab behind a bullet, behind which there always is one; soft hyphens
    and what has no width vanish, but for a soft hyphen that ends a line, by which `joint` knows that a word goes on;
    hyphens that forbid a break are hyphens, ligatures are letters, accents stand with their letter; what can be no text
    is `DAMAGED`. Quotation marks and dashes stay: see `plain`.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "\t" in text:
        text = _TABBED.sub(r"\1 ", text)
    if _ODD.search(text):
        for pattern, shown in _RULES:
            text = pattern.sub(shown, text)
        text = text.translate({**_LIGATURES, **_HYPHENS})
    return _GLUED.sub(r"\1\2\3 ", text)


def plain(text: str) -> str:
    """The text with plain quotation marks and hyphens, of the same length, as code compares it."""
    return text.translate(_PLAIN)


def storable(text: str) -> str:
    """A line as written, for a quote: what no store or format can hold is `DAMAGED`, page breaks are no text."""
    return _STORABLE.sub(DAMAGED, text.replace("\f", ""))


def joint(above: str, below: str) -> str:
    """The two parts of a text that a line break parts: a soft hyphen joins a word."""
    if above.endswith(SOFT_HYPHEN):
        return above[:-1] + below
    return f"{above} {below}"
