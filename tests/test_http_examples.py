"""What the page about HTTP shows is what a client gets, and every route is on it."""

from __future__ import annotations

import re
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from tests.facts import CHECKOUT

PAGE = (CHECKOUT / "docs" / "http.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `(/[^`]*)` \| `([^`]*)` \| (\d{3}) \|$", PAGE, re.MULTILINE)
ROUTES = re.findall(r"^\| (`(?:GET|GET, POST) /.*?) \| ", PAGE, re.MULTILINE)


class Staying(HTTPRedirectHandler):
    """Does not follow."""

    def redirect_request(self, *_: object) -> None:
        """Nothing more is asked."""


@pytest.mark.parametrize(("address", "accept", "status"), EXAMPLES)
def test_an_example_is_answered_as_it_says(served_app: str, address: str, accept: str, status: str) -> None:
    request = Request(served_app + quote(address, safe="/:?&=%"), headers={"Accept": accept})
    try:
        with build_opener(Staying).open(request, timeout=120) as answer:
            found, media = answer.status, answer.headers["Content-Type"].split(";")[0]
            assert answer.read(1)
    except HTTPError as error:
        found, media = error.code, ""
    assert found == int(status)
    assert media in ("", accept.split(",", maxsplit=1)[0])


def test_every_route_has_an_example() -> None:
    first = {path.split("/")[1].split("?")[0].split(".")[0] for path, _, _ in EXAMPLES}
    paths = [path for route in ROUTES for path in re.findall(r"(?:GET|POST) (/[a-z.-]*)", route)]
    routes = {path.split("/")[1].split(".")[0] for path in paths}
    assert len(ROUTES) > 10
    assert routes - first == set()
