"""GraphiQL as a person meets it: it loads, asks what its address says, and stays on this machine."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.browsing import Visit, visit

QUESTION = "{ services(first: 2) { totalCount nodes { id name } } }"

# The editor places its lines by their offset, so their order in the page is not the order that one reads.
SHOWN_LINES = """editor => [...editor.querySelectorAll('.view-line')]
  .sort((a, b) => a.offsetTop - b.offsetTop)
  .map(line => line.textContent.replaceAll('\\u00a0', ' ')).join('\\n')"""


@pytest.fixture(scope="module")
def answered(browser: Browser, served_app: str) -> Iterator[Visit]:
    """GraphiQL, opened with QUESTION in its address, after its Execute button was pressed."""
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/graphql?query={quote(QUESTION)}")
        seen.page.locator(".graphiql-query-editor .view-line").first.wait_for()
        seen.page.locator(".graphiql-execute-button").click()
        expect(seen.page.locator(".graphiql-response .view-lines")).to_contain_text("totalCount")
        yield seen


def shown(seen: Visit, editor: str) -> str:
    text = seen.page.locator(editor).evaluate(SHOWN_LINES)
    assert isinstance(text, str)
    return text


def asked_directly(address: str) -> Any:
    body = json.dumps({"query": QUESTION}).encode()
    request = Request(f"{address}/graphql", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=120) as response:
        return json.load(response)


def test_the_question_in_the_address_stands_in_the_editor(answered: Visit) -> None:
    assert shown(answered, ".graphiql-query-editor") == QUESTION


def test_the_answer_shown_is_the_answer_of_the_api(answered: Visit, served_app: str) -> None:
    answer = json.loads(shown(answered, ".graphiql-response"))
    assert answer["data"] == asked_directly(served_app)["data"]
    assert answer["data"]["services"]["totalCount"] > 0


def test_the_documentation_lists_the_root_fields(answered: Visit) -> None:
    answered.page.get_by_label("Show Documentation Explorer").click()
    documentation = answered.page.locator(".graphiql-doc-explorer")
    documentation.get_by_role("link", name="Query", exact=True).click()
    expect(documentation.get_by_role("link", name="services", exact=True)).to_be_visible()


def test_the_explorer_ticks_what_the_question_asks_for(answered: Visit) -> None:
    answered.page.get_by_label("Show GraphiQL Explorer").click()
    explorer = answered.page.locator(".graphiql-explorer-root")
    expect(explorer.get_by_text("totalCount", exact=True)).to_be_visible()


def test_the_default_question_is_answered_without_an_error(browser: Browser, served_app: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/graphql")
        seen.page.locator(".graphiql-query-editor .view-line").first.wait_for()
        seen.page.locator(".graphiql-execute-button").click()
        response = seen.page.locator(".graphiql-response .view-lines")
        expect(response).to_contain_text("nameAsWritten")
        expect(response).not_to_contain_text("errors")


def test_no_request_leaves_this_machine_and_nothing_is_refused(answered: Visit, served_app: str) -> None:
    assert answered.foreign_requests() == []
    assert answered.complaints == []
    assert f"{served_app}/graphql" in answered.requested
    assert any(address.endswith("graphql.worker.js") for address in answered.requested)
