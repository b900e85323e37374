"""How the prose of a programme relates its framework to others, and to what it consists of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.identifiers import identify
from loaders.names.resolution import Resolved
from loaders.pages.claim_scope import items_below, state_services
from loaders.pages.claims import WORDS, Telling
from loaders.pages.frameworks import Mention
from loaders.pages.issuers import state_issuers
from loaders.pages.places import Place, places_of
from loaders.pages.prose import Passage
from loaders.pages.quick_reference_layout import Section

UNDER = re.compile(
    r"\b(?:conducted|performed|prepared|examined|issued|carried out) "
    r"(?:in accordance with|under|according to|following)\b"
)
_RULE = "standard-of-a-report-that-replaces-another"
_REPLACES = re.compile(r"\breplacement of\b")
_SERVICES = re.compile(r"\bservices\b")
_OPENS_LIST = re.compile(r":$")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PARTS = "questions|principles|controls|criteria|requirements|domains|clauses|articles|steps|practices|safeguards"
_COUNT = re.compile(
    rf"\b(?:provides|contains|comprises|consists of|includes|defines|has|asks|lists|based on|made up of) "
    rf"(?:a (?:set|list|total) of )?(\d+|{'|'.join(_WORDS)}) ({_PARTS})\b"
)


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: its assessment, its section, its frameworks, the citation of its heading."""

    id: str
    section: Section
    text: Passage
    against: tuple[Resolved, ...]
    standards: tuple[Resolved, ...]
    head: str


def state_relations(telling: Telling, programme: Programme) -> None:
    """States every relation that the prose of a programme words; what it only names in passing is a mention."""
    places = places_of(telling.reader, programme.text, (programme.section.title,))
    own = programme.against[0]
    related = {framework.id for framework in (*programme.against, *programme.standards)}
    for place in places:
        place.state(telling)
        related |= state_between(telling, place, own)
        state_standards(telling, programme.id, place)
        state_issuers(telling, place, programme.against)
        _state_count(telling, place, own, programme.text)
        _state_own(telling, place, programme)
        if _SERVICES.search(place.sentence.text):
            services = (match.group() for match in telling.services.finditer(place.sentence.text))
            state_services(telling, programme.id, services, place.sentence, place.cite(telling))
    standing = standing_in(places)
    related |= {mention.framework.id for _, mention in standing}
    for place in places:
        related |= state_replaced(telling, place, standing)
    for place in places:
        place.mention(telling, own, related)


def standing_in(places: Iterable[Place]) -> list[tuple[Place, Mention]]:
    """The professional standards by which an examination was conducted, former names too, with their sentences."""
    found = ((place, UNDER.search(place.sentence.text)) for place in places)
    return [(place, m) for place, start in found if start for m in place.mentions if m.start >= start.end()]


def state_between(telling: Telling, place: Place, own: Resolved | None) -> set[str]:
    """States the relations between frameworks that a sentence words; answers the ids that it joins to the own one."""
    joined: set[str] = set()
    if not place.mentions:
        return joined
    any_form = telling.reader.pattern
    for phrase in telling.reader.table.phrases:
        match = re.search(phrase.pattern.replace("{f}", any_form), place.sentence.text)
        if match is None:
            continue
        groups = match.groupdict()
        starts = _mentioned(place, match, "a") if "a" in groups else []
        ends = _mentioned(place, match, "b") or _mentioned(place, match, "b2")
        citation = place.cite(telling)
        ids = [telling.state_mention(m, citation) for m in starts] or ([own.id] if own else [])
        for end in ends:
            for start in ids:
                if start != end.framework.id:
                    telling.notes.link(phrase.type, start, telling.state_mention(end, citation), citation)
                    joined |= _joined(own, start, end.framework.id)
    return joined


def state_standards(telling: Telling, assessment: str, place: Place) -> None:
    """States the professional standards by which a report was examined; a former name stays a name."""
    start = UNDER.search(place.sentence.text)
    if start is None:
        return
    citation = place.cite(telling)
    current: Mention | None = None
    for mention in place.mentions:
        if mention.start < start.end():
            continue
        if mention.former and current:
            telling.notes.name(current.framework.id, mention.text, "former", citation)
            continue
        current = mention
        telling.notes.link("PERFORMED_UNDER", assessment, telling.state_mention(mention, citation), citation)


def state_replaced(telling: Telling, place: Place, standing: Iterable[tuple[Place, Mention]]) -> set[str]:
    """States which standard took the place of another: of those a report is made by, the one of the same issuer.

    A text that says what the standard was called formerly says that the former one took the place. Both sentences are
    cited: the one names the standard, the other what it replaced. They say it of the reports, so that it is derived.
    """
    sign = _REPLACES.search(place.sentence.text)
    old = [m for m in place.mentions if sign and m.start >= sign.end()]
    if not old:
        return set()
    issuers = _issuers(telling, old[0])
    candidates = [(where, m) for where, m in standing if issuers & _issuers(telling, m)]
    new = next(((where, m) for where, m in candidates if m.former), candidates[0] if candidates else None)
    for mention in old:
        telling.state_mention(mention, place.cite(telling), place.sentence.text)
    if new is None:
        return {m.framework.id for m in old}
    where, replacing = new
    start = telling.state_mention(replacing, where.cite(telling), where.sentence.text)
    cited = (where.cite(telling), place.cite(telling))
    telling.notes.derive("SUPERSEDES", start, old[0].framework.id, *cited, rule=_RULE)
    return {start, *(m.framework.id for m in old)}


def _state_own(telling: Telling, place: Place, programme: Programme) -> None:
    """States the names and the edition under which the prose names the programme's own framework."""
    ids = {framework.id for framework in (*programme.against, *programme.standards)}
    for mention in _titled(telling, place, programme):
        kind = telling.reader.kind_said(place.sentence.text, mention)
        if kind:
            telling.notes.state("Framework", mention.framework.id, place.cite(telling), WORDS, kind=kind)
    for mention in place.mentions:
        if mention.framework.id in ids:
            citation = place.cite(telling)
            telling.state_mention(mention, citation)
            if mention.edition and mention.framework.id == programme.against[0].id:
                telling.notes.state("Assessment", programme.id, citation, WORDS, framework_edition=mention.edition)


def _titled(telling: Telling, place: Place, programme: Programme) -> list[Mention]:
    """Where the prose calls the framework by the heading, which elsewhere is the name of the body that issues it.

    Only a word of its kind beside it tells the two apart.
    """
    title, own = programme.section.title, programme.against[0]
    if telling.reader.is_form(title):
        return []
    found = re.finditer(rf"(?<![\w/-]){re.escape(title)}(?!\w)", place.sentence.text)
    return [Mention(own, *match.span(), title) for match in found]


def _state_count(telling: Telling, place: Place, own: Resolved, text: Passage) -> None:
    """States how many elements a framework has, and those that a list right below gives."""
    match = _COUNT.search(place.sentence.text)
    if match is None:
        return
    words = place.sentence.text
    before = [m for m in place.mentions if m.end <= match.start() and not words[m.end : match.start()].strip()]
    framework = before[-1].framework if before else own
    count = int(match[1]) if match[1].isdigit() else _WORDS.index(match[1]) + 1
    citation = place.cite(telling)
    telling.state_mention(before[-1] if before else Mention(own, 0, 0, ""), citation)
    telling.notes.state("Framework", framework.id, citation, WORDS, element_count=count, element_kind=match[2])
    _state_elements(telling, place, framework, count, text)


def _state_elements(telling: Telling, place: Place, framework: Resolved, count: int, text: Passage) -> None:
    """States the elements of a list that the sentence, or the next one, opens."""
    near = [s for s in text.sentences() if s.offset >= place.sentence.offset][:2]
    opening = next((s for s in near if _OPENS_LIST.search(s.text)), None)
    items = items_below(text, opening) if opening else ()
    if items and len(items) != count:
        message = f"{framework.name}: {count} elements are counted and {len(items)} are listed"
        telling.notes.warn(place.sentence.first_line, message)
    for item in items:
        citation = telling.notes.cite(item.first_line, item.last_line, place.section)
        id_ = identify("Requirement", framework.id.split("/", 1)[1], item.text)
        telling.notes.state("Requirement", id_, citation, name=item.text)
        telling.notes.link("HAS_REQUIREMENT", framework.id, id_, citation)


def _joined(own: Resolved | None, start: str, end: str) -> set[str]:
    """Both, where one of them is the own framework; without one, whatever is related."""
    return {start, end} if own is None or own.id in (start, end) else set()


def _mentioned(place: Place, match: re.Match[str], group: str) -> list[Mention]:
    if group not in match.re.groupindex or match[group] is None:
        return []
    return [m for m in place.mentions if match.start(group) <= m.start < match.end(group)]


def _issuers(telling: Telling, mention: Mention) -> set[str]:
    row = telling.reader.known(mention.framework)
    return set(row.issuers) if row else set()
