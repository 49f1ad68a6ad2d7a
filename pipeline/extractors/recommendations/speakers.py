"""Who speaks in a report: its committee, or the expert by the name of the mandate."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from ...model import About, Passage
from ...rules import Rules
from .words import Words

HEAD, FIRST = 24, 1500
"""Passages from the start in which a report says what it is, and characters in which it names its committee."""
ARTICLE = re.compile(r"^(?:[Tt]he|[Ll]a|[Ll]e|[Ee]l)\s")
COMMITTEE = re.compile(r"\bCommittee\b")


class Speakers:
    def __init__(self, passages: Sequence[Passage], about: About, rules: Rules) -> None:
        self.passages, self.about, self.rules = passages, about, rules
        self.last: str | None = None
        self._own: dict[int, bool] = {}
        self._expert: dict[int, bool] = {}
        self._mandates: dict[int, str | None] = {}

    @property
    def body(self) -> str | None:
        return self.about.body

    @property
    def committee_name(self) -> str | None:
        return self._committee

    def committee(self, words: Words) -> bool:
        """Whether the report is a committee's own word, not what a State wrote to it."""
        if id(words) not in self._own:
            self._own[id(words)] = self._committee is not None and not self._told_by_state(words)
        return self._own[id(words)]

    def expert(self, words: Words) -> bool:
        """Whether the report is that of an expert, as its first lines say."""
        if id(words) not in self._expert:
            titled = words.titles.search(self._head) is not None
            self._expert[id(words)] = titled and not self._told_by_state(words)
        return self._expert[id(words)]

    def mandate(self, words: Words) -> str | None:
        """The expert's mandate as the report first names it in full, in the language of the words."""
        if id(words) not in self._mandates:
            named = (words.titles.search(text) for text in (self.about.title or "", *(p.text for p in self.passages)))
            found = (match.group() for match in named if match and words.actor.match(match.group()))
            self._mandates[id(words)] = next(found, None)
        return self._mandates[id(words)]

    def named(self, match: re.Match[str], words: Words) -> str | None:
        """The full name of the one who asks; of "it" and "she" that of the one who asked last."""
        found = match.groupdict()
        if found.get("committee"):
            self.last = self._committee or ARTICLE.sub("", found["committee"])
        elif found.get("expert"):
            self.last = self.mandate(words) or ARTICLE.sub("", found["expert"])
        return self.last or self.mandate(words) or self._committee

    def _told_by_state(self, words: Words) -> bool:
        head = self._head
        return words.state_report.search(head) is not None and words.own.search(head) is None

    @cached_property
    def _head(self) -> str:
        return " ".join([self.about.title or "", *(passage.text for passage in self.passages[:HEAD])])

    @cached_property
    def _committee(self) -> str | None:
        """The committee whose report it is, or that its first lines name most."""
        if self.body and COMMITTEE.search(self.body):
            return self.body
        counted = Counter(
            {
                entry["name"]: len(re.findall("|".join(entry["names"]), self._head[:FIRST], re.IGNORECASE))
                for entry in self.rules.shared.get("bodies", {}).values()
                if COMMITTEE.search(entry["name"]) and entry.get("names")
            }
        )
        best = max(counted, key=lambda name: counted[name], default=None)
        return best if best and counted[best] and not self.body else None
