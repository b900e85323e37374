"""Names of companies with a possessive of their own: `Cooper's Wharf Holdings, LLC` is no wharf of one Cooper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.names.proper_names import LEGAL_FORMS, Name, name_at, name_before

_POSSESSIVE = re.compile(r"[\w.]['’]s (?=[A-Z])")
_WORDS = re.compile(r"\S+")
_OF_A_REPORT = re.compile(
    r"^(?:the )?(?:management|company|auditor|board|system|organi[sz]ation|service organi[sz]ation)$", re.IGNORECASE
)
_ITS_TEXTS = re.compile(r"(?:Description|Assertion|Report|Management|System|Controls?|Board)\b")


def possessive_names(texts: Sequence[str]) -> tuple[str, ...]:
    """The forms of names that go on behind a possessive to a legal form, the longest first.

    Whoever stands before the possessive must stand nowhere alone: what `Acme's Hub, Inc.` is cannot be told where
    `Acme` is a name too.
    """
    whole = " ".join(texts)
    found = dict.fromkeys(form for text in texts for form in _named(text, whole))
    return tuple(sorted(found, key=len, reverse=True))


def with_possessive(name: Name | None, text: str, forms: Sequence[str]) -> Name | None:
    """A name that was found at a place of a text, or the whole one of which it is a part there."""
    if name is None:
        return None
    for form in forms:
        for found in re.finditer(rf"{re.escape(form)}(?!\w)", text):
            if found.start() <= name.start < found.end():
                return Name(form, found.start(), found.end(), text.startswith(("'s", "’s"), found.end()))
    return name


def _named(text: str, whole: str) -> Iterator[str]:
    for found in _POSSESSIVE.finditer(text):
        owner = name_before(text, found.end() - 1)
        rest = name_at(text, found.end())
        if owner is None or rest is None or rest.possessive or _OF_A_REPORT.match(owner.text):
            continue
        words = list(_WORDS.finditer(rest.text))
        if len(words) == 1 or words[-1].group() not in LEGAL_FORMS or _ITS_TEXTS.match(rest.text):
            continue
        alone = rf"(?<!\w){re.escape(owner.text)}(?!['’]s {re.escape(words[0].group())}(?!\w))(?!\w)"
        if not re.search(alone, whole):
            yield from (text[owner.start : found.end() + word.end()].rstrip(" ,") for word in words)
