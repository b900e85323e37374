"""The closed sets and the properties that several labels share."""

from __future__ import annotations

from graph.model.types import Property, ValueType

ID = Property("id", "The stable id `<type>/<key>`, made from content.")
NAME = Property("name", "What a person calls it, as in the newest document that names it.")
ALIASES = Property("aliases", "Every other spelling that a document uses, sorted.", many=True)
IDENTITY = (ID, NAME, ALIASES)

DOCUMENT_KINDS = (
    "soc_1_report",
    "soc_2_report",
    "soc_3_report",
    "compliance_quick_reference",
    "soc_overview_page",
    "security_overview_page",
    "other",
)
STATUSES = (
    "attested",
    "certified",
    "authorized",
    "validated",
    "compliant",
    "aligned",
    "assessed",
    "registered",
    "enables",
)
FREQUENCIES = ("continuous", "daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "ad_hoc")
METHODS = ("inquiry", "inspection", "observation", "reperformance")
RESULTS = ("no_deviation", "deviation", "not_tested")


def text(key: str, description: str, *, many: bool = False, natural: bool = False) -> Property:
    """A property that holds text."""
    return Property(key, description, many=many, natural=natural)


def verbatim(key: str, description: str) -> Property:
    """A property that carries a document's own wording."""
    return Property(key, description, verbatim=True)


def integer(key: str, description: str, *, many: bool = False) -> Property:
    """A property that holds a whole number."""
    return Property(key, description, ValueType.INTEGER, many=many)


def boolean(key: str, description: str) -> Property:
    """A property that holds true or false; null means that nothing is stated."""
    return Property(key, description, ValueType.BOOLEAN)


def date(key: str, description: str) -> Property:
    """A property that holds a date at the precision that is stated."""
    return Property(key, description, ValueType.DATE)


def choice(key: str, enum: str, values: tuple[str, ...], description: str, *, many: bool = False) -> Property:
    """A property that holds a value of a closed set."""
    return Property(key, description, values=values, enum=enum, many=many)


def ordinal(what: str) -> Property:
    """The place of a node in its list, counted from 1."""
    return integer("ordinal", f"The place among {what}, counted from 1.")
