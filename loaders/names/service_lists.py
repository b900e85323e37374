"""Lists of services within a sentence, such as `A (x), B and C`: where one begins and ends, and its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.names.service_names import ServiceNames

_START = re.compile(r"(?<![\w@.(-])[A-Z0-9]")
# A name that no list knows: words that begin with a capital, with few small ones between.
_PHRASE = re.compile(r"[A-Z][\w@&+/-]*(?:\.\w+)*(?: (?:(?:of|for|on|the) )?(?=[A-Z0-9])[\w@&+/-]+(?:\.\w+)*)*")
_BRACKETS = re.compile(r" \([^()]{1,60}\)")
_GOES_ON = re.compile(r"(?: \([^()]{1,60}\))?(?:[,;.:]|$|\s(?:and|or)\b|\s[a-z(])")
_SEPARATOR = re.compile(r"(?:[,;] (?:and |or )?| (?:and|or) )(?:the )?(?=[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class ListedService:
    """An item of a list, as it is written with what stands in brackets after it, between two offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ServiceList:
    """The items of a list in order; at least one of them is a known service."""

    items: tuple[ListedService, ...]

    @property
    def start(self) -> int:
        """The offset at which the first item begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """The offset at which the last item ends."""
        return self.items[-1].end


def service_lists(names: ServiceNames, text: str) -> Iterator[ServiceList]:
    """The lists in a text, in order; a service that stands alone is a list of one."""
    at = 0
    while found := _START.search(text, at):
        items = _items(names, text, found.start())
        if _is_known(names, text, items):
            yield ServiceList(items)
        at = items[-1].end if items else found.end()


def list_at(names: ServiceNames, text: str, start: int) -> ServiceList | None:
    """The list that begins there; None where none of its items is known."""
    items = _items(names, text, start)
    return ServiceList(items) if _is_known(names, text, items) else None


def _is_known(names: ServiceNames, text: str, items: Sequence[ListedService]) -> bool:
    return any(names.form_at(text, item.start) for item in items)


def _items(names: ServiceNames, text: str, start: int) -> tuple[ListedService, ...]:
    items: list[ListedService] = []
    while (item := _item(names, text, start)) is not None:
        items.append(item)
        separator = _SEPARATOR.match(text, item.end)
        if separator is None:
            break
        start = separator.end()
    return tuple(items)


def _item(names: ServiceNames, text: str, start: int) -> ListedService | None:
    form = names.form_at(text, start)
    end = start + len(form) if form else start
    if form is None or not _GOES_ON.match(text, end):
        phrase = _PHRASE.match(text, start)
        if phrase is None:
            return None
        end = phrase.end()
    brackets = _BRACKETS.match(text, end)
    end = brackets.end() if brackets else end
    return ListedService(text[start:end], start, end)
