"""Records: the closed, frozen models of what is written, and their making from findings.

The field names are fixed; anything that breaks a model or whose quote is not the text at its offsets
is a bug in an extractor, raises RecordError and never becomes output.
"""

import base64
import hashlib
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from math import isnan
from typing import Annotated, Any, Literal, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from . import model as found
from .errors import RecordError
from .model import (
    Boxes,
    Comparator,
    InstrumentKind,
    Joined,
    Language,
    LanguageSpan,
    Outline,
    Passage,
    Report,
    SanctionKind,
)

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Closed):
    """The file; `encoding` is that of a text file, `repaired` says what had to be mended to read it."""

    name: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    media_type: str
    bytes: int = Field(ge=0)
    pages: int | None
    encoding: str | None
    repaired: str | None


class Passaged(Closed):
    language: Language
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Section(Closed):
    id: str
    parent: str | None
    number: str | None
    title: str
    level: int = Field(ge=1)
    language: Language
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Paragraph(Closed):
    number: str
    section: str | None
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Instrument(Closed):
    id: str
    name: str
    kind: InstrumentKind
    year: str | None
    number: str | None
    aliases: tuple[str, ...]


Box = tuple[int, float, float, float, float]


class Evidence(Closed):
    """Where a fact stands. `text[start:end] == quote`; a box is [page, x0, top, x1, bottom] in PDF points."""

    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    page: int | None
    boxes: tuple[Box, ...]
    section: str | None
    paragraph: str | None
    confidence: float | None = Field(
        ge=0, le=1, description="of the OCR engine, null where the text was not read by OCR"
    )


class FactBase(Closed):
    id: str
    kind: str
    language: Language
    evidence: Evidence
    found_by: str


class Article(FactBase):
    kind: Literal["article"]
    unit: found.Unit
    number: str
    number_to: str | None
    subdivision: str | None
    instrument: str | None


DURATION = r"^(P(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T\d+H)?|life)$"


class Sanction(Closed):
    sanction: SanctionKind
    min: int | float | Annotated[str, Field(pattern=DURATION)] | None
    max: int | float | Annotated[str, Field(pattern=DURATION)] | None
    unit: str | None


class Penalty(FactBase):
    kind: Literal["penalty"]
    sanctions: tuple[Sanction, ...] = Field(min_length=1)
    offence: str | None
    articles: tuple[str, ...]
    joined: Joined | None
    imposed: bool
    place: str | None
    actor: str | None


EDTF = r"^([\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[~?%]?)(/([\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[~?%]?|\.\.)?)?$"


ALPHA_3 = "^[A-Z]{3}$"


class Date(FactBase):
    kind: Literal["date"]
    edtf: str = Field(pattern=EDTF)


class Figure(FactBase):
    kind: Literal["figure"]
    value: int | float
    value_to: int | float | None
    unit: str
    per: int | None
    measure: str | None
    comparator: Comparator | None
    period: Annotated[str, Field(pattern=EDTF)] | None
    place: str | None
    actor: str | None
    table: bool


class Indicator(FactBase):
    kind: Literal["indicator"]
    code: str
    title: str
    status: Literal["present", "absent"]
    text: str


class TreatyAction(FactBase):
    kind: Literal["treaty_action"]
    party: str = Field(pattern=ALPHA_3)
    treaty: str = Field(description="id of an entry of instruments")
    action: found.ActionKind
    edtf: Annotated[str, Field(pattern=EDTF)] | None


class Recommendation(FactBase):
    """`paragraph` has the item's letter; `by` is a body, an expert or, of a review, the States that make it."""

    kind: Literal["recommendation"]
    paragraph: str | None
    by: str | None
    to: str = Field(pattern=ALPHA_3)
    text: str


Fact = Annotated[
    Article | Penalty | Date | Figure | Indicator | TreatyAction | Recommendation, Field(discriminator="kind")
]


class MadeBy(Closed):
    """What made the record: reportfacts' version, the digest of the rules and models, the options that change facts.

    `rules` sums up `rules_by_language`, the digests of the shared rules and of those of each language that the
    report contains (null for a language that has no rules): other languages' rules cannot change the record.
    """

    version: str
    rules: str
    options: dict[str, Any]
    rules_by_language: dict[str, str | None]


class Record(Closed):
    schema_version: Literal["1.0"]
    source: Source
    symbol: str | None
    title: str | None
    body: str | None
    country: str | None
    date: str | None
    languages: tuple[Passaged, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    instruments: tuple[Instrument, ...]
    facts: tuple[Fact, ...]
    unread: tuple[Passaged, ...]
    made_by: MadeBy


def dump(record: Record) -> str:
    """The record as JSON: keys in the order of the models, UTF-8, two spaces, a line end at the end."""
    return record.model_dump_json(indent=2) + "\n"


def build(
    report: Report,
    languages: Sequence[LanguageSpan],
    outline: Outline,
    about: found.About,
    passages: Sequence[Passage],
    findings: found.Findings,
    unread: Sequence[LanguageSpan],
    made_by: MadeBy,
) -> Record:
    """The validated record of one report; RecordError where an extractor broke its promise."""
    try:
        return _Builder(report, languages, outline, passages).record(about, findings, unread, made_by)
    except ValidationError as error:
        raise RecordError(f"{report.source.name}: a fact breaks the schema: {error}") from error


F = TypeVar("F", bound=FactBase)
M = TypeVar("M", bound=Closed)
Found = found.Article | found.Penalty | found.Date | found.Figure | found.TreatyAction


def _like(model: type[M], value: object, **changed: Any) -> M:
    """The model whose fields are the attributes of `value`, `changed` ones replaced."""
    return model(**{name: getattr(value, name) for name in model.model_fields if name not in changed} | changed)


@cache
def _kind_of(model: type[FactBase]) -> tuple[str, tuple[str, ...]]:
    """The kind of a model's facts, and the fields that only this kind has."""
    kind: str = get_args(model.model_fields["kind"].annotation)[0]
    return kind, tuple(field for field in model.model_fields if field not in FactBase.model_fields)


class _Builder:
    def __init__(
        self, report: Report, languages: Sequence[LanguageSpan], outline: Outline, passages: Sequence[Passage]
    ) -> None:
        self.report, self.languages, self.outline, self.passages = report, languages, outline, passages
        self.page_starts = [page.start for page in report.pages]
        self.language_starts = [span.start for span in languages]
        self.seen: Counter[str] = Counter()

    def record(
        self, about: found.About, findings: found.Findings, unread: Sequence[LanguageSpan], made_by: MadeBy
    ) -> Record:
        ids = instrument_ids((i.key, i.name, i.year) for i in findings.register.instruments)
        articles = [
            self.fact(Article, item, instrument=ids[item.instrument] if item.instrument else None)
            for item in findings.articles
        ]
        facts: list[FactBase] = [
            *articles,
            *(
                self.fact(
                    Penalty,
                    item,
                    sanctions=[asdict(sanction) for sanction in item.sanctions],
                    articles=[articles[i].id for i in item.articles],
                )
                for item in findings.penalties
            ),
            *(self.fact(Date, item) for item in findings.dates),
            *(self.fact(Figure, item) for item in findings.figures),
            *(self.indicator(item) for item in findings.indicators),
            *(self.fact(TreatyAction, item, treaty=ids[item.treaty]) for item in findings.treaty_actions),
            *(self.recommendation(item) for item in findings.recommendations),
        ]
        facts.sort(key=lambda f: (f.evidence.start, f.evidence.end, f.kind, f.id))
        return Record(
            schema_version=SCHEMA_VERSION,
            source=_like(Source, self.report.source),
            **asdict(about),
            languages=tuple(_like(Passaged, span) for span in self.languages),
            sections=tuple(_like(Section, section) for section in self.outline.sections),
            paragraphs=tuple(_like(Paragraph, paragraph) for paragraph in self.outline.paragraphs),
            instruments=tuple(_like(Instrument, i, id=ids[i.key]) for i in findings.register.instruments),
            facts=cast("tuple[Fact, ...]", tuple(facts)),
            unread=tuple(_like(Passaged, span) for span in unread),
            made_by=made_by,
        )

    def fact(self, model: type[F], item: Found, **changed: Any) -> F:
        """The record's form of a finding: its own fields, `changed` ones replaced, its evidence and id."""
        name, own = _kind_of(model)
        fields: dict[str, Any] = {field: getattr(item, field) for field in own if field not in changed} | changed
        passage, at = self.passages[item.at.passage], item.at
        if not 0 <= at.start < at.end <= len(passage.text):
            raise RecordError(f"{self.report.source.name}: {name} by {item.rule} outside of its passage: {at}")
        start, end = passage.offsets[at.start], passage.offsets[at.end - 1] + 1
        evidence = self.evidence(start, end, passage.block.section, passage.block.paragraph)
        return self.model(model, name, item.rule, evidence, fields)

    def indicator(self, item: found.Indicator) -> Indicator:
        quote = self.report.text[item.start : item.end]
        fields = {"code": item.code, "title": item.title, "status": item.status, "text": " ".join(quote.split())}
        section = next((s.id for s in self.outline.sections if s.number == item.code), None)
        evidence = self.evidence(item.start, item.end, section, None)
        return self.model(Indicator, "indicator", item.rule, evidence, fields)

    def recommendation(self, item: found.Recommendation) -> Recommendation:
        fields = {"paragraph": item.paragraph, "by": item.by, "to": item.to, "text": item.text}
        block = self.passages[item.passage].block
        evidence = self.evidence(item.start, item.end, block.section, block.paragraph)
        return self.model(Recommendation, "recommendation", item.rule, evidence, fields)

    def model(self, model: type[F], kind: str, rule: str, evidence: Evidence, fields: Mapping[str, Any]) -> F:
        at = max(bisect_right(self.language_starts, evidence.start) - 1, 0)
        identity = self.identity(kind, evidence.quote, fields)
        language = self.languages[at].language
        return model(id=identity, kind=kind, language=language, evidence=evidence, found_by=rule, **fields)

    def evidence(self, start: int, end: int, section: str | None, paragraph: str | None) -> Evidence:
        page = self.page_of(start)
        return Evidence(
            quote=self.report.text[start:end],
            start=start,
            end=end,
            page=page,
            boxes=tuple(line_boxes(self.report.boxes, self.report.text, start, end, self.page_of)),
            section=section,
            paragraph=paragraph,
            confidence=self.report.confidence.get(page) if page is not None else None,
        )

    def identity(self, kind: str, quote: str, fields: Mapping[str, Any]) -> str:
        """From the fact's own words and values and its place among equals: repagination does not change it."""
        content = json.dumps([kind, "".join(quote.split()), fields], sort_keys=True, ensure_ascii=False)
        digest = hashlib.blake2b(content.encode(), digest_size=10).digest()
        stem = f"{kind}-{base64.b32encode(digest).decode().lower()}"
        self.seen[stem] += 1
        return stem if self.seen[stem] == 1 else f"{stem}-{self.seen[stem]}"

    def page_of(self, offset: int) -> int | None:
        if not self.page_starts:
            return None
        return self.report.pages[max(bisect_right(self.page_starts, offset) - 1, 0)].number


def instrument_ids(entries: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    """key → readable id (`penal-code-2017`); equal slugs get a running number."""
    seen: Counter[str] = Counter()
    ids = {}
    for key, name, year in entries:
        slug = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split()[:9]) or "instrument"
        if year and not slug.endswith(year):
            slug += f"-{year.replace('/', '-')}"
        seen[slug] += 1
        ids[key] = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
    return ids


def line_boxes(boxes: Boxes | None, text: str, start: int, end: int, page_of: Callable[[int], int | None]) -> list[Box]:
    """One box for each line of text[start:end], rounded to a hundredth of a point."""
    if boxes is None:
        return []
    lines: list[Box] = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        inside = [i for i in range(at, at + len(line)) if not isnan(boxes.x0[i])]
        at += len(line)
        if inside:
            lines.append(
                (
                    page_of(inside[0]) or 1,
                    round(min(boxes.x0[i] for i in inside), 2),
                    round(min(boxes.top[i] for i in inside), 2),
                    round(max(boxes.x1[i] for i in inside), 2),
                    round(max(boxes.bottom[i] for i in inside), 2),
                )
            )
    return lines
