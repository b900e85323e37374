"""Standard error: where all that is no result goes; plain where it is no terminal or NO_COLOR is set."""

from __future__ import annotations

from rich.console import Console

_WIDTH = 120


def errors() -> Console:
    """The console of standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def results() -> Console:
    """The console of standard output, for results that are tables; in a pipe they are as wide as most terminals."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def complain(message: str) -> None:
    """Prints an error."""
    errors().print(f"cg: {message}", style="red", markup=False)


def say(message: str) -> None:
    """Prints what a person wants to know beside the result."""
    errors().print(message, markup=False)
