"""What a sentence tells: "Italy signed … in 2003", "the ratification of …", "… (ratified on 5 May 2001)"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from ...model import ActionKind
from .masks import Masked, Named
from .words import DATE, STATE, Words, act_of

FILLER, LEFT, SUBJECT, NEAR, AUXILIARY = 160, 160, 80, 40, 26
"""How far an act's words may stand from its treaty, and how much is read before them."""
BREAK = re.compile(r"[.;:]\s|\s[–—]\s")
INSIDE = re.compile(r"\([^()]*\)")
JOINING = frozenset({"ratified", "acceded", "succeeded"})
"""Acts by which a State becomes a party: of these it does one, and the one told beside the treaty holds."""
OPENED = re.compile(r"^[^(]*\)")
LETTER = re.compile(r"(?<!\w)\(?[a-z]\)")  # of an item: "ha ratificado: a) la Convención …; b) el Pacto"
YEAR = re.compile(r"\d{4}")
DATES, STATES = re.compile(f"{DATE}++"), re.compile(f"{STATE}++")
POSSESSIVE = re.compile(rf"({STATE}++)['’]s?\s(?:\w+\s){{0,3}}$")


@dataclass(frozen=True, slots=True)
class Told:
    """One act on one treaty as told at `start` to `end` of the passage."""

    start: int
    end: int
    treaty: Named
    party: str
    action: ActionKind
    rule: str
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Words that name one or more acts: "signed and ratified", "the ratification of"."""

    start: int
    end: int
    acts: tuple[ActionKind, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of an act, and where it ends; 0 where it stands before the treaty."""

    edtf: str
    end: int = 0


class Prose:
    """Reads the sentences of one passage; `country` is the State that the report is about."""

    def __init__(self, masked: Masked, words: Words, country: str | None) -> None:
        self.masked, self.text, self.words, self.country = masked, masked.text, words, country
        self.said = words.said

    def told(self, start: int, end: int, only_after: bool = False) -> list[Told]:
        """The acts of the sentence at `start` to `end`; in a recommendation only those told of a treaty's past."""
        treaties = [t for t in self.masked.treaties if start <= t.start < end]
        if not treaties:
            return []
        found = list(self.after(treaties, start, end))
        if only_after:
            return found
        joined = {t.treaty.start for t in found if t.action in JOINING}
        for chain in self.chains(start, end):
            for told in self.before(chain, treaties, start, end):
                if not (told.action in JOINING and told.treaty.start in joined):
                    found.append(told)
        return list({(t.treaty.start, t.action, t.party): t for t in reversed(found)}.values())[::-1]

    # ── words after the treaty ──

    def after(self, treaties: Sequence[Named], start: int, end: int) -> Iterator[Told]:
        for at, treaty in enumerate(treaties):
            limit = treaties[at + 1].start if at + 1 < len(treaties) else end
            if match := self.words.bracket.match(self.text, treaty.end, limit):
                several = len(self.dates(*match.span("inner"))) > 1
                yield from self.bracketed(self.joined(treaties, at, related=not several), match)
            elif match := self.words.related.match(self.text, treaty.end, limit):
                party = self.party_in(*match.span("subject"))
                if party and not self.doubted(*match.span("subject"), start):
                    yield from self.each(self.joined(treaties, at), match, party)
            elif not self.doubted(treaty.start, treaty.start, start):
                yield from self.passive(self.joined(treaties, at), treaty.end, limit)

    def joined(self, treaties: Sequence[Named], at: int, related: bool = True) -> list[Named]:
        """The treaties that words after this one tell of too: "… and its Protocol (ratified …)"."""
        group = [treaties[at]]
        while at:
            gap = self.text[treaties[at - 1].end : treaties[at].start]
            if not self.said["gap"].fullmatch(gap) or any(sign in gap for sign in ",;:(" + DATE):
                break
            if related and not self.said["kin"].search(gap):
                break
            at -= 1
            group.insert(0, treaties[at])
        return group

    def bracketed(self, group: Sequence[Named], match: re.Match[str]) -> Iterator[Told]:
        """ "(signed in 2003; ratified, respectively, on … and …)": each act with the dates up to the next one."""
        lo, hi = match.span("inner")
        found = [*self.words.did.finditer(self.text, lo, hi), *self.words.noun.finditer(self.text, lo, hi)]
        acts = sorted(found, key=lambda m: m.start())
        for act, following in zip(acts, [*(m.start() for m in acts[1:]), hi], strict=True):
            party = self.party_in(act.end(), following)
            if party is None or self.said["doubt"].search(self.text, lo, act.start()):
                continue
            days = self.dates(act.end(), following)
            for i, treaty in enumerate(group):
                day = days[min(i, len(days) - 1)] if days else None
                yield Told(treaty.start, match.end(), treaty, party, act_of(act, self.words), "bracketed", day)

    def passive(self, group: Sequence[Named], at: int, limit: int) -> Iterator[Told]:
        """ "… was ratified by … in 2002", "…, signed on 3 May 2010", one after another."""
        while match := self.words.after.match(self.text, at, limit):
            by = "by" if match["by"] else "late" if match["late"] else None
            if not (match["aux"] or match["day"] or by) or act_of(match, self.words) == "adopted":
                return
            if party := self.party_in(*match.span(by)) if by else self.country:
                yield from self.each(group, match, party)
            at = match.end()

    def each(self, group: Sequence[Named], match: re.Match[str], party: str) -> Iterator[Told]:
        days = self.dates(*match.span("day")) if match["day"] else []
        for treaty in group:
            action = act_of(match, self.words)
            yield Told(treaty.start, match.end(), treaty, party, action, "after", days[0] if days else None)

    # ── words before the treaty ──

    def chains(self, start: int, end: int) -> list[Chain]:
        """All words for acts in a sentence, those joined by "and" as one; none that "or" joins."""
        found: list[Chain] = []
        for form, pattern in (("did", self.words.did), ("doing", self.words.doing), ("noun", self.words.noun)):
            group: list[re.Match[str]] = []
            for match in pattern.finditer(self.text, start, end):
                if group and not self.said["and"].fullmatch(self.text[group[-1].end() : match.start()]):
                    found.append(self.chain(group, form))
                    group = []
                group.append(match)
            if group:
                found.append(self.chain(group, form))
        return [chain for chain in found if chain.acts]

    def chain(self, group: Sequence[re.Match[str]], form: str) -> Chain:
        gaps = [self.text[a.end() : b.start()] for a, b in pairwise(group)]
        either = any(self.said["either"].search(gap) for gap in gaps)
        acts = () if either else tuple(dict.fromkeys(act_of(match, self.words) for match in group))
        return Chain(group[0].start(), group[-1].end(), acts, form)

    def before(self, chain: Chain, treaties: Sequence[Named], start: int, end: int) -> Iterator[Told]:
        first = next((i for i, t in enumerate(treaties) if t.start >= chain.end), None)
        if first is None:
            return
        filler = self.text[chain.end : treaties[first].start]
        if len(filler) > FILLER or self.said["stop"].search(filler) or OPENED.match(LETTER.sub("", filler)):
            return
        listed = self.listed(treaties, first)
        until = listed[-1].end
        parties = self.actors(chain, filler, until, start)
        days = self.days(chain, filler, listed, start, end)
        beside = any(day and day.end for day in days) or DATE in filler
        if not parties or not self.factual(chain, until, start, end, dated=beside):
            return
        performed = self.words.performed.match(self.text, until) if chain.form == "noun" else None
        begin = self.begin(chain, start)
        for i, (treaty, day) in enumerate(zip(listed, days, strict=True)):
            to = max(treaty.end, day.end if day else 0)
            if performed and len(listed) == 1 and to == treaty.end:
                to = performed.end()
            for party, action in product(parties, chain.acts):
                at = begin if i == 0 else treaty.start
                yield Told(at, to, treaty, party, action, self.rule(chain, filler), day.edtf if day else None)

    def rule(self, chain: Chain, filler: str) -> str:
        """A withdrawal of a reservation is told apart from that from a treaty."""
        about = {"withdrew", "reserved"} & set(chain.acts)
        said = self.text[chain.start : chain.end] + filler
        return "reservation" if about and self.said["reservation"].search(said) else chain.form

    def listed(self, treaties: Sequence[Named], first: int) -> list[Named]:
        """The treaties of a list from the first one on."""
        found = [treaties[first]]
        for treaty in treaties[first + 1 :]:
            if not self.said["gap"].fullmatch(INSIDE.sub("", LETTER.sub("", self.text[found[-1].end : treaty.start]))):
                break
            found.append(treaty)
        return found

    def begin(self, chain: Chain, start: int) -> int:
        """Where the words that tell begin: at the State's name or the date before it, if it stands right before."""
        match = self.words.begins.search(self.text[start : chain.start]) if chain.form == "did" else None
        return start + match.start() if match else chain.start

    # ── who, when, whether ──

    def clause(self, at: int, start: int) -> int:
        """Where the clause that ends at `at` begins."""
        left = max(start, at - LEFT)
        breaks = [m.end() for m in BREAK.finditer(self.text, left, at)]
        return breaks[-1] if breaks else left

    def doubted(self, at: int, end: int, start: int) -> bool:
        return self.said["doubt"].search(self.text, max(self.clause(at, start), at - SUBJECT), end) is not None

    def factual(self, chain: Chain, until: int, start: int, end: int, dated: bool = False) -> bool:
        """Whether the words tell of an act that took place."""
        left = self.text[self.clause(chain.start, start) : chain.start]
        if self.said["doubt"].search(left[-SUBJECT:] if chain.form == "did" else left):
            return False
        if chain.form == "did":
            return True
        if self.said["wish"].search(self.text, start, chain.start):
            return False
        soft = [m.start() for m in self.said["soft"].finditer(left)]
        if chain.form == "doing":
            told = self.said["doing_fact"].search(left) is not None
            return told and (not soft or soft[-1] < len(left) - NEAR)
        facts = [m.start() for m in self.said["fact"].finditer(left)]
        if facts:
            return not soft or facts[-1] >= soft[-1]
        return not soft and (dated or self.said["follows"].match(self.text, until, end) is not None)

    def actors(self, chain: Chain, filler: str, until: int, start: int) -> tuple[str, ...]:
        """The States that acted: those named beside the words, or the one that the report is about."""
        if chain.form == "noun":
            one = self.noun_actor(chain, filler, until, start)
            return (one,) if one else ()
        lo = self.clause(chain.start, start)
        left = self.text[lo : chain.start]
        states = list(STATES.finditer(left))
        near = left[states[-1].end() :] if states else left
        if self.said["others"].search(near[-SUBJECT:]):
            return ()
        mine = self.said["self"].search(near)
        if "adopted" in chain.acts and not (mine or (states and len(near) <= AUXILIARY)):
            return ()
        if states and not (mine and self.country) and (chain.form == "did" or len(near) <= AUXILIARY):
            return self.together(states, left, lo)
        return (self.country,) if self.country else ()

    def together(self, states: Sequence[re.Match[str]], left: str, lo: int) -> tuple[str, ...]:
        """The last State of a clause and those named with it: "Laos and Thailand signed"."""
        first = len(states) - 1
        while first and self.said["together"].fullmatch(left[states[first - 1].end() : states[first].start()]):
            first -= 1
        found = (self.masked.states.get(lo + match.start()) for match in states[first:])
        return tuple(code for code in found if code)

    def noun_actor(self, chain: Chain, filler: str, until: int, start: int) -> str | None:
        """ "the accession of Qatar to", "Qatar's accession", "the ratification of … by Qatar"."""
        if self.said["others"].search(filler):
            return None
        lo = self.clause(chain.start, start)
        for match, at in (
            (STATES.search(filler), chain.end),
            (POSSESSIVE.search(self.text[lo : chain.start]), lo),
        ):
            if match:
                return self.masked.states.get(at + match.start())
        match = self.words.performed.match(self.text, until)
        named = STATES.search(self.text, match.start(), match.end()) if match else None
        return self.masked.states.get(named.start()) if named else self.country

    def party_in(self, start: int, end: int) -> str | None:
        """The State named in a piece of the passage, else the one that the report is about; none for others."""
        if self.said["others"].search(self.text, start, end):
            return None
        match = STATES.search(self.text, start, end)
        return self.masked.states.get(match.start()) if match else self.country

    def dates(self, start: int, end: int) -> list[str]:
        found = (self.masked.dates.get(m.start()) for m in DATES.finditer(self.text, start, end))
        return [edtf for edtf in found if edtf]

    def days(self, chain: Chain, filler: str, listed: Sequence[Named], start: int, end: int) -> list[Dated | None]:
        """The date of each treaty of a list: its own, one for all before it, or the one beside the verb."""
        days: list[Dated | None] = []
        for i, treaty in enumerate(listed):
            limit = listed[i + 1].start if i + 1 < len(listed) else end
            match = self.words.dated.match(self.text, treaty.end, limit)
            found = self.dates(*match.span()) if match else []
            days.append(None)
            if match is None or not found:
                continue
            if match["open"]:  # a bare year in brackets may be that of the treaty
                days[i] = None if YEAR.fullmatch(found[0]) else Dated(found[0], match.end())
                continue
            apart = (k for k in range(1, i + 1) if ";" in self.text[listed[k - 1].end : listed[k].start])
            bare = [k for k in range(max(apart, default=0), i + 1) if days[k] is None]
            for k in bare:
                days[k] = Dated(found[bare.index(k)] if len(found) == len(bare) else found[-1], match.end())
        common = self.common(chain, filler, start)
        return [day or (Dated(common) if common else None) for day in days]

    def common(self, chain: Chain, filler: str, start: int) -> str | None:
        """A date beside the verb: "In 2017, Laos ratified", "signed in 2003 the …", "its accession in 2009 to"."""
        if found := self.dates(chain.end, chain.end + len(filler)):
            return found[0]
        lo = self.clause(chain.start, start)
        match = self.words.beside.search(self.text[lo : chain.start])
        if match is None or self.said["stop"].search(match["between"]):
            return None
        found = self.dates(lo + match.start(), lo + match.start("between"))
        return found[0] if found else None
