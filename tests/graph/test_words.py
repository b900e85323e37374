"""How texts are cut into words and search texts into terms; how the part of a text that matches is shown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NothingToSearch, TooManyWords
from graph.snippets import WIDTH, snippet
from graph.words import LONGEST, Query, Term, parse, spans, words

MOST = 32
TEXT = st.text(alphabet=st.characters() | st.sampled_from(' "*-./_áÁß'), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AWSCA-1.4", ["awsca", "1", "4"]),
        ("us-east-1", ["us", "east", "1"]),
        ("snake_case and/or", ["snake", "case", "and", "or"]),
        ("São Tomé", ["sao", "tome"]),
        ("Sa\u0303o", ["sao"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("ΣΊΣΥΦΟΣ σίσυφος", ["σισυφοσ", "σισυφοσ"]),
        ("ﬁle ２０ m²", ["file", "20", "m2"]),
        ("co\u00adoperate", ["cooperate"]),
        ("हिन्दी", ["हिनदी"]),
        ("東京 Tokyo", ["東京", "tokyo"]),
        ("☁\ufe0f — “…” \u200d", []),
        ("x" * (LONGEST + 1), ["x" * LONGEST, "x"]),
    ],
)
def test_words_are_folded_and_signs_part_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(TEXT)
def test_words_are_letters_and_digits_that_are_folded_already(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]
        assert not re.search(r"[\x00-\x2f:-`{-\x7f\s]", word)


@given(TEXT)
def test_the_places_of_words_are_those_of_the_text(text: str) -> None:
    places = spans(text)
    assert [word for word, _, _ in places] == words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in places)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Access granted", [Term(("access",)), Term(("granted",))]),
        ("encrypt*", [Term(("encrypt",), prefix=True)]),
        ("(encrypt*),", [Term(("encrypt",), prefix=True)]),
        ("us-e*", [Term(("us", "e"), prefix=True)]),
        ("AWSCA-1.*", [Term(("awsca", "1"))]),
        ("* a *b c**", [Term(("a",)), Term(("b",)), Term(("c",))]),
        ('"key  management" s3', [Term(("key", "management")), Term(("s3",))]),
        ("“key management”", [Term(("key", "management"))]),
        ('"key management', [Term(("key",)), Term(("management",))]),
        ('"a*" ""', [Term(("a",))]),
        ("a OR b AND NOT c", [Term((w,)) for w in ("a", "or", "b", "and", "not", "c")]),
    ],
)
def test_a_search_text_is_words_prefixes_and_phrases_and_nothing_else(text: str, terms: list[Term]) -> None:
    assert parse(text, MOST) == Query(tuple(terms))


@pytest.mark.parametrize("text", ["", " ", "?!", '"', '""', "*", '"*"', "—", "\x00", "\ud800"])
def test_a_text_without_a_letter_or_a_digit_asks_for_nothing(text: str) -> None:
    with pytest.raises(NothingToSearch, match="there is nothing to search for"):
        parse(text, MOST)


def test_more_words_than_are_possible_are_refused_wherever_they_stand() -> None:
    assert len(parse(" ".join(["a-b"] * 16), MOST).terms) == 16
    with pytest.raises(TooManyWords, match="33 words; at most 32"):
        parse('"' + "a " * 33 + '"', MOST)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Region us-east-1.", "us-east-1", "Region <mark>us-east-1</mark>."),
        ("São Paulo", "SAO", "<mark>São</mark> Paulo"),
        ("Sa\u0303o Paulo", "sao", "<mark>Sa\u0303o</mark> Paulo"),
        ("R&D <b>keys</b>", "key*", "R&amp;D &lt;b&gt;<mark>keys</mark>&lt;/b&gt;"),
        ("keys are\n  rotated", "rotated", "keys are <mark>rotated</mark>"),
        ("a b a b", '"a b" a', "<mark>a b</mark> <mark>a b</mark>"),
        ("a b", "a b", "<mark>a</mark> <mark>b</mark>"),
    ],
)
def test_matches_are_marked_and_all_else_is_text(text: str, query: str, expected: str) -> None:
    assert snippet(text, parse(query, MOST)) == expected


def test_of_a_long_text_the_part_with_most_matches_is_shown() -> None:
    text = " ".join([*"abcdefgh", "key", *("x" * 50), "key", "rotation", *("y" * 50)])
    shown = snippet(text, parse("key rotation", MOST))
    assert shown.startswith("…x x x x x x <mark>key</mark> <mark>rotation</mark> y")
    assert shown.endswith("y…")
    assert len(words(shown.replace("mark", ""))) == WIDTH


@given(st.lists(st.sampled_from(["key", "Kéy", "<b>", "&", "keys", "\n", "rotation", "a-b"]), max_size=80))
def test_a_snippet_without_its_marks_is_a_part_of_the_text(parts: list[str]) -> None:
    text = " ".join(["key", *parts])
    shown = snippet(text, parse("key* rotation", MOST))
    plain = unescape(re.sub(r"</?mark>", "", shown)).strip("…")
    assert plain in " ".join(text.split())
    assert "<mark>" in shown
