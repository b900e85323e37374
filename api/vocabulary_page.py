"""The page of the vocabulary: an anchor for each term with what it means, and a picture of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Protocol

from api.framing import Frame, link, page, section


class Term(Protocol):
    """One term as the page shows it; those of ours that it names are told by their local names, others by IRIs."""

    @property
    def name(self) -> str:
        """Its local name."""

    @property
    def kind(self) -> str:
        """What kind of term it is."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def definition(self) -> str:
        """What it means."""

    @property
    def status(self) -> str:
        """How settled it is."""

    @property
    def notes(self) -> Sequence[str]:
        """What else is to be known."""

    @property
    def examples(self) -> Sequence[str]:
        """How it is used, in Turtle."""

    @property
    def domain(self) -> Sequence[str]:
        """The classes that have it."""

    @property
    def range(self) -> Sequence[str]:
        """The classes or datatypes to which it leads."""

    @property
    def mappings(self) -> Sequence[tuple[str, str]]:
        """How it relates to which other term."""


class Published(Protocol):
    """The vocabulary as the page and its door are given it."""

    @property
    def iri(self) -> str:
        """The IRI of the vocabulary."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def licence(self) -> str:
        """Its licence, as an IRI."""

    @property
    def terms(self) -> Sequence[Term]:
        """Its terms, those of a kind together."""

    @property
    def picture(self) -> str:
        """A picture in SVG."""

    def write(self, format_: str, /) -> bytes:
        """The vocabulary in a format."""

    def short(self, iri: str, /) -> str:
        """An IRI by the prefix of its vocabulary."""


def vocabulary_page(vocabulary: Published, alternates: Mapping[str, str]) -> str:
    """The whole HTML document; every value in it is escaped, the picture is ours."""
    groups = [(kind, list(terms)) for kind, terms in groupby(vocabulary.terms, key=lambda term: term.kind)]
    purpose = f"The ontology {link(vocabulary.iri, vocabulary.iri)}, version {escape(vocabulary.version)}."
    licence = f"<p>Licence: {link(vocabulary.licence, vocabulary.licence)}</p>"
    picture = f'<div class="picture">{vocabulary.picture}</div>'
    contents = "".join(f"<h3>{escape(kind)}</h3><p>{_names(terms)}</p>" for kind, terms in groups)
    sections = [section("picture", "The classes", picture), section("contents", "All terms", contents)]
    sections += [
        section(f"kind-{number}", kind, "\n".join(_article(term, vocabulary.short) for term in terms))
        for number, (kind, terms) in enumerate(groups)
    ]
    return page(Frame("The vocabulary", purpose, alternates, status=licence), sections)


def _names(terms: Iterable[Term]) -> str:
    return ", ".join(link(term.name, f"#{term.name}") for term in terms)


def _article(term: Term, short: Callable[[str], str]) -> str:
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in _rows(term, short))
    return (
        f'<article class="term" id="{escape(term.name)}">\n<h3>{link(term.name, f"#{term.name}")} '
        f"<small>{escape(term.label)}</small></h3>\n<p>{escape(term.definition)}</p>\n<dl>{rows}</dl>\n</article>"
    )


def _rows(term: Term, short: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    if term.domain:
        yield "Of", ", ".join(_other(name, short) for name in term.domain)
    if term.range:
        yield "Leads to", ", ".join(_other(name, short) for name in term.range)
    for relation, other in term.mappings:
        yield relation, _other(other, short)
    for note in term.notes:
        yield "Note", escape(note)
    for example in term.examples:
        yield "Example", f"<pre><code>{escape(example)}</code></pre>"
    yield "Status", escape(term.status)


def _other(name: str, short: Callable[[str], str]) -> str:
    """A term that is named: ours is on this page."""
    return link(short(name), name) if "://" in name else link(name, f"#{name}")
