"""Which instrument a provision belongs to: the words beside it, its sentence, its passage, the rest of the report."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from ...model import Article, Mention, Passage, Place, Register
from ...rules import Rules
from .cited import Grammar, Group, grammar

BEARING = frozenset({"law", "code", "decree", "constitution", "regulation", "treaty", "bill"})
FAR = 8
LINE = 60
PROTOCOL = re.compile(r"protoco|протокол|بروتوكول", re.IGNORECASE)


def tie(cited: Sequence[tuple[Passage, Sequence[Group]]], register: Register, rules: Rules) -> tuple[Article, ...]:
    """An Article for each provision, in reading order, with the key of its instrument where one is found."""
    return _Tier(register, rules).tie(cited)


class _Tier:
    def __init__(self, register: Register, rules: Rules) -> None:
        self.rules, self.subject = rules, register.subject
        self.adjacent: set[tuple[int, int]] = set()
        self.names = {entry.key: entry.name for entry in register.instruments}
        self.kinds = {entry.key: entry.kind for entry in register.instruments}
        main = [e.key for e in register.instruments if e.kind == "treaty" and not PROTOCOL.search(e.name)]
        self.main = main[0] if len(main) == 1 else None
        self.mentions: dict[int, list[Mention]] = defaultdict(list)
        for mention in register.mentions:
            if self.kinds.get(mention.instrument) in BEARING:
                self.mentions[mention.at.passage].append(mention)

    def tie(self, cited: Sequence[tuple[Passage, Sequence[Group]]]) -> tuple[Article, ...]:
        sure: dict[tuple[int, int], str] = {}
        before: Passage | None = None
        for passage, groups in cited:
            words = grammar(self.rules, passage.language)
            if groups and words is not None:
                self.beside(passage, groups, words, sure)
                if before and groups[0].start == 0 and (announced := self.announced(before)):
                    sure.setdefault((passage.index, 0), announced)
            before = passage
        memory = self.memory(cited, sure)
        entitled = self.entitled(cited, sure)
        single = self.single()
        own = self.own_sections(cited)
        found: list[Article] = []
        context: tuple[int, str | None, str] | None = None
        for passage, groups in cited:
            words = grammar(self.rules, passage.language)
            if words is None:
                continue
            for index, group in enumerate(groups):
                if self.in_name(passage.index, group):
                    continue
                key = sure.get((passage.index, index))
                near = key is not None
                if (
                    key is None
                    and (passage.block.kind == "heading" or self.subject)
                    and group.end - group.start > 0.7 * len(passage.text)
                ):
                    if not own and group.unit not in words.explicit:
                        found.extend(articles(passage.index, group, self.subject))
                    continue
                if key is None and entitled and _title(passage, group):
                    key, near = entitled, True
                    sure[(passage.index, index)] = key
                reports = words.reporting.search(passage.text, max(0, group.start - 90), group.start)
                if key is None and reports and self.main is not None:
                    key, near = self.main, True
                unknown = key is None and (
                    _unknown(passage.text, groups, index, words) or self.of_paper(passage, group, words)
                )
                if key is None and not unknown:
                    key = self.known_here(passage, group, memory) or self.in_passage(
                        passage, group, groups[:index], sure, passage.index
                    )
                    near = key is not None
                    if key is not None:
                        sure[(passage.index, index)] = key
                if key is None and not unknown and group.unit not in words.explicit:
                    if group.unit not in words.near:
                        key = self.elsewhere(passage, group, context, memory) or single
                    elif _closing(passage.text, group):
                        key = self.national(passage, group, context, memory)
                        near = key is not None
                if not self.counts(passage.index, group, words, near):
                    continue
                if key is not None:
                    context = (passage.index, passage.block.section, key)
                found.extend(articles(passage.index, group, key))
            if not groups and self.mentions.get(passage.index):
                last = self.mentions[passage.index][-1]
                context = (passage.index, passage.block.section, last.instrument)
        return tuple(found)

    def entitled(
        self, cited: Sequence[tuple[Passage, Sequence[Group]]], sure: dict[tuple[int, int], str]
    ) -> str | None:
        """The treaty whose articles head the parts of a comment: "Article 25 of the Convention. Penalties. …"."""
        keys = {
            sure[(passage.index, index)]
            for passage, groups in cited
            for index, group in enumerate(groups)
            if (passage.index, index) in sure and _title(passage, group)
        }
        return next(iter(keys)) if len(keys) == 1 and self.kinds[min(keys)] == "treaty" else None

    def of_paper(self, passage: Passage, group: Group, words: Grammar) -> bool:
        """Whether a sentence opens with an article of what the one before ended with, a paper not in the register."""
        if words.papers is None or not any(start == group.start for start, _ in passage.sentences):
            return False
        begin = max(0, group.start - 90)
        paper = words.papers.search(passage.text[begin : group.start])
        return paper is not None and not any(
            m.at.end > begin + paper.start() and m.at.start < group.start for m in self.mentions.get(passage.index, ())
        )

    def own_sections(self, cited: Sequence[tuple[Passage, Sequence[Group]]]) -> bool:
        """Whether "Article 1", "Article 2", … head the parts of the report: it is itself the instrument."""
        heads = [
            groups[0].provisions[0].number
            for passage, groups in cited
            if passage.block.kind == "heading"
            and len(groups) == 1
            and groups[0].end - groups[0].start == len(passage.text)
        ]
        return self.subject is None and heads[:3] == ["1", "2", "3"]

    def announced(self, passage: Passage) -> str | None:
        """The instrument whose articles a line says to follow: "Articles of the Covenant:"."""
        named = self.mentions.get(passage.index, ())
        return (
            named[0].instrument if len(named) == 1 and passage.text.endswith(":") and len(passage.text) < LINE else None
        )

    def in_name(self, passage: int, group: Group) -> bool:
        """Whether a citation is part of a name: "the Police Act (Chapter 84)"."""
        return any(
            m.at.start <= group.start and group.end <= m.at.end and not m.anaphoric
            for m in self.mentions.get(passage, ())
        )

    def counts(self, passage: int, group: Group, words: Grammar, near: bool) -> bool:
        """Whether a citation is one of law: a section or a paragraph only beside its instrument."""
        if group.unit in words.explicit:
            return (passage, group.start) in self.adjacent
        return near if group.unit in words.near else True

    def beside(
        self, passage: Passage, groups: Sequence[Group], words: Grammar, sure: dict[tuple[int, int], str]
    ) -> None:
        """Ties that the words around a citation give: "of the …" after it, "… (Article 40)" before it, a shared one."""
        mentions = self.mentions.get(passage.index, [])
        starts = [mention.at.start for mention in mentions]
        text = passage.text
        for index in range(len(groups) - 1, -1, -1):
            group = groups[index]
            after = bisect_right(starts, group.end - 1)
            key = None
            if after < len(mentions) and starts[after] - group.end < 120:
                gap = text[group.end : starts[after]]
                if words.glue_after.fullmatch(gap) or words.glue_name.fullmatch(gap):
                    key = mentions[after].instrument
            following = groups[index + 1] if index + 1 < len(groups) else None
            alike = following and (group.unit != "paragraph" or following.unit == "paragraph")
            if key is None and following and alike:
                gap = text[group.end : following.start]
                if len(gap) < 120 and words.chain.fullmatch(gap) and (passage.index, index + 1) in sure:
                    key = sure[(passage.index, index + 1)]
            own = group.unit in words.explicit and words.see.search(text, max(0, group.start - 240), group.start)
            if key is None and group.unit != "paragraph" and not own:
                before = [mention for mention in mentions if mention.at.end <= group.start]
                if before:
                    last = max(before, key=lambda m: m.at.end)
                    gap = text[last.at.end : group.start]
                    if len(gap) < 60 and words.glue_before.fullmatch(gap):
                        key = last.instrument
            if key is not None:
                sure[(passage.index, index)] = key
                self.adjacent.add((passage.index, group.start))

    def known_here(self, passage: Passage, group: Group, memory: dict[tuple[str, str], set[str]]) -> str | None:
        """The only instrument that the report ties a citation to elsewhere, where its sentence names it before it."""
        known = memory.get((group.provisions[0].unit, group.provisions[0].number), set())
        begin = max((start for start, _ in passage.sentences if start <= group.start), default=0)
        named = {m.instrument for m in self.mentions.get(passage.index, ()) if begin <= m.at.start < group.start}
        return next(iter(known)) if len(known) == 1 and known <= named else None

    def in_passage(
        self, passage: Passage, group: Group, earlier: Sequence[Group], sure: dict[tuple[int, int], str], at: int
    ) -> str | None:
        """The instrument named or cited last before a citation in its passage; in a sentence national law first."""
        begin = max((start for start, _ in passage.sentences if start <= group.start), default=0)
        before = [m for m in self.mentions.get(at, ()) if m.at.start < group.start]
        if words := grammar(self.rules, passage.language):  # articles are those of the law that is amended
            before = [m for m in before if not words.amending.search(self.names[m.instrument])] or before
        cited = [(g.end, sure[(at, i)]) for i, g in enumerate(earlier) if (at, i) in sure]
        inside = [m for m in before if m.at.start >= begin]
        national = [m for m in inside if self.kinds[m.instrument] != "treaty"]
        for pool in (national, inside):
            if pool and not any(end > begin for end, _ in cited):
                return max(pool, key=lambda m: m.at.start).instrument
        last = [(m.at.end, m.instrument) for m in before] + cited
        return max(last)[1] if last else None

    def memory(
        self, cited: Sequence[tuple[Passage, Sequence[Group]]], sure: dict[tuple[int, int], str]
    ) -> dict[tuple[str, str], set[str]]:
        """(unit, number) → the instruments that the report ties it to in so many words."""
        known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for passage, groups in cited:
            for index, group in enumerate(groups):
                if (passage.index, index) in sure:
                    for provision in group.provisions:
                        known[(provision.unit, provision.number)].add(sure[(passage.index, index)])
        return known

    def elsewhere(
        self,
        passage: Passage,
        group: Group,
        context: tuple[int, str | None, str] | None,
        memory: dict[tuple[str, str], set[str]],
    ) -> str | None:
        first = group.provisions[0]
        known = memory.get((first.unit, first.number), set())
        for other in group.provisions[1:] if len(known) > 1 else ():
            known = known & memory.get((other.unit, other.number), known) or known
        if context is not None and context[2] in known:
            return context[2]
        if len(known) == 1:
            return next(iter(known))
        if context is not None and passage.index - context[0] <= FAR and passage.block.section == context[1]:
            return context[2]
        return self.subject

    def national(
        self,
        passage: Passage,
        group: Group,
        context: tuple[int, str | None, str] | None,
        memory: dict[tuple[str, str], set[str]],
    ) -> str | None:
        """The law, shortly before, of a section in brackets that closes a statement: "… a fine (section 12)"."""
        near = context[2] if context is not None and passage.index - context[0] <= FAR else None
        for key in (self.elsewhere(passage, group, context, memory), near):
            if key is not None and self.kinds.get(key) in ("law", "code", "regulation"):
                return key
        return None

    def single(self) -> str | None:
        """The only national code or law of a report that names one."""
        national = [key for key, kind in self.kinds.items() if kind in ("code", "law", "constitution")]
        codes = [key for key in national if self.kinds[key] == "code"]
        if len(national) == 1:
            return national[0]
        return codes[0] if len(codes) == 1 else None


TITLE = re.compile(r"[^.:;()]{0,40}\.\s+[A-ZÀ-ÞА-ЯЁ]")


def _title(passage: Passage, group: Group) -> bool:
    """Whether a citation that is a sentence of its own opens a part: "Article 25 of the Convention. Penalties."."""
    opens = group.start == 0 or any(start == group.start for start, _ in passage.sentences)
    one_word = passage.text[: group.start].strip().isalpha()  # "Repetition Article 25 …"
    return (opens or one_word) and TITLE.match(passage.text, group.end) is not None


def _closing(text: str, group: Group) -> bool:
    """Whether a citation fills its brackets after a statement; a report's own sections have Roman numbers."""
    own = not group.provisions[0].number[0].isdigit()
    return not own and group.start > 1 and text[group.start - 1] == "(" and text[group.end : group.end + 1] == ")"


def _unknown(text: str, groups: Sequence[Group], index: int, words: Grammar) -> bool:
    """Whether the words after a citation, or after those chained to it, name an instrument that is not registered."""
    for group, following in zip(groups[index:], [*groups[index + 1 :], None], strict=True):
        if words.unknown.match(text, group.end):
            return True
        if following is None or not words.chain.fullmatch(text[group.end : following.start]):
            return False
    return False


def articles(passage: int, group: Group, instrument: str | None) -> list[Article]:
    """The findings of a group."""
    return [
        Article(Place(passage, p.start, p.end), p.rule, p.unit, p.number, p.number_to, p.subdivision, instrument)
        for p in group.provisions
    ]
