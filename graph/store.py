"""What a store is: a Writer that replaces the facts of a document, a Reader that runs plans; stores share no code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from graph.merging import Edge, Graph, Node
from graph.model import Direction
from graph.plan import Block, Rooted
from graph.searching import Matches, Wanted

Key: TypeAlias = tuple[str, str, str]
"""A relationship by its type, its start and its end."""


@dataclass(slots=True)
class Change:
    """What one transaction writes; a node or relationship that is put replaces the one with its id or key whole."""

    put_nodes: list[Node] = field(default_factory=list)
    put_edges: list[Edge] = field(default_factory=list)
    delete_nodes: list[str] = field(default_factory=list)
    delete_edges: list[tuple[str, str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.put_nodes or self.put_edges or self.delete_nodes or self.delete_edges)


class Writer(Protocol):
    """Writes changes, each in one transaction, and reads back what it needs to make them."""

    def prepare(self) -> None:
        """Makes the constraints and indexes that the model asks for and that are missing."""

    def alone(self) -> AbstractContextManager[None]:
        """Reads and the change that is made of them, without another writer between them, as far as the store can."""

    def documents(self) -> list[Node]:
        """The Document nodes, sorted by id."""

    def runs(self) -> list[Node]:
        """The LoadRun nodes, in any order."""

    def citations_of(self, sha256: str) -> list[Node]:
        """The Citation nodes of a document, in the order of lines."""

    def nodes(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids, as far as they are there."""

    def leaving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that start at one of the nodes."""

    def arriving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that end at one of the nodes."""

    def stated(self, ids: Sequence[str], without: Sequence[str]) -> list[Edge]:
        """EVIDENCED_BY of those nodes: of those that state the same values of a node one alone, whichever.

        What the documents with the hashes `without` state is left out.
        """

    def apply(self, change: Change) -> None:
        """Writes the change in one transaction: all of it or nothing."""

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The number of nodes by label and of relationships by type, in the order of the model, zeros included."""


class Snapshot(Protocol):
    """One read transaction: all that it answers is of one state of the store."""

    def roots(self, rooted: Rooted, block: Block) -> Rows:
        """The rows of a root: the list that a filter, an order and a page leave, and its total where it is asked."""

    def rows(self, label: str, ids: Sequence[str], block: Block) -> dict[str, list[Any]]:
        """The row of each node of that label among the ids; ids that are not there are left out."""

    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """The label of each id that is there."""

    def whole(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids as the store keeps them, as far as they are there, in any order."""

    def joined(self, id_: str, type_: str, direction: Direction, after: str, most: int | None) -> list[Edge]:
        """The relationships of a type from a node or to it, at most so many behind that id at the other end."""

    def edge(self, type_: str, start: str, end: str) -> Edge | None:
        """The relationship of that type between those ids."""

    def citing(self, citation: str, after: Key, most: int) -> list[Edge]:
        """The relationships that a citation states, also otherwise than is shown, at most so many behind that key.

        By type, start and end. Every relationship is looked at: citations lie in lists, which no index knows.
        """

    def steps(self, ids: Sequence[str], types: Sequence[str]) -> list[Step]:
        """Every relationship of those types that starts or ends at one of the nodes, each once, sorted."""

    def search(self, wanted: Wanted) -> Matches:
        """How many nodes match a search, and the rank and the id of those of its page, by the rule of `searching`."""

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label, sorted by id."""

    def scan_edges(self, type_: str) -> Iterator[Edge]:
        """Every relationship of a type, sorted by start, then end."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A relationship by its type and its ends, with the ids of its citations."""

    type: str
    start: str
    end: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a page, one more than the page holds where there is a next one, the total and the groups if asked."""

    rows: Sequence[list[Any]]
    total: int | None = None
    groups: Sequence[list[Any]] = ()


class Reader(Protocol):
    """Opens read transactions; `statements` counts the statements sent since it was opened."""

    statements: int

    def snapshot(self, seconds: float | None = None) -> AbstractContextManager[Snapshot]:
        """A read transaction; a statement that runs when so many seconds are over is stopped (`QueryTimedOut`)."""


class Store(Writer, Reader, Protocol):
    """Both, and what holds them open."""

    def close(self) -> None:
        """Gives back what the store holds."""


def difference(before: Graph, after: Graph) -> Change:
    """What turns the one graph into the other."""
    change = Change()
    change.put_nodes = [n for id_, n in sorted(after.nodes.items()) if before.nodes.get(id_) != n]
    change.put_edges = [e for key, e in sorted(after.edges.items()) if before.edges.get(key) != e]
    change.delete_nodes = sorted(before.nodes.keys() - after.nodes.keys())
    change.delete_edges = sorted(before.edges.keys() - after.edges.keys())
    return change
