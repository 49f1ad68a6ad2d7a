"""Tables of treaties: a row names the treaty, the heads of the columns the acts, the cells their dates."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...model import ActionKind, Outline, Passage
from .masks import Masked
from .prose import DATES, Told
from .words import Words, act_of

MARK = re.compile(r"\(?\b([ads])\b\)?$")
MARKED = re.compile(r"\(\s?a\s?\)")
MARKS: dict[str, ActionKind] = {"a": "acceded", "d": "succeeded", "s": "succeeded"}
"""As the United Nations mark them: "Ratification, accession (a), succession (d)"."""


class Tables:
    """Gathers the cells of a report's tables and reads them row by row."""

    def __init__(self, outline: Outline, country: str | None) -> None:
        self.outline, self.country = outline, country
        self.cells: dict[int, dict[int, tuple[Passage, Masked, Words]]] = defaultdict(dict)

    def add(self, passage: Passage, masked: Masked, words: Words) -> None:
        table, cell = passage.block.table, passage.block.cell
        if table is not None and cell is not None:
            self.cells[table][cell] = (passage, masked, words)

    def read(self) -> Iterator[tuple[Passage, Told]]:
        if self.country is None:
            return
        for index, cells in sorted(self.cells.items()):
            places = self.outline.tables[index].cells
            heads = self.heads(index)
            rows: dict[int, list[int]] = defaultdict(list)
            for cell in cells:
                rows[places[cell].row].append(cell)
            for row, inside in sorted(rows.items()):
                if row > 0 and heads:
                    yield from self.row(index, sorted(inside), heads)

    def heads(self, table: int) -> dict[int, tuple[tuple[ActionKind, ...], bool]]:
        """Of each column whose head names acts, these, and whether marks tell accessions from ratifications."""
        found = {}
        places = self.outline.tables[table].cells
        for cell, (_, masked, words) in sorted(self.cells[table].items()):
            if places[cell].row == 0 or places[cell].header:
                acts = tuple(dict.fromkeys(act_of(m, words) for m in _acts(masked.text, words)))
                if acts and not masked.treaties:
                    found[places[cell].column] = (acts, MARKED.search(masked.text) is not None)
        return found

    def row(
        self, table: int, cells: Sequence[int], heads: dict[int, tuple[tuple[ActionKind, ...], bool]]
    ) -> Iterator[tuple[Passage, Told]]:
        """The acts of one row: dates under the heads, or words of the cells themselves."""
        places = self.outline.tables[table].cells
        named = next((self.cells[table][cell][1].treaties for cell in cells if self.cells[table][cell][1].treaties), ())
        if len(named) != 1:
            return
        for cell in cells:
            passage, masked, words = self.cells[table][cell]
            column = places[cell].column
            if column not in heads or masked.treaties or words.said["doubt"].search(masked.text.lower()):
                continue
            for action, edtf in _told(masked, words, *heads[column]):
                told = Told(0, len(passage.text), named[0], self.country or "", action, "table", edtf)
                yield passage, told


def _acts(text: str, words: Words) -> list[re.Match[str]]:
    found = [*words.did.finditer(text), *words.noun.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _told(
    masked: Masked, words: Words, acts: tuple[ActionKind, ...], marked: bool
) -> Iterator[tuple[ActionKind, str | None]]:
    """What a cell tells: "Ratified on 5 May 2001", "5 May 2001 (a)", or a date under the head of one act."""
    dates = [(m.start(), m.end(), masked.dates.get(m.start())) for m in DATES.finditer(masked.text)]
    own = _acts(masked.text, words)
    if own:
        for act, following in zip(own, [*(m.start() for m in own[1:]), len(masked.text)], strict=True):
            day = next((edtf for start, _, edtf in dates if act.end() <= start < following), None)
            yield act_of(act, words), day
    elif len(dates) == 1:
        mark = MARK.search(masked.text[dates[0][1] :].strip())
        if marked and "ratified" in acts:
            yield MARKS[mark[1]] if mark else "ratified", dates[0][2]
        elif len(acts) == 1:
            yield acts[0], dates[0][2]
