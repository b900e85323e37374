"""`cg query`: one GraphQL operation, answered exactly as over HTTP."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from cli.stores import StoreOption, opened
from graph.errors import InputRefused, UsageError


def query_command(
    file: Annotated[Path, typer.Argument(help="A file with one operation; `-` reads standard input.")],
    variables: Annotated[str | None, typer.Option(metavar="JSON", help="The values of its variables.")] = None,
    store: StoreOption = None,
) -> None:
    """Answer one GraphQL operation as JSON; exit code 1 where the answer has errors."""
    from api.schema import Api

    values = _variables(variables)
    query = _text(file)
    with opened(store) as graph:
        answer = Api(graph).run(query, values)
    sys.stdout.buffer.write(answer.json() + b"\n")
    if "errors" in answer.body:
        raise typer.Exit(1)


def _text(file: Path) -> str:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(f"{file}: {error}; a file with one GraphQL operation in UTF-8 is expected") from error
    if not text.strip():
        raise InputRefused(f"{file}: it is empty; one GraphQL operation is expected")
    return text


def _variables(given: str | None) -> dict[str, Any]:
    try:
        found = orjson.loads(given or "{}")
    except orjson.JSONDecodeError as error:
        raise UsageError(f"--variables is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise UsageError('--variables is one JSON object, such as {"name": "S3"}')
    return found
