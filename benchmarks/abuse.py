"""How long a server takes to refuse what is meant to hurt it: the requests of `tests/api/abuse.py`, each sent anew.

usage: python benchmarks/abuse.py [MOST_MS=50]

The server is `cg serve` over the bundled facts in a SQLite file. Each request is made new to it by its bytes, so that
no document is remembered. Those whose median is over MOST_MS are named at the end.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.api.abuse import Abuse, abuses
from tests.facts import loaded_store, served

MOST_MS = float(sys.argv[1]) if len(sys.argv) > 1 else 50.0
TIMES = 9
SENT = 64 * 1024
"""How much of a body is sent at once; a server that refuses by the announced length may close before more comes."""


def main() -> int:
    """Prints the median and the longest time of each."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/facts.db"
        with loaded_store(address), served(address) as base:
            rows = [(abuse.name, sorted(times(base, abuse))) for abuse in abuses()]
    for name, taken in sorted(rows, key=lambda row: -statistics.median(row[1])):
        print(f"{statistics.median(taken):8.1f} ms  {taken[-1]:8.1f} ms at most  {name}")
    slow = [name for name, taken in rows if statistics.median(taken) > MOST_MS]
    print(f"{len(rows)} requests; over {MOST_MS:g} ms: {', '.join(slow) or 'none'}")
    return 0


def times(base: str, abuse: Abuse) -> Iterator[float]:
    """The milliseconds of each try."""
    for number in range(TIMES):
        body = abuse.body.replace(b'{"query":"', b'{"query":"' + b"," * (number + 1), 1)
        connection = http.client.HTTPConnection(urlsplit(base).netloc)
        begun = time.perf_counter()
        connection.putrequest("POST", "/graphql")
        for header, value in {**abuse.all_headers(), "Content-Length": str(len(body))}.items():
            connection.putheader(header, value)
        connection.endheaders(body[:SENT])
        answer = connection.getresponse()
        answer.read()
        yield (time.perf_counter() - begun) * 1000
        assert answer.status == abuse.status, (abuse.name, answer.status)
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
