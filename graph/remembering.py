"""What is made of something that does not change, made once and kept beside it for as long as it lives."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeAlias, TypeVar

Made = TypeVar("Made")
Parameters = TypeVar("Parameters")
Memory: TypeAlias = dict[Hashable, Any]
"""A field of a frozen dataclass that is no part of its value."""


def once(made: Memory, key: Hashable, make: Callable[[], Made]) -> Made:
    """What the memory has under a key, made now where it has nothing; two threads may both make it, alike."""
    found: Made | None = made.get(key)
    if found is None:
        found = made[key] = make()
    return found


def statement(
    made: Memory, block: object, key: Hashable, parameters: type[Parameters], write: Callable[[Parameters], str]
) -> tuple[str, Parameters]:
    """A statement for rows of a block and its parameters, written once; the parameters must not be changed."""

    def written() -> tuple[object, str, Parameters]:
        values = parameters()
        return block, write(values), values

    _, text, values = once(made, (parameters, key, id(block)), written)
    return text, values
