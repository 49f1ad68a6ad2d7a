"""Dates: explicit calendar dates, months, years and spans, as EDTF (ISO 8601-2).

Single dates are read first (`atoms`), those inside of identifiers and numbers that count are dropped (`_stands`),
neighbours are joined to spans, and missing years taken from the sentence (`join`). The words are `[dates]` of the
language's rule data.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model import Date, Outline, Passage, Place, Table
from ...rules import Rules, unspaced
from ..identifiers import Identifier, identifiers
from . import han, join
from .atoms import FIRST_YEAR, LAST_YEAR, Atom, atoms
from .words import Words, words


def find(
    passages: Sequence[Passage], rules: Rules, outline: Outline | None = None, country: str | None = None
) -> tuple[Date, ...]:
    """All dates, in reading order; `outline` tells a year in a table from a count among counts.

    `country` (ISO 3166-1 alpha-3) tells which number of "07/12/2017" is the day where the report's other dates do not.
    """
    counts = _counts(passages, outline.tables) if outline and outline.tables else frozenset()
    day_first = _day_first(passages, country)
    read = (passage for passage in passages if passage.index not in counts)
    return tuple(date for passage in read for date in _in_passage(passage, rules, day_first))


IN_DIGITS = re.compile(r"(?<![\d/.-])(\d\d?)([/-])(\d\d?)\2(?:19|20)\d\d(?![\w/])")
# States that write the month first, and those that write both ways.
MONTH_FIRST = frozenset({"USA", "FSM", "MHL", "PLW"})
EITHER = frozenset({"PHL", "CAN", "LBR", "BLZ", "PAN"})


def _day_first(passages: Sequence[Passage], country: str | None) -> bool | None:
    """Whether dates in digits have the day first: as those of the report that tell, else as its country has them."""
    days = months = 0
    for passage in passages:
        if "/" in passage.text or "-" in passage.text:
            for a, _, b in IN_DIGITS.findall(passage.text):
                days += int(a) > 12 >= int(b)
                months += int(b) > 12 >= int(a)
    if days or months:
        return None if days and months else days > 0
    return None if country is None or country in EITHER else country not in MONTH_FIRST


BARE_YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER = re.compile(r"\(?[-–−]?\d[\d.,\s]*%?\)?")


def _counts(passages: Sequence[Passage], tables: Sequence[Table]) -> frozenset[int]:
    """Cells of four digits, no headers, whose column holds other numbers that are no years."""
    columns: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        table, cell = passage.block.table, passage.block.cell
        if table is not None and cell is not None and not tables[table].cells[cell].header:
            columns.setdefault((table, tables[table].cells[cell].column), []).append(passage)
    found: set[int] = set()
    for cells in columns.values():
        years = {cell.index for cell in cells if BARE_YEAR.fullmatch(cell.text)}
        if years and any(NUMBER.fullmatch(cell.text) and cell.index not in years for cell in cells):
            found |= years
    return frozenset(found)


def _in_passage(passage: Passage, rules: Rules, day_first: bool | None) -> Iterator[Date]:
    if unspaced(passage.language, rules):
        for atom in han.find(passage, rules, passage.block.kind == "cell"):
            yield Date(Place(passage.index, atom.start, atom.end), atom.rule, atom.edtf)
        return
    known = words(passage.language, rules)
    text = passage.text
    if known is None or not (known.years.search(text) or known.month_names.search(text)):
        return
    found = [atom for atom in atoms(text, known, day_first) if _stands(text, atom, known)]
    if not found:
        return
    taken = identifiers(passage, rules)
    found = [atom for atom in found if not any(_inside(text, atom, span) for span in taken)]
    found = [_qualified(text, atom, known) for atom in found]
    found = join.years(join.spans(text, found, known), passage.sentences, text, known)
    for atom in found:
        yield Date(Place(passage.index, atom.start, atom.end), atom.rule, atom.edtf)


LIST = re.compile(r"(?:,|\sand|\sor|\sи|\sили|\sو|\sاو)\s$")


def _inside(text: str, atom: Atom, span: Identifier) -> bool:
    """Whether an identifier holds the date, not only its list of numbers runs on into it ("No. 5, 12 May 2010")."""
    start, end, kind = span
    if end <= atom.start or atom.end <= start:
        return False
    runs_on = (atom.first.month is not None or kind == "page") and LIST.search(text[start : atom.start])
    return not runs_on


LOWER_WORD = re.compile(r"(?:(?<!\S)[a-zß-ÿа-яё\u0620-\u064a]+|(?:^|[.!?;]\s)[A-ZÀ-ÞА-ЯЁ][a-zß-ÿа-яё]+)\s$")


def _stands(text: str, atom: Atom, words: Words) -> bool:
    """Whether a number of four digits is a year and does not count, nor is part of a longer number."""
    if atom.rule != "date.year":
        return True
    if atom.start > 1 and text[atom.start - 1] in ".,:-–—" and text[atom.start - 2].isdigit():
        return False
    if not atom.bare:
        return True
    before, after = text[max(0, atom.start - 40) : atom.start], text[atom.end : atom.end + 60]
    old = not FIRST_YEAR <= (atom.first.year or 0) <= LAST_YEAR
    follows, plural = words.year_follows.search(before), words.plural.match(after)
    if words.unit_before.search(before) or (words.unit_after.match(after) and not follows):
        return False
    named = words.old_year_follows.search(before)
    if old:
        return bool(named and not plural) or (before.endswith("(") and after.startswith(")"))
    if counted := words.counted.match(after):
        sure = words.year_surely_follows.search(before) and (atom.first.year or 0) % 100
        return bool(sure or ((follows or named) and counted["described"]))
    return bool(follows or named) or not (plural and LOWER_WORD.search(before))


def _qualified(text: str, atom: Atom, words: Words) -> Atom:
    """With the words before it that belong to it: "about 2016" is `2016~`, "mid-2016" and "summer of 2012" plain."""
    before = text[max(0, atom.start - 30) : atom.start]
    if match := words.around_year.search(before):
        return replace(atom, start=atom.start - len(match.group()))
    if match := words.about.search(before):
        return replace(atom, start=atom.start - len(match.group()), about=True)
    return atom
