"""The names under which the text of a report goes on speaking of what it lists: of services and of Regions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from graph.identifiers import fold
from loaders.layout.layout import Kind
from loaders.layout.text import ends_sentence
from loaders.names.service_names import ServiceNames
from loaders.soc.narrative.passages import RunningText, running_texts
from loaders.soc.reading import Reading
from loaders.soc.services import Description

_BEFORE, _AFTER = r"(?<![\w@.&/-])", r"(?![\w@&/-]|\.\w)"
_ORDINARY = re.compile(r"[A-Z][a-z]+")
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]\w*")
_CAPITAL_BEFORE = re.compile(r"(?P<word>[A-Z][\w'’&/-]*) $")
_PROPER_AFTER = re.compile(r" [A-Z][a-z]")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:] )(?:The )?$")
# A word that begins a sentence is a name where a verb follows that is no plural, such as in `Barrel is round`.
_PREDICATE = re.compile(
    r" (?:(?:also|automatically) [a-z]+s|(?:\w+ly )?(?:is|has|can|will|may|does|provides|offers|supports|allows|enables"
    r"|makes|lets|gives|uses|manages|integrates|includes|powers|provisions|combines|automates|helps))\b"
)
_PLACE = re.compile(r"\((?P<place>[^()]+)\)$")
_SMALL = frozenset({"and", "for", "of", "on", "or", "the", "to", "with"})
_LEADS = frozenset({"a", "all", "an", "as", "both", "for", "from", "in", "on", "the", "these", "this", "to", "with"})


def read_names_in_text(
    reading: Reading, names: ServiceNames, described: Sequence[Description], running: Sequence[RunningText]
) -> None:
    """States the names that the text uses and no list gives, each with its lines.

    The services and Regions have to be stated before: of what a report does not list no name is stated.
    """
    services = frozenset(claim.id for claim in reading.notes.claims("Service"))
    for one in described:
        if one.service is not None:
            others = services - {one.service.id}
            _read_own(reading, names, one.service.id, others, running_texts(reading.document, one.below))
    _read_services(reading, names, running)
    _read_regions(reading, running)


def _read_own(
    reading: Reading, names: ServiceNames, service: str, others: Collection[str], texts: Iterable[RunningText]
) -> None:
    """Other names of a service in its own description, where a short name can mean none of the others."""
    known = _names_of(reading, service)
    pattern = _own_pattern(reading, names, known, others)
    for text in texts if pattern else ():
        for match in pattern.finditer(text.text) if pattern and text.kind is not Kind.FOOTNOTE else ():
            name, marked = match.group(), match.group().split()[0] in names.prefixes
            written = marked or all(word[0].isupper() for word in name.split() if word not in _SMALL)
            if name not in known and written and _stands_alone(text.text, match):
                _state(reading, service, name, text, match.span())


def _own_pattern(
    reading: Reading, names: ServiceNames, known: Iterable[str], others: Collection[str]
) -> re.Pattern[str] | None:
    """What finds the names of a service: as they are, without the vendor's word, their last word, in any case."""
    forms = {
        form
        for name in known
        for form in _forms(name, names.prefixes)
        if reading.names.resolve("Service", form, reading.provider.key).id not in others
    }
    ordered = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"{_BEFORE}(?:{ordered}){_AFTER}", re.IGNORECASE) if forms else None


def _names_of(reading: Reading, entity: str) -> list[str]:
    links = reading.notes.links("HAS_NAME")
    return [str(x.values["text"]) for x in links if x.start == entity and x.values["kind"] != "namespace"]


def _forms(name: str, prefixes: Collection[str]) -> Iterator[str]:
    yield name
    first, _, rest = name.partition(" ")
    if rest and first in prefixes:
        yield rest
    last = name.rsplit(" ", 1)[-1]
    if _CAMEL.fullmatch(last):
        yield last


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a name is written as one, and is no part of a longer one nor the first word of a sentence by chance."""
    found, before = match.group(), text[max(0, match.start() - 60) : match.start()]
    if not found[0].isupper() or _PROPER_AFTER.match(text, match.end()):
        return False
    word = _CAPITAL_BEFORE.search(before)
    if word and fold(word["word"]) not in _LEADS:
        return False
    begins = _SENTENCE_BEGINS.search(before) if _ORDINARY.fullmatch(found) else None
    return not begins or bool(_PREDICATE.match(text, match.end()))


def _read_services(reading: Reading, names: ServiceNames, running: Sequence[RunningText]) -> None:
    """Other names of services anywhere: those that can mean nothing else, such as acronyms."""
    stated = {claim.id for claim in reading.notes.claims("Service")}
    known = {(link.start, link.values["text"]) for link in reading.notes.links("HAS_NAME")}
    for text in (text for text in running if text.kind is Kind.PARAGRAPH or ends_sentence(text.text)):
        for mention in names.find(text.text, text.first_line):
            service, found = mention.service.id, mention.text
            if service in stated and (service, found) not in known and not _ORDINARY.fullmatch(found):
                kind = next((kind for name, kind in mention.service.names if name == found), "variant")
                _state(reading, service, found, text, (mention.start, mention.end), kind)


def _read_regions(reading: Reading, running: Sequence[RunningText]) -> None:
    """Other names of Regions: those of the table, and a place before the word Region that only one of them has."""
    regions = {claim.id for claim in reading.notes.claims("Region")}
    known = {text for region in regions for text in _names_of(reading, region)}
    table = {name: id_ for name, id_ in _table_names(reading) if id_ in regions and name not in known}
    for ids, after in ((table, _AFTER), (_places(reading, regions), r"(?= Region\b)")):
        pattern = re.compile(rf"{_BEFORE}(?:{'|'.join(sorted(map(re.escape, ids), key=len, reverse=True))}){after}")
        for text in running if ids else ():
            for match in pattern.finditer(text.text):
                _state(reading, ids[match.group()], match.group(), text, match.span())


def _table_names(reading: Reading) -> Iterator[tuple[str, str]]:
    """The names of Regions in the table; what was once the name of one may now be that of several."""
    for name in reading.names.spellings("Region", reading.provider.key):
        found = reading.names.resolve("Region", name, reading.provider.key)
        if all(kind != "former" for _, kind in found.names):
            yield name, found.id


def _places(reading: Reading, regions: Collection[str]) -> Mapping[str, str]:
    """The Region of each place that stands in brackets after the name of but one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for region in regions:
        for name in _names_of(reading, region):
            match = _PLACE.search(name)
            if match:
                found[match["place"]].add(region)
    return {place: ids.copy().pop() for place, ids in found.items() if len(ids) == 1}


def _state(
    reading: Reading, entity: str, name: str, text: RunningText, span: tuple[int, int], kind: str = "variant"
) -> None:
    reading.notes.name(entity, name, kind, reading.notes.cite(*text.lines(*span), text.section))
