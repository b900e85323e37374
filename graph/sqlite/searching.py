"""The index of words: a table of the texts of nodes, FTS5 over it, and how it is searched.

The texts lie there as words that are cut already (`graph.words`); the tokenizer `ascii` only takes them apart at
spaces. The index takes in many texts at once: a trigger for each makes it ten times as slow. FTS5 is given phrases of
letters and digits alone, whatever was asked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from graph.merging import Node
from graph.searching import BEGIN, SHORTEST, THOUSAND, WHOLE, Kind, Wanted, entity_of, indexed
from graph.sqlite.conditions import Parameters
from graph.sqlite.schema import ENTITY
from graph.words import Query, Term

TEXTS = "search_text"
WORDS = "search_words"


def index_statements() -> Iterator[str]:
    """What makes the table of texts and its index of words, where they are missing."""
    columns = (
        "owner TEXT NOT NULL, hit TEXT NOT NULL, kind INTEGER NOT NULL, size INTEGER NOT NULL, words TEXT NOT NULL"
    )
    yield f"CREATE TABLE IF NOT EXISTS {TEXTS} (place INTEGER PRIMARY KEY, {columns})"
    yield f"CREATE INDEX IF NOT EXISTS {TEXTS}_by_owner ON {TEXTS} (owner)"
    over = f"content = '{TEXTS}', content_rowid = 'place', columnsize = 0, tokenize = 'ascii'"
    yield f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5(words, {over})"


def forget(cursor: sqlite3.Cursor, ids: Sequence[str]) -> None:
    """Takes the texts of nodes out of the index."""
    owned, owners = f"FROM {TEXTS} WHERE owner IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    cursor.execute(f"INSERT INTO {WORDS} ({WORDS}, rowid, words) SELECT 'delete', place, words {owned}", owners)
    cursor.execute(f"DELETE {owned}", owners)


def index(cursor: sqlite3.Cursor, nodes: Sequence[Node]) -> None:
    """Puts the texts of nodes into the index, in place of those that they had."""
    forget(cursor, [node.id for node in nodes])
    rows = [
        (node.id, entity_of(node.id), int(kind), len(words), " ".join(words))
        for node in nodes
        for kind, words in indexed(node)
    ]
    (last,) = cursor.execute(f"SELECT coalesce(max(place), 0) FROM {TEXTS}").fetchone()
    cursor.executemany(f"INSERT INTO {TEXTS} (owner, hit, kind, size, words) VALUES (?, ?, ?, ?, ?)", rows)
    cursor.execute(f"INSERT INTO {WORDS} (rowid, words) SELECT place, words FROM {TEXTS} WHERE place > ?", (last,))


def search_statement(wanted: Wanted, parameters: Parameters) -> str:
    """How many nodes match, and as JSON the rank and the id of each of the page, the highest rank first."""
    hits = f"WITH hits AS MATERIALIZED ({_hits(wanted, parameters)})"
    limit = parameters.bind(-1 if wanted.limit is None else wanted.limit)
    order = f"ORDER BY found DESC, id LIMIT {limit}"
    page = f"SELECT json_array(found, id) AS hit FROM hits WHERE {_after(wanted, parameters)} {order}"
    return f"{hits} SELECT (SELECT count(*) FROM hits), (SELECT json_group_array(json(hit)) FROM ({page}))"


def _hits(wanted: Wanted, parameters: Parameters) -> str:
    source = f"{WORDS} JOIN {TEXTS} AS t ON t.place = {WORDS}.rowid"
    conditions = [
        f"{WORDS} MATCH {parameters.bind(_matched(wanted.query))}",
        f"t.kind IN (SELECT value FROM json_each({parameters.bind(json.dumps(wanted.kinds))}))",
    ]
    if wanted.labels is not None:
        source += f" JOIN {ENTITY} AS e ON e.id = t.hit"
        conditions.append(f"e.label IN (SELECT value FROM json_each({parameters.bind(json.dumps(wanted.labels))}))")
    rank = _rank(wanted.query, parameters)
    return f"SELECT t.hit AS id, max({rank}) AS found FROM {source} WHERE {' AND '.join(conditions)} GROUP BY t.hit"


def _rank(query: Query, parameters: Parameters) -> str:
    """The rule of `graph.searching` in SQL."""
    line, start = parameters.bind(query.line), parameters.bind(query.start)
    begins = f"substr(t.words || ' ', 1, length({start})) = {start}"
    how = f"CASE WHEN t.words = {line} THEN {WHOLE} WHEN {begins} THEN {BEGIN} ELSE 0 END"
    name = f"CASE WHEN t.kind >= {int(Kind.NAMESPACE)} THEN {how} ELSE 0 END"
    return f"(t.kind + {name}) * {THOUSAND} + max(0, {SHORTEST} - t.size)"


def _after(wanted: Wanted, parameters: Parameters) -> str:
    if wanted.after is None:
        return "TRUE"
    rank, id_ = (parameters.bind(key) for key in wanted.after)
    return f"(found < {rank} OR (found = {rank} AND id > {id_}))"


def _matched(query: Query) -> str:
    """The query as FTS5 reads it: phrases in quotation marks, all of which a text has to hold."""
    return " AND ".join(map(_phrase, query.terms))


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'
