"""Numbered paragraphs by their running count, items, and lines that belong together."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Markup

from .build import kinds, marked, numbers, outline, printed, read, words

BODY = "The Government told the Committee about its plans and about the money for them."


def test_headings_and_lists_do_not_count() -> None:
    text = f"""I. Introduction

1. {BODY}

1. Schools

2. {BODY} It would:

1. Build schools in all the villages of the north;

2. Train teachers who speak the languages of the north;

3. Pay them.

3. {BODY}

2. Clinics

4. {BODY}
"""
    assert numbers(text) == ["1", "2", "3", "4"]


def test_dotted_paragraphs_of_views() -> None:
    text = (
        "1. The author is a national of Ruritania.\n\n"
        + "".join(f"2.{n}. {BODY}\n\n" for n in range(1, 12))
        + f"3.1. {BODY}\n"
    )
    assert numbers(text) == ["1", *(f"2.{n}" for n in range(1, 12)), "3.1"]


def test_dotted_items_of_a_paragraph_are_no_paragraphs() -> None:
    text = f"9. {BODY}\n\n10. The State agrees:\n\n10.1. To sign;\n\n10.2. To close camps;\n\n11. {BODY}\n"
    assert numbers(text) == ["9", "10", "11"]
    assert [n for kind, n, _ in kinds(text) if kind == "item"] == ["10.1", "10.2"]


def test_numbers_begin_again_in_an_annex() -> None:
    text = f"1. {BODY}\n\n2. {BODY}\n\nAnnex\n\n1. {BODY}\n\n2. {BODY}\n\n3. {BODY}\n"
    assert numbers(text) == ["1", "2", "1", "2", "3"]


def test_a_number_left_out_and_a_number_without_stop() -> None:
    assert numbers(f"1. {BODY}\n\n2. {BODY}\n\n4. {BODY}\n\n5. {BODY}\n") == ["1", "2", "4", "5"]
    assert numbers(f"1. {BODY}\n\n2 The mission left the town.\n\n3. {BODY}\n") == ["1", "2", "3"]


def test_years_and_decimals_at_a_line_start_are_no_numbers() -> None:
    text = """1. The plan was adopted by the National Assembly of the country in spring
2016. It covers all the provinces, and it is paid for by the State and by
2. The share of the villages with a school rose from thirty per cent to about
52.5 per cent of all the villages, and that of the clinics rose as well (No.
3) and kept rising until the end of the year, when the plan was renewed.
"""
    assert numbers(text) in ([], ["1"], ["1", "2"])
    assert not any(number in ("2016", "52.5", "3") for number in numbers(text))


def test_items_belong_to_their_paragraph() -> None:
    report = read(
        "7. The Committee asks the State:\n\n  (a) To close camps;\n\n  (b) To open schools;\n\n8. It thanks it.\n"
    )
    found = outline(report)
    assert [(b.kind, b.number, b.paragraph) for b in found.blocks] == [
        ("paragraph", "7", "7"),
        ("item", "(a)", "7"),
        ("item", "(b)", "7"),
        ("paragraph", "8", "8"),
    ]
    first = found.paragraphs[0]
    assert report.text[first.start : first.end].endswith("open schools;")


def test_double_spaced_lines_are_one_paragraph() -> None:
    text = """1. The mission visited the capital and three of the provinces, and it met with

the judges of the courts, with the police, and with the teachers of two

schools in each of them.

2. It also met with members of the Assembly, who told it about the laws that

had been adopted.

"""
    assert [n for kind, n, _ in kinds(text)] == ["1", "2"]


def test_one_paragraph_a_line_needs_no_blank_lines() -> None:
    text = "\n".join(f"{n}. {BODY} {BODY} {BODY} {BODY}" for n in range(1, 9))
    assert numbers(text) == [str(n) for n in range(1, 9)]


def test_bare_carriage_returns() -> None:
    text = f"Introduction\r1. {BODY}\r\r2. {BODY}\r(a) First part of it;\r(b) Second part of it.\r"
    assert [(kind, n) for kind, n, _ in kinds(text)] == [
        ("heading", None),
        ("paragraph", "1"),
        ("paragraph", "2"),
        ("item", "(a)"),
        ("item", "(b)"),
    ]


def test_a_report_in_one_line() -> None:
    parts = [f"{n}. {BODY} It has {n + 3}. rows. It asks: (a) for money; (b) for time." for n in range(1, 60)]
    text = " ".join(["I. Opening of the session", *parts[:30], "II. Closing of the session", *parts[30:]])
    assert numbers(text) == [str(n) for n in range(1, 60)]
    assert [n for kind, n, _ in kinds(text) if kind == "item"] == ["(a)", "(b)"] * 59
    assert [said for kind, _, said in kinds(text) if kind == "heading"] == [
        "Opening of the session",
        "Closing of the session",
    ]


def test_a_sentence_goes_on_over_a_page_end() -> None:
    pages = (
        [
            ("1. The mission visited the capital of the country and found", 50.0, 700.0, 10.0, False),
            ("that most of the schools and the clinics which had been built", 50.0, 712.0, 10.0, False),
            ("GE.19-01234", 50.0, 800.0, 8.0, False),
        ],
        [
            ("A/HRC/99/1", 50.0, 30.0, 8.0, True),
            ("since then were open and had staff.", 50.0, 60.0, 10.0, False),
            ("2. It thanks the Government of the country for its welcome.", 50.0, 84.0, 10.0, False),
        ],
    )
    report = printed(*pages, furniture=("GE.19-01234", "A/HRC/99/1"))
    blocks = [b for b in outline(report).blocks if b.kind == "paragraph"]
    assert [len(b.pieces) for b in blocks] == [2, 1]
    assert words(report, blocks[0]).endswith("been built / since then were open and had staff.")


def test_numbers_that_the_format_keeps_apart() -> None:
    report = marked(
        "It was so.", Markup("paragraph", 0, 0, None, "1"), "It is so.", Markup("paragraph", 0, 0, None, "2")
    )
    assert [p.number for p in outline(report).paragraphs] == ["1", "2"]


@given(
    st.lists(
        st.sampled_from(
            [
                "I. Laws",
                "A. Courts",
                f"1. {BODY}",
                f"2. {BODY}",
                f"3. {BODY}",
                "(a) One thing;",
                BODY,
                "",
                "  ",
                "* Note",
                "12",
                "\t5",
            ]
        ),
        max_size=14,
    )
)
def test_nothing_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    if text.strip():
        report = read(text)
        found = outline(report)
        held = bytearray(len(text))
        for block in found.blocks:
            for piece in block.pieces:
                assert not any(held[piece.start : piece.end])
                held[piece.start : piece.end] = b"1" * (piece.end - piece.start)
        starts = [block.pieces[0].start for block in found.blocks]
        assert starts == sorted(starts)
        lost = "".join(c for c, seen in zip(text, held, strict=True) if not seen).split()
        assert all(len(word) <= 4 for word in lost)
