"""The SPARQL page as a person meets it: it asks, shows rows and errors, has questions to begin with, and stays here."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from api.questions import read_questions
from tests.browser.browsing import Visit, visit
from tests.questions.rows import FOLDER, expected

QUERY = "SELECT (1 + 1 AS ?two) {}"
QUESTION = next(question for question in read_questions(FOLDER) if question.name == "regions-added")


@pytest.fixture(scope="module")
def opened(browser: Browser, served_app: str) -> Iterator[Visit]:
    """The page with a query in its address, which asks it at once."""
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/sparql#query={quote(QUERY)}")
        seen.page.locator(".active .CodeMirror-line").first.wait_for()
        yield seen


def run(page: Page) -> None:
    page.locator(".active .yasqe_queryButton").click()


def test_the_query_in_the_address_is_answered_as_a_table(opened: Visit) -> None:
    expect(opened.page.locator(".active .yasr table tbody tr")).to_have_count(1)
    expect(opened.page.locator(".active .yasr table tbody")).to_contain_text("2")


def test_a_saved_question_is_chosen_and_answered(opened: Visit) -> None:
    opened.page.locator("#examples").select_option(label=QUESTION.title)
    expect(opened.page.locator(".active .CodeMirror-code")).to_contain_text("cg:Region")
    run(opened.page)
    expect(opened.page.locator(".active .yasr table tbody tr")).to_have_count(len(expected(QUESTION.name).rows))


def test_the_first_query_is_answered(browser: Browser, served_app: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/sparql")
        run(seen.page)
        expect(seen.page.locator(".active .yasr table tbody tr").first).to_be_visible()
        expect(seen.page.locator(".active .yasr table thead")).to_contain_text("firstLine")
        assert seen.complaints == []


def test_no_request_leaves_this_machine_and_nothing_is_refused(opened: Visit, served_app: str) -> None:
    assert opened.foreign_requests() == []
    assert opened.complaints == []
    assert f"{served_app}/sparql" in opened.requested


def test_a_misspelt_term_is_told_above_the_empty_answer_until_the_next_query(browser: Browser, served_app: str) -> None:
    query = "ASK { ?s <https://w3id.org/compliance-graph/ontology#inScpeOf> ?o }"
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/sparql#query={quote(query)}")
        run(seen.page)
        expect(seen.page.locator("#hint")).to_contain_text("did you mean cg:inScopeOf?")
        seen.page.locator("#examples").select_option(label=QUESTION.title)
        run(seen.page)
        expect(seen.page.locator(".active .yasr table tbody tr").first).to_be_visible()
        expect(seen.page.locator("#hint")).to_be_hidden()


def test_a_query_that_is_refused_shows_why(browser: Browser, served_app: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/sparql#query={quote('SELECT * { SERVICE <https://example.com/> { ?s ?p ?o } }')}")
        expect(seen.page.locator(".active .yasr")).to_contain_text("line 1, column 12: SERVICE asks another server")
