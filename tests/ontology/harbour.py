"""Two documents of an invented provider, one restricted and one public, that agree on some facts and not on others."""

from __future__ import annotations

import hashlib
from pathlib import Path

from graph.identifiers import name_id
from graph.ledger import put
from graph.model import MODEL, NodeType, RelationshipType
from graph.records import Citation, Claim, DocumentFacts, Link, Value
from graph.sqlite.store import SqliteStore

OWNERS: tuple[NodeType | RelationshipType, ...] = (*MODEL.nodes, *MODEL.relationships)
"""All that has properties."""

SECRET = "a" * 64
PUBLIC = "b" * 64
SECRET_WORDING = ("Secret wording of a service.", "Secret reason.", "Secret line of text.", "Secret line, the second.")
PUBLIC_WORDING = ("Open wording of a service.", "Open line of text.")
SHARED_WORDING = "Wording that both documents have."

BARGE = "service/harbour/barge"
CRANE = "service/harbour/crane"
SOC = "assessment/harbour/soc-1/2023-12-31"
ISO = "assessment/harbour/iso-27001/2021"
OBJECTIVE = "control-objective/harbour/soc-1/2023-12-31/1"
COUNTRY = "country/ax"
LINK = "resource/harbour.example/certificate"


def store(folder: Path) -> SqliteStore:
    """A store with both documents and a run of loading."""
    found = SqliteStore(folder / "harbour.db")
    found.prepare()
    put(found, report())
    put(found, page())
    return found


def report() -> DocumentFacts:
    """The restricted one: newer, with a scope list, a qualified opinion, wording of its own."""
    first, second = _cite(SECRET, 3, 4, SECRET_WORDING[2]), _cite(SECRET, 9, 9, SECRET_WORDING[3])
    claims = (
        Claim("Service", BARGE, first, {"name": "Harbour Barge", "description": SECRET_WORDING[0]}),
        Claim("Service", CRANE, first, {"name": "Harbour Crane", "description": SHARED_WORDING, "namespaces": ("cr",)}),
        Claim("Assessment", SOC, second, {"name": "SOC 1", "period_end": "2023-12-31", "as_of": "2023-12"}),
        Claim("Assessment", SOC, first, {"status": "attested", "period_months": (12, 6)}),
        Claim("ControlObjective", OBJECTIVE, second, {"name": "Åccess", "number": "1"}),
    )
    reasoned: dict[str, Value] = {"aspect": "description", "reason": SECRET_WORDING[1]}
    links = (
        _name(BARGE, "Harbour Barge", "canonical", first),
        _name(CRANE, "Crane", "variant", first),
        Link("IN_SCOPE_OF", BARGE, SOC, (first, second), {"qualification": "north quay", "from": "2023"}),
        Link("EXCLUDED_FROM", CRANE, SOC, (second,)),
        Link("HAS_OBJECTIVE", SOC, OBJECTIVE, (second,)),
        Link("QUALIFIED_ON", SOC, OBJECTIVE, (second,), reasoned),
    )
    document = _document(SECRET, "Report", "restricted")
    quotes = (_citation(SECRET, 3, 4, SECRET_WORDING[2]), _citation(SECRET, 9, 9, SECRET_WORDING[3]))
    return DocumentFacts(document, "2023-12-31", quotes, claims, links)


def page() -> DocumentFacts:
    """The public one: older, about the same services, with a certificate and an address."""
    cited = _cite(PUBLIC, 1, 1, PUBLIC_WORDING[1])
    claims = (
        Claim("Service", BARGE, cited, {"name": "Harbour Barge", "description": PUBLIC_WORDING[0]}),
        Claim("Service", CRANE, cited, {"name": "Harbour Crane", "description": SHARED_WORDING}),
        Claim("Assessment", ISO, cited, {"name": "ISO 27001", "as_of": "2021", "status": "certified"}),
        Claim("Country", COUNTRY, cited, {"name": "Åland", "code": "AX"}),
        Claim(
            "Resource", LINK, cited, {"name": "Certificate", "url": "https://harbour.example/c", "kind": "certificate"}
        ),
    )
    links = (
        _name(BARGE, "Harbour Barge", "canonical", cited),
        Link("IN_SCOPE_OF", BARGE, ISO, (cited,)),
        Link("REFERS_TO", ISO, LINK, (cited,)),
        Link("INTEGRATES_WITH", BARGE, CRANE, (cited,), {}, "derived", "both on one quay"),
    )
    return DocumentFacts(
        _document(PUBLIC, "Page", "public"), "2021", (_citation(PUBLIC, 1, 1, PUBLIC_WORDING[1]),), claims, links
    )


def _document(sha256: str, title: str, distribution: str) -> dict[str, Value]:
    return {"sha256": sha256, "title": title, "kind": "soc_1_report", "distribution": distribution, "lines": 12}


def _citation(sha256: str, first: int, last: int, text: str) -> Citation:
    return Citation(sha256, first, last, ("Top", "Below"), text, hashlib.sha256(text.encode()).hexdigest())


def _cite(sha256: str, first: int, last: int, text: str) -> str:
    return _citation(sha256, first, last, text).id


def _name(entity: str, text: str, kind: str, citation: str) -> Link:
    return Link("HAS_NAME", entity, name_id(entity, text), (citation,), {"text": text, "kind": kind})
