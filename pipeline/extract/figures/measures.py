"""What a figure measures: the counted noun, what restricts it, and the clause's subject and verb, in its own words."""

import re
from collections.abc import Iterable, Sequence

from .drafts import Draft
from .tokens import Token
from .words import Words

MOST = 12


class Clauses:
    """The clause of each figure of one sentence."""

    def __init__(
        self, text: str, tokens: Sequence[Token], figures: Sequence[Draft], timeless: set[int], words: Words
    ) -> None:
        self.text, self.words, self.figures, self.tokens = text, words, figures, tokens
        self.times = {k for k, token in enumerate(tokens) if token.kind == "date" and token.ref not in timeless}
        self.at = {token.ref: k for k, token in enumerate(tokens) if token.kind == "figure"}

    def measure(self, i: int) -> str | None:
        """The measure of figure `i`, a dozen words at most, `…` where some are left out."""
        draft = self.figures[i]
        if draft.label is not None:
            return self.text[draft.label : draft.left].rstrip(": ")
        chosen: list[int] = []
        budget = _Budget(self.tokens, chosen, self.words.light)
        here = self.at[i]
        noun = draft.noun
        for k, token in enumerate(self.tokens):
            if noun and noun[0] <= token.start and token.end <= noun[1]:
                budget.take(k)
        budget.fill(self.right(here, noun), 7)
        own, shared = self.left(here)
        short = draft.unit == "age"
        budget.fill(own, 4 if short else 6)
        if shared and not short:
            budget.fill(shared, 6)
        return self.said(chosen)

    def right(self, here: int, noun: tuple[int, int] | None) -> Iterable[int]:
        """The words after a figure that belong to it, to the end of their clause."""
        depth = 0
        start = here + 1
        content = 0
        for k in range(start, len(self.tokens)):
            token = self.tokens[k]
            if noun and token.start < noun[1] and token.kind != "figure":
                content += noun[0] <= token.start
                depth += (token.lower == "(") - (token.lower == ")")
                continue
            if token.lower == "(":
                depth += 1
                continue
            if token.lower == ")":
                depth -= 1
                if depth < 0:
                    if content:
                        return
                    depth = 0
                continue
            if depth > 0 or k in self.times:
                continue
            if token.kind == "figure":
                if not content:
                    continue
                return
            if token.kind == "mark":
                if token.lower in "“”\"'’‘«»‑-" or (token.lower == "," and not content and self._restates(k)):
                    continue
                return
            if content and token.lower in self.words.breaks:
                return
            if content and token.lower in self.words.joiners and self._ends(k):
                return
            content += token.kind in ("content", "date")
            yield k

    def _restates(self, k: int) -> bool:
        """ "$8.2 million, or 7 per cent, compared with …": what follows belongs to both."""
        near = self.tokens[k + 1 : k + 3]
        return any(token.kind == "figure" for token in near) or any(t.kind == "figure" for t in self.tokens[k - 1 : k])

    def _ends(self, k: int) -> bool:
        """Whether a conjunction leads to the next figure rather than to another word of this one's."""
        for token in self.tokens[k + 1 : k + 4]:
            if token.kind == "figure":
                return True
            if token.kind == "mark":
                return False
        return False

    def left(self, here: int) -> tuple[list[int], list[int]]:
        """The words before a figure, nearest first: those of its own clause, and those that a list's head shares."""
        own: list[int] = []
        content = 0
        k = here - 1
        while k >= 0:
            token = self.tokens[k]
            if token.kind == "figure":
                return self._before_list(own, k, content)
            if token.kind == "mark":
                if token.lower in ";:?!" or (token.lower in "–—" and content):
                    return own, []
                if token.lower == ",":
                    inserted = self._inserted(k)
                    if inserted is not None and content:
                        k = inserted
                        continue
                    if content >= 4:
                        return own, []
                elif token.lower == ")":
                    k = self._opening(k)
                k -= 1
                continue
            if k in self.times:
                k -= 1
                continue
            if token.lower in self.words.breaks and content >= 2:
                return own, []
            own.append(k)
            content += token.kind == "content"
            k -= 1
        return own, []

    def _opening(self, k: int) -> int:
        while k > 0 and self.tokens[k].lower != "(":
            if self.tokens[k].kind == "figure":
                return k + 1
            k -= 1
        return k

    def _inserted(self, k: int) -> int | None:
        """Where a part between commas begins ("MLSW, through its …, runs"), if one ends at `k`."""
        for j in range(k - 1, max(-1, k - 25), -1):
            token = self.tokens[j]
            if token.kind == "figure" or token.lower in ".;:()":
                return None
            if token.lower == ",":
                return j if self.tokens[j + 1].lower in self.words.prepositions else None
        return None

    def _before_list(self, own: list[int], k: int, content: int) -> tuple[list[int], list[int]]:
        """The figure at `k` comes before: split what lies between, and take the list's head along."""
        between = sorted(own)
        for cut in range(len(between) - 1, -1, -1):
            token = self.tokens[between[cut]]
            if token.lower in self.words.joiners or self._after_mark(between[cut]):
                own = [j for j in own if j > between[cut] or (self._after_mark(between[cut]) and j == between[cut])]
                break
        if any(self.tokens[j].lower in self.words.auxiliaries for j in own):
            return own, []
        head = k
        while head > 0:
            previous = [j for j in range(head - 1, -1, -1) if self.tokens[j].kind == "figure"]
            if not previous or any(self.tokens[j].lower in ";:" for j in range(previous[0], head)):
                break
            lying = [t for t in self.tokens[previous[0] + 1 : head] if t.kind == "content"]
            if len(lying) > 7:
                break
            head = previous[0]
        shared, _ = self.left(head)
        inner = [j for j in range(k + 1, min(between, default=k + 1)) if self.tokens[j].kind == "content"]
        noun = self._noun_of(self.tokens[k].ref)
        return own, [*noun, *inner, *shared]

    def _noun_of(self, figure: int) -> list[int]:
        noun = self.figures[figure].noun
        if not noun:
            return []
        return [j for j, t in enumerate(self.tokens) if noun[0] <= t.start and t.end <= noun[1] and t.kind == "content"]

    def _after_mark(self, j: int) -> bool:
        return j > 0 and self.tokens[j - 1].kind == "mark" and self.tokens[j - 1].lower in ",;(–—"

    def said(self, chosen: Sequence[int]) -> str | None:
        """The chosen words in the sentence's order."""
        order = sorted(set(chosen))
        runs: list[list[int]] = []
        for k in order:
            if runs and self._adjoins(runs[-1][-1], k):
                runs[-1].append(k)
            else:
                runs.append([k])
        parts = [part for run in runs if (part := self._trimmed(run))]
        return " … ".join(parts) or None

    def _adjoins(self, j: int, k: int) -> bool:
        between = self.tokens[j + 1 : k]
        return all(token.kind == "mark" and token.lower not in "()" for token in between)

    def _trimmed(self, run: list[int]) -> str:
        while run and self.tokens[run[0]].kind == "function":
            run = run[1:]
        while run and self.tokens[run[-1]].kind == "function":
            run = run[:-1]
        return " ".join(self.text[self.tokens[run[0]].start : self.tokens[run[-1]].end].split()) if run else ""


class _Budget:
    """Words are taken until their distinct content words reach the limit."""

    def __init__(self, tokens: Sequence[Token], chosen: list[int], light: frozenset[str]) -> None:
        self.tokens, self.chosen, self.light = tokens, chosen, light
        self.stems: set[str] = set()

    def take(self, k: int) -> bool:
        if self.tokens[k].lower not in self.light:
            parts = {part[:6] for part in re.split(r"[-‑'’\u00ad]", self.tokens[k].lower)}
            if len(self.stems | parts) > MOST:
                return False
            self.stems |= parts
        self.chosen.append(k)
        return True

    def fill(self, candidates: Iterable[int], most: int) -> None:
        content = 0
        for k in candidates:
            if k in self.chosen:
                continue
            if content >= most or not self.take(k):
                return
            content += self.tokens[k].kind == "content"
