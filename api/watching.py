"""A store whose steps are timed and traced: what it answers is untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, cast

from api.metrics import Metrics
from api.tracing import Tracing
from graph.store import Snapshot, Store


def watched(store: Store, metrics: Metrics, tracing: Tracing) -> Store:
    """The store, each step of its snapshots measured."""
    return cast(Store, _WatchedStore(store, metrics, tracing))


class _WatchedStore:
    def __init__(self, store: Store, metrics: Metrics, tracing: Tracing) -> None:
        self._store = store
        self._metrics = metrics
        self._tracing = tracing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[Snapshot]:
        """A snapshot of the store."""
        with self._store.snapshot(seconds) as snapshot:
            yield cast(Snapshot, _WatchedSnapshot(snapshot, self._timed))

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begun = perf_counter()
        try:
            with self._tracing.step(name):
                yield
        finally:
            self._metrics.stored(name, perf_counter() - begun)


class _WatchedSnapshot:
    """Measures each call; what streams (`scan`) is measured until it starts to."""

    def __init__(self, snapshot: Snapshot, timed: Callable[[str], Any]) -> None:
        self._snapshot = snapshot
        self._timed = timed

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._snapshot, name)
        if not callable(found):
            return found

        def step(*given: Any, **named: Any) -> Any:
            with self._timed(name):
                return found(*given, **named)

        return step
