"""Tables of a PDF, cell by cell."""

from .pdf_build import Paper, grid, report, said

EDGES = [60.0, 220.0, 290.0, 360.0, 430.0, 500.0]
RIGHTS = [285, 355, 425, 495]


def row(page: Paper, y: float, label: str, *cells: str, size: float = 8, indent: float = 0) -> None:
    page.text(60 + indent, y, label, size)
    for x, cell in zip(RIGHTS, cells, strict=False):
        page.right(x, y, cell, size)


def budget(page: Paper) -> None:
    """A budget table: horizontal rules only, a spanning head, a group, a label of two lines, brackets."""
    page.text(60, 90, "Costs of the office", 10, "Times-Bold")
    page.text(60, 102, "(Thousands of United States dollars)", 7)
    page.rule(112, EDGES)
    page.right(285, 124, "Approved", 7)
    page.right(285, 140, "2024/25", 7)
    page.right(355, 124, "Spent", 7)
    page.right(355, 140, "2024/25", 7)
    page.text(415, 124, "Variance", 7)
    page.rule(129, EDGES[3:])
    page.right(425, 140, "Amount", 7)
    page.right(495, 140, "Percentage", 7)
    page.text(60, 140, "Category", 7)
    page.rule(148, EDGES, 1.5)
    page.text(60, 162, "Staff costs", 8, "Times-Bold")
    row(page, 176, "International staff", "44 109.8", "41 146.4", "(2 963.4)", "(6.7)")
    row(page, 190, "National staff", "4 062.4", "4 062.4", "–", "–")
    page.text(60, 204, "General temporary assistance and other short", 8)
    row(page, 213, "contracts", "727.7", "712.0", "(15.7)", "(2.2)", indent=6)
    page.rule(220, EDGES)
    row(page, 232, "Total", "48 899.9", "45 920.8", "(2 979.1)", "(6.1)", indent=20)
    page.rule(240, EDGES, 1.5)
    page.lines(60, 270, ["These costs stand in the table, and the sentence under it is text that runs"] * 3)


def test_a_table_with_horizontal_rules() -> None:
    found = report(budget)
    (table,) = found.tables
    assert said(found, table.caption) == ["Costs of the office", "(Thousands of United States dollars)"]
    cells = grid(found, table)
    assert cells[0, 0] == "Category"
    assert (cells[0, 1], cells[0, 2], cells[0, 3]) == ("Approved 2024/25", "Spent 2024/25", "Variance")
    assert (cells[1, 3], cells[1, 4]) == ("Amount", "Percentage")
    assert cells[2, 0] == "Staff costs"
    assert [cells[3, c] for c in range(5)] == ["International staff", "44 109.8", "41 146.4", "(2 963.4)", "(6.7)"]
    assert [cells[4, c] for c in range(5)] == ["National staff", "4 062.4", "4 062.4", "–", "–"]
    assert cells[5, 0] == "General temporary assistance and other short contracts"
    assert [cells[5, c] for c in range(1, 5)] == ["727.7", "712.0", "(15.7)", "(2.2)"]
    assert [cells[6, c] for c in range(5)] == ["Total", "48 899.9", "45 920.8", "(2 979.1)", "(6.1)"]


def test_heads_are_marked_and_span_their_columns() -> None:
    found = report(budget)
    (table,) = found.tables
    heads = {(c.row, c.column): c.column_span for c in table.cells if c.header}
    assert heads[0, 3] == 2
    assert heads[2, 0] == 5  # the head of a group spans the table
    assert {place for place in heads if place[1]} == {(0, 1), (0, 2), (0, 3), (1, 3), (1, 4)}
    assert all((r, 0) in heads for r in (0, 2, 3, 4, 5, 6))


def test_the_text_of_a_table_is_one_row_a_line() -> None:
    found = report(budget)
    assert "International staff\t44 109.8\t41 146.4\t(2 963.4)\t(6.7)\n" in found.text
    assert found.text[found.tables[0].end :].strip().startswith("These costs stand in the table")


def test_rows_of_column_numbers_are_no_cells() -> None:
    def numbered(page: Paper) -> None:
        page.rule(100, EDGES)
        for x, words in zip(RIGHTS, ("Approved", "Spent", "Change", "Share"), strict=True):
            page.right(x, 112, words, 7)
        for x, words in zip(RIGHTS, ("(1)", "(2)", "(3)=(2)-(1)", "(4)=(3)÷(1)"), strict=True):
            page.right(x, 124, words, 7)
        page.rule(130, EDGES, 1.5)
        row(page, 142, "Travel", "10", "12", "2", "20")
        row(page, 156, "Rent", "10", "8", "(2)", "(20)")
        page.rule(164, EDGES, 1.5)

    found = report(numbered)
    assert not any("(3)" in text for text in grid(found, found.tables[0]).values())
    assert grid(found, found.tables[0])[2, 3] == "(2)"


def test_unbroken_rules_leave_the_columns_to_the_gaps() -> None:
    def plain(page: Paper) -> None:
        page.rule(100, [60, 500])
        row(page, 112, "Treaty", "Signed", "Ratified")
        page.rule(118, [60, 500], 1)
        for number, name in enumerate(("First covenant", "Second covenant", "Convention on water")):
            row(page, 132 + 14 * number, name, f"{1990 + number}", f"{1995 + number}")
        page.rule(170, [60, 500], 1)

    found = report(plain)
    (table,) = found.tables
    cells = grid(found, table)
    assert [cells[0, c] for c in range(3)] == ["Treaty", "Signed", "Ratified"]
    assert [cells[3, c] for c in range(3)] == ["Convention on water", "1992", "1997"]


def test_a_table_cut_by_the_page_end_keeps_its_caption() -> None:
    def first(page: Paper) -> None:
        page.text(60, 730, "(Thousands of euros)", 7)
        page.rule(740, EDGES)
        row(page, 750, "Item", "2019", "2020", "2021", "2022", size=7)
        page.rule(756, EDGES, 1.5)
        row(page, 770, "Travel", "11", "12", "13", "14")
        row(page, 784, "Rent", "15", "16", "17", "18")

    def second(page: Paper) -> None:
        page.rule(60, EDGES)
        row(page, 70, "Item", "2019", "2020", "2021", "2022", size=7)
        page.rule(76, EDGES, 1.5)
        row(page, 90, "Fuel", "21", "22", "23", "24")
        row(page, 104, "Water", "25", "26", "27", "28")
        page.rule(112, EDGES, 1.5)

    found = report(first, second)
    assert [table.page for table in found.tables] == [1, 2]
    assert [said(found, table.caption) for table in found.tables] == [["(Thousands of euros)"]] * 2
    assert grid(found, found.tables[0])[2, 4] == "18"


def test_a_masthead_between_rules_is_no_table() -> None:
    def masthead(page: Paper) -> None:
        page.rule(70, [60, 150, 400, 540])
        page.text(150, 64, "Organization of Lakes", 11)
        page.text(400, 64, "ORG/12/4", 18)
        page.text(150, 95, "General Council", 18, "Times-Bold")
        page.text(400, 85, "Distr.: General", 9)
        page.text(400, 97, "3 May 2021", 9)
        page.rule(120, [60, 150, 400, 540], 1.5)
        page.lines(60, 150, ["The text of the page begins here and goes on for a while without a table"] * 6)

    assert report(masthead).tables == ()


def test_prose_between_rules_is_no_table() -> None:
    def boxed(page: Paper) -> None:
        page.rule(90, [60, 500])
        page.lines(60, 104, ["A summary stands between two rules, but all of its lines are sentences."] * 5)
        page.rule(170, [60, 500])

    assert report(boxed).tables == ()


def test_rules_within_a_drawing_are_rules_of_the_page() -> None:
    def drawn(page: Paper) -> None:
        page.canvas.beginForm("table")
        page.rule(60, EDGES)
        page.rule(78, EDGES, 1.5)
        page.rule(126, EDGES, 1.5)
        page.canvas.endForm()
        page.canvas.translate(0, -100)
        page.canvas.doForm("table")
        row(page, 72, "Lake", "Depth", "Length", "Width", "Height")
        row(page, 92, "Upper lake", "one", "two", "three", "four")
        row(page, 106, "Lower lake", "five", "six", "seven", "eight")

    found = report(drawn)
    (table,) = found.tables
    assert grid(found, table)[2, 4] == "eight"


def test_a_table_whose_first_rule_is_under_its_heads() -> None:
    def variance(page: Paper) -> None:
        page.lines(60, 100, ["The amounts that were spent differ from those that had been planned, as follows here."])
        page.text(267, 138, "2019 variance", 7)
        page.text(411, 138, "2020 variance", 7)
        page.rule(144, [220, 290, 356])
        page.rule(144, [364, 430, 500])
        row(page, 156, "Fuel and oil", "($213.5)", "(0.8%)", "$36.5", "10.2%")
        page.rule(161, EDGES)
        page.lines(
            60, 180, ["The amounts that were spent differ from those that had been planned, as follows here."] * 2
        )
        page.text(411, 228, "2020 variance", 7)
        page.rule(234, [364, 430, 500])
        page.text(60, 246, "Water", 8)
        page.right(425, 246, "$1.5", 8)
        page.right(495, 246, "2.2%", 8)
        page.rule(251, EDGES)

    found = report(variance)
    first, second = found.tables
    assert grid(found, first) == {
        (0, 1): "2019 variance",
        (0, 3): "2020 variance",
        (1, 0): "Fuel and oil",
        (1, 1): "($213.5)",
        (1, 2): "(0.8%)",
        (1, 3): "$36.5",
        (1, 4): "10.2%",
    }
    assert [(c.column, c.column_span) for c in first.cells if c.header and c.row == 0] == [(1, 2), (3, 2)]
    assert list(grid(found, second).values()) == ["2020 variance", "Water", "$1.5", "2.2%"]


def test_a_head_over_several_rows_is_one_cell() -> None:
    def missions(page: Paper) -> None:
        page.rule(100, EDGES)
        row(page, 110, "Mission", "Category", "2019", "2020", "2021", size=7)
        page.rule(116, EDGES, 1.5)
        for top in (130, 180):
            for step, name in enumerate(("National", "Uniformed", "Volunteers")):
                row(page, top + 14 * step, "", name, "12", "13", "14")
            page.text(60, top, "Mission to the lake in the", 8)
            page.text(60, top + 9.5, "north of the land", 8)
            page.rule(top + 36, EDGES)

    found = report(missions)
    (table,) = found.tables
    cells = grid(found, table)
    assert (cells[1, 0], cells[4, 0]) == ("Mission to the lake in the north of the land",) * 2
    assert [cells[2, c] for c in range(1, 5)] == ["Uniformed", "12", "13", "14"]
    assert [c.row_span for c in table.cells if c.column == 0 and c.row != 0] == [3, 3]
