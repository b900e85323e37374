"""What single documents state of a relationship otherwise than it is shown: of other ends, or with other values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.merging import Edge, decode_links
from graph.records import Link, Scalar, Value, Values

_NAMED = "HAS_NAME"


def otherwise(edge: Edge) -> list[Edge]:
    """What each document that states something else states, with its citations, as a relationship of its own."""
    links = decode_links(edge) if "claims" in edge.values else []
    shown = {**_named(edge, links), **edge.values}
    told = [(_alone(one), {**_how(one), **one.values}) for one in links] if len(links) > 1 else []
    return [alone for alone, values in told if alone.key != edge.key or differs(values, shown)]


def differs(values: Values, shown: Values) -> bool:
    """Whether values cannot be told from those that are shown, by which of them are stated."""
    return any(
        items(value) != tuple(item for item in items(shown.get(key, ())) if item in items(value))
        for key, value in values.items()
    )


def items(value: Value) -> tuple[Scalar, ...]:
    """The one value, or each of a list once."""
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else (value,)


def _named(edge: Edge, links: Sequence[Link]) -> Mapping[str, Value]:
    """The values of a name, which stand in its node, by who comes first of those that state it."""
    return next((one.values for one in links if edge.type == _NAMED and one.end == edge.end), {})


def _alone(link: Link) -> Edge:
    values: dict[str, Value] = {**link.values, **_how(link), "citations": link.citations}
    return Edge(link.type, link.start, link.end, values)


def _how(link: Link) -> dict[str, Value]:
    return {"assertion": link.assertion, **({"rule": link.rule} if link.rule else {})}
