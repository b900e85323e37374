"""The digest of all that a document states: equal for equal facts, in whatever order they are given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

from graph.records import DocumentFacts, Values


def stated_sha256(facts: DocumentFacts, values: Values) -> str:
    """The SHA-256 in hexadecimal of a document's facts; `values` are those of its node, its made name among them."""
    digest = hashlib.sha256()
    for line in sorted(orjson.dumps(part, option=orjson.OPT_SORT_KEYS) for part in _parts(facts, values)):
        digest.update(line)
        digest.update(b"\n")
    return digest.hexdigest()


def _parts(facts: DocumentFacts, values: Values) -> Iterator[list[Any]]:
    yield ["document", dict(values)]
    for c in facts.citations:
        yield ["citation", c.first_line, c.last_line, c.section, c.quote, c.quote_sha256, c.page]
    for claim in facts.claims:
        yield ["claim", claim.label, claim.id, claim.citation, dict(claim.values), claim.precedence]
    for link in facts.links:
        ends = (link.type, link.start, link.end, sorted(link.citations))
        yield ["link", *ends, dict(link.values), link.assertion, link.rule]
