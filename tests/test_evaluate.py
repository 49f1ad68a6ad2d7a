"""Scores: known cases by hand, and the same numbers as the reference scorer of the gold."""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import evaluate
from pipeline.errors import UsageError
from pipeline.evaluate import likeness

Json = dict[str, Any]


def gold_of(*facts: Json, instruments: tuple[Json, ...] = ()) -> Json:
    return {"source": {"sha256": "0" * 64, "name": "a.txt"}, "facts": list(facts), "instruments": list(instruments)}


def fact(kind: str, start: int, quote: str, **fields: Any) -> Json:
    return {"kind": kind, "start": start, "end": start + len(quote), "page": None, "quote": quote, **fields}


DATE = fact("date", 10, "20 September 2006", edtf="2006-09-20")
CODE = {"id": "code", "name": "Penal Code", "kind": "code", "year": "2005"}
ARTICLE = fact("article", 40, "article 12", unit="article", number="12", instrument="code")
COUNT = fact("figure", 60, "over 200 children", value=200, unit="count", measure="children", comparator=">")


def test_everything_right() -> None:
    gold = gold_of(DATE, ARTICLE, COUNT, instruments=(CODE,))
    tallies = evaluate.compare(gold, gold)
    assert {kind: tallies[kind].whole_f1 for kind in ("date", "article", "figure", "instrument")} == {
        "date": 1.0,
        "article": 1.0,
        "figure": 1.0,
        "instrument": 1.0,
    }


def test_an_empty_record_misses_all() -> None:
    tally = evaluate.compare({}, gold_of(DATE))["date"]
    assert (tally.gold, tally.found, tally.f1) == (1, 0, 0.0)
    assert [d.sign for d in tally.differences] == ["-"]


def test_a_wrong_tie_is_correct_but_not_whole() -> None:
    found = gold_of({**ARTICLE, "instrument": "other"}, instruments=({**CODE, "id": "other", "name": "Labour Act"},))
    tally = evaluate.compare(found, gold_of(ARTICLE, instruments=(CODE,)))["article"]
    assert (tally.correct, tally.whole, dict(tally.ties)) == (1, 0, {"instrument": [0, 1]})


def test_another_place_is_another_fact() -> None:
    tally = evaluate.compare(gold_of({**DATE, "start": 500, "end": 517}), gold_of(DATE))["date"]
    assert (tally.correct, sorted(d.sign for d in tally.differences)) == (0, ["+", "-"])


def test_optional_facts_count_neither_way() -> None:
    gold = gold_of({**DATE, "optional": True})
    for record in (gold, {}):
        tally = evaluate.compare(record, gold)["date"]
        assert (tally.gold, tally.found, tally.f1) == (0, 0, 1.0)


def test_durations_are_compared_in_months() -> None:
    assert likeness.months("P1Y6M") == likeness.months("P18M") == 18
    assert likeness.months("P30D") == 1
    assert likeness.months("life") == "life"


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("children under the age of 5", "children under 5 years", True),
        ("children", "a girl", False),
        ("registered victims of trafficking", "victims", False),
        ("", "children", False),
    ],
)
def test_measures(gold: str, found: str, same: bool) -> None:
    assert likeness.same_measure(gold, found) is same


def test_a_gold_folder_without_gold_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no"):
        evaluate.score(tmp_path, tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        evaluate.score(tmp_path / "nowhere", tmp_path)


def spoilt(gold: Json, seed: int) -> Json:
    """A record made of gold with facts dropped, doubled, moved and changed in every way that the scorer looks at."""
    rng = random.Random(seed)
    record = copy.deepcopy({k: v for k, v in gold.items() if k in ("source", "instruments")})
    record |= {"schema_version": "1.0", "facts": []}
    about = gold.get("about") or {}
    record["sections"] = [{"title": h.get("title")} for h in about.get("headings") or [] if rng.random() < 0.9]
    record["paragraphs"] = [{"number": n} for n in about.get("paragraphs") or [] if rng.random() < 0.9]
    articles = [f for f in gold["facts"] if f["kind"] == "article"]
    for n, each in enumerate(copy.deepcopy(gold["facts"])):
        each["id"] = f"f{n}"
        if rng.random() < 0.1:
            continue
        spoil(each, rng, articles)
        record["facts"].append(each)
        if rng.random() < 0.05:
            record["facts"].append({**each, "id": f"f{n}b"})
    for entry in record.get("instruments") or []:
        if rng.random() < 0.2:
            entry["name"] = " ".join((entry.get("name") or "x").split()[:2])
    return record


def spoil(each: Json, rng: random.Random, articles: list[Json]) -> None:
    if rng.random() < 0.15 and each.get("start") is not None:
        each["start"] += rng.choice([-40, -2, 2, 40])
        each["end"] += rng.choice([0, 3, 200])
    for name in ("edtf", "number", "unit", "measure", "comparator", "period", "offence", "instrument", "status"):
        if name in each and rng.random() < 0.05:
            each[name] = rng.choice([None, "P1Y", "2015", "articles and children"])
    if each["kind"] == "penalty":
        each["articles"] = [a for a in each.get("articles") or [] if rng.random() < 0.9]
        if articles and rng.random() < 0.1:
            each["articles"].append(rng.choice(articles))
        each["imposed"] = rng.random() < 0.5
        for sanction in each.get("sanctions") or []:
            if rng.random() < 0.1:
                sanction["max"] = "P99Y"


def test_the_same_numbers_as_the_reference(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "gold").glob("*.gold.json")):
        gold = json.loads(path.read_text())
        for seed in range(3):
            folder = tmp_path / f"{seed}"
            folder.mkdir(exist_ok=True)
            (folder / f"{path.stem}.json").write_text(json.dumps(spoilt(gold, seed)))
    for seed in range(3):
        folder = tmp_path / f"{seed}"
        reference = subprocess.run(
            [sys.executable, shared / "score", folder, shared / "gold", "--json"],
            capture_output=True,
            text=True,
            check=True,
        )
        mine = evaluate.as_json(evaluate.score(folder, shared / "gold"))
        assert mine == json.loads(reference.stdout)
        assert 0.1 < mine["mean_whole_f1"] < 1
