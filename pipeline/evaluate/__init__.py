"""Records against gold: precision, recall and F1 by kind of fact.

A fact is found where an extracted one has the same values in the same place: overlapping characters where the source is
text, the same page where it is a PDF. It is *whole* where what belongs to it is right too: an article's instrument, a
sanction's articles, a figure's measure, comparator and period. Penalties are compared sanction by sanction; figures in
tables are a kind of their own; gold facts marked optional count neither way. The headline is the mean whole F1 of
articles, penalties, dates and figures.

Records and gold are read as plain JSON, so that records of any version can be scored.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UsageError
from .atoms import HEADLINE, KINDS
from .compare import Tallies, Tally, compare
from .likeness import Json

__all__ = ["GOLD", "HEADLINE", "KINDS", "Scores", "Tallies", "Tally", "as_json", "compare", "lines", "score"]

GOLD = ".gold.json"


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
