"""Root fields that are no list and no look-up of one label: how they are declared, and the values they answer with.

What such a field answers is a tree of plain values in which `Found` stands for nodes; graphql-core completes the tree,
and the executor answers each `Found` from the store in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

from strawberry.types.arguments import StrawberryArgument

from api.limits import Limits
from graph.answering import Answering
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """Nodes of the given labels by id, in this order; `one` where the field leads to a single node or to none."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    one: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A plain value that costs something, and is made where it is asked for."""

    value: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a special field is answered from: a snapshot, the store for its counts, limits, arguments."""

    answering: Answering
    store: Store
    limits: Limits
    arguments: Mapping[str, Any]
    public: bool = False


@dataclass(frozen=True, slots=True)
class Special:
    """One special field: its arguments, its type (made from the types of the model), its answer."""

    name: str
    description: str
    type: Callable[[ModelTypes], Any]
    answer: Callable[[Asking], Any]
    arguments: Callable[[ModelTypes], tuple[StrawberryArgument, ...]] = lambda _: ()


class ModelTypes(Protocol):
    """The types of the model as special fields need them."""

    def label(self, label: str) -> Any:
        """The object type of a label."""

    @property
    def node(self) -> Any:
        """The interface over every label."""

    @property
    def page_info(self) -> Any:
        """Where a page stands in its list."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Nodes at one place of an answer; `together` are the ids of all nodes at that place, which are read at once."""

    found: Found
    together: list[str]


def tree(value: Any) -> Any:
    """A tree of mappings as the objects whose attributes strawberry's resolvers read, nodes as slots."""
    return _tree(value, (), {})


def _tree(value: Any, place: tuple[str, ...], slots: dict[tuple[str, ...], list[str]]) -> Any:
    if isinstance(value, Found):
        together = slots.setdefault(place, [])
        together.extend(value.ids)
        return Slot(value, together)
    if isinstance(value, Mapping):
        return SimpleNamespace(**{f"{key}_": _tree(inner, (*place, key), slots) for key, inner in value.items()})
    return [_tree(item, place, slots) for item in value] if isinstance(value, list) else value
