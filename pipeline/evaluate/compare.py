"""One record against its gold: what was found, what was missed, what is false, and which ties are wrong."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .atoms import FACT_KINDS, Atom, atoms
from .likeness import Json, identify, likeness, same_measure, same_period, words


@dataclass(frozen=True, slots=True)
class Difference:
    """A gold fact that was missed (`-`), a false one (`+`), or one that is found with a wrong tie (the tie's name)."""

    sign: str
    kind: str
    quote: str
    page: int | None = None
    key: tuple[Any, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Tally:
    """Counts of one kind; `ties` maps a tie's name to [right, all]; `matched`: gold facts found, whole or not."""

    gold: int = 0
    found: int = 0
    correct: int = 0
    whole: int = 0
    ties: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    differences: list[Difference] = field(default_factory=list)
    matched: list[tuple[Json, bool]] = field(default_factory=list)

    def hit(self, whole: bool = True) -> None:
        """Count a gold fact that was found."""
        self.gold += 1
        self.found += 1
        self.correct += 1
        self.whole += whole

    def add(self, other: "Tally") -> None:
        self.gold += other.gold
        self.found += other.found
        self.correct += other.correct
        self.whole += other.whole
        for name, (right, every) in other.ties.items():
            self.ties[name][0] += right
            self.ties[name][1] += every

    @property
    def precision(self) -> float:
        return self.correct / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.correct / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def whole_f1(self) -> float:
        both = self.found + self.gold
        return 2 * self.whole / both if both else 1.0


Tallies = dict[str, Tally]


def compare(record: Json, gold: Json) -> Tallies:
    """One record against its gold, by kind; an empty record is one without facts."""
    return _Comparison(record, gold).tallies()


class _Comparison:
    def __init__(self, record: Json, gold: Json) -> None:
        self.record, self.gold = record, gold
        self.text = not str(gold["source"].get("media_type") or "text").startswith("application")
        scope = gold.get("scope")
        self.scope: tuple[int, int] = (scope[0], scope[1]) if isinstance(scope, list) else (0, 1 << 60)
        self.pages = gold.get("pages")
        self.entire = not self.pages and self.scope[0] == 0 and self.scope[1] >= gold["source"].get("characters", 0) - 2
        self.by_id = {fact.get("id"): fact for fact in record.get("facts") or []}
        self.entries: dict[Any, Json] = {entry.get("id"): entry for entry in record.get("instruments") or []}
        self.register: dict[str, Json] = {entry["id"]: entry for entry in gold.get("instruments") or []}
        self.out: Tallies = defaultdict(Tally)

    def tallies(self) -> Tallies:
        wanted = atoms(self.gold["facts"])
        found = [atom for atom in atoms(self.record.get("facts") or []) if self.inside(atom)]
        for kind in FACT_KINDS:
            self.facts(kind, [g for g in wanted if g.kind == kind], [f for f in found if f.kind == kind])
        self.instruments()
        about = self.gold.get("about") or {}
        if about.get("headings") and self.entire:
            self.headings(about["headings"])
        if about.get("paragraphs") and self.entire:
            self.paragraphs([str(wanted) for wanted in about["paragraphs"]])
        return self.out

    def inside(self, atom: Atom) -> bool:
        """Whether the gold covers the place."""
        if self.pages:
            return atom.page is not None and bool(self.pages[0] <= atom.page <= self.pages[1])
        return not self.text or atom.start is None or self.scope[0] <= atom.start < self.scope[1]

    def near(self, found: Atom, gold: Atom) -> bool:
        if found.kind in ("indicator", "recommendation"):
            return True
        if not self.text:
            return found.page == gold.page
        if found.start is None or found.end is None or gold.start is None or gold.end is None:
            return False
        overlap = found.start < gold.end + 3 and gold.start < found.end + 3
        return overlap and found.end - found.start <= 3 * (gold.end - gold.start) + 80

    def away(self, found: Atom, gold: Atom) -> int:
        if self.text:
            return abs((found.start or 0) - (gold.start or 0))
        return abs(len(words(found.quote)) - len(words(gold.quote)))

    def facts(self, kind: str, golds: Sequence[Atom], found: Sequence[Atom]) -> None:
        """Pair facts of equal values in the same place, those whose ties are right first."""
        tally = self.out[kind]
        pairs = []
        for i, gold in enumerate(golds):
            for j, atom in enumerate(found):
                if atom.key == gold.key and self.near(atom, gold):
                    wrong = sum(not right for right in self.ties(atom, gold).values())
                    pairs.append((bool(gold.fact.get("optional")), wrong, self.away(atom, gold), i, j))
        got: dict[int, int] = {}
        used: set[int] = set()
        for _, _, _, i, j in sorted(pairs):
            if i not in got and j not in used:
                got[i] = j
                used.add(j)
        for i, gold in enumerate(golds):
            if gold.fact.get("optional"):
                continue
            if i in got:
                self.found(tally, found[got[i]], gold)
            else:
                tally.gold += 1
                tally.differences.append(Difference("-", kind, gold.quote, gold.page, gold.key))
        for j, atom in enumerate(found):
            if j not in used:
                tally.found += 1
                tally.differences.append(Difference("+", kind, atom.quote, atom.page, atom.key))

    def found(self, tally: Tally, atom: Atom, gold: Atom) -> None:
        whole = True
        for name, right in self.ties(atom, gold).items():
            tally.ties[name][0] += right
            tally.ties[name][1] += 1
            if not right:
                whole = whole and name.startswith("(")
                why = f"found {self.shown(name, atom)!r}, gold {self.wanted(name, gold)!r}"
                tally.differences.append(Difference(name, gold.kind, gold.quote, gold.page, gold.key, why))
        tally.hit(whole)
        tally.matched.append((gold.fact, whole))

    def ties(self, atom: Atom, gold: Atom) -> dict[str, bool]:
        """What belongs to a matched fact, right or wrong; names in brackets do not count for whole."""
        ties: dict[str, bool] = {}
        found, want = atom.fact, gold.fact
        if gold.kind == "article" and want.get("instrument") in self.register:
            ties["instrument"] = want["instrument"] in identify(*self.instrument_of(found), self.register)
        elif gold.kind == "penalty":
            ties["articles"] = self.same_articles(found, want)
            if want.get("offence"):
                ties["(offence)"] = same_measure(want["offence"], found.get("offence"), age=True)
            ties["(imposed)"] = bool(want.get("imposed")) == bool(found.get("imposed"))
        elif gold.kind.startswith("figure"):
            table, age = gold.kind != "figure", want.get("unit") == "age"
            ties["measure"] = same_measure(want.get("measure"), found.get("measure"), table=table, age=age)
            ties["comparator"] = (want.get("comparator") or "=") == (found.get("comparator") or "=")
            if want.get("period"):
                ties["period"] = same_period(found.get("period"), want.get("period"))
        return ties

    def instrument_of(self, article: Json) -> tuple[str, Any]:
        """Name and year of the instrument of an extracted article."""
        tie = article.get("instrument")
        entry: Json = tie if isinstance(tie, dict) else self.entries.get(tie) or {}
        return entry.get("name") or (tie if isinstance(tie, str) else ""), entry.get("year")

    def articles_of(self, penalty: Json) -> list[Json]:
        return [a if isinstance(a, dict) else self.by_id.get(a, {}) for a in penalty.get("articles") or []]

    def same_articles(self, found: Json, gold: Json) -> bool:
        """The penalty cites the gold's provisions and no others, of the right instruments."""

        def numbers(article: Json) -> tuple[str, str]:
            return str(article.get("number") or "").lower(), str(article.get("number_to") or "").lower()

        mine, wanted = self.articles_of(found), gold.get("articles") or []
        if {numbers(a) for a in mine} != {numbers(a) for a in wanted}:
            return False
        return all(
            any(
                numbers(article) == numbers(want)
                and (
                    want.get("instrument") not in self.register
                    or want["instrument"] in identify(*self.instrument_of(article), self.register)
                )
                for article in mine
            )
            for want in wanted
        )

    def shown(self, tie: str, atom: Atom) -> Any:
        name = tie.strip("()")
        if name == "instrument":
            return self.instrument_of(atom.fact)
        if name == "articles":
            return [article.get("number") for article in self.articles_of(atom.fact)]
        return atom.fact.get(name)

    def wanted(self, tie: str, gold: Atom) -> Any:
        name = tie.strip("()")
        if name == "articles":
            return [article.get("number") for article in gold.fact.get("articles") or []]
        return gold.fact.get(name)

    def instruments(self) -> None:
        tally, mine = self.out["instrument"], list(self.entries.values())
        fits = [
            (-likeness(entry.get("name"), entry.get("year"), want), str(key), key, j)
            for key, want in self.register.items()
            for j, entry in enumerate(mine)
        ]
        got: set[str] = set()
        used: set[int] = set()
        for fit, _, key, j in sorted(fits, key=lambda f: (f[0], f[1], f[3])):
            if fit and key not in got and j not in used:
                got.add(key)
                used.add(j)
        for key, want in self.register.items():
            if want.get("optional"):
                continue
            if key in got:
                tally.hit()
                tally.matched.append((want, True))
            else:
                tally.gold += 1
                tally.differences.append(Difference("-", "instrument", want.get("name") or ""))
        for j, entry in enumerate(mine):
            if self.entire and j not in used:
                tally.found += 1
                tally.differences.append(Difference("+", "instrument", entry.get("name") or ""))

    def headings(self, wanted: Sequence[Json]) -> None:
        tally = self.out["heading"]
        got = [" ".join(words(s.get("title"))) for s in self.record.get("sections") or [] if s.get("title")]
        for heading in sorted(wanted, key=lambda heading: bool(heading.get("optional"))):
            title = " ".join(words(heading.get("title")))
            if title in got:
                got.remove(title)
                if not heading.get("optional"):
                    tally.hit()
                    tally.matched.append(({"kind": "heading", "quote": heading.get("title")}, True))
            elif not heading.get("optional"):
                tally.gold += 1
                tally.differences.append(Difference("-", "heading", title))
        tally.found += len(got)
        tally.differences += [Difference("+", "heading", title) for title in got]

    def paragraphs(self, wanted: Sequence[str]) -> None:
        tally = self.out["paragraph"]
        got = [str(p.get("number")) for p in self.record.get("paragraphs") or [] if p.get("number")]
        tally.gold, tally.found = len(wanted), len(got)
        for each in wanted:
            if each in got:
                got.remove(each)
                tally.correct += 1
                tally.whole += 1
                tally.matched.append(({"kind": "paragraph", "quote": each}, True))
            else:
                tally.differences.append(Difference("-", "paragraph", each))
        tally.differences += [Difference("+", "paragraph", number_) for number_ in got]
