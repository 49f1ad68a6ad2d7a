"""Indicators: the numbered items of an ITU profile, present or absent."""

from ..model import Indicator, Outline, Report
from ..rules import Rules


def find(report: Report, outline: Outline, rules: Rules) -> tuple[Indicator, ...]:
    """The indicators of an ITU profile, in reading order; none in other reports."""
    return ()
