"""The time that a figure speaks of: the date of its part of the sentence, or one that opens the passage."""

import re
from collections.abc import Sequence

from .claims import Claims, Dated
from .drafts import Draft
from .tokens import Token
from .words import Words


class Periods:
    """The periods of one passage's figures; sentences come in order, since one may take the time of the one before."""

    def __init__(self, text: str, claimed: Claims, words: Words, numbers: Sequence[int]) -> None:
        """`numbers` is where the passage's numbers begin."""
        self.text, self.words, self.dates, self.numbers = text, words, claimed.dates, numbers
        self.timeless = {i for i, date in enumerate(claimed.dates) if self._of_law(date, claimed) or self._base(date)}
        self.opening: str | None = None
        self.last: str | None = None
        self.span: str | None = None

    def _of_law(self, date: Dated, claimed: Claims) -> bool:
        """Whether a date belongs to the name of a law."""
        if any(start <= date.start and date.end <= end for start, end in claimed.laws):
            return True
        ahead = re.split(r"[,;] (?!of\b|on\b)", self.text[max(0, date.start - 32) : date.start].lower())[-1]
        before = re.findall(r"[^\W\d_]+", ahead)
        after = re.match(r"(?:,? (?:and|or|и) \d{4})*[ -]([^\W\d_]+)", self.text[date.end : date.end + 32])
        named = before[-5:-1] if before and before[-1] in self.words.of else before[-1:]
        return bool(set(named) & self.words.laws) or bool(after and after.group(1).lower() in self.words.laws)

    def _base(self, date: Dated) -> bool:
        """Whether a date only says what is compared with."""
        if self.words.base_after.match(self.text, date.end):
            return True
        if self.words.bases_adjacent.search(self.text, max(0, date.start - 24), date.start):
            return True
        if self.words.bases_of_change.search(self.text, max(0, date.start - 32), date.start):
            return True
        found = list(self.words.bases.finditer(self.text, max(0, date.start - self.words.base_reach), date.start))
        if not found or re.search(r"[,;)]|\d|\.\s", self.text[found[-1].end() : date.start]):
            return False
        return not any(found[-1].end() <= start < date.start for start in self.numbers)  # "than three in 2015"

    def of(self, sentence: tuple[int, int], drafts: Sequence[Draft], tokens: Sequence[Token]) -> list[str | None]:
        """One EDTF or None for each figure of a sentence, in order."""
        dated = _Sentence(self.text, tokens, drafts, self.dates, self.timeless, self.words)
        same = self.words.same.search(self.text, sentence[0], min(sentence[1], sentence[0] + 300))
        if dated.whole is None and same:
            found = [self._same(same.group()) for _ in drafts]
        elif dated.whole is not None:
            self.last, self.span = dated.whole, dated.span
            found = [dated.of(i) for i in range(len(drafts))]
            for i, period in dated.respectively():
                found[i] = period
        else:
            found = [self.opening for _ in drafts]
        self._open(sentence, dated.first)
        self._ends(drafts, found)
        return [
            None if period and self._change(sentence, draft) else period
            for draft, period in zip(drafts, found, strict=True)
        ]

    def _same(self, said: str) -> str | None:
        """The period that "over the same period" means; of several years the span, a single year of none."""
        if self.span is None:
            return self.last
        return self.span if any(word in said.lower() for word in self.words.spans) else None

    def pass_over(self, sentence: tuple[int, int]) -> None:
        """Keep the date of a sentence without figures for those after it."""
        inside = (
            i for i, d in enumerate(self.dates) if sentence[0] <= d.start < sentence[1] and i not in self.timeless
        )
        first = next(inside, None)
        if first is not None:
            self.last, self.span = self.dates[first].edtf, None
            self._open(sentence, first)

    def _open(self, sentence: tuple[int, int], first: int | None) -> None:
        """A date that opens a sentence after "as at" holds for those that follow it in the passage."""
        if first is not None:
            lead = self.text[sentence[0] : self.dates[first].start]
            if len(lead) < 24 and self.words.opening.fullmatch(lead):
                self.opening = self.dates[first].edtf

    def _ends(self, drafts: Sequence[Draft], found: list[str | None]) -> None:
        """Of a change "from 59 to 99 between 1990 and 2015" each value has one end of the span."""
        for i in range(len(drafts) - 1):
            shared = found[i]
            if drafts[i].changes == 0 and drafts[i + 1].changes == 1 and shared == found[i + 1] and shared:
                found[i], found[i + 1] = shared.split("/")[0], shared.split("/")[-1]

    def _change(self, sentence: tuple[int, int], draft: Draft) -> bool:
        if draft.times:
            return bool(self.words.growth.search(self.text, *sentence))
        if draft.unit != "percent" or draft.changes is not None:
            return False
        before = self.text[max(sentence[0], draft.left - 40) : draft.left]
        after = self.words.change_after.match(self.text, draft.core[1])
        if self.words.level.search(before):
            return False  # "a lower vacancy rate of 2.5 per cent": the rate, not its change
        return bool(
            (self.words.change_before.search(before) and self.words.growth.search(before))
            or (after and self.words.growth.match(self.text, after.end()))
        )


class _Sentence:
    """A sentence cut into parts at commas and conjunctions, brackets apart."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        figures: Sequence[Draft],
        dates: Sequence[Dated],
        timeless: set[int],
        words: Words,
    ) -> None:
        self.figures = figures
        self.text, self.tokens, self.dates, self.words = text, tokens, dates, words
        self.at = {token.ref: k for k, token in enumerate(tokens) if token.kind == "figure"}
        self.times = [k for k, t in enumerate(tokens) if t.kind == "date" and t.ref not in timeless]
        self.parts = self._parts()
        self.first = tokens[self.times[0]].ref if self.times else None
        self.whole = self._joined(self.times[0]) if self.times else None
        years = sorted({dates[tokens[k].ref].edtf for k in self.times})
        plain = len(years) > 1 and all(len(year) == 4 for year in years)
        self.span = f"{years[0]}/{years[-1]}" if plain else None

    def _parts(self) -> list[int]:
        """For each token the number of its part; those of one bracket and those around it are counted apart."""
        found, current, last = [], {0: 0}, 0
        alone = {j for k in self.times if self._bracketed_alone(k) for j in (k - 1, k, k + 1)}
        for k, token in enumerate(self.tokens):
            cut = (token.kind == "mark" and token.lower in ",;:") or token.lower in self.words.joiners
            cut = cut or token.lower in self.words.breaks
            group = 0 if k in alone else token.group
            if group not in current or (cut and not self._dates_joined(k)):
                last += 1
                current[group] = last
            found.append(current[group])
        return found

    def _bracketed_alone(self, k: int) -> bool:
        """Whether a date stands alone in brackets, which are then part of what is around them."""
        return 0 < k < len(self.tokens) - 1 and self.tokens[k - 1].lower == "(" and self.tokens[k + 1].lower == ")"

    def _dates_joined(self, k: int) -> bool:
        """ "in 2016 and 2017": a conjunction between two dates cuts nothing."""
        around = self.tokens[k - 1 : k], self.tokens[k + 1 : k + 2]
        return all(side and side[0].kind == "date" for side in around)

    def _joined(self, k: int) -> str:
        """The date at `k`, with the year that "and" joins to it."""
        date = self.dates[self.tokens[k].ref].edtf
        for j, step in ((k + 2, 1), (k - 2, -1)):
            if 0 <= j < len(self.tokens) and j in self.times and self.tokens[(j + k) // 2].lower in self.words.joiners:
                other = self.dates[self.tokens[j].ref].edtf
                low, high = (date, other) if step > 0 else (other, date)
                if low[:8] != high[:8] and low[:5] == high[:5] and "/" in low and "/" in high:
                    return f"{low.split('/')[0]}/{high.split('/')[1]}"
                if len(low) == len(high) == 4 and low.isdigit() and high.isdigit() and int(high) == int(low) + 1:
                    return f"{low}/{high}"
        return date

    def of(self, figure: int) -> str | None:
        """The period of one figure of the sentence."""
        k = self.at[figure]
        group = self.tokens[k].group
        own = [j for j in self.times if self.parts[j] == self.parts[k]]
        after = [j for j in own if j > k and not self._figure_between(k, j)]
        if (bracket := self._bracketed(k)) is not None:
            return self._joined(bracket)
        if self.words.elsewhen.match(self.text, self.tokens[k].end):
            return None
        if self._compared(figure) and (listed := self._after_list(k)) is not None:
            return self._joined(listed)
        stated = self._stated(k)
        if stated is None:
            stated = self._sourced(k)
        if stated is not None:
            return self._joined(stated)
        if after:
            return self._joined(after[0])
        if own and own[0] < k:
            return self._joined([j for j in own if j < k][-1])
        if own:
            return self._joined(own[0])
        within = [j for j in self.times if group and self.tokens[j].group == group]
        if within:
            return self._joined(within[0])
        if group:
            return self._around(k, group)
        return self._held(k)

    def _compared(self, figure: int) -> bool:
        """Whether a figure stands right behind "compared with", with a noun of its own or without."""
        draft = self.figures[figure]
        behind = self.words.compared.search(self.text, max(0, draft.left - 24), draft.left)
        return draft.compared or behind is not None

    def _after_list(self, k: int) -> int | None:
        """The date after a list of bare figures: "compared with 54, 12 and 3 in 2016"."""
        for j in range(k + 1, len(self.tokens)):
            if self.tokens[j].kind == "date":
                return j if j in self.times else None
            if self.tokens[j].kind == "mark" and self.tokens[j].lower != ",":
                return None
            if self.tokens[j].kind == "content" and self.tokens[j].lower not in self.words.respectively:
                return self._same_clause(j)
        return None

    def _same_clause(self, k: int) -> int | None:
        """The next date of a clause that no comma and no verb cuts: "with 5 inquiries and 9 arrests of men in 2015"."""
        for j in range(k, len(self.tokens)):
            token = self.tokens[j]
            if token.kind == "date":
                return j if j in self.times and token.group == self.tokens[k].group else None
            if token.kind == "mark" or token.lower in self.words.breaks or token.lower in self.words.auxiliaries:
                return None
        return None

    def _around(self, k: int, group: int) -> str | None:
        """The period of what a bracket is put to."""
        at = k
        while at > 0 and self.tokens[at].group == group:
            at -= 1
        figures = [i for i, j in self.at.items() if j <= at and self.parts[j] == self.parts[at]]
        if figures:
            return self.of(max(figures))
        own = [j for j in self.times if self.parts[j] == self.parts[at]]
        return self._joined(own[-1]) if own else self._held(at)

    def respectively(self) -> list[tuple[int, str]]:
        """ "14 and 19 cases in 2012 and 2013 respectively": the figures' periods in order, where the counts agree."""
        said = next((t for t in self.tokens if t.lower in self.words.respectively), None)
        if said is None:
            return []
        figures = sorted(i for i, k in self.at.items() if self.tokens[k].group == said.group)
        if any(self.figures[i].compared for i in figures):
            return []
        place = self.tokens.index(said)
        clause = max((k for k in range(place) if self.tokens[k].lower == ";"), default=-1)
        if len(figures) != len(self.times):
            figures = [i for i in figures if self.at[i] > clause]
        if len(figures) != len(self.times) or len(figures) < 2:
            return []
        return [(i, self.dates[self.tokens[k].ref].edtf) for i, k in zip(figures, self.times, strict=True)]

    def _figure_between(self, k: int, j: int) -> bool:
        return any(
            self.tokens[i].kind == "figure" and self.tokens[i].group == self.tokens[k].group for i in range(k + 1, j)
        )

    def _bracketed(self, k: int) -> int | None:
        """A date alone in the brackets that follow a figure: "a three-year (2017-2020) project"."""
        if k > 2 and self.tokens[k - 1].lower == ")" and k - 2 in self.times and self.tokens[k - 3].lower == "(":
            return k - 2
        for j in range(k + 1, min(k + 6, len(self.tokens) - 2)):
            token = self.tokens[j]
            if token.kind in ("figure", "date") or token.lower in ",;:.":
                return None
            if token.lower == "(":
                return j + 1 if j + 1 in self.times and self.tokens[j + 2].lower == ")" else None
        return None

    def _stated(self, k: int) -> int | None:
        """The date that a colon ties to a figure: "(2022/23: 56 per cent; 2023/24: 55 per cent)"."""
        for j in range(k - 1, 0, -1):
            token = self.tokens[j]
            if token.group != self.tokens[k].group:
                continue
            if token.lower == ":" and j - 1 in self.times:
                return j - 1
            if token.kind == "mark" and token.lower in ";:.(":
                return None
        return None

    def _sourced(self, k: int) -> int | None:
        """The date in the brackets right after a figure: "6.5 million (data source: census, 2005)"."""
        if k + 1 >= len(self.tokens) or self.tokens[k + 1].lower != "(":
            return None
        group = self.tokens[k + 1].group
        held = [j for j in range(k + 1, len(self.tokens)) if self.tokens[j].group == group]
        if any(self.tokens[j].kind == "figure" for j in held):
            return None
        return next((j for j in held if j in self.times), None)

    def _held(self, k: int) -> str | None:
        """The date that opens an earlier part, else the next date, else the sentence's only one."""
        last = max((j for j in self.times if j < k), default=None)
        if last is not None and self._before_comma(last, k):
            reached = self.figures[self.tokens[k].ref].lead in self.words.to_value
            return self._joined(last).split("/")[-1] if reached else self._joined(last)
        for j in reversed([j for j in self.times if j < k]):
            if self._outside(j) and self._opens(j):
                return self._joined(j)
        following = [
            j
            for j in self.times
            if j > k
            and (self.tokens[j].group == 0 or (len(self.times) == 1 and not self._figures_in(self.tokens[j].group)))
        ]
        if following and not self._stopped(k, following[0]):
            return self._joined(following[0])
        financial = [j for j in self.times if j < k and self._outside(j) and self._financial(j)]
        if len(financial) == 1:
            return self._joined(financial[0])
        earlier = [j for j in self.times if j < k and self._outside(j)]
        if earlier and (len(self.times) == 1 or self.parts[earlier[-1]] == self.parts[k] - 1):
            return self._joined(earlier[-1])
        return None

    def _before_comma(self, j: int, k: int) -> bool:
        """Whether the figure's part begins right after a date: "in 2009, there were 2"."""
        comma = self.tokens[j + 1].lower == "," and self.parts[j + 1] == self.parts[k] and j + 1 < k
        content = sum(token.kind == "content" for token in self.tokens[j + 1 : k])
        return comma and content <= 1 and self._outside(j)

    def _financial(self, j: int) -> bool:
        """Whether a date is the period of a budget: "the budget for the period from … was set out in … and is …"."""
        start = self.tokens[j].start
        return self.words.period_lead.search(self.text, max(0, start - 40), start) is not None

    def _outside(self, j: int) -> bool:
        return self.tokens[j].group == 0 or self._bracketed_alone(j)

    def _opens(self, j: int) -> bool:
        """Whether only small words stand before a date in its part."""
        for i in range(j - 1, -1, -1):
            token = self.tokens[i]
            if self.parts[i] != self.parts[j]:
                if token.group == self.tokens[j].group:
                    return True
                continue
            if token.kind in ("content", "figure"):
                return False
        return True

    def _stopped(self, k: int, j: int) -> bool:
        """Whether a mark, a comparison or another clause with a figure of its own parts the figure from the date."""
        between = [t for t in self.tokens[k + 1 : j] if t.group == self.tokens[j].group]
        if any(t.lower in (";", ":", "–", "—") for t in between):
            return True
        figure = max((i for i, t in enumerate(between) if t.kind == "figure"), default=None)
        if figure is None:
            return False
        said = self.text[self.tokens[k].end : between[figure].start]
        number = self.figures[between[figure].ref].core[0]
        compared = self.words.compared.search(self.text, self.tokens[k].end, number)  # "…, up from 9 in 2008"
        return bool(compared or self.words.bases.search(said)) or any(
            (between[i].lower in self.words.joiners and self._clause(between, i))
            or (between[i].lower in self.words.breaks and not self.words.bases.match(self.text, between[i].start))
            for i in range(figure)
        )

    def _clause(self, between: Sequence[Token], i: int) -> bool:
        """Whether a verb follows a conjunction: "is growing at 2 per cent and should reach 15 million by 2030"."""
        verb = [t.lower for t in between[i + 1 : i + 3]]
        planned = len(verb) > 1 and self.words.verbs.search(verb[0]) is not None and verb[1] in self.words.infinitive
        return planned or (bool(verb) and verb[0] in self.words.auxiliaries)

    def _figures_in(self, group: int) -> bool:
        return any(t.kind == "figure" and t.group == group for t in self.tokens)
