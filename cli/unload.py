"""`cg unload`: takes away what one document states, and only that."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.console import say
from cli.stores import StoreOption, opened


def unload_command(
    sha256: Annotated[
        str, typer.Argument(help="The SHA-256 of the document (`cg stats` lists it); 8 digits are enough.")
    ],
    store: StoreOption = None,
) -> None:
    """Take a document's facts out of the store; what other documents state stays."""
    from graph.ledger import find, take

    with opened(store) as graph:
        found = find(graph, sha256)
        change = take(graph, found).change
    say(f"{found}: {len(change.delete_nodes)} nodes and {len(change.delete_edges)} relationships are gone")
