"""What of the data breaks a shape: the fact, what broke, what would be valid, and the lines that state the fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from graph.errors import BrokenShapes
from graph.model import NAMESPACE
from ontology.compiling import Asked, Broken, Check, compiled
from ontology.data import Data, Node, Place
from ontology.namespaces import DEFAULT_BASE
from ontology.rules import Path, Values
from ontology.saying import quoted
from ontology.shapes import shapes
from ontology.terms import local_names

_SHOWN = 3
_LONG = 120


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that breaks one rule: of which node, named how, what was found, what would be valid, stated where."""

    node: str
    name: str
    shape: str
    broken: Broken
    found: str
    valid: str
    places: tuple[Place, ...]

    def __str__(self) -> str:
        """The breach in one sentence, with the first lines that state it."""
        lines = f"; lines: {'; '.join(map(str, self.places[:_SHOWN]))}" if self.places else ""
        return f"{self.name or self.node}: {self.found}; valid: {self.valid}{lines}"


def breaches(data: Data, base: str = DEFAULT_BASE) -> tuple[Breach, ...]:
    """Every breach of the data, sorted by what it is about."""
    found = {breach for check in _checks(base) for breach in _of(data, check)}
    return tuple(sorted(found, key=lambda b: (b.node, b.shape, b.valid, b.found)))


def hold(data: Data, base: str = DEFAULT_BASE) -> None:
    """Raises `BrokenShapes` where the data break one, with how many do and the first of them."""
    if found := breaches(data, base):
        raise BrokenShapes(len(found), str(found[0]))


@lru_cache(4)
def _checks(base: str) -> tuple[Check, ...]:
    return compiled(shapes(base))


def _of(data: Data, check: Check) -> Iterator[Breach]:
    solutions = data.store.query(check.query)
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        node, value = _told(solution)
        for asked in _asking(data, check, node):
            found = _found(data, node, value, check.broken, asked)
            if term := solution["term"]:
                found = _unknown(term.value)
            valid = asked.rule.message
            yield Breach(_iri(node), data.name(node), asked.shape.name, check.broken, found, valid, data.places(node))


def _told(solution: QuerySolution) -> tuple[Node, Node | None]:
    """The node that the breach is about, and the value; a rule about the whole data finds its nodes as values."""
    this, value = solution["this"], solution["value"]
    return (value, None) if this is None else (this, value)


def _asking(data: Data, check: Check, node: Node) -> list[Asked]:
    """Whose rule is broken: that of every class that the node has, each once."""
    if "" in check.asked:
        return [check.asked[""]]
    asked = (check.asked.get(kind) for kind in data.classes(node))
    return [one for one in dict.fromkeys(asked) if one is not None]


def _found(data: Data, node: Node, value: Node | None, broken: Broken, asked: Asked) -> str:
    path = asked.rule.path if isinstance(asked.rule, Values) else None
    if path is None:
        if broken is Broken.CLASS:
            return f"it is {_kinds(data, node)}"
        return f"it has {_shown(value or node)}"
    term = quoted(_local(path.predicate))
    if broken is Broken.LEAST:
        return f"nothing leads to it by {term}" if path.inverse else f"{term} is missing"
    if broken is Broken.MOST:
        return _too_many(data, node, path, term)
    shown = _shown(value or node)
    if broken is Broken.CLASS and value is not None:
        return f"{term} is {shown}, {_kinds(data, value)}"
    return f"{term} is {shown}"


def _too_many(data: Data, node: Node, path: Path, term: str) -> str:
    found = data.holders(node, path.predicate) if path.inverse else data.values(node, path.predicate)
    shown = sorted(map(_shown, found))
    listed = ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
    return f"{len(shown)} lead to it by {term}: {listed}" if path.inverse else f"{term} is {listed}"


def _unknown(term: str) -> str:
    local = term.removeprefix(NAMESPACE)
    nearest = get_close_matches(local, local_names(), 1, 0)
    return f"cg:{local} is no term of that kind; the nearest is cg:{nearest[0]}"


def _kinds(data: Data, node: Node) -> str:
    """What a node is, as far as our terms say."""
    ours = sorted(f"cg:{_local(kind)}" for kind in data.classes(node) if kind.startswith(NAMESPACE))
    return f"a {' and a '.join(ours)}" if ours else "of no class of ours in this data"


def _shown(value: Node) -> str:
    if isinstance(value, Literal):
        text = value.value if len(value.value) <= _LONG else f"{value.value[:_LONG]}…"
        kind = f"@{value.language}" if value.language else f" (xsd:{_local(value.datatype.value)})"
        return f"“{text}”{kind}"
    if isinstance(value, NamedNode):
        return f"cg:{_local(value.value)}" if value.value.startswith(NAMESPACE) else f"<{value.value}>"
    return str(value)


def _iri(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
