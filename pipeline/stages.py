"""From one file to its record: the order of the stages, written once."""

import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from . import digests, language, passages, rules, sections
from .extractors import find
from .ingest import read
from .ledger import Unexplained, unexplained
from .model import Report
from .options import Options
from .records import MadeBy, Record, build
from .version import VERSION

__all__ = ["Clock", "Extraction", "Options", "cpu_seconds", "extract", "made_by_of", "process"]


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended (OCR engines, converters)."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@dataclass(slots=True)
class Clock:
    """CPU seconds spent by stage; `lap` books what was spent since the last one."""

    seconds: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=cpu_seconds)

    def lap(self, stage: str) -> None:
        now = cpu_seconds()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self.last
        self.last = now


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that comes of one report: its text and layout, its record, and what may be missing from that."""

    report: Report
    record: Record
    unexplained: tuple[Unexplained, ...]


def process(
    path: Path, name: str | None = None, options: Options = Options(), clock: Clock | None = None
) -> tuple[Report, Record]:
    """Read one report and extract its record; `name` is what the record calls the source (default: the file's name)."""
    done = extract(path, name, options, clock)
    return done.report, done.record


def extract(
    path: Path, name: str | None = None, options: Options = Options(), clock: Clock | None = None
) -> Extraction:
    """As `process`, with the ledger of what bears the signs of a fact but gave none."""
    clock = clock or Clock()
    words = rules.load(options.rules)
    clock.lap("rules")
    report = read(path, name or path.name)
    clock.lap("read")
    languages = language.detect(report, words)
    clock.lap("language")
    outline = sections.outline(report, languages, words)
    about = sections.about(report, outline, words)
    clock.lap("sections")
    texts = passages.passages(report, outline, words)
    clock.lap("passages")
    findings = find(report, outline, texts, about, words, ner=options.ner)
    clock.lap("extract")
    unread = [span for span in languages if span.language not in words.languages]
    made_by = made_by_of({span.language for span in languages}, options)
    record = build(report, languages, outline, about, texts, findings, unread, made_by)
    clock.lap("record")
    missing = unexplained(report, texts, findings, words)
    clock.lap("ledger")
    return Extraction(report, record, missing)


def made_by_of(languages: Iterable[str], options: Options) -> MadeBy:
    """What makes the record of a report in these languages: a rule of a language that it lacks cannot change it."""
    mine = digests.concerning(_digests(options), languages)
    return MadeBy(version=VERSION, rules=rules.digest_of(mine), options={"ner": options.ner}, rules_by_language=mine)


@cache
def _digests(options: Options) -> dict[str, str]:
    return digests.digests(options)
