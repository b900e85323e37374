"""What a report says of each service below its heading: the description, and what it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from loaders.layout.layout import Kind
from loaders.names.resolution import Resolved
from loaders.soc.controls.sentences import TEXT
from loaders.soc.narrative.named_things import Mentions
from loaders.soc.narrative.passages import RunningText, running_texts
from loaders.soc.reading import Reading
from loaders.soc.services import Description

_ALSO = re.compile(
    r"^(?:The )?(?P<name>[^,()]{2,100})(?: \([^()]{1,60}\))?, also (?:known as|called) "
    r"[“\"]?(?P<other>[A-Z][\w .&/+-]{1,60}?)[”\"]?,"
)


def read_service_texts(reading: Reading, mentions: Mentions, described: Iterable[Description]) -> None:
    """States the description of each service, and the services and frameworks that it names."""
    for one in described:
        texts = [t for t in running_texts(reading.document, one.below) if t.kind is not Kind.FOOTNOTE]
        if one.service is not None and texts:
            _state(reading, one.service, texts)
            for text in texts:
                cite = partial(_cite, reading, text)
                mentions.state(one.service.id, text.text, text.first_line, cite, one.service)


def description_of(texts: Sequence[RunningText]) -> str:
    """The text of a description: a line for each paragraph, with a hyphen before the items of lists."""
    return "\n".join(f"- {text.text}" if text.kind is Kind.ITEM else text.text for text in texts)


def _state(reading: Reading, service: Resolved, texts: Sequence[RunningText]) -> None:
    cited = reading.notes.cite(texts[0].first_line, texts[-1].last_line, texts[0].section)
    reading.notes.state("Service", service.id, cited, TEXT, description=description_of(texts))
    found = _ALSO.match(texts[0].text)
    named = reading.names.resolve("Service", found["name"], reading.provider.key) if found else None
    if found and named and named.id == service.id:
        reading.notes.name(named.id, found["other"], "variant", _cite(reading, texts[0], 0, found.end()))


def _cite(reading: Reading, text: RunningText, start: int, end: int) -> str:
    return reading.notes.cite(*text.lines(start, end), text.section)
