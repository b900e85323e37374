"""The categories of shared responsibility into which a report puts services: infrastructure, container, abstracted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.names.service_lists import ServiceList
from loaders.names.service_names import ServiceNames
from loaders.soc.controls.sentences import Sentence, denies, items_below, listing_sentences, state_items
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading

_CATEGORY = r"(?P<category>[Ii]nfrastructure|[Cc]ontainer|[Aa]bstract(?:ed)?)"
_LEAD = re.compile(rf"^{_CATEGORY} [Ss]ervices?\s*(?:[:.]|[–—-]\s)")
_TITLE = re.compile(rf"^{_CATEGORY} [Ss]ervices?:?$")
_MEMBERS = re.compile(
    r"(?:\bsuch as|\bincludes?:?|\bincluding|\bexamples? (?:of [\w -]{1,60} )?(?:are|include):?|\bnamely|:)\s+$",
    re.IGNORECASE,
)
_CATEGORIZED = re.compile(rf"^\s+(?:is|are) (?:categori[sz]ed as |classified as )?(?:an? )?{_CATEGORY} [Ss]ervices?\b")
_ANY = re.compile(rf"\b{_CATEGORY} [Ss]ervices?\b")
_CATEGORIES = {"infrastructure": "infrastructure", "container": "container", "abstract": "abstracted"}


def read_responsibilities(reading: Reading, names: ServiceNames, texts: Sequence[RunningText]) -> None:
    """States the category of every service that a text below or after the name of a category gives as its member."""
    for index, whole in enumerate(texts):
        own = _own_category(whole)
        if own is None and not _ANY.search(whole.text):
            continue
        for sentence in listing_sentences(names, whole):
            for listed in sentence.lists:
                _read_list(reading, sentence, listed, own)
        below = items_below(names, texts, index) if own and whole.text.endswith(":") else None
        if own and below:
            list(state_items(reading, below, below.lists[0], responsibility=own))


def _own_category(whole: RunningText) -> str | None:
    """The category with whose name a text begins, or under whose title it stands."""
    found = _LEAD.match(whole.text) or (_TITLE.match(whole.section[-1]) if whole.section else None)
    return _category(found) if found else None


def _category(found: re.Match[str]) -> str:
    word = found["category"].lower().removesuffix("ed")
    return _CATEGORIES[word]


def _read_list(reading: Reading, sentence: Sentence, listed: ServiceList, own: str | None) -> None:
    said = _CATEGORIZED.match(sentence.after(listed))
    category = _category(said) if said else own if _MEMBERS.search(sentence.before(listed)) else None
    if category is None:
        return
    if denies(sentence.before(listed)):
        first, _ = sentence.lines(listed.items[0])
        reading.notes.warn(first, f"{sentence.text!r} may take services out of a category; none is put into it")
        return
    list(state_items(reading, sentence, listed, responsibility=category))
