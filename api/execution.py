"""The executor: a root field becomes a Selection, runs on one snapshot, and its shaped rows pass through untouched.

It stands on hooks of graphql-core 3.3 that are not public (`Executor.complete_value`, `collect_subfields`); a test
fails loudly when they change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, get_named_type
from graphql.execution.executor import Executor

from api.compiling import Compiler, Details
from api.errors import BadArgument
from api.limits import FIRST_MOST, Limits
from api.naming import CANDIDATES, matching
from api.remembering import Compiled, Reading
from api.special import Asking, Later, Slot, tree
from api.types import RootField
from graph.answering import Answering
from graph.asking import equal, some
from graph.errors import Ambiguous
from graph.model import MODEL
from graph.selection import And, Compare, Connection, Filter, Operator, Or, Quantifier, Shape, Through
from graph.store import Snapshot, Store

_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Context:
    """What an operation runs on, and until when; with `public` the wording of restricted documents is null.

    `deadline` is a time of the clock `time.monotonic`.
    """

    store: Store
    limits: Limits
    deadline: float
    compiled: Compiled
    public: bool = False

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """A snapshot of the store that may be read until the deadline."""
        return self.store.snapshot(max(0.001, self.deadline - monotonic()))

    def known(self) -> dict[str, Any] | None:
        """The answer of an operation that was answered before with the same variables; None of any other."""
        readings = self.compiled.known()
        return {key: self.read(read) for key, read in readings.items()} if readings else None

    def read(self, read: Reading) -> Any:
        """What a root field answers now."""
        with self.snapshot() as snapshot:
            return read(Answering(snapshot, spliced=True))


class GraphExecutor(Executor[Any]):
    """Answers root fields from the store; all else, such as introspection, is graphql-core's own."""

    _answering: Answering
    _read: dict[tuple[Any, ...], dict[str, Any]]

    def complete_value(
        self,
        return_type: Any,
        field_details_list: Details,
        info: GraphQLResolveInfo[Any],
        path: Any,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Answers what a RootField stands for; completes any other value as graphql-core does."""
        if isinstance(result, Slot):
            return self._found(result, field_details_list, path)
        if isinstance(result, Later):
            result = result.value()
        if not isinstance(result, RootField):
            return super().complete_value(return_type, field_details_list, info, path, result, position_context)
        compiler = Compiler(self, public=self.context_value.public)
        asked = Asked(result, info, compiler, field_details_list, self.context_value.compiled)
        if result.special is None:
            read = asked.compiled.readings[str(path.key)] = _READINGS[result.kind](asked)
            return self.context_value.read(read)
        with self.context_value.snapshot() as snapshot:
            self._answering, self._read = Answering(snapshot), {}
            value = tree(result.special.answer(self._asking(asked.arguments())))
            return super().complete_value(return_type, field_details_list, info, path, value, position_context)

    def _asking(self, arguments: Mapping[str, Any]) -> Asking:
        context = self.context_value
        return Asking(self._answering, context.store, context.limits, arguments, context.public)

    def _found(self, slot: Slot, details: Details, path: Any) -> Any:
        """Nodes in the value of a special field, from the snapshot in which it was answered.

        All nodes that the answer has at the same place are read when the first of them is asked for.
        """
        place = (id(slot.together), *(key for key in path.as_list() if isinstance(key, str)))
        if place not in self._read:
            compiler, labels = Compiler(self, public=self.context_value.public), slot.found.labels
            keys = tuple(key for key in path.as_list() if isinstance(key, str))
            shape = self.context_value.compiled.below(keys, lambda: compiler.shape(labels, details))
            ids = list(dict.fromkeys(slot.together))
            self._read[place] = dict(zip(ids, self._answering.nodes(ids, shape), strict=True))
        nodes = [self._read[place][id_] for id_ in slot.found.ids]
        return (nodes[0] if nodes else None) if slot.found.one else nodes


@dataclass(frozen=True, slots=True)
class Asked:
    """A root field as it was asked."""

    root: RootField
    info: GraphQLResolveInfo[Any]
    compiler: Compiler
    details: Details
    compiled: Compiled

    @property
    def label(self) -> str:
        """The label of the field."""
        return str(self.root.label)

    def arguments(self) -> dict[str, Any]:
        """The coerced arguments."""
        return self.compiler.arguments(self.info.parent_type, self.info.field_name, self.details)

    def shape(self, labels: tuple[str, ...]) -> Shape:
        """What is wanted of the nodes of the field."""
        place = (str(self.info.path.key),)
        return self.compiled.below(place, lambda: self.compiler.shape(labels, self.details))

    def connection(self) -> Connection:
        """The page that is wanted of a list."""
        return self.compiled.whole((str(self.info.path.key),), self._connection)

    def _connection(self) -> Connection:
        name = self.info.field_name
        type_ = get_named_type(self.info.return_type)
        assert isinstance(type_, GraphQLObjectType)
        return self.compiler.connection(name, self.label, type_, self.details, self.arguments())


def _many(asked: Asked) -> Reading:
    label, connection = asked.label, asked.connection()
    return lambda answering: answering.connection(label, connection)


def _one(asked: Asked) -> Reading:
    name, label, shape = asked.info.field_name, asked.label, asked.shape((asked.label,))
    given = {key: value for key, value in asked.arguments().items() if value is not None}
    if not given:
        raise BadArgument(f"{name} needs one of: {', '.join(asked.info.parent_type.fields[name].args)}")
    if given.keys() == {"id"}:
        return lambda answering: answering.nodes([given["id"]], shape)[0]
    return lambda answering: _looked_up(answering, name, label, given, shape)


def _looked_up(answering: Answering, name: str, label: str, given: Mapping[str, Any], shape: Shape) -> Any:
    """The only node that has what is given; raises `Ambiguous` where there are several."""
    also = And(tuple(_lookup(label, key, value) for key, value in given.items() if key != "name"))
    if "name" in given:
        found = matching(answering, label, given["name"], also=also)
    else:
        found = answering.matching(label, also, CANDIDATES + 1)
    if not found and label == "Region" and given.keys() == {"code"}:
        found = _written_code(answering, given["code"])
    if len(found) > 1:
        more = ["and more"] if len(found) > CANDIDATES else []
        raise Ambiguous(f"{name}({', '.join(f'{k}: {v}' for k, v in given.items())})", [*found[:CANDIDATES], *more])
    return answering.nodes(found, shape)[0] if found else None


def _lookup(label: str, key: str, value: str) -> Filter:
    """The condition of one look-up argument that is no name."""
    if key == "assessment":
        return Through(MODEL.relations(label)["assessment"], Quantifier.SOME, _identified("Assessment", value))
    return Compare(MODEL.node(label).prop(key), Operator.EQ, value)


def _written_code(answering: Answering, code: str) -> list[str]:
    """The Regions whose code a document writes so, such as without its number, though it is not their own."""
    if not _CODE.fullmatch(code):
        return []
    return answering.matching("Region", some("Region", "names", equal("Name", "text", code)), CANDIDATES + 1)


def _identified(label: str, value: str) -> Filter:
    node = MODEL.node(label)
    return Or((Compare(node.prop("id"), Operator.EQ, value), Compare(node.prop("name"), Operator.EQ, value)))


def _node(asked: Asked) -> Reading:
    id_, shape = asked.arguments()["id"], asked.shape(MODEL.labels)
    return lambda answering: answering.nodes([id_], shape)[0]


def _nodes(asked: Asked) -> Reading:
    ids, shape = asked.arguments()["ids"], asked.shape(MODEL.labels)
    if len(ids) > FIRST_MOST:
        raise BadArgument(f"ids has {len(ids)} entries; at most {FIRST_MOST} are possible")
    return lambda answering: answering.nodes(ids, shape)


_READINGS = {"many": _many, "one": _one, "node": _node, "nodes": _nodes}
