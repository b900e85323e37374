"""Words that are titles of columns in the tables of a description, and of nothing else side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.table_columns import segments
from loaders.layout.text import ends_sentence, is_unfinished

_FEWEST = 2
_CODE = re.compile(r"[a-z]{2,}(?:-[a-z0-9]+)+|[a-z]+\d+")
_WORDS = re.compile(
    r"(?:(?:in-scope|the|of|name|no\.?|nr\.?|id|code|ref\.?|number|services?|products?|applications?|modules?|regions?"
    r"|locations?|city|country|state|site|place|facility|type|kind|status|functions?|purpose|use|role|description"
    r"|category|criteria|criterion|controls?|organi[sz]ations?|provider|operator|period|scope|term|meaning|reason"
    r"|rationale|commitments?|area|activit(?:y|ies)|subservice|definition|explanation|method|related|objectives?"
    r"|policy|policies|owner)(?:[ /-]+|$))+",
    re.IGNORECASE,
)
_CONTROLS = re.compile(
    r"(?:(?:[\w’'-]+\s+){0,3}controls?|(?:[\w’'-]+\s+)?control activit(?:y|ies))"
    r"(?:\s+(?:ids?|no\.?|nos\.?|numbers?|ref\w*\.?))?"
    r"|(?:is |are )?(?:met|addressed|supported|covered|satisfied) (?:by|through|with)",
    re.IGNORECASE,
)
_FEWEST_BESIDE = 3
_LONGEST_NAME = 60
_SERVICES = re.compile(
    r"(?:in-scope )?(?:name of )?(?:the )?(?:services?|products?|applications?|modules?|solutions?|offerings?)"
    r"(?: names?| in scope)?",
    re.IGNORECASE,
)

_REMARKS = re.compile(
    r"(?:notes?|remarks?|comments?|qualifications?|limitations?|exceptions?|exclusions?|restrictions?|details?"
    r"|additional information|in scope(?: (?:since|from|until|during))?|since|from|until|dates?|scope notes?"
    r"|period in scope|(?:included|covered|available)(?: (?:since|from|until))?)",
    re.IGNORECASE,
)


def is_next_service(title: str, above: str, cell: str) -> bool:
    """Whether a cell of a column of services names one more, and is not the rest of the one above."""
    if not above or not _SERVICES.fullmatch(title.strip()) or len(cell) > _LONGEST_NAME:
        return False
    return (cell[:1].isupper() or cell[:1].isdigit()) and not ends_sentence(above) and not is_unfinished([above])


def heads_services(titles: Sequence[str]) -> bool:
    """Whether the first column is one of services, and the others hold what is remarked of some of them."""
    first, *others = (title.strip() for title in titles)
    return bool(_SERVICES.fullmatch(first)) and all(is_title(one) or _REMARKS.fullmatch(one) for one in others)


def may_name_service(text: str) -> bool:
    """Whether words are short, no sentence, no title of a column, and begin as a name does."""
    return (
        len(text) <= _LONGEST_NAME
        and text[:1].isalnum()
        and not (text[:1].islower() or is_title(text) or ends_sentence(text))
    )


def begins_small(cell: str) -> bool:
    """Whether words begin with a small letter and are no code such as `eu-west-1`, with which a row may begin."""
    return cell[:1].islower() and not _CODE.fullmatch(cell)


def is_title(text: str) -> bool:
    """Whether a text is a title of a column and holds no other word."""
    return bool(_WORDS.fullmatch(text.strip()))


def are_titles(line: str) -> bool:
    """Whether a line holds titles of columns side by side and nothing else."""
    found = segments(line)
    return len(found) >= _FEWEST and all(is_title(segment.text) for segment in found)


def is_title_of_controls(text: str) -> bool:
    """Whether a text is the title of a column of controls or of their numbers."""
    return bool(_CONTROLS.fullmatch(text.strip()))


def end_with_controls(line: str) -> bool:
    """Whether words stand side by side as titles of columns do, a column of controls the last."""
    found = segments(line)
    return len(found) >= _FEWEST_BESIDE and is_title_of_controls(found[-1].text)
