"""What a figure measures: the counted noun, what restricts it, and the clause's subject and verb, in its own words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from .drafts import Draft
from .tokens import Token
from .words import Words

PART = re.compile(r"[^\W_]+")
MOST = 12
FEW = 6
NEAREST, SUBJECT = 4, 3
DEEPEST = 50
"""Of so many figures in a row the first lends its words to the last."""
QUOTES = frozenset("“”\"'’‘«»‑-")
DASHES = frozenset("–—")
REACH = 150  # tokens on either side that a measure may come from: longer runs are lists of numbers


class Clauses:
    """The clause of each figure of one sentence. A place is the index of a token."""

    def __init__(
        self, text: str, tokens: Sequence[Token], figures: Sequence[Draft], timeless: set[int], words: Words
    ) -> None:
        self.text, self.words, self.figures, self.tokens = text, words, figures, tokens
        self.starts = [token.start for token in tokens]
        self.times = {k for k, token in enumerate(tokens) if token.kind == "date" and token.ref not in timeless}
        self.at = {token.ref: k for k, token in enumerate(tokens) if token.kind == "figure"}
        self.ages = [draft.unit == "age" for draft in figures]
        self.cut: dict[int, set[int]] = {}
        self.told: dict[int, int] = {}
        self.depth = 0
        self.stems_of: dict[int, frozenset[str]] = {}

    def measure(self, figure: int) -> str | None:
        """The measure of one figure, a dozen words at most, `…` where some are left out."""
        draft, here = self.figures[figure], self.at[figure]
        model = next((i for i, other in enumerate(self.figures[:figure]) if other is draft.like), None)
        if model is not None:
            return self.measure(model)
        if draft.label is not None:
            return self.text[draft.label : draft.left].rstrip(": ")
        budget = _Budget(self.tokens, self.words.light, self.ages, self.stems_of)
        own, shared = self.left(here)
        age = draft.unit == "age"
        budget.fill(self.noun(figure), MOST)
        budget.fill(self.right(here), 4 if age else 7)
        budget.fill(own if age or draft.noun else self._subject_first(own), 4 if age else 6 if draft.noun else 8)
        if not age or budget.content < 2:
            budget.fill(shared, 4 if age else FEW)
        if budget.content < FEW and not age:
            told = [place for figure, place in self.told.items() if figure <= here]
            first = max(here - REACH, -1, *told)
            budget.fill(range(here - 1, first, -1), FEW, self.times | self.cut.get(here, set()))
        return self.said(budget.chosen)

    def _subject_first(self, own: Sequence[int]) -> list[int]:
        """Of the words before a figure the nearest, then those that begin the clause, then what stands between."""
        content = [k for k in own if self.tokens[k].kind != "function"]
        if len(content) <= NEAREST + SUBJECT:
            return list(own)
        near, first = content[NEAREST - 1], content[-SUBJECT]
        head = sorted(k for k in own if k <= first)
        return [*(k for k in own if k >= near), *head, *(k for k in own if first < k < near)]

    def counted(self, figure: int) -> str | None:
        """The counted noun of a figure with a few words of what restricts it."""
        budget = _Budget(self.tokens, self.words.light, self.ages, self.stems_of)
        budget.fill(self.noun(figure), MOST)
        budget.fill(self.right(self.at[figure]), 2)
        return self.said(budget.chosen)

    def noun(self, figure: int) -> list[int]:
        """The tokens of the counted noun."""
        noun = self.figures[figure].noun or self.figures[figure].borrowed
        if not noun:
            return []
        first = bisect_left(self.starts, noun[0])
        last = bisect_left(self.starts, noun[1])
        return [k for k in range(first, last) if self.tokens[k].end <= noun[1]]

    def right(self, here: int) -> Iterator[int]:
        """The words after a figure that belong to it, to the end of their clause."""
        noun, group = self.figures[self.tokens[here].ref].noun, self.tokens[here].group
        content = 0
        for k in range(here + 1, min(len(self.tokens), here + REACH)):
            token = self.tokens[k]
            if noun and noun[0] <= token.start < noun[1]:
                continue
            if token.group != group and not (token.lower == ")" and token.group == 0):
                if token.group < group or group == 0:
                    if group:
                        return
                    continue
                continue
            if token.lower == ")":
                return
            if k in self.times:
                if self.tokens[k - 1].lower in self.words.attached and not content:
                    content += 1
                    yield k
                continue
            if token.kind == "figure":
                age = self.figures[token.ref].unit == "age"
                if age and self.figures[self.tokens[here].ref].unit != "age":
                    yield k
                elif content and not self._leads_over(here, k, content):
                    return
                continue
            if token.kind == "mark":
                if not self._passes(k, content, noun is not None):
                    return
                continue
            if token.lower[0].isdigit() and self.words.time_of_day.match(self.text, token.end):
                return
            if token.lower in self.words.breaks and not self.words.bases.match(self.text, token.start):
                return
            if token.lower in self.words.joiners and self._ends(k, content):
                return
            content += token.kind in ("content", "date")
            yield k

    def _leads_over(self, here: int, k: int, content: int) -> bool:
        """Whether what a figure measures goes on behind the next: "of the State's 7 million", "more than the $5"."""
        if self.tokens[k - 1].lower.endswith(("'s", "’s")):
            return True
        return content == 1 and bool(self.words.bases.search(self.text, self.tokens[here].end, self.tokens[k].start))

    def _passes(self, k: int, content: int, noun: bool) -> bool:
        """Whether a mark after a figure does not end what belongs to it."""
        lower = self.tokens[k].lower
        if lower in QUOTES:
            return True
        near = self.tokens[k + 1 : k + 3]
        if lower == ",":
            following = near[0].lower if near else ""
            if not {following, self.tokens[k - 1].lower}.isdisjoint(self.words.respectively):
                return True
            if self.words.partitive.match(" " + " ".join(token.lower for token in near)):
                return False
            if len(near) > 1 and near[1].kind == "figure" and self.words.verbs.search(following):
                return False
            return not content and (
                any(token.kind == "figure" for token in [*near, *self.tokens[k - 1 : k]])
                or self.words.participle.search(following) is not None
            )
        return lower in DASHES and not content and (not noun or (bool(near) and near[0].kind == "function"))

    def _ends(self, k: int, content: int) -> bool:
        """Whether a conjunction leads on to the next figure or another thing, not to another word of this one's."""
        following = self.tokens[k + 1 : k + 4]
        figures = [j for j, token in enumerate(following) if token.kind == "figure"]
        marks = [j for j, token in enumerate(following) if token.kind == "mark"]
        leads = bool(figures) and (not marks or figures[0] < marks[0])
        return leads if content else not leads

    def left(self, here: int) -> tuple[list[int], list[int]]:
        """The words before a figure, nearest first: those of its own clause, and those that it shares with a list."""
        own: list[int] = []
        content, group, k = 0, self.tokens[here].group, here - 1
        while k >= 0:
            token = self.tokens[k]
            if group and token.group != group:
                return self._bracketed(own, here, k)
            if token.group != group:
                k -= 1
                continue
            if token.kind == "figure":
                return self._listed(own, here, k)
            if token.kind == "mark":
                if group and token.lower in ";:":
                    while k >= 0 and self.tokens[k].group == group:
                        k -= 1
                    continue
                step = self._stepped(k, content)
                if step is None:
                    return own, []
                k = step
                continue
            if k not in self.times:
                if content >= 2 and token.lower in self.words.breaks:
                    return own, []
                if self._reported(here, k):
                    self.told[here] = k
                    return own, []
                own.append(k)
                content += token.kind in ("content", "date")
            k -= 1
        return own, []

    def _reported(self, here: int, k: int) -> bool:
        """Whether a clause that tells what somebody reports begins at `k`: "partners report that 30 people …"."""
        start = self.tokens[k].start
        if not self.words.reporting.search(self.text, max(0, start - 40), self.tokens[k].end):
            return False
        return bool(self.noun(self.tokens[here].ref)) or any(self.tokens[j].kind == "content" for j in self.right(here))

    def _stepped(self, k: int, content: int) -> int | None:
        """Where to go on left of a mark, None if the clause begins here."""
        lower = self.tokens[k].lower
        if lower in ";:?!" or (lower in DASHES and content):
            return None
        if lower == ",":
            inserted = self._inserted(k)
            if inserted is not None and content:
                return inserted
            if content >= 4:
                return None
        return k - 1

    def _inserted(self, k: int) -> int | None:
        """Where a part between commas begins ("the Ministry, through its …, runs"), if one ends at `k`."""
        for j in range(k - 1, max(-1, k - 25), -1):
            token = self.tokens[j]
            if token.kind == "figure" or token.lower in ".;:":
                return None
            if token.lower == ",":
                return j - 1 if self.tokens[j + 1].lower in self.words.prepositions else None
        return None

    def _bracketed(self, own: list[int], here: int, k: int) -> tuple[list[int], list[int]]:
        """A figure in brackets shares the words of what they are put to."""
        group = self.tokens[here].group
        after = next(
            (j for j in range(here, min(len(self.tokens), here + REACH)) if self.tokens[j].group not in (group, -1)),
            None,
        )
        outer = next((j for j in range(k, max(-1, k - 5), -1) if self.tokens[j].kind == "figure"), None)
        if outer is not None and self.tokens[outer].group < group:
            theirs, shared = self.left(outer)
            return own, [*self.noun(self.tokens[outer].ref), *self.right(outer), *self._subject_first(theirs), *shared]
        before = list(self._plain(k))
        return own, [*before[:4], *(self._following(after) if after else ()), *before[4:]]

    def _plain(self, k: int) -> Iterator[int]:
        for j in range(k, max(-1, k - REACH), -1):
            token = self.tokens[j]
            if token.kind == "figure" or token.lower in ";:":
                return
            if token.kind != "mark" and j not in self.times:
                yield j

    def _following(self, k: int) -> Iterator[int]:
        for j in range(k, min(len(self.tokens), k + 9)):
            token = self.tokens[j]
            if token.kind == "figure" or (token.kind == "mark" and token.lower not in ")"):
                return
            if token.kind != "mark" and j not in self.times:
                yield j

    def _listed(self, own: list[int], here: int, last: int) -> tuple[list[int], list[int]]:
        """Another figure comes before: what is its own, and what the two share."""
        joint = next((k for k in range(here - 1, max(last, here - REACH), -1) if self._joins(k)), last)
        mine = [k for k in own if k > joint]
        clause = any(self.tokens[k].lower in self.words.auxiliaries for k in mine)
        predicate = self.tokens[here].ref >= 0 and self._predicate(here) and self.figures[self.tokens[here].ref].noun
        if joint != last and (clause or predicate or sum(self.tokens[k].kind == "content" for k in mine) >= 5):
            return mine, []
        if self.tokens[joint].lower == ";" and self._whole(here, mine):
            return mine, []
        if self.depth == DEEPEST:
            return mine, []
        self.depth += 1
        theirs, shared = self.left(last)
        self.depth -= 1
        noun: list[int] = []
        if not self.figures[self.tokens[here].ref].noun:
            refs = range(self.tokens[last].ref, -1, -1)
            noun = next((tokens for ref in refs if (tokens := self.noun(ref))), [])
        counted = set(self.noun(self.tokens[last].ref)) if self.figures[self.tokens[here].ref].noun else set()
        between = [k for k in own if k <= joint]
        inner = self._inner(here, joint, [k for k in between if k not in counted])
        if len(inner) < len(between):
            self.cut[here] = set(between) - set(inner)
        return mine, [*noun, *theirs, *shared, *reversed(inner)]

    def _whole(self, here: int, mine: Sequence[int]) -> bool:
        """Whether a figure's own words say enough: its noun, and a verb or more after or before it."""
        if not self.figures[self.tokens[here].ref].noun:
            return False
        content = sum(self.tokens[k].kind == "content" for k in (*mine, *self.right(here)))
        return content >= 2

    def _inner(self, here: int, joint: int, inner: list[int]) -> list[int]:
        """Of the words between a figure and the next in a list those that hold for the next too, nearest first.

        One with a noun of its own has no need of "of violence" in "312 cases of violence, 12 arrests"; one that a
        small word follows replaces what the same small word began: "52 per cent in towns and 31 per cent in villages".
        """
        following = next((t for t in self.tokens[here + 1 : here + 2] if t.group == self.tokens[here].group), None)
        own = self.figures[self.tokens[here].ref].noun is not None
        for place in sorted(inner):
            lower = self.tokens[place].lower
            small = lower in self.words.prepositions or lower in self.words.of
            if small and (own or (following and following.lower == lower)):
                return [k for k in inner if k < place]
        return inner

    def _joins(self, k: int) -> bool:
        token = self.tokens[k]
        return (
            token.lower in self.words.joiners or token.lower in self.words.breaks or token.lower in (",", ";", "–", "—")
        )

    def _predicate(self, here: int) -> bool:
        """Whether a verb of its own follows the figure and its noun: "three girls were …"."""
        first = next(iter(self.right(here)), None)
        return first is not None and self.tokens[first].lower in self.words.auxiliaries

    def said(self, chosen: Iterable[int]) -> str | None:
        """The chosen words in the sentence's order."""
        runs: list[list[int]] = []
        for k in sorted(set(chosen)):
            if runs and all(t.kind == "mark" and t.lower not in "()" for t in self.tokens[runs[-1][-1] + 1 : k]):
                runs[-1].append(k)
            else:
                runs.append([k])
        parts = [part for run in runs if (part := self._trimmed(run))]
        return " … ".join(parts) or None

    def _trimmed(self, run: list[int]) -> str:
        while run and self.tokens[run[0]].kind == "function":
            run = run[1:]
        while run and self.tokens[run[-1]].kind == "function":
            run = run[:-1]
        return " ".join(self.text[self.tokens[run[0]].start : self.tokens[run[-1]].end].split()) if run else ""


class _Budget:
    """Tokens are taken until their distinct words reach the limit."""

    def __init__(
        self,
        tokens: Sequence[Token],
        light: frozenset[str],
        ages: Sequence[bool],
        stems_of: dict[int, frozenset[str]],
    ) -> None:
        self.tokens, self.light, self.ages, self.stems_of = tokens, light, ages, stems_of
        self.chosen: list[int] = []
        self.stems: set[str] = set()
        self.content = 0

    def take(self, k: int) -> bool:
        """Take one token; False if it is one too many."""
        parts = self.stems_of.get(k)
        if parts is None:
            lower = self.tokens[k].lower
            said = [lower] if lower.isalnum() else PART.findall(lower)
            parts = self.stems_of[k] = frozenset(part[:6] for part in said if part not in self.light)
        if not parts <= self.stems:
            if len(self.stems | parts) > MOST:
                return False
            self.stems |= parts
        self.chosen.append(k)
        self.content += self.tokens[k].kind != "function"
        return True

    def fill(self, candidates: Iterable[int], most: int, but: Iterable[int] = ()) -> None:
        """Take candidates in order, at most so many words with content."""
        limit, left_out = self.content + most, set(but)
        for k in candidates:
            token = self.tokens[k]
            if k in self.chosen or k in left_out or token.kind == "mark":
                continue
            if token.kind == "figure" and not self.ages[token.ref]:
                continue
            if self.content >= limit or not self.take(k):
                return
