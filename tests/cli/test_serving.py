"""`cg serve` with its settings, and `cg token`, as someone who runs a server has them."""

from __future__ import annotations

import json
import re
import stat
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.facts import CHECKOUT, cg, served

QUERY = "/graphql?query={services{totalCount}}"


def ask(address: str, **headers: str) -> tuple[int, str]:
    """The status and the body of a GET."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(address, headers=given)) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    """Where tokens are kept."""
    return tmp_path / "tokens"


def test_a_token_opens_the_server_and_its_file_has_the_hash_alone(bundled_address: str, tokens: Path) -> None:
    done = cg("token", "us", "--file", tokens)
    assert (done.returncode, len(done.stdout.strip())) == (0, 43)
    assert done.stdout.strip() not in tokens.read_text()
    assert stat.S_IMODE(tokens.stat().st_mode) == 0o600
    again, odd = cg("token", "us", "--file", tokens), cg("token", "u s", "--file", tokens)
    assert (again.returncode, odd.returncode, len(tokens.read_text().splitlines())) == (2, 2, 1)
    with served(bundled_address, environment={"COMPLIANCE_GRAPH_TOKENS": str(tokens)}) as base:
        assert ask(f"{base}{QUERY}")[0] == 401
        assert ask(f"{base}/healthz")[0] == 200
        assert ask(f"{base}{QUERY}", Authorization=f"Bearer {done.stdout.strip()}")[0] == 200


def test_a_saved_question_is_asked_with_another_value(served_app: str) -> None:
    asked, own = (f"{served_app}/saved/{place}" for place in ("controls-of-s3?service=KMS", "controls-of-kms"))
    assert ask(asked) == ask(own)
    assert ask(asked) != ask(f"{served_app}/saved/controls-of-s3")


def test_the_queries_that_the_page_about_http_shows_are_answered(served_app: str) -> None:
    page = (CHECKOUT / "docs" / "http.md").read_text("utf-8")
    (query,) = re.findall(r"<<'END'\n(.*?)\nEND\n", page, re.DOTALL)
    (described,) = re.findall(r"`(DESCRIBE <.*>)`", page)
    status, rows = ask(f"{served_app}/sparql?{urlencode({'query': query})}", Accept="text/csv")
    assert (status, rows.splitlines()[0], len(rows.splitlines()) > 2) == (200, "name,end", True)
    status, graph = ask(f"{served_app}/sparql?{urlencode({'query': described})}", Accept="text/turtle")
    assert (status, "cg:Service" in graph) == (200, True)


def test_the_log_is_json_with_the_id_of_each_request_where_no_terminal_reads_it(
    bundled_address: str, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    with path.open("w") as log, served(bundled_address, "--only-saved", log=log) as base:
        assert ask(f"{base}{QUERY}", X_Request_Id="abc")[0] == 403
        assert ask(f"{base}/saved/regions-in-scope")[0] == 200
    events = [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")]
    first, second = (event for event in events if event["event"] == "request")
    assert first.items() >= {"request_id": "abc", "path": "/graphql", "status": 403, "level": "info"}.items()
    assert (second["path"], second["status"]) == ("/saved/regions-in-scope", 200)


def test_data_that_break_a_shape_are_exported_only_where_that_is_set(bundled_address: str, tmp_path: Path) -> None:
    edited, asked = tmp_path / "edited.db", "/export?format=nquads&class=Region"
    edited.write_bytes(Path(bundled_address.removeprefix("sqlite:///")).read_bytes())
    with closing(connect(edited)) as by_hand, by_hand:
        by_hand.execute("UPDATE citation SET first_line = last_line + 1")
    with served(f"sqlite:///{edited}") as base:
        status, text = ask(f"{base}{asked}")
        assert (status, "breaches of shapes, nothing is written; the first: " in text) == (500, True)
        assert ask(f"{base}{QUERY}")[0] == 200
    with served(f"sqlite:///{edited}", environment={"COMPLIANCE_GRAPH_NO_CHECK": "true"}) as base:
        assert ask(f"{base}{asked}")[0] == 200
    with served(f"sqlite:///{edited}", "--no-check") as base:
        assert ask(f"{base}{asked}")[0] == 200


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("COMPLIANCE_GRAPH_CORS", "compliance.example", "an origin such as https://"),
        ("COMPLIANCE_GRAPH_ONLY_SAVED", "yes", "true or false"),
        ("COMPLIANCE_GRAPH_MAX_AGE", "-1", "a number of seconds"),
        ("COMPLIANCE_GRAPH_LIMIT_DEPTH", "0", "a whole number from 1"),
        ("COMPLIANCE_GRAPH_BASE", "compliance.example", "not an absolute IRI"),
        ("COMPLIANCE_GRAPH_LICENCE", "by our leave", "an IRI such as"),
        ("COMPLIANCE_GRAPH_LOG", "loud", "one of debug, info"),
        ("COMPLIANCE_GRAPH_TOKENS", "/nowhere/tokens", "No such file"),
    ],
)
def test_a_setting_that_cannot_be_read_ends_the_command(bundled_address: str, name: str, given: str, said: str) -> None:
    done = cg("serve", "--store", bundled_address, "--port", "0", environment={name: given})
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_folder_that_holds_no_saved_question_ends_the_command(bundled_address: str, tmp_path: Path) -> None:
    (tmp_path / "broken.graphql").write_text("{ nothing }")
    done = cg("serve", "--store", bundled_address, "--port", "0", "--saved", tmp_path)
    assert (done.returncode, "Cannot query field 'nothing'" in done.stderr) == (1, True), done.stderr
