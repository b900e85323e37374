"""What changes no meaning changes no fact; whatever else happens to a text, no loader breaks or invents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import InputRefused
from tests.fuzz import mutations
from tests.fuzz.mutations import (
    BULLETING,
    CHANGING,
    CHARACTERS,
    REWRAPPING,
    Mutation,
    cuts,
    fold_lines,
    hides_an_end,
    lost_bullets,
    numbered_items,
    refold_prose,
)
from tests.fuzz.stated_facts import Fact, extraction, facts, unsupported
from tests.fuzz.texts import DOCUMENTS, INVENTED, LINES_ARE_PARAGRAPHS, QUICK_REFERENCES, examples, text_of

SEEDS = st.integers(0, 2**32 - 1)
TEXTS = (*DOCUMENTS, *INVENTED)
FEWEST_CUTS = 2
UNTOLD = (("soc_3_nimbus", refold_prose), ("004", fold_lines))
"""One entry of a list, alone on its page, reads as a title where lines are paragraphs; so does a name that folding
leaves alone on a line, below the end of a sentence, where titles have no blank lines."""
UNMARKED = (("000", lost_bullets), ("002", lost_bullets), ("002", numbered_items))
"""Short items that nothing marks are no items, and the number of a control that is cut at its point reads as the
number of an item where items are numbered: what is stated then must stand in its lines all the same."""
MARKED = tuple((n, m) for n in TEXTS for m in (*CHARACTERS, *BULLETING) if (n, m) not in UNMARKED)
BROKEN = (*((n, m) for n in TEXTS for m in CHANGING), *UNMARKED, *UNTOLD)
FOLDED = tuple((name, mutation) for name in TEXTS for mutation in REWRAPPING if (name, mutation) not in UNTOLD)
known_facts = cache(facts)


@cache
def unsupported_before(text: str) -> frozenset[tuple[str, str]]:
    return unsupported(extraction(text).facts)


def must_keep(name: str, text: str, mutation: Mutation, seed: int) -> None:
    before, after = known_facts(text), facts(mutation(text, seed))
    changed = [f"- {fact}" for fact in sorted(before - after) if not is_of_numbers(mutation, fact)]
    changed += [f"+ {fact}" for fact in sorted(after - before) if not is_of_numbers(mutation, fact)]
    assert changed[:10] == [], f"{len(changed)} differences: {mutation.__name__} of {name} with the seed {seed}"


def is_of_numbers(mutation: Mutation, fact: Fact) -> bool:
    """Whether a fact may tell the number of an item: numbered items state it, items with bullets do not."""
    if mutation is not numbered_items:
        return False
    return fact[1] == "description" or (fact[0].startswith("user-entity-control/") and fact[1] in ("number", "name"))


@pytest.mark.parametrize(("name", "mutation"), MARKED, ids=lambda one: getattr(one, "__name__", one))
def test_other_characters_and_bullets_change_no_fact(name: str, mutation: Mutation, documents: Path) -> None:
    text = text_of(name, documents)

    @examples(name)
    @given(SEEDS)
    def check(seed: int) -> None:
        must_keep(name, text, mutation, seed)

    check()


@pytest.mark.parametrize(("name", "mutation"), FOLDED, ids=lambda one: getattr(one, "__name__", one))
def test_folding_at_any_width_changes_no_fact(name: str, mutation: Mutation, documents: Path) -> None:
    text = text_of(name, documents)

    @examples(name)
    @given(SEEDS)
    def check(seed: int) -> None:
        assume(is_told(name, text, mutations.width_of(seed)))
        must_keep(name, text, mutation, seed)

    check()


def is_told(name: str, text: str, width: int) -> bool:
    """Whether the folded text tells what was folded, and no two claims of one value come to stand on one line."""
    hidden = name in LINES_ARE_PARAGRAPHS and hides_an_end(text, width)
    shown = cuts(text, width) == 0 or cuts(text, width) >= FEWEST_CUTS
    narrow = name in INVENTED and width > 120
    places = name in QUICK_REFERENCES and not 70 <= width <= 150
    return shown and not (hidden or narrow or places)


@pytest.mark.parametrize(("name", "mutation"), BROKEN, ids=lambda one: getattr(one, "__name__", one))
def test_a_broken_text_is_refused_or_what_is_stated_stands_in_the_cited_lines(
    name: str, mutation: Mutation, documents: Path
) -> None:
    text = text_of(name, documents)
    before = unsupported_before(text)

    @examples(name)
    @given(SEEDS)
    def check(seed: int) -> None:
        try:
            stated = extraction(mutation(text, seed)).facts
        except InputRefused:
            return
        assert unsupported(stated) <= before, f"{mutation.__name__} of {name} with the seed {seed}"

    check()
