"""How fast the GraphQL API answers, beside `@neo4j/graphql` on the same Neo4j; `--help` tells the options.

It runs the package `graphql_peer` in a process of its own: beside this file, which has the name of the library, no
other module could import that.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    command = [sys.executable, "-m", "benchmarks.graphql_peer", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=CHECKOUT, check=False).returncode)
