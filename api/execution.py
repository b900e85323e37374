"""The executor: a root field becomes a Selection, runs on one snapshot, and its shaped rows pass through untouched.

It stands on hooks of graphql-core 3.3 that are not public (`Executor.complete_value`, `collect_subfields`); a test
fails loudly when they change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, get_named_type
from graphql.execution.executor import Executor

from api.compiling import Compiler, Details
from api.errors import BadArgument
from api.limits import FIRST_MOST, Limits
from api.naming import CANDIDATES, matching
from api.remembering import Compiled
from api.special import Asking, Later, Slot, tree
from api.types import RootField
from graph.answering import Answering
from graph.asking import equal, some
from graph.errors import Ambiguous
from graph.model import MODEL
from graph.selection import And, Compare, Connection, Filter, Operator, Or, Quantifier, Shape, Through
from graph.store import Store

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
        left = max(0.001, self.context_value.deadline - monotonic())
        with self.context_value.store.snapshot(left) as snapshot:
            self._answering, self._read = Answering(snapshot), {}
            if result.special is None:
                return _ANSWERS[result.kind](Answering(snapshot, spliced=True), asked)
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


def _many(answering: Answering, asked: Asked) -> Any:
    return answering.connection(asked.label, asked.connection())


def _one(answering: Answering, asked: Asked) -> Any:
    name = asked.info.field_name
    given = {key: value for key, value in asked.arguments().items() if value is not None}
    if not given:
        raise BadArgument(f"{name} needs one of: {', '.join(asked.info.parent_type.fields[name].args)}")
    if given.keys() == {"id"}:
        return answering.nodes([given["id"]], asked.shape((asked.label,)))[0]
    also = And(tuple(_lookup(asked.label, key, value) for key, value in given.items() if key != "name"))
    if "name" in given:
        found = matching(answering, asked.label, given["name"], also=also)
    else:
        found = answering.matching(asked.label, also, CANDIDATES + 1)
    if not found and asked.label == "Region" and given.keys() == {"code"}:
        found = _written_code(answering, given["code"])
    if len(found) > 1:
        more = ["and more"] if len(found) > CANDIDATES else []
        raise Ambiguous(f"{name}({', '.join(f'{k}: {v}' for k, v in given.items())})", [*found[:CANDIDATES], *more])
    return answering.nodes(found, asked.shape((asked.label,)))[0] if found else None


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


def _node(answering: Answering, asked: Asked) -> Any:
    return answering.nodes([asked.arguments()["id"]], asked.shape(MODEL.labels))[0]


def _nodes(answering: Answering, asked: Asked) -> Any:
    ids = asked.arguments()["ids"]
    if len(ids) > FIRST_MOST:
        raise BadArgument(f"ids has {len(ids)} entries; at most {FIRST_MOST} are possible")
    return answering.nodes(ids, asked.shape(MODEL.labels))


_ANSWERS = {"many": _many, "one": _one, "node": _node, "nodes": _nodes}
