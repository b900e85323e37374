"""An export of what keeps to the shapes: the verdict on a state of a store is found once and kept until another one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import perf_counter
from typing import IO

from graph.errors import BrokenShapes
from graph.state import loaded, steady
from graph.store import Reader, Snapshot
from ontology.checking import hold
from ontology.data import Data
from ontology.export import write
from ontology.formats import Format
from ontology.namespaces import DEFAULT_BASE

_LOG = logging.getLogger("compliance_graph.export")
_SECONDS = 3600.0
"""How long a state of the store may be held; it is read twice where there is no verdict on it yet."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one state: the refusal that its data deserve, or that they deserve none."""

    state: str
    refusal: BrokenShapes | None


class CheckedExport:
    """Writes exports of one store under one base; may be called by any thread.

    All of the store is held to the shapes, whatever part is wanted, without the wording of restricted documents, which
    is not written either. The first export of a state waits for the verdict, others that come meanwhile wait with it,
    and all later ones cost nothing more. A store that cannot tell its state is held to the shapes each time.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self._base = base
        self._finding = Lock()
        self._last: Verdict | None = None

    def __call__(
        self, reader: Reader, format_: str | Format, sink: IO[bytes], /, *, wanted: Mapping[str, str] | None = None
    ) -> None:
        """Writes what was checked (see `ontology.export.write`): check and content are of one state of the store.

        Raises `BrokenShapes` before anything is written, `StoreChanging` where one state cannot be had, and what
        `write` raises.
        """
        with reader.snapshot(_SECONDS) as snapshot:
            before = loaded(snapshot)
            if refusal := self._refusal(snapshot, before):
                raise BrokenShapes(refusal.breaches, refusal.first)  # its own: an error keeps the trace of one raise
            with steady(snapshot, before):
                write(snapshot, format_, sink, base=self._base, wanted=wanted)

    def _refusal(self, snapshot: Snapshot, state: str | None) -> BrokenShapes | None:
        with self._finding:
            if self._last and self._last.state == state:
                return self._last.refusal
            with steady(snapshot, state):
                refusal = self._found(snapshot)
            self._last = Verdict(state, refusal) if state else None
        return refusal

    def _found(self, snapshot: Snapshot) -> BrokenShapes | None:
        begun = perf_counter()
        refusal = None
        try:
            hold(Data.of_snapshot(snapshot, self._base), self._base)
        except BrokenShapes as error:
            refusal = error.with_traceback(None)  # whose frames would keep the data
        taken = round((perf_counter() - begun) * 1000)
        _LOG.info("the store was held to the shapes in %d ms: %d breaches", taken, refusal.breaches if refusal else 0)
        return refusal
