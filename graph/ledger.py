"""The facts of documents in a store: put, replaced, taken away, read back; what one document states stays its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from graph.continuing import mend
from graph.errors import AmbiguousHash, UnknownDocument
from graph.identifiers import document_of
from graph.merging import (
    TOLD_OF_FACTS,
    Difference,
    Edge,
    Graph,
    Node,
    Statements,
    agree,
    decode_claim,
    decode_joint_links,
    decode_links,
    document_graph,
    document_name,
    merge,
    slot_of,
)
from graph.model import MODEL, Cardinality
from graph.records import Citation, DocumentFacts, Link, Values, check
from graph.store import Change, Writer, difference

_CITED = tuple(r.type for r in MODEL.relationships if r.cited)
_TO_ONE_START = tuple(
    r.type for r in MODEL.relationships if r.cardinality is Cardinality.ONE_TO_MANY and r.type != "HAS_NAME"
)
"""Two documents can give an end two starts; the id of a Name holds its one entity."""
EVIDENCE = ("EVIDENCED_BY",)
_PREFIX = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What putting a document did: the change, and where its values differ from those of others."""

    change: Change
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.change)


def put(store: Writer, facts: DocumentFacts, replaces: str | None = None, *, dry: bool = False) -> Outcome:
    """Puts the facts of a document in place of those that it stated before, in one transaction.

    `replaces` names the older document whose place it takes (see `find`); raises `UnknownDocument` where the store has
    none of that hash, `BadFacts` where the facts break the model. With `dry` nothing is written. Facts that were
    written out without wording never take the place of the same document with its wording.
    """
    check(facts)
    with nullcontext() if dry else store.alone():
        replaced = find(store, replaces) if replaces else None
        if _knows_more(store, facts):
            if replaced in (None, facts.sha256):
                return Outcome(Change(), ())
            facts = stated_by(store, facts.sha256)
        gone = list(dict.fromkeys(sha for sha in (facts.sha256, replaced) if sha))
        return _exchange(store, gone, facts, dry=dry)


def take(store: Writer, sha256: str) -> Outcome:
    """Takes away what a document states, and only that; `UnknownDocument` where it was not loaded (see `find`)."""
    with store.alone():
        return _exchange(store, [find(store, sha256)], None, dry=False)


def stated_by(store: Writer, sha256: str) -> DocumentFacts:
    """All that a loaded document states, read back from the store; what the ledger derives is not among it."""
    return _stated(store, _document(store, sha256))[0]


def find(store: Writer, given: str) -> str:
    """The hash of the loaded document that a hash, or the first 8 or more of its digits, names.

    Raises `UnknownDocument` where no loaded document has it, `AmbiguousHash` where several have.
    """
    return str(_document(store, given).values["sha256"])


def _document(store: Writer, given: str) -> Node:
    documents = {str(document.values["sha256"]): document for document in store.documents()}
    if given in documents:
        return documents[given]
    digits = given.casefold()
    found = [sha for sha in documents if _PREFIX.fullmatch(digits) and sha.startswith(digits)]
    if len(found) > 1:
        raise AmbiguousHash(given, found)
    if not found:
        raise UnknownDocument(given, list(documents))
    return documents[found[0]]


def _knows_more(store: Writer, facts: DocumentFacts) -> bool:
    """Whether the store has the wording of the document, and the facts were written out without it."""
    if any(citation.quote is not None for citation in facts.citations):
        return False
    return any("quote" in node.values for node in store.citations_of(facts.sha256))


def _exchange(store: Writer, gone: Sequence[str], facts: DocumentFacts | None, *, dry: bool) -> Outcome:
    """Puts facts where the facts of other documents were: reads what they touch, merges it anew, writes the difference.

    What is compared is what the store holds with what it should hold, so that a store mends itself where it is touched.
    """
    documents = {str(d.values["sha256"]): d for d in store.documents()}
    loaded = [sha for sha in gone if sha in documents]
    before, after, own = Graph(), Graph(), [facts] if facts else []
    for old, evidence in (_stated(store, documents[sha]) for sha in loaded):
        own.append(old)
        before.put(*_whole(old), documents[old.sha256], *evidence)
    touched = _Touched.by(store, own)
    before.put(*touched.nodes, *touched.merged())
    statements = _others(store, touched, loaded, facts)
    statements.recency |= {sha: str(d.values.get("recency", "")) for sha, d in documents.items()}
    if facts:
        statements.add(facts)
        after.put(*_whole(facts))
    merged, differences = merge(statements)
    ours = facts.sha256 if facts else None
    after.put(*merged.nodes.values())
    after.put(*(e for e in merged.edges.values() if e.type not in EVIDENCE or document_of(e.end) == ours))
    change = difference(before, after)
    mend(store, change, touched.edges)
    if change and not dry:
        store.apply(change)
    return Outcome(change, tuple(differences))


@dataclass(frozen=True, slots=True)
class _Touched:
    """What the store holds around the nodes of which some documents speak."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    slots: frozenset[tuple[str, str, str]]

    @classmethod
    def by(cls, store: Writer, own: Sequence[DocumentFacts]) -> _Touched:
        """Reads it."""
        ids = sorted({claim.id for facts in own for claim in facts.claims})
        edges = _around(store, [*ids, *(facts.id for facts in own)])
        links = [link for facts in own for link in facts.links]
        names = {e.end for e in edges if e.type == "HAS_NAME"} | {x.end for x in links if x.type == "HAS_NAME"}
        slots = frozenset(slot_of(link.type, link.start, link.end) for link in links)
        return cls(tuple(store.nodes([*ids, *sorted(names)])), tuple(edges), slots)

    def merged(self) -> list[Edge]:
        """The relationships that are merged anew: those of which the documents speak, and names, for the aliases."""
        return [e for e in self.edges if e.type == "HAS_NAME" or slot_of(*e.key) in self.slots]


def _around(store: Writer, ids: Sequence[str]) -> list[Edge]:
    """Every cited relationship that one of the nodes could decide: each once."""
    found = (*store.leaving(ids, _CITED), *store.arriving(ids, _TO_ONE_START))
    return list({edge.key: edge for edge in found}.values())


def _others(store: Writer, touched: _Touched, gone: Sequence[str], facts: DocumentFacts | None) -> Statements:
    """What documents that stay state of the touched nodes, as far as it can decide what is shown.

    Where all agree on a node, one claim stands for those that say the same: a load does not read what every document
    before it said of what all share.
    """
    there = [node.id for node in touched.nodes if node.label != "Name"]
    claims = [decode_claim(edge) for edge in store.stated(there, gone)]
    values = defaultdict[str, list[Values]](list)
    for claim in (*claims, *(facts.claims if facts else ())):
        values[claim.id].append(claim.values)
    contested = {claim.id for claim in claims if not agree(values[claim.id])}
    whole = [decode_claim(e) for e in store.leaving(sorted(contested), EVIDENCE) if document_of(e.end) not in gone]
    links = [_without(x, gone) for edge in touched.merged() for x in decode_joint_links(edge)]
    rest = [claim for claim in claims if claim.id not in contested]
    return Statements({}, [*rest, *whole], [link for link in links if link.citations])


def _without(link: Link, gone: Sequence[str]) -> Link:
    if not gone:
        return link
    return replace(link, citations=tuple(c for c in link.citations if document_of(c) not in gone))


def _whole(facts: DocumentFacts) -> list[Node | Edge]:
    graph = document_graph(facts)
    return [*graph.nodes.values(), *graph.edges.values()]


def _stated(store: Writer, document: Node) -> tuple[DocumentFacts, list[Edge]]:
    """What a document states, and the relationships of its evidence as the store keeps them."""
    sha = str(document.values["sha256"])
    citations = store.citations_of(sha)
    evidence = sorted(store.arriving([node.id for node in citations], EVIDENCE), key=lambda e: e.key)
    around = _around(store, [document.id, *sorted({edge.start for edge in evidence})])
    links = [x for e in around if _speaks(e, sha) for x in decode_links(e) if document_of(x.citations[0]) == sha]
    facts = DocumentFacts(
        _document_values(document),
        str(document.values.get("recency", "")),
        tuple(_citation(sha, node) for node in citations),
        tuple(decode_claim(edge) for edge in evidence),
        tuple(sorted(links, key=lambda x: (x.type, x.start, x.end))),
    )
    return facts, evidence


def _speaks(edge: Edge, sha256: str) -> bool:
    """Whether the document is among those that state something of a relationship: cheaper than to read all of them."""
    citations = edge.values["citations"]
    cited = isinstance(citations, tuple) and any(sha256 in str(citation) for citation in citations)
    return cited or sha256 in str(edge.values.get("claims", ""))


def _document_values(document: Node) -> Values:
    """The values that the facts gave; a name that was made for want of one is not among them."""
    made = document_name(document.values, str(document.values.get("recency", "")))
    hidden = {*TOLD_OF_FACTS, *(("name",) if document.values.get("name") == made else ())}
    return {key: value for key, value in document.values.items() if key not in hidden}


def _citation(sha: str, node: Node) -> Citation:
    values = node.values
    section, quote, page = values.get("section", ()), values.get("quote"), values.get("page")
    return Citation(
        sha,
        int(values["first_line"]),  # type: ignore[arg-type]
        int(values["last_line"]),  # type: ignore[arg-type]
        tuple(str(s) for s in section) if isinstance(section, tuple) else (),
        str(quote) if quote is not None else None,
        str(values["quote_sha256"]),
        int(page) if isinstance(page, int) else None,
    )
