"""Services that a sentence leaves out of the scope of a report, and the names of a list in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

NOUN = r"(?:services?|products?|applications?|modules?|solutions?|offerings?|components?)"
SENTENCE_LIST = re.compile(
    rf"(?:\b(?:this|the) report (?:also )?(?:covers|includes)(?: the following {NOUN}:?)?"
    rf"|\b{NOUN} (?:that are |which are )?(?:in|within|included in|covered by|covered in) (?:the )?(?:scope|this"
    rf" report|the report)"
    rf"(?: (?:of|for) (?:this|the) (?:report|examination))?(?: (?:are|is|include|comprise)|:)"
    rf"|\bfollowing {NOUN} (?:are|is) (?:in|within|included in|covered)[^.:]*:"
    rf"|\bscope (?:of (?:this|the) (?:report|examination) )?(?:covers|includes|comprises|is limited to)(?: the(?:"
    rf" following)? {NOUN}:?)?)"
    rf"\s+(?P<list>[^.]+)",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"^(?P<names>[^.:]+?),?\s+(?P<verb>is|are|was|were)\s+"
    r"(?:(?:an?|operated|provided|sold|offered|run)\b[^.]*?\b(?:and|which)\s+(?:(?:is|are|was|were)\s+|(?=not\b)))?"
    r"(?:not (?:covered|included|part|in|within|examined)|excluded|out of|outside)\b"
)
# What else a sentence says first: `X is run by a team of its own and is not covered by this report`.
_OUT_BEHIND = re.compile(
    r"^(?P<names>[^.:;]+?),?\s+(?P<verb>is|are|was|were)\s+(?!not\b)[a-z][^.:;]*?\b(?:and|but)\s+"
    r"(?:(?:therefore|thus|hence|so)\s+)?(?:(?:is|are|was|were)\s+)?"
    r"(?:not (?:covered|included|part|in|within|examined)|excluded|out of|outside)\b"
)
_GOES_ON = re.compile(r"\b(?:and|but)$")
_OPEN = re.compile(r"\b(?:that|which|who|whose|where|when|if|because|as|and|or)\b", re.IGNORECASE)
_KIND = rf"(?:{NOUN}|web ?sites?|portals?|tools?|platforms?|apps?|add-ons?|plug-?ins?)"
_SAID = r"(?:for|with|of|in|that|which) [^,.;:]{1,60}"
_OUTRIGHT = re.compile(
    rf"^The following {NOUN} (?:is|are) (?:not (?:in|within|part of|included|covered)|excluded|out of|outside)"
    rf"|^[A-Z][^,.;:]{{1,60}}, an? (?:[\w-]+ ){{0,3}}{_KIND}(?: {_SAID})?, (?:is|are) (?:not (?:in|within"
    rf"|part of|included|covered)|excluded from|out of|outside)\b[^.]*\b(?:scope|report)\b"
)
_OUT_LIST = re.compile(
    rf"(?:^not (?:a )?part of (?:the )?(?:system|scope|report) (?:is|are)|^not (?:in|within) (?:the )?scope|^out of"
    rf" scope|^(?:excluded|not covered)(?: from (?:the )?scope)?"
    rf"|\bfollowing(?: {NOUN}\b| (?=are\b))[^.:]*\b(?:not|excluded|outside|out of)\b[^.:]*(?=:)"
    rf"|\b(?:excludes?|does not (?:cover|include))(?: the following(?: {NOUN})?)?)"
    rf":?\s+(?P<list>[^.]+)",
    re.IGNORECASE,
)
_FOLLOWING_OUT = re.compile(rf"\bfollowing {NOUN}\b[^.:]*\bnot\b[^.:]*\b(?:scope|report|examin\w+)\b[^.:]*:\s+\S")
# A label before a list: `Services not covered by this report: A and B`.
_OUTSIDE = r"(?:not (?:a )?(?:in|within|covered|included|part of|examined)|excluded|out of|outside)"
_WHERE = r"\b[^.:]*\b(?:scope|report|description|system|boundar\w+|examination)"
_LABELLED = re.compile(
    rf"^(?:the )?(?:(?P<noun>(?:other )?{NOUN} (?:(?:that|which) (?:are|were) )?{_OUTSIDE}(?:{_WHERE})?"
    rf"|(?:excluded|out-of-scope) {NOUN}(?: [^.:]*)?)"
    rf"|{_OUTSIDE}{_WHERE}|excluded|not covered|not included|exclusions?):\s+(?P<list>\S[^.:]*)\.?$",
    re.IGNORECASE,
)
_IS_OUT = re.compile(rf"\s+(?:is|are|was|were)\s+{_OUTSIDE}\b.*$")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|does|do|did|can|may)\b")
_NOTHING = re.compile(r"^(?:none|nothing|not|n/?a|nil)\b", re.IGNORECASE)
_LONGEST_NAME = 60
PLACES = re.compile(
    r"\b(?:office|data cent|processing cent|warehouse|print facilit|region|edge location|site|facilit)", re.IGNORECASE
)
_NO_NAMES = re.compile(
    r"^(?:the (?:former|planned|move|following)|it|they|neither|none|these|those|this|that|both|controls?"
    r"|the description|other|all|any|we|which|an? )\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_STOPS = re.compile(r"(?<=\.)\s+(?=[A-Z])")
_DATED_AND = re.compile(
    r",?\s+and,?\s+(?P<when>(?:from|since|until)\s+[^,]*?(?:,\s)?(?:19|20)\d{2}),\s+(?P<what>[^,]+)$", re.IGNORECASE
)
_EXCEPTION = re.compile(
    r",?\s+(?:but not|but excludes?|but does not (?:cover|include)|excluding|with the exception of|except(?: for)?"
    r"|other than)\s+"
)
_NO_SERVICES = (
    r"(?:locations?|places|premises|cities|countries|period|criteria|controls?|processes|functions|activities)"
)
GENERIC = re.compile(
    rf"^(?:the |all |these |those |its |our )*(?:following\b.*|(?:{NOUN}|{_NO_SERVICES})"
    rf"(?: (?:that|which|below|above|in|of|for|by|to|with|we|it|listed|named|shown|described|provided|offered)\b.*)?"
    r"|(?:that|which|below|above|listed|named|shown|described)\b.*)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the (?=[a-z])")
_THE_SERVICES = re.compile(rf"^The {NOUN} (?=\w)")
_CLAUSE = re.compile(r",\s+(?:an?|the|our|its|which|that)\s")
_OF_SCOPE = re.compile(
    r"\b(?:scope|report|description|boundar\w+|systems?|platform|suite|examin\w+|engagement|audit|assess\w+)\b",
    re.IGNORECASE,
)
# What explains names behind the last of them: `X and Y, the tools of the past, are not covered`.
_EXPLAINED = re.compile(r"(?<=\w),\s+(?:the|our|its|both|all)\s(?:(?!\band\b)[^,])*$")
_OF_REPORT = re.compile(r"^[^.;]*?\b(?:scope|report|description|boundar\w+)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\bsub-?service|\bcontrols?\b|\bcommitments?\b|\borgani[sz]ations?\b|\btests?\b|\bchange|\bcriteri|\bcategor"
    r"|\bthird[- ]part|\bvendors?\b|\bsuppliers?\b|(?:['’]s?|\bof|\bby|\bfrom) (?:our |its |their |the )?"
    r"(?:customers?|clients?|users?|user entities)\b|^(?:such|certain|some|several|no|most|many|additional|ancillary"
    r"|related|remaining|their|its|our|customer|client|user)\b"
    r"|\b(?:LLC|Inc|Ltd|Limited|Corp|Corporation|GmbH|AG|AS|AB|ApS|[AIKP]/S|LLP|PLC|plc|B\.?V|S\.?A)\b\.?$",
    re.IGNORECASE,
)
_ENDS_IN_NOUN = re.compile(rf"\w {NOUN}$", re.IGNORECASE)
_PROPER = re.compile(r"[A-Z0-9][\w.&’'-]*(?: (?:of |and |for |the )?[A-Z0-9][\w.&’'-]*)*")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, a list behind a label whole."""
    for sentence in _STOPS.split(text):
        yield from [sentence] if _LABELLED.match(sentence) else SENTENCES.split(sentence)


def left_out(sentence: str, families: frozenset[str] | None, *, outright: bool) -> Iterator[str]:
    """The services that a sentence leaves out of the scope; with `outright` it has to speak of services itself.

    `families` are the words with which names of services in scope begin, where a sentence may speak of others so.
    """
    labelled = _LABELLED.match(sentence)
    if labelled:
        yield from _labelled_names(labelled) if not outright or labelled["noun"] else ()
        return
    plainly = _OUTRIGHT.search(sentence) or _FOLLOWING_OUT.search(sentence)
    if not outright or plainly or (families is not None and _speaks_of_services(sentence, families)):
        yield from _excluded_names(sentence)


def _labelled_names(label: re.Match[str]) -> Iterator[str]:
    """The names behind a label, up to words that say something of them; none where one of them is no name."""
    names = (
        [_ARTICLE.sub("", name) for name in names_in(part)]
        for part in re.split(r";\s+(?:and\s+)?", _IS_OUT.sub("", label["list"]))
    )
    kept = [name for part in takewhile(lambda part: not any(map(_VERB.search, part)), names) for name in part]
    if not any(map(_is_no_service, kept)):
        yield from kept


def _is_no_service(name: str) -> bool:
    told = (
        _NOTHING.match(name)
        or GENERIC.match(name)
        or _NO_NAMES.match(name)
        or PLACES.search(name)
        or _OF_OTHERS.search(name)
    )
    return bool(told) or len(name) > _LONGEST_NAME


def _speaks_of_services(sentence: str, families: frozenset[str]) -> bool:
    """Whether what a sentence leaves out of the report are services: by their noun, or of a family in its scope."""
    found = _found_out(sentence)
    if found is None or _OUT_LIST.search(sentence) or not _OF_REPORT.match(sentence[found.end() - len("outside") :]):
        return False
    names = [_CLAUSE.split(name)[0] for name in _subjects(found)]
    if any(map(_OF_OTHERS.search, names)):
        return False
    told = bool(_THE_SERVICES.match(found["names"]))
    return all(told or _ENDS_IN_NOUN.search(name) or _is_of_family(_bare(name), families) for name in names)


def _found_out(sentence: str) -> re.Match[str] | None:
    """The words with which a sentence leaves its subject out; behind others only where they speak of the report."""
    found = _OUT.match(sentence)
    if found is not None and not _GOES_ON.search(found["names"]):
        return found
    behind = _OUT_BEHIND.match(sentence)
    if behind is None or not _OF_REPORT.match(sentence[behind.end() - len("outside") :]):
        return None
    names = [_CLAUSE.split(name)[0] for name in _subjects(behind)]
    return None if any(_OF_OTHERS.search(name) or _OPEN.search(name) for name in names) else behind


def _is_of_family(name: str, families: frozenset[str]) -> bool:
    return bool(_PROPER.fullmatch(name)) and name.split(maxsplit=1)[0] in families and " " in name


def split_exception(sentence: str) -> tuple[str, str]:
    """A sentence without the exception at its end, and the exception; what stands in brackets is neither."""
    for found in _EXCEPTION.finditer(sentence):
        head = sentence[: found.start()]
        if head.count("(") == head.count(")"):
            return head, sentence[found.end() :].strip(" .")
    return sentence, ""


def _excluded_names(sentence: str) -> Iterator[str]:
    kept, exception = split_exception(sentence)
    if exception and SENTENCE_LIST.search(kept) and not PLACES.search(exception):
        yield from (_ARTICLE.sub("", name) for name in names_in(exception))
        return
    if sentence.endswith(":"):
        return
    listed = _OUT_LIST.search(sentence)
    if listed and not PLACES.search(listed["list"]):
        listed_names = (_ARTICLE.sub("", name) for name in names_in(listed["list"]))
        yield from (name for name in listed_names if not GENERIC.match(name))
        return
    found = _found_out(sentence)
    names = [_CLAUSE.split(name)[0] for name in _subjects(found)] if found else []
    if found is None or _NO_NAMES.match(found["names"]) or any(map(PLACES.search, names)):
        return
    behind = sentence[found.end() - len("outside") :]
    if not (_OF_SCOPE.search(behind) or re.match(r"\s*\S+\W*$", behind)):
        return  # What is outside of anything else is no service: `outside of our control`.
    bare = (re.sub(r"(?<=\w) service$", "", _bare(name)) for name in names)
    yield from (name for name in bare if not GENERIC.match(name))


def _subjects(found: re.Match[str]) -> list[str]:
    """What a sentence leaves out, one by one where it speaks of several."""
    said = _THE_SERVICES.sub("", found["names"])
    return [said] if found["verb"] in ("is", "was") else list(names_in(_EXPLAINED.sub("", said)))


def _bare(name: str) -> str:
    return re.sub(r"^[Tt]he (?=[A-Za-z])", "", name).strip()


def names_in(text: str) -> Iterator[str]:
    """The names of a list in a sentence: parted by commas, the last by `and`; what explains a name is left out."""
    dated = _DATED_AND.search(text)
    last = f"{dated['what']} ({dated['when']})" if dated else None
    plain = (text[: dated.start()] if dated else text).strip(" .:;")
    parts = re.split(r",\s+(?![^()]*\))", plain)
    oxford = len(parts) > 1 and bool(re.match(r"and\s", parts[-1]))
    names = [re.sub(r"^and\s+", "", part).strip() for part in parts]
    names = [n for n in names[:1] + [n for n in names[1:] if not re.match(r"^(?:an?|which|who|that)\s", n)] if n]
    if not oxford and names and last is None:
        before, found, after = names[-1].rpartition(" and ")
        names[-1:] = [before, after] if found and before else names[-1:]
    yield from (re.sub(r"^(?:the|a|an) (?=[a-z])", "", name) for name in (*names, *([last] if last else [])))
