"""Dates in every notation that says one day only, and the periods that two of them make."""

from __future__ import annotations

import pytest

from loaders.dates import date_of, dates_in, moment_of, period_of, periods_in


@pytest.mark.parametrize(
    "text",
    [
        *("March 4, 2023", "4 March 2023", "4. March 2023", "Mar. 4, 2023", "March 4th, 2023", "the 4th of March 2023"),
        *("2023-03-04", "Date: 4 March 2023", "Dated March 4, 2023."),
    ],
)
def test_one_day_has_one_iso_date(text: str) -> None:
    assert [found.iso for found in dates_in(text)] == ["2023-03-04"]


def test_a_date_in_numbers_must_show_its_day() -> None:
    assert date_of("13/02/2023") == date_of("02/13/2023") == date_of("13.02.2023") == "2023-02-13"
    assert date_of("03/04/2023") is None
    assert date_of("31/02/2023") is None


def test_a_text_that_says_more_than_a_date_is_none() -> None:
    assert date_of("On the evening of March 4, 2023") is None
    assert date_of("you may 4 2023") is None


@pytest.mark.parametrize(
    "text",
    [
        "for the period January 1, 2023 to June 30, 2023",
        "throughout the period 1 January 2023 through 30 June 2023",
        "the period from 2023-01-01 to 2023-06-30",
        "period 01/01/2023 - 06/30/2023",
        "period 01.01.2023–30.06.2023",
        "period of January 1 to June 30, 2023",
    ],
)
def test_a_period_has_two_iso_dates(text: str) -> None:
    assert period_of(text) == ("2023-01-01", "2023-06-30")


def test_two_dates_without_the_word_are_a_period_only_where_a_title_says_so() -> None:
    text = "1 October 2022 – 30 September 2023"
    assert period_of(text) is None
    assert [(p.first, p.last) for p in periods_in(text)] == [("2022-10-01", "2023-09-30")]


def test_a_month_stays_a_month() -> None:
    assert (moment_of("since May 2023"), moment_of("since May 3, 2023"), moment_of("since then")) == (
        "2023-05",
        "2023-05-03",
        None,
    )


def test_between_dots_the_day_stands_first() -> None:
    assert (date_of("07.08.2023"), date_of("07.18.2023"), date_of("07/08/2023")) == ("2023-08-07", "2023-07-18", None)
