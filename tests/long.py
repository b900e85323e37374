"""Texts so long that reading them would not end in a test's life, were its time to grow faster than they do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

LENGTH = 1 << 20
SECONDS = 120
"""Reading takes a second or two; were it quadratic, it would take hours."""

_READING = """
import json, sys
from {module} import {function} as read
for text in json.load(sys.stdin):
    read(text)
print("read")
"""


def is_read(module: str, function: str, pieces: Sequence[str], before: str = "") -> bool:
    """Whether a function of one text gets through each piece, repeated up to the length, in a process of its own.

    Raises `subprocess.TimeoutExpired` if it does not.
    """
    done = subprocess.run(
        [sys.executable, "-c", _READING.format(module=module, function=function)],
        input=json.dumps([before + piece * (LENGTH // len(piece)) for piece in pieces]),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return done.stdout == "read\n"
