"""`cg stats`: what the store holds."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any

import typer

from cli.stores import StoreOption, opened
from graph.store import Store


class Format(Enum):
    """How the counts are printed."""

    TEXT = "text"
    JSON = "json"


def stats_command(
    store: StoreOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Count nodes by label and relationships by type, and list the documents with their hashes."""
    with opened(store) as graph:
        found = statistics(graph)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if format_ is Format.JSON else _text(found))


def statistics(store: Store) -> dict[str, Any]:
    """Counts by label and type, zeros included, and the documents."""
    nodes, relationships = store.counts()
    documents = [
        {key: document.values.get(key) for key in ("sha256", "kind", "name")} for document in store.documents()
    ]
    return {"nodes": dict(nodes), "relationships": dict(relationships), "documents": documents}


def _text(found: dict[str, Any]) -> str:
    lines = []
    for heading in ("nodes", "relationships"):
        counts = {name: count for name, count in found[heading].items() if count}
        lines.append(f"{heading}: {sum(counts.values())}")
        lines += [f"  {count:>7}  {name}" for name, count in counts.items()]
    lines.append(f"documents: {len(found['documents'])}")
    lines += [f"  {d['sha256']}  {d['kind']}  {d['name']}" for d in found["documents"]]
    return "\n".join(lines)
