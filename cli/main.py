"""The `cg` command: one module a verb; errors become one clear line and an exit code here."""

from __future__ import annotations

import sys

import typer

from cli import console
from cli.changes import changes_command
from cli.export import export_command
from cli.generate import generate_command
from cli.load import load_command
from cli.neo4j import neo4j_app
from cli.ontology import ontology_app
from cli.query import query_command
from cli.serve import serve_command
from cli.sparql import sparql_command
from cli.stats import stats_command
from cli.token import token_command
from cli.unload import unload_command
from cli.validate import validate_command
from graph.errors import ComplianceGraphError

app = typer.Typer(
    name="cg",
    help="A knowledge graph of cloud compliance: every fact with the lines that state it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("load")(load_command)
app.command("unload")(unload_command)
app.command("query")(query_command)
app.command("sparql")(sparql_command)
app.command("export")(export_command)
app.command("validate")(validate_command)
app.command("serve")(serve_command)
app.command("stats")(stats_command)
app.command("token")(token_command)
app.command("generate")(generate_command)
app.command("changes")(changes_command)
app.add_typer(neo4j_app)
app.add_typer(ontology_app)


def main() -> None:
    """Runs the command line; exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no store."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and answers its exit code; wrong usage is told and ended with 2 by typer itself."""
    try:
        app(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except ComplianceGraphError as error:
        console.complain(str(error))
        return error.exit_code
    except BrokenPipeError:
        return 1
    return 0
