"""What auditors' wording of tests means: how it was tested, with what result, how often it deviated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model.vocabulary import METHODS

# "Readings that are settled" of the model: which verbs of the auditor are which method.
_VERBS = {
    "inquired": "inquiry",
    "enquired": "inquiry",
    "inspected": "inspection",
    "examined": "inspection",
    "observed": "observation",
    "reperformed": "reperformance",
    "re-performed": "reperformance",
    "recalculated": "reperformance",
    "re-calculated": "reperformance",
    "attempted": "reperformance",
    "called": "reperformance",
    "granted": "reperformance",
    "created": "reperformance",
    "removed": "reperformance",
    "executed": "reperformance",
}
# A noun names a method only where a sentence begins with it; elsewhere it is what was looked at.
_NOUNS = {
    "inquiry": "inquiry",
    "inquiries": "inquiry",
    "enquiry": "inquiry",
    "enquiries": "inquiry",
    "inspection": "inspection",
    "observation": "observation",
    "reperformance": "reperformance",
    "re-performance": "reperformance",
}
# Verbs with which a procedure may begin though they say nothing of its method.
_OTHER_VERBS = (
    *("selected", "obtained", "reviewed", "compared", "confirmed", "corroborated", "traced"),
    *("verified", "ascertained", "tested", "determined", "scanned", "queried", "navigated", "interviewed"),
    *("evaluated", "assessed", "performed", "requested", "walked", "toured", "simulated", "discussed", "agreed"),
    *("vouched", "viewed", "read", "made", "logged", "submitted", "entered", "searched", "ran", "validated"),
    *("sampled", "retrieved", "analyzed", "analysed", "checked", "watched", "tried", "conducted", "matched", "used"),
    *(
        "launched",
        "uploaded",
        "downloaded",
        "enabled",
        "disabled",
        "connected",
        "configured",
        "opened",
        "closed",
        "sent",
    ),
    *(
        "changed",
        "deleted",
        "modified",
        "generated",
        "accessed",
        "visited",
        "followed",
        "restored",
        "triggered",
        "dialed",
    ),
    *("judgmentally", "haphazardly", "randomly", "noted", "contacted", "checked", "counted", "tracked", "entered"),
)
_ANY_VERB = "|".join((*_VERBS, *_OTHER_VERBS))
CAPITAL_VERB = "|".join(verb.capitalize() for verb in (*_VERBS, *_OTHER_VERBS) if verb not in ("used", "read", "made"))
# A verb is the auditor's own where a sentence or a clause begins with it; elsewhere it is what was looked at.
_AUDITOR = r"(?:(?:we|(?:the\s+)?(?:service\s+)?auditors?)\s+)?(?:also\s+|then\s+|independently\s+)?"
_OWN_VERB = re.compile(rf"(?:^|[,:]|\band|\bor|\bthen|\bwe|\bauditors?)\s+(?:also\s+)?({'|'.join(_VERBS)})\b")
_OWN_NOUN = re.compile(
    rf"^\s*(?:(?:made|performed|conducted|through|by|via)\s+)?({'|'.join(_NOUNS)})\b(?:\s*(?:,|and|/)\s*({'|'.join(_NOUNS)})\b)?"
)
# `Compared the dates by inspection of both` names the method behind the verb.
_BY_NOUN = re.compile(
    r"^\s*(?:[^.;]{0,220}?,\s+)?(?:compared|confirmed|corroborated|traced|tested|verified|agreed|assessed|evaluated|determined|matched)\b"
    rf"[^.;]*?\b(?:by|through|by means of)\s+({'|'.join(_NOUNS)})\b(?:\s*(?:,|and)\s*({'|'.join(_NOUNS)})\b)?"
)
_ASCERTAINED = re.compile(r"\bascertain")
_SENTENCES = re.compile(r"(?<=[.;])\s+")

ENUMERATOR = r"(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]|(?:Test|Procedure)\s+(?:\d{1,2}|[A-Za-z])\s*[.:)–—-])\s+"
_ADVERBIAL = r"(?:(?:For|From|On|Using|During|Through|With|At|As|In|Where|By|Upon|Based|To)\b[^.;]{0,220}?,\s+)"
_PROCEDURE = re.compile(
    rf"^(?:{ENUMERATOR})?(?:{_ADVERBIAL}{_AUDITOR}(?:{_ANY_VERB})\b"
    rf"|(?i:{_AUDITOR})(?:{'|'.join(v.capitalize() for v in (*_VERBS, *_OTHER_VERBS))}|(?<=[a-z]\s)(?:{_ANY_VERB}))\b"
    rf"|[A-Z][a-z]{{2,}}ed\s+(?:an?|the|that|each|all|whether|how|two|three)\b"
    rf"|(?:{'|'.join(noun.capitalize() for noun in _NOUNS)})\s+(?:of|with|and)\b)"
)
_GOES_ON = re.compile(
    r"^(?:We\s+|The\s+(?:service\s+)?auditors?\s+)?(?:Determined|Ascertained|Confirmed|Verified|Concluded|Noted"
    r"|Used|Based)\b"
)
_REFERENCE = re.compile(
    r"^(?:please\s+)?(?:(?:refer(?:red)?|see)\s+(?:also\s+)?(?:to\s+)?\S|(?:also\s+)?tested\s+(?:under|as part"
    r" of|at|in|with|above)\b"
    r"|(?:test(?:s|ing)?|procedures?|results?)\s+(?:is|are|was|were)?\s*(?:described|documented|shown|included"
    r"|stated|listed|reported)\s+(?:under|at|in|above|with)\b"
    r"|as\s+(?:tested|described|stated|noted)\s+(?:under|at|in|above)\b|same\s+(?:test|procedure|result)s?\s+as\b)",
    re.IGNORECASE,
)
_LONGEST_REFERENCE = 220

_SAID = r"(?:(?:was|were|is|are|has been|have been)\s+)?"
_FOUND = r"(?:noted|identified|found|detected)"
_NOTED = rf"\b(?:deviations?|exceptions?)\s+{_SAID}{_FOUND}\b"
_NONE_NOTED = re.compile(rf"\bno\s+(?:relevant\s+)?{_NOTED}", re.IGNORECASE)
_NONE = re.compile(
    rf"(?:{ENUMERATOR})?(?:No\s+(?:relevant\s+)?(?:deviations?|exceptions?)|{_FOUND}\s+no\s+(?:deviations?"
    rf"|exceptions?))\.?",
    re.IGNORECASE,
)
_SOME_NOTED = re.compile(
    rf"{_NOTED}|\b{_FOUND}\s+(?:an?|the|\w+)\s+(?:deviations?|exceptions?)\b"
    r"|^\W*(?:deviation|exception)s?(?:\s+(?:no\.?\s*)?\d{1,2})?\s*[:–—]",
    re.IGNORECASE,
)
# A negation beside the settled wordings, such as `no significant`, says neither that there is one nor none.
_NEGATED = re.compile(rf"\b(?:no|without)\s+(?:[\w-]+\s+){{0,2}}{_NOTED}", re.IGNORECASE)
_THERE = re.compile(r"\bthere (?:was|were)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"^except\b", re.IGNORECASE)
_CLAUSES = re.compile(
    r"(?<=[.;])\s+|,?\s+(?=(?:but|except|however|whereas|while)\b)|,\s+(?=no\b)",
    re.IGNORECASE,
)
_NO_OCCASION = (
    r"\bdid not (?:occur|operate)\b|\bno occurrences?\b|\bno occasions?\b|\bno instances?\b|\bno such (?:event"
    r"|change|request|case)s?\b"
    r"|\bnever (?:occurred|operated)\b"
)
_NOT_TESTED = re.compile(
    rf"\bnot tested\b|{_NO_OCCASION}|\bno samples\b|\bnot applicable (?:during|for|in) the (?:\w+ )?period\b"
    r"|\b(?:could|was|were) not (?:be )?test(?:ed)?\b|\bno test(?:ing|s)? (?:of \w+ \w+ )?(?:was|were|could"
    r" be)\b|\bunable to test\b",
    re.IGNORECASE,
)
_NONE_HAPPENED = (
    r"\bno (?!samples?\b|tests?\b|testing\b|procedures?\b|evidence\b)[^.;]{2,80}?\b(?:was|were|had|has|have"
    r"|occurred|took place|arose|happened|existed)\b"
    r"|\b(?:was|were) (?:not|never) (?:used|invoked|triggered|activated|needed|required|exercised)\b"
    r"|\b(?:nobody|no one|no (?:[\w-]+ )?(?:customer|client|user|employee|person|supplier|visitor)s?) (?:ha[sd] )?"
    r"(?:requested|asked|ordered|applied|called|reported|left|joined|claimed|demanded|submitted|raised)\b"
    r"|\b(?:was|were) no (?!samples?\b|tests?\b|testing\b|evidence\b)"
)
_OCCASION = re.compile(rf"{_NO_OCCASION}|{_NONE_HAPPENED}", re.IGNORECASE)
NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = ("thirty", "forty", "fifty", "sixty")
_ANY_NUMBER = (
    rf"\d{{1,3}}(?:,\d{{3}})+|\d+|twenty-five|{'|'.join(sorted((*NUMBER_WORDS, *_TENS), key=len, reverse=True))}"
)
_OF = (
    r"\s*(?:\(\d+\)\s*)?(?:\w+\s+){0,2}?(?:out\s+)?(?:of|from)\s+"
    r"(?:(?:the|an?|our|its|all|of|sample|total|population|selection)\s+){0,4}"
)
_COUNTED = re.compile(rf"\b({_ANY_NUMBER}){_OF}({_ANY_NUMBER})\b(?!\s*(?:%|percent))", re.IGNORECASE)


# `Of 25 orders sampled, 1 was late` says the sample first.
_TURNED = re.compile(
    rf"\b[Oo](?:f|ut of)\s+(?:the\s+|a\s+(?:sample|total"
    rf"|population)\s+of\s+)?({_ANY_NUMBER})\s+[^.;,0-9]{{2,80}},\s+({_ANY_NUMBER})\b(?!\s+of\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many items of a sample something was found."""

    occurrences: int
    sample_size: int


def methods_of(procedure: str) -> tuple[str, ...]:
    """How a procedure tests, in the model's order; empty where none of its verbs is known.

    What follows `ascertained` is what the auditor found, not what was done.
    """
    found = set[str]()
    for sentence in _SENTENCES.split(procedure):
        done = _ASCERTAINED.split(re.sub(rf"^{ENUMERATOR}", "", sentence), maxsplit=1)[0]
        done = f"{done[:1].lower()}{done[1:]}"
        found |= {_VERBS[verb] for verb in _OWN_VERB.findall(f" {done}")}
        named = (_OWN_NOUN.match(done), _BY_NOUN.match(done))
        found |= {_NOUNS[name] for noun in named if noun for name in noun.groups() if name}
    return tuple(method for method in METHODS if method in found)


def is_procedure(text: str) -> bool:
    """Whether a sentence begins as the auditor's procedures do: with a past verb of an auditor, or an adverbial."""
    return bool(_PROCEDURE.match(text))


def begins_test(text: str) -> bool:
    """Whether a sentence begins a further test; what was determined goes on with the test above it."""
    return is_procedure(text) and not _GOES_ON.match(text)


def is_reference(text: str) -> bool:
    """Whether a text only points to the place where a test stands, such as `Refer to the test of CC6.2`."""
    return len(text) <= _LONGEST_REFERENCE and bool(_REFERENCE.match(text))


def result_of(text: str) -> str | None:
    """The result that a text words; None where its wording is unknown, or says more than that there was none."""
    if _NONE.fullmatch(text.strip()):
        return "no_deviation"
    if any(_is_deviation(clause, text) for clause in clauses(text)):
        return "deviation"
    rest = _THERE.sub("", _NONE_NOTED.sub("", re.sub(rf"^{ENUMERATOR}", "", text)))
    if _NONE_NOTED.search(text):
        return None if re.search(r"\w", rest) else "no_deviation"
    return "not_tested" if _NOT_TESTED.search(text) and not _NEGATED.search(text) else None


def had_no_occasion(text: str) -> bool:
    """Whether a text says that there was no occasion for the control in the period."""
    return bool(_OCCASION.search(text))


def clauses(text: str) -> list[str]:
    """The sentences of a result, and the parts of them that say something of their own."""
    return _CLAUSES.split(text)


def counted(text: str) -> Counted | None:
    """`2 of 25` in the clause of a deviation, or in the one after it; in the whole text where it words neither."""
    parts = clauses(text)
    first = next((n for n, clause in enumerate(parts) if _is_deviation(clause, text)), None)
    read = (text,) if first is None else parts[first : first + 2]
    return next((found for clause in read if not _NEGATED.search(clause) and (found := count_in(clause))), None)


def count_in(text: str) -> Counted | None:
    """The first `2 of 25` of a text; `only 2 of 4` counts what was done, not what was found."""
    for pattern, part, whole in ((_COUNTED, 1, 2), (_TURNED, 2, 1)):
        for found in pattern.finditer(text):
            some, all_ = number_of(found[part]), number_of(found[whole])
            if some <= all_ and not _ONLY.search(text[: found.start()]):
                return Counted(some, all_)
    return None


_ONLY = re.compile(r"\b(?:only|just|no more than|merely)\s+$", re.IGNORECASE)


def _is_deviation(clause: str, text: str) -> bool:
    """Whether a clause words a deviation: as noted, or as counted exceptions from there being none."""
    if _SOME_NOTED.search(_NEGATED.sub("", clause)):
        return True
    excepted = _EXCEPT.search(clause) and _COUNTED.search(clause) and _NONE_NOTED.search(text)
    return bool(excepted) and not _NOT_TESTED.search(text)


def number_of(text: str) -> int:
    """The number that digits or a word write."""
    plain = text.replace(",", "").lower()
    if plain.isdigit():
        return int(plain)
    if plain == "twenty-five":
        return 25
    return 10 * (_TENS.index(plain) + 3) if plain in _TENS else NUMBER_WORDS.index(plain)
