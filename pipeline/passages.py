"""Passages: the words of each block as a reader reads them, with the way back to the text.

Line ends become single spaces, words cut at a line end are rejoined, note marks and page furniture are
left out, so that extractors see sentences; `offsets` leads every character back to the report's text.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from .errors import RulesError
from .model import Block, Outline, Passage, Report, Span
from .rules import Rules, unspaced

READ = frozenset({"heading", "paragraph", "item", "note", "caption", "cell", "other"})


def passages(report: Report, outline: Outline, rules: Rules) -> tuple[Passage, ...]:
    """One passage for each block that has words and is in a language that has rules, in reading order."""
    cleaner = Cleaner(report, (*outline.note_marks, *report.note_marks), _compounds(rules))
    found: list[Passage] = []
    for block in outline.blocks:
        if block.kind in READ and block.language in rules.languages:
            text, offsets = cleaner.clean(block)
            if unspaced(block.language, rules):
                text, offsets = closed_up(text, offsets)
            if text and (spelling := rules.spellings.get(block.language)):
                text, offsets = spelling.read(text, offsets, report.text)
            said = sentences(text, block.language, rules)
            for start, end in _portions(said) if len(text) > PORTION else [(0, len(text))] * bool(text):
                inside = tuple((a - start, b - start) for a, b in said if start <= a < end)
                part = offsets[start:end] if end - start < len(text) else offsets
                found.append(Passage(len(found), block, block.language, text[start:end], part, inside))
    return tuple(found)


# Letters and marks of scripts without spaces between words; a space beside one is a printer's or a line end.
HAN = r"\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e“”‘’"
SPACED = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Digits, letters and marks as wide as a Chinese character → the same of usual width."""


def closed_up(text: str, offsets: "array[int]") -> tuple[str, "array[int]"]:
    """A text without the spaces beside its Chinese characters, wide digits and marks made narrow: 「2012 年」."""
    parts, places, at = [], array("l"), 0
    for match in SPACED.finditer(text):
        parts.append(text[at : match.start()])
        places.extend(offsets[at : match.start()])
        at = match.end()
    parts.append(text[at:])
    places.extend(offsets[at:])
    return "".join(parts).translate(WIDE), places


PORTION, SENTENCE = 6_000, 3_000
"""No paragraph and no sentence of prose has so many characters; what has is read in portions."""


def _portions(said: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of whole sentences that together are no longer than PORTION, nearly always one."""
    found: list[tuple[int, int]] = []
    for start, end in said:
        if found and end - found[-1][0] <= PORTION:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


# What is not read as it stands: soft hyphens, words and spans cut at a line end, invisible signs, odd space.
EVENT = re.compile(
    r"(?=[\s\u00ad‐‑–/\u200b-\u200d\u2060\ufeff\ufffe\uffff\x00-\x08-])(?:"
    r"(?P<space>[^\S ]\s*| \s+)"
    r"|(?P<cut>(?<=[^\W_])[-‐‑–/][ \t]*[\r\n\f]\s*(?=[^\W_]))"
    r"|(?P<soft>\u00ad(?:[ \t]*[\r\n\f]\s*)?)"
    r"|(?P<void>[\u200b-\u200d\u2060\ufeff\x00-\x08\ufffe\uffff]+))"
)
# Whole words and compounds; not what a hyphen at a line end leaves of a word.
WORD = re.compile(r"[^\W\d_]++(?:-[^\W\d_]++)*+(?!-|\u00ad)")
TAIL = re.compile(r"([^\W\d_]+)$")
HEAD = re.compile(r"[^\W\d_]+")


USUAL = 1 << 18
"""Few reports have more characters."""


def _places(size: int) -> "array[int]":
    """The numbers from 0, at least `size` of them: slices of an array are copied whole, those of a range are not."""
    return _usual() if size <= USUAL else array("l", range(size))


@cache
def _usual() -> "array[int]":
    """Kept, for to count takes longer than all the copying of a report."""
    return array("l", range(USUAL))


class Cleaner:
    """Reads blocks of one report; the words of the report decide whether a hyphen at a line end is part of the word."""

    def __init__(self, report: Report, marks: Sequence[Span], compounds: frozenset[str]) -> None:
        self.text = report.text
        self.places = _places(len(self.text))
        self.compounds = compounds
        self.printed = report.boxes is not None
        self.marks = sorted({(mark.start, mark.end) for mark in marks})
        self.starts = [start for start, _ in self.marks]
        self._known: frozenset[str] | None = None

    def clean(self, block: Block) -> tuple[str, "array[int]"]:
        """The block's words with single spaces, and the place in the report's text of each of their characters."""
        parts: list[str] = []
        offsets: array[int] = array("l")
        for piece in block.pieces:
            if parts and parts[-1] and not parts[-1][-1].isspace():
                self._bridge(parts, offsets, piece)
            for start, end in self._unmarked(piece):
                self._read(parts, offsets, start, end)
        text = "".join(parts)
        kept = len(text.rstrip())
        return text[:kept], offsets[:kept]

    def _bridge(self, parts: list[str], offsets: "array[int]", piece: Span) -> None:
        """The space between two pieces, or none where a page end cuts a word."""
        last = offsets[-1]
        tail = parts[-1]
        if (
            tail[-1] in "-\u00ad"
            and len(tail) > 1
            and tail[-2].isalpha()
            and self.text[piece.start : piece.start + 1].isalpha()
        ):
            if not self._keeps(last, piece.start):
                parts[-1] = tail[:-1]
                offsets.pop()
            return
        if piece.start > last + 1:
            parts.append(" ")
            offsets.append(last + 1)

    def _unmarked(self, piece: Span) -> list[tuple[int, int]]:
        at = bisect_left(self.starts, piece.start)
        if at == len(self.marks) or self.starts[at] >= piece.end:
            return [(piece.start, piece.end)]
        found, start = [], piece.start
        for begin, end in self.marks[at:]:
            if begin >= piece.end:
                break
            if begin > start:
                found.append((start, begin))
            start = max(start, end)
        if start < piece.end:
            found.append((start, piece.end))
        return found

    def _read(self, parts: list[str], offsets: "array[int]", start: int, end: int) -> None:
        text = self.text
        at = start
        for match in EVENT.finditer(text, start, end):
            self._take(parts, offsets, at, match.start())
            at = match.end()
            kind = match.lastgroup
            if kind == "space":
                self._put(parts, offsets, " ", match.start())
            elif kind == "soft":
                if self.printed and match.end() == match.start() + 1:
                    self._put(parts, offsets, "-", match.start())
            elif kind == "cut" and self._keeps(match.start(), at):
                self._put(parts, offsets, text[match.start()], match.start())
        self._take(parts, offsets, at, end)

    def _take(self, parts: list[str], offsets: "array[int]", start: int, end: int) -> None:
        if start < end and self.text[start] == " " and (not parts or parts[-1][-1:] == " "):
            start += 1
        if start < end:
            parts.append(self.text[start:end])
            offsets.extend(self.places[start:end])

    def _put(self, parts: list[str], offsets: "array[int]", sign: str, at: int) -> None:
        if sign == " " and (not parts or parts[-1][-1] == " "):
            return
        parts.append(sign)
        offsets.append(at)

    def _keeps(self, hyphen: int, following: int) -> bool:
        """The sign at a line end belongs to the word: a dash or slash, a compound, a capital or a digit after it."""
        text = self.text
        if text[hyphen] not in "-‐‑\u00ad" or not text[following].islower():
            return True
        before, after = TAIL.search(text[max(0, hyphen - 40) : hyphen]), HEAD.match(text, following)
        if before is None or after is None:
            return True
        first, second = before.group().lower(), after.group().lower()
        known = self._words()
        if f"{first}-{second}" in known:
            return True
        if first + second in known:
            return False
        return second in known and len(first) > 1 and (first in known or first in self.compounds)

    def _words(self) -> frozenset[str]:
        """The words of the report, those at line ends that a hyphen cuts left out."""
        if self._known is None:
            self._known = frozenset(WORD.findall(self.text.lower()))
        return self._known


@cache
def _abbreviations(language: str, rules: Rules) -> tuple[frozenset[str], frozenset[str]]:
    """(words whose full stop ends no sentence, those of them that may end one before a capital)."""
    table = rules.languages[language].get("passages", {})
    found = []
    for key in ("abbreviations", "may_end"):
        listed = table.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(w, str) and w.endswith(".") for w in listed):
            raise RulesError(f"languages/{language}.toml: [passages] {key}: must list words that end with a full stop")
        found.append(frozenset(listed))
    return found[0], found[1]


@cache
def _compounds(rules: Rules) -> frozenset[str]:
    """First parts of compounds, number words among them."""
    found: set[str] = set()
    for code, tables in rules.languages.items():
        listed = tables.get("passages", {}).get("compounds", [])
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise RulesError(f"languages/{code}.toml: [passages] compounds: must list words")
        numbers = tables.get("numbers", {})
        found.update(listed, *(numbers.get(key, {}) for key in ("ones", "tens")))
    return frozenset(found)


END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s(?=[\"'“‘«(\[–—]*\s?[^\W_a-zß-ÿа-яё]|[$€£№•])")
# A sentence of a script without spaces ends at its stop, wherever it stands.
CLAUSE = re.compile(r"[^\s。！？!?;；…][^。！？!?;；…]*[。！？!?;；…]*[”’」』》)）\]]*")
QUOTES = frozenset('"”’»')
INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿа-яё]\.)+")


def sentences(text: str, language: str, rules: Rules) -> tuple[tuple[int, int], ...]:
    """Pairs (start, end) of the sentences of a passage; an abbreviation's or an initial's full stop ends none."""
    if unspaced(language, rules):
        return tuple(match.span() for match in CLAUSE.finditer(text))
    short, may_end = _abbreviations(language, rules)
    found, start = [], 0
    for match in END.finditer(text):
        stop = match.start() + 1
        word = text[max(text.rfind(" ", start, match.start()) + 1, start) : stop].lstrip("(“\"'«[")
        lowered = word.lower()
        quoted = text[stop : stop + 1] in QUOTES and stop < len(text)
        if lowered in short and not quoted:
            if lowered not in may_end or not text[match.end() : match.end() + 1].isupper():
                continue
        elif text[match.start()] == "." and INITIALS.fullmatch(word):
            continue
        found.append((start, match.end() - 1))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found) if len(text) <= SENTENCE else tuple(part for span in found for part in _cut(text, *span))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at spaces where it is too long to be one."""
    while end - start > SENTENCE:
        stop = text.rfind(" ", start + 1, start + SENTENCE)
        stop = stop if stop > start else start + SENTENCE
        yield start, stop
        start = stop + (text[stop] == " ")
    if start < end:
        yield start, end
