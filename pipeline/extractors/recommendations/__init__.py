"""Recommendations: what a body of the United Nations asks of a State.

Two forms: the lists of the universal periodic review, whose items end with the States that make them (`reviews`), and
what committees, experts and resolutions ask for in paragraphs and their lists (`requests`).
"""

from collections.abc import Sequence

from ...model import About, Passage, Recommendation
from ...rules import Rules
from . import requests, reviews


def find(passages: Sequence[Passage], about: About, rules: Rules) -> tuple[Recommendation, ...]:
    """All recommendations, in reading order."""
    if about.country is not None:
        listed = reviews.find(passages, about.country, rules)
        if listed:
            return listed
    return requests.find(passages, about, rules)
