"""`cg changes`: what of schema.graphql changed since a commit, those first that break what clients ask."""

from __future__ import annotations

import subprocess
from typing import Annotated

import typer

from api.settings import ROOT
from cli.console import say

SCHEMA = "schema.graphql"


def changes_command(
    against: Annotated[str, typer.Option(help="The commit whose schema is the one before.")] = "HEAD",
    whole: Annotated[bool, typer.Option("--all", help="List each safe change too, not their number alone.")] = False,
) -> None:
    """List the changes of schema.graphql since a commit; breaking ones are named so."""
    from api.changes import changes, listed

    before = committed(against)
    if before is None:
        say(f"{SCHEMA}: git has none of {against}, so that no changes can be told")
        return
    found = changes(before, (ROOT / SCHEMA).read_text("utf-8"))
    for line in listed(found, whole=whole):
        typer.echo(line)
    say(f"{SCHEMA}: {len(found) or 'no'} changes since {against}")


def committed(revision: str) -> str | None:
    """The schema as a commit has it; None where there is no git, no history, no such commit, or no schema in it."""
    command = ["git", "-C", str(ROOT), "show", "--end-of-options", f"{revision}:./{SCHEMA}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
