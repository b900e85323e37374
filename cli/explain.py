"""`cg load --explain`: how each document was understood, for people as tables, for programs as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table

from cli.console import complain, results
from graph.errors import InputRefused

if TYPE_CHECKING:
    from loaders.base import Loader
    from loaders.explaining import Explanation, Taken
    from loaders.inputs.sources import Source

_LINES_SHOWN = 6


def explain_command(paths: Sequence[str], content: bytes | None, loaders: Sequence[Loader], *, as_json: bool) -> int:
    """Explains every document that the paths name and answers the exit code; no store is opened."""
    from loaders.inputs.sources import sources

    told: list[dict[str, Any]] = []
    for source in sources(paths, content):
        try:
            explanation = _explained(source, loaders)
        except InputRefused as error:
            told.append({"path": source.where, "error": str(error)})
            if not as_json:
                complain(str(error))
            continue
        told.append(explanation.as_json())
        if not as_json:
            _print(explanation)
    if as_json:
        typer.echo(json.dumps({"documents": told}, ensure_ascii=False, indent=2))
    return 1 if any(one["error"] for one in told) else 0


def _explained(source: Source, loaders: Sequence[Loader]) -> Explanation:
    from graph.errors import UnreadableDocument
    from loaders.explaining import explain
    from loaders.names.resolution import read_names

    document = source.read()
    if source.exported or document.written.startswith('{"'):
        raise UnreadableDocument(source.where, "exported facts are loaded as they are, there is nothing to explain")
    return explain(document, loaders, read_names())


def _print(found: Explanation) -> None:
    console = results()
    pages = f", {found.pages} pages" if found.pages else ""
    console.print(f"{found.path}: {found.kind or 'of no known kind'}", style="bold", markup=False)
    console.print(f"  {found.media_type}, {found.lines} lines{pages}", markup=False)
    for line in filter(None, (found.why, found.error and f"refused: {found.error}")):
        console.print(f"  {line}", markup=False)
    for table in _tables(found):
        if table.row_count:
            console.print()
            console.print(table)
    console.print()


def _tables(found: Explanation) -> Iterator[Table]:
    sections = ((f"{'  ' * (s.level - 1)}{s.title}", _span(s.first_line, s.last_line), s.cited) for s in found.sections)
    yield _table("Sections", ("heading", "lines", "lines with facts"), sections)
    lists = ((f"{x.what}s after: {x.after}", _span(x.first_line, x.last_line), x.entries, x.cited) for x in found.lists)
    yield _table("Lists", ("list", "lines", "entries", "with facts"), lists)
    seen = ((one.what, _span(one.first_line, one.last_line)) for one in found.seen)
    yield _table("Understood", ("how", "lines"), seen)
    yield _table("Taken: nodes", ("label", "count", "lines"), map(_taken, found.labels))
    yield _table("Taken: relationships", ("type", "count", "lines"), map(_taken, found.relationships))
    left = ((_span(x.first_line, x.last_line), x.reason or "of no known layout", x.begins) for x in found.left)
    yield _table("Left", ("lines", "reason", "begins"), left)
    yield _table("Warnings", ("line", "warning"), ((one.line, one.message) for one in found.warnings))


def _taken(taken: Taken) -> tuple[str, int, str]:
    shown = ", ".join(_span(*span) for span in taken.lines[:_LINES_SHOWN])
    more = len(taken.lines) - _LINES_SHOWN
    return taken.what, taken.count, f"{shown} and {more} more" if more > 0 else shown


def _table(title: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Table:
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    return table


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
