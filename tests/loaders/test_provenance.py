"""Every claim and every relationship of the real documents cites lines in which it stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

from graph.identifiers import label_of
from graph.records import Citation, Claim, DocumentFacts, Link
from loaders.evidence import ABOVE, IMPLIED, NAMELESS, has_words, stands
from loaders.inputs.documents import read_document
from loaders.names.resolution import Names, read_names
from loaders.pages.frameworks import read_frameworks
from loaders.registry import all_loaders, recognise
from loaders.soc.wording import standards_in
from tests.loaders.soc_facts import extraction, fixture_text

NAMES = read_names()
ALSO_NAMES = ("number", "code", "url")


class Evidence:
    """The facts of a document with the text of each citation and the names of each entity."""

    def __init__(self, facts: DocumentFacts, names: Names) -> None:
        self.facts = facts
        self.names = names
        self.citations = {citation.id: citation for citation in facts.citations}
        self.frameworks = read_frameworks().reader(names)
        # The end of a relationship that a rule derives need not stand where its start is stated.
        derived = {link.start: link.end for link in facts.links if link.rule}
        self.derived = {(derived[claim.id], claim.citation) for claim in facts.claims if claim.id in derived}

    @cached_property
    def called(self) -> dict[str, set[str]]:
        """Under which names each entity goes in the document, and in the reviewed table."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for link in self.facts.links:
            if link.type == "HAS_NAME":
                found[link.start].add(str(link.values["text"]))
        for claim in self.facts.claims:
            found[claim.id] |= {str(claim.values[key]) for key in ("name", *ALSO_NAMES) if key in claim.values}
        for row in self.names.table.rows.values():
            found[self.names.resolve(row.label, row.name, row.scope).id].add(row.name)
        for group in self.names.table.groups.values():
            for member in self.names.resolve_all(group.label, group.name, group.scope):
                found[member.id].add(group.name)
        return dict(found)

    def breaches(self) -> Iterator[str]:
        """What does not stand in the lines that it cites."""
        for claim in self.facts.claims:
            yield from self._claim_breaches(claim)
        for link in self.facts.links:
            yield from self._name_breaches(link) if link.type == "HAS_NAME" else self._link_breaches(link)

    def _claim_breaches(self, claim: Claim) -> Iterator[str]:
        citation = self.citations[claim.citation]
        text = str(citation.quote)
        for key, value in claim.values.items():
            by_name = key in ("name", "code") and (
                self._stands(claim.id, text) or (claim.id, claim.citation) in self.derived
            )
            if not by_name and not stands(text, claim.label, key, value):
                yield f"{_lines(citation)} {claim.id} {key} = {value!r}"

    def _name_breaches(self, link: Link) -> Iterator[str]:
        for citation in (self.citations[one] for one in link.citations):
            if not stands(str(citation.quote), label_of(link.start), "name", str(link.values["text"])):
                yield f"{_lines(citation)} {link.start} HAS_NAME {link.values['text']!r}"

    def _link_breaches(self, link: Link) -> Iterator[str]:
        cited = [self.citations[citation] for citation in link.citations]
        text = "\n".join(str(citation.quote) for citation in cited)
        above = "\n".join(title for citation in cited for title in citation.section)
        read = f"{above}\n{text}" if link.type in ABOVE else text
        missing = [end for end in (link.start, link.end) if not self._stands(end, read)]
        if len(missing) > (1 if link.type in IMPLIED or link.rule else 0):
            yield f"{_lines(cited[0])} {link.start} {link.type} {link.end}: {', '.join(missing)} not named"
        for key in ("name_as_written", "qualification", "signed_at"):
            if key in link.values and not has_words(text, str(link.values[key])):
                yield f"{_lines(cited[0])} {link.start} {link.type} {key} = {link.values[key]!r}"

    def _stands(self, id_: str, text: str) -> bool:
        label = label_of(id_)
        if label in NAMELESS or any(stands(text, label, "name", name) for name in self.called.get(id_, ())):
            return True
        mentioned = {mention.framework.id for mention in self.frameworks.mentions(" ".join(text.split()))}
        standards = {self.names.resolve("Framework", name).id for name in standards_in(" ".join(text.split()))}
        return label == "Framework" and id_ in mentioned | standards


def _lines(citation: Citation) -> str:
    return f"{citation.first_line}-{citation.last_line}"


SOC_REPORTS = ("soc_1_report", "soc_3_report")
PAGES = ("compliance_quick_reference", "soc_overview_page", "security_overview_page")


def facts_of(documents: Path, kind: str) -> DocumentFacts:
    files = [read_document(path) for path in sorted(documents.glob("*.txt"))]
    document = next(one for one in files if recognise(one, all_loaders())[1] == kind)
    return recognise(document, all_loaders())[0].extract(document, NAMES).facts


@pytest.mark.parametrize("kind", [*SOC_REPORTS, *PAGES])
def test_every_fact_stands_in_the_lines_that_it_cites(documents: Path, kind: str) -> None:
    assert list(Evidence(facts_of(documents, kind), NAMES).breaches()) == []


@pytest.mark.parametrize("kind", [*SOC_REPORTS, *PAGES])
def test_a_quote_is_the_text_of_its_lines_and_has_their_hash(documents: Path, kind: str) -> None:
    facts = facts_of(documents, kind)
    for citation in facts.citations:
        assert hashlib.sha256(str(citation.quote).encode()).hexdigest() == citation.quote_sha256


@pytest.mark.parametrize("fixture", ["soc_1_meridian", "soc_1_nimbus", "soc_3_nimbus"])
def test_facts_of_reports_that_no_table_knows_stand_in_their_lines_too(fixture: str) -> None:
    assert list(Evidence(extraction(fixture_text(fixture)).facts, NAMES).breaches()) == []


def test_a_fact_that_stands_in_three_places_has_three_citations(documents: Path) -> None:
    facts = facts_of(documents, "soc_1_report")
    scope = [link for link in facts.links if link.type == "IN_SCOPE_OF"]
    assert {len(link.citations) for link in scope} == {3, 4}
