"""Headings, their numbers and levels, and what is none."""

import pytest

from pipeline.model import Markup

from .build import headings, kinds, marked, outline, printed

BODY = "The Government told the Committee about its plans, and the Committee asked for more details of them."


def test_numbers_make_levels() -> None:
    text = f"""I. Introduction

1. {BODY}

II. Measures taken

A. Laws

2. {BODY}

1. Laws on schools

3. {BODY}

B. Budgets

4. {BODY}
"""
    assert headings(text) == [
        (1, "I", "Introduction"),
        (1, "II", "Measures taken"),
        (2, "A", "Laws"),
        (3, "1", "Laws on schools"),
        (2, "B", "Budgets"),
    ]


def test_a_letter_that_is_a_roman_number_too_goes_on_with_the_letters() -> None:
    letters = "".join(
        f"{letter}. Subject {letter} of the list\n\n{n}. {BODY}\n\n" for n, letter in enumerate("ABCDEFGHIJ", 1)
    )
    assert [number for _, number, _ in headings("I. All subjects\n\n" + letters)][1:] == list("ABCDEFGHIJ")
    assert {level for level, _, _ in headings("I. All subjects\n\n" + letters)[1:]} == {2}


@pytest.mark.parametrize("number", ["II.", "B.", "(b)"])
def test_number_and_title_on_two_lines(number: str) -> None:
    text = f"I.\nOpening\n\n1. {BODY}\n2. {BODY}\n{number}\nClosing of the session\n\n3. {BODY}\n"
    assert headings(text)[-1][2] == "Closing of the session"


def test_headings_wrap() -> None:
    text = """ I. Measures to prevent the sale of children and to
protect them from exploitation

1. The Government informed the Special Rapporteur that it had adopted a plan

and that it would set up an office in each of the provinces before the end

of the year, with staff of its own.

"""
    assert headings(text) == [
        (1, "I", "Measures to prevent the sale of children and to protect them from exploitation")
    ]


def test_unnumbered_headings_by_their_form() -> None:
    text = f"""{BODY}

Legislation
{BODY}
Prevention of abuse

{BODY}
"""
    assert headings(text) == [(1, None, "Legislation"), (1, None, "Prevention of abuse")]


def test_unnumbered_headings_stand_under_numbered_ones() -> None:
    text = f"I. Laws\n\n1. {BODY}\n\nSale of organs\n\n2. {BODY}\n\nII. Plans\n\n3. {BODY}\n"
    assert [(level, title) for level, _, title in headings(text)] == [(1, "Laws"), (2, "Sale of organs"), (1, "Plans")]


@pytest.mark.parametrize(
    "line",
    [
        "Total population: 2 450 000",
        "http://www.example.org/report",
        "The office can be reached by its address help@example.org",
        "and the other members of the Committee",
        "The delegation was led by the Minister.",
    ],
)
def test_no_headings(line: str) -> None:
    assert headings(f"{BODY}\n\n{line}\n\n{BODY}\n") == []


def test_decimal_numbers_make_levels_and_a_side_box_does_not_break_them() -> None:
    text = """1. SAFETY

1.1 LAWS

The country has a law on safety.

BACKGROUND

Total population: 2 450 000

1.2 AGENCIES

The country has no agency for safety.

2. CHILDREN

2.1 SCHOOLS

All schools have a counsellor.
"""
    assert headings(text) == [
        (1, "1", "SAFETY"),
        (2, "1.1", "LAWS"),
        (1, None, "BACKGROUND"),
        (2, "1.2", "AGENCIES"),
        (1, "2", "CHILDREN"),
        (2, "2.1", "SCHOOLS"),
    ]
    assert [s.parent for s in outline_of(text)] == [None, "s1", None, "s1", None, "s3"]


def outline_of(text: str):  # type: ignore[no-untyped-def]
    from .build import read

    return outline(read(text)).sections


def test_a_number_with_points_that_continues_nothing_is_part_of_the_title() -> None:
    page = [
        ("20.2 of the Code: figures", 50.0, 60.0, 16.0, True),
        (BODY, 50.0, 90.0, 10.0, False),
        (BODY, 50.0, 130.0, 10.0, False),
    ]
    assert [(s.number, s.title) for s in outline(printed(page)).sections] == [(None, "20.2 of the Code: figures")]


def test_russian_headings() -> None:
    text = """Резюме

В докладе рассматривается применение закона о собраниях в нескольких областях страны за два года.

Приложение

I. Введение

1. Доклад подготовлен по итогам поездки, которая состоялась весной прошлого года.
"""
    assert [(n, t) for _, n, t in headings(text)] == [(None, "Резюме"), (None, "Приложение"), ("I", "Введение")]


def test_cover_and_contents_are_no_headings() -> None:
    text = f"""Human Rights Council
Fortieth session
Agenda item 3
Visit to Ruritania
Contents
Paragraphs Page
I. Introduction........................ 1–4 2
II. Laws............................... 5–9 3

I. Introduction

1. {BODY}

II. Laws

2. {BODY}
"""
    assert headings(text) == [(1, "I", "Introduction"), (1, "II", "Laws")]
    assert {kind for kind, _, said in kinds(text) if said in ("Agenda item 3", "Visit to Ruritania")} <= {"other"}


def test_printed_headings_by_their_type() -> None:
    page = [
        ("Findings", 50.0, 60.0, 14.0, True),
        ("The mission visited two towns and spoke with the mayors of both of", 50.0, 90.0, 10.0, False),
        ("them about the schools.", 50.0, 102.0, 10.0, False),
        ("Schools in the towns", 50.0, 126.0, 10.0, True),
        ("There were nine schools in the two towns, of which two were closed", 50.0, 150.0, 10.0, False),
        ("in the winter.", 50.0, 162.0, 10.0, False),
    ]
    assert [(s.level, s.title) for s in outline(printed(page)).sections] == [
        (1, "Findings"),
        (2, "Schools in the towns"),
    ]


def test_the_mark_of_a_note_is_not_part_of_a_title() -> None:
    page = [
        ("A. Treaties1", 50.0, 60.0, 12.0, True),
        (f"1. {BODY}", 50.0, 90.0, 10.0, False),
        (f"2. {BODY}", 50.0, 120.0, 10.0, False),
    ]
    assert [s.title for s in outline(printed(page, marks=("Treaties1",))).sections] == ["Treaties"]


def test_declared_headings_keep_their_levels_and_captions_are_none() -> None:
    report = marked(
        "Plans",
        Markup("heading", 0, 0, 1),
        "Staff",
        Markup("heading", 0, 0, 2),
        BODY,
        Markup("paragraph", 0, 0),
        "Figure 2.I",
        Markup("heading", 0, 0, 2),
        "Persons by year",
        Markup("heading", 0, 0, 2),
    )
    found = outline(report)
    assert [(s.level, s.title, s.parent) for s in found.sections] == [(1, "Plans", None), (2, "Staff", "s1")]
    assert [b.kind for b in found.blocks] == ["heading", "heading", "paragraph", "caption", "caption"]
