"""What a request may ask at most; every limit is published in the schema's `limits`."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_DEFAULT = 25
FIRST_MOST = 1_000
WHERE_LEVELS_MOST = 10
WHERE_BRANCHES_MOST = 100
IN_VALUES_MOST = 1_000
ORDER_KEYS_MOST = 8
ORDER_RELATIONS_MOST = 3
"""Through how many relations a key of an order leads."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a request; each is published in the schema's `limits`.

    `seconds` is how long one request may run, in the database too; `head_seconds` and `body_seconds` how long its
    head and its body may take to come; the others count what their names say.
    """

    head_bytes: int = 64 * 1024
    head_seconds: float = 10.0
    body_bytes: int = 64 * 1024
    body_seconds: float = 10.0
    tokens: int = 2_000
    depth: int = 20
    fields: int = 1_000
    aliases: int = 30
    directives: int = 50
    repeats: int = 20
    nodes: int = 500_000
    page: int = FIRST_MOST
    page_default: int = FIRST_DEFAULT
    ids: int = FIRST_MOST
    where_levels: int = WHERE_LEVELS_MOST
    where_branches: int = WHERE_BRANCHES_MOST
    in_values: int = IN_VALUES_MOST
    order_keys: int = ORDER_KEYS_MOST
    order_relations: int = ORDER_RELATIONS_MOST
    search_words: int = 32
    seconds: float = 5.0
    response_bytes: int = 16 * 1024 * 1024
    together: int = 8
    sparql_together: int = 2
    sparql_memory_bytes: int = 512 * 1024 * 1024
