"""Dates: explicit calendar dates, months, years and spans, as EDTF."""

from collections.abc import Sequence

from ..model import Date, Passage
from ..rules import Rules


def find(passages: Sequence[Passage], rules: Rules) -> tuple[Date, ...]:
    """All dates, in reading order."""
    return ()
