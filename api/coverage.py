"""`coverage`: for each service and each framework, which assessments say that the service is in scope.

What no document states is `not_stated`, never `no`: an exclusion is a fact of its own (rule 1 of the model).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strawberry.types.arguments import StrawberryArgument

from api.errors import BadArgument
from api.inputs import Date, enum_type
from api.making import Made, argument, object_type
from api.naming import all_named
from api.special import Asking, Found, ModelTypes, Special
from graph.answering import Answering
from graph.asking import among, edges, listed, node, one, some, values
from graph.selection import Field

CELLS_MOST = 10_000
_CLAIMED = (("services", "in_scope"), ("excludedServices", "excluded"), ("namedServices", "named"))
_STATUSES = (*(status for _, status in _CLAIMED), "not_stated")


@dataclass(frozen=True, slots=True)
class Claims:
    """What one assessment says: of which services, against which frameworks, and for which time.

    `dates` are those of the documents that state it, used where it has neither a period nor a date of its own.
    """

    id: str
    frameworks: tuple[str, ...]
    statuses: Mapping[str, str]
    start: str | None
    end: str | None
    as_of: str | None
    dates: tuple[str, ...]

    def holds(self, day: str | None) -> bool:
        """Whether the claim speaks of that day.

        A period holds from its first to its last day. A date, the assessment's own or that of a document that states
        it, holds from then on. Without any date nothing is known of a day.
        """
        if day is None:
            return True
        if self.start and self.end:
            return self.start <= day and day[: len(self.end)] <= self.end
        known = (self.as_of,) if self.as_of else self.dates
        return any(date <= day for date in known)


def _type(types: ModelTypes) -> Any:
    status = enum_type("CoverageStatus", _STATUSES)
    service, framework, assessment = (types.label(label) for label in ("Service", "Framework", "Assessment"))
    claim = object_type(
        "CoverageClaim",
        "What one assessment says of a service.",
        {
            "assessment": Made(assessment, "The assessment, with its period and its citations."),
            "status": Made(status, "What it says."),
        },
    )
    cell = object_type(
        "CoverageCell",
        "One service under one framework.",
        {
            "service": Made(service, "The service."),
            "framework": Made(framework, "The framework."),
            "status": Made(
                status, "IN_SCOPE where one assessment says so, else EXCLUDED, else NAMED, else NOT_STATED."
            ),
            "claims": Made(list[claim], "Every assessment that says something, by its id."),  # type: ignore[valid-type]
        },
    )
    return object_type(
        "Coverage",
        "Which services are in scope of which frameworks, as far as documents state it.",
        {"cells": Made(list[cell], "One cell a pair, in the order of the services, then of the frameworks.")},  # type: ignore[valid-type]
    )


def _arguments(_: ModelTypes) -> tuple[StrawberryArgument, ...]:
    by = "by id or by any name; all where the list is not given"
    day = "Only claims that hold on that day: periods that contain it, and claims without a period from their date on."
    return (
        argument("services", list[str] | None, f"The services, {by}."),
        argument("frameworks", list[str] | None, f"The frameworks, {by}, as far as an assessment is against them."),
        argument("asOf", Date | None, day),
    )


def _answer(asking: Asking) -> Any:
    services, frameworks = _wanted(asking, "services", "Service"), _wanted(asking, "frameworks", "Framework")
    claims = read_claims(asking.answering, services, frameworks)
    day = asking.arguments.get("asOf")
    holding = [claim for claim in claims if claim.holds(day)]
    if services is None:
        services = _all(asking.answering, "Service")
    if frameworks is None:
        frameworks = tuple(dict.fromkeys(id_ for claim in claims for id_ in claim.frameworks))
    cells = len(services) * len(frameworks)
    if cells > CELLS_MOST:
        what = f"{len(services)} services under {len(frameworks)} frameworks are {cells} cells"
        raise BadArgument(f"{what}; at most {CELLS_MOST} are possible: name services or frameworks")
    return {"cells": [_cell(s, f, holding) for s in services for f in frameworks]}


def read_claims(answering: Answering, services: Sequence[str] | None, frameworks: Sequence[str] | None) -> list[Claims]:
    """What all assessments say of the services, against the frameworks; of all where None; in one statement."""
    wanted = among("Service", services) if services is not None else None
    against = some("Assessment", "frameworks", among("Framework", frameworks) if frameworks is not None else None)
    scopes = (
        edges("Assessment", name, node("Service", *values("Service", "id")), where=wanted) for name, _ in _CLAIMED
    )
    dated = node("Citation", one("Citation", "document", *values("Document", "published", "recency")))
    fields: tuple[Field, ...] = (
        *values("Assessment", "id", "period_start", "period_end", "as_of"),
        edges("Assessment", "frameworks", node("Framework", *values("Framework", "id"))),
        edges("Assessment", "citations", dated),
        *scopes,
    )
    found = answering.connection("Assessment", listed("Assessment", *fields, where=against))
    return [_claims(row) for row in found["nodes"]]


def _claims(row: Mapping[str, Any]) -> Claims:
    documents = [document for cited in _nodes(row, "citations") if (document := cited["document"])]
    dates = {date for document in documents if (date := document["published"] or document["recency"])}
    statuses: dict[str, str] = {}
    for name, status in _CLAIMED:
        for service in _nodes(row, name):
            statuses.setdefault(service["id"], status)
    against = tuple(framework["id"] for framework in _nodes(row, "frameworks"))
    period = (row["period_start"], row["period_end"], row["as_of"])
    return Claims(row["id"], against, statuses, *period, tuple(sorted(dates)))


def _nodes(row: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    return (edge["node"] for edge in row[name]["edges"])


def _wanted(asking: Asking, name: str, label: str) -> tuple[str, ...] | None:
    texts = asking.arguments.get(name)
    return None if texts is None else all_named(asking.answering, label, texts)


def _all(answering: Answering, label: str) -> tuple[str, ...]:
    found = answering.connection(label, listed(label, *values(label, "id")))
    return tuple(row["id"] for row in found["nodes"])


def _cell(service: str, framework: str, claims: Sequence[Claims]) -> dict[str, Any]:
    status = enum_type("CoverageStatus", _STATUSES)
    said = [(c.id, c.statuses[service]) for c in claims if framework in c.frameworks and service in c.statuses]
    best = min((s for _, s in said), key=_STATUSES.index, default="not_stated")
    shown = sorted(said)
    return {
        "service": Found((service,), ("Service",), one=True),
        "framework": Found((framework,), ("Framework",), one=True),
        "status": status(best),
        "claims": [{"assessment": Found((id_,), ("Assessment",), one=True), "status": status(s)} for id_, s in shown],
    }


COVERAGE = Special(
    "coverage",
    "Which services are in scope of which frameworks, with the assessments that say so.",
    _type,
    _answer,
    _arguments,
)
