"""`cg serve`: the API and the pages on one port."""

from __future__ import annotations

import gc
import socket
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from api.settings import QUESTIONS, ROOT, Settings
from cli.console import say
from cli.stores import BaseOption, StoreOption, settings
from graph.errors import PortInUse

if TYPE_CHECKING:
    from api.app import Doors
    from api.limits import Limits
    from api.linked_data import Linking
    from api.sparql_http import Sparql
    from graph.store import Store


def serve_command(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    public: Annotated[bool, typer.Option("--public", help="Show the wording of restricted documents as null.")] = False,
    saved: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="A folder of saved questions to serve beside our own; can be repeated."),
    ] = None,
    only_saved: Annotated[
        bool, typer.Option("--only-saved", help="Answer saved questions alone, and no other GraphQL.")
    ] = False,
    no_check: Annotated[
        bool, typer.Option("--no-check", help="Export the data as they are, whether or not they keep to the shapes.")
    ] = False,
    base: BaseOption = None,
) -> None:
    """Serve GraphQL, RDF and the pages until interrupted."""
    import uvicorn

    from api.app import create_app
    from api.connections import connection
    from api.logs import start_log
    from graph.opening import open_store

    found = settings(store, public=public)
    http = found.http
    folders, alone = (*http.saved, *(saved or ())), http.only_saved or only_saved
    http = replace(http, saved=folders, only_saved=alone, no_check=http.no_check or no_check)
    found = replace(found, base=base or found.base, http=http)
    start_log(found.http.log)
    listening = _listen(host, port)
    graph = open_store(found.store, found.credentials)
    app = create_app(graph, doors(found))
    gc.collect()
    gc.freeze()  # the schema stays as long as the process: no collection of garbage looks at it again
    _announce(f"http://{host}:{listening.getsockname()[1]}", found)
    config = uvicorn.Config(
        app, http=connection(found.http.limits), log_config=None, access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listening])


def doors(found: Settings) -> Doors:
    """What the application is given by the other rooms."""
    from api.app import Doors
    from api.questions import examples, read_questions
    from api.saved import read_saved
    from api.serving import Keeping
    from api.tokens import read_tokens
    from graph.neo4j.browser import saved_queries, style
    from ontology.checked_export import CheckedExport
    from ontology.export import MEDIA_TYPES, export
    from ontology.header import LICENCE
    from ontology.namespaces import DEFAULT_BASE
    from ontology.parts import PARTS
    from ontology.publishing import Published

    questions = read_questions(QUESTIONS)
    queries = {q.name: (q.title, q.cypher) for q in questions}
    pictures = {f"{q.name}-picture": (f"{q.title} (drawn)", q.picture) for q in questions if q.picture}
    files = {
        "/browser/style.grass": (style().encode(), "text/plain; charset=utf-8"),
        "/browser/queries.zip": (saved_queries({**queries, **pictures}), "application/zip"),
        **{f"/ontology/{path}": file for path, file in Published(ROOT).files().items()},
        "/sparql/examples.json": (examples(questions), "application/json"),
    }
    base = found.base or DEFAULT_BASE
    tokens = read_tokens(found.http.tokens) if found.http.tokens else {}
    folders = (*((QUESTIONS,) if QUESTIONS.is_dir() else ()), *found.http.saved)
    return Doors(
        partial(export, base=base) if found.http.no_check else CheckedExport(base),
        MEDIA_TYPES,
        files,
        ROOT / "web" / "dist",
        tuple(text for folder in folders for text in read_saved(folder)),
        found.neo4j_browser,
        found.public,
        found.http.only_saved,
        Keeping(found.http.max_age, private=bool(tokens)),
        limits=found.http.limits,
        origins=found.http.origins,
        tokens=tokens,
        tracing=found.http.tracing,
        parts=PARTS,
        linking=linking(base, found.licence or LICENCE),
        sparql=partial(sparql, base=base),
        checked=not found.http.no_check,
    )


def sparql(store: Store, limits: Limits, base: str | None = None) -> Sparql:
    """What answers SPARQL over a store within the limits; it starts nothing before the first query."""
    from ontology.namespaces import DEFAULT_BASE
    from ontology.sparql import Engine
    from ontology.sparql_process import Bounds

    bounds = Bounds(limits.seconds, limits.sparql_memory_bytes, limits.response_bytes)
    return Engine(store, bounds, base=base or DEFAULT_BASE)


def linking(base: str, licence: str) -> Linking:
    """What the doors of linked data are given by the ontology."""
    from api.linked_data import Linking
    from ontology.dataset import Datasets
    from ontology.description import Descriptions
    from ontology.links import outward
    from ontology.publishing import Published

    moved = {
        "dataset": "/.well-known/void",
        "graph/identity": f"/export?graph={quote(base, safe='')}graph%2Fidentity",
    }
    datasets, descriptions = Datasets(base, licence).write, Descriptions(base, licence).write
    return Linking(base, datasets, descriptions, Published(ROOT), licence, moved, outward)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # from here on a client waits instead of being refused
    except OSError as error:
        listening.close()
        raise PortInUse(host, port, error.strerror or str(error)) from error
    return listening


def _announce(address: str, found: Settings) -> None:
    graphql = {} if found.http.only_saved else {"GraphQL and GraphiQL": f"{address}/graphql"}
    lines = {
        "Start page": f"{address}/",
        **graphql,
        "Saved questions": f"{address}/saved",
        **({} if found.http.only_saved else {"SPARQL": f"{address}/sparql"}),
        "RDF export": f"{address}/export?format=trig",
        "Data set (VoID)": f"{address}/.well-known/void",
        "Things": f"{address}/id/TYPE/KEY",
        "Ontology": f"{address}/ontology",
        "Schema": f"{address}/schema.graphql",
        **({"Neo4j Browser": found.neo4j_browser} if found.neo4j_browser else {}),
    }
    typer.echo(f"compliance-graph serves {found.store}")
    typer.echo("\n".join(f"  {name:22}{place}" for name, place in lines.items()))
    say("Ctrl+C ends it.")
