"""How ids are made: from content, readable, the same on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from graph.errors import NoKey
from graph.model import MODEL

_LABELS = {node.prefix: node.label for node in MODEL.nodes}
_GAP = re.compile(r"[^\w.]+|_+")
_SIGN = re.compile(r"[+#%=<>$€£]")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PLAIN_PATH = re.compile(r"[a-z0-9._/-]*")
_STATEMENT = re.compile(
    r"statement/(?P<kind>[a-z-]+)/(?P<start>[^~]+)~(?P<end>[^~]+)(?:~(?P<by>[0-9a-f]{64}))?", re.DOTALL
)
_TYPES = frozenset(relationship.type for relationship in MODEL.relationships)
_SAFE = "/:@!$&'()*+,;=-._"
_PLAIN_ID = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._]*")
_DIGITS = re.compile(r"\d+")
_WIDTH = 8
_KEPT = 16_384
"""How many texts are remembered with their keys: documents name the same things again and again."""


@lru_cache(_KEPT)
def slug(text: str) -> str:
    """Lower-case letters, digits and points of the text, joined by hyphens: `Amazon S3` -> `amazon-s3`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _GAP.sub("-", plain.casefold()).strip("-.")


@lru_cache(_KEPT)
def key_of(text: str) -> str:
    """The part of an id that a part of a natural key gives: its slug, which says what a slug alone would lose.

    Signs that tell names apart are spelled (`C++` -> `c-plus-plus`, `C#` -> `c-number`); other punctuation, brackets
    and case separate or decorate words, and names that differ in these alone are one. An address whose path, query or
    fragment holds more than small letters, digits, points, hyphens, underscores and slashes ends in the start of its
    hash, since case and signs tell addresses apart. The key of a key is itself.
    """
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return slug(_SIGN.sub(_spelled, unicodedata.normalize("NFKC", text)))
    return slug(text) if _PLAIN_PATH.fullmatch(address["rest"]) else f"{slug(text)}-{_digest(text)}"


def identify(label: str, *parts: str) -> str:
    """The id of a node of that label from the parts of its natural key; `NoKey` where a part has no letter or digit."""
    return "/".join([MODEL.node(label).prefix, *_keys(label, parts)])


def identify_below(label: str, parent: str, *parts: str) -> str:
    """The id of a node that belongs to another, such as a control to its report; `NoKey` as with `identify`."""
    return "/".join([MODEL.node(label).prefix, parent.split("/", 1)[1], *_keys(label, parts)])


def document_id(sha256: str) -> str:
    """The id of the document with that hash."""
    return f"document/{sha256}"


def citation_id(sha256: str, first_line: int, last_line: int) -> str:
    """The id of the citation of those lines of the document with that hash."""
    return f"citation/{sha256}/{first_line}-{last_line}"


def document_of(citation: str) -> str:
    """The hash of the document in which a citation of that id stands."""
    return citation.split("/", 2)[1]


def name_id(entity: str, text: str) -> str:
    """The id of a name; the hash keeps apart names that differ in case or punctuation alone."""
    return f"name/{entity}/{slug(text) or 'name'}-{_digest(text)}"


def label_of(identifier: str) -> str:
    """The label of an id that this project made; `KeyError` where the prefix is of no label."""
    return _LABELS[identifier.split("/", 1)[0]]


def statement_id(type_: str, start: str, end: str) -> str:
    """The id of the statement that a relationship joins those ids; the tilde parts them, since no id holds one."""
    return f"statement/{type_.lower().replace('_', '-')}/{start}~{end}"


def differing_id(type_: str, start: str, end: str, sha256: str) -> str:
    """The id of what the document with that hash states of a relationship otherwise than it is shown."""
    return f"{statement_id(type_, start, end)}~{sha256}"


def ends_of(statement: str) -> tuple[str, str, str] | None:
    """The type and the ends of the relationship of a statement with that id; None where it is none."""
    found = _STATEMENT.fullmatch(statement)
    type_ = found["kind"].upper().replace("-", "_") if found else ""
    return (type_, found["start"], found["end"]) if found and type_ in _TYPES else None


def stating_otherwise(statement: str) -> str | None:
    """The hash of the document that states it otherwise than it is shown, of which the id is `differing_id`."""
    found = _STATEMENT.fullmatch(statement)
    return found["by"] if found else None


def path_of(id_: str) -> str:
    """An id as a part of an address: what is more than ASCII is percent-encoded."""
    return id_ if _PLAIN_ID.fullmatch(id_) else quote(id_, safe=_SAFE)


def natural_order(text: str) -> str:
    """A text whose plain order is the order in which people count: 1.2 before 1.10."""
    return _DIGITS.sub(lambda match: match.group().zfill(_WIDTH), text)


def fold(text: str) -> str:
    """A name with case and runs of spaces folded, as names are compared."""
    return " ".join(text.split()).casefold()


def _keys(label: str, parts: tuple[str, ...]) -> list[str]:
    keys = [key_of(part) for part in parts]
    if not all(keys):
        raise NoKey(label, parts)
    return keys


def _spelled(sign: re.Match[str]) -> str:
    """The Unicode name of a sign as words of their own: `+` -> `plus`."""
    return f" {unicodedata.name(sign.group()).removesuffix(' SIGN')} "


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_WIDTH]
