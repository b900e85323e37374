"""Measures for Prometheus: requests, the store, what questions cost, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_COUNTS = (1, 10, 100, 1_000, 10_000, 100_000, 500_000)
_PLACES = (
    "graphql",
    "saved",
    "schema.graphql",
    "export",
    "sparql",
    "healthz",
    "readyz",
    "metrics",
    "ontology",
    ".well-known",
    "id",
    "doc",
    "data",
    "static",
    "browser",
)
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class Metrics:
    """The measures of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._known: dict[tuple[Histogram, tuple[str, ...]], Histogram] = {}
        self._requests = Histogram(
            "compliance_graph_request_seconds",
            "How long requests took, by method, first part of the path, and status.",
            ("method", "place", "status"),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._store = Histogram(
            "compliance_graph_store_seconds",
            "How long the store took for a step of an answer, by what was asked of it.",
            ("step",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._cost = Histogram(
            "compliance_graph_cost",
            "What questions cost: depth, fields, aliases, directives and nodes, as `extensions.cost` has them.",
            ("measure",),
            registry=self._registry,
            buckets=_COUNTS,
        )
        self._refusals = Counter(
            "compliance_graph_refusals", "Errors of answers by their code.", ("code",), registry=self._registry
        )

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """A request that was answered."""
        first = path.split("/")[1] if path.startswith("/") else ""
        place = f"/{first}" if not first or first in _PLACES else "other"
        known = method if method in _METHODS else "other"
        self._of(self._requests, known, place, str(status)).observe(seconds)

    def stored(self, step: str, seconds: float) -> None:
        """A step that the store answered."""
        self._of(self._store, step).observe(seconds)

    def answered(self, cost: Mapping[str, int], codes: Iterable[str]) -> None:
        """A question that was answered at that cost, with errors of those codes."""
        for measure, value in cost.items():
            self._of(self._cost, measure).observe(value)
        self.refused(*codes)

    def refused(self, *codes: str) -> None:
        """Errors of those codes."""
        for code in codes:
            self._refusals.labels(code).inc()

    async def page(self, request: Request) -> Response:
        """The route `/metrics`, in the text format of Prometheus."""
        headers = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
        return Response(generate_latest(self._registry), headers=headers)

    def _of(self, measure: Histogram, *labels: str) -> Histogram:
        """The measure for those values of its labels, which come from closed sets."""
        found = self._known.get((measure, labels))
        if found is None:
            found = self._known[measure, labels] = measure.labels(*labels)
        return found
