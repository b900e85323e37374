"""The one browser that all tests of a module share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import running


# Not for the whole session: while it is open, no other test can run an asyncio loop.
@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with running(chromium) as opened:
        yield opened
