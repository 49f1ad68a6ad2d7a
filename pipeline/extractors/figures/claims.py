"""What of a passage other facts have claimed: their numbers are no figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...model import Article, Date, Passage, Penalty, Register
from ...rules import Rules
from ..identifiers import identifiers


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a passage, as EDTF."""

    start: int
    end: int
    edtf: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Spans of one passage: dates, those of other facts and identifiers, sanctions, and names of laws."""

    dates: tuple[Dated, ...] = ()
    others: tuple[tuple[int, int], ...] = ()
    sanctions: tuple[tuple[int, int], ...] = ()
    laws: tuple[tuple[int, int], ...] = ()


def claims(
    passages: Sequence[Passage],
    dates: Sequence[Date],
    articles: Sequence[Article],
    penalties: Sequence[Penalty],
    register: Register,
    rules: Rules,
) -> Sequence[Claims]:
    """One entry for each passage, by its index."""
    dated: defaultdict[int, list[Dated]] = defaultdict(list)
    for date in dates:
        dated[date.at.passage].append(Dated(date.at.start, date.at.end, date.edtf))
    cited = _spans((fact.at.passage, fact.at.start, fact.at.end) for fact in articles)
    punished = _spans((fact.at.passage, fact.at.start, fact.at.end) for fact in penalties)
    laws = _spans((mention.at.passage, mention.at.start, mention.at.end) for mention in register.mentions)
    found = []
    for passage in passages:
        i = passage.index
        named = [(start, end) for start, end, _ in identifiers(passage, rules)]
        ordered = tuple(sorted(dated[i], key=lambda date: date.start)) if i in dated else ()
        found.append(Claims(ordered, (*cited.get(i, ()), *named), tuple(punished.get(i, ())), tuple(laws.get(i, ()))))
    return found


def _spans(places: Iterable[tuple[int, int, int]]) -> Mapping[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for passage, start, end in places:
        found.setdefault(passage, []).append((start, end))
    return found
