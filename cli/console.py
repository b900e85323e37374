"""Standard error: where all that is no result goes; plain where it is no terminal or NO_COLOR is set."""

from __future__ import annotations

from rich.console import Console


def errors() -> Console:
    """The console of standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Prints an error."""
    errors().print(f"cg: {message}", style="red", markup=False)


def say(message: str) -> None:
    """Prints what a person wants to know beside the result."""
    errors().print(message, markup=False)
