"""What a description names with the vendor's word as services are named, and what no list and no table knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.layout.layout import Kind
from loaders.names.service_names import ServiceNames
from loaders.soc.narrative.passages import RunningText, running_texts
from loaders.soc.reading import Reading
from loaders.soc.services import Description

# What any provider has: these words after the vendor's are no name of a service.
_COMMON = frozenset(
    (
        *("API", "APIs", "SDK", "SDKs", "CLI", "Cloud", "Account", "Accounts", "ID", "IDs", "Region", "Regions"),
        *("Partner", "Partners", "Customer", "Customers", "Management", "Console", "Edge", "Network", "Service"),
        *("Services", "System", "Systems", "Platform", "Support", "Employees", "Personnel", "User", "Users"),
    )
)


def warn_of_unknown_names(reading: Reading, names: ServiceNames, described: Iterable[Description]) -> None:
    """Warns once of each such name; the names that the report uses have to be stated before."""
    if not names.prefixes:
        return
    texts = {str(link.values["text"]) for link in reading.notes.links("HAS_NAME")}
    known = tuple(text for text in texts if " " in text)
    vendors = "|".join(map(re.escape, names.prefixes))
    pattern = re.compile(rf"(?<![\w@.&/-])(?:{vendors})(?P<own>(?: [A-Z][\w@&-]*)+)")
    told: set[str] = set()
    for one in described:
        below = (text for text in running_texts(reading.document, one.below) if text.kind is not Kind.FOOTNOTE)
        for line, name in _unknown(names, below, pattern, known):
            if name not in told:
                told.add(name)
                reading.notes.warn(line, f"{one.heading.text!r} names {name!r}, which stands in no list and no table")


def _unknown(
    names: ServiceNames, texts: Iterable[RunningText], pattern: re.Pattern[str], known: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    for text in texts:
        found = {mention.start for mention in names.find(text.text, text.first_line)}
        for match in pattern.finditer(text.text):
            named = match.start() in found or text.text.startswith(known, match.start())
            if not named and not _COMMON.issuperset(match["own"].split()):
                yield text.lines(*match.span())[0], match.group()
