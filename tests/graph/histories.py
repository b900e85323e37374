"""Histories of a store: small documents over a few shared entities, put, put again, replaced, taken away."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from graph.identifiers import citation_id, name_id
from graph.ledger import put, stated_by, take
from graph.merging import Graph
from graph.records import Citation, Claim, DocumentFacts, Link, Value
from graph.store import Writer
from loaders.jsonl import write_facts

SHAS = tuple(hashlib.sha256(bytes([n])).hexdigest() for n in range(4))
LINES = ((1, 1), (2, 3), (9, 9), (10, 12), (100, 100))
IDS = {
    "Service": ("service/nimbus/rain", "service/nimbus/hail"),
    "Region": ("region/nimbus/north-1", "region/nimbus/south-1"),
    "Assessment": ("assessment/nimbus/soc-1/2020", "assessment/nimbus/soc-2/2020", "assessment/nimbus/soc-1/2021"),
    "Organization": ("organization/nimbus", "organization/cumulus"),
    "Country": ("country/de", "country/fr"),
    "Framework": ("framework/soc-1", "framework/soc-2"),
    "Control": tuple(f"control/nimbus/{n}" for n in range(4)),
    "ControlTest": ("control-test/nimbus/1", "control-test/nimbus/2"),
}
VALUES: dict[str, dict[str, tuple[Value, ...]]] = {
    "Service": {
        "name": ("Rain", "rain"),
        "namespaces": (("rn",), ("rn", "rain")),
        "description": ("Wet.", "Dry."),
    },
    "Region": {"code": ("north-1", "north-10"), "name": ("North",)},
    "Assessment": {
        "period_months": ((6,), (12, 6)),
        "status": ("attested", "certified"),
        "as_of": ("2020", "2020-03"),
        "report_type": ("type_1", "type_2"),
        "period_end": ("2019-12-31", "2020-12-31"),
    },
    "Organization": {"name": ("Nimbus", "Cumulus")},
    "Country": {"code": ("DE", "FR")},
    "Framework": {"kind": ("attestation", "standard"), "element_count": (3, 4)},
    "Control": {"number": ("1", "2"), "owner": ("Ops", "Security")},
    "ControlTest": {"ordinal": (1, 2), "methods": (("inquiry",), ("inspection", "inquiry"))},
}
JOINS: dict[str, tuple[str, str, dict[str, tuple[Value, ...]]]] = {
    "IN_SCOPE_OF": (
        "Service",
        "Assessment",
        {"qualification": ("in part", "all"), "only_regions": (("a", "b"),)},
    ),
    "LOCATED_IN": ("Region", "Country", {}),
    "OF_PROVIDER": ("Assessment", "Organization", {}),
    "LIMITED_TO": ("Assessment", "Region", {}),
    "PART_OF": ("Service", "Service", {}),
    "AGAINST": ("Assessment", "Framework", {}),
    "HAS_CONTROL": ("Assessment", "Control", {}),
    "HAS_TEST": ("Control", "ControlTest", {}),
    "CONTINUES": ("Control", "Control", {}),
    "ISSUED_BY": ("Framework", "Organization", {}),
}
TEXTS = ("Rain", "rain", "Hail", "RN")
CHOSEN = st.sampled_from


def values_of(choices: dict[str, tuple[Value, ...]]) -> st.SearchStrategy[dict[str, Value]]:
    """Some of the keys, each with one of its values."""
    return st.fixed_dictionaries({}, optional={key: CHOSEN(values) for key, values in choices.items()})


@st.composite
def facts(draw: st.DrawFn, shas: tuple[str, ...] = SHAS) -> DocumentFacts:
    """Small facts of one of a few documents, over a few entities that all of them share."""
    sha = draw(CHOSEN(shas))
    claims = named(draw(st.lists(claim(sha), max_size=6, unique_by=lambda c: (c.id, c.citation))))
    known = {label: [i for i in ids if any(c.id == i for c in claims)] for label, ids in IDS.items()}
    links = draw(st.lists(link(sha, known), max_size=6, unique_by=lambda x: (x.type, x.start, x.end)))
    kept = [x for x in links if x.type != "NONE"]
    names = draw(st.lists(name(sha, known), max_size=3, unique_by=lambda x: (x.start, x.end)))
    kept += [x for x in names if x.type != "NONE"]
    document: dict[str, Value] = {"sha256": sha, "lines": draw(CHOSEN((1, 2))), "kind": "soc_1_report"}
    document |= draw(values_of({"name": ("Report",), "title": ("On rain",)}))
    recency = draw(CHOSEN(("", "2020", "2020-03-31")))
    return DocumentFacts(document, recency, citations(sha), tuple(claims), tuple(kept))


def named(claims: list[Claim]) -> list[Claim]:
    """The claims, each entity with a name that at least one of its claims states."""
    with_name = {c.id for c in claims if "name" in c.values}
    first = {c.id: c.citation for c in reversed(claims) if c.id not in with_name}
    return [
        replace(c, values={"name": c.id.rsplit("/", 1)[1], **c.values}) if first.get(c.id) == c.citation else c
        for c in claims
    ]


def citations(sha: str) -> tuple[Citation, ...]:
    """The citations that every drawn document has."""
    return tuple(
        Citation(
            sha,
            a,
            b,
            ("Scope",) if a > 5 else (),
            f"{a}" if a < 50 else None,
            hashlib.sha256(f"{a}".encode()).hexdigest(),
        )
        for a, b in LINES
    )


def cited(sha: str) -> st.SearchStrategy[str]:
    """One of the citations."""
    return CHOSEN([citation_id(sha, *lines) for lines in LINES])


@st.composite
def claim(draw: st.DrawFn, sha: str) -> Claim:
    """What one citation states of one entity."""
    label = draw(CHOSEN(sorted(IDS)))
    return Claim(
        label,
        draw(CHOSEN(IDS[label])),
        draw(cited(sha)),
        draw(values_of(VALUES[label])),
        draw(CHOSEN((0, 1, 2))),
    )


@st.composite
def link(draw: st.DrawFn, sha: str, known: dict[str, list[str]]) -> Link:
    """A relationship between entities of the document; of type NONE where it has none to join."""
    type_ = draw(CHOSEN(sorted(JOINS)))
    start, end, choices = JOINS[type_]
    if not known[start] or not known[end]:
        return Link("NONE", "", "", ())
    places = tuple(draw(st.lists(cited(sha), min_size=1, max_size=3, unique=True)))
    derived = draw(st.booleans())
    how = ("derived", "same number") if derived else ("stated", None)
    return Link(type_, draw(CHOSEN(known[start])), draw(CHOSEN(known[end])), places, draw(values_of(choices)), *how)


@st.composite
def name(draw: st.DrawFn, sha: str, known: dict[str, list[str]]) -> Link:
    """A name of an entity of the document."""
    entities = [id_ for ids in known.values() for id_ in ids]
    if not entities:
        return Link("NONE", "", "", ())
    entity, text = draw(CHOSEN(entities)), draw(CHOSEN(TEXTS))
    kind = draw(CHOSEN(("variant", "acronym", "namespace", "former")))
    values: dict[str, Value] = {"text": text, "kind": kind}
    if kind == "former":
        values["valid_to"] = "2018"
    return Link("HAS_NAME", entity, name_id(entity, text), (draw(cited(sha)),), values)


@st.composite
def report(draw: st.DrawFn, shas: tuple[str, ...] = SHAS) -> DocumentFacts:
    """A report of one of a few series: its provider, framework, dates and controls, with other facts beside them."""
    base = draw(facts(shas))
    cite, below = citation_id(base.sha256, 9, 9), citation_id(base.sha256, 10, 12)
    which = draw(st.integers(0, 2))
    id_, (provider, _), (framework, other) = IDS["Assessment"][which], IDS["Organization"], IDS["Framework"]
    day = draw(CHOSEN((*3 * (f"20{18 + which}-12-31",), "2019-12-31", "2019-12")))
    dated: dict[str, Value] = {draw(CHOSEN(("period_end", "period_end", "as_of"))): day}
    claims = [
        Claim("Assessment", id_, cite, {"name": id_, "report_type": "type_2", **dated}),
        Claim("Organization", provider, cite, {"name": "Nimbus"}),
        *(Claim("Framework", f, cite, {"name": f}) for f in (framework, other)),
    ]
    links = [
        Link("OF_PROVIDER", id_, provider, (cite,)),
        Link("AGAINST", id_, draw(CHOSEN((*3 * (framework,), other))), (cite,)),
    ]
    for number in ("1", "2"):
        control = draw(CHOSEN((*3 * (f"control/{which}/{number}",), "control/0/1")))
        claims.append(Claim("Control", control, below, {"name": number, "number": number}))
        links.append(Link("HAS_CONTROL", id_, control, (below,)))
    if draw(CHOSEN((True, True, False))):
        base = replace(base, claims=(), links=())
    claims = list({(c.id, c.citation): c for c in (*base.claims, *claims)}.values())
    links = list({(x.type, x.start, x.end): x for x in (*base.links, *links)}.values())
    missing = draw(st.integers(0, 4 * len(links)))
    return replace(base, claims=tuple(claims), links=(*links[:missing], *links[missing + 1 :]))


@dataclass(frozen=True)
class Step:
    """Facts to put, the document whose place they take, or the document to take away."""

    facts: DocumentFacts | None
    sha256: str | None = None


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """A history of a store."""
    first = [Step(draw(report((sha,)))) for sha in draw(st.lists(CHOSEN(SHAS), min_size=1, unique=True))]
    given = st.one_of(facts(), report(), report())
    one = st.one_of(
        st.builds(Step, given),
        st.builds(Step, given, CHOSEN(SHAS)),
        st.builds(Step, st.none(), CHOSEN(SHAS)),
    )
    return first + draw(st.lists(one, max_size=5))


def live(history: list[Step], store: Writer) -> dict[str, DocumentFacts]:
    """Lives a history; answers what is left at its end."""
    left: dict[str, DocumentFacts] = {}
    for step in history:
        if step.facts is None:
            if step.sha256 in left:
                take(store, str(step.sha256))
                del left[str(step.sha256)]
        elif step.sha256 is None or step.sha256 in left:
            put(store, step.facts, step.sha256)
            left.pop(str(step.sha256), None)
            left[step.facts.sha256] = step.facts
    return left


def ordered(one: DocumentFacts) -> DocumentFacts:
    """The facts with every order of no meaning taken out."""
    links = (replace(x, citations=tuple(sorted(x.citations)), values=dict(x.values)) for x in one.links)
    return DocumentFacts(
        dict(one.document),
        one.recency,
        tuple(sorted(one.citations, key=lambda c: c.id)),
        tuple(sorted((replace(c, values=dict(c.values)) for c in one.claims), key=lambda c: (c.id, c.citation))),
        tuple(sorted(links, key=lambda x: (x.type, x.start, x.end))),
    )


def exported(store: Writer) -> bytes:
    """Every document of a store as facts, with its wording."""
    hashes = [str(document.values["sha256"]) for document in store.documents()]
    lines = (line for sha in hashes for line in write_facts(stated_by(store, sha), with_quotes=True))
    return "".join(f"{line}\n" for line in lines).encode()


def dumped(graph: Graph) -> bytes:
    """All nodes and relationships in a fixed order, with all that a store keeps of them."""
    nodes = [[node.label, node.id, dict(node.values)] for _, node in sorted(graph.nodes.items())]
    edges = [[*key, dict(edge.values)] for key, edge in sorted(graph.edges.items())]
    return "\n".join(json.dumps(row, sort_keys=True) for row in (*nodes, *edges)).encode()
