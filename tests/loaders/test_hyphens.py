"""Words that a line's end cuts are whole again; words that have a hyphen keep it."""

from __future__ import annotations

import pytest

from loaders.layout.hyphens import Hyphens, glued


@pytest.mark.parametrize(
    "word", ["one-time", "peer-reviewed", "on-site", "multi-factor", "third-party", "long-term", "non-compliant"]
)
def test_a_hyphen_between_two_words_stays(word: str) -> None:
    assert Hyphens(["Nothing of the kind stands here."]).mended(word) == word


@pytest.mark.parametrize("word", ["re-leased", "depart-ment", "lim-ited", "ter-minated", "con-trol", "pass-word"])
def test_a_hyphen_that_cuts_a_word_goes(word: str) -> None:
    assert Hyphens(["Nothing of the kind stands here."]).mended(word) == word.replace("-", "")


def test_the_document_knows_its_words_best() -> None:
    assert Hyphens(["A sign-off and a berthmaster."]).mended("a sign-off of the berth-master") == (
        "a sign-off of the berthmaster"
    )


def test_a_line_goes_on_without_a_space_where_a_word_is_cut() -> None:
    assert glued("keys are re-", "leased") == "keys are re-leased"
    assert glued("keys 1 -", "leased") == "keys 1 - leased"
