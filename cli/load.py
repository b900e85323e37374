"""`cg load`: documents into a store, with a progress bar and a report."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import replace as replaced
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.console import complain, errors, say
from cli.stores import BaseOption, StoreOption, base_of, opened, tried

if TYPE_CHECKING:
    from loaders.facts import Remark
    from loaders.pipeline import LoadOptions
    from loaders.report import DocumentReport, LoadReport


_COLLECTED = 200_000
"""So many objects more than before make the collector look for circles of them."""


class Format(Enum):
    """How the report is printed."""

    TEXT = "text"
    JSON = "json"


def load_command(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or `-` for standard input.", metavar="PATH...")],
    store: StoreOption = None,
    replace: Annotated[
        str | None,
        typer.Option(
            metavar="SHA256", help="The loaded document whose place the given one takes; 8 or more digits are enough."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, but write nothing.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each document is understood; nothing is loaded.")
    ] = False,
    base: BaseOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Load documents or exported facts; exit code 1 where one of them was refused."""
    from loaders.pipeline import LoadOptions
    from loaders.plugins import find_plugins
    from loaders.reading import cores
    from loaders.registry import own_loaders
    from ontology.reader import RdfReader

    _collect_seldom()
    content = sys.stdin.buffer.read() if "-" in paths else None
    plugins = find_plugins()
    for problem in plugins.problems:
        complain(problem)
    loaders = (*own_loaders(), *plugins.loaders)
    if explain:
        from cli.explain import explain_command

        raise typer.Exit(explain_command(paths, content, loaders, as_json=format_ is Format.JSON))
    readers = (RdfReader(base_of(base)),)
    options = LoadOptions(
        loaders=loaders,
        readers=readers,
        replaces=replace,
        dry=dry_run,
        processes=cores(),
        standard_input=content,
    )
    report = _loaded(paths, store, options)
    if format_ is Format.JSON:
        told = {**report.as_json(), "broken_loaders": plugins.problems}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(report)
    raise typer.Exit(0 if report.ok else 1)


def _loaded(paths: list[str], store: str | None, options: LoadOptions) -> LoadReport:
    """Loads with a progress bar; what is only tried leaves no store behind."""
    from loaders.pipeline import load

    target = tried(store) if options.dry else opened(store, create=True)
    with target as graph, _progress() as bar:
        task = bar.add_task("loading", total=None)

        def advance(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name or "done")

        return load(paths, graph, replaced(options, progress=advance))


def _collect_seldom() -> None:
    """Has the collector look less often: what a load makes it keeps, and circles are few."""
    gc.freeze()
    gc.set_threshold(_COLLECTED)


def _progress() -> Progress:
    """A bar on a terminal; nothing elsewhere."""
    console = errors()
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _print(report: LoadReport) -> None:
    for document in report.documents:
        say("\n".join(_lines(document)))
    refused = sum(document.error is not None for document in report.documents)
    what = "would be loaded" if report.dry else "loaded"
    say(f"{len(report.loaded)} of {len(report.documents)} documents {what}, {refused} refused")


def _lines(document: DocumentReport) -> list[str]:
    if document.error:
        return [f"{document.path}: refused: {document.error}"]
    head = f"{document.path}: {document.status.value}"
    head += f", {document.kind}" if document.kind else ""
    head += f", {document.nodes} nodes, {document.relationships} relationships" if document.nodes else ""
    notice = [f"  {document.notice}"] if document.notice else []
    return [head, *notice, *(_warning(document.path, remark) for remark in document.warnings)]


def _warning(path: str, remark: Remark) -> str:
    """The warning with its line of the file, where it is known."""
    return f"  {path}:{remark.line}: {remark.message}" if remark.line else f"  {path}: {remark.message}"
