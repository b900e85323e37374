"""Which texts are searched, and what each is for its node: the whole model, all breaches at once."""

from __future__ import annotations

from graph.identifiers import name_id
from graph.merging import Node
from graph.model import MODEL, ValueType
from graph.neo4j.words import SEARCHED
from graph.records import Value
from graph.searching import Kind, Text, entity_of, indexed, searched, searched_labels, texts

NOT_SEARCHED = {
    "id",
    "aliases",
    "section",
    "sha256",
    "quote_sha256",
    "media_type",
    "loader",
    "loader_version",
    "loaded_facts",
}


def test_all_text_is_searched_but_hashes_headings_and_what_tells_of_the_loading() -> None:
    written = {
        (label, p.key)
        for label in searched_labels()
        for p in MODEL.node(label).shown
        if p.type in (ValueType.STRING, ValueType.URL) and not p.values
    }
    found = {(label, p.key) for label in searched_labels() for _, p in searched(label)}
    assert {key for _, key in written - found} == NOT_SEARCHED
    assert found <= written


def test_wording_and_nothing_else_is_searched_as_wording() -> None:
    worded = {(n.label, p.key) for n in MODEL.nodes for p in n.properties if p.verbatim}
    kinds = [(label, p.key) for label in searched_labels() for kind, p in searched(label) if kind is Kind.WORDING]
    assert set(kinds) == worded


def test_nodes_of_all_labels_can_be_found_but_names_and_loads() -> None:
    assert set(MODEL.labels) - set(searched_labels()) == {"Name", "LoadRun"}
    assert texts(Node("LoadRun", "load-run/1", {"name": "load 1"})) == []


def test_what_is_found_by_a_name_is_what_it_names() -> None:
    entity = "service/aws/amazon-s3"
    name = Node("Name", name_id(entity, "S3"), {"text": "S3", "kind": "acronym"})
    space = Node("Name", name_id(entity, "s3"), {"text": "s3", "kind": "namespace"})
    assert texts(name) == [Text(Kind.ALIAS, "aliases", "S3")]
    assert texts(space) == [Text(Kind.NAMESPACE, "namespaces", "s3")]
    assert entity_of(name.id) == entity_of(entity) == entity


def test_equal_words_are_indexed_once_as_the_most_telling_text() -> None:
    values: dict[str, Value] = {"name": "Key-store", "description": "key STORE", "namespaces": ("key", "store")}
    assert indexed(Node("Service", "service/a", values)) == [
        (Kind.NAME, ["key", "store"]),
        (Kind.NAMESPACE, ["key"]),
        (Kind.NAMESPACE, ["store"]),
    ]
    assert indexed(Node("Service", "service/a", {"name": "?!"})) == []


def test_no_property_of_the_model_has_the_name_under_which_words_are_kept() -> None:
    assert [n.label for n in MODEL.nodes if SEARCHED in {p.key for p in n.stored}] == []
