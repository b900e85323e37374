"""What the columns and labels of tables of controls stand for, by the words over or before them."""

from __future__ import annotations

import re
from enum import Enum

from loaders.layout.text import clean


class Role(Enum):
    """What a cell or a labelled text of the tables of controls is."""

    OBJECTIVE = "objective"
    CRITERION = "criterion"
    NUMBER = "number"
    CONTROL = "control"
    OWNER = "owner"
    FREQUENCY = "frequency"
    NATURE = "nature"
    PERFORMER = "performer"
    PROCEDURE = "procedure"
    RESULT = "result"
    RESPONSE = "response"
    REMEDIATED = "remediated"
    REMARK = "remark"
    CONTROL_OR_TEST = "control, and its tests below"
    ATTRIBUTE_OR_RESULT = "attributes, and results below"
    MAPPED = "controls of a criterion or objective"
    REQUIREMENT = "requirement of another framework"
    OWN_CRITERIA = "table whose controls have their criteria beside them"


_ROLES = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.REMARK, r"\b(?:target|planned|expected|due)\b.*\bdate\b"),
        (
            Role.REMEDIATED,
            r"\b(?:remediated|remedied)\b|\bremediation date\b|\bdate of remediation\b|\bdate remediated\b"
            r"|\b(?:corrected|resolved|closed) on\b",
        ),
        (
            Role.RESPONSE,
            r"\bresponses?\b|\bremediation\b|\bmanagement(?:.s)? (?:comment|action|reply|statement)s?\b"
            r"|\b(?:comments?|statements?|repl(?:y|ies)) (?:of|by|from) (?:the )?management\b",
        ),
        (
            Role.REMARK,
            r"\btest (?:no\.?|number|id|ref\w*|#)$|\bassertion\b|\brisks?\b|\bpoints? of focus\b|\bevidence\b",
        ),
        (Role.RESULT, r"\bresults?\b|\bconclusions?\b|\boutcomes?\b|\bexceptions?\b|\bdeviations?\b|\bfindings?\b"),
        (Role.PERFORMER, r"\b(?:performed|operated|executed) by$|\bperforming organi[sz]ation\b"),
        (Role.OWNER, r"\bowners?\b|\bresponsib\w+\b|\bperformer\b|\boperator\b|\bprocess owner\b"),
        (
            Role.FREQUENCY,
            r"\bfreq(?:uency|\.|$)|\bhow often\b|\bcadence\b|\bperiodicity\b|\boperates\b|^when$|\boperated\b",
        ),
        (Role.PROCEDURE, r"\btest(?:s|ing|ed)?\b|\bprocedures?\b"),
        (
            Role.NATURE,
            r"\bnature\b|\bcontrol type\b|^type\b|\bmanual\b|\bautomat\w+\b|\bexecution\b|\bman\.?\s*/\s*auto\b"
            r"|^mode$|^method$|^how$|\bhow (?:performed|operated)\b",
        ),
        (
            Role.NUMBER,
            r"^(?:control|ctrl\.?|activity|controls)?\s*(?:activity\s+)?(?:no\.?|number|#|ids?|identifier"
            r"|ref\w*\.?(?: (?:no\.?|number|#))?|code)$",
        ),
        (Role.CRITERION, r"\bcriteri\w+\b|\btsc\b|\btsp\b"),
        (Role.OBJECTIVE, r"\bobjectives?\b"),
        (Role.CONTROL, r"\bcontrols?\b|\bactivit(?:y|ies)\b|^description\b|^statement\b"),
    )
)
_SEVERAL = re.compile(r"\b(?:attributes|properties|characteristics)$", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?P<label>[A-Za-z][\w’'#./&()-]*(?:\s+[\w’'#./&()-]+){0,6}?)\s*(?:\*\*|</b>)?\s*(?::\s*(?:\*\*|</b>)?"
    r"|\s[–—-]\s)\s*(?P<rest>.*)$"
)
_INDEX = re.compile(r"\s+(?:#|No\.?|\()?\s*(?P<index>\d{1,2}(?:\.\d{1,3})*|[a-z])\)?$")
_FRAMEWORK = re.compile(
    r"(?P<name>[A-Z0-9][\w./-]*(?: [A-Z0-9][\w./-]*){0,3})(?: (?:criteria|criterion|requirements?|references?"
    r"|controls?|safeguards?))"
)
# A response can say in its label to which control it is: `Management comment on 1.2 (unaudited): ...`.
_ANSWER = re.compile(
    r"^\W*(?:[A-Z][\w.&’']*\s+){0,3}?[Mm]anagement(?:[’']?s)?\s+(?:[Rr]esponse|[Cc]omment|[Rr]eply"
    r"|[Aa]ction)s?\s+(?:on|to|for|regarding|re)\s+"
    r"(?:the\s+)?(?:(?:exception|deviation|finding|control|test|criterion)s?\s+)?(?:(?:noted|of|in|under|for|on"
    r"|at)\s+)*(?:control\s+)?(?:no\.\s*)?"
    r"(?P<number>[A-Z]{0,8}\d{0,2}[-.]?\d{1,4}(?:[.-]\d{1,3})*)\s*(?:\([^()]{1,60}\))?\s*(?::"
    r"|\s[–—-]\s)\s*(?P<rest>.*)$"
)
_LABELS = tuple(
    (role, re.compile(rf"(?:{pattern})", re.IGNORECASE))
    for role, pattern in (
        (Role.REMEDIATED, r"(?:date )?(?:remediated|remedied|corrected|resolved)(?: on| date)?|remediation date|date of"
            r" remediation"),
        (Role.RESPONSE, r"(?:the )?(?:service organi[sz]ation.s |management.?s? |provider.s |\w+(?: \w+)?"
            r" management.?s? )?responses?(?: (?:of|by|from) (?:the )?(?:service organi[sz]ation"
            r"|management)(?: of [\w .]+)?)?(?: to (?:the )?(?:deviations?|exceptions?|findings?))?"
            r"|management(?:.?s)? (?:comments?|repl(?:y|ies))"
            r"|(?:comments?|repl(?:y|ies)) (?:of|by|from) (?:the )?management"),
        (Role.RESULT, r"(?:the )?(?:overall )?(?:test |testing )?(?:results?|conclusions?|outcomes?"
            r"|findings?)(?: of (?:the |all |service auditor.s |auditor.s )?(?:tests?|testing|procedures?)(?:"
            r" of (?:controls?|operating effectiveness))?(?: performed)?)?|(?:exceptions?|deviations?)(?:"
            r" (?:noted|identified))?|(?:result|conclusion) of the tests? above"),
        (Role.PROCEDURE, r"(?:the )?(?:service )?(?:auditor.?s? |independent )*(?:tests?|testing|test"
            r" procedures?|procedures?)(?: (?:performed|applied|executed|conducted|of|by|for|and|the|controls?"
            r"|control|design|operating|effectiveness|service|auditor|auditors|procedures?|activity|activities"
            r"|practitioner|step|steps))*|how (?:it was|we) tested|what (?:we|the auditor) (?:did|tested)"),
        (Role.PERFORMER, r"(?:control )?(?:performed|operated|executed) by|performing organi[sz]ation"),
        (Role.OWNER, r"(?:control |process )?owners?(?: of the control)?|(?:control )?(?:responsible"
            r"|responsibility)(?: (?:party|person|role|team|function|for the control|owner|department))?"
            r"|operator|performer"),
        (Role.FREQUENCY, r"(?:control |operating )?frequency(?: of (?:the )?(?:control|operation|performance)(?:"
            r" activity)?)?|how often|operates|cadence|periodicity"),
        (Role.NATURE, r"(?:control )?nature(?: of (?:the )?control)?|(?:control )?type(?: of control)?|(?:manual"
            r"|automated)(?: ?/ ?| or )(?:manual|automated)|(?:control )?execution|(?:control )?method"),
        (Role.CRITERION, r"(?:applicable |related |relevant |associated |mapped |addresses )*(?:trust services?"
            r" )?(?:common )?criteri(?:on|a)(?: (?:addressed|met|supported|covered|reference|ref|mapping|code"
            r"|id))?(?:\(s\))?|tsc(?: ref\w*| criteri\w+)?|tsp|(?:also )?(?:supports|addresses|serves|meets)"
            r"|criteria\(on\)|maps to|mapped to"),
        (Role.OBJECTIVE, r"(?:related |applicable |relevant |supports )*(?:control )?objectives?(?: (?:addressed"
            r"|supported|reference))?"),
        (Role.NUMBER, r"control(?: activity)? (?:no\.?|number|#|id|identifier|ref(?:erence)?\.?)|(?:number|id"
            r"|reference|ref|no)\.?"),
        (Role.CONTROL, r"(?:the )?control(?: activity| description| statement| wording| specified| as specified|"
            r" specified by [\w .]+)?|activity|description(?: of (?:the )?control(?: activity)?)?|control"
            r" activity description|statement|what (?:the organi[sz]ation|we|they|management) do(?:es)?"),
    )
)  # fmt: skip


def column_role(text: str) -> Role | None:
    """What the column under a heading holds; None where the heading is of no known wording, or of several things."""
    words = clean(text).strip(" :*")
    if _SEVERAL.search(words):
        return None
    return next((role for role, pattern in _ROLES if pattern.search(words)), None)


def label_in(text: str) -> tuple[Role, str, str] | None:
    """The role of a labelled line, what stands behind its label, and the label's index such as `1` or `a`."""
    plain = clean(text)
    found = _LABEL.match(plain)
    if found and (role := _label_role(found["label"])):
        said = plain[found.start("label") :] if _is_said(found) else found["rest"]
        return role, said, _label_index(found["label"])
    if found and ":" in found.group() and _FRAMEWORK.fullmatch(found["label"]):
        return Role.REQUIREMENT, found["rest"], found["label"]
    answer = _ANSWER.match(plain)
    if answer:
        return Role.RESPONSE, answer["rest"], answer["number"]
    alone = plain.strip("* :")
    if len(alone) <= _LONGEST_LABEL and (role := _label_role(alone)):
        return role, "", _label_index(alone)
    return None


_LONGEST_LABEL = 60
# What a label says of the response below it: `Management's response (unaudited)`.
_REMARKED = re.compile(
    r"\s*\((?:unaudited|not (?:audited|examined|tested|subject(?:ed)? to [\w ]+)|unexamined)\)$", re.IGNORECASE
)
_DEVIATING = re.compile(r"(?:exceptions?|deviations?) (?:noted|identified)", re.IGNORECASE)
_NOTHING = re.compile(r"\W*(?:none|no|nil|n/?a)\b", re.IGNORECASE)


def _is_said(found: re.Match[str]) -> bool:
    """Whether a label is itself part of what the result says, as in `Exception noted: For 2 of 30 users ...`."""
    return bool(_DEVIATING.fullmatch(found["label"]) and found["rest"]) and not _NOTHING.match(found["rest"])


def _label_role(label: str) -> Role | None:
    words = label.strip(" *")
    if (remarked := _REMARKED.sub("", words)) != words:
        return Role.RESPONSE if _label_role(remarked) is Role.RESPONSE else None
    for text in (words, _INDEX.sub("", words)):
        for role, pattern in _LABELS:
            # A number behind the word control is that of a control.
            if pattern.fullmatch(text) and (text == words or role is not Role.CONTROL):
                return role
    return None


def _label_index(label: str) -> str:
    found = _INDEX.search(label.strip(" *"))
    return found["index"] if found else ""
