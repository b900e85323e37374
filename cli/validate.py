"""`cg validate`: whether the data keep to the shapes, and what does not, with the lines that state it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from cli.console import results, say
from cli.stores import BaseOption, StoreOption, base_of, opened
from graph.errors import UsageError

if TYPE_CHECKING:
    from ontology.checking import Breach
    from ontology.data import Data

_SHOWN = 50


class Format(Enum):
    """How the report is printed."""

    TEXT = "text"
    JSON = "json"


def validate_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of RDF, checked together; without any, what the store exports is checked."),
    ] = None,
    store: StoreOption = None,
    base: BaseOption = None,
    with_quotes: Annotated[
        bool, typer.Option("--with-quotes", help="Of a store: also look at the wording of restricted documents.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Check data against the shapes; exit code 1 when something breaks one."""
    from ontology.checking import breaches

    under = base_of(base)
    data = _data(files or [], store, under, with_quotes)
    found = breaches(data, under)
    if not data.has_things:
        say("no node is of a class of the vocabulary: there is nothing that a shape is about")
    _print(found, len(data.store), format_)
    if found:
        raise typer.Exit(1)


def _data(files: Sequence[Path], store: str | None, base: str, with_quotes: bool) -> Data:
    from ontology.data import Data

    if files and store:
        raise UsageError("files and --store were given; either files of RDF or a store is checked")
    if files:
        return Data.of_files(files)
    with opened(store) as graph:
        return Data.of_reader(graph, base, with_quotes)


def _print(found: Sequence[Breach], triples: int, format_: Format) -> None:
    if format_ is Format.JSON:
        report = {"conforms": not found, "triples": triples, "breaches": [_record(breach) for breach in found]}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for breach in found[:_SHOWN]:
        results().print(_lines(breach), soft_wrap=True)
    if len(found) > _SHOWN:
        say(f"{len(found) - _SHOWN} more are in the report of --format json")
    nodes = len({breach.node for breach in found})
    verdict = f"{len(found)} breaches, at {nodes} nodes" if found else "all shapes are kept"
    results().print(f"{triples:,} triples: {verdict}")


def _record(breach: Breach) -> dict[str, Any]:
    return {**asdict(breach), "broken": breach.broken.value}


def _lines(breach: Breach) -> Text:
    """The node, what broke, what would be valid, and the lines that state it."""
    text = Text(breach.name or breach.node, style="bold")
    rows = {"node": breach.node, "found": breach.found, "valid": breach.valid}
    for word, said in rows.items() if breach.name else list(rows.items())[1:]:
        text.append(f"\n  {word:<6}{said}", style="not bold")
    for place in breach.places:
        text.append(f"\n  {'lines':<6}{place}", style="not bold")
    return text
