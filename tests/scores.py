"""Scores under version control: `python -m tests.scores` writes tests/scores.json, to which test_scores.py holds.

By collection (`corpus`, and `shared` where the real reports lie beside the repository), kind and language; and every
gold fact that is found, by kind, place and value, so that a change shows as facts gained and lost.
"""

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from pipeline import evaluate
from pipeline.records import dump
from pipeline.stages import process

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
FILE = Path(__file__).with_name("scores.json")
SHARED = ROOT.parent / "shared"


def collections() -> dict[str, tuple[Path, Path]]:
    """Name → folders of the reports and of their gold, of the collections that are here."""
    found = {"corpus": (ROOT / "corpus", ROOT / "corpus"), "shared": (SHARED / "reports", SHARED / "gold")}
    return {name: folders for name, folders in found.items() if any(folders[1].rglob("*.gold.json"))}


def measure(reports: Path, gold: Path) -> Json:
    """The scores of one collection, as they stand in the file."""
    files = [path for path in sorted(reports.rglob("*")) if path.is_file()]
    sources = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}
    records: dict[str, Json] = {}
    tallies: dict[str, evaluate.Tally] = defaultdict(evaluate.Tally)
    found: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for path in sorted(gold.rglob("*.gold.json")):
        annotated = json.loads(path.read_text(encoding="utf-8"))
        name = annotated["source"]["sha256"]
        if name not in records:
            records[name] = json.loads(dump(process(sources[name])[1]))
        title = path.name.removesuffix(".gold.json")
        found[title] = []
        for language, record, part in by_language(records[name], annotated):
            for kind, tally in evaluate.compare(record, part).items():
                if tally.gold or tally.found:
                    tallies[f"{kind}, {language}"].add(tally)
                    found[title] += [label(kind, fact, whole) for fact, whole in tally.matched]
                    words |= {
                        f"{title}: {label(kind, f, w)}": quote(f) for f, _ in tally.matched for w in (True, False)
                    }
    return {
        "words": words,
        "scores": {name: figures(tally) for name, tally in sorted(tallies.items())},
        "found": {title: sorted(labels) for title, labels in sorted(found.items())},
    }


def by_language(record: Json, gold: Json) -> list[tuple[str, Json, Json]]:
    """Record and gold cut by the language of their facts; what is no fact goes with the most common language."""
    spans = record["languages"]
    main = max(spans, key=lambda s: (s["end"] - s["start"], s["language"]))["language"] if spans else "en"
    text = not gold["source"].get("media_type", "text").startswith("application")
    said = {" ".join(fact["evidence"]["quote"].split()): fact["language"] for fact in record["facts"]}

    def language(fact: Json) -> str:
        if not text:  # gold of a PDF knows pages, but no places
            return str(said.get(" ".join(fact["quote"].split()), main))
        return str(next((s["language"] for s in spans if s["start"] <= fact["start"] < s["end"]), main))

    parts = []
    for code in sorted({main, *(language(fact) for fact in gold["facts"])}):
        mine = {**gold, "facts": [fact for fact in gold["facts"] if language(fact) == code]}
        theirs = {**record, "facts": [fact for fact in record["facts"] if fact["language"] == code]}
        if code != main:
            mine |= {"about": {}}
            theirs |= {"sections": [], "paragraphs": []}
        parts.append((code, theirs, mine))
    return parts


VALUES = ("edtf", "unit", "number", "number_to", "subdivision", "value", "value_to", "code", "paragraph", "party")


def label(kind: str, fact: Json, whole: bool) -> str:
    """A fact by its kind, place and value; a leading `~` where a tie of it is wrong."""
    at = fact.get("start", fact.get("id", ""))
    said = [str(fact[name]) for name in VALUES if fact.get(name) is not None]
    said += [str(each["sanction"]) for each in fact.get("sanctions") or []]
    if kind in ("heading", "paragraph", "instrument"):
        said = (
            [] if fact.get("start") is not None else [hashlib.sha256(str(fact.get("quote")).encode()).hexdigest()[:8]]
        )
    return f"{'' if whole else '~'}{kind} {at} {' '.join(said)}".strip()


def quote(fact: Json) -> str:
    return " ".join(str(fact.get("quote") or fact.get("name") or "").split())[:80]


def figures(tally: evaluate.Tally) -> Json:
    counts = {"gold": tally.gold, "found": tally.found, "correct": tally.correct, "whole": tally.whole}
    return {**counts, "f1": round(tally.f1, 4), "whole_f1": round(tally.whole_f1, 4)}


def changes(before: Json, now: Json) -> list[str]:
    """Facts gained (+) and lost (-), by the gold that they belong to."""
    words = before.get("words", {}) | now.get("words", {})
    lines = []
    for title in sorted(set(before["found"]) | set(now["found"])):
        old, new = Counter(before["found"].get(title, [])), Counter(now["found"].get(title, []))
        lines += [f"- {title}: {each}" for each in sorted((old - new).elements())]
        lines += [f"+ {title}: {each}" for each in sorted((new - old).elements())]
    return [f"{line}: {words[line[2:]]}" if words.get(line[2:]) else line for line in lines]


def falls(before: Json, now: Json) -> list[str]:
    """The kinds and languages whose scores fell."""
    lines = []
    for name, old in before["scores"].items():
        new = now["scores"].get(name, {"f1": 0.0, "whole_f1": 0.0})
        for figure in ("f1", "whole_f1"):
            if new[figure] < old[figure]:
                lines.append(f"{name}: {figure} {old[figure]} → {new[figure]}")
    return lines


def main() -> None:
    """Write the file; a collection that is not here keeps its scores."""
    stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    for name, folders in collections().items():
        now = measure(*folders)
        for line in changes(stored.get(name, {"found": {}}), now):
            print(line)
        stored[name] = {key: now[key] for key in ("scores", "found")}
        for kind, row in now["scores"].items():
            print(f"{name}: {kind}: F1 {row['f1']:.3f}, whole F1 {row['whole_f1']:.3f}")
    if "shared" not in collections():
        print("no ../shared: the real reports are not part of the repository; their scores are left as they were")
    text = json.dumps(dict(sorted(stored.items())), ensure_ascii=False, indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
