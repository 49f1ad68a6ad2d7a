"""What flows through a run: inputs, settings and outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..options import Options

Status = Literal["ok", "failed", "skipped"]
Cause = Literal[
    "not a report", "unreadable", "missing program", "missing input", "output", "crash", "timeout", "memory", "bug"
]


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: `name` is its path below the path that was given, `location` a path or a URL."""

    name: str
    location: str
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one report: wall seconds, and megabytes of its worker's resident memory; None is no limit."""

    timeout: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """The settings of a run that its workers need; `output` is a folder's path or URL."""

    output: str
    options: Options = field(default_factory=Options)
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    `rules` is the digest of the rules that made its record, `seconds` CPU time by stage. `new` is False where
    an earlier run did the work, and `why` says what made the input stale.
    """

    name: str
    status: Status
    cause: Cause | None = None
    reason: str | None = None
    sha256: str | None = None
    rules: str | None = None
    facts: Mapping[str, int] = field(default_factory=dict)
    instruments: int = 0
    pages: int | None = None
    characters: int = 0
    unexplained: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)
    new: bool = True
    why: str | None = None
    detail: str | None = None


def failed(item: Input, cause: Cause, why: str) -> Outcome:
    return Outcome(item.name, "failed", cause, f"{item.name}: {why}")
