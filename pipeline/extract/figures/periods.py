"""The time that a figure speaks of: the date of its clause or sentence, or one that opens the passage."""

import re
from collections.abc import Sequence

from .claims import Claims, Dated
from .drafts import Draft
from .words import Words

CHANGING_UNITS = frozenset({"percent", "ratio"})
CLOSE = re.compile(r"[;:]|\s[–—]\s")


class Periods:
    """The periods of one passage's figures, sentence by sentence, since a sentence may take the time of the one before."""

    def __init__(self, text: str, claimed: Claims, words: Words) -> None:
        self.text, self.words = text, words
        self.dates = [date for date in claimed.dates if not self._of_law(date, claimed)]
        self.opening: str | None = None
        self.last: list[Dated] = []

    def _of_law(self, date: Dated, claimed: Claims) -> bool:
        """Whether a date belongs to the name of a law."""
        if any(start <= date.start and date.end <= end for start, end in claimed.laws):
            return True
        before = re.findall(r"[^\W\d_]+", self.text[max(0, date.start - 24) : date.start].lower())
        after = re.match(r"[ -]?([^\W\d_]+)", self.text[date.end : date.end + 16])
        near = {word for word in before[-2:]} | ({after.group(1).lower()} if after else set())
        joined = before[-2:-1] if before and before[-1] in ("of", "от", "on") else before[-1:]
        return bool(near & self.words.laws and (set(joined) & self.words.laws or (after and after.group(1).lower() in self.words.laws)))

    def of(self, sentence: tuple[int, int], drafts: Sequence[Draft]) -> list[str | None]:
        """One EDTF or None for each figure of a sentence, in order."""
        inside = [d for d in self.dates if sentence[0] <= d.start and d.end <= sentence[1] and not self._base(sentence, d)]
        same = self.words.same.search(self.text, sentence[0], min(sentence[1], sentence[0] + 400))
        if not inside and same:
            inside = self.last
            found = [self._ends(inside[-1].edtf if inside else None, draft) for draft in drafts]
        elif inside:
            found = [self._of_one(sentence, draft, inside, drafts) for draft in drafts]
        else:
            found = [self.opening for _ in drafts]
        if inside:
            self.last = inside
        opened = next((d for d in inside if d.start - sentence[0] < 40), None) if sentence[0] < 3 else None
        if opened and self.words.opening.search(self.text[: opened.start] + ""):
            self.opening = opened.edtf
        return [None if self._changes(sentence, draft) else period for draft, period in zip(drafts, found, strict=True)]

    def _base(self, sentence: tuple[int, int], date: Dated) -> bool:
        """Whether a date only says what is compared with."""
        start = max(sentence[0], date.start - self.words.base_reach)
        match = None
        for match in self.words.bases.finditer(self.text, start, date.start):
            pass
        return bool(match and not re.search(r"[,;)]|\d", self.text[match.end() : date.start]))

    def _of_one(
        self, sentence: tuple[int, int], draft: Draft, dates: Sequence[Dated], drafts: Sequence[Draft]
    ) -> str | None:
        end = draft.noun[1] if draft.noun else draft.core[1]
        after = [d for d in dates if d.start >= draft.core[1]]
        before = [d for d in dates if d.end <= draft.left]
        following = next((other.left for other in drafts if other.left >= draft.core[1]), sentence[1])
        bracket = re.match(r"[^()]{0,4}\($", self.text[draft.core[1] : after[0].start]) if after else None
        if after and bracket:
            return after[0].edtf
        own = [d for d in after if d.end <= following and not self._closed(end, d.start)]
        held = [d for d in before if not self._taken(d, draft, drafts)]
        if own and not (held and self._nearer(held[-1], draft, drafts)):
            return self._ends(own[0].edtf, draft)
        if held:
            return self._ends(held[-1].edtf, draft)
        if after and not self._closed(end, after[0].start):
            return self._ends(after[0].edtf, draft)
        if before and len(before) == 1 and not after:
            return self._ends(before[-1].edtf, draft)
        return self._ends(after[0].edtf, draft) if after and not before else None

    def _closed(self, start: int, end: int) -> bool:
        return bool(CLOSE.search(self.text, start, end))

    def _nearer(self, date: Dated, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether a date stands before a figure and no other figure between them: "in 2017, there were 9 … since 2010"."""
        return not any(date.end <= other.left < draft.left for other in drafts)

    def _taken(self, date: Dated, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether a date before a figure belongs to the figure before it ("80 in 2015, 82 in 2016")."""
        earlier = [other for other in drafts if other.core[1] <= date.start]
        if not earlier:
            return False
        gap = self.text[earlier[-1].core[1] : date.start]
        return not re.search(r"[,;]\s+(?:and\s+)?(?:in|during|by|since|from|as|at|on|в|на|с)\s*$|[;:–—]", gap) and not (
            re.search(r"\band (?:in|during|by|for) $", gap)
        )

    def _ends(self, period: str | None, draft: Draft) -> str | None:
        """Of a change "from 59 to 99 between 1990 and 2015" each value has one end of the span."""
        if period and draft.changes is not None and "/" in period:
            return period.split("/")[draft.changes]
        return period

    def _changes(self, sentence: tuple[int, int], draft: Draft) -> bool:
        """Changes in per cent and multiples have no period, nor have ages."""
        if draft.unit == "age":
            return False
        if draft.unit == "ratio" and draft.per is None and draft.changes is None and draft.noun is None:
            return bool(self.words.growth.search(self.text, sentence[0], sentence[1]))
        if draft.unit != "percent" or draft.changes is not None:
            return False
        near = self.text[max(sentence[0], draft.left - 40) : draft.left], self.text[draft.core[1] : draft.core[1] + 24]
        after = re.match(r",? (?:of |in |на )?(?:an? )?", near[1])
        return bool(
            re.search(r"\b(?:by|на|of|or)\s*(?:[^\W\d_]+ )?$", near[0]) and self.words.growth.search(near[0])
            or (after and self.words.growth.match(near[1], after.end()))
        )
