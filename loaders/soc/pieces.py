"""The pieces of a report as its lines show them: headings, paragraphs, items and rows, whole across page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.dates import date_of
from loaders.inputs.documents import Document
from loaders.layout.layout import Kind, Piece
from loaders.layout.text import clean, ends_sentence, leads_to_list, reads_as_title
from loaders.soc.bulleted_tables import BulletedTables
from loaders.soc.complementary_tables import ComplementaryTables
from loaders.soc.controls.column_tables import ColumnTables
from loaders.soc.controls.joining import Joining, joining_of, marked
from loaders.soc.controls.lines import Line
from loaders.soc.kept_lines import kept_lines
from loaders.soc.nested_items import with_areas
from loaders.soc.numbered_tables import NumberedTables
from loaders.soc.numbered_titles import with_narrow_gaps
from loaders.soc.raw_tables import RawTables
from loaders.soc.section_titles import with_titles_apart
from loaders.soc.sections import is_marked
from loaders.soc.table_rules import without_rules
from loaders.soc.unmarked_items import usual_end
from loaders.soc.unmarked_lists import UnmarkedLists, bulleted

_BULLET = re.compile(
    r"^\s*(?P<mark>[•●▪◦‣·∙⁃‐*+–—►▶➢➤✓✔■□◆◇○❖»-]|o(?=\s)|[\uf000-\uf0ff]|\(?[a-z]\)|\(?[ivx]{1,4}\)"
    r"|\(?\d{1,2}[.)](?!\d))\s+(?=\S)(?!\|)"
)
_CODED = re.compile(r"^\s*(?:C?UEC|CUC|CUER|UER|C?SOC|CSC)[ -]?#?\d{1,3}(?:\.\d{1,2})?[.:)]?\s+(?=[A-Z])")
_COUNTED = re.compile(r"^\s*\(?\d{1,2}[.)]\s")
_RULE = re.compile(r"^[\s|:+=_*–—-]*$")
_GRID = re.compile(r"^\s*[+|][-=+|]{3,}[+|]\s*$")
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+")
_BOLD = re.compile(r"^\s*(?:\*\*|__).*(?:\*\*|__)\s*$")
_ABBREVIATION = re.compile(r"\b(?:Inc|Ltd|Co|Corp)\.$|\b(?:[A-Za-z]\.){2,}$")
_LABEL = re.compile(r"^[A-Z](?:(?!\b(?:following|include|are|is|these|below|they|in)\b)[\w ,&/’'-]){2,50}:$")
_RUN_IN = re.compile(r"^\s*(?:\*\*|__)(?P<title>[^*_]{2,70}?)[.:]?(?:\*\*|__)[.:]?\s+(?=\S)")
_PLAIN_RUN_IN = re.compile(
    r"^\s*(?P<title>(?:(?:Unq|Q)ualified |Adverse )?[Oo]pinion|Emphasis of (?:a )?[Mm]atters?|Basis for (?:the"
    r" )?(?:[Qq]ualified|[Aa]dverse) [Oo]pinion"
    r"|Scope|Restricted [Uu]se|Restriction (?:of|on) [Uu]se|Inherent [Ll]imitations|Other [Mm]atters?|Intended"
    r" [Uu]se(?:rs)?)(?:\.|:|\s[–—-])\s+(?=[A-Z])"
)
_REFERRED = re.compile(r"[.;]\s*[(\[][^()\[\]]+[)\]]$|[(\[](?:CC|PI|A|C|P)\d[^()\[\]]*[)\]]$")
_GOES_ON = re.compile(r"^\d{1,4},?\s+[a-z]")
_CONTENTS = re.compile(r"(?:\.{3,}|\s{3,}|\t)\s*\d{1,4}\s*$")
_ENUMERATED_TITLE = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s")
_PART_OF = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s")
_COLUMNS = re.compile(r"\S {3,}\S")
_FEWEST_COLUMNS = 5
_TITLE_LENGTH = 120
_TITLE_SHARE = 0.75
_INNER_SHARE = 0.6
_TIMES = 3
_LONG_TITLE = 70
_LONGEST_TITLES = 4
_LONGEST_SIGNATURE = 7
_LONG_ITEM = 8
_LEADING = 5
_PAGE_GAP = 10
_LONG_BRACKET = 80
_CLOSES = re.compile(r"[^()\s|][^()|]{0,60}\)\.?")
_OPEN_END = re.compile(
    r"(?:,|\b(?:and|or|of|for|to|in|on|with|by|the|an?|as|at|from|their|its|our|your|other|all|than))$", re.IGNORECASE
)


def read_soc_pieces(document: Document) -> tuple[Piece, ...]:
    """The pieces of a report, in order. A report with columns side by side is read line by line, as it stands there."""
    source = replace(document, folded=True)
    if sum(bool(_COLUMNS.search(line.strip())) for line in source.lines) < _FEWEST_COLUMNS:
        source = document
    written = [marked(line) for line in source.lines]
    lines = without_rules(with_titles_apart(with_narrow_gaps(kept_lines(written)), written))
    joining = joining_of(lines)
    tables = (ColumnTables(lines, joining), NumberedTables(lines, joining), ComplementaryTables(lines, joining))
    unmarked = UnmarkedLists(lines, joining, usual_end(lines))
    read = _Reader(lines, joining, BulletedTables(lines, joining), *tables, unmarked, RawTables(lines, joining)).read()
    found = with_areas(read, lines)
    if source is document:
        return tuple(found)
    at = document.in_text
    return tuple(replace(p, first_line=at(p.first_line), last_line=at(p.last_line)) for p in found)


@dataclass(slots=True)
class _Reader:
    lines: list[Line]
    joining: Joining
    bulleted: BulletedTables
    tables: ColumnTables
    numbered: NumberedTables
    complementary: ComplementaryTables
    unmarked: UnmarkedLists
    raw: RawTables
    pieces: list[Piece] = field(default_factory=list)

    def read(self) -> list[Piece]:
        """All pieces."""
        at, gap = 0, True
        while at < len(self.lines):
            text = self.lines[at][1]
            if _RULE.match(text) or _GRID.match(text):
                at, gap = at + 1, gap or not text.strip()
                continue
            at = self._piece(at, gap=gap)
            gap = False
        return self.pieces

    def _piece(self, at: int, *, gap: bool) -> int:
        """Reads what begins with a line; answers where the next piece begins."""
        number, text = self.lines[at]
        bare = text.strip()
        contents = _CONTENTS.search(text) and bare.count("\t") <= 1
        if bare.startswith("|") or ("\t" in text and not contents):
            self._row(number, text.strip(" "))
            return at + 1
        if _CONTENTS.search(text) and not _BULLET.match(text):
            return at + 1
        several = len(bulleted(text)) > 1
        if self._is_item(at) and not several:
            return self._item(at)
        listed = self._listed(at, gap=gap, several=several)
        if listed:
            self.pieces.extend(listed[0])
            return listed[1]
        last = self.pieces[-1] if self.pieces else None
        apart = gap or last is None or last.kind is not Kind.PARAGRAPH
        if apart or (last is not None and (last.text.endswith(":") or ends_sentence(last.text))):
            table = self._table_at(at)
            if table:
                self.pieces.extend(table[0])
                return table[1]
        return self._plain(at, gap=gap)

    def _listed(self, at: int, *, gap: bool, several: bool) -> tuple[list[Piece], int] | None:
        """The table in reading order or the list without bullets that begins with a line, and where it ends."""
        below_title = bool(self.pieces) and self.pieces[-1].kind is Kind.HEADING
        raw = self.raw.table_at(at) if gap or below_title else None
        return raw or (self.unmarked.list_at(at, self.pieces) if gap or several else None)

    def _row(self, line: int, bare: str) -> None:
        cells = bare.strip("|").split("|") if bare.startswith("|") else bare.split("\t")
        given = tuple(clean(cell.replace("<br>", " ")) for cell in cells)
        self.pieces.append(Piece(Kind.ROW, " ".join(given).strip(), line, line, bare, given))

    # Items

    def _is_item(self, at: int) -> bool:
        """A counted line is an item where it ends a sentence, or where its neighbour is counted too."""
        text = self.lines[at][1]
        if not _BULLET.match(text) or _BOLD.match(text):
            return bool(_CODED.match(text)) and not _COLUMNS.search(_CODED.sub("", text, count=1))
        if not _COUNTED.match(text):
            return True
        end = self._item_end(at)
        joined = self.joining.lines(self.lines[at:end])
        if ends_sentence(joined) or _REFERRED.search(joined):
            return True
        return any(0 <= i < len(self.lines) and _COUNTED.match(self.lines[i][1]) for i in (at - 1, end))

    def _item_end(self, at: int) -> int:
        """The line after those of the item: what is set in further, or begins small, goes on with it."""
        first = self.lines[at][1]
        mark = _BULLET.match(first)
        indent = mark.start("mark") if mark else _indent(first)
        end = at + 1
        while end < len(self.lines):
            text = self.lines[end][1]
            if not text.strip() and (further := self._closed(at, end)):
                end = further
                continue
            if not text.strip() or _BULLET.match(text) or _CODED.match(text) or text.strip().startswith("|"):
                break
            small = _indent(text) > indent or text.strip()[:1].islower()
            if self._leads_on(end):
                break
            if not small and not self._is_wrapped(end):
                break
            end += 1
        return end

    def _leads_on(self, at: int) -> bool:
        """Whether the lines that begin there lead to a list of their own."""
        texts = [text for _, text in self.lines[at : at + _LEADING]]
        end = next((n for n, text in enumerate(texts) if not text.strip() or _BULLET.match(text)), len(texts))
        whole = _OPEN_END.search(self.lines[at - 1][1].rstrip()) is None
        return whole and leads_to_list(" ".join(texts[:end]))

    def _closed(self, at: int, end: int) -> int:
        """The end of a line below a gap that closes a bracket of the item above, as beyond a page; else 0."""
        below = next((i for i in range(end, min(len(self.lines), end + _PAGE_GAP)) if self.lines[i][1].strip()), 0)
        above = "".join(text for _, text in self.lines[at:end])
        text = self.lines[below][1].strip()
        is_open = above.count("(") == above.count(")") + 1 and len(above) - above.rfind("(") <= _LONG_BRACKET
        return below + 1 if below and is_open and _CLOSES.fullmatch(text) else 0

    def _is_wrapped(self, end: int) -> bool:
        """Whether a line that is not set in goes on with the item above, by the end of the one or of the other."""
        above, text = self.lines[end - 1][1].rstrip(), self.lines[end][1].strip()
        whole = ends_sentence(above) or (above.endswith(")") and text[:1].isupper())
        if "\t" in text or whole or (text.endswith(":") and not _OPEN_END.search(above)):
            return False  # What leads to a list of its own is no end of an item.
        long = len(above.split()) >= _LONG_ITEM
        return bool(_OPEN_END.search(above)) or (long and (ends_sentence(text) or bool(_REFERRED.search(text))))

    def _item(self, at: int) -> int:
        end = self._item_end(at)
        block = [line for line in self.lines[at:end] if line[1].strip()]
        raw = self.joining.lines(block)
        text = clean(_BULLET.sub("", raw, count=1))
        self.pieces.append(Piece(Kind.ITEM, text, block[0][0], block[-1][0], raw))
        return end

    # Plain text

    def _plain(self, at: int, *, gap: bool) -> int:
        end = at
        while end < len(self.lines):
            text = self.lines[end][1]
            if (
                not text.strip()
                or text.strip().startswith("|")
                or "\t" in text.strip()
                or (end > at and (self._is_item(end) or self._is_table(end)))
            ):
                break
            end += 1
        before_items = end < len(self.lines) and self._is_item(end)
        parts = list(_parted(self.lines[at:end]))
        for part in parts:
            last = part is parts[-1]
            self._text(part, gap=gap or part is not parts[0], before_items=before_items and last)
        return end

    def _is_table(self, at: int) -> bool:
        """Whether a table begins right below plain lines: a title, the end of a sentence, or words that lead to it."""
        above = self.lines[at - 1][1].strip()
        is_title, columns = _may_be_title(above), _COLUMNS.search(self.lines[at][1].strip())
        leads = columns and (is_title or above.endswith(":") or ends_sentence(above))
        return bool((is_title and self.raw.table_at(at)) or (leads and self._table_at(at)))

    def _table_at(self, at: int) -> tuple[list[Piece], int] | None:
        """The table in columns side by side that begins with a line, and where it ends."""
        complementary = self.bulleted.table_at(at) or self.complementary.table_at(at)
        return complementary or self.numbered.table_at(at) or self.tables.table_at(at)

    def _text(self, block: Sequence[Line], *, gap: bool, before_items: bool) -> None:
        """The pieces of plain lines that stand together."""
        last = self.pieces[-1] if self.pieces else None
        first = block[0][1].strip()
        open_piece = last is not None and last.kind in (Kind.PARAGRAPH, Kind.ITEM) and not ends_sentence(last.text)
        if open_piece and last is not None and (first[:1].islower() or _GOES_ON.match(first)):
            joined = self.joining.join(last.text, clean(self.joining.lines(block)))
            raw = self.joining.join(last.raw, self.joining.lines(block))
            self.pieces[-1] = replace(last, text=joined, raw=raw, last_line=block[-1][0])
            return
        width = max(len(text.strip()) for _, text in block)
        start = 0
        while start < len(block) and self._is_title(block, start, width, before_items=before_items):
            number, text = block[start]
            self.pieces.append(Piece(Kind.HEADING, _title_text(text), number, number, text.strip()))
            start += 1
        rest = self._run_in(block[start:])
        if not rest:
            return
        tail = self._heading_before_items(rest) if before_items else None
        body = rest[:-1] if tail else rest
        if body:
            raw = self.joining.lines(body)
            self.pieces.append(Piece(Kind.PARAGRAPH, clean(raw), body[0][0], body[-1][0], raw))
        if tail:
            self.pieces.append(Piece(Kind.HEADING, _title_text(tail[1]), tail[0], tail[0], tail[1].strip()))

    def _run_in(self, rest: Sequence[Line]) -> Sequence[Line]:
        """Plain lines without the bold title with which they begin, which is a heading."""
        found = (_RUN_IN.match(rest[0][1]) or _PLAIN_RUN_IN.match(rest[0][1])) if rest else None
        if found is None:
            return rest
        number, text = rest[0]
        self.pieces.append(Piece(Kind.HEADING, clean(found["title"]), number, number, found.group().strip()))
        return [(number, text[found.end() :]), *rest[1:]]

    def _is_title(self, block: Sequence[Line], at: int, width: int, *, before_items: bool) -> bool:
        text = block[at][1].strip()
        if _MARKDOWN.match(text) or (_BOLD.match(text) and len(text) <= 2 * _TITLE_LENGTH):
            return True
        if not _may_be_title(text):
            return False
        following = block[at + 1][1].strip() if at + 1 < len(block) else ""
        labelled = before_items and at + 2 == len(block) and _LABEL.match(following) and text.isupper()
        if not following or labelled:
            return all(_may_be_title(line.strip()) for _, line in block[:at]) or before_items
        if following[:1].islower():
            return False
        longest = _LONGEST_SIGNATURE if any(date_of(line.strip()) for _, line in block) else _LONGEST_TITLES
        if all(_may_be_title(line.strip()) for _, line in block) and len(block) <= longest:
            return True
        # A long title in capitals is none of the full lines of a text, nor is one with a number of its own.
        long = reads_as_title(text) and (len(text) <= _TITLE_SHARE * self.unmarked.end or bool(_PART_OF.match(text)))
        return at == 0 and (long or len(text) <= min(_TITLE_SHARE * width, _LONG_TITLE))

    def _heading_before_items(self, rest: Sequence[Line]) -> Line | None:
        number, text = rest[-1]
        if len(rest) == 1 and _LABEL.match(text.strip()):
            return number, text.strip().rstrip(":")
        before = rest[-2][1] if len(rest) > 1 else "."
        return (
            (number, text)
            if _may_be_title(text.strip()) and ends_sentence(before) and len(text.strip()) <= 70
            else None
        )


def _parted(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Plain lines parted before each title among them, as where no blank lines part the paragraphs of a text."""
    width = max(len(text.strip()) for _, text in block)
    start = 0
    for at in range(1, len(block)):
        # A day alone on its line ends a signature.
        if _is_inner_title(block, at, width) or date_of(block[at - 1][1].strip()):
            yield list(block[start:at])
            start = at
    yield list(block[start:])


def _is_inner_title(block: Sequence[Line], at: int, width: int) -> bool:
    """Whether a line between sentences is a title: short, below one that ends, above one that begins."""
    above, text = block[at - 1][1].strip(), block[at][1].strip()
    below = block[at + 1][1].strip() if at + 1 < len(block) else ""
    if not above.endswith((".", ".”", '."')) or _ABBREVIATION.search(above) or below[:1].islower() or "  " in text:
        return False
    return _may_be_title(text) and (len(text) <= min(_LONG_TITLE, _INNER_SHARE * width) or is_marked(text))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _may_be_title(text: str) -> bool:
    if _MARKDOWN.match(text) or _BOLD.match(text):
        return True
    begins = text[:1].isupper() or text[:1] in '“"/' or bool(_ENUMERATED_TITLE.match(text)) or text[:1].isdigit()
    dotted = ends_sentence(text) and not _ABBREVIATION.search(text)
    if len(text) > _TITLE_LENGTH or not begins or dotted or text.endswith(","):
        return False
    return len(text) <= _LONG_TITLE or bool(_ENUMERATED_TITLE.match(text)) or _is_capitalised(text)


def _is_capitalised(text: str) -> bool:
    """Whether most long words of a line begin as titles write them."""
    words = [match.group() for match in re.finditer(r"[^\W\d_]+", text) if len(match.group()) > _TIMES]
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _title_text(text: str) -> str:
    return clean(_MARKDOWN.sub("", text).strip())
