"""A diff as lines for the terminal, readable without its colours."""

import textwrap
from collections.abc import Iterator
from itertools import groupby
from shutil import get_terminal_size

from click import style

from ..records import FactBase
from .model import Change, FolderDiff, RecordDiff, Series
from .render import (
    MODES,
    SIGNS,
    heading,
    name,
    one_line,
    percent,
    shortened,
    split_renumbered,
    summary,
    value_in,
    values,
    where,
)

NARROW, WIDE = 60, 120


def to_text(diff: RecordDiff | FolderDiff, width: int | None = None) -> str:
    """Lines coloured with ANSI codes (strip them with `click.unstyle`), as wide as the terminal, 60 to 120 columns."""
    columns = min(max(width or get_terminal_size((100, 24)).columns, NARROW), WIDE)
    if isinstance(diff, RecordDiff):
        return "\n".join(_record(diff, columns)) + "\n"
    parts = ["\n".join(_record(report, columns)) for report in diff.reports]
    lists = [f"only in the old folder: {file}" for file in diff.only_old]
    lists += [f"only in the new folder: {file}" for file in diff.only_new]
    lists += [
        f"{'not compared' if file.failed else 'no report'}: {file.side} {file.name}: {file.reason}"
        for file in diff.unread
    ]
    return "\n\n\n".join([*parts, *(["\n".join(lists)] if lists else [])]) + "\n"


def _record(diff: RecordDiff, width: int) -> Iterator[str]:
    yield from _wrapped(f"{name(diff.old)} → {name(diff.new)}", width, bold=True)
    yield style(MODES[diff.mode], dim=True)
    for note in diff.notes:
        yield from _wrapped(f"note: {note}", width, after="      ")
    shown, renumbered = split_renumbered(diff.changes)
    if diff.series:
        yield ""
        yield from _table(diff.series, width)
        in_table = {row.new for row in diff.series}
        shown = [
            c for c in shown if not (c.change == "changed" and isinstance(c.new, FactBase) and c.new.id in in_table)
        ]
    for section, changes in groupby(shown, key=heading):
        yield ""
        yield from _wrapped(section, width, bold=True)
        for change in changes:
            yield from _change(change, width)
    if renumbered:
        yield ""
        yield from _wrapped(f"paragraphs with another number: {', '.join(renumbered)}", width, after="  ")
    yield ""
    yield from summary(diff)


def _change(change: Change, width: int) -> Iterator[str]:
    sign, colour = SIGNS[change.change]
    said = shortened(values(change), 3 * width)
    label = shortened(change.label, 2 * width)
    # A value that is its own label is said once.
    line = (
        f"{change.kind} {label}: {said}"
        if label not in (change.before, change.after, said)
        else f"{change.kind} {said}"
    )
    yield from _wrapped(f"{sign} {line}", width, before="  ", after="      ", fg=colour)
    for word, item in (("old", change.old), ("new", change.new)):
        if isinstance(item, FactBase):
            quote = shortened(item.evidence.quote, 2 * width)
            yield from _wrapped(
                f"{word} {where(item)}: “{quote}”", width, before="      ", after="          ", dim=True
            )


def _wrapped(text: str, width: int, before: str = "", after: str = "  ", **how: object) -> Iterator[str]:
    lines = textwrap.wrap(one_line(text), width, initial_indent=before, subsequent_indent=after, break_on_hyphens=False)
    return (style(line, **how) for line in lines or [""])  # type: ignore[arg-type]


def _table(rows: tuple[Series, ...], width: int) -> Iterator[str]:
    """Measure, old value and period, new value and period, change in per cent."""
    cells = [
        (
            shortened(row.measure, 3 * width),
            f"{value_in(row.old_value, row.old_period)}",
            f"{value_in(row.new_value, row.new_period)}",
            row.unit,
            percent(row.change_percent),
        )
        for row in rows
    ]
    heads = ("measured", "old", "new", "unit", "change")
    sizes = [max(len(cell[i]) for cell in [heads, *cells]) for i in range(1, 5)]
    first = max(width - sum(sizes) - 2 * len(sizes), 20)
    for index, row in enumerate([heads, *cells]):
        wrapped = textwrap.wrap(row[0], first) or [""]
        numbers = "  ".join(
            cell.ljust(size) if i == 2 else cell.rjust(size)
            for i, (cell, size) in enumerate(zip(row[1:], sizes, strict=True))
        )
        yield style(f"{wrapped[0].ljust(first)}  {numbers}".rstrip(), bold=not index)
        yield from wrapped[1:]
