"""Tables that a text file flattens, one cell a line."""

from pipeline.ingest import html
from pipeline.model import Report
from pipeline.sections import tables

from .build import outline, read


def flat(*rows: list[str]) -> str:
    body = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    return (
        f"1. The shelters took in many children.\n\nChildren in the shelters, 2015-2017\n\n{body}\n\n2. That is all.\n"
    )


def grid(report: Report) -> list[tuple[int, int, int, bool, str]]:
    return [
        (c.row, c.column, c.column_span, c.header, report.text[c.start : c.end])
        for c in tables.flattened(report)[0].cells
    ]


def test_heads_that_span() -> None:
    report = read(
        flat(
            ["Year", "All", "Girls", "Boys"],
            ["", "", "under 12", "over 12", "under 12", "over 12"],
            ["2016", "20", "5", "6", "4", "5"],
            ["2017", "9", "2", "2", "3", "2"],
        )
    )
    found = grid(report)
    assert (0, 2, 2, True, "Girls") in found and (0, 4, 2, True, "Boys") in found
    assert (1, 3, 1, True, "over 12") in found
    assert (2, 0, 1, True, "2016") in found and (2, 5, 1, False, "5") in found


def test_a_total_spans_what_numbers_its_rows() -> None:
    report = read(
        flat(["No", "Group", "All", "Girls"], ["1", "Farms", "8", "3"], ["2", "Towns", "7", "-"], ["Total", "15", "3"])
    )
    found = grid(report)
    assert (3, 0, 2, True, "Total") in found and (3, 2, 1, False, "15") in found
    assert (1, 1, 1, True, "Farms") in found


def test_a_head_that_a_blank_line_cuts() -> None:
    report = read(flat(["Home", "Street"], ["All", "Girls"], ["All", "Girls"], ["9", "4", "7", "2"]))
    assert (1, 2, 1, True, "All") in grid(report)
    assert (0, 2, 2, True, "Street") in grid(report)


def test_cells_are_blocks_and_the_line_above_is_the_caption() -> None:
    found = outline(read(flat(["Year", "All", "Girls"], ["2016", "20", "5"], ["2017", "9", "2"])))
    assert [b.kind for b in found.blocks] == ["paragraph", "caption", *["cell"] * 9, "paragraph"]
    assert [p.number for p in found.paragraphs] == ["1", "2"]
    assert all(
        found.tables[b.table].cells[b.cell].start == b.pieces[0].start
        for b in found.blocks
        if b.table is not None and b.cell is not None
    )


def test_indented_text_is_no_table() -> None:
    assert tables.flattened(read("1. It asks the State:\n\n\ta. To close the camps;\n\n\tb. To open schools.\n")) == ()


def test_a_table_of_contents_is_no_table() -> None:
    page = (
        "<p>Contents</p><p>Paragraphs Page</p><table><tr><td>Courts</td><td>1 - 9</td><td>5</td></tr>"
        "<tr><td>Prisons</td><td>10 - 19</td><td>7</td></tr></table><h2>Courts</h2><p>1. There are many courts.</p>"
    )
    report = html.read(f"<html><body>{page}</body></html>".encode(), "report.html", "0" * 64)
    assert not [block for block in outline(report).blocks if block.kind == "cell"]
