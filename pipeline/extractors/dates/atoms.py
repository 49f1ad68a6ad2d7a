"""Single dates: one alternative of the language's pattern each, read into points of the calendar."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .words import Words

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Point(NamedTuple):
    """A day, a month, a year or a decade; a part that the words leave out is None."""

    year: int | None
    month: int | None = None
    day: int | None = None
    decade: bool = False

    @property
    def edtf(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year // 10:03}X" if self.decade else f"{self.year:04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)])


@dataclass(frozen=True, slots=True)
class Atom:
    """A date in text[start:end]; `last` is the end of a span. `bare` is a year that no word marks as one."""

    start: int
    end: int
    rule: str
    first: Point
    last: Point | None = None
    about: bool = False
    bare: bool = False

    @property
    def edtf(self) -> str:
        mark = "~" if self.about else ""
        return self.first.edtf + mark + (f"/{self.last.edtf}{mark}" if self.last else "")


def atoms(text: str, words: Words, day_first: bool | None = None) -> Iterator[Atom]:
    """All single dates of the text, in order; impossible ones (31 June, month 13) are left out.

    `day_first` says how the report writes dates in digits ("07/12/2017"), None where that is unknown.
    """
    for match in words.atom.finditer(text):
        form = match.lastgroup or ""
        if form == "num":
            yield from _digits(match, words, day_first)
        else:
            yield from READERS[form](match, words)


def _days(match: re.Match[str], words: Words, form: str, rule: str) -> Iterator[Atom]:
    """`9-11 December 2013`, `21, 24 and 25 May`: an atom for each day or span of days."""
    month = _month(match, form, words)
    year = int(match[f"{form}_year"]) if match[f"{form}_year"] else None
    base = match.start(f"{form}_days")
    found = list(words.day.finditer(match[f"{form}_days"]))
    if not all(possible(year, month, int(day.group())) for day in found):
        return
    spans: list[list[re.Match[str]]] = []
    for day in found:
        between = day.string[spans[-1][-1].end() : day.start()] if spans else ""
        if spans and len(spans[-1]) == 1 and words.days_to.search(between):
            spans[-1].append(day)
        else:
            spans.append([day])
    for index, span in enumerate(spans):
        points = [Point(year, month, int(day.group())) for day in span]
        if len(points) == 2 and points[0] >= points[1]:
            return
        start = match.start() if index == 0 else base + span[0].start()
        end = match.end() if index == len(spans) - 1 else base + span[-1].end()
        yield Atom(start, end, rule, points[0], points[1] if len(points) == 2 else None)


def _month(match: re.Match[str], form: str, words: Words) -> int:
    return words.months[match[f"{form}_month"].rstrip(".").lower()]


def possible(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; in an unknown year 29 February is possible."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 if year is None else year, month)[1]


def _day_month(match: re.Match[str], words: Words) -> Iterator[Atom]:
    return _days(match, words, "dm", "date.day-month-year" if match["dm_year"] else "date.day-month")


def _month_day(match: re.Match[str], words: Words) -> Iterator[Atom]:
    return _days(match, words, "md", "date.month-day-year" if match["md_year"] else "date.month-day")


def _month_year(match: re.Match[str], words: Words) -> Iterator[Atom]:
    point = Point(int(match["my_year"]), _month(match, "my", words))
    yield Atom(*match.span(), "date.month-year", point)


def _only_month(match: re.Match[str], words: Words) -> Iterator[Atom]:
    word, text = match.group(), match.string
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 20]
    linked = words.month_after.match(after) or words.month_before.search(before)
    if word.rstrip(".") in words.short_months:
        alone = False
    elif word in words.month_words:
        alone = bool(words.before_month.search(before)) or (before.endswith("(") and after.startswith(")"))
    else:
        alone = True
    if alone or linked:
        yield Atom(*match.span(), "date.month", Point(None, _month(match, "only", words)))


def _part(match: re.Match[str], words: Words) -> Iterator[Atom]:
    """Quarters and half-years: spans of months."""
    number = words.ordinals[match["ordinal"].lower()]
    unit = match["part_unit"].lower()
    year = int(match["part_year"]) if match["part_year"] else None
    if year is not None or unit in words.parts_alone:
        yield from _months(match, year, number, words.parts[unit])


def _first_months(match: re.Match[str], words: Words) -> Iterator[Atom]:
    """ "the first nine months of 2015": a span of months."""
    count, year = match["fm_count"].lower(), int(match["fm_year"])
    last = words.month_counts.get(count) or int(count)
    yield Atom(*match.span(), "date.first-months", Point(year, 1), Point(year, last))


def _several(match: re.Match[str], words: Words) -> Iterator[Atom]:
    """ "the first and second quarters of 2017": all but the last of the list."""
    number = words.ordinals[match["several_ordinal"].lower()]
    yield from _months(match, int(match["several_year"]), number, words.parts[match["several_unit"].lower()])


def _fiscal_year(match: re.Match[str], words: Words) -> Iterator[Atom]:
    """`FY2016`, `FY 2016/17`"""
    first, second = int(match["fy_a"]), match["fy_b"]
    last = first if second is None else int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if first <= last <= first + 10:
        yield Atom(*match.span(), "date.fiscal-year", Point(first), Point(last) if last > first else None)


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _roman(match: re.Match[str], words: Words) -> Iterator[Atom]:
    month, day = ROMAN.index(match["rom_month"]) + 1, int(match["rom_day"])
    yield from _numeric(match, int(match["rom_year"]), month, day, "date.roman-month")


def _letter_part(match: re.Match[str], words: Words) -> Iterator[Atom]:
    yield from _months(match, int(match["qh_year"]), int(match["qh_number"]), 3 if match["qh_unit"] == "Q" else 6)


def _months(match: re.Match[str], year: int | None, number: int, size: int) -> Iterator[Atom]:
    count = 12 // size
    number = number if number > 0 else count
    if number <= count:
        last = number * size
        yield Atom(*match.span(), "date.part-of-year", Point(year, last - size + 1), Point(year, last))


def _iso(match: re.Match[str], words: Words) -> Iterator[Atom]:
    yield from _numeric(match, int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]), "date.iso")


def _digits(match: re.Match[str], words: Words, day_first: bool | None) -> Iterator[Atom]:
    """`01.02.2013`: the day first where language, dots or report tell so, else only if one reading is possible."""
    a, b, year = int(match["num_a"]), int(match["num_b"]), int(match["num_year"])
    if words.day_first or match["num_sep"] == "." or a > 12 or a == b or (day_first and b <= 12):
        yield from _numeric(match, year, b, a, "date.numeric")
    elif b > 12 or day_first is False:
        yield from _numeric(match, year, a, b, "date.numeric")


def _numeric(match: re.Match[str], year: int, month: int, day: int, rule: str) -> Iterator[Atom]:
    if possible(year, month, day):
        yield Atom(*match.span(), rule, Point(year, month, day))


def _decade(match: re.Match[str], words: Words) -> Iterator[Atom]:
    """`1990s`, "decenio de 1990", "los años 80"."""
    year = int(match[f"{match.lastgroup}_year"])
    yield Atom(*match.span(), "date.decade", Point(year if year > 99 else 1900 + year, decade=True))


def _years(match: re.Match[str], words: Words) -> Iterator[Atom]:
    """`2011-2012`, `2011-12`, `2016/17`, and `20062010`, which lost its hyphen at a line end."""
    form = match.lastgroup
    first, second = int(match[f"{form}_a"]), match[f"{form}_b"]
    digits = 10 ** len(second)
    last = first // digits * digits + int(second)
    if last < first and len(second) == 2:
        last += 100
    if len(second) == 1 and last != first + 1:
        return
    longest = {"fiscal": 10, "short": 30, "glued": 30}.get(form or "", 1000)
    if first < last <= min(first + longest, LAST_YEAR):
        yield Atom(*match.span(), f"date.{form}-years", Point(first), Point(last))


def _year(match: re.Match[str], words: Words) -> Iterator[Atom]:
    bare = match.end() == match.start() + 4
    yield Atom(*match.span(), "date.year", Point(int(match.group()[:4])), bare=bare)


READERS = {
    "fm": _first_months,
    "several": _several,
    "fy": _fiscal_year,
    "rom": _roman,
    "dm": _day_month,
    "md": _month_day,
    "my": _month_year,
    "only": _only_month,
    "part": _part,
    "qh": _letter_part,
    "iso": _iso,
    "decade": _decade,
    "named_decade": _decade,
    "glued": _years,
    "fiscal": _years,
    "span": _years,
    "short": _years,
    "year": _year,
}
