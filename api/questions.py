"""The saved questions: a folder each, with the question in words and the same query for every door."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer in words, and its query in GraphQL, Cypher and SPARQL.

    `picture` is a Cypher query that answers with paths, for those who want to see the answer drawn.
    """

    name: str
    title: str
    answer: str
    graphql: str
    cypher: str
    sparql: str
    picture: str | None = None


def read_questions(folder: Path) -> tuple[Question, ...]:
    """The questions of a folder, sorted by name; none where the folder is not there."""
    return tuple(_question(path.parent) for path in sorted(folder.glob("*/question.toml")))


def examples(questions: Iterable[Question]) -> bytes:
    """The questions in SPARQL, as the query page reads them."""
    found = [{"name": one.name, "title": one.title, "sparql": one.sparql} for one in questions]
    return orjson.dumps({"examples": found})


def _question(folder: Path) -> Question:
    described = tomllib.loads((folder / "question.toml").read_text("utf-8"))
    graphql, cypher, sparql = (
        (folder / f"question.{ending}").read_text("utf-8") for ending in ("graphql", "cypher", "rq")
    )
    picture = folder / "picture.cypher"
    drawn = picture.read_text("utf-8") if picture.is_file() else None
    return Question(folder.name, described["title"], described["answer"], graphql, cypher, sparql, drawn)
