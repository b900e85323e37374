"""Sentences that lead, without a colon, to the controls that users of a system are expected to have."""

from __future__ import annotations

import re

from loaders.soc.services_left_out import SENTENCES

_USERS = re.compile(
    r"\b(?:user[- ](?:entit(?:y|ies)|organi[sz]ations?)|customers?|clients?|users|tenants|subscribers)\b", re.IGNORECASE
)
_CONTROLS = r"(?:controls|considerations|responsibilities|obligations|duties|measures)"
_BELOW = re.compile(
    rf"\bfollowing (?:[\w-]+ ){{0,4}}{_CONTROLS}\b|\b{_CONTROLS} (?:[\w-]+ ){{0,2}}below\b"
    rf"|\bbelow\b[^.;]* {_CONTROLS}\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\bsub-?service\b|\btest(?:s|ed)\b", re.IGNORECASE)


def leads_to_user_controls(text: str) -> bool:
    """Whether the last sentence of a text says that controls of users stand below."""
    last = SENTENCES.split(text)[-1]
    return bool(_USERS.search(last) and _BELOW.search(last)) and not _OF_OTHERS.search(last)
