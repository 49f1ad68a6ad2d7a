"""Penalties in tables: a row names the offence in its first cell and the article in another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...model import Article, Outline, Passage, Penalty


def in_rows(
    found: Sequence[Penalty],
    passages: Sequence[Passage],
    outline: Outline,
    articles: Mapping[int, Mapping[int, Article]],
) -> tuple[Penalty, ...]:
    """Penalties of table cells with the articles of their row and the row's head as offence, where they have none."""
    by_index = {passage.index: passage for passage in passages}
    if not any(by_index[penalty.at.passage].block.cell is not None for penalty in found):
        return tuple(found)
    rows: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    for passage in passages:
        if (row := _row(passage, outline)) is not None:
            rows[row].append(passage)
    return tuple(
        penalty
        if (row := _row(by_index[penalty.at.passage], outline)) is None
        else _of_row(penalty, rows[row], articles)
        for penalty in found
    )


def _row(passage: Passage, outline: Outline) -> tuple[int, int] | None:
    block = passage.block
    if block.table is None or block.cell is None:
        return None
    return block.table, outline.tables[block.table].cells[block.cell].row


def _of_row(penalty: Penalty, row: Sequence[Passage], articles: Mapping[int, Mapping[int, Article]]) -> Penalty:
    cited = tuple(index for passage in row for index in sorted(articles.get(passage.index, ())))
    head = next((p for p in row if p.index != penalty.at.passage and any(c.islower() for c in p.text)), None)
    own_words = head.text if head and not articles.get(head.index) else None
    return replace(penalty, articles=penalty.articles or cited, offence=penalty.offence or own_words)
