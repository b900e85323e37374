"""What documents state, read back from RDF in our vocabulary: all of it is understood, or nothing is taken."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.errors import BadFacts
from graph.identifiers import citation_id, document_of
from graph.merging import TOLD_OF_FACTS, document_name
from graph.model import MODEL
from graph.records import Citation, Claim, DocumentFacts, FactsRead, Link, Value, check
from ontology.columns import node_columns
from ontology.quads import Quads
from ontology.relating import Relations
from ontology.understanding import Called, refuse_the_rest

_WHOLE = (
    "all that a document states is loaded at once, since it takes the place of what it stated before: an export of a "
    "class or of a graph has some of it, one of a document all; without cg:statedFacts nothing is counted"
)
_IDS = re.compile(r"[a-z][a-z-]*/[^\s():]+")
"""An id as a breach of the model names it."""


def read(content: bytes, where: str, base: str) -> FactsRead:
    """The facts of all documents in a file whose things stand under the base; raises `BadRdf` (see `RdfReader`)."""
    quads = Quads(content, where, base)
    documents = tuple(_documents(quads))
    called = refuse_the_rest(quads, documents)
    return FactsRead(documents, tuple(_told(quads, called)))


def _told(quads: Quads, called: Sequence[Called]) -> Iterator[tuple[int, str]]:
    """Of names that are not taken the first, with its line."""
    for one in called[:1]:
        more = f" and {len(called) - 1} more" if len(called) > 1 else ""
        why = "the document of the file does not call it so, and its own name is taken"
        yield (
            quads.place(one.said, one.said.object).line,
            f"<{one.iri}> is called {one.said.object}{more}; {why}",
        )


def _documents(quads: Quads) -> Iterator[DocumentFacts]:
    relations = Relations(quads)
    things = _things(quads)
    documents = {_hash(quads, id_, values): values for id_, values in things["Document"].items()}
    if not documents:
        raise quads.bad("it describes no document", "each document is a cg:Document with a cg:sha256")
    citations, claims = _citations(quads, things["Citation"]), _claims(quads, relations.evidence())
    links = relations.links({id_: str(values["text"]) for id_, values in things["Name"].items() if "text" in values})
    unknown = sorted((citations.keys() | claims.keys() | links.keys()) - documents.keys())
    if unknown:
        raise quads.bad(f"it cites document {unknown[0]}", "each document that is cited stands in the same file")
    for sha in sorted(documents):
        yield _facts(quads, documents[sha], citations.get(sha, []), claims.get(sha, []), links.get(sha, []))


def _things(quads: Quads) -> dict[str, dict[str, dict[str, Value]]]:
    """The values of each thing by its label and its id; of what is cited they are in the evidence."""
    found: dict[str, dict[str, dict[str, Value]]] = {label: {} for label in MODEL.labels}
    for iri, said in quads.subjects.items():
        if not quads.is_part(iri):
            id_ = quads.id_of(iri)
            label = quads.label(id_, iri)
            uncited = not MODEL.node(label).cited
            found[label][id_] = quads.values(node_columns(label), iri, said) if uncited else {}
    return found


def _facts(
    quads: Quads, given: Mapping[str, Value], citations: list[Citation], claims: list[Claim], links: list[Link]
) -> DocumentFacts:
    values = {key: value for key, value in given.items() if key not in {"id", *TOLD_OF_FACTS}}
    recency = str(given.get("recency", ""))
    if values.get("name") == document_name(values, recency):
        del values["name"]
    facts = DocumentFacts(values, recency, tuple(citations), tuple(claims), tuple(links))
    if facts.size != given.get("stated_facts", facts.size):
        why = f"<{quads.known.thing(facts.id).value}> states {given['stated_facts']} facts, and {facts.size} are here"
        raise quads.bad(why, _WHOLE, quads.known.thing(facts.id).value)
    try:
        return check(facts)
    except BadFacts as error:
        first = error.breaches[0]
        about = _IDS.search(first)
        iri = quads.known.thing(about[0]).value if about else None
        raise quads.bad(first, "facts keep to the model of the data dictionary", iri) from error


def _hash(quads: Quads, id_: str, values: Mapping[str, Value]) -> str:
    sha, iri = values.get("sha256"), quads.known.thing(id_).value
    if id_ != f"document/{sha}":
        why = f"<{iri}> has {f'the cg:sha256 {sha}' if sha else 'no cg:sha256'}"
        raise quads.bad(why, "a document has the hash of its file, with which its IRI ends", iri)
    return str(sha)


def _citations(quads: Quads, things: Mapping[str, Mapping[str, Value]]) -> dict[str, list[Citation]]:
    found = defaultdict[str, list[Citation]](list)
    for id_, values in things.items():
        citation = _citation(quads, id_, values)
        found[citation.document].append(citation)
    return found


def _citation(quads: Quads, id_: str, values: Mapping[str, Value]) -> Citation:
    iri, first, last = quads.known.thing(id_).value, values.get("first_line"), values.get("last_line")
    sha = id_.split("/")[1] if "/" in id_ else ""
    right = isinstance(first, int) and isinstance(last, int) and 0 < first <= last
    if not right or id_ != citation_id(sha, int(str(first)), int(str(last))):
        valid = "a citation has cg:firstLine and cg:lastLine, with which its IRI ends"
        raise quads.bad(f"<{iri}> has the lines {first} to {last}", valid, iri)
    quote, page, hash_ = values.get("quote"), values.get("page"), values.get("quote_sha256")
    if hash_ is None:
        raise quads.bad(f"<{iri}> has no cg:quoteSha256", "a citation has the hash of the text of its lines", iri)
    if quote is not None and hashlib.sha256(str(quote).encode()).hexdigest() != hash_:
        why = f"the cg:quote of <{iri}> is not the text of those lines"
        raise quads.bad(why, f"its SHA-256 is cg:quoteSha256, {hash_}", iri)
    return Citation(
        sha,
        int(str(first)),
        int(str(last)),
        _headings(quads, iri, values),
        None if quote is None else str(quote),
        str(hash_),
        page if isinstance(page, int) else None,
    )


def _headings(quads: Quads, iri: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The headings in their order, which RDF tells beside them where there are several."""
    listed, told = values.get("section", ()), values.get("section_in_order")
    headings = tuple(map(str, listed)) if isinstance(listed, tuple) else ()
    if told is None and len(headings) < 2:
        return headings
    try:
        ordered = json.loads(str(told))
    except (ValueError, RecursionError):
        ordered = None
    if not isinstance(ordered, list) or not all(isinstance(one, str) for one in ordered) or {*ordered} != {*headings}:
        valid = "cg:sectionInOrder is a JSON list of the headings under cg:section, outermost first"
        raise quads.bad(f"<{iri}> tells no order of its headings", valid, iri)
    return tuple(ordered)


def _claims(quads: Quads, evidence: Mapping[tuple[str, str], Mapping[str, Value]]) -> dict[str, list[Claim]]:
    found = defaultdict[str, list[Claim]](list)
    for (id_, citation), values in evidence.items():
        rest = {key: value for key, value in values.items() if key != "precedence"}
        label = quads.label(id_, quads.known.thing(id_).value)
        found[document_of(citation)].append(Claim(label, id_, citation, rest, int(str(values.get("precedence", 0)))))
    return found
