"""Which sentences of a paragraph speak of the list or table below it, and whether these say that it is left out.

A paragraph above a list may also speak of something else, such as a Region that is planned: its last sentence alone
tells nothing of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.soc.services_left_out import NOUN

# A clause that begins with another place, or takes up those of the one before it, is a sentence of its own.
_SENTENCES = re.compile(
    r"(?<=[.;])(?<!\([A-Z]\.)\s+(?=[A-Z“\"])"
    r"|(?<=;)\s+(?=(?:an?|one|another|neither|both|they|it|none of (?:them|these|those)) )"
    r"|(?<=,)\s+(?=(?:(?:and|but) )?(?:neither|both|none)(?: of (?:which|them))? (?:is|are|was|were|has|have)\b)"
)
_LEADS = re.compile(r"\b(?:following|below|tables?|list(?:s|ed)?|as follows)\b|:$", re.IGNORECASE)
_REFERS_BACK = re.compile(
    r"\b(?:they|them|their|these|those|none|neither|both|all|each|every)\b"
    r"|\b(?:regions|offices|sites|locations|places|facilities|premises|cent(?:er|re)s|warehouses|services|products"
    r"|applications|modules)\b",
    re.IGNORECASE,
)
# Places without an article that are named right behind, such as `Offices in Leeds and Cork`, are others.
_PLACED = re.compile(
    r"^(?:(?:two|three|four|some|other|further|additional|former) )*(?:regions|offices|sites|facilities"
    r"|(?:data |processing |operations )?cent(?:er|re)s|warehouses) (?:in|at) (?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAMES = re.compile(
    rf"(?<=\s)[“\"(]?(?!(?:\w+ )?Regions?\b|Q\d|(?:{_MONTHS})\b)[A-Z]\w|\b[a-z]{{2,}}(?:-[a-z]+)*-[a-z]*\d"
)
_NAMED_FIRST = re.compile(
    r"^(?!(?:It|This|That|There|Nothing|Everything|Each|None|Either|Neither|What|Which|The|An?|Region|Use|Data)\b)"
    r"[A-Z][\w’'.-]*(?: [A-Z(][\w’'.)-]*)*(?: \([^()]*\))?,? (?:is|was|will|has|had)\b"
)
_TAKES_UP = re.compile(
    r"^(?:(?:and|but) )?(?:(?P<several>they|both|neither|none of (?:them|these|those|which))"
    r"|it|(?:this|that) (?:office|site|facility|data cent(?:er|re)|location|place|cent(?:er|re)|warehouse|region))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\band\b")
_USERS = r"(?:customers?|clients?|tenants?|subscribers?|users?|merchants?|user entit(?:y|ies)|members?)"
_CHOICE = re.compile(
    rf"^(?:(?:a|an|the|each|every|all|our|its) )?{_USERS}(?: themselves)? (?:(?:can|may) )?(?:freely )?"
    rf"(?:choose|select|decide|pick|designate|determine)s?\b"
    rf"|^(?:(?:the|each|its|their|such an?) )?regions? (?:is|are|can be|may be) (?:chosen|selected|picked|designated)"
    rf" by (?:(?:a|an|the|each|every) )?{_USERS}\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|neither|nor)\b|\bexclud|\bout(?:side)? of\b(?: the)? (?:scope|boundar)|\boutside (?:of )?the\b|\bout"
    r" of scope\b",
    re.IGNORECASE,
)
_INCLUDES = re.compile(
    r"\b(?:report|scope|system|boundar(?:y|ies)|examination)\b[^.;]*\b(?:covers?|includes?|comprises?|consists? of)\b"
    rf"|\b{NOUN}\b[^.;]* (?:are|were) (?:(?:in|within) (?:the )?(?:scope|boundar)|included\b|covered by (?:this|the)"
    r" report|part of (?:the )?(?:system|scope))",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r";\s+|,\s+(?:and|but|while|whereas)\s+|\s+(?:and|but)\s+(?=(?:it )?(?:does|do|is|are|was|were)? ?(?:not\b|exclud))"
)
_GOES_ON = re.compile(r"(?:is|are|was|were)\b")
_ONE_OF_SEVERAL = re.compile(r"\b(?:first|second|third|last|other) (?:table|list)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\b(?:following|below|these)\b", re.IGNORECASE)


def leading(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph that speak of the list below: the last that leads to it, and what refers to that.

    Where none leads to a list, that is the last sentence, unless it names something else and speaks of that alone.
    """
    sentences = _SENTENCES.split(text)
    at = max((n for n, sentence in enumerate(sentences) if _LEADS.search(sentence)), default=None)
    if at is None:
        return tuple(sentence for sentence in sentences[-1:] if not _is_of_another(sentence))
    return (sentences[at], *_of_list(sentences[at + 1 :]))


def _of_list(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences behind the one that leads to a list that may mean this: none that takes up another subject.

    That customers choose among the members of a list does not say that these are not in use.
    """
    other = ""
    for sentence in sentences:
        if other and _takes_up(sentence, other):
            continue
        other = sentence if _is_of_another(sentence) else ""
        if not other and not (_CHOICE.match(sentence) and not is_negated(sentence)):
            yield sentence


def _takes_up(sentence: str, other: str) -> bool:
    """Whether a sentence goes on about what the one before it names: about one thing, or about several of them."""
    found = _TAKES_UP.match(sentence)
    if found is None:
        return False
    several = len(_NAMES.findall(other)) > 1 and bool(_SEVERAL.search(other))
    return several if found["several"] else True


def besides(text: str) -> tuple[str, ...]:
    """The other sentences of a paragraph."""
    led = leading(text)
    return tuple(sentence for sentence in _SENTENCES.split(text) if sentence not in led)


def _is_of_another(sentence: str) -> bool:
    """Whether a sentence names what it speaks of, and nothing in it may mean the list."""
    named = _NAMES.search(sentence) or _NAMED_FIRST.match(sentence)
    return bool(named) and not _REFERS_BACK.search(_PLACED.sub("", sentence))


def is_negated(sentence: str) -> bool:
    """Whether a sentence says of anything that it is left out."""
    return bool(_NEGATED.search(sentence))


def leaves_out(sentence: str) -> bool | None:
    """Whether a sentence that leads to a list says that this is left out of the scope; None where it says both."""
    if not is_negated(sentence):
        return False
    if _ONE_OF_SEVERAL.search(sentence):
        return None
    clauses = _CLAUSES.split(sentence)
    included = [one for one in clauses if _INCLUDES.search(one) and not is_negated(one)]
    without = [one for one in clauses if is_negated(one)]
    if not included:
        return True
    plain = any(_FOLLOWING.search(one) for one in included)
    return None if not plain or any(_FOLLOWING.search(one) or _GOES_ON.match(one) for one in without) else False
