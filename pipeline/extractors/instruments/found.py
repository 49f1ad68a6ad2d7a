"""What `naming` finds: a head noun read in its context."""

from dataclasses import dataclass

from ...model import InstrumentKind


@dataclass(frozen=True, slots=True)
class Found:
    """A head noun read in its context; `name` is empty where it stands bare.

    `start` and `end` hold the whole mention with year, number and acronym, `name_end` ends the name itself.
    `weak` is a year that the sentence gives ("adopted the Law on … in 2015"), `year` one that the name has.
    """

    start: int
    end: int
    kind: InstrumentKind
    head: str
    name: str
    name_end: int
    year: str | None = None
    number: str | None = None
    acronym: str | None = None
    weak: str | None = None
    plural: bool = False
    capital: bool = True
    determiner: str | None = None
