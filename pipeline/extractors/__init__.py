"""From passages to findings: the order of the extractors, written once.

Each extractor takes the passages and what earlier ones found, and returns new findings; none changes
another's. Figures come last: a number that a date, an article or a penalty has claimed is no figure.
"""

from collections.abc import Sequence

from .. import names
from ..model import About, Findings, Outline, Passage, Report
from ..rules import Rules
from . import articles, dates, figures, indicators, instruments, penalties, recommendations, treaty_actions
from .printed import printed


def find(
    report: Report, outline: Outline, passages: Sequence[Passage], about: About, rules: Rules, *, ner: bool
) -> Findings:
    """All facts of one report."""
    found_dates = dates.find(passages, rules, outline, about.country)
    register = instruments.find(passages, about, rules)
    found_articles = articles.find(passages, register, rules)
    found_penalties = penalties.find(passages, register, found_articles, rules, about.country, outline)
    found_figures = figures.find(
        passages, outline, report, found_dates, found_articles, found_penalties, register, rules, about.country
    )
    asked = recommendations.find(passages, about, rules)
    acts = treaty_actions.find(passages, register, found_dates, found_articles, asked, about, outline, rules)
    if ner:
        found_penalties, found_figures = names.attach(passages, found_penalties, found_figures, rules)
    found = Findings(
        register,
        found_articles,
        found_penalties,
        found_dates,
        found_figures,
        indicators.find(report, outline, rules),
        acts,
        asked,
    )
    return printed(found, passages, report, rules)
