"""`responsibilities`: for one service, what the provider's controls cover and what is left for the customer to do."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from api.errors import BadArgument
from api.inputs import enum_type
from api.making import Made, argument, object_type
from api.naming import named
from api.special import Asking, Found, ModelTypes, Special
from graph.answering import Answering
from graph.asking import among, edges, equal, listed, node, some, values
from graph.model import MODEL
from graph.selection import And, Field

_LISTS = {"controls": "Control", "userEntityControls": "UserEntityControl"}
_CATEGORY = MODEL.node("Service").prop("responsibility")


def _type(types: ModelTypes) -> Any:
    category = enum_type(_CATEGORY.enum, _CATEGORY.values)
    return object_type(
        "Responsibilities",
        "Who has to do what for one service, as one report states it.",
        {
            "service": Made(types.label("Service"), "The service."),
            "assessment": Made(
                types.label("Assessment") | None,
                "The report; null where the service is in scope of none that has controls.",
            ),
            "category": Made(category | None, "The category of shared responsibility; null where none is stated."),
            "controls": Made(_list_type(types, "Control"), "What the provider does."),
            "userEntityControls": Made(_list_type(types, "UserEntityControl"), "What is left for the customer to do."),
        },
    )


def _list_type(types: ModelTypes, label: str) -> Any:
    members: Any = list[types.label(label)]  # type: ignore[misc]
    return object_type(
        f"{label}Responsibilities",
        "What is marked for the service, and what holds for all services of the report.",
        {
            "specific": Made(members, "Those that the report marks for this service."),
            "general": Made(members, "Those that the report marks for no service."),
        },
    )


def _arguments(_: ModelTypes) -> tuple[StrawberryArgument, ...]:
    newest = "The id of the report; else the newest one that has controls and the service in scope."
    return (
        argument("service", str, "The service, by id or by any name of it."),
        argument("assessment", strawberry.ID | None, newest),
    )


def _answer(asking: Asking) -> Any:
    service = named(asking.answering, "Service", asking.arguments["service"])
    assessment = asking.arguments.get("assessment") or _newest(asking.answering, service)
    category = _category(asking.answering, service)
    answer = {
        "service": Found((service,), ("Service",), one=True),
        "assessment": Found((assessment,), ("Assessment",), one=True) if assessment else None,
        "category": enum_type(_CATEGORY.enum, _CATEGORY.values)(category) if category else None,
    }
    members = _members(asking.answering, assessment) if assessment else {name: [] for name in _LISTS}
    for name, label in _LISTS.items():
        specific = tuple(id_ for id_, services in members[name] if service in services)
        general = tuple(id_ for id_, services in members[name] if not services)
        answer[name] = {"specific": Found(specific, (label,)), "general": Found(general, (label,))}
    return answer


def _newest(answering: Answering, service: str) -> str | None:
    """The report with the last period (or date) of those that have controls and the service in scope."""
    where = And((some("Assessment", "services", among("Service", (service,))), some("Assessment", "controls")))
    fields = values("Assessment", "id", "period_end", "as_of")
    found = answering.connection("Assessment", listed("Assessment", *fields, where=where))["nodes"]
    newest = max(found, key=lambda row: (row["period_end"] or row["as_of"] or "", row["id"]), default=None)
    return newest["id"] if newest else None


def _category(answering: Answering, service: str) -> str | None:
    (row,) = answering.connection(
        "Service", listed("Service", *values("Service", "responsibility"), where=equal("Service", "id", service))
    )["nodes"]
    return row["responsibility"].lower() if row["responsibility"] else None


def _members(answering: Answering, assessment: str) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """The controls of both sides in their order, each with the services for which it is marked."""
    fields: list[Field] = []
    for name, label in _LISTS.items():
        marked = edges(label, "services", node("Service", *values("Service", "id")))
        fields.append(edges("Assessment", name, node(label, *values(label, "id"), marked)))
    where = among("Assessment", (assessment,))
    rows = answering.connection("Assessment", listed("Assessment", *fields, where=where))["nodes"]
    if not rows:
        raise BadArgument(f"no assessment has the id {assessment!r}; `assessments` lists them")
    return {
        name: [
            (found["id"], frozenset(marked["node"]["id"] for marked in found["services"]["edges"]))
            for found in (edge["node"] for edge in rows[0][name]["edges"])
        ]
        for name in _LISTS
    }


RESPONSIBILITIES = Special(
    "responsibilities",
    "What the provider's controls cover for a service, and what is left for the customer to do.",
    _type,
    _answer,
    _arguments,
)
