"""The frameworks beside the trust services criteria whose requirements reports speak of, by the names there."""

from __future__ import annotations

import re

# The name of a framework, how reports write it, and how the columns with its codes are headed.
FRAMEWORKS = (
    ("CSA Cloud Controls Matrix", r"(?:CSA )?Cloud Controls Matrix|CSA CCM|CCM", ("CCM", "CSA CCM", "CSA")),
    ("HIPAA Security Rule", r"HIPAA Security Rule", ("HIPAA", "Security Rule")),
    ("HIPAA", r"HIPAA|Health Insurance Portability and Accountability Act", ("HIPAA",)),
    (
        "BSI C5:2020",
        r"(?:BSI )?C5(?::2020|(?!:))|Cloud Computing Compliance Criteria Catalogue",
        ("C5", "BSI C5", "C5:2020"),
    ),
    ("ISO 27001", r"ISO(?:/IEC)? 27001(?::\d{4})?", ("ISO", "ISO 27001", "ISO/IEC 27001", "Annex A")),
    ("NIST CSF", r"NIST (?:Cybersecurity Framework|CSF)", ("NIST", "CSF", "NIST CSF")),
    ("NIST SP 800-53", r"(?:NIST )?(?:SP|Special Publication) 800-53", ("NIST", "800-53", "NIST 800-53")),
    ("NIST SP 800-171", r"(?:NIST )?(?:SP|Special Publication) 800-171", ("NIST", "800-171", "NIST 800-171")),
    ("HITRUST CSF", r"HITRUST CSF", ("HITRUST", "CSF", "HITRUST CSF")),
    ("PCI DSS", r"PCI DSS|Payment Card Industry Data Security Standard", ("PCI", "PCI DSS")),
)

# The form of the codes of those frameworks whose codes have one of their own.
_CODES = {
    "NIST CSF": re.compile(r"(?:GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d{1,2}"),
    "ISO 27001": re.compile(r"A\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?"),
    "HIPAA Security Rule": re.compile(r"164\.3\d{2}(?:\(\w{1,4}\))*"),
    "BSI C5:2020": re.compile(r"(?:OIS|SP|HR|AM|PS|OPS|IDM|CRY|COS|PI|DEV|SSO|SIM|BCM|COM|INQ|PSS)-\d{2}"),
    "CSA Cloud Controls Matrix": re.compile(
        r"(?:A&A|AIS|BCR|CCC|CEK|DCS|DSP|GRC|HRS|IAM|IPY|IVS|LOG|SEF|STA|TVM|UEM)-\d{2}"
    ),
    "NIST SP 800-53": re.compile(
        r"(?:AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR)-\d{1,2}(?:\(\d{1,2}\))?"
    ),
}


def has_code(name: str, code: str) -> bool:
    """Whether a code has the form of those of a framework."""
    return name in _CODES and bool(_CODES[name].fullmatch(code))


def has_form(name: str) -> bool:
    """Whether the codes of a framework have a form of their own."""
    return name in _CODES


def frameworks_named(text: str) -> tuple[str, ...]:
    """The names of the frameworks of which a text speaks, in full or by a short name."""
    return tuple(name for name, pattern in _NAMED if pattern.search(text))


def without_version(heading: str) -> str:
    """The heading of a column without the version of its framework: `NIST CSF` of `NIST CSF 2.0`, `CCM` of `CCM v4`."""
    return _VERSION.sub("", heading)


def headings_of(name: str) -> tuple[str, ...]:
    """The names by which tables may call a framework."""
    return next((name, *headings) for one, _, headings in FRAMEWORKS if one == name)


_VERSION = re.compile(
    r"(?:,? \(?(?:[Vv](?:ersion|\.)? ?\d+(?:\.\d+)*|\d{1,2}\.\d{1,2}(?:\.\d+)?|[Rr]ev(?:ision|\.)? ?\d+)\)?"
    r"|:(?:19|20)\d{2})$"
)
_NAMED = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{written}|{'|'.join(map(re.escape, headings))})(?![\w-])"))
    for name, written, headings in FRAMEWORKS
)
