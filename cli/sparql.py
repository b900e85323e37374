"""`cg sparql`: one SPARQL query over what `cg export` writes."""

from __future__ import annotations

import sys
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from cli.console import say
from cli.stores import StoreOption, opened
from graph.errors import InputRefused, UsageError


class Format(Enum):
    """What an answer is written in: a graph as Turtle, rows, yes and no as one of the others."""

    JSON = "json"
    XML = "xml"
    CSV = "csv"
    TSV = "tsv"
    TURTLE = "turtle"


_MEDIA = {
    Format.JSON: "application/sparql-results+json",
    Format.XML: "application/sparql-results+xml",
    Format.CSV: "text/csv",
    Format.TSV: "text/tab-separated-values",
    Format.TURTLE: "text/turtle",
}


def sparql_command(
    file: Annotated[Path, typer.Argument(help="A file with one query; `-` reads standard input.")],
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="The syntax; else JSON, and Turtle for CONSTRUCT and DESCRIBE."),
    ] = None,
    with_quotes: Annotated[
        bool, typer.Option("--with-quotes", help="Also over the wording of restricted documents.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Answer one SPARQL query over the RDF export; nothing is changed, and no other server is asked."""
    from ontology.sparql import Engine
    from ontology.sparql_process import Bounds

    text = _text(file)
    with opened(store) as graph, closing(Engine(graph, Bounds(), with_quotes=with_quotes)) as engine:
        asked = engine.read(text)
        chosen = format_ or (Format.TURTLE if asked.graph else Format.JSON)
        if asked.form and asked.graph != (chosen is Format.TURTLE):
            fitting = "turtle" if asked.graph else "json, xml, csv or tsv"
            raise UsageError(f"--format {chosen.value}: the answer to {asked.form} is written in {fitting}")
        content = engine.answer(asked, _MEDIA[chosen])
    for hint in asked.hints:
        say(hint)
    sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")


def _text(file: Path) -> str:
    try:
        return sys.stdin.buffer.read().decode() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(f"{file}: {error}; a file with one SPARQL query in UTF-8 is expected") from error
