"""Spans for OpenTelemetry, where it is configured: one a request, one a step of the store below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

from graph.errors import UsageError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

CONFIGURED_BY = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
"""The settings of OpenTelemetry that say where spans go; without one of them there are no spans."""


class TelemetryMissing(UsageError):
    """OpenTelemetry is configured and its packages are not installed."""

    def __init__(self) -> None:
        super().__init__(f"{CONFIGURED_BY[1]} is set, but OpenTelemetry is missing: pip install '.[telemetry]' adds it")


class Tracing(Protocol):
    """Opens spans."""

    def request(self, method: str, path: str, headers: Mapping[str, str], id_: str) -> AbstractContextManager[object]:
        """The span of a request, below the one that its headers name."""

    def step(self, name: str) -> AbstractContextManager[object]:
        """The span of a step of the store."""


class NoTracing:
    """Opens none."""

    def request(self, method: str, path: str, headers: Mapping[str, str], id_: str) -> AbstractContextManager[object]:
        """Nothing."""
        return nullcontext()

    def step(self, name: str) -> AbstractContextManager[object]:
        """Nothing."""
        return nullcontext()


NO_TRACING = NoTracing()


class OpenTelemetry:
    """Opens spans of a provider."""

    def __init__(self, provider: TracerProvider) -> None:
        self._tracer: Tracer = provider.get_tracer("compliance-graph")

    @contextmanager
    def request(self, method: str, path: str, headers: Mapping[str, str], id_: str) -> Iterator[object]:
        """A span of the server, in the trace that `traceparent` names (W3C Trace Context)."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        given = TraceContextTextMapPropagator().extract(dict(headers))
        told = {"http.request.method": method, "url.path": path, "compliance_graph.request_id": id_}
        with self._tracer.start_as_current_span(f"{method} {path}", given, SpanKind.SERVER, told) as span:
            yield span

    def step(self, name: str) -> AbstractContextManager[object]:
        """A span of a client of the store."""
        from opentelemetry.trace import SpanKind

        return self._tracer.start_as_current_span(f"store {name}", kind=SpanKind.CLIENT)


def configured(environment: Mapping[str, str]) -> Tracing:
    """The tracing that the environment asks for; raises `TelemetryMissing` where its packages are not installed."""
    if not any(environment.get(name) for name in CONFIGURED_BY):
        return NO_TRACING
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise TelemetryMissing from error
    name = environment.get("OTEL_SERVICE_NAME", "compliance-graph")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return OpenTelemetry(provider)
