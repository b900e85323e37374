"""Whose report it is: the provider's name with its legal form and its short forms, as the first sections give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.layout.layout import Piece
from loaders.names.proper_names import LEGAL_FORMS, Name, name_at, name_before
from loaders.names.resolution import Names, Resolved
from loaders.soc.possessive_names import possessive_names, with_possessive
from loaders.soc.sections import Part, Section, pieces_of

_ADDRESSED = 200
_OF_A_SYSTEM = 2
_TO = re.compile(r"^To:?\s+")
_OF_WHOM = re.compile(
    r"\b(?:[Mm]anagement|[Dd]irectors|[Mm]anagers|[Gg]overnors|[Ss]hareholders|[Mm]embers|[Oo]wners|[Pp]artners"
    r"|[Tt]rustees|[Bb]oard|[Cc]ommittee)"
    r"\s+(?:of|at|,)\s+"
)
_WHO_IS_ADDRESSED = re.compile(
    r"^(?:[Tt]he )?(?:(?:[Bb]oard of )?(?:Directors|directors)|(?:[Ss]enior )?(?:Management|management)|[Bb]oard"
    r"|[Ss]hareholders|(?:[Aa]udit )?[Cc]ommittee)(?: and [\w ]+?)? (?:of|at) (?:the )?(?=[A-Z])"
)
_MANAGEMENT = re.compile(r"\b[Mm]anagement of,?\s+")
_EXAMINED = re.compile(
    r"\b(?:[Ee]xamined|prepared)\s+(?:the\s+)?(?:accompanying\s+)?(?:(?:description|assertion)\s+(?:of|by)\s+(?:the\s+)?)?"
)
_DESCRIPTION = re.compile(r"\s+(?:\([^()]*\)\s+)?(?:accompanying\s+)?(?:[Dd]escription|[Aa]ssertion)\b")
_SYSTEM_OF = re.compile(r"\b(?:System|Platform|Services?|Application|Solution|Suite)\s+of\s+")
_SYSTEM_OF_BEFORE = re.compile(r"^.*\b(?:System|Platform|Application|Solution|Suite|Service) of (?:the )?")
_OF_ITS_SYSTEM = re.compile(
    r"\b(?:Description of(?: the)?|controls over the|maintaining effective controls over the) "
    r"(?=(?P<provider>[A-Z][^\"“”,]{0,80}?) System\b)"
)
_ASSERTION_OF = re.compile(
    r"^(?:[Mm]anagement[’']?s?\s+)?[Aa]ssertion\s+(?:of|by)\s+(?:the\s+)?(?:[Mm]anagement\s+of\s+)?"
)
_MANAGEMENT_WORD = re.compile(r"\s+Management$")
_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]{2,120})\)")
_QUOTED = re.compile(r"[“\"‘']((?:[^“”\"‘’']|(?<=\w)['’](?=\w)){2,60})[”\"’']")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}")
_AUDITS = re.compile(r"\b(?:LLP|PLLC|CPAs?|Chartered|Assurance|Auditors?|Audit|Accountants?)\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"^(?:the )?(?:company|(?:sub)?service organi[sz]ations?|organi[sz]ation|system|description|assertion|platform|"
    r"provider|we|us|our|entity|corporation|firm|management|group|services?|vendor|service provider|report"
    r"|(?:board|directors|managers|governors|committee|audit committee|shareholders|members|owners|partners|trustees)"
    r"(?: of \w+)?)$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    ("the", "management", "our", "its", "this", "these", "their", "section", "system", "a", "such", "description")
)
_A_SYSTEM = re.compile(r"\b(?:System|Platform|Application)$")
# A name behind which that of a system goes on is but its head: `Acme Cargo` of `Acme Cargo and Customs System`.
_OF_A_LONGER = re.compile(
    r" of |(?:,? (?:and|&|for|of|the|in|[A-Z][\w-]*)){1,10} (?:System|Platform|Application|Solution|Suite)\b"
)

Candidate = tuple[int, str, Piece]
Introduction = tuple[str, str, Piece]


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider with the piece that names it, and every other form of its name: text, kind of name, piece."""

    found: Resolved
    piece: Piece
    names: tuple[tuple[str, str, Piece], ...]


def read_provider(names: Names, sections: Sequence[Section], front: Sequence[Piece]) -> Provider | None:
    """The provider that most places of the first sections name; None where no words name one."""
    own = possessive_names([piece.text for piece in front])
    introductions = list(_introductions(front, own))
    candidates = list(_candidates(front, sections, own))
    if all(weight <= _OF_A_SYSTEM for weight, _, _ in candidates):
        candidates = list(_describing(sections)) or candidates
    best = _best(names, candidates, introductions)
    if best is None:
        return None
    text, piece = best
    found = names.resolve("Organization", text)
    return Provider(found, piece, tuple(_forms(names, found, candidates, introductions)))


def introductions(pieces: Sequence[Piece]) -> Iterator[Introduction]:
    """Names that pieces shorten, as in `Example, Inc. (“Example” or the “Company”)`: full form, short form, piece."""
    yield from _introductions(pieces, possessive_names([piece.text for piece in pieces]))


def _introductions(pieces: Sequence[Piece], own: Sequence[str] = ()) -> Iterator[Introduction]:
    for piece in pieces:
        for found in _BRACKETS.finditer(piece.text):
            inside = found["inside"].strip()
            shorts = _QUOTED.findall(inside) or ([inside] if _ACRONYM.fullmatch(inside) else [])
            name = with_possessive(name_before(piece.text, found.start()), piece.text, own) if shorts else None
            for short in (s.strip(" ,") for s in shorts if name):
                full = _SYSTEM_OF_BEFORE.sub("", _WHO_IS_ADDRESSED.sub("", name.text)) if name else ""
                if full and not _GENERIC.match(short) and not _GENERIC.match(full):
                    yield full, short, piece


def _candidates(front: Sequence[Piece], sections: Sequence[Section], own: Sequence[str]) -> Iterator[Candidate]:
    """Every form that may be the provider's name, with its weight; `own` are names with a possessive of their own."""
    for piece in front:
        for weight, found_ in _named(piece):
            name = with_possessive(found_, piece.text, own)
            text = _SYSTEM_OF_BEFORE.sub("", name.text) if name else ""
            if text and not _is_no_name(text):
                yield weight, text, piece
    for piece in pieces_of(sections, Part.TITLE):
        name = with_possessive(name_at(piece.text, 0), piece.text, own)
        whole = name is not None and name.end >= len(piece.text.rstrip(" ."))
        if name and whole and _has_legal_form(name.text) and not _AUDITS.search(name.text):
            yield 5, name.text, piece
    for section in sections:
        found = _ASSERTION_OF.match(section.title) if section.part is Part.ASSERTION and section.pieces else None
        name = with_possessive(name_at(section.title, found.end()), section.title, own) if found else None
        if name and not _is_no_name(name.text):
            yield 3, _MANAGEMENT_WORD.sub("", name.text), section.pieces[0]


def _describing(sections: Sequence[Section]) -> Iterator[Candidate]:
    """The company of which the description says first that it is called in short by the name that it has there."""
    for piece in pieces_of(sections, Part.DESCRIPTION):
        for full, short, where in _introductions([piece]):
            if _has_legal_form(full) and piece.text.startswith(full) and not _AUDITS.search(full):
                yield 1, full, where
                yield 1, short, where
                return


def _named(piece: Piece) -> Iterator[tuple[int, Name | None]]:
    text = piece.text
    to = _TO.match(text) if len(text) <= _ADDRESSED else None
    if to:
        whom = [m.end() for m in _OF_WHOM.finditer(text)]
        yield 6, name_at(text, whom[-1] if whom else to.end())
    yield from ((5, name_at(text, m.end())) for m in _MANAGEMENT.finditer(text))
    for found in _EXAMINED.finditer(text):
        name = name_at(text, found.end())
        yield 4, None if name and (_A_SYSTEM.search(name.text) or _OF_A_LONGER.match(text, name.end)) else name
    for found in _DESCRIPTION.finditer(text):
        name = name_before(text, found.start())
        yield 3, name if name and name.possessive else None
    yield from ((3, name_at(text, m.end())) for m in _SYSTEM_OF.finditer(text))
    yield from ((_OF_A_SYSTEM, Name(m["provider"], m.end(), m.end())) for m in _OF_ITS_SYSTEM.finditer(text))


def _is_no_name(text: str) -> bool:
    return (
        text.split(maxsplit=1)[0].lower() in _NO_NAME or bool(_GENERIC.match(text)) or not any(map(str.isupper, text))
    )


def _has_legal_form(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1]
    return " " in text and (last in LEGAL_FORMS or last.capitalize() in LEGAL_FORMS)


def _best(
    names: Names, candidates: Sequence[Candidate], introduced: Sequence[Introduction]
) -> tuple[str, Piece] | None:
    """The form that most places support; a short name supports the full one for which it is introduced."""
    long = {short: full for full, short, _ in reversed(introduced)}
    weights, forms = defaultdict[str, int](int), dict[str, list[tuple[str, Piece]]]()
    for weight, text, piece in candidates:
        name = _cased(long.get(text, text), candidates)
        id_ = names.resolve("Organization", name).id
        weights[id_] += weight
        forms.setdefault(id_, []).append((name, piece))
    if not weights:
        return None
    order = list(weights)
    best = max(order, key=lambda i: (weights[i], -order.index(i)))
    return next((f for f in forms[best] if f[0] in f[1].text), forms[best][0])


def _cased(text: str, candidates: Sequence[Candidate]) -> str:
    """A name that the title page writes in capitals, as running text writes it."""
    if not text.isupper() or " " not in text:
        return text
    return next((t for _, t, _ in candidates if t.upper() == text and not t.isupper()), text)


def _forms(
    names: Names, provider: Resolved, candidates: Sequence[Candidate], introduced: Sequence[Introduction]
) -> Iterator[tuple[str, str, Piece]]:
    for _, text, piece in candidates:
        found = names.resolve("Organization", _cased(text, candidates))
        if found.id == provider.id:
            yield from ((form, kind, piece) for form, kind in found.names if form in piece.text)
    for full, short, piece in introduced:
        if names.resolve("Organization", full).id == provider.id:
            yield short, "acronym" if short.isupper() else "variant", piece
