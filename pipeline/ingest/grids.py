"""What the cells of a table are: heads of columns and rows, numbers of columns, notes, mere layout."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .blocks import Block, Grid, GridCell, Para, Run, cell_text, filled, noted, trimmed

DIGITS = re.compile(r"[(\[]?[-−–+]?\s*[$€£¥]?\s*\d[\d\s.,'’]*\s*%?[)\]]?[a-z*]{0,2}")
YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?")
NUMERIC = re.compile(rf"{DIGITS.pattern}|[-–—…]|\.{{2,3}}")
ROW_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?(?=\s+[^\W\d_])|\d{1,3}[.)](?=\s)|[-–•]\s*\d{1,3}\s*[-–](?=\s)")
HAS_DIGIT = re.compile(r"\d")
COLUMN_NUMBER = re.compile(r"\([\da-z]{1,2}\)[\s\d()=+÷/×*–a-z-]{0,30}")
LONGEST_HEAD = 400


def flat(blocks: Iterable[Block]) -> Iterable[Block]:
    """Blocks in order, tables that only lay out the page (one column, tables inside, prose, contents) taken apart."""
    for block in blocks:
        if isinstance(block, Para):
            yield block
            continue
        cells = [cell for cell in block.cells if any(map(filled, cell.blocks))]
        nested = any(isinstance(inner, Grid) for cell in cells for inner in cell.blocks)
        several = len({cell.column for cell in cells}) > 1
        if nested or not several or _is_prose(cells):
            yield from block.caption
            for cell in cells:
                yield from flat([_labelled(inner) for inner in cell.blocks] if several else cell.blocks)
        elif _is_contents(cells):
            yield from _contents(cells)
        else:
            yield block


def _labelled(block: Block) -> Block:
    """A paragraph of a cell: it is an item of its row, and a number that opens it is its own ("140.7", "- 10 -")."""
    if not isinstance(block, Para) or block.kind:
        return block
    label = ROW_LABEL.match(block.text.lstrip())
    number = label.group() if label else None
    return replace(block, kind="item", level=1, number=number)


def _is_prose(cells: Sequence[GridCell]) -> bool:
    """A table that sets prose side by side: cells of several paragraphs, no number alone in a cell or in a head."""
    texts = [cell_text(cell) for cell in cells]
    several = any(sum(map(filled, cell.blocks)) > 1 for cell in cells if not cell.header)
    heads = [text for cell, text in zip(cells, texts, strict=True) if cell.header or cell.row == cells[0].row]
    return several and not any(map(DIGITS.fullmatch, texts)) and not any(map(HAS_DIGIT.search, heads))


def by_row(cells: Iterable[GridCell]) -> dict[int, list[GridCell]]:
    """The cells of each row, rows and cells in order."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _is_contents(cells: Sequence[GridCell]) -> bool:
    """A table of contents: titles that end in a tab (its dots), and page numbers that never fall in the last column."""
    last = max(cell.column for cell in cells)
    numbers = [int(text) for cell in cells if cell.column == last and (text := cell_text(cell)).isdecimal()]
    titles = [cell for cell in cells if cell.column < last]
    dotted = sum(1 for cell in titles if cell.blocks and _raw(cell).rstrip(" ").endswith(("\t", "....")))
    return len(numbers) >= 3 and numbers == sorted(numbers) and dotted >= 0.6 * len(numbers)


def _raw(cell: GridCell) -> str:
    return next((block.text for block in reversed(cell.blocks) if isinstance(block, Para)), "")


def _contents(cells: Sequence[GridCell]) -> Iterable[Para]:
    for inside in by_row(cells).values():
        yield Para((Run("\t".join(" ".join(cell_text(cell).split()) for cell in inside)),))


def split_notes(cells: Sequence[GridCell]) -> tuple[list[GridCell], list[Para]]:
    """Cells, and the notes that stand in the last rows, each row a single cell that opens with a mark."""
    rows = by_row(cells)
    notes: list[Para] = []
    for row in sorted(rows)[:0:-1]:
        paras = [noted(trimmed(block)) for cell in rows[row] for block in cell.blocks if isinstance(block, Para)]
        paras = [para for para in paras if para.runs]
        if len(rows[row]) != 1 or not paras or paras[0].kind != "note":
            break
        notes = paras + notes
        del rows[row]
    return [cell for inside in rows.values() for cell in inside], notes


def columns(grid: Grid) -> list[GridCell]:
    """Cells on the columns that the body really has: Word's grid also has the edges of spacers and of merged heads."""
    cells = grid.cells
    rows = {cell.row for cell in cells}
    edges: dict[int, int] = {}
    for cell in cells:
        edges[cell.column] = edges.get(cell.column, 0) + cell.row_span
    starts = [0, *(edge for edge in sorted(edges) if edge and edges[edge] >= 0.4 * len(rows))]
    end = max(cell.column + cell.column_span for cell in cells)
    bounds = [_width(grid, start) for start in [*starts, end]]
    moved = []
    for cell in cells:
        left, right = _width(grid, cell.column), _width(grid, cell.column + cell.column_span)
        inside = [
            at
            for at in range(len(starts))
            if min(right, bounds[at + 1]) - max(left, bounds[at])
            >= 0.45 * min(right - left, bounds[at + 1] - bounds[at])
        ] or [max(at for at in range(len(starts)) if bounds[at] <= left)]
        moved.append(replace(cell, column=inside[0], column_span=inside[-1] - inside[0] + 1))
    return sorted(moved, key=lambda cell: (cell.row, cell.column))


def _width(grid: Grid, column: int) -> float:
    return sum(grid.widths[:column]) if len(grid.widths) >= column and grid.widths else float(column)


def head_rows(cells: Sequence[GridCell]) -> set[int]:
    """Rows of column heads: those declared; else the first rows that are set apart by type, or free of numbers."""
    rows = by_row(cells)
    declared = {cell.row + extra for cell in cells if cell.header for extra in range(cell.row_span)}
    full = {row for row in declared if all(cell.header for cell in rows.get(row, ()))}
    if full:
        return full
    heads: list[int] = []
    for row, inside in rows.items():
        if (len(inside) < 2 and not heads) or not all(map(_set_apart, inside)):
            break
        heads.append(row)
    if heads and len(heads) < len(rows):
        return set(heads)
    top, *below = rows.values()
    numbers = any(NUMERIC.fullmatch(cell_text(cell)) for inside in below for cell in inside)
    said = [cell_text(cell).strip() for cell in top]
    years = [text for text in said if YEAR.fullmatch(text)]
    if len(years) > 1 and years in (sorted(years), sorted(years, reverse=True)):
        said = [text for text in said if text not in years]
    if len(top) > 1 and numbers and not any(map(NUMERIC.fullmatch, said)):
        return {top[0].row}
    return set()


def numbering_rows(cells: Sequence[GridCell], heads: set[int]) -> set[int]:
    """Rows of heads that number the columns, "(1)", "(6)=(5)-(3)": no words, so they are left out of the cells."""
    rows = {row: inside for row, inside in by_row(cells).items() if row in heads}
    return {row for row, inside in rows.items() if all(COLUMN_NUMBER.fullmatch(cell_text(cell)) for cell in inside)}


def indent(cell: GridCell) -> float:
    """Of the first line, in points; a space counts as a quarter of type of 12 points."""
    first = next((block for block in cell.blocks if isinstance(block, Para) and block.text.strip()), Para(()))
    spaces = len(first.text.lstrip("\t\n")) - len(first.text.lstrip())
    return first.indent + 3.0 * spaces


def _set_apart(cell: GridCell) -> bool:
    """All words of the cell are bold, or all are in italics."""
    runs = [
        run
        for block in cell.blocks
        if isinstance(block, Para)
        for run in block.runs
        if run.text.strip() and not run.mark
    ]
    return bool(runs) and (all(run.bold for run in runs) or all(run.italic for run in runs))


def row_heads(cells: Sequence[GridCell], heads: set[int]) -> set[tuple[int, int]]:
    """Words left of the first column of numbers are row heads, in tables that have numbers."""
    body = [cell for cell in cells if cell.row not in heads]
    numeric = [cell for cell in body if DIGITS.fullmatch(cell_text(cell))]
    if not numeric:
        return set()
    counts: dict[int, int] = {}
    for cell in numeric:
        counts[cell.column] = counts.get(cell.column, 0) + 1
    rows = len({cell.row for cell in body})
    first = min((column for column, count in counts.items() if column and count >= 0.25 * rows), default=1)
    return {
        (cell.row, cell.column)
        for cell in body
        if cell.column < first and not NUMERIC.fullmatch(text := cell_text(cell)) and len(text) <= LONGEST_HEAD
    }
