"""Whether an earlier run's work on an input still holds.

A record says itself what it was made from and by; that, and nothing beside it, decides. Inputs that gave no record
(failed, skipped) leave a note of the same kind in `.reportfacts/outcomes/`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from ..digests import digests
from ..version import VERSION
from .inputs import sha256
from .job import Input, Job, Outcome
from .journal import Journal
from .layout import LEDGER, RECORD, STATE, TEXT
from .store import LocalStore, Store

ENDS = 4096
SHA256 = re.compile(rb'"sha256": "([0-9a-f]{64})"')
MADE_BY = b'\n  "made_by": '
# What may be otherwise the next time although neither report nor rules changed.
PASSING = frozenset({"missing program", "missing input", "output", "bug"})


class Earlier:
    """What earlier runs left in an output folder, for one job."""

    def __init__(self, store: Store, job: Job, *, counts: bool = True) -> None:
        self.store = store
        self.job = job
        self.digests = digests(job.options)
        self.options = {"ner": job.options.ner}
        self.counts = _counts(store) if counts else {}

    def find(self, item: Input) -> tuple[Outcome | None, str]:
        """The outcome that still holds, or None and why the input is stale."""
        try:
            return self._find(item)
        except FileNotFoundError:
            return None, "the report vanished"
        except OSError as error:
            return None, f"cannot be read: {error.strerror}"

    def _find(self, item: Input) -> tuple[Outcome | None, str]:
        try:
            head, tail = self.store.ends(item.name + RECORD, ENDS)
        except OSError:
            return self._note(item)
        made = _made_by(tail)
        source = SHA256.search(head)
        if made is None or source is None:
            return None, "its record is damaged"
        if not self.store.exists(item.name + TEXT):
            return None, "the text beside its record is missing"
        digest = source.group(1).decode()
        why = self._stale(made) or ("" if sha256(item) == digest else "the report changed")
        return (None, why) if why else (self._outcome(item, digest, made["rules"]), "")

    def _stale(self, made: Mapping[str, Any]) -> str:
        if made.get("version") != VERSION:
            return f"made by version {made.get('version')}, this is {VERSION}"
        if made.get("options") != self.options:
            return f"made with {_shown(made.get('options'))}, now {_shown(self.options)}"
        theirs = made.get("rules_by_language", {"shared": ""})
        changed = [code for code, digest in theirs.items() if digest != self.digests.get(code)]
        return f"rules changed: {', '.join(changed)}" if changed else ""

    def _outcome(self, item: Input, source: str, rules_digest: str) -> Outcome:
        known = self.counts.get(item.name)
        if known is not None and known.sha256 == source and known.rules == rules_digest:
            return known
        from ..records import Record
        from .task import done

        record = Record.model_validate_json(self.store.read(item.name + RECORD))
        return replace(done(item.name, record), unexplained=self._entries(item), new=False)

    def _entries(self, item: Input) -> int:
        try:
            return self.store.read(item.name + LEDGER).count(b"\n")
        except FileNotFoundError:
            return 0

    def _note(self, item: Input) -> tuple[Outcome | None, str]:
        try:
            note = json.loads(self.store.read(_note_name(item.name)))
            outcome = Outcome(**note["outcome"], new=False)
        except (OSError, ValueError, KeyError, TypeError):
            return None, "new"
        if why := self._stale(note["made_by"]):
            return None, why
        if self._limit_raised(outcome, note):
            return None, f"--{outcome.cause} was raised"
        if sha256(item) != outcome.sha256:
            return None, "the report changed"
        return outcome, ""

    def _limit_raised(self, outcome: Outcome, note: Mapping[str, Any]) -> bool:
        if outcome.cause not in ("timeout", "memory"):
            return False
        now = self.job.limits.timeout if outcome.cause == "timeout" else self.job.limits.memory
        before = note["limits"].get(outcome.cause)
        return now is None or (before is not None and now > before)

    def remember(self, item: Input, outcome: Outcome) -> Outcome:
        """Clear what the store holds of an input that gave no record; note the outcome if it will hold."""
        for ending in (RECORD, TEXT, LEDGER):
            self.store.remove(item.name + ending)
        if outcome.cause in PASSING:
            self.store.remove(_note_name(item.name))
            return replace(outcome, sha256=None)
        if outcome.sha256 is None:  # of who ended its worker, nothing else is known
            try:
                outcome = replace(outcome, sha256=sha256(item))
            except OSError:
                return outcome
        kept = {k: v for k, v in asdict(outcome).items() if k in ("name", "status", "cause", "reason", "sha256")}
        note = {
            "outcome": kept,
            "made_by": {"version": VERSION, "options": self.options, "rules_by_language": self._concerns(outcome)},
            "limits": asdict(self.job.limits),
        }
        self.store.write(_note_name(item.name), json.dumps(note, ensure_ascii=False, indent=1).encode())
        return outcome

    def _concerns(self, outcome: Outcome) -> dict[str, str]:
        """The rules that an outcome without record hangs on: any, where reading failed; none, for what is no report."""
        return {} if outcome.cause == "not a report" else self.digests

    def forget(self, item: Input) -> None:
        """Remove the note of an earlier failure, now that there is a record."""
        self.store.remove(_note_name(item.name))


def _note_name(name: str) -> str:
    return f"{STATE}/outcomes/{name}.json"


def _made_by(tail: bytes) -> dict[str, Any] | None:
    """The last member of a record, if the record is whole."""
    at = tail.rfind(MADE_BY)
    if at < 0 or not tail.endswith(b"\n}\n"):
        return None
    try:
        made = json.loads(tail[at + len(MADE_BY) : -2])
    except ValueError:
        return None
    return made if isinstance(made, dict) else None


def _counts(store: Store) -> dict[str, Outcome]:
    """The outcomes that the last run listed, by name, and what one that was killed had done.

    They save reading each record again to count its facts.
    """
    since = Journal(store.root).read() if isinstance(store, LocalStore) else {}
    try:
        listed = json.loads(store.read("run.json"))
        then = {entry["name"]: Outcome(**entry, new=False) for entry in listed["inputs"] if entry["status"] == "ok"}
    except (OSError, ValueError, KeyError, TypeError):
        return since
    return then | since


def _shown(options: Any) -> str:
    return json.dumps(options, sort_keys=True)
