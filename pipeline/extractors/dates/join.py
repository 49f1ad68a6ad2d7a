"""From single dates to those that the words mean: spans over connectors, years taken from the sentence."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from .atoms import Atom, Point
from .words import Words


def spans(text: str, found: Sequence[Atom], words: Words) -> list[Atom]:
    """Neighbours that a dash, "to" or "between … and" joins become one span."""
    joined: list[Atom] = []
    for atom in found:
        if joined and (span := _join(text, joined[-1], atom, words)):
            joined[-1] = span
        else:
            joined.append(atom)
    return joined


def _join(text: str, left: Atom, right: Atom, words: Words) -> Atom | None:
    gap = text[left.end : right.start]
    before = text[max(0, left.start - 20) : left.start]
    between = words.between.search(before)
    if not (words.to.fullmatch(gap) or (between and words.and_.fullmatch(gap))):
        return None
    last = right.last or right.first
    first = _lend(left.first, right.first)
    last = _extend(first, last)
    if (left.last and left.rule == "date.span") or not _ordered(first, last) or first.decade != last.decade:
        return None
    opening = between if between and words.and_.fullmatch(gap) else words.from_.search(before)
    start = left.start - len(opening.group()) if opening else left.start
    return Atom(start, right.end, "date.span", first, last, left.about or right.about)


def _lend(first: Point, last: Point) -> Point:
    """The start of a span takes the year of its end, or the year before ("from October to January 2027")."""
    if first.year is not None or last.year is None:
        return first
    return first._replace(year=last.year - 1 if _turns(first, last) else last.year)


def _extend(first: Point, last: Point) -> Point:
    """The end of a span takes the year of its start, or the year after ("from 3 May 2010 to 5 June")."""
    if first.year is None or last.year is not None:
        return last
    return last._replace(year=first.year + 1 if _turns(first, last) else first.year)


def _turns(first: Point, last: Point) -> bool:
    """Whether the year turns between two days or months."""
    return (first.month or 0, first.day or 0) > (last.month or 12, last.day or 31)


def _ordered(first: Point, last: Point) -> bool:
    def key(point: Point, missing: int) -> tuple[int, int, int]:
        return (point.year or 0, point.month or missing, point.day or missing)

    if first.year is None or last.year is None:
        return first.year is last.year
    return key(first, 0) < key(last, 99)


def years(found: Sequence[Atom], sentences: Sequence[tuple[int, int]], text: str, words: Words) -> list[Atom]:
    """Dates without a year take that of the date that a list or a dash ties them to, else of the sentence."""
    ends = [end for _, end in sentences]
    which = [bisect_right(ends, atom.start) for atom in found]
    whole = []
    for index, atom in enumerate(found):
        if atom.first.year is None and not (atom.last and _turns(atom.first, atom.last)):
            year = _year_for(index, found, which, text, words)
            if year is not None:
                atom = replace(
                    atom,
                    first=atom.first._replace(year=year),
                    last=atom.last._replace(year=year) if atom.last else None,
                )
        whole.append(atom)
    return whole


def _year_for(index: int, found: Sequence[Atom], which: Sequence[int], text: str, words: Words) -> int | None:
    """The year of the following date if only a list stands between, of the one before, of the next in the sentence."""
    at = index
    while at + 1 < len(found) and words.and_.fullmatch(text[found[at].end : found[at + 1].start]):
        at += 1
        if (year := found[at].first.year) is not None:
            return year
    inside = [i for i in range(len(found)) if which[i] == which[index] and found[i].first.year is not None]
    before = [i for i in inside if i < index]
    after = [i for i in inside if i > index]
    nearest = before[-1:] or after[:1]
    return _lent(found[nearest[0]], found[index], text, words) if nearest else None


def _lent(donor: Atom, atom: Atom, text: str, words: Words) -> int | None:
    """The donor's year, None where that would put the date before what the sentence reckons from."""
    repeats = words.recurring.search(text[max(0, atom.start - 30) : atom.start])
    if donor.first.decade or repeats:  # "the calendar year, 1 January to 31 December"
        return None
    since = words.since.search(text[max(0, donor.start - 20) : donor.start])
    if since and donor.last is None:
        early = _turns(donor.first, atom.first) if donor.first.month else atom.start < donor.start
        return None if early else donor.first.year  # "on 23 December … the land held since 1967"
    return (donor.last or donor.first).year
