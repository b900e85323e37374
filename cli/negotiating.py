"""Scores of the doors: whether each address gives what it offers, leads on, and refuses what it does not offer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from api.asking import Answered, asked
from api.representing import RDF_TYPES, SUFFIXES
from graph.identifiers import path_of
from graph.model import MODEL

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from graph.store import Store
    from ontology.scoring import Score

_ALL, _DATA = tuple(SUFFIXES.values()), tuple(RDF_TYPES)
_NONE = "image/png"
_NOT_SHOWN = "LoadRun"


def of_negotiation(app: ASGIApp, store: Store) -> Iterator[Score]:
    """What the application of a store answers at the addresses of things, of the vocabulary and of the data set."""
    from ontology.scoring import score

    things = _things(store)
    places: Mapping[str, Sequence[str]] = {
        **{f"/doc/{path}": _ALL for path in things},
        "/ontology": _ALL,
        "/.well-known/void": _DATA,
    }

    def answer(place: str, accept: str) -> Answered:
        return asyncio.run(asked(app, place, accept))

    given = [f"{place} {media}" for place, offered in places.items() for media in offered]
    yield score("negotiation", "formats that are given as they are offered", given, _gives(answer))
    refused = dict(places)
    yield score("negotiation", "addresses that refuse others with the list", refused, _refuses(answer, refused))
    led = [f"/id/{path}" for path in things]
    yield score("negotiation", "things that lead to their documents (303)", led, _leads(answer))
    missing = [f"/id/{node.prefix}/none/such" for node in MODEL.nodes]
    yield score("negotiation", "things that are not there (404)", missing, lambda p: answer(p, "*/*").status == 404)


_Answer = Callable[[str, str], Answered]


def _things(store: Store) -> list[str]:
    """The first thing of each label, by what stands behind `/id/`."""
    with store.snapshot() as snapshot:
        firsts = (next(snapshot.scan(label), None) for label in MODEL.labels if label != _NOT_SHOWN)
        return [path_of(node.id) for node in firsts if node]


def _gives(answer: _Answer) -> Callable[[str], bool]:
    """Whether it is given to who accepts it rather than all else, with its own address and `Vary`."""

    def passes(name: str) -> bool:
        place, media = name.split(" ")
        found = answer(place, f"{_NONE}, */*;q=0.1, {media};q=0.5")
        return (found.status, found.media, found.fields.get("vary")) == (200, media, "Accept") and bool(found.content)

    return passes


def _refuses(answer: _Answer, offered: Mapping[str, Sequence[str]]) -> Callable[[str], bool]:
    def passes(place: str) -> bool:
        found = answer(place, _NONE)
        listed = all(media.encode() in found.content for media in offered[place])
        return (found.status, found.fields.get("vary"), listed) == (406, "Accept", True)

    return passes


def _leads(answer: _Answer) -> Callable[[str], bool]:
    def passes(place: str) -> bool:
        found = answer(place, "*/*")
        return (found.status, found.fields.get("location")) == (303, place.replace("/id/", "/doc/", 1))

    return passes
