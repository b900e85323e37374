"""Addresses on the web: what stands there, as far as the address says, and the addresses of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.identifiers import identify
from loaders.pages.claims import Telling

_ADDRESS = re.compile(r"https?://[^\s()<>“”\"]+")
_HOST = re.compile(r"https?://([^/]+)")
_PROVIDERS_OWN = re.compile(r"https?://([^/]+)/compliance/")
_ONE_SEGMENT = re.compile(r"https?://[^/]+/[^/.]+/?")
_KINDS = (
    ("certificate", r"/certifications?/[^/]+\.pdf$|certificate[^/]*\.pdf$"),
    ("faq", r"-faqs?/?$|/faqs?(?:\.html?)?/?$"),
    ("workbook", r"workbook"),
    ("report", r"/soc[-_]?\d?[-_][^/]*\.pdf$|report[^/]*\.pdf$"),
    ("whitepaper", r"white-?paper"),
    ("questionnaire", r"caiq|questionnaire"),
    ("registry", r"registr|/star/?$"),
    ("standard", r"/(?:nist)?pub(?:lication)?s/.*\.pdf$|Trust_Services[^/]*\.pdf$"),
    ("program_page", r"/compliance/(?!contact)[^/]+/?$"),
)


def state_resource(telling: Telling, url: str, citation: str) -> str:
    """Writes down an address; answers its id."""
    kind = kind_of(url, telling.document.text)
    return telling.notes.state("Resource", identify("Resource", url), citation, name=url, url=url, kind=kind)


def kind_of(url: str, text: str) -> str:
    """What stands at an address; a page right below the root of the provider's own host is of a product.

    The provider's own host is one that has pages about compliance in the same text.
    """
    found = next((kind for kind, pattern in _KINDS if re.search(pattern, url, re.IGNORECASE)), None)
    host = _HOST.match(url)
    own = host and host[1] in _PROVIDERS_OWN.findall(text) and _ONE_SEGMENT.fullmatch(url)
    return found or ("product_page" if own else "other")


def addresses(text: str) -> Iterator[tuple[str, int, int]]:
    """The addresses of a text without the punctuation behind them, and where each begins and ends."""
    for match in _ADDRESS.finditer(text):
        url = match.group().rstrip(".,;:")
        yield url, match.start(), match.start() + len(url)
