"""Who issues a framework: a body whose name stands before it, that published it, or by which it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.names.resolution import Resolved
from loaders.pages.claims import Telling
from loaders.pages.framework_titles import title_behind
from loaders.pages.frameworks import Mention
from loaders.pages.places import Place

_ISSUED_BY = re.compile(
    r"\b(?:released|published|issued|launched|developed|maintained) by (?:the )?"
    r"(?P<body>[A-Z][\w.&-]*(?:(?: of| for| and| the| on){0,2} [A-Z][\w&-]*){0,7}(?: \([A-Z]\w+\))?)"
)
_NO_BODY = (
    r"(?:The|This|In|On|At|By|As|Since|After|Before|When|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)
_BODY = rf"(?!{_NO_BODY})[A-Z][\w.&-]*(?:(?: of| for| and){{0,2}} [A-Z][\w&-]*){{1,7}}"
_ISSUES = re.compile(
    rf"(?<![\w/-])(?P<body>{_BODY})(?: \([A-Z]+\))?(?: has| have)?"
    r" (?:released|launched|published|issued) (?:the |an? )?(?:guidelines |guidance )?"
)
_OF_A_REPORT = re.compile(
    r"\b(?:reports?|certificates?|certifications?|attestations?|opinions?|letters?)\b", re.IGNORECASE
)

_NEAR = 160

Span = tuple[int, int]


def state_issuers(telling: Telling, place: Place, own: Iterable[Resolved]) -> None:
    """States who issues a framework, where the sentence says that the body publishes it or that it is the body's.

    What a sentence says of a framework that it does not name, it says of the programme's own.
    """
    for framework in {f.id: f for f in (*own, *(m.framework for m in place.mentions))}.values():
        row = telling.reader.known(framework)
        for issuer in row.issuers if row else ():
            spans = list(_spans(telling, place, framework, issuer))
            for mention, span in spans:
                _state(telling, place, mention or Mention(framework, 0, 0, ""), issuer, span if mention else None)
            if spans:
                break
    _state_issued(telling, place)
    _state_issuing(telling, place)


def _state(telling: Telling, place: Place, mention: Mention, issuer: str, span: Span | None) -> None:
    citation = place.cite_part(telling, *span) if span else place.cite(telling)
    body = telling.resolve("Organization", issuer, place.sentence.first_line)
    telling.state_entity(body, citation)
    telling.notes.link("ISSUED_BY", telling.state_mention(mention, citation), body.id, citation)


def _spans(telling: Telling, place: Place, framework: Resolved, issuer: str) -> Iterator[tuple[Mention | None, Span]]:
    """The framework's mentions with the part of the sentence that says so; None where the sentence names no other."""
    body = re.escape(issuer)
    for mention in place.mentions:
        start = _named_before(place.sentence.text, mention, body) if mention.framework.id == framework.id else None
        if start is not None:
            yield mention, (start, mention.end)
        cited = _cited_behind(telling, place, mention, body) if mention.framework.id == framework.id else None
        if cited:
            yield mention, (mention.start, cited)
    for match, object_ in _published(place, body):
        if object_ is None:
            yield None, match.span()
        elif object_.framework.id == framework.id:
            yield object_, (min(object_.start, match.start()), max(object_.end, match.end()))


def _named_before(text: str, mention: Mention, body: str) -> int | None:
    """Where the body's name begins that stands right before a framework or that its designation begins with."""
    if re.match(rf"{body}\s", mention.text):
        return mention.start
    near = max(0, mention.start - _NEAR)
    before = text[near : mention.start]
    found = re.search(rf"(?<![\w/-]){body}(?: \([A-Z]+\))?(?:'s|’s|’|'|:)?(?: \([A-Z]+\))? $", before)
    return near + found.start() if found else None


def _cited_behind(telling: Telling, place: Place, mention: Mention, body: str) -> int | None:
    """Where the bracket ends that cites the body behind the title, as in `SSAE 18, A Title (AICPA, A Book)`."""
    title = title_behind(telling, mention, place.sentence.text)
    found = re.compile(rf"\s*\({body}, [^()]{{1,80}}\)").match(place.sentence.text, title.end) if title else None
    return found.end() if found else None


def _published(place: Place, body: str) -> Iterator[tuple[re.Match[str], Mention | None]]:
    """What the body published: the framework named last before `published by`, or first behind `has published`."""
    by = rf"\b(?:released|published|launched|issued|set forth) by (?:the )?{body}(?!\w)"
    for match in re.finditer(by, place.sentence.text):
        yield match, next((m for m in reversed(place.mentions) if m.end <= match.start()), None)
    has = rf"\b{body}(?: \([A-Z]+\))?(?: has| have)? (?:released|launched|established|published)\b"
    for match in re.finditer(has, place.sentence.text):
        yield match, next((m for m in place.mentions if m.start >= match.end()), None)


def _state_issued(telling: Telling, place: Place) -> None:
    """States a body that no row knows as the issuer, where the sentence says that the framework was issued by it."""
    for match in _ISSUED_BY.finditer(place.sentence.text):
        before = [m for m in place.mentions if m.end <= match.start()]
        between = place.sentence.text[before[-1].end : match.start()] if before else ""
        name = match["body"] if re.search(r"\.\w+\.$", match["body"]) else match["body"].rstrip(".")
        if before and not _OF_A_REPORT.search(between) and name not in telling.forms:
            body = telling.resolve("Organization", name, place.sentence.first_line)
            citation = place.cite_part(telling, before[-1].start, match.end("body"))
            framework = telling.state_mention(before[-1], citation, place.sentence.text)
            telling.notes.link("ISSUED_BY", framework, telling.state_entity(body, citation), citation)


def _state_issuing(telling: Telling, place: Place) -> None:
    """States a body that no row knows as the issuer, where the sentence says that it issued the framework named next.

    An auditor that issues a report on a company is no issuer of what the report is on.
    """
    text = place.sentence.text
    for match in _ISSUES.finditer(text):
        named = next((m for m in place.mentions if m.start == match.end()), None)
        row = telling.reader.known(named.framework) if named else None
        reported = row is not None and row.kind == "attestation"
        if named is None or reported or _OF_A_REPORT.match(text, named.end + 1) or match["body"] in telling.forms:
            continue
        if row is None or match["body"] not in row.issuers:
            body = telling.resolve("Organization", match["body"], place.sentence.first_line)
            citation = place.cite_part(telling, match.start("body"), named.end)
            framework = telling.state_mention(named, citation, text)
            telling.notes.link("ISSUED_BY", framework, telling.state_entity(body, citation), citation)
