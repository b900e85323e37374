"""Cursors: the order keys of a node in a list, the id among them; opaque to clients, refused where not ours."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence

from graph.errors import ForeignCursor
from graph.model import ValueType
from graph.selection import Keys, Order, is_id

_INTEGERS = 2**63
_SURROGATES = re.compile("[\ud800-\udfff]")


def encode_cursor(list_: str, orders: Sequence[Order], keys: Sequence[object]) -> str:
    """The cursor of a node in that list under that order."""
    plain = [int(key) if isinstance(key, bool) else key for key in keys]  # SQLite knows no other truth
    content = json.dumps([_identity(list_, orders), *plain], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def decode_cursor(list_: str, orders: Sequence[Order], cursor: str) -> Keys:
    """The order keys that a cursor holds; `ForeignCursor` where it is of another list or order, or not ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded.encode(), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeError, ValueError, RecursionError) as error:
        raise ForeignCursor(list_, "it is not one of ours") from error
    if not isinstance(content, list) or len(content) != len(orders) + 1:
        raise ForeignCursor(list_, "it is not one of ours")
    if content[0] != _identity(list_, orders):
        raise ForeignCursor(list_, "it belongs to another list or to another order")
    if not all(_is_key(order, key) for order, key in zip(orders, content[1:], strict=True)):
        raise ForeignCursor(list_, "it is not one of ours")
    return tuple(content[1:])


def _is_key(order: Order, key: object) -> bool:
    """Whether the key is what the property of the order holds; truth stands as 0 and 1."""
    if key is None:
        return not is_id(order)
    if order.property.type in (ValueType.INTEGER, ValueType.BOOLEAN):
        return type(key) is int and abs(key) < _INTEGERS
    return isinstance(key, str) and not _SURROGATES.search(key)


def _identity(list_: str, orders: Sequence[Order]) -> str:
    return " ".join([list_, *(("-" if order.descending else "+") + _name(order) for order in orders)])


def _name(order: Order) -> str:
    way = ("edge",) if order.edge else (relation.field for relation in order.path)
    return ".".join((*way, order.property.key))
