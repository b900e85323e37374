"""Laws of the ledger: whatever is put, replaced and taken away, the graph is that of the documents that are left."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadFacts, UnknownDocument
from graph.identifiers import citation_id, name_id
from graph.ledger import put, stated_by, take
from graph.records import Citation, Claim, DocumentFacts, Link, Value
from tests.stores.dicts import DictStore

SHAS = tuple(hashlib.sha256(bytes([n])).hexdigest() for n in range(4))
LINES = ((1, 1), (2, 3), (9, 9), (10, 12), (100, 100))
IDS = {
    "Service": ("service/nimbus/rain", "service/nimbus/hail"),
    "Region": ("region/nimbus/north-1", "region/nimbus/south-1"),
    "Assessment": ("assessment/nimbus/soc-1/2020", "assessment/nimbus/soc-2/2020"),
    "Organization": ("organization/nimbus", "organization/cumulus"),
    "Country": ("country/de", "country/fr"),
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
    },
    "Organization": {"name": ("Nimbus", "Cumulus")},
    "Country": {"code": ("DE", "FR")},
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
        Citation(sha, a, b, ("Scope",) if a > 5 else (), f"{a}" if a < 50 else None, f"hash {a}") for a, b in LINES
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


@dataclass(frozen=True)
class Step:
    """Facts to put, the document whose place they take, or the document to take away."""

    facts: DocumentFacts | None
    sha256: str | None = None


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """A history of a store."""
    one = st.one_of(
        st.builds(Step, facts()),
        st.builds(Step, facts(), CHOSEN(SHAS)),
        st.builds(Step, st.none(), CHOSEN(SHAS)),
    )
    return draw(st.lists(one, max_size=6))


def live(history: list[Step], store: DictStore) -> dict[str, DocumentFacts]:
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


@settings(max_examples=200, deadline=None)
@given(steps())
def test_any_history_ends_in_the_graph_of_what_is_left(history: list[Step]) -> None:
    store, fresh = DictStore(), DictStore()
    left = live(history, store)
    for sha in sorted(left):
        put(fresh, left[sha])
    assert store.graph == fresh.graph


@settings(max_examples=200, deadline=None)
@given(steps())
def test_what_a_document_states_is_read_back_whole(history: list[Step]) -> None:
    store = DictStore()
    left = live(history, store)
    assert {sha: ordered(stated_by(store, sha)) for sha in left} == {sha: ordered(one) for sha, one in left.items()}


@settings(max_examples=100, deadline=None)
@given(steps(), facts())
def test_putting_the_same_facts_again_changes_nothing(history: list[Step], one: DocumentFacts) -> None:
    store = DictStore()
    live(history, store)
    put(store, one)
    again = put(store, one)
    assert (again.changed, again.change.put_nodes, again.change.delete_nodes) == (False, [], [])


@settings(max_examples=100, deadline=None)
@given(st.permutations(SHAS), st.data())
def test_the_order_of_loading_never_shows(order: list[str], data: st.DataObject) -> None:
    all_facts = {sha: data.draw(facts((sha,))) for sha in SHAS}
    one, other = DictStore(), DictStore()
    for sha in SHAS:
        put(one, all_facts[sha])
    for sha in order:
        put(other, all_facts[sha])
    assert one.graph == other.graph


@settings(max_examples=50, deadline=None)
@given(steps(), facts())
def test_a_dry_put_tells_the_change_and_writes_nothing(history: list[Step], one: DocumentFacts) -> None:
    store, same = DictStore(), DictStore()
    live(history, store)
    live(history, same)
    dry = put(store, one, dry=True)
    assert store.graph == same.graph
    assert put(store, one).change == dry.change


def test_a_document_that_was_never_loaded_can_be_neither_replaced_nor_taken() -> None:
    store = DictStore()
    one = DocumentFacts({"sha256": SHAS[0]}, "", (), (), ())
    with pytest.raises(UnknownDocument, match=SHAS[1]):
        put(store, one, SHAS[1])
    with pytest.raises(UnknownDocument, match="loaded are: none"):
        take(store, SHAS[0])
    assert store.graph == DictStore().graph


def test_facts_that_break_the_model_are_refused_with_every_breach() -> None:
    bad = Claim("Service", "region/nimbus/north-1", "citation/none/1-1", {"colour": "red"})
    with pytest.raises(BadFacts) as caught:
        put(DictStore(), DocumentFacts({"sha256": SHAS[0]}, "", (), (bad,), ()))
    assert [line.split(":")[0] for line in caught.value.breaches] == [
        "region/nimbus/north-1.colour",
        "region/nimbus/north-1",
        "region/nimbus/north-1",
        "region/nimbus/north-1",
    ]


def test_the_newest_document_gives_the_value_and_every_value_stays_with_its_citation() -> None:
    store = DictStore()
    for sha, recency, status in (
        (SHAS[0], "2012", "certified"),
        (SHAS[1], "2017-03", "attested"),
        (SHAS[2], "", "aligned"),
    ):
        cite = Citation(sha, 1, 1, (), None, "hash")
        statement = Claim("Assessment", IDS["Assessment"][0], cite.id, {"name": "SOC 1", "status": status})
        put(store, DocumentFacts({"sha256": sha}, recency, (cite,), (statement,), ()))
    shown = store.graph.nodes[IDS["Assessment"][0]].values["status"]
    stated = sorted(str(e.values["status"]) for e in store.graph.edges.values() if e.type == "EVIDENCED_BY")
    assert (shown, stated) == ("attested", ["aligned", "attested", "certified"])


def test_a_value_stated_differently_in_another_document_is_named() -> None:
    store = DictStore()
    id_ = IDS["Country"][0]
    for sha, code in ((SHAS[0], "DE"), (SHAS[1], "FR")):
        cite = Citation(sha, 1, 1, (), None, "hash")
        outcome = put(
            store,
            DocumentFacts(
                {"sha256": sha}, "", (cite,), (Claim("Country", id_, cite.id, {"name": "Germany", "code": code}),), ()
            ),
        )
    assert [(d.id, d.key, {d.shown, d.other}) for d in outcome.differences] == [(id_, "code", {"DE", "FR"})]


def test_facts_without_wording_never_take_away_wording() -> None:
    store = DictStore()
    cite = Citation(SHAS[0], 1, 1, (), "Germany", "hash")
    claim_ = Claim("Country", IDS["Country"][0], cite.id, {"name": "Germany"})
    whole = DocumentFacts({"sha256": SHAS[0]}, "", (cite,), (claim_,), ())
    put(store, whole)
    assert not put(store, replace(whole, citations=(replace(cite, quote=None),))).changed
    assert stated_by(store, SHAS[0]) == whole


@pytest.mark.parametrize(
    ("link", "breach"),
    [
        (Link("EVIDENCED_BY", "country/de", f"citation/{SHAS[0]}/1-1", (f"citation/{SHAS[0]}/1-1",)), "it is no link"),
        (Link("HAS_NAME", "service/a/b", "name/service/a/b/b-1", (f"citation/{SHAS[0]}/1-1",)), "text and kind"),
        (Link("PART_OF", "service/a/b", "service/a/b", (f"citation/{SHAS[0]}/1-1",), {}, "derived"), "by a rule"),
    ],
)
def test_a_link_that_no_document_can_state_is_refused(link: Link, breach: str) -> None:
    with pytest.raises(BadFacts, match=breach):
        put(DictStore(), DocumentFacts({"sha256": SHAS[0]}, "", (), (), (link,)))


@pytest.mark.parametrize(
    "values", [{"as_of": "2017-13"}, {"as_of": "2017-02-30"}, {"purpose": "\ud800"}, {"period_months": (2**63,)}]
)
def test_a_value_that_no_store_can_hold_is_refused(values: dict[str, Value]) -> None:
    cite = Citation(SHAS[0], 1, 1, (), None, "hash")
    statement = Claim("Assessment", IDS["Assessment"][0], cite.id, {"name": "SOC 1", **values})
    with pytest.raises(BadFacts, match=next(iter(values))):
        put(DictStore(), DocumentFacts({"sha256": SHAS[0]}, "", (cite,), (statement,), ()))


def test_another_end_of_a_to_one_relationship_is_named() -> None:
    store = DictStore()
    region, (germany, france) = IDS["Region"][0], IDS["Country"]
    outcomes = []
    for sha, recency, country in ((SHAS[0], "2017", germany), (SHAS[1], "2020", france)):
        cite = Citation(sha, 1, 1, (), None, "hash")
        claims = (
            Claim("Region", region, cite.id, {"name": "North"}),
            Claim("Country", country, cite.id, {"name": country}),
        )
        placed = Link("LOCATED_IN", region, country, (cite.id,))
        outcomes.append(put(store, DocumentFacts({"sha256": sha}, recency, (cite,), claims, (placed,))))
    assert [(d.id, d.key, d.shown, d.other) for d in outcomes[1].differences] == [
        (region, "LOCATED_IN", france, germany)
    ]
    assert [key for key in store.graph.edges if key[0] == "LOCATED_IN"] == [("LOCATED_IN", region, france)]
