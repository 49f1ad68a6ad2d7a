"""Figures where a counting word stands between number and noun: 300多名女童, 百分之三十, 未满十八岁, 每10万人65例.

A number counts by what stands right beside it: its unit, its currency, its counting word, or the quantity named before
it. The measure is taken from the clause around, the counted noun first.
"""

from ....model import Figure, Passage, Place
from ....rules import Rules
from ... import han
from ..claims import Claims
from .drafts import DURATIONS, drafts, is_claimed
from .measures import measure
from .periods import period
from .words import words


def find(passage: Passage, claimed: Claims, rules: Rules, country: str | None) -> list[Figure]:
    """The figures of one passage, in reading order."""
    text, known = passage.text, words(passage.language, rules)
    numbers = han.numbers(text, passage.language, rules)
    free = [number for number in numbers if not is_claimed(number, claimed)]
    made = drafts(text, free, passage.language, known, rules, country)
    return [
        Figure(
            Place(passage.index, draft.start, draft.end),
            draft.rule,
            draft.value,
            draft.unit or "count",
            value_to=draft.value_to,
            per=draft.per,
            measure=measure(text, draft, made, claimed, known),
            comparator=draft.comparator,
            period=None if draft.unit in DURATIONS else period(text, made, i, claimed, known),
        )
        for i, draft in enumerate(made)
    ]
