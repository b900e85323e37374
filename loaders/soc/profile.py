"""What this project knows of one provider's reports beside their text: our short titles of controls."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PROFILES = Path(__file__).with_name("profiles")


@dataclass(frozen=True, slots=True)
class Profile:
    """Short titles by control number, for each assessment (the part of its id after the provider)."""

    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def title(self, assessment: str, number: str) -> str | None:
        """The title of a control in the assessment of that id, where we wrote one."""
        key = assessment.split("/", 2)[-1]
        return self.titles.get(key, {}).get(number)


@cache
def read_profile(provider: str) -> Profile:
    """The profile of the provider with that key; an empty one where there is none."""
    path = PROFILES / f"{provider}.toml"
    if not path.is_file():
        return Profile()
    return Profile(tomllib.loads(path.read_text(encoding="utf-8")).get("titles", {}))
