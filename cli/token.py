"""`cg token`: makes a bearer token, of which the server keeps the hash alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.console import say
from graph.errors import CannotWrite


def token_command(
    name: Annotated[str, typer.Argument(help="Whose token it is: letters, digits, `.`, `_` and `-`.")],
    file: Annotated[Path, typer.Option(envvar="COMPLIANCE_GRAPH_TOKENS", help="The file that the hash is added to.")],
) -> None:
    """Make a token: it is printed once, and its hash is added to the file."""
    from api.tokens import BadName, line_of, new_token, read_tokens

    if file.is_file() and name in read_tokens(file):
        raise BadName(name, f"{file} has one of that name")
    token = new_token()
    _append(file, line_of(name, token))
    typer.echo(token)
    say(f"{file} has its hash; a server that runs already has to start again.")


def _append(file: Path, line: str) -> None:
    """Adds a line to a file that its owner alone can read."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotWrite(str(file), error.strerror or str(error)) from error
    with os.fdopen(handle, "a", encoding="utf-8") as written:
        written.write(f"{line}\n")
