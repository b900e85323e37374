"""Proper names in running text: the run of capitalised words at a place, with a legal form after a comma."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

LEGAL_FORMS = frozenset({
    "Inc", "Inc.", "Incorporated", "Corp", "Corp.", "Corporation", "LLC", "L.L.C.", "Ltd", "Ltd.", "Limited",
    "GmbH", "mbH", "AG", "SE", "KG", "KGaA", "B.V.", "BV", "N.V.", "NV", "plc", "PLC", "S.A.", "SA", "S.A.S.",
    "SAS", "S.p.A.", "SpA", "S.r.l.", "Srl", "Pty", "Pte", "AB", "AS", "ASA", "A/S", "ApS", "Oy", "Oyj", "Co.",
    "P/S", "K/S", "I/S", "Company", "LP", "L.P.", "LLP", "L.L.P.", "PLLC", "P.C.", "PC", "N.A.", "S.L.", "K.K.", "Sp.",
    "a.s.", "s.r.o.", "SIA", "d.o.o.", "INC.", "LTD.", "LTD", "CORP.", "Pte.", "Pty.", "P.A.",
})  # fmt: skip
"""How legal forms are written; one of them may follow a name after a comma."""

ORGANIZATION_LINKS = frozenset({"of", "&", "de", "für", "van", "von", "+"})
SYSTEM_LINKS = frozenset({"of", "&", "and", "for", "the", "de", "to", "–", "-", "+"})

# What is sold `as a Service` is one word of a name.
_WORDS = re.compile(r"[A-Z][\w&/-]* as a Service\b\S*|\S+")
_NAME_WORD = re.compile(r"[^\W\d_a-z]|\d|[a-z]{1,3}[A-Z]")
_ENDS = re.compile(r"[,;:.!?)”\"]+$")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_OPENS = ("(", "[", "“", '"', "‘")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place in a text; `possessive` says whether `'s` follows it."""

    text: str
    start: int
    end: int
    possessive: bool = False


def name_at(text: str, start: int, links: Collection[str] = ORGANIZATION_LINKS) -> Name | None:
    """The name that begins at a place of a text, white space and one `the` aside; None where none does."""
    words = [(m.group(), m.start()) for m in _WORDS.finditer(text, start, min(len(text), start + 240))]
    at = 1 if words and words[0][0].lower() == "the" else 0
    begin, end, last, possessive = at, -1, at, False
    while at < len(words):
        word, place = words[at]
        bare = _bare(word)
        if not _is_name_word(bare) and not (bare in links and at > begin):
            break
        if _is_name_word(bare):
            end, last = place + len(bare), at
            possessive = bool(_POSSESSIVE.search(bare))
            if possessive or not _goes_on(word, words[at + 1][0] if at + 1 < len(words) else ""):
                break
        at += 1
    if end < 0:
        return None
    found = text[words[begin][1] : end]
    trimmed = _POSSESSIVE.sub("", found) if possessive else found
    return Name(trimmed.strip(" ,"), words[begin][1], end, possessive) if last >= begin else None


def name_before(text: str, end: int, links: Collection[str] = ORGANIZATION_LINKS) -> Name | None:
    """The name that ends at a place of a text; None where none does."""
    begin = max(0, end - 240)
    words = [(m.group(), m.start()) for m in _WORDS.finditer(text, begin, end)]
    if begin and words:
        words = words[1:]
    at = len(words) - 1
    start = -1
    while at >= 0:
        word, place = words[at]
        last = at == len(words) - 1
        bare = _bare(word)
        legal_next = not last and _is_legal(words[at + 1][0])
        if not last and word[-1:] in ',;:.!?)”"' and not (word[-1] == "," and legal_next) and word not in LEGAL_FORMS:
            break
        if not last and _POSSESSIVE.search(bare):
            break
        opened = word.startswith(_OPENS)
        if _is_name_word(bare.lstrip('(“"[‘')):
            start = place + (len(word) - len(word.lstrip('(“"[‘')))
            if opened:
                break
        elif bare not in links or last:
            break
        at -= 1
    if start < 0:
        return None
    found = text[start:end].strip()
    if not found.endswith(tuple(LEGAL_FORMS)):
        found = _ENDS.sub("", found)
    possessive = bool(_POSSESSIVE.search(found))
    return Name(_POSSESSIVE.sub("", found), start, end, possessive)


def _bare(word: str) -> str:
    """A word without the punctuation after it, the point of an abbreviated legal form aside."""
    stripped = _ENDS.sub("", word)
    possessive = _POSSESSIVE.search(stripped)
    if possessive and stripped[: possessive.start()] in LEGAL_FORMS:
        return stripped
    dotted = f"{stripped}."
    return dotted if word.startswith(dotted) and dotted in LEGAL_FORMS else stripped


def _is_name_word(bare: str) -> bool:
    return bool(_NAME_WORD.match(bare)) or bare in LEGAL_FORMS


def _goes_on(word: str, following: str) -> bool:
    """Whether a name may go on behind a word: nothing but the comma before a legal form may part them."""
    bare = _bare(word)
    if word == bare:
        return not following.startswith(("(", "[", "“", '"'))
    rest = word[len(bare) :]
    return rest == "," and _is_legal(following)


def _is_legal(word: str) -> bool:
    return _POSSESSIVE.sub("", _bare(word)) in LEGAL_FORMS
