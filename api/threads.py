"""Threads that answer questions, so that the event loop waits for no store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Threads:
    """A number of threads, each begun when all others are busy.

    The way to them and back is a part of what a small answer takes: it is that of the standard library, which is
    shorter than Starlette's with its steps for cancelling, which an answer on its way ignores.
    """

    def __init__(self, most: int) -> None:
        self._pool = ThreadPoolExecutor(most, "answer")

    async def run(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """What a function returns or raises, called in a thread with the context of the task (PEP 567)."""
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: context.run(work, *given, **named))

    def close(self) -> None:
        """Begins nothing more; what runs ends by itself."""
        self._pool.shutdown(wait=False)
