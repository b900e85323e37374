"""Which services store customer content: primarily, also for other services, or locally, for themselves alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.names.service_lists import ServiceList
from loaders.names.service_names import ServiceNames
from loaders.soc.controls.sentences import Sentence, denies, listing_sentences, state_items
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading

_USES = r"(?:utili[sz]es?|uses?|rel(?:y|ies) on)"
_KEPT = r"[^.]*\b(?:content|data)\b"
_PRIMARY = r"(?:the|its|their) primary (?:services?|stores?|storage)\b"
_STORAGE = re.compile(rf"(?:\b{_PRIMARY}|\b{_USES} local storage\b){_KEPT}")
_USED = re.compile(rf"\b{_USES} (?:the )?$")
_AS_PRIMARY = re.compile(rf"^\s+as {_PRIMARY}{_KEPT}")
_ARE_PRIMARY = re.compile(rf"^\s+(?:is|are) {_PRIMARY}{_KEPT}")
_LOCAL = re.compile(rf"^\s+{_USES} local storage\b{_KEPT}")


def read_storage(reading: Reading, names: ServiceNames, texts: Sequence[RunningText]) -> None:
    """States the kind of storage of every service that a sentence lists with it; warns of a sentence it cannot read."""
    for whole in texts:
        if not _STORAGE.search(whole.text):
            continue
        for sentence in listing_sentences(names, whole):
            if _STORAGE.search(sentence.text):
                _read_sentence(reading, sentence)


def _read_sentence(reading: Reading, sentence: Sentence) -> None:
    found = [(listed, kind) for listed in sentence.lists if (kind := _kind(sentence, listed))]
    for listed, kind in found:
        list(state_items(reading, sentence, listed, content_storage=kind))
    if not found:
        first, _ = sentence.whole.lines(sentence.offset, sentence.offset + len(sentence.text))
        reading.notes.warn(first, f"it is not understood which services store content there: {sentence.text!r}")


def _kind(sentence: Sentence, listed: ServiceList) -> str | None:
    before, after = sentence.before(listed), sentence.after(listed)
    if denies(before):
        return None
    if _ARE_PRIMARY.match(after) or (_USED.search(before) and _AS_PRIMARY.match(after)):
        return "primary"
    return "local" if _LOCAL.match(after) else None
