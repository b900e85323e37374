"""Laws of lists whose filter names the ids of what a relation leads to: they are the lists of all that match."""

from __future__ import annotations

from random import Random

import orjson
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.anchoring import anchored
from graph.answering import Answering
from graph.model import MODEL, Relation
from graph.planner import ID
from graph.selection import (
    And,
    Compare,
    Connection,
    Facets,
    Filter,
    GroupField,
    Groups,
    Nodes,
    Operator,
    Quantifier,
    Shape,
    Through,
    Total,
    Value,
)
from graph.store import Store
from tests.stores import selections
from tests.stores.invented import CITED, ids_of

SETTINGS = settings(max_examples=80, deadline=None, derandomize=True, phases=[Phase.generate])
GROUPS = Groups("groups", (GroupField("value", "value"), GroupField("count", "count")))


def path(rng: Random, label: str) -> list[Relation]:
    """A way of one to three relations from a label, each to nodes of one label."""
    found: list[Relation] = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        relations = [r for r in MODEL.relations(label).values() if r.target in CITED]
        if relations:
            found.append(rng.choice([r for r in relations if r.one] or relations))
            label = str(found[-1].target)
    return found


def naming(rng: Random, label: str) -> Filter:
    """The condition that such a way leads to one of some nodes, here and there beside another condition."""
    way = path(rng, label)
    wanted: Filter = And(())
    if way:
        ids = tuple(rng.sample(ids_of(str(way[-1].target)), rng.choice((1, 2))))
        equal = len(ids) == 1
        wanted = Compare(ID, Operator.EQ if equal else Operator.IN, ids[0] if equal else ids)
    for relation in reversed(way):
        if rng.random() < 0.3:
            wanted = And((wanted, selections.condition(rng, relation.target, 1)))
        wanted = Through(relation, Quantifier.SOME, wanted)
    return And((wanted, selections.condition(rng, label, 1))) if rng.random() < 0.5 else wanted


@SETTINGS
@given(st.integers(0, 2**32))
def test_a_list_that_names_ids_is_the_list_of_all_that_match(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    label = rng.choice(CITED)
    facets = Facets("facets", MODEL.node(label).prop("name"), 5, (Total("groups"), GROUPS))
    parts = (Nodes("nodes", Shape({label: (Value("id", ID),)})), Total("total"), facets)
    page = rng.choice(selections.PAGES)(rng.choice((1, 2, 25)))
    wanted = Connection(label, page, selections.orders(rng, label), parts, naming(rng, label))
    answers = {}
    for name, store in loaded.items():
        with store.snapshot() as snapshot:
            answers[name] = orjson.loads(orjson.dumps(Answering(snapshot).connection(label, wanted)))
    assert answers == dict.fromkeys(loaded, answers["referee"])


def test_a_list_starts_from_ids_through_relations_to_one_node_or_through_one_relation() -> None:
    def some(label: str, field: str, inner: Filter) -> Filter:
        return Through(MODEL.relations(label)[field], Quantifier.SOME, inner)

    one = Compare(ID, Operator.EQ, "assessment/nimbus/soc-1")
    failed = Compare(MODEL.node("ControlTest").prop("result"), Operator.EQ, "deviation")
    upwards = some("ControlTest", "control", some("Control", "assessment", one))
    anchor = anchored(And((failed, upwards)))
    assert anchor
    assert ([r.field for r in anchor.path], anchor.ids) == (["control", "assessment"], ("assessment/nimbus/soc-1",))
    assert anchor.rest == And((failed,))
    assert anchored(some("Service", "assessments", one))
    crowded = some("Service", "assessments", some("Assessment", "frameworks", Compare(ID, Operator.EQ, "framework/a")))
    assert anchored(crowded) is None
    assert anchored(And((Compare(ID, Operator.EQ, "control/a"), some("Control", "assessment", one)))) is None
