"""`cg neo4j`: start, stop and look at the Neo4j server that the project brings along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph.neo4j.server import RunningServer

NOT_RUNNING = 3
"""The exit code of `status` where no server answers: the store cannot be reached."""

neo4j_app = typer.Typer(
    name="neo4j",
    help="The Neo4j server of this machine: in the background, without containers.",
    no_args_is_help=True,
)


def _default_home() -> Path:
    from graph.neo4j.server import default_home

    return default_home()


HomeOption = Annotated[
    Path,
    typer.Option(
        "--home",
        help="Folder of the server's data, logs and password.",
        file_okay=False,
        default_factory=_default_home,
        show_default="in the user's data folder",
    ),
]
BoltPort = Annotated[int, typer.Option(min=0, max=65535, help="Port of Bolt; 0 takes a free one.")]
HttpPort = Annotated[int, typer.Option(min=0, max=65535, help="Port of Neo4j Browser; 0 takes a free one.")]
NoAuth = Annotated[bool, typer.Option("--no-auth", help="Ask for no password; only this machine is heard.")]


@neo4j_app.command("start")
def start_command(
    home: HomeOption, bolt_port: BoltPort = 7687, http_port: HttpPort = 7474, no_auth: NoAuth = False
) -> None:
    """Start the server; returns when Bolt answers. The first start downloads 155 MB."""
    from graph.neo4j.server import ServerSettings, start

    password = os.environ.get("NEO4J_PASSWORD")
    settings = ServerSettings(home, bolt_port, http_port, auth=not no_auth, password=password)
    running = start(settings)
    typer.echo("Neo4j is running already" if running.already_running else "Neo4j is running", err=True)
    typer.echo(_addresses(running))


@neo4j_app.command("stop")
def stop_command(home: HomeOption) -> None:
    """Stop the server; nothing to stop is no error."""
    from graph.neo4j.server import stop

    stopped = stop(home)
    typer.echo(f"Neo4j in {home} {'is stopped' if stopped else 'was not running'}", err=True)


@neo4j_app.command("status")
def status_command(home: HomeOption) -> None:
    """Say whether the server runs, and where; exit code 3 when it does not answer."""
    from graph.neo4j.server import ServerState, status

    found = status(home)
    if found.server is None:
        typer.echo(f"state     {found.state.value}")
        raise typer.Exit(NOT_RUNNING)
    typer.echo(f"state     {ServerState.RUNNING.value}\n{_addresses(found.server)}")


def _addresses(running: RunningServer) -> str:
    rows = {
        "bolt": running.bolt_url,
        "browser": running.browser_url,
        "home": str(running.home),
        "log": str(running.log),
        "process": str(running.pid),
        "password": _password_note(running),
    }
    return "\n".join(f"{name:<10}{value}" for name, value in rows.items())


def _password_note(running: RunningServer) -> str:
    if not running.auth:
        return "none is asked for"
    return f"in the file {running.password_file}" if running.password_file else "the one of NEO4J_PASSWORD"
