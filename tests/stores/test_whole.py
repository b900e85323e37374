"""Laws of what stores give as the answer itself: it says just what rows that are shaped one by one say."""

from __future__ import annotations

from random import Random

import orjson
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.answering import Answering
from graph.model import MODEL, Relation
from graph.plan import NestColumn
from graph.planner import default_orders, plan
from graph.selection import Connection, Constant, Field, Many, Nodes, One, Page, Shape, Value
from graph.store import Store

SETTINGS = settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate])
ROOT = 12


def fields(rng: Random, label: str, depth: int) -> tuple[Field, ...]:
    """Every property of a label and some of its relations, each under the model's own name."""
    values = [Value(p.field, p) for p in MODEL.node(label).shown]
    relations = [r for r in MODEL.relations(label).values() if r.target] if depth else []
    chosen = rng.sample(relations, min(2, len(relations)))
    return (*values, *(related(rng, relation, depth - 1) for relation in chosen))


def related(rng: Random, relation: Relation, depth: int) -> Field:
    """The node, or a page of the nodes, to which a relation leads."""
    assert relation.target
    shape = Shape({relation.target: fields(rng, relation.target, depth)})
    if relation.one:
        return One(relation.field, relation, shape)
    page = Page(rng.choice((1, 2, 100)))
    nodes = Nodes("nodes", shape)
    return Many(relation.field, relation, Connection("list", page, default_orders(relation.target), (nodes,)))


def answer(store: Store, label: str, connection: Connection, *, spliced: bool) -> object:
    """The answer as it would be sent, read again."""
    with store.snapshot() as snapshot:
        found = Answering(snapshot, spliced=spliced).connection(label, connection)
    return orjson.loads(orjson.dumps(found))


@SETTINGS
@given(st.integers(0, 2**32))
def test_what_is_given_whole_is_what_its_rows_say(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    label = rng.choice(MODEL.labels)
    shape = Shape({label: fields(rng, label, depth=2)})
    connection = Connection(label, Page(ROOT), default_orders(label), (Nodes("nodes", shape),))
    expected = answer(loaded["referee"], label, connection, spliced=False)
    for name in ("sqlite", "neo4j"):
        assert answer(loaded[name], label, connection, spliced=True) == expected, name


def whole_columns(wanted: Field, label: str) -> list[bool]:
    """For each relation of a plan whether it is given whole."""
    columns = plan(label, (Shape({label: (wanted,)}),), spliced=True).block.columns
    return [column.whole for column in columns if isinstance(column, NestColumn)]


def test_lists_of_nodes_alone_are_given_whole_and_nothing_else() -> None:
    relation = MODEL.relations("Control")["tests"]
    orders = default_orders("ControlTest")
    test = MODEL.node("ControlTest")

    def many(key: str, *parts: Nodes | Constant) -> Many:
        return Many(key, relation, Connection("list", Page(2), orders, parts))

    own = Nodes("nodes", Shape({"ControlTest": (Value("result", test.prop("result")),)}))
    renamed = Nodes("nodes", Shape({"ControlTest": (Value("how", test.prop("result")),)}))
    assert whole_columns(many("tests", own), "Control") == [True]
    assert whole_columns(many("other", own), "Control") == [False]
    assert whole_columns(many("tests", renamed), "Control") == [False]
    assert whole_columns(many("tests", own, Constant("__typename", "ControlTests")), "Control") == [False]
