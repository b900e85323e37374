"""What the wording of reports means: opinions, standards, categories, dates, all in reviewed tables."""

from __future__ import annotations

import re

_OPINIONS = (
    (
        re.compile(r"^(?:.*\n)?we do(?:es)? not express an opinion\b|\bdisclaimer of opinion\b", re.IGNORECASE),
        "disclaimer",
    ),
    (
        re.compile(r"\bbecause of (?:the )?\S+[^.]*?,\s+(?:we were not able|the scope of our work)\b", re.IGNORECASE),
        "disclaimer",
    ),
    (
        re.compile(
            r"\badverse opinion\b|\bin our opinion, because of the (?:significance|effects?|matters?)\b"
            r"|\bin our opinion,[^.]*\b(?:does|do|did|is|are|was|were) not\b[^.]*\bin all material respects",
            re.IGNORECASE,
        ),
        "adverse",
    ),
    (re.compile(r"\bqualified opinion\b|\bexcept for\b", re.IGNORECASE), "qualified"),
    (
        re.compile(
            r"\b(?:in our opinion|our opinion is|we are of the opinion)\b[^.]*\bin all material respects\b",
            re.IGNORECASE,
        ),
        "unqualified",
    ),
)

_SECTIONS = r"AT-C\s+(?:[Ss]ections?\s+)?(?:\d{3}(?:,\s*(?:and\s+)?|\s+and\s+(?:AT-C\s+)?(?:[Ss]ections?\s+)?))*"
_ISAE = (
    r"(?:International Standards? (?:on|for) Assurance Engagements\s*(?:\(ISAE\)\s*)?(?:No\.\s*)?"
    r"(?:\d{4}[^.;]{0,80}?\band\s+)?|\bISAE\s*(?:No\.\s*)?(?:\d{4}\s+and\s+)?)"
)
_NATIONAL = (
    ("CSAE", r"Canadian Standards? (?:on|for) Assurance Engagements", ("3000", "3001", "3416")),
    ("ASAE", r"Australian Standards? (?:on|for) Assurance Engagements", ("3000", "3150", "3402")),
    ("HKSAE", r"Hong Kong Standards? (?:on|for) Assurance Engagements", ("3000", "3402")),
)
_SSAE = r"(?:(?:Standards? (?:on|for) )?Attestation Engagements\s*(?:\(SSAE\)\s*)?(?:No\.\s*)?|\bSSAE\s*(?:No\.\s*)?)"
_STANDARDS = (
    (
        re.compile(
            r"attestation standards\s+(?:established by|of|issued by|set by) the\s+(?:AICPA|American Institute of"
            r" Certified Public Accountants)"
            r"|AICPA(?:['’]s)? attestation standards"
        ),
        "AICPA attestation standards",
    ),
    *((re.compile(rf"{_ISAE}{number}\b"), f"ISAE {number}") for number in ("3000", "3402")),
    *(
        (re.compile(rf"(?:\b{words}\s*(?:\({short}\)\s*)?|\b{short}\s*)(?:No\.\s*)?{number}\b"), f"{short} {number}")
        for short, words, numbers in _NATIONAL
        for number in numbers
    ),
    *((re.compile(rf"{_SSAE}{number}\b"), f"SSAE {number}") for number in ("16", "18", "21")),
    *(
        (re.compile(rf"{_SECTIONS}{number}\b"), f"AT-C {number}")
        for number in ("320", "205", "206", "210", "215", "105")
    ),
)

_SENTENCES = re.compile(r"(?<=[.;])(?<!No\.)(?<!Nos\.)\s+(?=[A-Z])")
_ONLY_MENTIONED = re.compile(
    r"\bother (?:services|reports|engagements)\b|\bnot (?:referred|covered|part of|included)\b", re.I
)

_CATEGORIES = ("security", "availability", "processing integrity", "confidentiality", "privacy")


def opinion_of(heading: str, text: str) -> str | None:
    """The auditor's opinion by the heading above it and its wording; None where that is unknown."""
    return next((opinion for pattern, opinion in _OPINIONS if pattern.search(f"{heading}\n{text}")), None)


def standards_in(text: str) -> tuple[str, ...]:
    """The professional standards that a text names."""
    return tuple(name for pattern, name in _STANDARDS if pattern.search(text))


def standards_followed(text: str) -> dict[str, str]:
    """The professional standards that a text says were followed, each with the words that it has for it."""
    sentences = [sentence for sentence in _SENTENCES.split(text) if not _ONLY_MENTIONED.search(sentence)]
    found = ((name, pattern.search(sentence)) for pattern, name in _STANDARDS for sentence in sentences)
    return {name: match.group() for name, match in found if match}


def trust_services_categories(text: str) -> tuple[str, ...]:
    """The trust services categories that a text names, in the order of the criteria."""
    return tuple(category for category in _CATEGORIES if re.search(rf"\b{category}\b", text, re.IGNORECASE))
