"""Tables of text files: between tabs, in columns of spaces, one cell a line; and what looks like one."""

import pytest

from .build import outline, read

BODY = "The Government told the mission about its plans and about the money for them."


def cells(text: str) -> list[list[tuple[int, str]]]:
    """(column, words) of the cells of the only table, by rows; heads in capitals."""
    report = read(text)
    tables = outline(report).tables
    if not tables:
        return []
    assert len(tables) == 1
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in tables[0].cells:
        said = report.text[cell.start : cell.end]
        rows.setdefault(cell.row, []).append((cell.column, said.upper() if cell.header else said.lower()))
    return [rows[row] for row in sorted(rows)]


WANTED = [
    [(0, "CAUSE"), (1, "BOYS"), (2, "GIRLS")],
    [(0, "FEVER"), (1, "31"), (2, "1,204")],
    [(0, "ROAD"), (1, "–"), (2, "7")],
]


@pytest.mark.parametrize(
    "table",
    [
        "Cause\tBoys\tGirls\nFever\t31\t1,204\nRoad\t–\t7\n",
        "Cause        Boys      Girls\n\nFever          31      1,204\nRoad            –          7\n",
        "Cause\nBoys\nGirls\n\nFever\n31\n1,204\n\nRoad\n–\n7\n",
    ],
)
def test_three_ways_to_set_a_table(table: str) -> None:
    assert cells(f"1. {BODY}\n\n{table}\n2. {BODY}\n") == WANTED


def test_rows_under_heads_that_span_and_years_that_head_rows() -> None:
    table = "            Deaths\n          Men     Women\n2010        4         5\n2011       12         6\n"
    assert cells(f"1. {BODY}\n\n{table}") == [
        [(1, "DEATHS")],
        [(1, "MEN"), (2, "WOMEN")],
        [(0, "2010"), (1, "4"), (2, "5")],
        [(0, "2011"), (1, "12"), (2, "6")],
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Contents\n\nParagraphs\tPage\nIntroduction\t1\t3\nPrisons\t7\t4\n\n1. {BODY}\n",
        f"1. {BODY}\n\nFever      31      12\nRoad        4       7\n\n2. {BODY}\n",
        "Signed:        4 May\nSealed:        5 May\n",
        f"One\nTwo\nThree\n\nFour\nFive\nSix\n\n1. {BODY}\n",
    ],
)
def test_no_table(text: str) -> None:
    assert not cells(text)
