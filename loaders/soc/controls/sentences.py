"""Sentences of a report that list services, and how the services of a list are written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.records import Value
from loaders.layout.layout import Kind
from loaders.names.service_lists import ListedService, ServiceList, list_at, service_lists
from loaders.names.service_names import ServiceNames
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading

TEXT = 2
"""The precedence of running text (rule 3)."""

_DENIED = re.compile(r"\b(?:not|never|no longer|except|unlike|other than|excluding|neither|nor)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a running text, the offset at which it begins there, and the lists of services in it.

    `announced` is the line of the text above, where the list stands below what announces it.
    """

    text: str
    offset: int
    whole: RunningText
    lists: tuple[ServiceList, ...]
    announced: int | None = None

    def before(self, listed: ServiceList) -> str:
        """What the sentence says before a list."""
        return self.text[: listed.start]

    def after(self, listed: ServiceList) -> str:
        """What the sentence says after a list."""
        return self.text[listed.end :]

    def lines(self, item: ListedService) -> tuple[int, int]:
        """The lines on which an item of one of the lists stands."""
        return self.whole.lines(self.offset + item.start, self.offset + item.end)


def listing_sentences(names: ServiceNames, whole: RunningText) -> Iterator[Sentence]:
    """The sentences of a text that list services."""
    for offset, text in whole.sentences():
        lists = tuple(service_lists(names, text))
        if lists:
            yield Sentence(text, offset, whole, lists)


def denies(text: str) -> bool:
    """Whether a part of a sentence takes back what the sentence says of a list."""
    return bool(_DENIED.search(text))


def items_below(names: ServiceNames, texts: Sequence[RunningText], index: int) -> Sentence | None:
    """The items below a text that announces them, as one list; None where they are no services."""
    found = list[tuple[RunningText, ListedService]]()
    for text in texts[index + 1 :]:
        listed = list_at(names, text.text, 0) if text.kind in (Kind.ITEM, Kind.LINE) else None
        if listed is None:
            break
        found.extend((text, item) for item in listed.items)
    return _joined(texts[index].first_line, found) if found else None


def _joined(announced: int, found: Sequence[tuple[RunningText, ListedService]]) -> Sentence:
    text, spans, items = "", list[tuple[int, int, int]](), list[ListedService]()
    for whole, item in found:
        spans.append((len(text), *whole.lines(item.start, item.end)))
        items.append(ListedService(item.text, len(text), len(text) + len(item.text)))
        text += f"{item.text}\n"
    first = found[0][0]
    whole = RunningText(first.kind, text, tuple(spans), first.section)
    return Sentence(text, 0, whole, (ServiceList(tuple(items)),), announced)


def state_items(
    reading: Reading, sentence: Sentence, listed: ServiceList, **values: Value
) -> Iterator[tuple[str, str]]:
    """States values of the services of a list; answers each with the citation of its lines.

    Those lines begin with the text in which the list stands, or which announces it, for that says what it is one of.
    """
    for item in listed.items:
        first, last = sentence.lines(item)
        service = reading.resolve("Service", item.text, first)
        cited = reading.notes.cite(sentence.announced or sentence.whole.first_line, last, sentence.whole.section)
        reading.state_service(service, cited, TEXT)
        reading.notes.state("Service", service.id, cited, TEXT, **values)
        yield service.id, cited
