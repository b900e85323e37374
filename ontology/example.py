"""The example: an invented provider's document that states something of every label, property and relationship."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from graph.identifiers import document_id, identify, name_id
from graph.merging import TOLD_OF_FACTS, Node
from graph.model import MODEL, Cardinality, NodeType, Property, RelationshipType, ValueType
from graph.records import Citation, Claim, DocumentFacts, Link, Value, Values, check
from ontology.scanning import Merged

SHA256 = hashlib.sha256(b"An invented document of an invented provider.").hexdigest()
OLDER = hashlib.sha256(b"An older document of the same provider.").hexdigest()
PLACES = ((12, 12, "Services in scope"), (31, 33, "Tests of controls"))
_QUOTE = "What the lines say."
_HASH = hashlib.sha256(_QUOTE.encode()).hexdigest()
_KEYS: dict[str, tuple[str, str]] = {
    "Organization": ("Quayside Cloud", "Lantern Assurance"),
    "Service": ("Barge Storage", "Crane Compute"),
    "ServiceCategory": ("Storage", "Compute"),
    "Region": ("North Quay", "South Quay"),
    "EdgeLocation": ("Reykjavik", "Torshavn"),
    "Facility": ("Harbour Hall", "Lock House"),
    "Country": ("Iceland", "Faroe Islands"),
    "Framework": ("SOC 2", "Harbour Code"),
    "Assessment": ("SOC 2 Type 2 of 2023", "SOC 2 Type 2 of 2022"),
}
_TEXTS = {
    "area": ("Logical access", "Backups"),
    "asserted_by": ("Lantern Assurance", "Quayside Cloud"),
    "audience": ("Customers and their auditors", "Prospective customers"),
    "category": ("Security", "Availability"),
    "city": ("Reykjavik", "Torshavn"),
    "code": ("IS", "FO"),
    "definition": ("A place where data is kept.", "A place where data is computed."),
    "description": ("Keeps files on barges.", "Lifts work to where there is room."),
    "edition": ("2017", "2013"),
    "element_kind": ("criteria", "questions"),
    "framework_edition": ("2017", "2013"),
    "full_name": ("System and Organization Controls 2", "Code of the Harbour"),
    "levels": ("Moderate", "Low"),
    "loader": ("soc_report", "soc_report"),
    "name_as_written": ("Barge Storage (Barge)", "Crane Compute"),
    "namespaces": ("barge", "crane"),
    "number": ("CC-1.01", "CC-1.02"),
    "owner": ("Head of operations", "Security team"),
    "partition": ("quayside", "quayside"),
    "procedure": ("Inspected the list of administrators.", "Inquired of the head of operations."),
    "publisher": ("Quayside Cloud", "Quayside Cloud"),
    "qualification": ("Excludes the archive tier", "Local Region"),
    "release_months": ("May", "November"),
    "result_text": ("No exceptions noted.", "One exception noted."),
    "role": ("primary", "backup"),
    "signed_at": ("Reykjavik, Iceland", "Torshavn, Faroe Islands"),
    "statement": ("Access is reviewed quarterly.", "Backups are restored once a year."),
    "system_name": ("Quayside Cloud Platform", "Quayside Cloud Platform"),
    "title": ("Access is reviewed", "Backups are restored"),
    "trust_services_categories": ("Security", "Availability"),
    "use": ("Operations", "Storage of tapes"),
    "sha256": (SHA256, SHA256),
    "media_type": ("text/plain", "text/plain"),
    "section": ("System description", "Services in scope"),
    "subdivision": ("IS-1", "FO-ST"),
    "url": ("https://quayside.example/report", "https://quayside.example/certificate"),
    "predicate": ("skos:closeMatch", "skos:exactMatch"),
    "justification": ("semapv:ManualMappingCuration", "semapv:LexicalMatching"),
    "confidence": ("0.9", "0.8"),
    "only_regions": ("region/north-quay", "region/south-quay"),
}
_DATES = ("2023-12-31", "2022-12")


def example() -> Merged:
    """The example: two nodes of each label, and each relationship between them."""
    run = Node("LoadRun", "load-run/1", _values(MODEL.node("LoadRun").shown, 0))
    return Merged((check(stated()), check(older())), run)


def stated() -> DocumentFacts:
    """What the invented document states."""
    citations = tuple(
        Citation(SHA256, first, last, ("System description", heading), _QUOTE, _HASH, page=1)
        for first, last, heading in PLACES
    )
    cited = [node for node in MODEL.nodes if node.cited]
    claims = tuple(
        Claim(node.label, _id(node, place), citations[place].id, _claimed(node, place))
        for node in cited
        for place in (0, 1)
    )
    links = tuple(link for r in MODEL.relationships if r.cited for link in _links(r, citations))
    document = {
        **_values(MODEL.node("Document").properties, 0),
        "sha256": SHA256,
        "lines": 40,
        "name": "Report of 2023",
    }
    kept = {key: value for key, value in document.items() if key not in {"id", *TOLD_OF_FACTS}}
    return DocumentFacts(kept, "2023-12-31", citations, claims, links)


def older() -> DocumentFacts:
    """What an older document states otherwise: another spelling of a service, and of less weight what it is called."""
    citation = Citation(OLDER, 7, 7, ("Services",), _QUOTE, _HASH, page=1)
    link = next(link for link in _links(MODEL.relationship("IN_SCOPE_OF"), (citation,)))
    ends = {"Service": link.start, "Assessment": link.end}
    claims = tuple(
        Claim(label, id_, citation.id, {"name": _called(MODEL.node(label), 0)}, precedence=1)
        for label, id_ in ends.items()
    )
    values = {**link.values, "name_as_written": "Barges"}
    kept: dict[str, Value] = {"sha256": OLDER, "lines": 20, "name": "Report of 2022", "kind": "soc_1_report"}
    return DocumentFacts(kept, "2022-12-31", (citation,), claims, (replace(link, values=values),))


def _links(relationship: RelationshipType, citations: tuple[Citation, ...]) -> Iterator[Link]:
    """Of a relationship whose end has one start, both ends; else one, between two nodes where the labels are equal."""
    derived = relationship.type == "CONTINUES"
    told = ("derived", "the same provider and number in the report before") if derived else ("stated", None)
    if relationship.type == "HAS_NAME":
        yield from (_name(MODEL.node(pair.start), citations[0]) for pair in relationship.pairs)
        return
    for pair in relationship.pairs:
        for place in (0, 1) if relationship.cardinality is Cardinality.ONE_TO_MANY else (0,):
            start = _id(MODEL.node(pair.start), place)
            end = _id(MODEL.node(pair.end), 1 if pair.start == pair.end else place)
            cited = (citations[0].id,)
            own = [p for p in relationship.properties if p.key not in ("assertion", "rule", "claims")]
            yield Link(relationship.type, start, end, cited, _values(own, place), *told)


def _name(node: NodeType, citation: Citation) -> Link:
    text = _called(node, 0)
    values: dict[str, Value] = {"text": text, "kind": "canonical", "valid_from": "2021", "valid_to": "2023-12"}
    return Link("HAS_NAME", _id(node, 0), name_id(_id(node, 0), text), (citation.id,), values)


def _id(node: NodeType, place: int) -> str:
    if node.label == "Document":
        return document_id(SHA256)
    if node.label == "Citation":
        first, last, _ = PLACES[place]
        return f"citation/{SHA256}/{first}-{last}"
    return identify(node.label, _called(node, place))


def _called(node: NodeType, place: int) -> str:
    told = _KEYS.get(node.label)
    return told[place] if told else f"{node.prefix.replace('-', ' ').capitalize()} {place + 1}"


def _claimed(node: NodeType, place: int) -> Values:
    own = [prop for prop in node.properties if prop.key not in ("id", "aliases") and not prop.internal]
    return {**_values(own, place), "name": _called(node, place)}


def _values(properties: tuple[Property, ...] | list[Property], place: int) -> dict[str, Value]:
    return {prop.key: (_one(prop, place),) if prop.many else _one(prop, place) for prop in properties}  # type: ignore[misc]


def _one(prop: Property, place: int) -> str | int | bool:
    if prop.values:
        return prop.values[place % len(prop.values)]
    if prop.key in _TEXTS:
        return _TEXTS[prop.key][place]
    by_type: dict[ValueType, str | int | bool] = {
        ValueType.INTEGER: place + 1,
        ValueType.BOOLEAN: place == 0,
        ValueType.DATE: _DATES[place],
        ValueType.DATETIME: "2024-01-31T12:00:00Z",
    }
    return by_type.get(prop.type, f"Example of {prop.key.replace('_', ' ')}")
