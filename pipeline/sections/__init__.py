"""The structure of a report: headings, numbered paragraphs, notes, tables, and what the report says of itself."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import Cell, LanguageSpan, Markup, Outline, Report, Span, Table
from ..rules import Rules
from . import columns, continued, drafts, labels, notes, oneline, rows, sequence, settle, tables, tree
from .about import about
from .countries import countries
from .drafts import Draft
from .rows import Row
from .words import Words, words

__all__ = ["about", "countries", "outline"]


def outline(report: Report, languages: Sequence[LanguageSpan], rules: Rules) -> Outline:
    """Blocks in reading order, sections, numbered paragraphs, tables and note marks of a report.

    What the format declares (markup, tables, furniture, note marks) is taken as it is; the rest is inferred
    from the lines: their numbers, spacing, type and wording.
    """
    said = words(rules)
    known = _tables(report, said)
    markup = [mark for mark in report.markup if mark.kind != "heading" or mark.level or report.boxes is None]
    declared = [_declared(report, mark, said) for mark in markup if mark.kind != "furniture"]
    furniture = [*report.furniture, *(Span(m.start, m.end) for m in markup if m.kind == "furniture")]
    taken = [*furniture, *(Span(t.start, t.end) for t in known), *(Span(m.start, m.end) for m in markup)]
    lines, edges = rows.edges(oneline.cut(rows.rows(report, taken, said), said))
    how = rows.layout(lines)
    body, footnotes, marks = notes.split(report, lines, how)
    found = sorted([*drafts.group(body, how), *declared], key=lambda draft: draft.start)
    chain = sequence.paragraphs(found, _restarts(found, said))
    _cut_out(declared, taken)
    settled = settle.kinds(found, chain, known, how, said)
    whole, repeated = continued.joined(report, known, said)
    cells = [_cell(report, i, j, cell) for i, table in enumerate(whole) for j, cell in enumerate(table.cells)]
    furniture = [*furniture, *edges, *repeated]
    ordered = sorted([*settled, *footnotes, *cells, *_furniture(furniture)], key=lambda draft: draft.start)
    settle.contents_tables(ordered, said)
    return tree.outline(report, languages, ordered, whole, marks, said)


def _tables(report: Report, said: Words) -> tuple[Table, ...]:
    """The reader's tables and those that text files set with tabs, spaces or lines, in order."""
    tabbed = tables.flattened(report)
    set_in = [
        table
        for table in columns.found(report, said)
        if not any(other.start < table.end and table.start < other.end for other in tabbed)
    ]
    return (*report.tables, *sorted([*tabbed, *set_in], key=lambda table: table.start))


def _restarts(found: Sequence[Draft], said: Words) -> frozenset[int]:
    return frozenset(
        i for i, draft in enumerate(found) if draft.size < 40 and said.annex.fullmatch(draft.first.text.strip(" *"))
    )


def _declared(report: Report, mark: Markup, said: Words) -> Draft:
    start, end, kind = mark.start, mark.end, mark.kind
    raw = report.text[start:end]
    start += len(raw) - len(raw.lstrip())
    row = Row(start, start + len(raw.strip()), raw.strip() or " ", blanks=1)
    rows.mark_end(row, said)
    number: str | None = mark.number
    label = labels.parse(row.text) if number is None and kind != "note" else None
    if number and row.text.startswith(number):
        length = len(number) + len(row.text[len(number) :]) - len(row.text[len(number) :].lstrip(" \t.):"))
        known = labels.parse(f"{number.rstrip('.')}. ")
        kept = known or labels.Label("bullet", number, number, (), length)
        label = replace(kept, text=row.text[:length], number=number, length=length)
    elif number and kind == "paragraph":
        kept_apart = labels.parse(f"{number.rstrip('.')}. ")
        label = replace(kept_apart, length=0) if kept_apart else None
    draft = Draft([row], label, None if kind == "paragraph" else kind, declared=kind != "paragraph")
    draft.level = mark.level
    if kind != "paragraph":
        draft.number = number or (label.number if label and label.kind != "bullet" else None)
    return draft


def _cut_out(declared: Sequence[Draft], taken: Sequence[Span]) -> None:
    """A declared block that holds another one, a note or a running head, is read without it."""
    held = sorted({(span.start, span.end) for span in taken})
    starts = [start for start, _ in held]
    for draft in declared:
        start, end = draft.first.start, draft.first.end
        at = start
        spans: list[Span] = []
        for begin, stop in held[bisect_left(starts, start) : bisect_left(starts, end)]:
            if (stop >= end and begin <= start) or begin < at:
                continue
            spans.append(Span(at, begin))
            at = min(stop, end)
        if spans:
            draft.spans = [span for span in (*spans, Span(at, end)) if span.end > span.start]


def _cell(report: Report, table: int, place: int, cell: Cell) -> Draft:
    row = Row(cell.start, cell.end, report.text[cell.start : cell.end])
    return Draft([row], None, "cell", declared=True, table=table, cell=place)


def _furniture(spans: Iterable[Span]) -> list[Draft]:
    found: list[Draft] = []
    at = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > max(at, span.start):
            start = max(at, span.start)
            found.append(Draft([Row(start, span.end, "-")], None, "furniture", declared=True))
            at = span.end
    return found
