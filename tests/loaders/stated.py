"""What a loader stated, in the few words that tests compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.merging import Graph, Statements, merge
from graph.records import DocumentFacts, Value
from loaders.base import Loader
from loaders.facts import Extraction
from loaders.inputs.documents import Document, document_from
from loaders.names.resolution import read_names

FIXTURES = Path(__file__).with_name("fixtures")


def fixture(name: str) -> str:
    """The text of a fixture."""
    return (FIXTURES / name).read_text(encoding="utf-8")


def document(text: str) -> Document:
    """A document of that text."""
    return document_from(text.encode(), "made.txt")


def extracted(loader: Loader, text: str) -> Extraction:
    """What a loader makes of a text; the text has to be of its kind."""
    made = document(text)
    assert loader.accepts(made) == loader.kinds[0]
    return loader.extract(made, read_names())


def graph_of(facts: DocumentFacts) -> Graph:
    """The graph of one document's statements."""
    statements = Statements()
    statements.add(facts)
    return merge(statements)[0]


def shown(facts: DocumentFacts, label: str, *keys: str) -> dict[str, tuple[Value | None, ...]]:
    """The values that nodes of a label show, by their names, which have to differ."""
    nodes = [node for node in graph_of(facts).nodes.values() if node.label == label]
    found = {str(node.values["name"]): tuple(node.values.get(key) for key in keys) for node in nodes}
    assert len(found) == len(nodes)
    return found


def joined(facts: DocumentFacts, type_: str) -> set[tuple[str, str]]:
    """The relationships of a type, as the names of their ends."""
    graph = graph_of(facts)
    names: Mapping[str, str] = {id_: str(node.values.get("name")) for id_, node in graph.nodes.items()}
    edges = (edge for edge in graph.edges.values() if edge.type == type_)
    return {(names.get(edge.start, edge.start), names.get(edge.end, edge.end)) for edge in edges}


def cited(facts: DocumentFacts, id_: str, key: str) -> dict[str, Value]:
    """Every stated value of one property of a node, by the lines that state it."""
    claims = (claim for claim in facts.claims if claim.id == id_ and key in claim.values)
    return {claim.citation.rsplit("/", 1)[1]: claim.values[key] for claim in claims}
