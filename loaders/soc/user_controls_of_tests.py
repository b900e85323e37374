"""Complementary user entity controls among the tests: in items below a heading of theirs, under the objective above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from loaders.layout.layout import Kind, Piece
from loaders.soc.sections import Part, Section
from loaders.soc.topics import Theme, Topic, is_of_objective, is_statement


def topics_of_tests(sections: Sequence[Section]) -> Iterator[Topic]:
    """The topics of user entity controls in the section of tests, each with the objective's heading before its items.

    The items end where anything else stands: what a table of tests counts off below them is none of a user's.
    """
    for section in sections:
        objective: Piece | None = None
        for at, piece in enumerate(section.pieces if section.part is Part.TESTS else ()):
            if piece.kind is Kind.HEADING and is_of_objective(piece.text):
                objective = piece
            elif piece.kind is Kind.HEADING and Theme.USER_CONTROLS.titles(piece.text):
                items = _items(section.pieces[at + 1 :])
                if items:
                    yield Topic(Theme.USER_CONTROLS, piece, (objective, *items) if objective else items)


def _items(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The statements right below a heading, or below the words that lead to them."""
    led = bool(pieces) and pieces[0].kind is Kind.PARAGRAPH and pieces[0].text.endswith(":")
    return tuple(takewhile(lambda one: one.kind is Kind.ITEM and is_statement(one.text), pieces[1 if led else 0 :]))
