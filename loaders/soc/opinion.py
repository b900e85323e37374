"""What the auditor's report says: opinion, emphasis of matter, standards, categories, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import ends_sentence
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, Section, is_title, pieces_of
from loaders.soc.signature import read_signature
from loaders.soc.wording import opinion_of, standards_followed, trust_services_categories

_OPINION = re.compile(
    r"^(?:(?:un)?qualified |adverse |disclaimer of |(?:service )?(?:auditor|accountant|practitioner)s?['’]?s?['’]? "
    r"|our )?(?:opinion|conclusion)$",
    re.IGNORECASE,
)
_IN_OUR_OPINION = re.compile(
    r"^(?:in our opinion\b|because of\b.*\bopinion\b|we do not express an opinion\b)"
    r"|\b(?:in our opinion|our opinion is|we are of the opinion)\b.*\bin all material respects\b",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"^(?:basis (?:for|of) (?:the |our )?(?:qualified|adverse|modified|qualification)\b.*"
    r"|(?:matters? (?:giving rise to|that led to)|reasons? for) (?:the |our )?(?:qualif|adverse|modif).*"
    r"|qualification)$",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"^emphasis of (?:a |the )?matters?$", re.IGNORECASE)
_MISSED = re.compile(
    r"\b(?:as a result|accordingly|therefore|consequently|for this reason|thus|hence)\b[^.]*\bnot\b", re.IGNORECASE
)
_DRAWS = re.compile(
    r"\b(?:we|our) (?:would like to )?draw attention to\b|\bwithout (?:modifying|qualifying) our opinion\b",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(
    r"\b(?:may|must|should|shall) not be (?:used|distributed|given|disclosed|passed|relied)\b|\b(?:only|solely) for"
    r" the use of\b"
    r"|\bsolely (?:for|by)\b|\bonly (?:for|by|to)\b[^.]{0,80}\b(?:customers|clients|user entities|parties"
    r"|management|users)\b"
    r"|\bintended for\b[^.]{0,120}\bonly\b|\buse of this report is (?:limited|restricted)\b"
    r"|\bfor the (?:sole|exclusive) use of\b|\bmay (?:only )?be (?:used|read|relied (?:up)?on) (?:only |solely )?by\b"
    r"|\b(?:nobody|no ?one|no other (?:party|person|parties|persons)) (?:else )?(?:may|should|shall) (?:use|rely)\b"
    r"|\bintended (?:solely|only|exclusively) for\b|\brestricted to\b|\brestricted use\b.*\bonly\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\bgeneral[- ]use report\b|\bintended for general use\b"
    r"|\b(?:distributed|available|released) to the (?:general )?public\b"
    r"|\bfreely (?:distributed|shared)\b|\b(?:distributed|shared) freely\b",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(
    r"\b(?:criteria|controls)\s+(?:for|relevant to)\s+(?:the )?(?P<named>(?:[\s,]*(?:and )?(?:security|availability"
    r"|processing integrity|"
    r"confidentiality|(?:and )?privacy))+)",
    re.IGNORECASE,
)
_RELEVANT = re.compile(
    r"^(?:.*\b(?:relevant to|criteria for)\s+)?(?P<named>(?:[\s,]*(?:and )?(?:security|availability|processing"
    r" integrity|"
    r"confidentiality|privacy))+)\b",
    re.IGNORECASE,
)

_FOLLOWS = re.compile(r"\b(?:in accordance with|pursuant to|under)\b", re.IGNORECASE)
_THIS_REPORT = re.compile(r"This (?:[\w®-]+ ){0,4}report\b")
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+")
_NUMBERS = re.compile(r"\b\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Examination:
    """What belongs to the document as well as to the assessment; `basis` says why the opinion is qualified."""

    opinion: str | None = None
    opinion_date: str | None = None
    distribution: str | None = None
    basis: tuple[Piece, ...] = ()


def read_opinion(reading: Reading, sections: Sequence[Section]) -> Examination:
    """States auditor, opinion with its date, emphasis and standards; warns of what the auditor's report leaves out."""
    report = pieces_of(sections, Part.AUDITOR)
    if not report:
        return Examination(distribution=distribution_of(pieces_of(sections, *Part)))
    opinion = _state_opinion(reading, report)
    _state_emphasis(reading, report)
    followed = (p for p in pieces_of(sections, Part.TITLE) if _FOLLOWS.search(p.text))
    _state_standards(reading, (*report, *followed))
    date = read_signature(reading, report)
    basis = tuple(_below(report, _BASIS)) or tuple(p for p in report if _MISSED.search(p.text))
    basis = basis if opinion in ("qualified", "adverse") else ()
    found = distribution_of(report) or distribution_of(pieces_of(sections, Part.TITLE, Part.ASSERTION))
    found = found or distribution_of(list(_of_this_report(pieces_of(sections, *Part))))
    return Examination(opinion, date, found, basis)


def has_opinion(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph has the words of an auditor's opinion."""
    return any(piece.kind is Kind.PARAGRAPH and _IN_OUR_OPINION.search(piece.text) for piece in pieces)


def read_categories(reading: Reading, sections: Sequence[Section]) -> None:
    """States the trust services categories that the report is relevant to; warns where it names none."""
    told = pieces_of(sections, Part.AUDITOR, Part.ASSERTION, Part.DESCRIPTION)
    for pieces, pattern in ((told, _CATEGORIES), (pieces_of(sections, Part.TITLE), _RELEVANT)):
        for piece in pieces:
            found = pattern.search(piece.text)
            named = trust_services_categories(found["named"]) if found else ()
            if named:
                citation = reading.cite(piece)
                reading.notes.state("Assessment", reading.assessment, citation, trust_services_categories=named)
                return
    reading.notes.warn(1, "the report does not name the trust services categories that it is relevant to")


def _state_opinion(reading: Reading, report: Sequence[Piece]) -> str | None:
    found = _opinion_pieces(report)
    if found is None:
        reading.notes.warn(report[0].first_line, "the report has no words of the auditor's opinion")
        return None
    heading, text = found
    opinion = opinion_of(heading.text if heading else "", text.text)
    if opinion is None:
        reading.notes.warn(text.first_line, f"no known wording of an opinion: {text.text!r}")
        return None
    first = heading or text
    citation = reading.notes.cite(first.first_line, text.last_line, reading.section_at(first.first_line))
    reading.notes.state("Assessment", reading.assessment, citation, opinion=opinion)
    return opinion


def _opinion_pieces(report: Sequence[Piece]) -> tuple[Piece | None, Piece] | None:
    """The heading of the opinion with what follows it, else the paragraph that begins with its words."""
    for index, piece in enumerate(report):
        if is_title(piece) and _OPINION.match(_NUMBER.sub("", piece.text)):
            text = next((p for p in report[index + 1 :] if p.kind is Kind.PARAGRAPH), None)
            if text is not None:
                return piece, _with_items(report, text)
    text = next((p for p in report if p.kind is Kind.PARAGRAPH and _IN_OUR_OPINION.match(p.text)), None)
    return (None, _with_items(report, text)) if text else None


def _with_items(report: Sequence[Piece], text: Piece) -> Piece:
    """A paragraph with the items that it announces: these may say for what the opinion is qualified."""
    if not text.text.endswith(":"):
        return text
    below = list(takewhile(lambda p: p.kind is Kind.ITEM, report[list(report).index(text) + 1 :]))
    whole = " ".join(piece.text for piece in (text, *below))
    return replace(text, text=whole, last_line=below[-1].last_line) if below else text


def _below(report: Sequence[Piece], pattern: re.Pattern[str]) -> Iterator[Piece]:
    """The paragraphs below the headings that match, up to the next heading."""
    inside, title = False, None
    for piece in report:
        named = bool(pattern.match(_NUMBER.sub("", piece.text)))
        if piece.kind is Kind.HEADING or (is_title(piece) and named):
            inside, title = named, piece
        elif inside and title is not None:
            yield piece
            # A title on the line of its text is that of one paragraph.
            inside = title.first_line != piece.first_line


def _state_emphasis(reading: Reading, report: Sequence[Piece]) -> None:
    found = list(_below(report, _EMPHASIS)) or [p for p in report if _DRAWS.search(p.text)]
    if found:
        first, last = found[0].first_line, found[-1].last_line
        citation = reading.notes.cite(first, last, reading.section_at(first))
        text = " ".join(piece.text for piece in found)
        reading.notes.state("Assessment", reading.assessment, citation, emphasis=text)


def _state_standards(reading: Reading, report: Sequence[Piece]) -> None:
    for piece in _whole(report):
        for name, written in standards_followed(piece.text).items():
            standard = reading.resolve("Framework", name, piece.first_line)
            citation = reading.notes.cite(piece.first_line, piece.last_line, reading.section_at(piece.first_line))
            reading.notes.state("Framework", standard.id, citation, 2, name=standard.name)
            is_cut = not any(written in one.text for one in report)
            if name not in piece.text and not is_cut and len(_NUMBERS.findall(written)) <= 1:
                reading.notes.name(standard.id, written, "variant", citation)
            reading.notes.link("PERFORMED_UNDER", reading.assessment, standard.id, citation)


def _whole(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, a paragraph that ends within a sentence with the one right below, as where a page cuts it."""
    above: Piece | None = None
    for piece in pieces:
        if above is None:
            above = piece
        elif _goes_on(above, piece):
            above = replace(above, text=f"{above.text} {piece.text}", last_line=piece.last_line)
        else:
            yield above
            above = piece
    if above is not None:
        yield above


def _goes_on(above: Piece, piece: Piece) -> bool:
    both = above.kind is piece.kind is Kind.PARAGRAPH and above.last_line < piece.first_line
    return both and not ends_sentence(above.text)


def _of_this_report(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The sentences that speak of the report itself, as a foot below its last part may."""
    for piece in pieces:
        sentences = (one for one in _SENTENCES.split(piece.text) if _THIS_REPORT.match(one))
        yield from (replace(piece, text=one) for one in sentences)


def distribution_of(pieces: Sequence[Piece]) -> str | None:
    """Whether those words restrict a report to some readers or give it to the public; None where they say neither."""
    if any(_RESTRICTED.search(piece.text) for piece in pieces):
        return "restricted"
    return "public" if any(_PUBLIC.search(piece.text) for piece in pieces) else None
