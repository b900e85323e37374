"""A text of RDF as quads: what brings its parser down is refused first, what is broken is told with its place."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, RdfFormat, parse

from graph.errors import InputRefused
from ontology.meaning import REMOTE, byte_of
from ontology.nesting import too_deep
from ontology.placing import Place, place_of_error

TRIPLES = "a triple stands under rdf:reifies alone"
_ONE_PLACE = "a context stands in the file itself: nothing is fetched"


class BadRdf(InputRefused):
    """A file of RDF that cannot be read; nothing of it is taken."""

    def __init__(self, where: str, place: Place | None, why: str, valid: str) -> None:
        super().__init__(f"{where}, {place}: {why}; {valid}" if place else f"{where}: {why}; {valid}")


def parsed(content: bytes, format_: RdfFormat, where: str) -> Iterator[Quad]:
    """The quads in their order; `BadRdf` with line and column where the syntax is broken.

    JSON-LD passes over names and IRIs that mean nothing under its context; here they are read as they stand there.
    """
    deep = too_deep(content, format_)
    if deep is not None:
        raise BadRdf(
            where, Place.of(content, deep), "it nests too deep", "facts are six deep at most as they are exported"
        )
    try:
        yield from parse(content, format=format_, lenient=format_ == RdfFormat.JSON_LD)
    except SyntaxError as error:
        raise _broken(content, format_, where, error) from error


def _broken(content: bytes, format_: RdfFormat, where: str, error: SyntaxError) -> BadRdf:
    told = Place(error.lineno, error.offset) if error.lineno else None
    why = error.msg.partition(": ")[2] if told else error.msg
    if format_ == RdfFormat.JSON_LD and not told:
        place = byte_of(content, error.msg)
        told = None if place is None else Place.of(content, place)
    if REMOTE in why:
        return BadRdf(where, told, "it names a context of another place", _ONE_PLACE)
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in why)
    return BadRdf(where, told or place_of_error(content, format_), shown, f"the syntax is that of {format_.name}")
