"""What stands beside a member of a scope: since when or until when, in which role, with what qualification."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from loaders.dates import dates_in, moment_of

_BRACKETED = re.compile(r"\s*(?:[–—-]\s*)?(?P<open>[(\[])(?P<inside>[^()\[\]]+)[)\]]\s*\.?$")
_WORD = re.compile(r"[A-Z][\w-]*")
_SINCE = re.compile(
    r"\b(?:from|since|as of|added|effective|starting|beginning|introduced|launched|opened|new|in scope"
    r" from)\b(?:\s+\w+){0,4}?\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|(?<!added )to|up to|discontinued|retired|removed|decommissioned|ended|closed|withdrawn"
    r"|ceased)\b(?:\s+\w+){0,3}?\s*$",
    re.IGNORECASE,
)
_STATE = r"(?:in (?:use|scope|operation|service)|(?:generally )?available|offered|operated|used)"
_TAIL = re.compile(
    rf"(?:,|;|\s[–—-])\s*(?P<tail>(?:{_STATE} )?(?:from|since|until|till|added|effective|in scope|through|closed|opened"
    r"|discontinued)\b[^,;()]*(?:, (?:19|20)\d{2})?)\s*\.?$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?P<word>from|since|until|till)\s+(?P<date>[^,]+(?:, (?:19|20)\d{2})?),\s+(?=\S)", re.IGNORECASE
)
_ROLES = (
    ("primary", re.compile(r"^primary\b", re.IGNORECASE)),
    ("backup", re.compile(r"^(?:backup|back-up)\b", re.IGNORECASE)),
    ("secondary", re.compile(r"^secondary\b", re.IGNORECASE)),
    ("disaster_recovery", re.compile(r"^disaster[- ]recovery\b", re.IGNORECASE)),
    ("failover", re.compile(r"^fail-?over\b", re.IGNORECASE)),
    ("standby", re.compile(r"^(?:hot |warm |cold )?standby\b", re.IGNORECASE)),
    ("alternate", re.compile(r"^alternate\b", re.IGNORECASE)),
    ("archive", re.compile(r"^archive\b", re.IGNORECASE)),
)
_IN_SCOPE = re.compile(rf"^(?:(?:is|was|were) )?{_STATE},? (?=[a-z]+\b.*\d)", re.IGNORECASE)
# What a service is, behind its name: `Hull Watch – alerts on the state of a hull`.
_DESCRIBED = re.compile(
    r"^(?P<name>[A-Z\d](?:(?!\s[–—-]\s|:\s).){1,60}?)(?:\s+[–—-]|:)\s+"
    r"(?P<what>[a-z]\S*\s.*|[A-Z][\w’'-]*(?: \S+){4,}\.)$"
)
_DENIED = re.compile(
    r"(?:no|excluded|out of scope|outside|not (?:in|covered|included|examined|applicable|part|used|within))"
    r"(?![\w’'-]|\.\s*\d)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:since|from|until|till|added|opened|closed)$", re.IGNORECASE)
_WHEREUPON = re.compile(
    r"^\W*(?:when|at which|after which|upon which|on which|because|following|due to|as the|the (?:date|day))\b.*$",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"\bexclud|^without\b|^only\b|\bonly$|^limited to\b|^except\b|^not including\b|^includes?\b|^including\b|\bnot"
    r" in scope\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a name; dates are ISO text, a month where no day is stated."""

    from_: str | None = None
    to: str | None = None
    role: str | None = None
    qualification: str | None = None

    def values(self) -> dict[str, str | None]:
        """The values of the relationship."""
        return {"from": self.from_, "to": self.to, "role": self.role, "qualification": self.qualification}

    def and_(self, other: Beside) -> Beside:
        """Both together; what this one says stays."""
        return Beside(
            self.from_ or other.from_,
            self.to or other.to,
            self.role or other.role,
            self.qualification or other.qualification,
        )

    def within(self, covered: tuple[str, str] | None) -> Beside:
        """Without days that bound no part of a period, such as one long before it; a report as of a day has none."""
        if covered is None or covered[0] == covered[1]:
            return self
        first, last = covered
        from_, to = (day if day and first[: len(day)] <= day <= last and day != first else None for day in self.days)
        return replace(self, from_=from_, to=to)

    @property
    def days(self) -> tuple[str | None, str | None]:
        """Since when, and until when."""
        return self.from_, self.to

    @property
    def nothing(self) -> bool:
        """Whether nothing is said."""
        return self == Beside()


def read_beside(text: str) -> Beside | None:
    """What a text beside a name says, where it says nothing else; None where it says anything else."""
    plain = _IN_SCOPE.sub("", text.strip(" .,;"))
    span = _span(plain)
    rest = plain
    if span is not None:
        # What happened on that day makes it no other day.
        rest = _WHEREUPON.sub("", _without_span(plain))
    role = role_of(rest)
    if role and not _after_role(rest):
        return Beside(span.from_ if span else None, span.to if span else None, role)
    if span is not None and not rest.strip(" ,;:.-–—"):
        return span
    if _QUALIFIES.search(plain) and span is None:
        return Beside(qualification=plain)
    return None


def read_titled(title: str, text: str) -> Beside | None:
    """What a cell says, where the title of its column may have the word before its date: `Available since`."""
    said = read_beside(text)
    word = _TITLED.search(title) if said is None else None
    return read_beside(f"{word.group()} {text}") if word else said


def split_service(text: str) -> tuple[str, Beside]:
    """A service's name, and what stands beside it; its own word in small letters is its namespace, not its role.

    What the service is, in small letters behind a dash or a colon, is none of its name.
    """
    name, beside = split_beside(text, own_word=_is_own_word)
    # What is said of the service at the end of its description may have been taken off.
    described = _DESCRIBED.match(name) or _DESCRIBED.match(text.strip())
    return (described["name"].strip(), beside) if described else (name, beside)


def _is_own_word(inside: str, name: str) -> bool:
    return inside in {word.lower() for word in _WORD.findall(name)}


def split_beside(text: str, own_word: Callable[[str, str], bool] = lambda _inside, _name: False) -> tuple[str, Beside]:
    """A member's name, and what stands in brackets or after a comma behind it.

    `own_word` says of what stands in brackets, and the name before, whether that is a part of the name.
    """
    beside, name = Beside(), text.strip()
    for _ in range(3):
        found = _BRACKETED.search(name)
        if found and own_word(found["inside"], name[: found.start()]):
            break
        said = read_beside(found["inside"]) if found else None
        if found and said is None and found["open"] == "[":
            said = Beside(qualification=found["inside"].strip())
        if found is None or said is None:
            found = _TAIL.search(name)
            said = read_beside(found["tail"]) if found else None
        if found is None or said is None:
            break
        name, beside = name[: found.start()].rstrip(" ,–—-"), beside.and_(said)
    leading = _LEADING.match(name)
    said = read_beside(f"{leading['word']} {leading['date']}") if leading else None
    if leading and said:
        name, beside = name[leading.end() :], beside.and_(said)
    return name, beside


def denies(cell: str) -> bool:
    """Whether a cell of a column of what a report covers says that its row is not covered."""
    return bool(_DENIED.match(cell.strip()))


def role_of(text: str) -> str | None:
    """The role with which a text begins."""
    return next((role for role, pattern in _ROLES if pattern.search(text.strip())), None)


def _after_role(text: str) -> str:
    for _, pattern in _ROLES:
        found = pattern.match(text.strip())
        if found:
            rest = text.strip()[found.end() :]
            return re.sub(
                r"^\s*(?:region|site|hosting|location|data cent(?:er|re))?\s*[,;.–—-]?\s*",
                "",
                rest,
                flags=re.IGNORECASE,
            )
    return text


def _span(text: str) -> Beside | None:
    """The part of the period that a text words: `from`, `until`, or both."""
    start, end = None, None
    for at, iso in _moments(text):
        before = text[:at]
        if _UNTIL.search(before):
            end = iso
        elif _SINCE.search(before):
            start = iso
    return Beside(start, end) if start or end else None


def _moments(text: str) -> Iterator[tuple[int, str]]:
    dates = dates_in(text)
    if dates:
        yield from ((found.start, found.iso) for found in dates)
        return
    month = moment_of(text)
    found = re.search(r"[A-Z][a-z]+\.?\s+(?:19|20)\d{2}", text) if month else None
    if month and found:
        yield found.start(), month


def _without_span(text: str) -> str:
    """What a text says beside its dates and the words before them."""
    rest = text
    for found in reversed(dates_in(text)):
        before = text[: found.start]
        word = _UNTIL.search(before) or _SINCE.search(before)
        rest = rest[: word.start() if word else found.start] + rest[found.end :]
    if rest == text:
        found_month = re.search(r"[A-Z][a-z]+\.?\s+(?:19|20)\d{2}", text)
        if found_month:
            before = text[: found_month.start()]
            word = _UNTIL.search(before) or _SINCE.search(before)
            rest = text[: word.start() if word else found_month.start()] + text[found_month.end() :]
    return rest.strip(" ,;:.")
