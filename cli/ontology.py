"""`cg ontology`: how good the vocabulary and the data are, check by check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from cli.console import complain, results
from cli.stores import StoreOption, base_of, opened, settings
from cli.validate import Format

if TYPE_CHECKING:
    from graph.records import Values
    from graph.store import Store
    from loaders.inputs.documents import Document
    from ontology.scoring import Score

_SHOWN = 5
_ADDRESS = "http://localhost"

ontology_app = typer.Typer(name="ontology", help="The vocabulary and the data in it.", no_args_is_help=True)


@ontology_app.callback()
def ontology() -> None:
    """The vocabulary and the data in it."""


@ontology_app.command("check")
def check_command(
    documents: Annotated[
        list[Path] | None,
        typer.Option(help="Files or folders: the documents, so that quotes are looked up on the lines that are cited."),
    ] = None,
    store: StoreOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Score the vocabulary, the shapes and what the store exports; exit code 1 when a score is below its target."""
    from api.app import create_app
    from api.logs import start_log
    from cli.negotiating import of_negotiation
    from cli.serve import doors
    from ontology.scoring import of_shapes, of_vocabulary
    from ontology.scoring_data import of_data, of_formats
    from ontology.scoring_dataset import of_dataset

    with opened(store) as graph:
        scores = [*of_vocabulary(), *of_shapes(), *of_data(graph), *_quotes(graph, documents or []), of_formats()]
        start_log("error")
        served = replace(doors(settings(None)), tokens={})
        scores += of_negotiation(create_app(graph, served), graph)
        if served.linking:
            scores += of_dataset(graph, served.linking.dataset(graph, "turtle", _ADDRESS), base_of(None))
    _print(scores, format_)
    if any(score.below for score in scores):
        raise typer.Exit(1)


def _quotes(store: Store, paths: Sequence[Path]) -> Iterator[Score]:
    """Citations of the documents at hand: the hash of each quote is that of the lines in the file."""
    from loaders.inputs.sources import sources
    from ontology.scoring import score

    for source in sources(paths):
        document = source.read()
        said = {node.id: node.values for node in store.citations_of(document.sha256)}

        def stands(id_: str, document: Document = document, said: Mapping[str, Values] = said) -> bool:
            lines = (int(str(said[id_]["first_line"])), int(str(said[id_]["last_line"])))
            return hashlib.sha256(document.quote(*lines).encode()).hexdigest() == said[id_]["quote_sha256"]

        if said:
            yield score("provenance", f"quotes on the cited lines of {source.where}", said, stands)


def _print(scores: Sequence[Score], format_: Format) -> None:
    if format_ is Format.JSON:
        typer.echo(json.dumps([{**asdict(score), "below": score.below} for score in scores], ensure_ascii=False))
        return
    table = Table("group", "check", "score", "")
    for score in scores:
        style = "red" if score.below else ""
        table.add_row(score.group, score.check, f"{score.passed:,} of {score.of:,}", _share(score), style=style)
    results().print(table)
    for score in scores:
        for name in score.failed[:_SHOWN]:
            complain(f"{score.check}: {name}")


def _share(score: Score) -> str:
    """Rounded down, so that 100 % is all."""
    return f"{score.passed * 100 // score.of if score.of else 100} %"
