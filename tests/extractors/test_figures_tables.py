"""Figures of tables: small tables written row by row, `|` between cells, `#` before a head."""

from array import array

from pipeline import rules
from pipeline.extractors import dates, figures
from pipeline.model import Block, Cell, Figure, Outline, Passage, Register, Report, Source, Span, Table
from pipeline.passages import sentences

RULES = rules.load()


def find(title: str, rows: str, language: str = "en") -> list[Figure]:
    """The figures of a table below a title. A head that spans the width stands alone in its row."""
    text = title + "\n"
    blocks = [Block("caption", (Span(0, len(title)),), language)]  # type: ignore[arg-type]
    cells: list[Cell] = []
    start = len(text)
    lines = [line.split("|") for line in rows.strip().splitlines()]
    width = max(map(len, lines))
    for row, line in enumerate(lines):
        for column, words in enumerate(line):
            said = words.strip().removeprefix("#").strip()
            if not said:
                continue
            span = width if len(line) == 1 else 1
            cells.append(
                Cell(len(text), len(text) + len(said), row, column, 1, span, header=words.strip().startswith("#"))
            )
            blocks.append(
                Block("cell", (Span(len(text), len(text) + len(said)),), language, table=0, cell=len(cells) - 1)  # type: ignore[arg-type]
            )
            text += said + "\n"
    table = Table(start, len(text), tuple(cells))
    passages = [
        Passage(
            i, block, block.language, said, array("l", range(piece.start, piece.end)), sentences(said, language, RULES)
        )
        for i, block in enumerate(blocks)
        for piece in block.pieces
        for said in [text[piece.start : piece.end]]
    ]
    outline, report = (
        Outline(tuple(blocks), tables=(table,)),
        Report(Source("t", "0" * 64, "text/plain", 1, None), text),
    )
    dated = dates.find(passages, RULES, outline)
    return list(figures.find(passages, outline, report, dated, (), (), Register(), RULES))


def said(found: list[Figure]) -> list[tuple[float, str, str | None, str | None]]:
    assert all(figure.table for figure in found)
    return [(figure.value, figure.unit, figure.period, figure.measure) for figure in found]


def test_money_in_thousands_with_variance() -> None:
    found = find(
        "Table 4. Requirements (Thousands of United States dollars)",
        """
        # Category | # Approved (2024/25) | # Variance | # Percentage
        # Operations
        # Travel | 1 250.5 | (50.0) | (4.0)
        # Fuel | – | 12.0 | 1.5%
        # Total | 1 250.5 | (38.0) | n/a
        """,
    )
    assert said(found) == [
        (1250500, "USD", "2024/2025", "Operations | Travel | Approved (2024/25)"),
        (-50000, "USD", None, "Operations | Travel | Variance"),
        (-4, "percent", None, "Operations | Travel | Percentage"),
        (12000, "USD", None, "Operations | Fuel | Variance"),
        (1.5, "percent", None, "Operations | Fuel | Percentage"),
        (1250500, "USD", "2024/2025", "Total | Approved (2024/25)"),
        (-38000, "USD", None, "Total | Variance"),
    ]


def test_counts_by_year_and_the_years_of_a_total() -> None:
    found = find(
        "Persons in shelters 2016-2017",
        """
        # Year | # Women | # Children
        # 2016 | 55 | 34
        # 2017 | 57 | 0
        # Total | 112 | -
        """,
    )
    assert said(found) == [
        (55, "count", "2016", "2016 | Women"),
        (34, "count", "2016", "2016 | Children"),
        (57, "count", "2017", "2017 | Women"),
        (0, "count", "2017", "2017 | Children"),
        (112, "count", "2016/2017", "Total | Women"),
    ]


def test_row_numbers_and_column_numbers_measure_nothing() -> None:
    found = find(
        "Cases heard, 2019",
        """
        # No | # Court | # Cases | # Paragraph number
        # | # | # (1) | # (2)
        # 1 | # North | 12 | 26
        # 2 | # South | 1 204 | 27
        """,
    )
    assert said(found) == [(12, "count", "2019", "North | Cases"), (1204, "count", "2019", "South | Cases")]


def test_percentages_and_values_without_a_unit() -> None:
    rows = """
        # Office | # 2022 actual | # 2023 actual
        # Field | 90 | 85.5
        """
    assert said(find("Vacancy rates (Percentage)", rows)) == [
        (90, "percent", "2022", "Field | 2022 actual"),
        (85.5, "percent", "2023", "Field | 2023 actual"),
    ]
    assert [figure.value for figure in find("Multipliers", rows)] == [90]


def test_posts_in_a_table_of_money() -> None:
    found = find(
        "Resources (Thousands of United States dollars/number of posts)",
        """
        # Component | # 2026 estimate
        # Financial resources
        # Posts | 831.3
        # Post resources by category
        # Professional | 2
        """,
    )
    assert [(figure.value, figure.unit) for figure in found] == [(831300, "USD"), (2, "count")]


def test_cells_of_words_are_read_as_text() -> None:
    (figure,) = find("Measures", "# Measure | # State\n# Training | The office trained 25 judges in the north")
    assert (figure.value, figure.table) == (25, False)


def test_russian_units() -> None:
    found = find("Расходы в 2020 году (тыс. руб.)", "# Отдел | # План\n# Север | 1 200,5", "ru")
    assert said(found) == [(1200500, "RUB", "2020", "Север | План")]


def test_a_unit_in_the_caption_holds_for_rows_of_staff() -> None:
    found = find("(Percentage)", "# Category | # Actual | # Number of posts\n# National staff | 11.3 | 40")
    assert said(found) == [
        (11.3, "percent", None, "National staff | Actual"),
        (40, "count", None, "National staff | Number of posts"),
    ]


def test_columns_of_words_before_the_numbers_name_the_rows() -> None:
    found = find(
        "Clients",
        """
        # Mission | # Category | # 2019 | # 2020
        # Northern lake | National | 12 | 13
        | Uniformed | 20 | 21
        # Total | | 32 | 34
        """,
    )
    assert [(figure.value, figure.measure) for figure in found] == [
        (12, "Northern lake | National | 2019"),
        (13, "Northern lake | National | 2020"),
        (20, "Northern lake | Uniformed | 2019"),
        (21, "Northern lake | Uniformed | 2020"),
        (32, "Total | 2019"),
        (34, "Total | 2020"),
    ]


def test_a_range_is_one_figure() -> None:
    (figure,) = find("Fines (thousands of euros)", "# Offence | # Fine\n# Littering | 10–20")
    assert (figure.value, figure.value_to, figure.unit) == (10000, 20000, "EUR")


def test_three_decimals_are_no_thousand() -> None:
    found = find("Factors", "# Line | # Change | # Multiplier\n# A | 1.1 | 1.000\n# B | 2.7 | 1.250")
    assert not [figure for figure in found if figure.value >= 1000]


def test_an_amount_with_its_sign_is_scaled_by_the_caption() -> None:
    (amount, share) = find("(Thousands of euros)", "# Item | # 2019 variance | # Share\n# Fuel | (€1 213.5) | (0.8%)")
    assert (amount.value, amount.unit, share.value, share.unit) == (-1213500, "EUR", -0.8, "percent")


def test_rates_have_the_base_of_the_title() -> None:
    found = find("Deaths of infants (per 1,000 births)", "# Region | # 2002 | # 2003\n# North | 18.3 | 21.0")
    assert [(figure.value, figure.unit, figure.per, figure.period) for figure in found] == [
        (18.3, "ratio", 1000, "2002"),
        (21, "ratio", 1000, "2003"),
    ]


def test_decimals_of_an_index_are_scores_and_of_nothing_known_none() -> None:
    assert said(find("Table", "# Country | # Openness index\n# Arden | 0.7")) == [
        (0.7, "score", None, "Arden | Openness index")
    ]
    assert not find("Table", "# Region | # Value\n# North | 18.3\n# South | 21.0")


def test_russian_rates() -> None:
    (found,) = find("Смертность (на 100 тыс. рождений)", "# Область | # Всего\n# Север | 18,3", "ru")
    assert (found.value, found.unit, found.per) == (18.3, "ratio", 100_000)
