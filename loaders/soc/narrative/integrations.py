"""Which services a report says to be integrated with another one, such as that which keeps their keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.names.service_lists import ServiceList
from loaders.names.service_names import ServiceNames
from loaders.soc.controls.sentences import TEXT, Sentence, denies, items_below, listing_sentences, state_items
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading

_ANNOUNCED = re.compile(r"\b[Ss]ervices (?:(?:that|which) )?(?:are )?integrated? with (?P<target>[^.:]{1,120})")
_BEFORE = re.compile(r"(?:\b(?:are|include|includes)|:)\s+$")


def read_integrations(reading: Reading, names: ServiceNames, texts: Sequence[RunningText]) -> None:
    """States the services that a text lists as integrated with the one that it names first."""
    for index, whole in enumerate(texts):
        if not _ANNOUNCED.search(whole.text):
            continue
        for sentence in listing_sentences(names, whole):
            for listed in sentence.lists:
                target = _target(names, sentence.before(listed))
                if target and _BEFORE.search(sentence.before(listed)):
                    _state(reading, sentence, listed, target)
        below = items_below(names, texts, index) if whole.text.endswith(":") else None
        target = _target(names, whole.text)
        if below and target:
            _state(reading, below, below.lists[0], target)


def _target(names: ServiceNames, before: str) -> str | None:
    """The service with which those are integrated that are listed next, as the text before writes it."""
    found = _ANNOUNCED.search(before)
    return names.form_at(before, found.start("target")) if found and not denies(before) else None


def _state(reading: Reading, sentence: Sentence, listed: ServiceList, target: str) -> None:
    with_ = reading.resolve("Service", target, sentence.lines(listed.items[0])[0])
    for service, cited in state_items(reading, sentence, listed):
        reading.state_service(with_, cited, TEXT)
        if service != with_.id:
            reading.notes.link("INTEGRATES_WITH", service, with_.id, cited)
