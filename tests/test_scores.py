"""No change may lower a score; one that does is told with the facts that it gained and lost."""

import json
from typing import Any

import pytest

from . import scores

Json = dict[str, Any]


@pytest.mark.parametrize("name", ["corpus", "shared"])
def test_no_score_falls(name: str) -> None:
    here = scores.collections()
    if name not in here:
        pytest.skip(f"no gold of {name} here; only the other collection is scored")
    stored = json.loads(scores.FILE.read_text(encoding="utf-8"))
    assert name in stored, "no stored scores; write them with `make scores`"
    now = scores.measure(*here[name])
    fallen = scores.falls(stored[name], now)
    told = "\n".join([*fallen, *scores.changes(stored[name], now)])
    assert not fallen, f"scores fell (if that is meant: `make scores`):\n{told}"


def of(found: list[str], f1: float) -> Json:
    return {"scores": {"date, en": {"f1": f1, "whole_f1": f1}}, "found": {"a": found}}


def test_a_fall_is_named() -> None:
    before, now = of(["date 1 2015", "date 9 2016"], 1.0), of(["date 1 2015", "~date 9 2016"], 0.8)
    assert scores.falls(before, now) == ["date, en: f1 1.0 → 0.8", "date, en: whole_f1 1.0 → 0.8"]
    assert scores.changes(before, now) == ["- a: date 9 2016", "+ a: ~date 9 2016"]
    assert not scores.falls(now, before)
