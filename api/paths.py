"""`path`: how one node is connected with another, over relationships of the types that the client allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

import strawberry
from strawberry.types.arguments import StrawberryArgument

from api.errors import BadArgument
from api.inputs import enum_type, relationship_enum
from api.making import Made, argument, object_type
from api.special import Asking, Found, ModelTypes, Special
from graph.answering import Answering
from graph.model import MODEL
from graph.store import Step

LENGTH_MOST = 6
PATHS_MOST = 100
REACHED_MOST = 20_000

Ways: TypeAlias = Mapping[str, Sequence[Step]]
"""The steps at each node that was looked at."""


def _type(types: ModelTypes) -> Any:
    citation, type_ = types.label("Citation"), relationship_enum()
    step = object_type(
        "PathStep",
        "One step of a path.",
        {
            "relationship": Made(type_, "The type of the relationship."),
            "direction": Made(_directions(), "OUT where it is walked from its start to its end, IN where against it."),
            "node": Made(types.node, "The node to which the step leads."),
            "citations": Made(list[citation], "The lines that state the relationship."),  # type: ignore[valid-type]
        },
    )
    path = object_type(
        "Path",
        "A way from the one node to the other that visits no node twice.",
        {
            "length": Made(int, "The number of its steps."),
            "steps": Made(list[step], "Its steps, in order."),  # type: ignore[valid-type]
        },
    )
    return list[path]  # type: ignore[valid-type]


def _directions() -> Any:
    return enum_type("Direction", ("out", "in"))


def _arguments(_: ModelTypes) -> tuple[StrawberryArgument, ...]:
    allowed: Any = list[relationship_enum()]  # type: ignore[misc]
    return (
        argument("from", strawberry.ID, "The id of the node at which paths begin."),
        argument("to", strawberry.ID, "The id of the node at which they end."),
        argument("via", allowed, "The types of relationship that a path may take, in either direction."),
        argument("maxLength", int, f"The most steps of a path, from 1 to {LENGTH_MOST}.", 4),
        argument("first", int, f"At most so many paths, from 1 to {PATHS_MOST}.", 10),
    )


def _answer(asking: Asking) -> Any:
    given = asking.arguments
    start, end, types = given["from"], given["to"], [type_.value for type_ in given["via"]]
    _check(given, types)
    known = asking.answering.labels([start, end])
    for id_ in (start, end):
        if id_ not in known:
            raise BadArgument(f"no node has the id {id_!r}")
    ways, far = reached(asking.answering, start, end, types, given["maxLength"])
    found = islice(paths(start, end, ways, far, given["maxLength"]), given["first"])
    return [_path(start, steps) for steps in found]


def _check(given: Mapping[str, Any], types: Sequence[str]) -> None:
    if not types:
        raise BadArgument("via is empty; name the types of relationship that a path may take, such as IN_SCOPE_OF")
    for name, most in (("maxLength", LENGTH_MOST), ("first", PATHS_MOST)):
        if not 1 <= given[name] <= most:
            raise BadArgument(f"{name} is {given[name]}; it can be from 1 to {most}")


def reached(
    answering: Answering, start: str, end: str, types: Sequence[str], most: int
) -> tuple[Ways, Mapping[str, int]]:
    """The steps that paths can take, and how far each node is from the end; one statement for each length.

    Both ends are widened in turn, the smaller side first, so that neither is looked at farther than paths can reach.
    Raises `BadArgument` where more than `REACHED_MOST` nodes are reached.
    """
    ways: dict[str, list[Step]] = defaultdict(list)
    seen = {start: {start}, end: {end}}
    edge = {start: {start}, end: {end}}
    for _ in range(most):
        side = min((start, end), key=lambda s: (len(edge[s]), s != start))
        steps = answering.steps(sorted(edge[side] - ways.keys()), types)
        for id_ in edge[side]:
            ways.setdefault(id_, [])
        _note(ways, steps, edge[side])
        found = {other for id_ in edge[side] for step in ways[id_] for other in (step.start, step.end)}
        edge[side] = found - seen[side]
        seen[side] |= edge[side]
        if len(seen[start]) + len(seen[end]) > REACHED_MOST:
            raise BadArgument(f"more than {REACHED_MOST} nodes are reached; allow fewer types or a smaller maxLength")
        if not edge[start] or not edge[end]:
            break
    return _closed(ways), _distances(_closed(ways), end, most)


def _note(ways: dict[str, list[Step]], steps: Iterable[Step], looked_at: set[str]) -> None:
    known = {id_: set(found) for id_, found in ways.items()}
    for step in steps:
        for id_ in {step.start, step.end} & looked_at:
            if step not in known[id_]:
                ways[id_].append(step)


def _closed(ways: Ways) -> Ways:
    """The steps at each node, also at those that were only met from the other end of a step."""
    found: dict[str, set[Step]] = defaultdict(set)
    for steps in ways.values():
        for step in steps:
            found[step.start].add(step)
            found[step.end].add(step)
    return {id_: sorted(steps) for id_, steps in found.items()}


def _distances(ways: Ways, end: str, most: int) -> dict[str, int]:
    far, edge = {end: 0}, [end]
    for length in range(1, most + 1):
        near = {_other(step, id_) for id_ in edge for step in ways.get(id_, ())}
        edge = sorted(near - far.keys())
        far.update(dict.fromkeys(edge, length))
    return far


def paths(start: str, end: str, ways: Ways, far: Mapping[str, int], most: int) -> Iterator[tuple[Step, ...]]:
    """The paths from the one node to the other, the shortest first, then in the order of their steps."""
    for length in range(far.get(start, most + 1), most + 1):
        yield from _paths(start, end, ways, far, length, (start,))


def _paths(
    at: str, end: str, ways: Ways, far: Mapping[str, int], left: int, visited: tuple[str, ...]
) -> Iterator[tuple[Step, ...]]:
    if left == 0:
        if at == end:
            yield ()
        return
    if at == end and len(visited) > 1:
        return
    for step in ways.get(at, ()):
        there = _other(step, at)
        if there not in visited and far.get(there, left) <= left - 1:
            for rest in _paths(there, end, ways, far, left - 1, (*visited, there)):
                yield (step, *rest)


def _other(step: Step, id_: str) -> str:
    return step.end if step.start == id_ else step.start


def _path(start: str, steps: Sequence[Step]) -> dict[str, Any]:
    shown, at = [], start
    for step in steps:
        direction = "out" if step.start == at else "in"
        at = _other(step, at)
        shown.append(
            {
                "relationship": relationship_enum()(step.type),
                "direction": _directions()(direction),
                "node": Found((at,), MODEL.labels, one=True),
                "citations": Found(step.citations, ("Citation",)),
            }
        )
    return {"length": len(shown), "steps": shown}


PATH = Special("path", "How two nodes are connected, each step with its citations.", _type, _answer, _arguments)
