"""What a document states, whatever its lines: facts without citations, and whether the cited lines hold them."""

from __future__ import annotations

import re

from graph.records import DocumentFacts, Link, Value
from loaders.facts import Extraction
from loaders.inputs.documents import document_from
from loaders.inputs.normalising import normalised, plain
from loaders.names.resolution import read_names
from loaders.registry import all_loaders, recognise

NAMES = read_names()
LOADERS = all_loaders()

WORDINGS = frozenset(("statement", "procedure", "result_text", "description", "definition", "response"))

_MARK = re.compile(r"(?<=[A-Za-z]{2})(?:sm|SM|TM)$")

Fact = tuple[str, str, str]


def extraction(text: str) -> Extraction:
    """What the loaders make of a text; raises `InputRefused` where they refuse it."""
    document = document_from(text.encode(), "mutated.txt")
    return recognise(document, LOADERS)[0].extract(document, NAMES)


def facts(text: str) -> frozenset[Fact]:
    """The facts of a text: values of nodes, and relationships with their values; neither lines nor the hash."""
    return facts_of(extraction(text).facts)


def facts_of(stated: DocumentFacts) -> frozenset[Fact]:
    """The same of facts that were read."""
    sha = stated.sha256
    claims = {(_id(c.id, sha), key, _value(value)) for c in stated.claims for key, value in c.values.items()}
    document = {("document", k, _value(v)) for k, v in stated.document.items() if k not in ("sha256", "lines")}
    return frozenset(claims | document | {_link(link, sha) for link in stated.links})


def _link(link: Link, sha: str) -> Fact:
    values = ", ".join(f"{key}={_value(value)}" for key, value in sorted(link.values.items()))
    end = _id(link.end, sha)
    if link.type == "HAS_NAME":
        end = ""
    return (_id(link.start, sha), link.type, f"{end} {values}".strip())


def _id(id_: str, sha: str) -> str:
    """An id without what it owes to the bytes of the document or to its lines."""
    if id_.startswith("citation/"):
        return "citation"
    return id_.replace(sha, "sha").replace(sha[:8], "sha8")


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(sorted(map(_value, value)))
    return folded(str(value))


def folded(text: str) -> str:
    """A text as it is compared: its characters normalised and plain, in single spaces."""
    return " ".join(plain(normalised(text)).split())


def unsupported(stated: DocumentFacts) -> frozenset[tuple[str, str]]:
    """The names and wordings of which some word stands in no line that is cited for them.

    An organization may stand there under an acronym that other lines explain.
    """
    words = {c.id: set(_words(c.quote or "")) for c in stated.citations}
    found = set[tuple[str, str]]()
    for claim in stated.claims:
        for key in sorted(claim.values.keys() & WORDINGS):
            value = str(claim.values[key])
            if not words[claim.citation].issuperset(_words(value)):
                found.add((f"{claim.label}.{key}", folded(value)))
    for link in stated.links:
        text = folded(str(link.values.get("text", "")))
        explained = link.start.startswith("organization/")
        if (
            link.type == "HAS_NAME"
            and not explained
            and not any(words[c].issuperset(_words(text)) for c in link.citations)
        ):
            found.add((link.start.split("/", 1)[0], text))
    return frozenset(found)


def _words(text: str) -> list[str]:
    """The words, those with a mark of a name (`FedRAMPsm`) also without it."""
    found = "".join(c if c.isalnum() else " " for c in folded(text)).split()
    return [word.casefold() for name in found for word in {name, _MARK.sub("", name)}]
