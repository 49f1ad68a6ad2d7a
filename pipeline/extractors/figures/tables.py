"""Figures of tables: each number of a body, measured by its row's and its column's heads."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import isnan

from ...errors import RulesError
from ...model import Boxes, Figure, Outline, Passage, Place, Table
from ...rules import Rules, unspaced
from .. import han, money
from ..money import Amount
from ..numbers import Number, numbers
from .claims import Claims
from .heads import Heads, heads

Cells = Mapping[tuple[int, int], Passage]
# A unit and its factor; of a ratio its base.
Unit = tuple[str | None, int]
BEFORE = 7
STOPS = (".", ";", ":", "。", "；", "：", "؛")
LONGEST_NAME = 160
NUMBERS = re.compile(r"[\s\d.,()%$€£¥+−–/-]*|n/?a|\.\.\.")
EITHER = re.compile(r"\d{1,3}\.\d{3}")
DECIMAL = re.compile(r"\(?-?\d[\d ,]*\.\d{1,2}%?\)?|\(?-?0\.\d+\)?")
YEARS = re.compile(r"\(?(?:19|20)\d\d(?:[-–/]\d{2,4})?\)?")


@dataclass(frozen=True, slots=True)
class Title:
    """Words of a passage that stand before a table."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One table, its cells' passages, its title; `stated` has the titles of the tables that it goes on with too.

    `noted` is the unit that a note to the section's heading states for its amounts, `heads` the heads of each
    column from top to bottom, `groups` the heads of the rows to come, with their indents.
    """

    table: Table
    cells: Mapping[int, Passage]
    title: tuple[Title, ...]
    stated: str
    claimed: Sequence[Claims]
    words: Heads
    noted: Unit | None
    heads: Mapping[int, tuple[Passage, ...]]
    groups: list[tuple[float, str]] = field(default_factory=list)


def find(
    passages: Sequence[Passage],
    outline: Outline,
    claimed: Sequence[Claims],
    rules: Rules,
    boxes: Boxes | None,
    country: str | None,
) -> list[Figure]:
    """The figures of all tables, in reading order."""
    cells: dict[int, dict[int, Passage]] = {}
    first: dict[int, int] = {}
    for passage in passages:
        block = passage.block
        if block.table is not None and block.cell is not None:
            cells.setdefault(block.table, {})[block.cell] = passage
            first.setdefault(block.table, passage.index)
    found: list[Figure] = []
    stated = ""
    above: Grid | None = None
    notes = _noted(passages, outline, rules, country) if cells else {}
    for i, held in cells.items():
        words = heads(next(iter(held.values())).language, rules)
        title = _title(passages, first[i], outline.tables[i].start)
        stated = _stated(passages, title, first[i], stated, words)
        noted = notes.get(passages[first[i]].block.section or "")
        table = outline.tables[i]
        last = _last_head(table)
        grid = Grid(table, held, title, stated, claimed, words, noted, _column_heads(table, held, last))
        adjoining = first[i] > 0 and passages[first[i] - 1].block.table is not None
        if above is not None and boxes is not None and last < 0 and adjoining and _goes_on(above, grid, boxes):
            grid = replace(grid, heads=above.heads, groups=above.groups)
        found.extend(_figures(grid, last, rules, boxes, country))
        above = grid
    return found


@cache
def _expressed(language: str, rules: Rules) -> re.Pattern[str]:
    """What a note says before the unit of a section's amounts."""
    try:
        return re.compile("|".join(rules.languages[language]["figures"]["tables"]["expressed"]), re.I)
    except (KeyError, TypeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [figures.tables]: expressed is missing or ill-typed") from error


def _noted(passages: Sequence[Passage], outline: Outline, rules: Rules, country: str | None) -> Mapping[str, Unit]:
    """The unit that a note to its heading states for the amounts of a section, and of the sections under it."""
    stated: dict[str, Unit] = {}
    marked: set[str] | None = None
    for passage in passages:
        section = passage.block.section
        if passage.block.kind != "note" or section is None:
            continue
        match = _expressed(passage.language, rules).search(passage.text)
        unit = _named(passage.text[match.end() : match.end() + 80], passage.language, rules, country) if match else None
        if unit is not None:
            marked = _marked(passages, outline) if marked is None else marked
            if section in marked:
                stated[section] = unit
    for under in outline.sections if stated else ():
        if under.parent in stated:
            stated.setdefault(under.id, stated[under.parent])
    return stated


def _marked(passages: Sequence[Passage], outline: Outline) -> set[str]:
    """The sections whose headings bear the mark of a note."""
    starts = [mark.start for mark in outline.note_marks]
    return {
        passage.block.section
        for passage in passages
        if passage.block.kind == "heading" and passage.block.section
        for piece in passage.block.pieces
        if bisect_left(starts, piece.start) < bisect_left(starts, piece.end + 2)
    }


BORDERS = 8.0
"""Points by which the words of a column may begin or end apart on two pages."""


def _goes_on(above: Grid, grid: Grid, boxes: Boxes) -> bool:
    """Whether a table without column heads, at the top of a page, goes on with the one that ends the page before."""
    if not above.heads or above.table.page is None or grid.table.page != above.table.page + 1:
        return False
    ours, theirs = _borders(grid, boxes), _borders(above, boxes)
    shared = ours.keys() & theirs.keys()
    return (
        _width(grid.table) == _width(above.table)
        and len(shared) > 0
        and len(shared) >= 0.5 * len(ours)
        and all(min(abs(a - b) for a, b in zip(ours[c], theirs[c], strict=True)) <= BORDERS for c in shared)
    )


def _borders(grid: Grid, boxes: Boxes) -> dict[int, tuple[float, float]]:
    """From where to where the words of each column go."""
    found: dict[int, tuple[float, float]] = {}
    for cell in grid.table.cells:
        x0, x1 = (boxes.x0[cell.start], boxes.x1[cell.end - 1]) if cell.end > cell.start else (float("nan"),) * 2
        if not cell.header and cell.column_span == 1 and not isnan(x0 + x1):
            left, right = found.get(cell.column, (x0, x1))
            found[cell.column] = (min(left, x0), max(right, x1))
    return found


def _width(table: Table) -> int:
    return max((cell.column + cell.column_span for cell in table.cells), default=0)


def _stated(passages: Sequence[Passage], title: Sequence[Title], first: int, before: str, words: Heads) -> str:
    """The words of a table's title, those of the table before included where this one goes on with it."""
    at = title[0].passage.index if title else first
    said = [t.passage.text[t.start : t.end] for t in title]
    captions = [text for text in said if len(text) < 200 and not text.endswith(STOPS)]
    sentence = bool(title) and title[0].passage.block.kind == "paragraph" and not captions
    goes_on = at > 0 and passages[at - 1].block.table is not None and len(title) < 2 and not sentence
    if goes_on and not any(words.captions.match(text) for text in captions):
        captions.insert(0, before)
    return " ".join(captions)


def _title(passages: Sequence[Passage], first: int, start: int) -> tuple[Title, ...]:
    """What stands right before a table: number, title, unit; a caption of several tables has a piece for each."""
    found: list[Title] = []
    for passage in reversed(passages[max(0, first - BEFORE) : first]):
        pieces = [piece for piece in passage.block.pieces if piece.end <= start]
        if passage.block.table is not None or not pieces:
            break
        low = bisect_left(passage.offsets, pieces[-1].start) if len(passage.block.pieces) > 1 else 0
        high = bisect_left(passage.offsets, pieces[-1].end) if len(passage.block.pieces) > 1 else len(passage.text)
        prose = passage.block.kind in ("heading", "paragraph")
        if high - low > 300 or (prose and found):
            break
        found.append(Title(passage, low, high))
        if prose:
            break
    return tuple(reversed(found))


def _figures(grid: Grid, last: int, rules: Rules, boxes: Boxes | None, country: str | None) -> Iterable[Figure]:
    general = grid.stated
    titled = _only(
        date.edtf
        for title in grid.title
        for date in grid.claimed[title.passage.index].dates
        if title.passage.block.kind == "paragraph" or title.start <= date.start < title.end
    )
    years = _year_rows(grid, last)
    named_by = _label_columns(grid, last)
    rows: dict[int, list[int]] = {}
    for k, cell in enumerate(grid.table.cells):
        rows.setdefault(cell.row, []).append(k)
    spanning: list[int] = []
    for row in sorted(rows):
        inside = sorted(rows[row], key=lambda k: grid.table.cells[k].column)
        body = [k for k in inside if not grid.table.cells[k].header and grid.table.cells[k].column not in named_by]
        if not body:
            if row > last:
                _open_group(grid, inside, boxes)
            continue
        heads = [k for k in inside if k not in body and not _counter(grid, k)]
        if any(grid.table.cells[k].column == 0 for k in heads):
            spanning = [k for k in heads if grid.table.cells[k].column == 0]
        elif named_by or any(row < grid.table.cells[k].row + grid.table.cells[k].row_span for k in spanning):
            heads = [*spanning, *heads]
        yield from _row(grid, heads, body, (general, titled, years), rules, boxes, country)


def _label_columns(grid: Grid, last: int) -> range:
    """The columns behind the first one that name the rows too: words in every row, before columns of numbers."""
    held: dict[int, list[int]] = {}
    for k, cell in enumerate(grid.table.cells):
        if cell.row > last and not cell.header and cell.column_span == 1 and _said(grid, k):
            held.setdefault(cell.column, []).append(k)
    end = 1
    while end in held and end + 1 in held and all(_names(grid, k) for k in held[end]):
        end += 1
    numbers = [NUMBERS.fullmatch(_said(grid, k)) is not None for c in held if c >= end for k in held[c]]
    rows = len({grid.table.cells[k].row for c in held if c >= end for k in held[c]})
    full = all(len(held[column]) >= rows - sum(_total(grid, last)) for column in range(1, end))
    return range(1, end if full and 2 * sum(numbers) > len(numbers) else 1)


def _total(grid: Grid, last: int) -> Iterable[bool]:
    for k, cell in enumerate(grid.table.cells):
        if cell.header and cell.column == 0 and cell.row > last:
            yield grid.words.totals.match(_said(grid, k)) is not None


def _names(grid: Grid, k: int) -> bool:
    """Whether a cell holds a few words that can name a row: no number, no date, no sentence."""
    text = _said(grid, k)
    dates = grid.claimed[grid.cells[k].index].dates
    whole = any(date.end - date.start == len(text) for date in dates)
    return len(text) <= LONGEST_NAME and not whole and any(c.isalpha() for c in text) and not NUMBERS.fullmatch(text)


def _row(
    grid: Grid,
    row_heads: Sequence[int],
    body: Sequence[int],
    title: tuple[str, str | None, str | None],
    rules: Rules,
    boxes: Boxes | None,
    country: str | None,
) -> Iterable[Figure]:
    general, titled, years = title
    row_text = [_said(grid, k) for k in row_heads]
    if row_heads:
        _close_groups(grid.groups, _indent(grid, row_heads[0], boxes))
    total = bool(row_text) and grid.words.totals.match(row_text[0]) is not None
    group_text = [text for _, text in grid.groups]
    path = [] if total else group_text
    row_period = _period(grid, [grid.cells[k] for k in row_heads if k in grid.cells])
    for k in body:
        passage = grid.cells.get(k)
        if not passage or not any(c.isdigit() for c in passage.text):
            continue
        if EITHER.fullmatch(passage.text.strip(" ()")) and any(DECIMAL.fullmatch(c.text) for c in grid.cells.values()):
            continue  # "1.000" beside "1.1": not a thousand, and no number of things
        column = grid.heads.get(grid.table.cells[k].column, ())
        column_text = [head.text for head in column if not _column_numbers(head.text)]
        if any(grid.words.no_measure.search(text) for text in column_text[-1:]):
            continue
        period = row_period or _period(grid, column)
        if not period and not any(grid.words.change_heads.search(text) for text in column_text):
            period = years if total and years else titled
        measure = " | ".join(part for part in [*path, *row_text, *column_text] if part)
        if not measure:
            continue
        unit = _unit(column_text, row_text, group_text, general, grid, rules, country)
        stated = (
            unit if unit[0] not in (None, "count", "percent") else _named(general, grid.words.language, rules, country)
        )
        units = (unit, stated or grid.noted)
        decimal = grid.words.decimal_unit(f"{general} {measure}")
        yield from _cell(passage, grid.claimed[passage.index], units, decimal, measure, period, rules, country)


def _column_heads(table: Table, cells: Mapping[int, Passage], last: int) -> dict[int, tuple[Passage, ...]]:
    """For each column its heads from top to bottom; those that span the whole width head groups of rows."""
    width = _width(table)
    found: dict[int, tuple[Passage, ...]] = {}
    for column in range(width if last >= 0 else 0):
        held = [
            k
            for k, cell in enumerate(table.cells)
            if cell.header
            and cell.row <= last
            and cell.column <= column < cell.column + cell.column_span
            and cell.column_span < width
            and k in cells
        ]
        found[column] = tuple(cells[k] for k in sorted(held, key=lambda k: table.cells[k].row))
    return found


def _last_head(table: Table) -> int:
    """The last row of the table's head: rows from the top that hold head cells only, whole-width ones apart."""
    body = min((cell.row for cell in table.cells if not cell.header), default=0)
    width = _width(table)
    last = -1
    for row in range(body):
        inside = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
        if not inside or (len(inside) == 1 and (inside[0].column_span == width or last >= 0) and width > 1):
            break
        last = row
    return last


def _counter(grid: Grid, k: int) -> bool:
    """Whether a row's head only counts the rows ("1", "2" under "No")."""
    text = _said(grid, k).strip(".()")
    if not text.isdigit():
        return not text
    return not any(date for date in grid.claimed[grid.cells[k].index].dates) if k in grid.cells else True


def _said(grid: Grid, k: int) -> str:
    passage = grid.cells.get(k)
    return passage.text if passage else ""


def _indent(grid: Grid, k: int, boxes: Boxes | None) -> float:
    if boxes is None:
        return grid.table.cells[k].indent
    x0 = boxes.x0[grid.table.cells[k].start]
    return 0.0 if isnan(x0) else x0


def _open_group(grid: Grid, inside: Sequence[int], boxes: Boxes | None) -> None:
    head = next((k for k in inside if k in grid.cells), None)
    if head is None or _column_numbers(_said(grid, head)):
        return
    indent = _indent(grid, head, boxes)
    while grid.groups and grid.groups[-1][0] >= indent - 1:
        grid.groups.pop()
    grid.groups.append((indent, _said(grid, head)))


def _column_numbers(text: str) -> bool:
    return bool(re.fullmatch(r"[\s\d()=+÷/×*–-]*", text)) and not YEARS.fullmatch(text)


def _close_groups(groups: list[tuple[float, str]], indent: float) -> None:
    while groups and groups[-1][0] > indent + 1:
        groups.pop()


def _period(grid: Grid, passages: Iterable[Passage]) -> str | None:
    """The one date that heads or a title give; of several none is known to be meant."""
    return _only(date.edtf for passage in passages for date in grid.claimed[passage.index].dates)


def _only(periods: Iterable[str]) -> str | None:
    found = set(periods)
    return found.pop() if len(found) == 1 else None


def _year_rows(grid: Grid, last: int) -> str | None:
    """The span of the years that head rows: the time of a "Total" row."""
    heads = [k for k, cell in enumerate(grid.table.cells) if cell.header and cell.row > last and k in grid.cells]
    years = sorted(
        {
            date.edtf
            for k in heads
            for date in grid.claimed[grid.cells[k].index].dates
            if date.end - date.start == len(_said(grid, k)) and len(date.edtf) == 4
        }
    )
    return f"{years[0]}/{years[-1]}" if len(years) > 1 else None


def _unit(
    column: Sequence[str],
    row: Sequence[str],
    groups: Sequence[str],
    general: str,
    grid: Grid,
    rules: Rules,
    country: str | None,
) -> Unit:
    """The unit that heads or title state, None if none does, and its factor ("thousands of United States dollars").

    Of a table of money and posts the heads of the group tell which is which.
    """
    words, language = grid.words, grid.words.language
    overall = _named(general, language, rules, country)
    if overall is None and words.percent_titles.search(general) and not words.number_heads.search(general):
        overall = ("percent", 1)
    if overall is None and (base := words.base_of(general)):
        overall = ("ratio", base)
    for text in [*reversed(column), *reversed(row), *reversed(groups)]:
        if words.percent_heads.search(text):
            return ("percent", 1)
        currency = _named(text, language, rules, country)
        if currency:
            return currency
        if base := words.base_of(text):
            return ("ratio", base)
        if words.count_heads.search(text) and (overall is None or words.number_heads.search(text)):
            return ("count", 1)
    if overall:
        return overall
    return (None, words.scale_of(general))


RANGE = re.compile(r"\s?[–-]\s?")
FRACTION = re.compile(r"\d[.,]\d{1,2}$")
LEFT = re.compile(r"[\s(\[$€£¥+±≈~<>–—−-]*")
RIGHT = re.compile(r"[\s)\]%*,.;a-z†‡¹²³⁴⁵⁶⁷⁸⁹]*")


def _cell(
    passage: Passage,
    claimed: Claims,
    units: tuple[Unit, Unit | None],
    decimal: str | None,
    measure: str | None,
    period: str | None,
    rules: Rules,
    country: str | None,
) -> Iterable[Figure]:
    """The figures of one cell: a number with its sign, or none where the cell holds words.

    `units` are that of bare numbers, and that of amounts whose currency stands in the cell; `decimal` is that of
    numbers with decimals where no head tells one.
    """
    (unit, money), text = units, passage.text
    per = unit[1] if unit[0] == "ratio" else None
    unit = ("ratio", 1) if per else unit
    held = [n for n in _numbers(text, passage.language, rules) if not _claimed(n, claimed)]
    if not held or len(held) > 2:
        return
    spans = {amount.end: amount for amount in _amounts(text, held, passage.language, rules, country)}
    left, right = _core(held[0], spans)[0], _core(held[-1], spans)[1]
    between = text[held[0].end : held[-1].start] if len(held) == 2 else ""
    if not LEFT.fullmatch(text[:left]) or not RIGHT.fullmatch(text[right:]) or len(text[right:].strip()) > 4:
        return
    if between and not re.fullmatch(r"\s?[(%–-][\s(]?|\s?/\s?|%? ?\(", between):
        return
    if len(held) == 2 and RANGE.fullmatch(between) and held[0].value < held[1].value and not spans:
        low, high = held
        factor, name = (1, "percent") if text[right:].lstrip().startswith("%") else (unit[1], unit[0] or "count")
        end = text.index("%", high.end) + 1 if text[high.end :].lstrip().startswith("%") else high.end
        at, to = Place(passage.index, low.start, end), _scaled(high.value, factor)
        value = _scaled(low.value, factor)
        yield Figure(at, "figure.table", value, name, value_to=to, measure=measure, period=period, table=True)
        return
    for number in held:
        amount = next((a for a in spans.values() if a.start <= number.start and number.end <= a.end), None)
        start, end = (amount.start, amount.end) if amount else (number.start, number.end)
        value, name = (amount.value, amount.unit) if amount else (_scaled(number.value, unit[1]), unit[0] or "count")
        if amount and money and amount.unit == money[0] and amount.value == number.value:
            value = _scaled(amount.value, money[1])
        if text[end : end + 2].lstrip().startswith("%"):
            value, name, end = number.value, "percent", text.index("%", end) + 1
        decimals = not amount and FRACTION.search(text[number.start : number.end]) is not None
        if name == "count" and unit[0] is None and (decimals or value != int(value)):
            if decimal is None:
                continue
            name = decimal
        negative = _negative(text, start, end) and len(held) == 1
        if negative:
            value, start, end = -value, len(text[:start]) - len(re.search(r"[(−–-]\s?$", text[:start]).group()), end  # type: ignore[union-attr]
            end += text[end : end + 1] == ")"
        yield Figure(
            Place(passage.index, start, end),
            "figure.table",
            value,
            name,
            per=per if name == "ratio" else None,
            measure=measure,
            period=period,
            table=True,
        )


def _numbers(text: str, language: str, rules: Rules) -> Sequence[Number]:
    return (han.numbers if unspaced(language, rules) else numbers)(text, language, rules)


def _amounts(text: str, held: Sequence[Number], language: str, rules: Rules, country: str | None) -> Sequence[Amount]:
    return (han.amounts if unspaced(language, rules) else money.amounts)(text, held, language, rules, country)


def _named(text: str, language: str, rules: Rules, country: str | None) -> Unit | None:
    return (han.named if unspaced(language, rules) else money.named)(text, language, rules, country)


def _claimed(number: Number, claimed: Claims) -> bool:
    return any(d.start < number.end and number.start < d.end for d in claimed.dates)


def _core(number: Number, spans: Mapping[int, object]) -> tuple[int, int]:
    for amount in spans.values():
        start, end = amount.start, amount.end  # type: ignore[attr-defined]
        if start <= number.start and number.end <= end:
            return start, end
    return number.start, number.end


def _negative(text: str, start: int, end: int) -> bool:
    """Brackets around a number, as accounts have them, or a minus sign before it."""
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    return (before.endswith("(") and after.startswith(")")) or (before.endswith(("-", "−", "–")) and len(before) == 1)


def _scaled(value: int | float, scale: int) -> int | float:
    if scale == 1:
        return value
    scaled = round(value * scale, 6)
    return int(scaled) if scaled == int(scaled) else scaled
