"""The words of messages: terms of the model as auditors read them, and what values are valid."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Property, ValueType
from ontology.terms import words

_MANY = 6
_KINDS = {
    ValueType.STRING: "a text (xsd:string)",
    ValueType.INTEGER: "a whole number (xsd:integer)",
    ValueType.BOOLEAN: "true or false (xsd:boolean)",
    ValueType.URL: "a web address (xsd:anyURI)",
    ValueType.DATETIME: "a time (xsd:dateTime)",
    ValueType.DATE: "a date as far as it is stated (xsd:gYear 2017, xsd:gYearMonth 2017-03 or xsd:date 2017-03-31; "
    "or dcterms:W3CDTF)",
}


def quoted(term: str) -> str:
    """A term within a sentence: `inScopeOf` -> `“in scope of”`."""
    return f"“{words(term)}”"


def a(what: str) -> str:
    """With its article: `a service`, `an assessment`."""
    return f"{'an' if what[0] in 'aeio' else 'a'} {what}"


def listed(names: Sequence[str]) -> str:
    """Names of classes, the last after `or`; many are counted: `service, Region or facility`."""
    if len(names) > _MANY:
        return f"thing of one of {len(names)} classes ({', '.join(words(n) for n in names[:3])}, …)"
    *first, last = [words(name) for name in names]
    return f"{', '.join(first)} or {last}" if first else last


def property_message(owner: str, prop: Property, required: bool) -> str:
    """What is valid for a property of a class: `A control has exactly one “number”, a text (xsd:string).`"""
    valid = f"one of {', '.join(words(value) for value in prop.values)}" if prop.enum else _KINDS[prop.type]
    return _sentence(owner, _number(required, not prop.many), prop.field, ", each " if prop.many else ", ", valid)


def relationship_message(owner: str, term: str, ends: Sequence[str], one: bool, needed: bool) -> str:
    """What is valid for a relationship of a class: `A region has at most one “located in”, leading to a country.`"""
    leading = ", leading to " if one else ", each leading to "
    return _sentence(owner, _number(needed, one), term, leading, a(listed(ends)))


def _sentence(owner: str, number: str, term: str, joint: str, valid: str) -> str:
    return f"{_upper(a(words(owner)))} has {number} {quoted(term)}{joint}{valid}."


def _number(required: bool, one: bool) -> str:
    if one:
        return "exactly one" if required else "at most one"
    return "one or more" if required else "any number of"


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
