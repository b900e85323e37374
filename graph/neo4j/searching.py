"""The index of words: a hidden property of each node that has texts, a full-text index over it, how it is searched.

The property is a list with an entry for each text: its kind behind a sign that is no word, then its words, which are
cut already (`graph.words`), each with a space behind it. The analyzer `whitespace` only takes them apart at spaces. The
index gives the nodes in which the words stand; in which text, and with what rank, is told by the property. Lucene is
given phrases of letters and digits alone, whatever was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.merging import Node
from graph.model import MODEL
from graph.neo4j.words import ENTITY, SEARCHED, label_in_cypher, quoted
from graph.searching import BEGIN, SHORTEST, THOUSAND, WHOLE, Kind, Wanted, indexed
from graph.words import Query, Term

INDEX = "entity_search"
BATCH = 5_000

Run = Callable[[str, Mapping[str, Any]], list[list[Any]]]

_ENTITY_OF_NAME = "substring(left(node.id, size(node.id) - size(split(node.id, '/')[-1]) - 1), size('name/'))"
"""The id of a name holds that of its entity."""

_RANK = f"""{THOUSAND} * (kind + CASE WHEN kind < {int(Kind.NAMESPACE)} THEN 0 WHEN words = $line THEN {WHOLE}
    WHEN words STARTS WITH $start THEN {BEGIN} ELSE 0 END)
  + CASE WHEN size < {SHORTEST} THEN {SHORTEST} - size ELSE 0 END"""
_STATEMENT = f"""
CALL db.index.fulltext.queryNodes('{INDEX}', $lucene) YIELD node
WITH node.{quoted(SEARCHED)} AS entries, CASE WHEN node:Name THEN {_ENTITY_OF_NAME} ELSE node.id END AS id
WHERE $prefixes IS NULL OR split(id, '/')[0] IN $prefixes
UNWIND entries AS entry
WITH id, entry, toInteger(substring(entry, 1, 1)) AS kind
WHERE kind IN $kinds AND all(term IN $terms WHERE entry CONTAINS term)
WITH id, kind, substring(entry, 3) AS words, size(split(entry, ' ')) - 2 AS size
WITH id, max({_RANK}) AS rank
ORDER BY rank DESC, id
WITH collect([rank, id]) AS hits
RETURN size(hits), [hit IN hits WHERE $rank IS NULL OR hit[0] < $rank OR (hit[0] = $rank AND hit[1] > $id)]
                   [..coalesce($limit, size(hits))]
"""


def index_statement() -> str:
    """What makes the index."""
    on = f"FOR (n:{quoted(ENTITY)}) ON EACH [n.{quoted(SEARCHED)}]"
    options = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    return f"CREATE FULLTEXT INDEX {quoted(INDEX)} IF NOT EXISTS {on} {options}"


def entries(node: Node) -> dict[str, list[str]]:
    """The hidden property of a node; nothing where it has no texts."""
    found = [f"#{int(kind)} {' '.join(words)} " for kind, words in indexed(node)]
    return {SEARCHED: found} if found else {}


def fill(run: Run) -> None:
    """Writes the property of every node, as writing a node does."""
    every = run(f"MATCH (n:{ENTITY}) RETURN {label_in_cypher('n')}, n.id, properties(n)", {})
    rows = [[id_, entries(Node(label, id_, values))] for label, id_, values in every]
    text = f"UNWIND $rows AS row MATCH (n:{ENTITY} {{id: row[0]}}) SET n += row[1]"
    for first in range(0, len(rows), BATCH):
        run(text, {"rows": rows[first : first + BATCH]})


def search(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The statement that tells how many nodes match, and the rank and the id of those of the page; its parameters."""
    rank, id_ = wanted.after or (None, None)
    return _STATEMENT, {
        "lucene": lucene(wanted.query),
        "terms": [term.sought for term in wanted.query.terms],
        "line": f"{wanted.query.line} ",
        "start": wanted.query.start,
        "prefixes": None if wanted.labels is None else [MODEL.node(label).prefix for label in wanted.labels],
        "kinds": [int(kind) for kind in wanted.kinds],
        "rank": rank,
        "id": id_,
        "limit": wanted.limit,
    }


def lucene(query: Query) -> str:
    """What all texts that match have, as Lucene reads it; a row of words that ends in a prefix as its words alone."""
    return " ".join(f"+{_clause(term)}" for term in query.terms)


def _clause(term: Term) -> str:
    if not term.prefix:
        return f'"{" ".join(term.words)}"'
    *whole, start = term.words
    return "(" + " ".join([*(f'+"{word}"' for word in whole), f"+{start}*"]) + ")"
