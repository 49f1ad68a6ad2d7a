"""Blocks of a format with markup (Word, HTML): what its reader finds, before it is written out as text."""

import re
from dataclasses import dataclass, replace

from ..model import MarkupKind


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look; `mark` is a reference to a note, or the note's own mark at a paragraph's start."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its kind if declared, the level of a heading or item, a note's number, its indent in points."""

    runs: tuple[Run, ...]
    kind: MarkupKind | None = None
    level: int | None = None
    number: str | None = None
    indent: float = 0.0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class GridCell:
    row: int
    column: int
    blocks: tuple["Block", ...]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on its grid of columns, their widths in any unit (none: all alike), and the caption declared."""

    cells: tuple[GridCell, ...]
    widths: tuple[float, ...] = ()
    caption: tuple[Para, ...] = ()


Block = Para | Grid


TYPED_MARK = re.compile(r"(\*{1,4}|[†‡§])[\t\u00a0 ]+(?=\S)")


def trimmed(para: Para) -> Para:
    """Without space at both ends, neighbouring runs of one look joined."""
    runs: list[Run] = []
    for run in para.runs:
        if not runs:
            run = replace(run, text=run.text.lstrip())
        if not run.text:
            continue
        if runs and (runs[-1].bold, runs[-1].italic, runs[-1].mark) == (run.bold, run.italic, run.mark):
            runs[-1] = replace(runs[-1], text=runs[-1].text + run.text)
        else:
            runs.append(run)
    while runs:
        text = runs[-1].text.rstrip()
        if text:
            runs[-1] = replace(runs[-1], text=text)
            break
        runs.pop()
    return replace(para, runs=tuple(runs))


def noted(para: Para) -> Para:
    """A paragraph that opens with a note's mark is that note."""
    if not para.runs or para.kind not in (None, "note"):
        return para
    first, *others = para.runs
    if first.mark and others:
        return replace(para, kind="note", number=para.number or first.text.strip(" []()\t\n\u00a0"))
    match = TYPED_MARK.match(first.text)
    if match:
        mark, words = first.text[: match.end(1)], first.text[match.end(1) :]
        runs = (replace(first, text=mark, mark=True), replace(first, text=words), *others)
        return replace(para, runs=runs, kind="note", number=mark)
    return para


def filled(block: Block) -> bool:
    if isinstance(block, Para):
        return bool(block.text.strip())
    return any(filled(inner) for cell in block.cells for inner in cell.blocks)


def cell_text(cell: GridCell) -> str:
    return "\n".join(block.text.strip() for block in cell.blocks if isinstance(block, Para)).strip()
