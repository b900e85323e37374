"""The facts of documents in a store: put, replaced, taken away, read back; what one document states stays its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from graph.errors import UnknownDocument
from graph.identifiers import document_of
from graph.merging import (
    Difference,
    Graph,
    Node,
    Statements,
    decode_claim,
    decode_links,
    document_graph,
    document_name,
    merge,
)
from graph.records import Citation, DocumentFacts, Values, check
from graph.store import Change, Writer, difference


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

    `replaces` names the hash of an older document whose place it takes; raises `UnknownDocument` where the store has
    none of that hash, `BadFacts` where the facts break the model. With `dry` nothing is written. Facts that were
    written out without wording change nothing where the store has the wording of the same document.
    """
    check(facts)
    with nullcontext() if dry else store.alone():
        if not replaces and _knows_more(store, facts):
            return Outcome(Change(), ())
        if replaces:
            _require(store, replaces)
        gone = list(dict.fromkeys(sha for sha in (facts.sha256, replaces) if sha))
        return _exchange(store, gone, facts, dry=dry)


def _knows_more(store: Writer, facts: DocumentFacts) -> bool:
    """Whether the store has the wording of the document, and the facts were written out without it."""
    if any(citation.quote is not None for citation in facts.citations):
        return False
    return any("quote" in node.values for node in store.citations_of(facts.sha256))


def take(store: Writer, sha256: str) -> Outcome:
    """Takes away what a document states, and only that; `UnknownDocument` where it was not loaded."""
    with store.alone():
        _require(store, sha256)
        return _exchange(store, [sha256], None, dry=False)


def stated_by(store: Writer, sha256: str) -> DocumentFacts:
    """All that a loaded document states, read back from the store."""
    return _facts(store, _require(store, sha256))


def _require(store: Writer, sha256: str) -> Node:
    documents = store.documents()
    for document in documents:
        if document.values["sha256"] == sha256:
            return document
    raise UnknownDocument(sha256, [str(d.values["sha256"]) for d in documents])


def _exchange(store: Writer, gone: Sequence[str], facts: DocumentFacts | None, *, dry: bool) -> Outcome:
    documents = {str(d.values["sha256"]): d for d in store.documents()}
    old = [_facts(store, documents[sha]) for sha in gone if sha in documents]
    touched = sorted({claim.id for f in (*old, *([facts] if facts else [])) for claim in f.claims})
    before, others = Statements(), _others(store, touched, set(gone))
    own_before, own_after = Graph(), Graph()
    recency = {sha: str(d.values.get("recency", "")) for sha, d in documents.items()}
    for statements in (before, others):
        statements.recency.update(recency)
    before.claims, before.links = list(others.claims), list(others.links)
    for one in old:
        before.add(one)
        own_before.put(*document_graph(one).nodes.values(), *document_graph(one).edges.values())
    if facts:
        others.add(facts)
        own_after = document_graph(facts)
    graph_before, _ = merge(before)
    graph_after, differences = merge(others)
    for target, own in ((graph_before, own_before), (graph_after, own_after)):
        target.put(*own.nodes.values(), *own.edges.values())
    change = difference(graph_before, graph_after)
    if change and not dry:
        store.apply(change)
    return Outcome(change, tuple(differences))


def _others(store: Writer, ids: Sequence[str], gone: set[str]) -> Statements:
    """What documents that stay state of those nodes and of the relationships that start there."""
    statements = Statements()
    for edge in store.around(ids).edges.values():
        if edge.type == "EVIDENCED_BY":
            if document_of(edge.end) not in gone:
                statements.claims.append(decode_claim(edge))
        elif edge.type != "FROM_DOCUMENT":
            statements.links += [x for x in decode_links(edge) if document_of(x.citations[0]) not in gone]
    return statements


def _facts(store: Writer, document: Node) -> DocumentFacts:
    sha = str(document.values["sha256"])
    graph = store.around([document.id, *store.claimed_by(sha)])
    edges = sorted(graph.edges.values(), key=lambda e: e.key)
    claims = [decode_claim(e) for e in edges if e.type == "EVIDENCED_BY" and document_of(e.end) == sha]
    stated = [e for e in edges if e.type not in ("EVIDENCED_BY", "FROM_DOCUMENT")]
    links = [x for e in stated for x in decode_links(e) if document_of(x.citations[0]) == sha]
    return DocumentFacts(
        _document_values(document),
        str(document.values.get("recency", "")),
        tuple(_citation(sha, node) for node in store.citations_of(sha)),
        tuple(claims),
        tuple(sorted(links, key=lambda x: (x.type, x.start, x.end))),
    )


def _document_values(document: Node) -> Values:
    """The values that the facts gave; a name that was made for want of one is not among them."""
    made = document_name(document.values, str(document.values.get("recency", "")))
    hidden = {"recency", "name"} if document.values.get("name") == made else {"recency"}
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
