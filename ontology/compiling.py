"""Shapes as SPARQL over all nodes at once: what many shapes ask alike of one property is one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from ontology.namespaces import DCTERMS, XSD
from ontology.rules import WRITTEN, OfClasses, Path, Query, Rule, Shape, SubjectsOf, Values


class Broken(Enum):
    """What of a rule is broken."""

    DATATYPE = "datatype"
    MEMBER = "member"
    CLASS = "class"
    LEAST = "least"
    MOST = "most"
    PATTERN = "pattern"
    MINIMUM = "minimum"
    ORDER = "order"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule and the shape that has it."""

    shape: Shape
    rule: Rule


@dataclass(frozen=True, slots=True)
class Check:
    """A query for `?this` and `?value` that break a rule, and whose rule it is by the class of `?this`.

    A rule under the empty name is about every node that is found.
    """

    query: str
    broken: Broken
    asked: Mapping[str, Asked]


def compiled(shapes: Iterable[Shape]) -> tuple[Check, ...]:
    """The queries of the shapes, in the order of the shapes."""
    singles: list[Check] = []
    grouped = defaultdict[tuple[Path, Broken, str], dict[str, Asked]](dict)
    for shape in shapes:
        for rule in shape.rules:
            asked = Asked(shape, rule)
            if isinstance(rule, Values) and rule.path and isinstance(shape.target, OfClasses):
                for broken, pattern in _patterns(rule, rule.path):
                    grouped[rule.path, broken, pattern].update(dict.fromkeys(shape.target.classes, asked))
            else:
                singles += _single(asked)
    several = {(path, broken) for path, broken, _ in grouped if sum(k[:2] == (path, broken) for k in grouped) > 1}
    groups = [
        Check(_of_classes(pattern, asked, broken is Broken.LEAST or (path, broken) in several), broken, asked)
        for (path, broken, pattern), asked in grouped.items()
    ]
    return (*singles, *groups)


def _single(asked: Asked) -> Iterator[Check]:
    rule, target = asked.rule, _target(asked.shape)
    if isinstance(rule, Query):
        yield Check(_query(rule, target), Broken.QUERY, {"": asked})
        return
    if rule.classes:
        unless = _of_none("this", rule.classes)
        yield Check(f"SELECT DISTINCT ?this WHERE {{ {target} {unless} }}", Broken.CLASS, {"": asked})
    if rule.pattern:
        unfit = _unfit("?this", rule.pattern)
        yield Check(f"SELECT DISTINCT ?this WHERE {{ {target} FILTER({unfit}) }}", Broken.PATTERN, {"": asked})


def _target(shape: Shape) -> str:
    if isinstance(shape.target, OfClasses):
        return f"?this a ?class {_among('class', shape.target.classes)}"
    return f"?this <{shape.target.predicate}> ?any ." if isinstance(shape.target, SubjectsOf) else ""


def _query(rule: Query, target: str) -> str:
    """`MINUS` and `VALUES` are joined by hash, where a query of each node looks again for each."""
    variable, terms = rule.outside
    outside = f"MINUS {{ {_among(variable, terms)} }}" if variable else ""
    unless = f"MINUS {{ {rule.unless} }}" if rule.unless else ""
    told = "" if target.removesuffix(" ?any .") in rule.where else target
    return f"SELECT DISTINCT * WHERE {{ {told} {rule.where} {outside} {unless} }}"


def _of_classes(pattern: str, asked: Mapping[str, Asked], joined: bool) -> str:
    """Classes are joined where they ask different things of one property; else they are looked up of what is found."""
    classes = f"?this a ?class {_among('class', tuple(asked))}" if joined else ""
    return pattern.replace("CLASSES", classes)


def _patterns(rule: Values, path: Path) -> Iterator[tuple[Broken, str]]:
    """A query for each thing that a rule asks of the values; CLASSES stands where those of the node are joined."""
    walked = f"?value <{path.predicate}> ?this" if path.inverse else f"?this <{path.predicate}> ?value"
    found = f"SELECT ?this ?value WHERE {{ CLASSES {walked} ."
    if rule.datatypes:
        right = " || ".join(map(_of_datatype, rule.datatypes))
        yield Broken.DATATYPE, f"{found} FILTER(!ISLITERAL(?value) || !({right})) }}"
    if rule.members:
        yield Broken.MEMBER, f"{found} FILTER(?value NOT IN ({', '.join(f'<{m}>' for m in rule.members)})) }}"
    if rule.classes:
        yield Broken.CLASS, f"{found} {_of_none('value', rule.classes)} }}"
    if rule.least:
        yield Broken.LEAST, f"SELECT ?this WHERE {{ CLASSES FILTER NOT EXISTS {{ {walked} }} }}"
    if rule.most is not None:
        more = f"GROUP BY ?this HAVING(COUNT(DISTINCT ?value) > {rule.most})"
        yield Broken.MOST, f"SELECT ?this WHERE {{ CLASSES {walked} }} {more}"
    if rule.pattern:
        yield Broken.PATTERN, f"{found} FILTER({_unfit('?value', rule.pattern)}) }}"
    if rule.minimum is not None:
        yield Broken.MINIMUM, f"{found} FILTER(!COALESCE(?value >= {rule.minimum}, false)) }}"
    if rule.not_above:
        yield (
            Broken.ORDER,
            f"{found} ?this <{rule.not_above}> ?other . FILTER(!COALESCE(?value <= ?other, false)) }}",
        )


def _of_none(variable: str, classes: tuple[str, ...]) -> str:
    """Few classes are looked up of each node; of many, all instances are gathered once."""
    if len(classes) > _FEW:
        return f"MINUS {{ ?{variable} a ?kind {_among('kind', classes)} }}"
    return f"FILTER({' && '.join(f'NOT EXISTS {{ ?{variable} a <{kind}> }}' for kind in classes)})"


def _of_datatype(datatype: str) -> str:
    same = f"DATATYPE(?value) = <{datatype}>"
    written = _LEXICAL.get(datatype, "")
    return f"({same} && {written})" if written else same


def _unfit(variable: str, pattern: str) -> str:
    escaped = pattern.replace("\\", "\\\\")
    return f'ISBLANK({variable}) || !REGEX(STR({variable}), "{escaped}")'


def _among(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


_FEW = 4
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_LEXICAL = {
    XSD.integer: 'REGEX(STR(?value), "^[+-]?[0-9]+$")',
    XSD.boolean: 'REGEX(STR(?value), "^(true|false|0|1)$")',
    XSD.gYear: f'REGEX(STR(?value), "^-?[0-9]{{4,}}{_ZONE}$")',
    XSD.gYearMonth: f'REGEX(STR(?value), "^-?[0-9]{{4,}}-(0[1-9]|1[0-2]){_ZONE}$")',
    XSD.date: f"COALESCE(ISLITERAL(<{XSD.date}>(STR(?value))), false)",
    XSD.dateTime: f"COALESCE(ISLITERAL(<{XSD.dateTime}>(STR(?value))), false)",
    DCTERMS.W3CDTF: f'REGEX(STR(?value), "{WRITTEN[DCTERMS.W3CDTF]}") && '
    f"(STRLEN(STR(?value)) < 10 || COALESCE(ISLITERAL(<{XSD.date}>(STR(?value))), false))",
}
"""How values of a datatype are written, where not every text is one."""
