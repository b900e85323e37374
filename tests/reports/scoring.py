"""How much of a report's truth the loaders find, and what they state that is not true: precision and recall by kind."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputRefused
from graph.records import DocumentFacts
from loaders.inputs.documents import read_document
from loaders.names.resolution import read_names
from loaders.registry import all_loaders, recognise
from tests.reports.found import read_back
from tests.reports.truth import Fact, Truth, allowed, flatten

REPORTS = Path(__file__).parent

OPTIONAL = frozenset(
    {
        ("region", "name"),
        ("region", "code"),
        ("region", "operator"),
        ("region", "country"),
        ("test", "result_scope"),
        ("objective", "title"),
    }
)
"""What is compared only where the truth states it: a reviewed table can know a Region by code, and a control with one
test has one scope of its result."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Facts of one kind that are found, that are missing, and that are found and not true."""

    true: frozenset[Fact]
    missing: frozenset[Fact]
    wrong: frozenset[Fact]

    @property
    def precision(self) -> float:
        """The part of what was found that is true; 1 where nothing was found."""
        return len(self.true) / (len(self.true) + len(self.wrong) or 1) if self.true or self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The part of the truth that was found; 1 where there is none."""
        return len(self.true) / (len(self.true) + len(self.missing) or 1) if self.true or self.missing else 1.0

    def of(self, kind: str) -> Tally:
        """The facts of one kind alone."""
        return Tally(_of(kind, self.true), _of(kind, self.missing), _of(kind, self.wrong))

    @property
    def kinds(self) -> list[str]:
        """The kinds that any fact is of."""
        return sorted({fact.kind for fact in self.true | self.missing | self.wrong})


def score(facts: DocumentFacts, truth: Truth) -> Tally:
    """What the facts have of the truth."""
    expected = flatten(truth)
    slots = {fact[:3] for fact in expected}
    found = {
        fact
        for fact in flatten(read_back(facts, truth)) - allowed(truth)
        if (fact.kind, fact.what) not in OPTIONAL or fact[:3] in slots
    }
    return Tally(expected & found, expected - found, frozenset(found - expected))


def score_files(report: Path, expected: Path) -> tuple[Tally, str | None]:
    """What the loaders find in a file of the truth in another, and why, where they refuse the file."""
    truth = json.loads(expected.read_text(encoding="utf-8"))
    try:
        document = read_document(report)
        loader, _ = recognise(document, all_loaders())
        return score(loader.extract(document, read_names()).facts, truth), None
    except InputRefused as error:
        return Tally(frozenset(), flatten(truth), frozenset()), str(error)


def table(title: str, tally: Tally) -> Iterator[str]:
    """The figures by kind, as lines."""
    yield f"{title:<26}{'true':>6}{'missing':>9}{'wrong':>7}{'precision':>11}{'recall':>9}"
    for kind, part in [*((kind, tally.of(kind)) for kind in tally.kinds), ("all", tally)]:
        counts = f"{len(part.true):>6}{len(part.missing):>9}{len(part.wrong):>7}"
        yield f"  {kind:<24}{counts}{part.precision:>11.1%}{part.recall:>9.1%}"


def main(arguments: Sequence[str]) -> int:
    """Scores the named reports, or all of them; or one pair of files."""
    parser = argparse.ArgumentParser(prog="python -m tests.reports.scoring", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="SLUG")
    parser.add_argument("--document", type=Path)
    parser.add_argument("--expected", type=Path)
    parser.add_argument("--brief", action="store_true", help="the figures alone")
    given = parser.parse_args(arguments)
    if bool(given.document) != bool(given.expected):
        parser.error("--document and --expected go together")
    slugs = given.slugs or ([] if given.document else sorted(p.parent.name for p in REPORTS.glob("*/expected.json")))
    pairs = [(slug, REPORTS / slug / "report.txt", REPORTS / slug / "expected.json") for slug in slugs]
    if given.document:
        pairs.append((given.document.name, given.document, given.expected))
    for title, report, expected in pairs:
        tally, refusal = score_files(report, expected)
        misses = [] if given.brief else [*_listed("missing", tally.missing), *_listed("wrong", tally.wrong)]
        print("\n".join([*table(title, tally), *([f"refused: {refusal}"] if refusal else misses), ""]))
    return 0


def _of(kind: str, facts: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset(fact for fact in facts if fact.kind == kind)


def _listed(what: str, facts: frozenset[Fact]) -> Iterator[str]:
    return (f"{what}: {fact}" for fact in sorted(facts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
