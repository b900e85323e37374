"""What is left of a document's facts where some of its characters are damaged: no fact holds such a character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.errors import BrokenDocument
from graph.records import Claim, Link, Value, Values
from loaders.inputs.documents import Document
from loaders.inputs.normalising import DAMAGED

_VALID = "a document is text without control characters"


def must_be_named(document: Document, values: Values) -> None:
    """Raises `BrokenDocument` where a value of the document itself, such as its publisher, is damaged."""
    for key, value in values.items():
        if _is_damaged(value):
            line = next(iter(document.damaged), 1)
            raise BrokenDocument(document.where, line, f"the {key} holds characters that are no text", _VALID)


def undamaged(claims: Iterable[Claim], links: Iterable[Link]) -> tuple[tuple[Claim, ...], tuple[Link, ...]]:
    """The facts without damaged values, without nodes whose every name is damaged, and without what leads to them."""
    stated = tuple(claims)
    named = {c.id for c in stated if "name" in c.values and not _is_damaged(c.values["name"])}
    lost = {c.id for c in stated if _is_damaged(c.values.get("name"))} - named
    kept = (c if _is_whole(c.values) else replace(c, values=_whole(c.values)) for c in stated if c.id not in lost)
    return tuple(kept), tuple(_undamaged(links, lost))


def _undamaged(links: Iterable[Link], lost: set[str]) -> Iterator[Link]:
    for link in links:
        name = link.type == "HAS_NAME" and _is_damaged(link.values.get("text"))
        if not name and link.start not in lost and link.end not in lost:
            yield link if _is_whole(link.values) else replace(link, values=_whole(link.values))


def _is_whole(values: Values) -> bool:
    return not any(map(_is_damaged, values.values()))


def _whole(values: Values) -> Values:
    return {key: value for key, value in values.items() if not _is_damaged(value)}


def _is_damaged(value: Value | None) -> bool:
    texts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(text, str) and DAMAGED in text for text in texts)
