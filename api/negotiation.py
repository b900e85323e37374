"""Which of several media types a client is given: content negotiation by the field Accept (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import PlainTextResponse, Response

from api.serving import NOT_KEPT

VARY = {"Vary": "Accept"}
"""On every answer of a negotiated address, whatever it is."""

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_ELEMENT = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.|\\\Z)*(?:"|\Z))+', re.DOTALL)
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})[ \t]*")
_PARAMETER = re.compile(rf';[ \t]*(?:({_TOKEN})=({_TOKEN}|"(?:[^"\\]|\\.)*"))?[ \t]*')
_WEIGHT = re.compile(r"(?:0?\.\d{1,3}|0(?:\.0{0,3})?|1(?:\.0{0,3})?)")
_PASSED_OVER = frozenset({"charset", "profile"})
"""Parameters of a range that shut out nothing: all text is UTF-8, and content stays what it is without its profile."""


@dataclass(frozen=True, slots=True)
class MediaRange:
    """What a client accepts: a type or all (`*`), a subtype or all, parameters; and how gladly, from 0 to 1."""

    type: str
    subtype: str
    parameters: Mapping[str, str]
    weight: float

    def covers(self, offer: MediaRange) -> bool:
        """Whether the media type is one of the range."""
        kinds = ((self.type, offer.type), (self.subtype, offer.subtype))
        wanted = {name: value for name, value in self.parameters.items() if name not in _PASSED_OVER}
        return all(mine in ("*", theirs) for mine, theirs in kinds) and wanted.items() <= offer.parameters.items()

    @property
    def precision(self) -> tuple[bool, bool, int]:
        """What the most specific range has most of."""
        return self.type != "*", self.subtype != "*", len(self.parameters)


def negotiate(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offered media type that the client wants most; None where it accepts none of them.

    Of several ranges the most specific one decides on a media type. Of what is wanted alike the one with the more
    specific range goes first, then that which `offers` has first. Without the field, or where no range can be read in
    it, all is accepted.
    """
    ranges = accepted(accept)
    if not ranges:
        return offers[0]
    graded = [(_grade(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    grade, _, offer = max(graded)
    return offer if grade[0] > 0 else None


def accepted(accept: str | None) -> list[MediaRange]:
    """The ranges of a field Accept; what is no range is passed over, as are weights that are none."""
    found = (media_range(element.strip()) for element in _ELEMENT.findall(accept or ""))
    return [one for one in found if one]


def media_range(text: str) -> MediaRange | None:
    """One range with its parameters, of which a weight is the last; also `*` and `.2`, as old clients write."""
    text = re.sub(r"\A\*(?!/)", "*/*", text)
    kind = _RANGE.match(text)
    if not kind or (kind[1] == "*" != kind[2]):
        return None
    place, parameters = kind.end(), dict[str, str]()
    while place < len(text):
        parameter = _PARAMETER.match(text, place)
        if not parameter:
            return None
        place, name, value = parameter.end(), (parameter[1] or "").lower(), _plain(parameter[2] or "")
        if name == "q":
            return _weighted(kind, parameters, value)
        if name:
            parameters[name] = value.lower() if name == "charset" else value
    return _weighted(kind, parameters, "1")


def not_acceptable(offers: Iterable[str]) -> Response:
    """406 with the list of what is offered."""
    told = "\n".join(f"  {offer}" for offer in offers)
    message = f"nothing that the request accepts is offered here; offered are:\n{told}\n"
    return PlainTextResponse(message, 406, {**VARY, "Cache-Control": NOT_KEPT})


def _weighted(kind: re.Match[str], parameters: Mapping[str, str], weight: str) -> MediaRange | None:
    if not _WEIGHT.fullmatch(weight):
        return None
    return MediaRange(kind[1].lower(), kind[2].lower(), parameters, float(weight))


def _grade(offer: str, ranges: Sequence[MediaRange]) -> tuple[float, tuple[bool, bool, int]]:
    media = media_range(offer)
    covering = [one for one in ranges if media and one.covers(media)]
    if not covering:
        return 0.0, (False, False, 0)
    best = max(covering, key=lambda one: (one.precision, one.weight))
    return best.weight, best.precision


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
