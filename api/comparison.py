"""`compare`: what one assessment covers that another does not, what goes by another name, what is worded otherwise.

Services, Regions, edge locations and facilities are the same in both where they are one entity of the graph; a service
that lives on inside another (PART_OF) is renamed where the other is in scope. Objectives and controls belong to their
report: they are the same where the number is, or, for want of a number on one side, the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from api.errors import BadArgument
from api.making import Made, argument, object_type
from api.special import Asking, Found, ModelTypes, Special
from graph.answering import Answering
from graph.asking import among, citations, edge_values, edges, listed, node, values
from graph.identifiers import fold
from graph.selection import EdgeStates, Field, StatesField

_SHARED = {
    "services": "Service",
    "regions": "Region",
    "edgeLocations": "EdgeLocation",
    "facilities": "Facility",
}
_OWN = {"objectives": "ControlObjective", "controls": "Control"}
_PARTS = {**_SHARED, **_OWN}


@dataclass(frozen=True, slots=True)
class Item:
    """A member of one assessment: its id, what it is called there, what is the same in the other, its wording."""

    id: str
    name: str | None
    key: str
    wording: str | None = None


@dataclass(slots=True)
class Changes:
    """The members of two assessments, matched by their keys."""

    added: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    common: list[tuple[Item, Item]] = field(default_factory=list)
    moved: list[tuple[Item, Item]] = field(default_factory=list)

    def renamed(self) -> Iterator[tuple[Item, Item]]:
        """What goes by another name in the second, or lives on inside another there."""
        yield from (pair for pair in self.common if all(i.name for i in pair) and _differ(pair[0].name, pair[1].name))
        yield from self.moved

    def reworded(self) -> Iterator[tuple[Item, Item]]:
        """What both word, and word otherwise; white space aside."""
        for before, after in self.common:
            if before.wording and after.wording and before.wording.split() != after.wording.split():
                yield before, after


def changes(before: list[Item], after: list[Item], inside: Mapping[str, str]) -> Changes:
    """What became of the members; `inside` says in which other one a member lives on.

    What takes in a member under another name is renamed, and not added too.
    """
    old, new = ({item.key: item for item in items} for items in (before, after))
    found = Changes()
    for key, item in old.items():
        whole = new.get(inside.get(key, ""))
        if key in new:
            found.common.append((item, new[key]))
        elif whole:
            found.moved.append((item, whole))
        else:
            found.removed.append(item)
    renamed = {whole.key for _, whole in found.moved}
    found.added = [item for key, item in new.items() if key not in old and key not in renamed]
    return found


def _differ(one: str | None, other: str | None) -> bool:
    return fold(one or "") != fold(other or "")


def _type(types: ModelTypes) -> Any:
    assessment = types.label("Assessment")
    fields = {
        "from": Made(assessment, "The assessment that is compared."),
        "to": Made(assessment, "The assessment with which it is compared."),
    }
    pair = object_type(
        "Change",
        "How something stands in the one assessment and in the other.",
        {
            "from": Made(str | None, "As the first has it; null where it is a restricted document's wording."),
            "to": Made(str | None, "As the second has it; null where it is a restricted document's wording."),
            "fromNode": Made(types.node, "The node in the first."),
            "toNode": Made(types.node, "The node in the second; the same one where both share it."),
        },
    )
    for name, label in _PARTS.items():
        fields[name] = Made(_part_type(types, name, label, pair), f"What became of the {name}.")
    return object_type("Comparison", "What differs between two assessments.", fields)


def _part_type(types: ModelTypes, name: str, label: str, pair: Any) -> Any:
    members: Any = list[types.label(label)]  # type: ignore[misc]
    pairs: Any = list[pair]
    return object_type(
        f"{label}Changes",
        f"What became of the {name} of an assessment.",
        {
            "added": Made(members, "In the second alone."),
            "removed": Made(members, "In the first alone."),
            "common": Made(members, "In both; as the second has them."),
            "renamed": Made(pairs, "In both under different names, or living on inside another."),
            "reworded": Made(pairs, "In both with different wording, white space aside."),
        },
    )


def _arguments(_: ModelTypes) -> tuple[StrawberryArgument, ...]:
    return (
        argument("from", strawberry.ID, "The id of the first assessment."),
        argument("to", strawberry.ID, "The id of the second assessment."),
    )


def _answer(asking: Asking) -> Any:
    before, after = asking.arguments["from"], asking.arguments["to"]
    read = _read(asking.answering, before, after)
    for id_ in (before, after):
        if id_ not in read:
            raise BadArgument(f"no assessment has the id {id_!r}; `assessments` lists them")
    inside = _inside(asking.answering, read)
    answer: dict[str, Any] = {
        name: Found((id_,), ("Assessment",), one=True) for name, id_ in (("from", before), ("to", after))
    }
    for name, label in _PARTS.items():
        found = changes(read[before][name], read[after][name], inside)
        answer[name] = _part(found, label, public=asking.public)
    return answer


def _read(answering: Answering, *ids: str) -> dict[str, dict[str, list[Item]]]:
    """The members of each assessment by part, in one statement and one more for the names."""
    fields: tuple[Field, ...] = (
        *values("Assessment", "id"),
        *(
            edges("Assessment", name, *edge_values("IN_SCOPE_OF", "name_as_written"), citations(), _id(label))
            for name, label in _SHARED.items()
        ),
        *(
            edges("Assessment", name, node(label, *values(label, "id", "name", "number", "statement")))
            for name, label in _OWN.items()
        ),
    )
    found = answering.connection("Assessment", listed("Assessment", *fields, where=among("Assessment", ids)))
    members = {(label, e["node"]["id"]) for r in found["nodes"] for p, label in _SHARED.items() for e in r[p]["edges"]}
    names = {label: _names(answering, label, [i for of, i in members if of == label]) for label in _SHARED.values()}
    return {row["id"]: _items(row, names) for row in found["nodes"]}


def _id(label: str) -> Any:
    return node(label, *values(label, "id"))


def _names(answering: Answering, label: str, ids: list[str]) -> dict[str, dict[str, str]]:
    """What each entity is called on each line that names it: by id, by citation."""
    stated = EdgeStates("states", (StatesField("property", "property"), StatesField("value", "value")))
    cited = edges(label, "citations", stated, node("Citation", *values("Citation", "id")))
    found = answering.connection(label, listed(label, *values(label, "id"), cited, where=among(label, sorted(ids))))
    return {
        row["id"]: {
            edge["node"]["id"]: state["value"]
            for edge in row["citations"]["edges"]
            for state in edge["states"]
            if state["property"] == "name"
        }
        for row in found["nodes"]
    }


def _items(row: Mapping[str, Any], names: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for part, label in _SHARED.items():
        found[part] = [_shared(edge, names[label]) for edge in row[part]["edges"]]
    for part in _OWN:
        found[part] = [_own(edge["node"]) for edge in row[part]["edges"]]
    return found


def _shared(edge: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> Item:
    """A member by its name on the first line that has it in scope and names it."""
    id_ = edge["node"]["id"]
    called = (names.get(id_, {}).get(cited["id"]) for cited in edge["citations"])
    return Item(id_, next((name for name in called if name), edge["name_as_written"]), id_)


def _own(found: Mapping[str, Any]) -> Item:
    return Item(found["id"], found["name"], found["number"] or fold(found["name"]), found["statement"])


def _inside(answering: Answering, read: Mapping[str, Mapping[str, list[Item]]]) -> dict[str, str]:
    """The service in which a service lives on, by id."""
    ids = sorted({item.id for parts in read.values() for item in parts["services"]})
    whole = edges("Service", "parts", node("Service", *values("Service", "id")))
    found = answering.connection(
        "Service", listed("Service", *values("Service", "id"), whole, where=among("Service", ids))
    )
    return {part["node"]["id"]: row["id"] for row in found["nodes"] for part in row["parts"]["edges"]}


def _part(found: Changes, label: str, *, public: bool) -> dict[str, Any]:
    return {
        "added": Found(tuple(item.id for item in found.added), (label,)),
        "removed": Found(tuple(item.id for item in found.removed), (label,)),
        "common": Found(tuple(after.id for _, after in found.common), (label,)),
        "renamed": [_change(label, a, b, a.name, b.name) for a, b in found.renamed()],
        "reworded": [
            _change(label, a, b, *((None, None) if public else (a.wording, b.wording))) for a, b in found.reworded()
        ],
    }


def _change(label: str, before: Item, after: Item, old: str | None, new: str | None) -> dict[str, Any]:
    return {
        "from": old,
        "to": new,
        "fromNode": Found((before.id,), (label,), one=True),
        "toNode": Found((after.id,), (label,), one=True),
    }


COMPARE = Special("compare", "What differs between two assessments, member by member.", _type, _answer, _arguments)
