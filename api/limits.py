"""What a request may ask at most; every limit is published in the schema's `limits`."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_DEFAULT = 25
FIRST_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a request; each is published in the schema's `limits`.

    `seconds` is how long one request may run, in the database too; `body_seconds` how long its body may take to come;
    the others count what their names say.
    """

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
    ids: int = 1_000
    where_levels: int = 10
    where_branches: int = 100
    in_values: int = 1_000
    order_keys: int = 8
    order_relations: int = 3
    search_words: int = 32
    seconds: float = 5.0
    response_bytes: int = 16 * 1024 * 1024
