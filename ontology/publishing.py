"""The vocabulary as it is published: its file in each format, its terms, its picture, and the files beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Triple, parse, serialize

from ontology import entries, picture
from ontology.formats import Format, known_format
from ontology.header import IRI, LICENCE, VERSION
from ontology.namespaces import VOCABULARIES, prefixes
from ontology.vocabulary import PATH

_MEDIA = {".ttl": "text/turtle; charset=utf-8", ".jsonld": "application/ld+json", ".svg": "image/svg+xml"}
_BESIDE = ("context.jsonld", "shapes.ttl", "logo.svg", "alignments/*.ttl")


class Published:
    """The vocabulary of a checkout; what is made of its file is made when it is first asked for."""

    iri, version, licence = IRI, VERSION, LICENCE

    def __init__(self, checkout: Path) -> None:
        self._folder = checkout / Path(PATH).parent
        self._file = checkout / PATH

    def write(self, format_: str | Format) -> bytes:
        """The vocabulary in a format; as Turtle it is the file itself."""
        chosen = known_format(format_)
        return self._file.read_bytes() if chosen is Format.TURTLE else self._written(chosen)

    @cached_property
    def terms(self) -> Sequence[entries.Entry]:
        """The terms, with what the alignments say of them."""
        return entries.entries([self._file.read_bytes(), *(p.read_bytes() for p in self._alignments())])

    @cached_property
    def picture(self) -> str:
        """The classes and their relationships, in SVG."""
        return picture.picture()

    def short(self, iri: str) -> str:
        """An IRI by the prefix of its vocabulary."""
        return entries.curie(iri)

    def files(self) -> Mapping[str, tuple[bytes, str]]:
        """The files beside the vocabulary that are there, by their paths below it, with their media types."""
        found = {
            path.relative_to(self._folder).as_posix(): (path.read_bytes(), _MEDIA[path.suffix])
            for pattern in _BESIDE
            for path in sorted(self._folder.glob(pattern))
        }
        return {**found, "picture.svg": (self.picture.encode(), _MEDIA[".svg"])}

    def _alignments(self) -> list[Path]:
        return sorted(self._folder.glob("alignments/*.ttl"))

    def _written(self, format_: Format) -> bytes:
        """The same bytes each time: blank nodes are named after what is said of them."""
        dataset, sink = Dataset(parse(self._file.read_bytes(), format=RdfFormat.TURTLE)), io.BytesIO()
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        serialize(_ordered(dataset), sink, format_.rdf, prefixes=prefixes(VOCABULARIES))
        return sink.getvalue()


def _ordered(dataset: Dataset) -> Iterator[Triple]:
    return (Triple(q.subject, q.predicate, q.object) for q in sorted(dataset, key=str))
