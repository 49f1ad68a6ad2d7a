"""Figures of running text."""

from bisect import bisect_right
from collections.abc import Sequence

from ...model import Figure, Passage, Place
from ...rules import Rules
from .claims import Claims
from .decide import decide
from .drafts import Draft, drafts
from .measures import Clauses
from .pairs import pair
from .periods import Periods
from .tokens import tokens
from .words import Words, compiled

READ = frozenset({"paragraph", "item", "note", "cell", "other"})


def find(passage: Passage, claimed: Claims, rules: Rules, country: str | None) -> list[Figure]:
    """The figures of one passage, in reading order."""
    words, text = compiled(passage.language, rules), passage.text
    made = drafts(text, claimed, words, rules, country)
    if not made:
        return []
    starts = [start for start, _ in passage.sentences]
    periods = Periods(text, claimed, words, [draft.number.start for draft in made])
    found: list[Figure] = []
    by_sentence: dict[int, list[Draft]] = {}
    for draft in pair(text, made, claimed, words):
        by_sentence.setdefault(max(bisect_right(starts, draft.number.start) - 1, 0), []).append(draft)
    counted: str | None = None
    for i, sentence in enumerate(passage.sentences):
        chosen = decide(text, sentence, by_sentence.get(i, []), claimed, words)
        figures = [draft for draft, _ in chosen]
        for draft in figures:
            _after(text, draft, words)
        if not figures:
            periods.pass_over(sentence)
            counted = None
            continue
        read = tokens(text, sentence, figures, claimed.dates, words)
        dated = periods.of(sentence, figures, read)
        clauses = Clauses(text, read, figures, periods.timeless, words)
        back = words.these.match(text, sentence[0]) or any(rule == "figure.existential" for _, rule in chosen)
        these = counted if back else None
        for k, (draft, rule) in enumerate(chosen):
            measure = clauses.measure(k)
            if (
                these
                and not draft.noun
                and (rule in ("figure.part", "figure.existential") or draft.unit in (None, "percent"))
            ):
                measure = f"{these} … {measure}" if measure else these
            found.append(_figure(passage, draft, rule, measure, dated[k]))
        counted = _counted(clauses, chosen) or these
    return found


def _counted(clauses: Clauses, chosen: Sequence[tuple[Draft, str]]) -> str | None:
    """What "of these" in the next sentence points back to: the noun that the first count of this one counts."""
    return next((clauses.counted(k) for k, (draft, _) in enumerate(chosen) if draft.noun and not draft.unit), None)


def _after(text: str, draft: Draft, words: Words) -> None:
    """Read comparators after a figure: "from the age of 18 onwards", "20 cases or more"."""
    end = draft.noun[1] if draft.noun and not draft.unit else draft.core[1]
    for pattern, comparator in words.after:
        match = pattern.match(text, end)
        if match and draft.value_to is None:
            draft.comparator = comparator
            if not draft.unit and draft.noun:
                draft.noun = (draft.noun[0], match.end())
            else:
                draft.core = (draft.core[0], match.end())
            return


def _figure(passage: Passage, draft: Draft, rule: str, measure: str | None, period: str | None) -> Figure:
    end = draft.core[1]
    if draft.unit in (None, "ratio") and draft.noun and passage.text[end : draft.noun[0]] in (" ", "-", "\u00a0"):
        end = draft.noun[1]
    if rule == "figure.part" and draft.noun:
        end = draft.noun[1]
    start = draft.left if draft.label is None else draft.label
    if draft.start and draft.value_to is None and draft.unit != "age":
        start = draft.inner if draft.comparator else draft.core[0]
    return Figure(
        Place(passage.index, start, end),
        rule,
        int(draft.value) if draft.value == int(draft.value) else draft.value,
        draft.unit or "count",
        value_to=draft.value_to,
        per=draft.per,
        measure=measure,
        comparator=draft.comparator,
        period=period,
    )
