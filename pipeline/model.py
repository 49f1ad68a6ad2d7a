"""What flows between the stages: closed, frozen types without behaviour.

    bytes ──ingest──▶ Report ──language──▶ LanguageSpans ──sections──▶ Outline
          ──passages──▶ Passages ──extract──▶ Findings ──records──▶ Record (`pipeline.records`)

All positions named `start` and `end` count characters of `Report.text`, end exclusive,
except those of findings, which count characters of their passage.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Language = Literal["en", "fr", "es", "ru", "ar", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ReadBy = Literal["text layer", "ocr"]

# ── ingest ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a report was read from; `pages` is None where the format has none."""

    name: str
    sha256: str
    media_type: str
    bytes: int
    pages: int | None
    encoding: str | None = None
    repaired: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its characters, its size in PDF points, and how it was read."""

    number: int
    start: int
    end: int
    width: float | None = None
    height: float | None = None
    read_by: ReadBy = "text layer"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without its line end; geometry in PDF points from the page's top left."""

    start: int
    end: int
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """A box for each character of the text, in PDF points; NaN where a character has none (line ends)."""

    x0: "array[float]"
    top: "array[float]"
    x1: "array[float]"
    bottom: "array[float]"


MarkupKind = Literal["heading", "paragraph", "item", "note", "caption", "furniture"]


@dataclass(frozen=True, slots=True)
class Markup:
    """A block that the format itself declares (Word styles, HTML tags, a page's running head).

    `number` is the block's own number where the format keeps it apart from the text.
    `level` of a heading or of a list item counts from 1.
    """

    kind: MarkupKind
    start: int
    end: int
    level: int | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, rows and columns from 0; `header` marks column heads and row heads.

    `indent`, in points, is that of its first line where the format declares one and has no boxes: it tells
    a row's head from the heads of the rows under it.
    """

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read cell by cell. `caption` holds title, and units as "in thousands of …"."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: tuple[Span, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report as a reader gives it: its text and all that the format tells about the text.

    `note_marks` are the references to footnotes in running text (superscripts, `[[fn:4]]`),
    `furniture` the running heads, page numbers and job numbers at the page edge.
    `confidence` is that of the OCR engine, 0 to 1, for each page that was read by OCR.
    """

    source: Source
    text: str
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    boxes: Boxes | None = None
    furniture: tuple[Span, ...] = ()
    note_marks: tuple[Span, ...] = ()
    markup: tuple[Markup, ...] = ()
    tables: tuple[Table, ...] = ()
    confidence: Mapping[int, float] = field(default_factory=dict)


# ── language ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    language: Language
    start: int
    end: int


# ── sections ─────────────────────────────────────────────────────────────────────────────

BlockKind = Literal["heading", "paragraph", "item", "note", "caption", "table", "cell", "furniture", "other"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it, up to the next heading of its level or above."""

    id: str
    parent: str | None
    number: str | None
    title: str
    level: int
    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph: `27`, `2.1`; its lettered items belong to it."""

    number: str
    section: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of reading. A block that a page end, a note or a table cuts has several `pieces`.

    `pieces` leave out the block's own number (`27.`, `(a)`, `II.`, a note's mark), which is `number`.
    `table` and `cell` are indexes into Outline.tables and that table's cells.
    """

    kind: BlockKind
    pieces: tuple[Span, ...]
    language: Language
    number: str | None = None
    level: int | None = None
    section: str | None = None
    paragraph: str | None = None
    table: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the report says of itself."""

    symbol: str | None = None
    title: str | None = None
    body: str | None = None
    country: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a report; `blocks` are in reading order and do not overlap."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    note_marks: tuple[Span, ...] = ()


# ── passages ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one block as a reader reads them, in one language.

    `text` has single spaces for line ends, words rejoined over line ends, no note marks and no
    page furniture; `offsets[i]` is the place in `Report.text` of character `i` of `text`.
    `sentences` are pairs (start, end) in `text`, without surrounding space.
    """

    index: int
    block: Block
    language: Language
    text: str
    offsets: "array[int]"
    sentences: tuple[tuple[int, int], ...]


# ── extract ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: characters of the passage with that index."""

    passage: int
    start: int
    end: int


InstrumentKind = Literal["law", "code", "decree", "constitution", "regulation", "treaty", "bill", "policy"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An entry of the register of instruments; `key` is unique within a report."""

    key: str
    name: str
    kind: InstrumentKind
    year: str | None = None
    number: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names an instrument; `anaphoric` where only context says which ("the Law")."""

    at: Place
    instrument: str
    anaphoric: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """All instruments of a report and every place that names one, in reading order.

    `subject` is the key of the treaty under which the report is made, where it is made under one.
    """

    instruments: tuple[Instrument, ...] = ()
    mentions: tuple[Mention, ...] = ()
    subject: str | None = None


Unit = Literal["article", "section", "paragraph", "rule", "chapter", "regulation", "schedule", "part"]


@dataclass(frozen=True, slots=True)
class Article:
    at: Place
    rule: str
    unit: Unit
    number: str
    number_to: str | None = None
    subdivision: str | None = None
    instrument: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    at: Place
    rule: str
    edtf: str


SanctionKind = Literal[
    "imprisonment",
    "fine",
    "death",
    "confiscation",
    "re-education",
    "warning",
    "closure",
    "licence",
    "corporal",
    "disciplinary",
    "community-service",
    "deportation",
    "disqualification",
    "other",
]


@dataclass(frozen=True, slots=True)
class Sanction:
    """`min` and `max` are ISO 8601 durations (or "life") for terms, numbers for fines."""

    sanction: SanctionKind
    min: str | int | float | None = None
    max: str | int | float | None = None
    unit: str | None = None


Joined = Literal["and", "or", "and/or"]


@dataclass(frozen=True, slots=True)
class Penalty:
    """`articles` are indexes into the article findings."""

    at: Place
    rule: str
    sanctions: tuple[Sanction, ...]
    offence: str | None = None
    articles: tuple[int, ...] = ()
    joined: Joined | None = None
    imposed: bool = False
    place: str | None = None
    actor: str | None = None


Comparator = Literal[">", ">=", "<", "<=", "~"]


@dataclass(frozen=True, slots=True)
class Figure:
    at: Place
    rule: str
    value: int | float
    unit: str
    value_to: int | float | None = None
    per: int | None = None
    measure: str | None = None
    comparator: Comparator | None = None
    period: str | None = None
    place: str | None = None
    actor: str | None = None
    table: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One numbered item of an ITU profile; its pieces may stand in several blocks, so it keeps text offsets."""

    start: int
    end: int
    rule: str
    code: str
    title: str
    status: Literal["present", "absent"]


ActionKind = Literal["signed", "ratified", "acceded", "adopted", "succeeded", "withdrew", "reserved"]


@dataclass(frozen=True, slots=True)
class TreatyAction:
    """What a State did about a treaty; `treaty` is the key of an instrument, `party` ISO 3166-1 alpha-3."""

    at: Place
    rule: str
    party: str
    treaty: str
    action: ActionKind
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a body asks of a State; an item may stand in several blocks, so it keeps text offsets.

    `passage` is its first one, `paragraph` has the letter of the item (`66(a)`), `to` is ISO 3166-1 alpha-3.
    """

    start: int
    end: int
    passage: int
    rule: str
    paragraph: str | None
    by: str | None
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the extractors found in a report, each kind in reading order."""

    register: Register = Register()
    articles: tuple[Article, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    dates: tuple[Date, ...] = ()
    figures: tuple[Figure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    treaty_actions: tuple[TreatyAction, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
