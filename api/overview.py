"""What the store holds, as the start page and the command line tell it."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages import DocumentLine, SavedQuestion, StartPage, usual_doors
from api.saved import SavedText
from graph.merging import Node
from graph.store import Store


def overview(
    store: Store, questions: tuple[SavedText, ...], neo4j_browser: str | None = None, only_saved: bool = False
) -> StartPage:
    """The counts, the documents and the state of the last load."""
    nodes, _ = store.counts()
    return StartPage(
        {label: count for label, count in nodes.items() if count},
        tuple(_line(document) for document in store.documents()),
        usual_doors(neo4j_browser, only_saved=only_saved),
        tuple(SavedQuestion(q.title, q.text, q.answer, f"/saved/{q.name}", asked=not only_saved) for q in questions),
        last_load(store),
    )


def last_load(store: Store) -> bool | None:
    """Whether the last load was complete; None where none is recorded."""
    with store.snapshot() as snapshot:
        runs: list[Mapping[str, object]] = [node.values for node in snapshot.scan("LoadRun")]
    if not runs:
        return None
    last = max(runs, key=lambda run: int(str(run["ordinal"])))
    return bool(last.get("complete"))


def _line(document: Node) -> DocumentLine:
    values = document.values
    sha = str(values["sha256"])
    return DocumentLine(str(values["name"]), str(values.get("kind", "")), sha)
