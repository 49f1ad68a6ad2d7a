"""What a report says of itself."""

from ..model import About, Outline, Report
from ..rules import Rules


def about(report: Report, outline: Outline, rules: Rules) -> About:
    """Symbol, title, issuing body, country and date, as far as the report names them; None rather than a guess."""
    return About()
