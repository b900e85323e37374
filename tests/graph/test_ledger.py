"""Laws of the ledger: whatever is put, replaced and taken away, the graph is that of the documents that are left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import AmbiguousHash, BadFacts, UnknownDocument
from graph.identifiers import label_of, name_id
from graph.ledger import find, put, stated_by, take
from graph.merging import decode_links
from graph.records import Citation, Claim, DocumentFacts, Link, Value
from tests.graph.histories import IDS, SHAS, Step, facts, live, ordered, steps
from tests.stores.dicts import DictStore


@settings(max_examples=100, deadline=None)
@given(steps())
def test_any_history_ends_in_the_graph_of_what_is_left(history: list[Step]) -> None:
    store, fresh = DictStore(), DictStore()
    left = live(history, store)
    for sha in sorted(left):
        put(fresh, left[sha])
    assert store.graph == fresh.graph


@settings(max_examples=100, deadline=None)
@given(steps())
def test_what_a_document_states_is_read_back_whole(history: list[Step]) -> None:
    store = DictStore()
    left = live(history, store)
    assert {sha: ordered(stated_by(store, sha)) for sha in left} == {sha: ordered(one) for sha, one in left.items()}


@settings(max_examples=50, deadline=None)
@given(steps(), facts())
def test_putting_the_same_facts_again_changes_nothing(history: list[Step], one: DocumentFacts) -> None:
    store = DictStore()
    live(history, store)
    put(store, one)
    again = put(store, one)
    assert (again.changed, again.change.put_nodes, again.change.delete_nodes) == (False, [], [])


@settings(max_examples=50, deadline=None)
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


def test_the_start_of_a_hash_names_a_document_where_no_other_has_it() -> None:
    store = DictStore()
    shas = ("ab" * 32, "ab" * 31 + "cd", "cd" * 32)
    for sha in shas:
        put(store, DocumentFacts({"sha256": sha}, "", (), (), ()))
    assert find(store, shas[0]) == shas[0]
    assert find(store, "CDCDCDCD") == shas[2]
    for short in ("cdcdcdc", "%dcdcdcd", ""):
        with pytest.raises(UnknownDocument, match="loaded are"):
            find(store, short)
    with pytest.raises(AmbiguousHash, match=f"{shas[0]}, {shas[1]}"):
        take(store, "abababab")
    put(store, DocumentFacts({"sha256": SHAS[0]}, "", (), (), ()), "cdcdcdcdcd")
    assert [document.values["sha256"] for document in store.documents()] == sorted((*shas[:2], SHAS[0]))


def of_two_starts(type_: str, starts: tuple[str, str], end: str) -> list[DocumentFacts]:
    """Two documents, the second newer, each of which gives the end a start of its own."""
    made = []
    for sha, recency, start in zip(SHAS, ("2017", "2020"), starts, strict=False):
        cite = Citation(sha, 1, 1, (), None, "hash")
        claims = tuple(Claim(label_of(id_), id_, cite.id, {"name": id_}) for id_ in (start, end))
        made.append(DocumentFacts({"sha256": sha}, recency, (cite,), claims, (Link(type_, start, end, (cite.id,)),)))
    return made


@pytest.mark.parametrize(
    ("type_", "starts", "end"),
    [
        ("HAS_TEST", ("control/a/1", "control/a/2"), "control-test/a/1"),
        ("HAS_CONTROL", ("assessment/a/1", "assessment/a/2"), "control/a/1"),
        ("HAS_REQUIREMENT", ("framework/a", "framework/b"), "requirement/a/1"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_end_that_has_one_start_has_that_of_the_newest_document(
    type_: str, starts: tuple[str, str], end: str, order: tuple[int, int]
) -> None:
    both, store = of_two_starts(type_, starts, end), DictStore()
    outcomes = [put(store, both[n]) for n in order]
    (found,) = outcomes[1].differences
    assert (found.id, found.key, found.shown, found.other) == (end, type_, starts[1], starts[0])
    assert [key for key in store.graph.edges if key[0] == type_] == [(type_, starts[1], end)]
    assert ordered(stated_by(store, both[0].sha256)) == ordered(both[0])
    take(store, both[1].sha256)
    assert [key for key in store.graph.edges if key[0] == type_] == [(type_, starts[0], end)]


def test_a_name_of_another_entity_is_refused() -> None:
    cite = Citation(SHAS[0], 1, 1, (), None, "hash")
    claims = tuple(Claim("Country", id_, cite.id, {"name": id_}) for id_ in IDS["Country"])
    stolen = name_id(IDS["Country"][1], "Germany")
    named = Link("HAS_NAME", IDS["Country"][0], stolen, (cite.id,), {"text": "Germany", "kind": "variant"})
    with pytest.raises(BadFacts, match="made of its entity and its text"):
        put(DictStore(), DocumentFacts({"sha256": SHAS[0]}, "", (cite,), claims, (named,)))


def test_facts_without_wording_leave_wording_in_place_where_they_replace_another_document() -> None:
    store, fresh = DictStore(), DictStore()
    (whole, other) = (
        DocumentFacts({"sha256": sha}, "", (Citation(sha, 1, 1, (), "Germany", "hash"),), (), ()) for sha in SHAS[:2]
    )
    put(store, whole)
    put(store, other)
    put(fresh, whole)
    bare = replace(whole, citations=tuple(replace(c, quote=None) for c in whole.citations))
    put(store, bare, replaces=other.sha256)
    assert store.graph == fresh.graph


def test_what_many_documents_state_alike_is_kept_once() -> None:
    store = DictStore()
    for sha in SHAS:
        cite = Citation(sha, 1, 1, (), None, "hash")
        claim_ = Claim("Country", "country/de", cite.id, {"name": "Germany"})
        text: dict[str, Value] = {"text": "Germany", "kind": "canonical"}
        named = Link("HAS_NAME", "country/de", name_id("country/de", "Germany"), (cite.id,), text)
        put(store, DocumentFacts({"sha256": sha}, "", (cite,), (claim_,), (named,)))
    (edge,) = [e for e in store.graph.edges.values() if e.type == "HAS_NAME"]
    assert len(edge.values["citations"]) == len(SHAS)  # type: ignore[arg-type]
    assert str(edge.values["claims"]).count("Germany") == 1
    assert len(decode_links(edge)) == len(SHAS)
