"""From one file to its record: the order of the stages, written once."""

from dataclasses import dataclass
from pathlib import Path

from . import language, passages, rules, sections
from .extract import find
from .ingest import read
from .model import Report
from .records import MadeBy, Record, build
from .version import VERSION


@dataclass(frozen=True, slots=True)
class Options:
    """What changes facts: `ner` reads names with a model, `rules` is a folder of rule data laid over the shipped one."""

    ner: bool = True
    rules: Path | None = None


def process(path: Path, name: str | None = None, options: Options = Options()) -> tuple[Report, Record]:
    """Read one report and extract its record; `name` is what the record calls the source (default: the file's name)."""
    words = rules.load(options.rules)
    report = read(path, name or path.name)
    languages = language.detect(report)
    outline = sections.outline(report, languages, words)
    about = sections.about(report, outline, words)
    texts = passages.passages(report, outline, words)
    findings = find(report, outline, texts, about, words, ner=options.ner)
    unread = [span for span in languages if span.language not in words.languages]
    made_by = MadeBy(version=VERSION, rules=words.digest, options={"ner": options.ner})
    return report, build(report, languages, outline, about, texts, findings, unread, made_by)

