"""The start page: each link opens, each question is answered, and no value can break out of its place."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from api.pages import DocumentLine, Door, Link, SavedQuestion, StartPage, start_page
from tests.browser.browsing import Visit, visit

HOSTILE = """</h3><script>alert('1')</script>" onclick="alert(2)" & {status}"""


@pytest.fixture(scope="module")
def opened(browser: Browser, served_app: str) -> Iterator[Visit]:
    with visit(browser) as seen:
        seen.page.goto(f"{served_app}/")
        yield seen


def addresses(seen: Visit) -> list[str]:
    found = seen.page.locator("[href]").evaluate_all("items => items.map(item => item.href)")
    assert isinstance(found, list)
    return [str(address) for address in found]


def test_every_link_opens(opened: Visit, served_app: str) -> None:
    ours = [address for address in addresses(opened) if address.startswith(served_app)]
    get = opened.context.request.get
    answers = {address: get(address, headers={"Accept": "text/html,*/*;q=0.8"}).status for address in ours}
    assert {address: status for address, status in answers.items() if status != 200} == {}
    paths = {urlsplit(address).path for address in ours}
    assert {"/graphql", "/schema.graphql", "/export", "/static/style.css", "/static/icon.svg"} <= paths


def test_every_saved_question_is_answered_without_an_error(opened: Visit, served_app: str) -> None:
    questions = [
        query
        for address in addresses(opened)
        for query in parse_qs(urlsplit(address).query).get("query", [])
        if urlsplit(address).path == "/graphql"
    ]
    errors = {question: ask(served_app, question).get("errors") for question in questions}
    assert errors
    assert set(errors.values()) == {None}


def ask(address: str, question: str) -> Any:
    body = json.dumps({"query": question}).encode()
    request = Request(urljoin(address, "/graphql"), body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=120) as response:
        return json.load(response)


def test_a_saved_question_opens_in_graphiql(opened: Visit) -> None:
    with opened.context.new_page() as page:
        page.goto(opened.page.url)
        page.locator("#questions .action").first.click()
        expect(page.locator(".graphiql-query-editor .view-line").first).to_be_visible()


def test_the_page_asks_for_nothing_elsewhere_and_nothing_is_refused(opened: Visit) -> None:
    assert opened.foreign_requests() == []
    assert opened.complaints == []


class Outline(HTMLParser):
    """The tags, the attribute names and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data.strip())


def page_of(value: str) -> StartPage:
    return StartPage(
        counts={value: 1},
        documents=(DocumentLine(value, value, value),),
        doors=(Door(value, value, (Link(value, f"/{value}"),)),),
        questions=(SavedQuestion(value, value, value),),
        complete=None,
    )


def test_no_value_can_leave_its_place_on_the_page() -> None:
    hostile, plain = Outline(start_page(page_of(HOSTILE))), Outline(start_page(page_of("plain")))
    assert (hostile.tags, hostile.attributes) == (plain.tags, plain.attributes)
    assert hostile.text.count(HOSTILE) == 9


@pytest.mark.parametrize(
    ("complete", "text"),
    [
        (True, "Loaded completely"),
        (False, "The last load did not finish"),
        (None, "This store records no load"),
    ],
)
def test_the_page_says_whether_the_load_was_complete(complete: bool | None, text: str) -> None:
    page = StartPage(counts={}, documents=(), doors=(), questions=(), complete=complete)
    assert [line for line in Outline(start_page(page)).text if line.startswith(text)] != []


def test_an_empty_store_says_how_to_fill_it() -> None:
    page = StartPage(counts={}, documents=(), doors=(), questions=(), complete=None)
    assert "No document is loaded yet." in Outline(start_page(page)).text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "mailto:someone"])
def test_a_link_leads_to_a_path_or_an_http_address_only(address: str) -> None:
    with pytest.raises(ValueError, match="neither a path"):
        Link("a link", address)
