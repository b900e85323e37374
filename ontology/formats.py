"""The formats in which RDF is written: their names, their media types, and what each can hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from pyoxigraph import RdfFormat

from graph.errors import UsageError


class Format(Enum):
    """The formats, by the names that the command line and `/export` use; those that end in 12 are of RDF 1.2."""

    TRIG = "trig"
    NQUADS = "nquads"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"
    TRIG12 = "trig12"
    NQUADS12 = "nquads12"
    TURTLE12 = "turtle12"
    NTRIPLES12 = "ntriples12"

    @property
    def rdf(self) -> RdfFormat:
        """The format as the serialiser knows it."""
        return _FORMATS[self.value.removesuffix("12")]

    @property
    def reified(self) -> bool:
        """Whether statements reify their triples in it, as RDF 1.2 can say."""
        return self.value.endswith("12")

    @property
    def media_type(self) -> str:
        """The registered media type, with its version where it is not 1.1."""
        return f"{self.rdf.media_type};version=1.2" if self.reified else str(self.rdf.media_type)


def known_format(name: str | Format) -> Format:
    """The format of that name; `UsageError` where there is none."""
    try:
        return Format(name)
    except ValueError:
        known = ", ".join(format_.value for format_ in Format)
        raise UsageError(f"format {name!r} is none that RDF is written in; one of {known}") from None


_FORMATS = {
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

MEDIA_TYPES: Mapping[str, str] = {format_.value: format_.media_type for format_ in Format}
"""The media type of each format by name."""
