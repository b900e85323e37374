"""Requests that are meant to hurt: each with its status and the code that refuses it, and none reaches the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from api.graphql_http import JSON

_INVALID = "GRAPHQL_VALIDATION_FAILED"
_TYPES = "ofType{...T}interfaces{...T}possibleTypes{...T}"
NOTHING = "{ services { totalCount } }"
WHERE = "query($w: ServiceWhere) { services(where: $w) { totalCount } }"
IDS = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
NAMED = "query($n: String!) { service(name: $n) { id } }"
PAGE = "query($n: Int) { services(first: $n) { totalCount } }"


@dataclass(frozen=True, slots=True)
class Abuse:
    """A request and how it is refused; a body is sent as JSON of that media type."""

    name: str
    body: bytes
    status: int
    code: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def all_headers(self) -> dict[str, str]:
        """The headers of the request."""
        return {"Content-Type": JSON, **self.headers}


def asked(name: str, query: str, code: str, variables: object = None, status: int = 200) -> Abuse:
    """A well-formed request with that document."""
    return Abuse(name, orjson.dumps({"query": query, "variables": variables}), status, code)


def abuses() -> Iterator[Abuse]:
    """All of them."""
    yield from _documents()
    yield from _values()
    yield from _bodies()


def spreads() -> str:
    """732 bytes or less whose fragments stand for 2^24 fields."""
    fragments = "".join(f"fragment f{n} on Query{{...f{n + 1} ...f{n + 1}}}" for n in range(16))
    return "{...f0}" + fragments + "fragment f16 on Query{__typename}"


def _documents() -> Iterator[Abuse]:
    deep = (
        "".join(f"fragment f{n} on Service{{partOf{{...f{n + 1}}}}}" for n in range(40)) + "fragment f40 on Service{id}"
    )
    yield asked("deep fields", "{services{nodes" + "{partOf" * 30 + "{id}" + "}" * 32, "TOO_DEEP")
    yield asked("deeper than can be parsed", "{a" * 900 + "}" * 900, "TOO_DEEP")
    yield asked("deep fragments", "{services{nodes{...f0}}}" + deep, "TOO_DEEP")
    yield asked("exponential spreads", spreads(), "TOO_MANY_FIELDS")
    yield asked("aliases", "{" + "".join(f"a{n}:services{{totalCount}}" for n in range(300)) + "}", "TOO_MANY_ALIASES")
    yield asked("one alias", "{" + "a:services{totalCount}" * 300 + "}", "TOO_MANY_ALIASES")
    yield asked("repeats", "{services{" + "totalCount " * 900 + "}}", "TOO_MANY_REPEATS")
    yield asked("directives", "{services" + "@skip(if:false)" * 200 + "{totalCount}}", "TOO_MANY_DIRECTIVES")
    yield asked("unknown directives", "{services" + "@a" * 600 + "{totalCount}}", "TOO_MANY_DIRECTIVES")
    yield asked("directives of an operation", "query" + "@a" * 900 + NOTHING, "TOO_MANY_DIRECTIVES")
    yield asked("a circle", "{...a}fragment a on Query{...b}fragment b on Query{...a}", "GRAPHQL_VALIDATION_FAILED")
    yield asked("a fragment of itself", "{...a}fragment a on Query{...a ...a}", "GRAPHQL_VALIDATION_FAILED")
    yield asked(
        "introspection in circles", "{__schema{types" + "{fields{type" * 9 + "{name}" + "}}" * 9 + "}}", "TOO_DEEP"
    )
    wide = "".join(f"fragment t{n} on __Type{{{_TYPES.replace('T', f't{n + 1}')}}}" for n in range(7))
    wide = "{__schema{types{...t0}}}" + wide + "fragment t7 on __Type{name}"
    yield asked("wide introspection", wide, "TOO_MANY_FIELDS")
    yield asked("many tokens", "{" + "a " * 20_000 + "}", "TOO_MANY_TOKENS")
    yield asked("many operations", "".join(f"query q{n}{NOTHING}" for n in range(200)), "OPERATION_RESOLUTION_FAILURE")
    yield asked("many variables", "query(" + "".join(f"$a{n}:Int " for n in range(390)) + ")" + NOTHING, _INVALID)
    yield asked("many unknown fields", "{" + "".join(f"f{n} " for n in range(900)) + "}", _INVALID)
    yield asked("a long name", "{" + "a" * 60_000 + "}", _INVALID)
    yield asked("a million nodes", "{services(first:1000){nodes{assessments(first:1000){nodes{id}}}}}", "TOO_EXPENSIVE")
    yield asked("no text", "\x00", "GRAPHQL_PARSE_FAILED")
    yield asked("a NUL in a document", "{services{\x00totalCount}}", "GRAPHQL_PARSE_FAILED")
    yield asked("a mutation", "mutation{__typename}", _INVALID)
    yield asked("a subscription", "subscription{__typename}", _INVALID)


def _values() -> Iterator[Abuse]:
    for levels, code in ((50, "BAD_USER_INPUT"), (500, _INVALID)):
        deep = b'{"not":' * levels + b"{}" + b"}" * levels
        body = b'{"query":"' + WHERE.encode() + b'","variables":{"w":' + deep + b"}}"
        yield Abuse(f"variables of {levels} levels", body, 200, code)
    yield asked("wide variables", WHERE, "BAD_USER_INPUT", {"w": {"or": [{"name": {"eq": "x"}}] * 2000}})
    yield asked("a long list", WHERE, "BAD_USER_INPUT", {"w": {"name": {"in": ["x"] * 9000}}})
    yield asked("many ids", IDS, "BAD_USER_INPUT", {"ids": ["x"] * 9000})
    yield asked("a long list of what is wrong", IDS, _INVALID, {"ids": [{}] * 9000})
    yield asked("many unknown keys", WHERE, _INVALID, {"w": {f"k{n}": 1 for n in range(5000)}})
    yield asked("no Int", PAGE, _INVALID, {"n": 2**31})
    yield asked("no Int at all", PAGE, _INVALID, {"n": -(2**63)})
    yield asked("a float for an Int", PAGE, _INVALID, {"n": 1.5})
    yield asked("a long number", "{services(first:" + "9" * 5000 + "){totalCount}}", _INVALID)
    yield asked("a long exponent", "{services(first:1e" + "9" * 5000 + "){totalCount}}", _INVALID)
    yield asked(
        "a long number by default", "query($n:Int=" + "9" * 5000 + "){services(first:$n){totalCount}}", _INVALID
    )
    yield asked("half a character", '{service(name:"\\uD800"){id}}', "GRAPHQL_PARSE_FAILED")


def _bodies() -> Iterator[Abuse]:
    bad = "BAD_REQUEST"
    yield Abuse("a megabyte", orjson.dumps({"query": "#" * 2**20}), 413, "BODY_TOO_LARGE")
    yield Abuse("deep JSON", b"[" * 30_000, 400, bad)
    yield Abuse("deep JSON variables", b'{"query":"{a}","variables":' + b'{"a":' * 8000 + b"1" + b"}" * 8001, 400, bad)
    yield Abuse("a batch", orjson.dumps([{"query": NOTHING}] * 900), 400, bad)
    yield Abuse("no UTF-8", b'{"query":"{service(name:\\"\xff\\"){id}}"}', 400, bad)
    yield Abuse(
        "half a character in JSON", b'{"query":"' + NAMED.encode() + b'","variables":{"n":"\\ud800"}}', 400, bad
    )
    yield Abuse("a number that is none", b'{"query":"' + PAGE.encode() + b'","variables":{"n":NaN}}', 400, bad)
    yield Abuse("an endless number", b'{"query":"' + PAGE.encode() + b'","variables":{"n":1e999}}', 400, bad)
    yield Abuse("nothing", b"", 400, bad)
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        yield Abuse(
            f"media {media}", b"query=" + NOTHING.encode(), 415, "UNSUPPORTED_MEDIA_TYPE", {"Content-Type": media}
        )
