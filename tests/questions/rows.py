"""How the answer of each door becomes rows that can be compared."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Expected:
    """Where the rows stand in the answer of GraphQL, and what they are."""

    each: str
    columns: tuple[str, ...]
    rows: Rows


def expected(name: str) -> Expected:
    """What a question expects."""
    described = tomllib.loads((FOLDER / name / "question.toml").read_text("utf-8"))
    rows = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
    return Expected(described["each"], tuple(described["columns"]), rows)


def names() -> list[str]:
    """The names of all questions."""
    return sorted(path.parent.name for path in FOLDER.glob("*/question.toml"))


def graphql_rows(data: Any, wanted: Expected) -> Rows:
    """The rows of an answer: for each item at `each`, one for each choice of the columns' values."""
    items = _walk(data, wanted.each)
    return ordered([row for item in items for row in product(*(_walk(item, column) for column in wanted.columns))])


def ordered(rows: Sequence[Sequence[Any]]) -> Rows:
    """Rows in an order that does not depend on the door."""
    return sorted((list(row) for row in rows), key=lambda row: [str(value) for value in row])


def _walk(value: Any, path: str) -> Iterator[Any]:
    """What a path of field names leads to; lists on the way are walked through."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, path)
    elif not path:
        yield value
    elif value is not None:
        first, _, rest = path.partition(".")
        yield from _walk(value[first], rest)
