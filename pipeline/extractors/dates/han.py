"""Dates whose parts bear their names: 2012年1月16日至2月3日, 二〇一五年, 1990年代, 2012年第三季度, (2011-2015)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...errors import RulesError
from ...model import Passage
from ...rules import Rules
from .. import han
from ..identifiers import identifiers
from .atoms import Atom, Point, possible

DIGITS, TENS = "[〇零○一二三四五六七八九]", "[一二三四五六七八九十]{1,3}"
YEAR = rf"(?:1[89]|20)\d\d|[一二]{DIGITS}{{3}}"
SMALL = rf"\d{{1,2}}|{TENS}"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The patterns of a language; `[dates]` of its file says what each entry means."""

    atom: re.Pattern[str]
    to: re.Pattern[str]
    and_: re.Pattern[str]
    about: re.Pattern[str]
    about_after: re.Pattern[str]
    months: Mapping[str, int]
    parts: Mapping[str, tuple[int, int]]


@cache
def words(language: str, rules: Rules) -> Words | None:
    """The date words of a language, None where it has none; RulesError names what is wrong in the table."""
    table = rules.languages[language].get("dates")
    if not table:
        return None
    try:
        parts = {name: (first, last) for name, (first, last) in table["parts"].items()}
        return Words(
            atom=_atom(table["year_end"], [*parts], table["first_months"], [*table["months"]]),
            to=re.compile(table["to"]),
            and_=re.compile(table["and"]),
            about=re.compile(rf"(?:{table['about']})$"),
            about_after=re.compile(table["about_after"]),
            months={name.lower(): number for name, number in table["months"].items()},
            parts=parts,
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [dates]: missing or ill-typed entry: {error!r}") from error


def _atom(year_end: str, parts: Sequence[str], first_months: str, months: Sequence[str]) -> re.Pattern[str]:
    """One pattern with a named alternative for each form of a date."""
    day = rf"(?P<d>{SMALL})(?:日|号(?!线))"
    decade = r"(?:(?P<decade>(?:1[89]|20)\d0)|(?P<short>\d0|[一二三四五六七八九]十))年代"
    forms = {
        "decade": rf"(?:20世纪|二十世纪)?{decade}[初末中]?期?",
        "part": rf"(?P<py>{YEAR})年(?:的|度)?(?P<part>{'|'.join(map(re.escape, parts))})",
        "count": rf"(?P<cy>{YEAR})年(?:的)?{first_months}",
        "ymd": rf"(?P<y>{YEAR})年\s?(?P<m>{SMALL})\s?月\s?{day}",
        "ym": rf"(?P<ymy>{YEAR})年\s?(?P<ymm>{SMALL})\s?月(?:份|底|初|中旬|上旬|下旬)?",
        "fiscal": r"(?P<fa>(?:19|20)\d\d)/(?P<fb>\d\d(?:\d\d)?)(?:(?:财政|学)?年度?)?(?![/\d号])",
        "year": rf"(?P<yy>{YEAR}){year_end}",
        "md": rf"(?<![\d个])(?P<mdm>{SMALL})月(?P<mdd>{SMALL})(?:日|号)",
        "m": r"(?<![\d个.])(?P<om>1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月(?:份|底|初|中旬|上旬|下旬)?(?![\d个月])",
        "d": rf"(?<![\d.第])(?P<od>{SMALL})日(?![元常内夜均本])",
        "english": rf"(?<!\d)(?P<ed>\d{{1,2}})\s?(?P<em>{'|'.join(months)})\s?(?P<ey>(?:19|20)\d\d)(?!\d)",
        "iso": r"(?<![\d./-])(?P<iy>(?:19|20)\d\d)(?P<is>[-./])(?P<im>0?[1-9]|1[0-2])(?P=is)"
        r"(?P<id>0?[1-9]|[12]\d|3[01])(?![\d/-])",
        "bare": r"(?<![\w/\-–—:])(?<!\d[.,])(?P<by>(?:19|20)\d\d)(?![\w/%]|[.,]\d)",
    }
    return re.compile("|".join(f"(?P<f_{name}>{form})" for name, form in forms.items()), re.ASCII)


def find(passage: Passage, rules: Rules, cell: bool) -> Iterator[Atom]:
    """The dates of one passage in reading order; `cell` says that it stands in a table, where a year stands alone."""
    known = words(passage.language, rules)
    text = passage.text
    if known is None:
        return
    taken = [(start, end) for start, end, _ in identifiers(passage, rules)]
    read = [_read(match, known, passage.language, rules) for match in known.atom.finditer(text)]
    found = [atom for atom in read if atom and not any(s < atom.end and atom.start < e for s, e in taken)]
    joined = _spans(text, found, known)
    for atom in _whole(joined, passage.sentences):
        if atom.rule == "date.day" or (atom.bare and not _stands(text, atom, cell)):
            continue
        yield _about(text, atom, known)


def _value(said: str, language: str, rules: Rules) -> int:
    value = han.value_of(said.replace("○", "〇"), language, rules) if not said.isdigit() else said
    return int(value or 0)


def _read(match: re.Match[str], words: Words, language: str, rules: Rules) -> Atom | None:
    """One match as a date, None where the calendar has none such."""
    said = {name: value for name, value in match.groupdict().items() if value and not name.startswith("f_")}
    form = next(name[2:] for name, value in match.groupdict().items() if value and name.startswith("f_"))
    start, end = match.span()
    if form == "decade":
        decade = int(said["decade"]) if "decade" in said else 1900 + _value(said["short"], language, rules)
        return Atom(start, end, "date.decade", Point(decade, decade=True))
    if form == "part":
        year, (first, last) = _value(said["py"], language, rules), words.parts[said["part"]]
        return Atom(start, end, "date.part-of-year", Point(year, first), Point(year, last))
    if form == "count":
        year, last = _value(said["cy"], language, rules), _value(said["count"], language, rules)
        return Atom(start, end, "date.first-months", Point(year, 1), Point(year, last))
    if form == "fiscal":
        first = int(said["fa"])
        last = int(said["fb"]) if len(said["fb"]) == 4 else first // 100 * 100 + int(said["fb"])
        return Atom(start, end, "date.years", Point(first), Point(last)) if last == first + 1 else None
    if form == "english":
        point = Point(int(said["ey"]), words.months[said["em"].lower()], int(said["ed"]))
    else:
        point = _point(form, said, language, rules)
    valid = possible(point.year, point.month or 1, point.day or 1) and point.month != 0 and point.day != 0
    return Atom(start, end, f"date.{NAMES[form]}", point, bare=form == "bare") if valid else None


PARTS = {
    "ymd": ("y", "m", "d"),
    "ym": ("ymy", "ymm", None),
    "year": ("yy", None, None),
    "md": (None, "mdm", "mdd"),
    "m": (None, "om", None),
    "d": (None, None, "od"),
    "iso": ("iy", "im", "id"),
    "bare": ("by", None, None),
}
NAMES = {
    "ymd": "year-month-day",
    "ym": "year-month",
    "year": "year",
    "md": "month-day",
    "m": "month",
    "d": "day",
    "english": "day-month-year",
    "iso": "iso",
    "bare": "bare-year",
}


def _point(form: str, said: Mapping[str, str], language: str, rules: Rules) -> Point:
    year, month, day = (_value(said[part], language, rules) if part else None for part in PARTS[form])
    return Point(year, month, day)


def _spans(text: str, found: Sequence[Atom], words: Words) -> list[Atom]:
    """Neighbours that 至 or a dash joins, as spans; a later part takes what it leaves out: 5月29日至6月15日."""
    joined: list[Atom] = []
    for atom in found:
        last = joined[-1] if joined else None
        gap = text[last.end : atom.start] if last else ""
        if last and len(gap) < 5:
            over = words.to.fullmatch(gap)
            point = _taken(last.last or last.first, atom.first)
            if over and last.last is None and atom.last is None and _ordered(last.first, point):
                first = _lent(last.first, point, last)
                joined[-1] = replace(last, end=atom.end, rule="date.span", first=first, last=point, bare=False)
                continue
            if (
                words.and_.fullmatch(gap)
                and point != atom.first
                and atom.rule in ("date.day", "date.month-day", "date.month")
            ):
                listed = last.first.day is not None or atom.rule != "date.day"
                atom = replace(atom, first=point, rule="date.listed") if listed else atom
            elif words.and_.fullmatch(gap) and last.bare and atom.first.year and not atom.first.month:
                joined[-1] = replace(last, bare=False)  # 2015、2016和2017年
        joined.append(atom)
    for i in range(len(joined) - 2, -1, -1):
        left, right = joined[i], joined[i + 1]
        if left.bare and not right.bare and words.and_.fullmatch(text[left.end : right.start]):
            joined[i] = replace(left, bare=right.first.year is None)
    return joined


def _taken(before: Point, point: Point) -> Point:
    """A point with the year, and a day with the month too, that the date before it gives."""
    if point.year is not None or before.decade:
        return point
    month = point.month if point.month is not None else before.month
    return Point(before.year, month, point.day)


def _lent(first: Point, last: Point, atom: Atom) -> Point:
    """The first of two bare years or months keeps what it has: 2011-2012年."""
    return first._replace(year=last.year) if first.year is None and atom.rule != "date.day" else first


def _ordered(first: Point, last: Point) -> bool:
    if last.decade or first.decade or (last.month is None) != (first.month is None):
        return False
    if first.year is None or last.year is None:
        return first.year == last.year and first.month is not None and first < last
    return (first.year, first.month or 0, first.day or 0) < (last.year, last.month or 0, last.day or 99)


def _whole(found: Sequence[Atom], sentences: Sequence[tuple[int, int]]) -> Iterator[Atom]:
    """The dates, those without a year with that of the date named last before them in the passage's sentence."""
    for index, atom in enumerate(found):
        if atom.first.year is None and atom.rule != "date.day":
            begin = next((start for start, end in sentences if start <= atom.start < end), 0)
            donor = next((one for one in reversed(found[:index]) if one.start >= begin and one.first.year), None)
            if donor is not None and not donor.first.decade:
                year = (donor.last or donor.first).year
                last = atom.last._replace(year=year) if atom.last else None
                atom = replace(atom, first=atom.first._replace(year=year), last=last)
            elif atom.rule == "date.month":
                continue  # 6月 alone may be six months
        yield atom


def _stands(text: str, atom: Atom, cell: bool) -> bool:
    """Whether four digits alone are a year: in a table or in brackets."""
    whole = atom.start == 0 and atom.end == len(text)
    bracketed = text[atom.start - 1 : atom.start] == "(" and text[atom.end : atom.end + 1] == ")"
    return (cell and whole) or bracketed


def _about(text: str, atom: Atom, words: Words) -> Atom:
    if before := words.about.search(text, max(0, atom.start - 4), atom.start):
        return replace(atom, start=before.start(), about=True)
    if after := words.about_after.match(text, atom.end):
        return replace(atom, end=after.end(), about=True)
    return atom
