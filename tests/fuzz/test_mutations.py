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
    hides_an_end,
    refold_prose,
)
from tests.fuzz.stated_facts import extraction, facts, unsupported
from tests.fuzz.texts import DOCUMENTS, INVENTED, LINES_ARE_PARAGRAPHS, QUICK_REFERENCES, examples, text_of

SEEDS = st.integers(0, 2**32 - 1)
TEXTS = (*DOCUMENTS, *INVENTED)
FEWEST_CUTS = 2
UNTOLD = (("soc_3_nimbus", refold_prose),)
"""One entry of a list, alone on its page, reads as a title where lines are paragraphs."""
FOLDED = tuple((name, mutation) for name in TEXTS for mutation in REWRAPPING if (name, mutation) not in UNTOLD)
known_facts = cache(facts)


@cache
def unsupported_before(text: str) -> frozenset[tuple[str, str]]:
    return unsupported(extraction(text).facts)


def must_keep(name: str, text: str, mutation: Mutation, seed: int) -> None:
    changed = mutation(text, seed)
    assert facts(changed) == known_facts(text), f"{mutation.__name__} of {name} with the seed {seed}"


@pytest.mark.parametrize("mutation", (*CHARACTERS, *BULLETING), ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("name", TEXTS)
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


@pytest.mark.parametrize("mutation", CHANGING, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("name", TEXTS)
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
