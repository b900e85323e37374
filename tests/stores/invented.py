"""Invented documents that state something of every label and over every relationship type of the model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from random import Random

from graph.identifiers import name_id
from graph.model import MODEL, UNCITED_LABELS, Cardinality, Pair, Property, RelationshipType, ValueType
from graph.records import Citation, Claim, DocumentFacts, Link, Scalar, Value

NODES_A_LABEL = 4
LINKS_A_PAIR = 4
LINES = ((1, 1), (2, 3), (9, 9), (10, 12), (100, 104))
TEXTS = ("rain", "Rain", "rainfall", "béta", "beta", "🌀", "10", "9", "a%_b", "it's `quoted`")
NUMBERS = ("1.2", "1.10", "AC-2", "AC-10", "1")
DATES = ("2017", "2017-03", "2017-03-31", "2020-01-01")
POOLS: dict[ValueType, Sequence[Scalar]] = {
    ValueType.STRING: TEXTS,
    ValueType.URL: ("https://a.example/x", "https://b.example/y"),
    ValueType.INTEGER: (0, 1, 2, 10),
    ValueType.BOOLEAN: (True, False),
    ValueType.DATE: DATES,
    ValueType.DATETIME: ("2020-01-01T00:00:00Z",),
}
CITED = tuple(label for label in MODEL.labels if label not in UNCITED_LABELS)


def documents(number: int, *, seed: int = 0) -> list[DocumentFacts]:
    """So many documents that speak of the same nodes; the same for the same seed."""
    return [document(place, Random(seed * 1000 + place)) for place in range(number)]


def document(place: int, rng: Random) -> DocumentFacts:
    """One document."""
    sha = hashlib.sha256(f"invented {place}".encode()).hexdigest()
    citations = tuple(citation(sha, first, last) for first, last in LINES)
    places = [c.id for c in citations]
    claims = tuple(claim(label, id_, rng.choice(places), rng) for label in CITED for id_ in ids_of(label))
    known = {**{label: ids_of(label) for label in CITED}, "Document": [f"document/{sha}"], "Citation": places}
    stated = [r for r in MODEL.relationships if r.type not in ("HAS_NAME", "EVIDENCED_BY", "FROM_DOCUMENT")]
    links = [link for r in stated for pair in r.pairs for link in links_of(r, pair, known, places, rng)]
    links += [name(id_, places, rng) for label in CITED for id_ in ids_of(label)[:2]]
    unique = {(link.type, link.start, link.end): link for link in links}
    properties = MODEL.node("Document").shown
    values = {"sha256": sha, **some_values([p for p in properties if p.key not in ("id", "sha256", "aliases")], rng)}
    recency = rng.choice(("", *DATES))
    return DocumentFacts(values, recency, citations, claims, tuple(unique.values()))


def ids_of(label: str) -> list[str]:
    """The ids of the nodes of a label."""
    return [f"{MODEL.node(label).prefix}/invented/{number}" for number in range(NODES_A_LABEL)]


def citation(sha: str, first: int, last: int) -> Citation:
    """A citation, with a quote where it is short."""
    section = ("Scope", f"Part {first}") if first > 5 else ()
    return Citation(
        sha,
        first,
        last,
        section,
        f"{first} drops" if first < 50 else None,
        hashlib.sha256(f"{first} drops".encode()).hexdigest(),
    )


def claim(label: str, id_: str, cited: str, rng: Random) -> Claim:
    """What one citation states of a node: its name and most of its properties."""
    node = MODEL.node(label)
    properties = [p for p in node.shown if p.key not in ("id", "aliases")]
    named = {"name": value_of(node.prop("name"), rng)}
    return Claim(label, id_, cited, {**named, **some_values(properties, rng)}, rng.choice((0, 1)))


def name(id_: str, places: Sequence[str], rng: Random) -> Link:
    """A name of a node."""
    text = rng.choice(TEXTS)
    values: dict[str, Value] = {"text": text, "kind": rng.choice(("variant", "acronym"))}
    return Link("HAS_NAME", id_, name_id(id_, text), (rng.choice(places),), values)


def links_of(
    type_: RelationshipType, pair: Pair, known: dict[str, list[str]], places: Sequence[str], rng: Random
) -> Iterator[Link]:
    """Links between a pair of labels; of one-to-many each end has one start."""
    properties = [p for p in type_.shown if p.key not in ("assertion", "rule")]
    for _ in range(LINKS_A_PAIR):
        end = rng.choice(known[pair.end])
        start = rng.choice(known[pair.start])
        if type_.cardinality is Cardinality.ONE_TO_MANY:
            start = known[pair.start][known[pair.end].index(end) % 2 % len(known[pair.start])]
        how = ("derived", "same number") if rng.random() < 0.2 else ("stated", None)
        cited = tuple(rng.sample(places, rng.choice((1, 2, 3))))
        yield Link(type_.type, start, end, cited, some_values(properties, rng), *how)


def some_values(properties: Sequence[Property], rng: Random) -> dict[str, Value]:
    """Values for most of the properties."""
    return {p.key: value_of(p, rng) for p in properties if rng.random() < 0.7}


def value_of(prop: Property, rng: Random) -> Value:
    """A value that the property can hold."""
    pool = prop.values or (NUMBERS if prop.natural else POOLS[prop.type])
    if prop.many:
        return tuple(rng.sample(pool, min(len(pool), rng.choice((1, 2)))))  # type: ignore[return-value]
    return rng.choice(pool)
