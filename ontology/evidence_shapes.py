"""The shapes of provenance: statements, citations and their lines, and what no data may hold."""

from __future__ import annotations

import re

from graph.model import MODEL, NAMESPACE, NodeType, RelationshipType
from ontology import terms
from ontology.namespaces import CG, DCTERMS, OA, RDF
from ontology.rules import Path, Query, Rule, Shape, SubjectsOf, Values, Whole
from ontology.saying import a, listed, quoted

COUNTED = frozenset({"first_line", "last_line", "ordinal"})
"""The properties that count from 1."""

RFC_5147 = "http://tools.ietf.org/rfc/rfc5147"
_HASH = "^[0-9a-f]{64}$"


def whole() -> tuple[Shape, ...]:
    """That every term of ours is one that the vocabulary has."""
    above = (terms.ENTITY, terms.STATEMENT, *terms.concept_sets())
    classes = tuple(CG[name] for name in (*MODEL.labels, *_statement_classes(), *above))
    ours = f'STRSTARTS(STR(?term), "{NAMESPACE}")'
    values = (CG[name] for name in terms.concept_names().values())
    schemes = (CG[concepts.scheme] for concepts in terms.concept_sets().values())
    rules = (
        Query(
            "A property of our namespace is one of the vocabulary.",
            f"?value ?term ?any . FILTER({ours})",
            outside=("term", tuple(CG[n] for n in terms.predicates())),
        ),
        Query(
            "A class of our namespace is one of the vocabulary.",
            f"?value <{RDF.type}> ?term . FILTER({ours})",
            outside=("term", classes),
        ),
        Query(
            "A value of our namespace is a concept of the vocabulary.",
            f"?value ?any ?term . FILTER(ISIRI(?term) && ?any != <{RDF.type}> && {ours})",
            outside=("term", (*values, *schemes)),
        ),
    )
    return (Shape("TermsShape", "Shape of the data as a whole: the terms in use", Whole(), rules),)


def thing(base: str) -> Shape:
    """What is known by an id: its IRI is made of it, and it is one kind of thing."""
    above = f"<{CG[terms.ENTITY]}>, <{CG[terms.STATEMENT]}>"
    ours = " && ".join(
        f'STRSTARTS(STR(?{kind}), "{NAMESPACE}") && ?{kind} NOT IN ({above})' for kind in ("kind", "value")
    )
    rules = (
        Values(f"The IRI of a thing begins with the base {base}.", pattern=f"^{_escaped(base)}."),
        Query(
            f"The IRI of a thing is the base {base} and its id.",
            f'?this <{CG.id}> ?value . FILTER(STRSTARTS(STR(?this), "{base}") && '
            f'STR(?this) != CONCAT("{base}", REPLACE(ENCODE_FOR_URI(STR(?value)), "%2F", "/")))',
        ),
        Query(
            "A thing is of one class of ours, not of two.",
            f"?this a ?kind, ?value . FILTER(STR(?kind) < STR(?value) && {ours})",
        ),
    )
    return Shape("ThingShape", "Shape of what has an id", SubjectsOf(CG.id), rules)


def statement(base: str) -> Shape:
    """What relates a subject to an object: a statement, under the base too."""
    classes = tuple(CG[name] for name in _statement_classes())
    under = Values(f"The IRI of a statement begins with {base}statement/.", pattern=f"^{_escaped(base)}statement/.")
    owner = Values(f"{quoted(terms.SUBJECT)} is said of a statement of a known class.", classes=classes)
    return Shape("SubjectShape", "Shape of what has a subject", SubjectsOf(CG.subject), (owner, under))


def of_label(node: NodeType) -> tuple[Rule, ...]:
    """What only some labels have: an id that begins with the label, lines that are told twice alike, hashes."""
    begins = Values(
        f"The id of {a(terms.words(node.label))} begins with {node.prefix}/.", Path(CG.id), pattern=f"^{node.prefix}/."
    )
    hashes = tuple(
        Values(f"{quoted(key)} is 64 hexadecimal digits in lower case.", Path(CG[key]), pattern=_HASH)
        for key in ("sha256", "quoteSha256")
        if key in {prop.field for prop in node.written}
    )
    return (begins, *hashes, *(_citation() if node.label == "Citation" else ()))


def ends(relationship: RelationshipType) -> tuple[Values, ...]:
    """What a statement relates: one subject and one object, of classes that the relationship joins."""
    name, term = f"A statement of {quoted(relationship.term)}", quoted(relationship.term)
    starts = tuple(dict.fromkeys(pair.start for pair in relationship.pairs))
    stops = tuple(dict.fromkeys(pair.end for pair in relationship.pairs))
    subject = f"{name} has exactly one subject, {a(listed(starts))}, at which {term} starts."
    target = f"{name} has exactly one object, {a(listed(stops))}, to which {term} leads."
    return (
        Values(subject, Path(CG.subject), classes=tuple(CG[start] for start in starts), least=1, most=1),
        Values(target, Path(CG.object), classes=tuple(CG[stop] for stop in stops), least=1, most=1),
    )


def of_statement(relationship: RelationshipType) -> tuple[Rule, ...]:
    """What backs a statement: citations, a rule where one derived it, and the triple that it entails."""
    name = f"A statement of {quoted(relationship.term)}"
    joined = f"?this <{CG.subject}> ?subject ; <{CG.object}> ?value"
    entailed = Query(
        f"{name} stands beside the plain triple: its subject has {quoted(relationship.term)} its object.",
        f"{joined} .",
        f"?subject <{relationship.iri}> ?value .",
    )
    if not relationship.cited:
        return (entailed,)
    cited = Values(
        f"{name} has one or more citations, which say on which lines it is stated.",
        Path(CG.citation),
        classes=(CG.Citation,),
        least=1,
    )
    derived = Query(
        f"{name} that is derived names the rule.",
        f"?this <{CG.assertion}> ?value . FILTER(?value = <{CG.derived}>)",
        f"?this <{CG.rule}> ?rule .",
    )
    stated = Query(
        f"{name} that a document states has no rule.",
        f"?this <{CG.assertion}> <{CG.stated}> ; <{CG.rule}> ?value .",
    )
    return (cited, derived, stated, entailed)


def of_relationship(relationship: RelationshipType) -> tuple[Query, ...]:
    """That the plain triple of a cited relationship is stated by a statement with a citation."""
    if not relationship.cited:
        return ()
    kind = CG[terms.statement_class(relationship)]
    query = Query(
        f"Whatever has {quoted(relationship.term)} has a statement of it with a citation, which says on which lines.",
        f"?this <{relationship.iri}> ?value .",
        f"?statement a <{kind}> ; <{CG.subject}> ?this ; <{CG.object}> ?value ; <{CG.citation}> ?citation .",
    )
    return (query,)


def differing() -> tuple[Values, ...]:
    """What stands behind a statement that differs: the statement that is shown, what it relates, the lines."""
    name = f"A {terms.words(terms.DIFFERING)}"
    stated = tuple(CG[terms.statement_class(r)] for r in MODEL.relationships if r.cited)
    labels = tuple(CG[label] for label in MODEL.labels)
    return (
        Values(
            f"{name} differs from exactly one statement of a known class.",
            Path(CG.differsFrom),
            classes=stated,
            least=1,
            most=1,
        ),
        Values(f"{name} has exactly one subject.", Path(CG.subject), classes=labels, least=1, most=1),
        Values(f"{name} has exactly one object.", Path(CG.object), classes=labels, least=1, most=1),
        Values(
            f"{name} has one or more citations, which say on which lines it is stated.",
            Path(CG.citation),
            classes=(CG.Citation,),
            least=1,
        ),
    )


def _citation() -> tuple[Query, ...]:
    lines = f"?this <{CG.firstLine}> ?first ; <{CG.lastLine}> ?last"
    right = 'CONCAT("line=", STR(?first - 1), ",", STR(?last))'
    selector = f"?this <{OA.hasSelector}> ?selector . ?selector <{RDF.value}> ?value"
    conforming = f"?selector <{DCTERMS.conformsTo}> <{RFC_5147}>"
    source = f"?this <{CG.fromDocument}> ?document . ?document"
    return (
        Query(
            "A citation has a selector of its lines by RFC 5147 (line L is line=L-1,L).",
            f"{lines} .",
            f"{lines} . {selector} . {conforming} .",
        ),
        Query(
            "The selector of lines agrees with the first and the last line (line L is line=L-1,L).",
            f"{lines} . {selector} . {conforming} . FILTER(STR(?value) != {right})",
        ),
        Query(
            "The id of a citation is made of its document's hash and its lines.",
            f"{lines} ; <{CG.id}> ?value . {source} <{CG.sha256}> ?sha . "
            'FILTER(STR(?value) != CONCAT("citation/", STR(?sha), "/", STR(?first), "-", STR(?last)))',
        ),
        Query(
            "The last line of a citation is a line of its document.",
            f"?this <{CG.lastLine}> ?value . {source} <{CG.lines}> ?lines . FILTER(?value > ?lines)",
        ),
        Query(
            "The hash of a quote is that of its text: SHA-256 of UTF-8 in hexadecimal.",
            f"?this <{CG.quote}> ?value ; <{CG.quoteSha256}> ?hash . FILTER(SHA256(STR(?value)) != STR(?hash))",
        ),
        Query(
            "The text selector of a citation holds its quote.",
            f"?this <{CG.quote}> ?quote ; <{OA.hasSelector}> ?selector . ?selector <{OA.exact}> ?value . "
            "FILTER(STR(?value) != STR(?quote))",
        ),
        Query(
            "The source of a citation is its document.",
            f"?this <{OA.hasSource}> ?value .",
            f"?this <{OA.hasSource}> ?value ; <{CG.fromDocument}> ?value .",
        ),
    )


def _escaped(iri: str) -> str:
    return re.sub(r"([.+?*()\[\]{}^$|\\])", r"\\\1", iri)


def _statement_classes() -> tuple[str, ...]:
    shown = (terms.statement_class(r) for r in MODEL.relationships if terms.has_statements(r))
    return (*shown, terms.DIFFERING)
