"""Instruments where names stand in title marks: 《儿童权利公约》, 2015年《儿童法》, 《刑法》(2005年), 第26号法律.

A name that is its noun alone, 《公约》, means the treaty under which the report is made or one named before; treaties
of the gazetteer and the usual codes count without title marks too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ...errors import RulesError
from ...model import About, InstrumentKind, Passage
from ...rules import Rules
from .found import Found
from .lexicon import KINDS, Treaty, gazetteer, under
from .matching import CHILDREN, Entry

TITLED = re.compile(r"《(?P<name>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
YEAR = r"(?:1[89]|20)\d\d"
YEAR_BEFORE = re.compile(rf"(?P<year>{YEAR})年(?:的|颁布的|通过的)?$")
AFTER = re.compile(rf"\((?:修订|修正|经修正|经修订|颁布|通过)?(?:于)?(?P<year>{YEAR})(?:年(?:修订|修正|通过|颁布)?)?\)")
NUMBER_AFTER = re.compile(r"\((?:即)?《?(?:第)?(?P<no>[\dA-Z][\dA-Za-z./-]*)[号章][^()]{0,24}\)")
NUMBER_BEFORE = re.compile(r"第(?P<no>[\dA-Z][\dA-Za-z./-]*)号$")
INSIDE = re.compile(rf"(?<!\d)(?P<a>{YEAR})(?:年?[-–—至]年?(?P<b>{YEAR}))?(?:年|(?=\)))|^(?P<c>{YEAR})(?=[^\d年])")
NUMBERED_YEAR = re.compile(
    rf"(?:(?P<year>{YEAR})年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:的|颁布的)?)?(?:联邦|王国|皇家)?$"
)
CITED = re.compile(
    r"(?:的|中|\([^()]{0,20}\))?第\s?[\d〇零一二三四五六七八九十百]{1,6}(?:[、和至-][\d第〇一二三四五六七八九十百]{1,6})*条"
)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of [instruments], compiled."""

    heads: Mapping[str, InstrumentKind]
    ends: re.Pattern[str]
    bare: frozenset[str]
    not_names: re.Pattern[str]
    unquoted: re.Pattern[str]
    numbered: re.Pattern[str]
    of_number: Mapping[str, InstrumentKind]
    called: re.Pattern[str]
    labour: re.Pattern[str]
    titles: re.Pattern[str]


@cache
def words(language: str, rules: Rules) -> Words:
    """The words of a language; RulesError names the entry that cannot be used."""
    where = f"languages/{language}.toml, table [instruments]"
    try:
        table = rules.languages[language]["instruments"]
        heads = table["heads"]
        if wrong := sorted({*heads.values(), *table["of_number"].values()} - {*KINDS}):
            raise RulesError(f"{where}: unknown kind '{wrong[0]}'; known are {', '.join(KINDS)}")
        longest = sorted(heads, key=len, reverse=True)
        titles = sorted(
            (t.titles[language] for t in gazetteer(rules)[0] if language in t.titles), key=len, reverse=True
        )
        return Words(
            heads=heads,
            ends=re.compile(rf"(?P<head>{'|'.join(longest)}){table['tail']}*$"),
            bare=frozenset(table["bare"]),
            not_names=re.compile(table["not_names"]),
            unquoted=re.compile(rf"(?:{table['unquoted']})(?={CITED.pattern})"),
            numbered=re.compile(
                rf"第(?P<no>[\dA-Z][\dA-Za-z./-]*)号(?:\((?P<year>{YEAR})年?\))?{table['numbered']}(?!{table['numbered_not_after']})"
            ),
            of_number=table["of_number"],
            called=re.compile(rf"\(?{table['called']}[“\"]?《(?P<alias>[^《》]+)》"),
            labour=re.compile(table["labour"]),
            titles=re.compile("|".join(map(re.escape, titles)) or "(?!)"),
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"{where}: missing or ill-typed entry: {error!r}") from error


def sights(
    passages: Sequence[Passage], entries: list[Entry], about: About, rules: Rules
) -> Iterator[tuple[int, Found, Entry, bool]]:
    """(passage, what stands there, its entry, whether only context tells it) of each mention; new entries are added."""
    reader = _Reader(entries, about, rules)
    for passage in passages:
        for found, entry, anaphoric in reader.read(passage):
            yield passage.index, found, entry, anaphoric


def identify(name: str, rules: Rules) -> Treaty | None:
    """The treaty of the gazetteer that a name means: of those whose keys stand in it the one with the longest."""
    best: tuple[int, Treaty] | None = None
    family = "protocol" if PROTOCOL.search(name) else "declaration" if name.endswith("宣言") else "main"
    for treaty in gazetteer(rules)[0]:
        if treaty.family == family:
            for key in treaty.keys:
                size = sum(map(len, key))
                if all(part in name for part in key) and (best is None or size > best[0]):
                    best = (size, treaty)
    return best[1] if best else None


ITS = re.compile(r"》(?:\([^()]*\))?(?:及|和|与|以及)其(?:第[一二三]项)?$")
PROTOCOL = re.compile(r"议定书(?:\([^()]*\))?$")
PARENTS = {child: parent for parent, children in CHILDREN.items() for child in children}


class _Reader:
    """Reads passages in order and remembers what was named."""

    def __init__(self, entries: list[Entry], about: About, rules: Rules) -> None:
        self.entries, self.rules = entries, rules
        self.subject = under(about.symbol, rules)
        self.language = ""
        self.named: list[Entry] = []
        self.aliases: dict[str, Entry] = {}

    def read(self, passage: Passage) -> Iterator[tuple[Found, Entry, bool]]:
        self.language, known = passage.language, words(passage.language, self.rules)
        for found in sorted(_found(passage.text, known), key=lambda one: (one.start, -one.end)):
            bare = found.name in known.bare or found.name in self.aliases
            entry = self.meant(found, passage.text) if bare else self.entry(found, passage.text, known)
            if entry is not None:
                self.named.append(entry)
                yield found, entry, bare
                if called := known.called.match(passage.text, found.end):
                    self.aliases[called["alias"]] = entry
                    entry.add_name(called["alias"])

    def entry(self, found: Found, text: str, known: Words) -> Entry | None:
        """The entry of a name in full, a new one where it was not named before."""
        treaty = self.treaty(found)
        if found.head == "宣言" and (treaty is None or not CITED.match(text, found.end)):
            return None
        for one in self.entries:
            if one.treaty == treaty.id if treaty else not one.treaty and self.same(found, one):
                one.year, one.number = one.year or found.year, one.number or found.number
                one.add_name(found.name)
                return one
        return self.make(found.name, found, treaty)

    def same(self, found: Found, entry: Entry) -> bool:
        """Whether a name means an entry: the same words or number, and no other year."""
        if found.kind != entry.kind or (found.year and entry.year and found.year != entry.year):
            return False
        if found.number and entry.number:
            return found.number == entry.number
        return found.kind == "constitution" or plain(found.name, self.language, self.rules) == entry.words[0]

    def treaty(self, found: Found) -> Treaty | None:
        if found.kind != "treaty":
            return None
        by_number = (one for one in gazetteer(self.rules)[0] if found.number and one.number == found.number)
        return next(by_number, None) or identify(found.name, self.rules)

    def make(self, name: str, found: Found, treaty: Treaty | None) -> Entry:
        words = (plain(name, self.language, self.rules),)
        new = Entry(f"i{len(self.entries)}", name, found.kind, found.head, words, True)
        new.treaty, new.number = treaty.id if treaty else None, found.number
        new.year = None if treaty else found.year
        self.entries.append(new)
        return new

    def meant(self, found: Found, text: str) -> Entry | None:
        """What a noun alone means: the treaty under which the report is made, or the last named that ends so."""
        if found.name in self.aliases:
            return self.aliases[found.name]
        treaty = None
        if found.head == "议定书" and self.named and ITS.search(text, 0, found.start):
            treaty = self.protocol(self.named[-1].treaty)
        elif found.kind == "treaty":
            treaty = self.default(found.head)
        if treaty:
            known = next((one for one in self.entries if one.treaty == treaty.id), None)
            return known or self.make(treaty.titles.get(self.language, found.name), found, treaty)
        same = (one for one in reversed(self.named) if one.kind == found.kind and one.head.endswith(found.head))
        return next(same, None) or (self.make(found.name, found, None) if found.kind == "treaty" else None)

    def default(self, head: str) -> Treaty | None:
        """The treaty of the report, its protocol or the treaty of its protocol, as the noun wants."""
        if self.subject is None:
            return None
        protocol = head == "议定书"
        if (self.subject.family == "protocol") == protocol:
            return self.subject
        if not protocol:
            return self.of_id(PARENTS.get(self.subject.id, self.subject.id.removesuffix("-op")))
        theirs = [one.treaty for one in self.named if one.head == head and one.treaty]
        if theirs:
            return self.of_id(theirs[-1])
        return self.protocol(self.subject.id) if self.subject.id != "crc" else None

    def protocol(self, treaty: str | None) -> Treaty | None:
        """The optional protocol of a treaty, where it has one or is known by one."""
        wanted = (f"{treaty}-op", f"op{treaty}", *CHILDREN.get(treaty or "", ()))
        return next(filter(None, map(self.of_id, wanted)), None)

    def of_id(self, treaty: str | None) -> Treaty | None:
        return next((one for one in gazetteer(self.rules)[0] if one.id == treaty), None)


def plain(name: str, language: str, rules: Rules) -> str:
    """A name without State, years, brackets and marks, by which two ways of writing it are the same."""
    bare = re.sub(rf"\([^()]*\)|{YEAR}(?:[-–—至]{YEAR})?年?|[\s《》“”,、的]", "", name)
    return _state(language, rules).sub("", bare)


@cache
def _state(language: str, rules: Rules) -> re.Pattern[str]:
    """The name of a State at the head of a law's: 俄罗斯联邦刑法典."""
    names = [name for entry in rules.shared["countries"].values() for name in entry.get(language, ())]
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"^(?:{listed})(?:共和国|王国|联邦)?(?=..)")


def _found(text: str, known: Words) -> list[Found]:
    """All that a text names: what stands in title marks, and outside of these treaties and laws known otherwise."""
    marked = list(TITLED.finditer(text))
    found: list[Found] = []
    for match in marked:
        one = _titled(text, match, known)
        if one and not (found and one.start < found[-1].end):  # 《产假法》(《第16-15号法》): its number
            found.append(one)
    taken = [*(match.span() for match in marked), *((one.start, one.end) for one in found)]
    for other in _unmarked(text, known):
        if all(other.end <= start or end <= other.start for start, end in taken):
            found.append(other)
            taken.append((other.start, other.end))
    return found


def _unmarked(text: str, known: Words) -> Iterator[Found]:
    """Conventions by their number, laws by theirs, titles of the gazetteer, and codes before an article's number."""
    for match in known.labour.finditer(text):
        number = match["no"] or match["no2"]
        yield Found(match.start(), match.end(), "treaty", "公约", match.group(), match.end(), number=number)
    for match in known.numbered.finditer(text):
        yield _numbered(text, match, known)
    for pattern in (known.titles, known.unquoted):
        for match in pattern.finditer(text):
            if end := known.ends.search(match.group()):
                head = end["head"]
                yield Found(match.start(), match.end(), known.heads[head], head, match.group(), match.end())


def _titled(text: str, match: re.Match[str], known: Words) -> Found | None:
    """A name in title marks with the year or number before or behind it, None where it names no instrument."""
    name = match["name"].strip()
    end = known.ends.search(name)
    if end is None or known.not_names.search(name):
        return None
    head = end["head"]
    kind = known.heads[head]
    start, stop = match.span()
    year, number = None, None
    if inside := INSIDE.search(name):
        year = inside["c"] or inside["a"]
        year = f"{year}/{inside['b']}" if inside["b"] else year
    before = YEAR_BEFORE.search(text, max(0, start - 12), start) if kind not in ("treaty", "policy") else None
    if before and year is None and not re.search(r"[于在自至到]$", text[: before.start()]):
        start, year = before.start(), before["year"]
    if ahead := NUMBER_BEFORE.search(text, max(0, start - 24), start):
        start, number = ahead.start(), ahead["no"]
    if after := AFTER.match(text, stop):
        stop, year = after.end(), year or after["year"]
    if after := NUMBER_AFTER.match(text, stop):
        stop, number = after.end(), number or after["no"]
    short = name if name in known.bare else end.group()
    head = next((one for one in BARE_HEADS if short.endswith(one)), head) if kind == "treaty" else head
    return Found(start, stop, kind, head, name, stop, year=year or _year_in(number), number=number)


BARE_HEADS = ("议定书", "公约", "盟约", "规约", "宪章", "条约", "协定", "宣言")


def _numbered(text: str, match: re.Match[str], known: Words) -> Found:
    """A law named by its number: 关于打击贩运的2012年第26号法律."""
    start = match.start()
    ahead = NUMBERED_YEAR.search(text, max(0, start - 20), start)
    start = ahead.start() if ahead and ahead.group() else start
    subject = SUBJECT.search(text, max(0, start - 60), start)
    start = subject.start() if subject else start
    year = match["year"] or (ahead["year"] if ahead else None) or _year_in(match["no"])
    head = next(one for one in known.of_number if match["numbered"].endswith(one))
    return Found(
        start,
        match.end(),
        known.of_number[head],
        head,
        text[start : match.end()],
        match.end(),
        year=year,
        number=match["no"],
    )


def _year_in(number: str | None) -> str | None:
    """The year of a number like 2015-033, 26/2012."""
    found = re.search(rf"^({YEAR})[-/.]\d|\d[-/.]({YEAR})$", number or "")
    return found[1] or found[2] if found else None


SUBJECT = re.compile(r"关于(?:(?!关于)[^,。;:《》()]){2,44}的$")
