"""Records against gold: precision, recall and F1 by kind of fact.

A fact is found where an extracted one has the same values in the same place: overlapping characters where the source is
text, the same page where it is a PDF. It is *whole* where what belongs to it is right too: an article's instrument, a
sanction's articles, a figure's measure, comparator and period. Penalties are compared sanction by sanction; figures in
tables are a kind of their own; gold facts marked optional count neither way. The headline is the mean whole F1 of
articles, penalties, dates and figures.

Records and gold are read as plain JSON, so that records of any version can be scored.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import UsageError

Json = dict[str, Any]
HEADLINE = ("article", "penalty", "date", "figure")
KINDS = (
    *HEADLINE,
    "figure in table",
    "treaty_action",
    "indicator",
    "recommendation",
    "instrument",
    "heading",
    "paragraph",
)
FACT_KINDS = KINDS[:8]
GOLD = ".gold.json"

# ── likeness of words, names, numbers ────────────────────────────────────────────────────

STOP = {"the", "of", "on", "and", "for", "a", "an", "to", "in", "or", "by", "with", "who", "whom", "which", "that"}
STOP |= {"were", "was", "is", "are", "be", "as", "at", "from", "de", "la", "le", "les", "des", "du", "et", "en", "un"}
STOP |= {"une", "el", "los", "las", "y", "o", "и", "в", "на", "по", "с"}
WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
TERM = re.compile(r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(\d+)H)?")


def words(text: str | None) -> list[str]:
    """Lower-case words, cut to six letters so that inflected forms meet; Chinese character by character."""
    return [word[:6] for word in WORD.findall((text or "").lower())]


def content(text: str | None) -> set[str]:
    return set(words(text)) - STOP


def same_measure(gold: str | None, found: str | None, *, table: bool = False, age: bool = False) -> bool:
    """Half of the shorter one's content words stand in the other: two at least where the gold has three (of an age
    one), and what was found is no whole sentence. In a table half of every header's words must be found."""
    want, got = content(gold), content(found)
    if not want or not got or len(got) > max(12, 3 * len(want)):
        return False
    if table:
        headers = [content(header) for header in (gold or "").split(" | ")]
        return all(2 * len(header & got) >= len(header) for header in headers if header)
    common = len(want & got)
    return 2 * common >= min(len(want), len(got)) and common >= (1 if age or len(want) < 3 else 2)


def same_period(one: str | None, other: str | None) -> bool:
    """Equal, a year that the text leaves out (XXXX) being free."""
    if one == other:
        return True
    if not one or not other:
        return False
    return any(re.fullmatch(re.escape(a).replace("XXXX", r"\d{4}"), b) for a, b in ((one, other), (other, one)))


def year_of(name: str | None, year: Any) -> str | None:
    if year:
        return str(year)[:4]
    found: list[str] = YEAR.findall(name or "")
    return found[-1] if found else None


def likeness(name: str | None, year: Any, entry: Json) -> float:
    """How well a name (and year) fits an entry of the gold register, 0 to 1.05; another year is another instrument."""
    theirs, ours = year_of(entry.get("name"), entry.get("year")), year_of(name, year)
    if ours and theirs and ours != theirs:
        return 0.0
    best = 0.0
    for other in [entry.get("name"), *(entry.get("aliases") or [])]:
        a, b = content(name) - {ours}, content(other) - {theirs}
        common = len(a & b)
        if a and a == b:
            best = max(best, 1.0)
        elif a and b and common >= 0.75 * min(len(a), len(b)) and common >= 2:
            best = max(best, 0.3 + 0.6 * common / len(a | b))
    return best + (0.05 if best and ours and ours == theirs else 0.0)


def identify(name: str | None, year: Any, register: Mapping[str, Json]) -> set[str]:
    """The ids of the gold instruments that a name may mean: those that it fits best."""
    fits = {key: likeness(name, year, entry) for key, entry in register.items()}
    top = max(fits.values(), default=0.0)
    return {key for key, fit in fits.items() if fit and fit >= top - 1e-9}


def number(value: Any) -> float | None:
    try:
        return round(float(value), 6)
    except (TypeError, ValueError):
        return None


def months(duration: Any) -> float | str | None:
    """An ISO 8601 duration in months of 30 days; "life" and the like as they are."""
    if duration is None:
        return None
    match = TERM.fullmatch(str(duration))
    if not match or str(duration) == "P":
        return str(duration).lower()
    years, months_, weeks, days, hours = (float(group or 0) for group in match.groups())
    return round(years * 12 + months_ + weeks * 7 / 30 + days / 30 + hours / 720, 3)


# ── facts as they are compared ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Atom:
    """A fact, or one sanction of a penalty: its kind, its values, and the JSON that it comes from."""

    kind: str
    key: tuple[Any, ...]
    fact: Json
    start: int | None
    end: int | None
    page: int | None
    quote: str


def atoms(facts: Sequence[Json]) -> list[Atom]:
    """The facts as compared; kinds that gold does not know are left out."""
    found = []
    for fact in facts:
        kind = fact["kind"]
        place = fact.get("evidence") or fact
        at = (place.get("start"), place.get("end"), place.get("page"), place.get("quote", ""))
        if kind == "penalty":
            found += [Atom(kind, sanction_key(sanction), fact, *at) for sanction in fact.get("sanctions") or []]
        elif kind in FACT_KINDS:
            shown = "figure in table" if kind == "figure" and fact.get("table") else kind
            found.append(Atom(shown, values(fact), fact, *at))
    return found


def sanction_key(sanction: Json) -> tuple[Any, ...]:
    kind = (sanction.get("sanction") or "").lower().replace("_", "-")
    if kind == "fine":
        return (
            kind,
            number(sanction.get("min")),
            number(sanction.get("max")),
            frozenset(content(sanction.get("unit"))),
        )
    return (kind, months(sanction.get("min")), months(sanction.get("max")), None)


def values(fact: Json) -> tuple[Any, ...]:
    """What must be equal for two facts of a kind to be the same."""

    def lower(name: str) -> str:
        return str(fact.get(name) or "").lower()

    match fact["kind"]:
        case "article":
            return (fact.get("unit"), lower("number"), lower("number_to"), re.sub(r"\s", "", lower("subdivision")))
        case "date":
            return (re.sub(r"[~?%]", "", str(fact.get("edtf"))),)
        case "figure":
            return (number(fact.get("value")), number(fact.get("value_to")), lower("unit"), number(fact.get("per")))
        case "treaty_action":
            return (fact.get("party"), fact.get("action"))
        case "indicator":
            return (fact.get("code"), fact.get("status"))
        case "recommendation":
            return (re.sub(r"[\s.()]", "", lower("paragraph")),)
        case _:
            return ()


# ── counting ─────────────────────────────────────────────────────────────────────────────


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


# ── many reports ─────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Scores:
    """`documents` by the gold's name, `total` by kind, `missing` the names of gold without a record."""

    documents: dict[str, Tallies] = field(default_factory=dict)
    total: Tallies = field(default_factory=lambda: defaultdict(Tally))
    missing: list[tuple[str, str]] = field(default_factory=list)

    @property
    def mean_f1(self) -> float:
        return sum(self.total[kind].f1 for kind in HEADLINE) / len(HEADLINE)

    @property
    def mean_whole_f1(self) -> float:
        return sum(self.total[kind].whole_f1 for kind in HEADLINE) / len(HEADLINE)


def score(records: Path, gold: Path) -> Scores:
    """Score all gold files below `gold` by the records of their sources below `records`; UsageError without gold."""
    by_source = {r["source"]["sha256"]: r for r in _records(records)}
    wanted = _files(gold, GOLD)
    if not wanted:
        raise UsageError(f"{gold}: holds no *{GOLD}; name the folder of the gold")
    scores = Scores()
    for path in wanted:
        annotated = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(GOLD)
        record = by_source.get(annotated["source"]["sha256"])
        if record is None:
            scores.missing.append((name, annotated["source"]["name"]))
        scores.documents[name] = compare(record or {}, annotated)
        for kind, tally in scores.documents[name].items():
            scores.total[kind].add(tally)
    return scores


def _files(root: Path, ending: str) -> list[Path]:
    if not root.exists():
        raise UsageError(f"{root}: does not exist; name a folder or a file")
    return [root] if root.is_file() else sorted(root.rglob(f"*{ending}"))


def _records(root: Path) -> Iterator[Json]:
    """All files that are records; others are passed over."""
    for path in _files(root, ".json"):
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        source = read.get("source") if isinstance(read, dict) and read.get("schema_version") else None
        if isinstance(source, dict) and source.get("sha256"):
            yield read


def as_json(scores: Scores) -> Json:
    """The figures, rounded to four places."""

    def row(tally: Tally) -> Json:
        return {
            "gold": tally.gold,
            "found": tally.found,
            "precision": round(tally.precision, 4),
            "recall": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
            "whole_f1": round(tally.whole_f1, 4),
            "attributes": {name: list(counts) for name, counts in tally.ties.items()},
        }

    return {
        "mean_whole_f1": round(scores.mean_whole_f1, 4),
        "mean_f1": round(scores.mean_f1, 4),
        "total": {kind: row(tally) for kind, tally in scores.total.items()},
        "documents": {
            name: {kind: row(tally) for kind, tally in tallies.items()} for name, tallies in scores.documents.items()
        },
    }


def lines(scores: Scores, *, verbose: bool = False) -> Iterator[str]:
    """The figures as a table for each report and one for all; `verbose` lists every difference."""
    for name, tallies in scores.documents.items():
        yield from _table(name, tallies)
        if verbose:
            for kind in KINDS:
                for d in tallies[kind].differences if kind in tallies else ():
                    quote = " ".join(d.quote.split())[:90]
                    yield f"  {d.sign} {d.kind} {d.key or ''} p{d.page} {quote!r} {d.why}".rstrip()
    yield from _table("ALL", scores.total)
    yield ""
    yield f"mean of {', '.join(HEADLINE)}: F1 {scores.mean_f1:.3f}, whole F1 {scores.mean_whole_f1:.3f}"


def _table(title: str, tallies: Tallies) -> Iterator[str]:
    yield ""
    yield title
    yield f"{'kind':<16}{'gold':>6}{'found':>7}{'P':>8}{'R':>8}{'F1':>8}{'whole':>8}  ties of the correct ones"
    for kind in KINDS:
        tally = tallies.get(kind)
        if tally and (tally.gold or tally.found):
            ties = ", ".join(f"{name} {right}/{every}" for name, (right, every) in tally.ties.items())
            counts = f"{kind:<16}{tally.gold:>6}{tally.found:>7}{tally.precision:>8.3f}{tally.recall:>8.3f}"
            yield f"{counts}{tally.f1:>8.3f}{tally.whole_f1:>8.3f}  {ties}".rstrip()
