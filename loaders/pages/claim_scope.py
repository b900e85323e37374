"""Where and for what a claim holds: the Regions to which its sentences limit it, the services that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from loaders.names.resolution import Resolved
from loaders.pages.claims import Status, Telling
from loaders.pages.prose import Passage, Sentence, has_bullet, without_bullet

_LIMIT = re.compile(
    r"\b(?:scope|certification|certificate|authorization|assessment|report)s? (?:is|are) (?:limited|restricted) to\b"
    r"|\bencompass(?:es)?\b|\b(?:holds?|applies|apply|valid|covers?) only\b|\bonly (?:in|for|to)\b"
)
_NOT_HERE = re.compile(r"\b(?:except(?: for)?|excluding|other than|outside(?: of)?|not)\b(?:\s[\w-]+){0,4}\s*$")
_AMONG_OTHERS = re.compile(r"\b(?:including|such as|for example|among)\b[^.;]*$")
_NAME = r"(?:(?:[A-Z][\w.]*[ -])*[A-Z][\w.]*(?: \([^()]*\))?|[a-z]{2}(?:-[a-z]+)+-\d)"
_REGION = re.compile(rf"(?<![\w/.-])(?P<names>{_NAME}(?:(?:,| and|, and) {_NAME})*) [Rr]egion(?P<many>s)?\b")
_ITEM = re.compile(_NAME)
_ARTICLE = re.compile(r"^(?:The|All|Our|An?) ")
_EVERY = re.compile(r"\b(?:all|every|each|any|both|several|most)(?: of)?(?: the| its| our)?\s*$", re.IGNORECASE)
_LIST = re.compile(
    r"\bservices(?: in scope| covered)? (?:include|including|are|such as|comprise|cover):? (?P<items>[^.]+)"
    r"|\bfollowing (?:\S+ )?services[^.:]{0,40}: (?P<below>[^.]+)"
)
_TAIL = re.compile(r"\s+and (?:the|its|our|other)\b.*$")
_LIST_BELOW = re.compile(r"\bservices\b[^.]{0,60}:$")
_SERVICE = re.compile(r"[A-Z][^()]*(?:\([^()]+\))?")


def state_limits(
    telling: Telling, assessment: str, text: Passage, section: tuple[str, ...], claims: Iterable[Status]
) -> None:
    """Writes down the Regions to which the claiming sentences limit a claim, and those that say where it holds."""
    claiming = {status.sentence.offset for status in claims}
    for sentence in text.sentences():
        if sentence.offset in claiming or _LIMIT.search(sentence.text):
            citation = telling.notes.cite(sentence.first_line, sentence.last_line, section)
            named, groups = regions_in(telling, sentence)
            for name in named:
                region = telling.resolve("Region", name, sentence.first_line, telling.provider.key)
                _state_region(telling, region, name, sentence, citation)
                telling.notes.link("LIMITED_TO", assessment, region.id, citation)
            for name in groups:
                for region in telling.names.resolve_all("Region", name, telling.provider.key):
                    _state_region(telling, region, "", sentence, citation)
                    telling.notes.derive("LIMITED_TO", assessment, region.id, citation, rule="regions-of-a-group")


def regions_in(telling: Telling, sentence: Sentence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Regions that a sentence names, and the groups of Regions: those of the table, and what is called a Region."""
    text, names = sentence.text, list[str]()
    known = list(telling.regions.finditer(text))
    for match in known:
        if not _holds_not(telling, sentence, match.start()):
            names.append(match.group())
    for match in _REGION.finditer(text):
        items = list(_ITEM.finditer(match["names"]))
        spans = [(match.start() + item.start(), match.start() + item.end()) for item in items]
        free = [a for a, b in spans if not any(k.start() < b and a < k.end() for k in known)]
        if free and ((match["many"] and len(spans) == 1) or _EVERY.search(text[: match.start()])):
            if not any(k.start() < match.end() and match.start() < k.end() for k in known):
                telling.notes.warn(sentence.first_line, f"{match.group()!r} are no Regions of the table of names")
            continue
        if free and not _holds_not(telling, sentence, match.start()):
            names += [_ARTICLE.sub("", text[a:b]) for a, b in spans if a in free]
    groups = {g.name for g in telling.names.table.groups.values() if g.label == "Region"}
    unique = tuple(dict.fromkeys(names))
    return tuple(n for n in unique if n not in groups), tuple(n for n in unique if n in groups)


def _holds_not(telling: Telling, sentence: Sentence, start: int) -> bool:
    """Whether a claim does not hold in the place named there, or holds there among others."""
    before = sentence.text[:start]
    if _NOT_HERE.search(before):
        telling.notes.warn(sentence.first_line, "the claim holds not in the Regions named there; it is limited to none")
        return True
    return bool(_AMONG_OTHERS.search(before))


def _state_region(telling: Telling, region: Resolved, written: str, sentence: Sentence, citation: str) -> None:
    telling.state_name("Region", region.id, region.name, citation)
    if written:
        telling.state_names(region, citation)
    _belongs(telling, "OPERATED_BY", region.id, sentence, citation)


def _belongs(telling: Telling, type_: str, id_: str, sentence: Sentence, citation: str) -> None:
    """A provider speaks of what is its own; it is stated where the sentence names the provider."""
    telling.state_name("Organization", telling.provider.id, telling.provider.name, citation)
    if any(re.search(rf"(?<![\w/-]){re.escape(form)}(?!\w)", sentence.text) for form in telling.forms):
        telling.notes.link(type_, id_, telling.provider.id, citation)
    else:
        telling.notes.derive(type_, id_, telling.provider.id, citation, rule="own-of-the-claiming-provider")


def state_services(
    telling: Telling, assessment: str, found: Iterable[str], sentence: Sentence, citation: str, listed: str = ""
) -> None:
    """Writes down the services that a claim names, by the lines of the list within the sentence where it is one."""
    for text in found:
        service = telling.resolve("Service", text, sentence.first_line, telling.provider.key)
        telling.state_entity(service, listed or citation)
        _belongs(telling, "OF_PROVIDER", service.id, sentence, citation)
        telling.notes.link("INCLUDES_SERVICE", assessment, service.id, listed or citation)


def state_subjects(
    telling: Telling, assessment: str, text: Passage, section: tuple[str, ...], claims: Iterable[Status]
) -> None:
    """Writes down the services of which a claim says something: those that its clause names before the wording."""
    for status in claims:
        sentence = status.sentence
        clause = max(sentence.text.rfind(sign, 0, status.start) + 1 for sign in ",;:") if status.of_services else -1
        found = [m for m in telling.services.finditer(sentence.text, clause, status.start)] if clause >= 0 else []
        if found:
            citation = telling.notes.cite(sentence.first_line, sentence.last_line, section)
            lines = text.lines(sentence.offset + found[0].start(), sentence.offset + status.end)
            listed = telling.notes.cite(*lines, section)
            state_services(telling, assessment, [m.group() for m in found], sentence, citation, listed)


def state_listed_services(telling: Telling, assessment: str, text: Passage, section: tuple[str, ...]) -> None:
    """Writes down the services of the lists in a text, in running text or one an item below."""
    for sentence in text.sentences():
        match = _LIST.search(sentence.text)
        services = list(_items(match)) if match else []
        if match and services:
            citation = telling.notes.cite(sentence.first_line, sentence.last_line, section)
            lines = text.lines(sentence.offset + match.start(), sentence.offset + match.end())
            listed = telling.notes.cite(*lines, section)
            state_services(telling, assessment, services, sentence, citation, listed)
        if _LIST_BELOW.search(sentence.text):
            for item in items_below(text, sentence):
                citation = telling.notes.cite(item.first_line, item.last_line, section)
                state_services(telling, assessment, [item.text], item, citation)


def _items(match: re.Match[str]) -> Iterator[str]:
    """The services of a list that a sentence gives, such as `services include A, B (C) and D`."""
    found = match["items"] or match["below"]
    for item in re.split(r"[,;]\s*(?:and\s+)?|(?<=\))\s+and\s+(?=[A-Z])", found):
        one = _TAIL.sub("", item.strip())
        halves = one.split(" and ")
        same = len({half.split()[0] for half in halves if half}) == 1
        for name in halves if same else (one,):
            if _SERVICE.fullmatch(name):
                yield name


def items_below(text: Passage, sentence: Sentence) -> Sequence[Sentence]:
    """The items of the list that a sentence opens, without their marks."""
    found: list[Sentence] = []
    for block in text.blocks():
        if block.offset <= sentence.offset:
            continue
        if not has_bullet(block.text):
            break
        item = without_bullet(block.text).rstrip(" .;,")
        found.append(Sentence(item, block.offset, block.first_line, block.last_line))
    return found
