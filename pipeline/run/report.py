"""What a run tells when it is done: `run.json` for programs, timings for people."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..version import VERSION
from .job import Job, Outcome


@dataclass(frozen=True, slots=True)
class Summary:
    """All outcomes by name, and what stands in the output without an input."""

    outcomes: Mapping[str, Outcome]
    orphans: tuple[str, ...] = ()
    pruned: bool = False
    wall: float = 0.0
    workers: int = 1
    retried: Mapping[str, str] = field(default_factory=dict)

    @property
    def statuses(self) -> Counter[str]:
        return Counter(outcome.status for outcome in self.outcomes.values())


def listing(summary: Summary, job: Job, digests: Mapping[str, str]) -> dict[str, Any]:
    """The content of `run.json`: the same for the same inputs, whatever the run met with on its way."""
    return {
        "schema_version": "1.0",
        "made_by": {"version": VERSION, "options": {"ner": job.options.ner}, "rules_by_language": dict(digests)},
        "inputs": [entry(summary.outcomes[name]) for name in sorted(summary.outcomes)],
        "orphans": list(summary.orphans),
    }


def entry(outcome: Outcome) -> dict[str, Any]:
    """What `run.json` says of one input."""
    said: dict[str, Any] = {
        "name": outcome.name,
        "status": outcome.status,
        "cause": outcome.cause,
        "reason": outcome.reason,
        "sha256": outcome.sha256,
    }
    if outcome.status == "ok":
        said |= {
            "rules": outcome.rules,
            "pages": outcome.pages,
            "characters": outcome.characters,
            "facts": dict(sorted(outcome.facts.items())),
            "instruments": outcome.instruments,
            "unexplained": outcome.unexplained,
        }
    return said


def timings(summary: Summary) -> dict[str, Any]:
    """What the run cost: CPU seconds by stage and by report, wall seconds in all. Differs from run to run."""
    made = [o for o in summary.outcomes.values() if o.status == "ok" and o.new]
    return {
        "wall_seconds": round(summary.wall, 3),
        "workers": summary.workers,
        "reports": {"done": len(made), "as before": sum(not o.new for o in summary.outcomes.values())},
        "pages": sum(o.pages or 0 for o in made),
        "characters": sum(o.characters for o in made),
        "facts": dict(sorted(total(o.facts for o in made).items())),
        "cpu_seconds_by_stage": {k: round(v, 4) for k, v in total(o.seconds for o in made).items()},
        "failures_by_cause": dict(sorted(Counter(o.cause for o in summary.outcomes.values() if o.cause).items())),
        "retried": dict(sorted(summary.retried.items())),
        "by_report": {
            o.name: {"pages": o.pages, "characters": o.characters, "cpu_seconds": round(sum(o.seconds.values()), 4)}
            for o in sorted(made, key=lambda o: o.name)
        },
    }


def total(counts: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """The sums by key."""
    sums: Counter[str] = Counter()
    for each in counts:
        sums.update(each)
    return sums


def dump(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
