"""Which part of running text claims what: a claim is about the frameworks that its sentence, or the next, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.pages.claims import Telling
from loaders.pages.frameworks import Mention
from loaders.pages.prose import Passage, Sentence

_NAME = r"[A-Z][\w&/-]*(?:\.\d+)*(?:(?:\s(?:of|for|and|on|the)){0,2}\s[A-Z0-9][\w&/.:-]*\w){0,7}(?: \([A-Z][\w-]+\))?"
_UNKNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:compl(?:y|ies)|[Cc]ompliant|[Cc]ompliance|align(?:s|ed|ment)|[Cc]onforms?|certified|accredited) "
        rf"(?:with|to|under|against) (?:the )?(?:requirements of (?:the )?)?(?P<f>{_NAME})",
        rf"\b(?:achieved|obtained|earned|received|holds?|maintains?|gained) (?:the |an? |its |our )?(?P<f>{_NAME}) "
        rf"(?:[a-z]+ )?(?:certification|certificate|accreditation|attestation|authorization|compliance)\b",
        rf"\b(?:is|are|been) (?P<f>{_NAME})[ -](?:certified|compliant|accredited|registered)\b",
        rf"\bsubject to (?:the )?(?P<f>{_NAME})",
    )
)
_EXAMPLE = re.compile(r"^(?:For (?:instance|example)|Such as|Among (?:them|these)|Examples?)\b")
_AND = re.compile(r"\)?(?:,? and |, | as well as |, as well as |,? with | & )(?:the |with )?")


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of a paragraph, and the frameworks of its claim."""

    text: Passage
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    sentence: Sentence
    mentions: tuple[Mention, ...]
    claims: bool

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(mention.framework.id for mention in self.mentions)


def topics_of(telling: Telling, text: Passage) -> Iterator[Topic]:
    """The claims of a paragraph, each with the sentences about it.

    A new one begins where a sentence words a status of another framework; the sentences right before that name this
    framework alone belong to it. So two paragraphs that a line break failed to part are two claims all the same.
    """
    said = _sayings(telling, text)
    opened: tuple[Mention, ...] = ()
    start = 0
    for index in range(len(said)):
        found = _claimed(telling, said, index, opened)
        if not found or {m.framework.id for m in found} <= {m.framework.id for m in opened}:
            continue
        begin = _beginning(said, index, found[0], start - 1 + bool(opened), alone=bool(opened))
        if opened:
            yield Topic(text.part(said[start].sentence.offset, said[begin].sentence.offset), opened)
        start, opened = begin, found
    if opened:
        yield Topic(text.part(said[start].sentence.offset, len(text.text)), opened)


def unknown_frameworks(telling: Telling, texts: Iterable[Passage]) -> tuple[str, ...]:
    """The names of frameworks that no table knows, as sentences that claim something name them."""
    names = dict[str, None]()
    for text in texts:
        for status in telling.statuses(text):
            words = status.sentence.text[status.start :]
            for match in (m for pattern in _UNKNOWN for m in pattern.finditer(words)):
                if not telling.reader.mentions(match["f"]):
                    names[match["f"]] = None
    return tuple(names)


def _sayings(telling: Telling, text: Passage) -> list[_Said]:
    claiming = {status.sentence.offset for status in telling.statuses(text)}
    return [_Said(s, telling.reader.mentions(s.text), s.offset in claiming) for s in text.sentences()]


def _claimed(telling: Telling, said: Sequence[_Said], index: int, opened: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The frameworks that a claiming sentence is about: its own, else those of the example behind it, else the first.

    A sentence without any goes on with what was claimed before it.
    """
    saying = said[index]
    if not saying.claims:
        return ()
    if saying.mentions:
        return _joined(saying)
    following = said[index + 1 :]
    if following and following[0].mentions and _EXAMPLE.match(following[0].sentence.text):
        return following[0].mentions[:1]
    if opened:
        return ()
    found = next((other.mentions[:1] for other in following if other.mentions), ())
    if not found:
        message = "a status is worded there, but of no framework that is known; nothing is stated"
        telling.notes.warn(saying.sentence.first_line, message)
    return found


def _joined(saying: _Said) -> tuple[Mention, ...]:
    """The first framework of a sentence with those that it names in one breath, such as `A, B and C`."""
    found = [saying.mentions[0]]
    for mention in saying.mentions[1:]:
        between = saying.sentence.text[found[-1].end : mention.start]
        if mention.start < found[-1].end or not _AND.fullmatch(between):
            break
        found.append(mention)
    return tuple(found)


def _beginning(said: Sequence[_Said], index: int, found: Mention, floor: int, alone: bool) -> int:
    """Where a claim begins: at its sentence, or at those before it that name but its framework.

    Where no claim stands before it (`alone` is false) sentences without a framework belong to it too.
    """
    begin, own = index, {found.framework.id}
    while begin - 1 > floor and not said[begin - 1].claims and said[begin - 1].ids <= own:
        if alone and not said[begin - 1].ids:
            break
        begin -= 1
    return begin
