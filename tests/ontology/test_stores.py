"""Laws of the export over the bundled facts: whichever store holds them, the bytes are the same."""

from __future__ import annotations

import io

from graph.store import Store
from ontology.export import export
from tests.facts import LoadedServer


def test_both_stores_export_the_same_bytes(bundled_store: Store, neo4j_loaded: LoadedServer) -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    export(bundled_store, "trig", ours)
    export(neo4j_loaded.store, "trig", theirs)
    assert theirs.getvalue() == ours.getvalue()
    assert ours.getvalue()
