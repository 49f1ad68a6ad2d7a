"""The text of a PDF: lines, reading order, note marks, notes, headings, page furniture."""

import itertools
from math import isnan

import numpy as np
import pytest

from pipeline.ingest import pdf
from pipeline.ingest.pdf.lines import Word
from pipeline.ingest.pdf.marks import is_note
from pipeline.ingest.pdf.rtl import logical

from .pdf_build import Paper, made, marked, report, said

BODY = [
    "The Committee met twelve States in the spring and heard what each of them had",
    "done about its earlier advice. It took note of new laws on the protection of wit-",
    "nesses and asked for figures that the reports had left out of their annexes.",
]


def test_lines_are_printed_lines_and_every_letter_has_its_box() -> None:
    found = report(lambda page: page.lines(70, 100, BODY))
    assert found.text == "\n".join(BODY) + "\n"
    assert said(found, [*found.lines]) == BODY  # type: ignore[list-item]
    assert found.boxes is not None
    first = found.text.index("Committee")
    assert found.boxes.x0[first] == pytest.approx(70 + Paper_width("The "), abs=0.5)
    assert 90 < found.boxes.top[first] < 100 < found.boxes.bottom[first] < 106
    assert isnan(found.boxes.x0[found.text.index("\n")])
    assert [(p.number, p.start, p.end, p.width, p.height) for p in found.pages] == [(1, 0, len(found.text), 595, 842)]


def Paper_width(words: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(words, "Times-Roman", 10))


def test_the_order_of_drawing_does_not_count() -> None:
    def backwards(page: Paper) -> None:
        page.text(70, 124, "third")
        page.text(120, 100, "here")
        page.text(70, 112, "second")
        page.text(70, 100, "first")

    assert report(backwards).text == "first here\nsecond\nthird\n"


def test_type_printed_twice_for_boldness_is_read_once() -> None:
    def twice(page: Paper) -> None:
        page.text(70, 100, "Annex")
        page.text(70.3, 100, "Annex")

    assert report(twice).text == "Annex\n"


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"left column line {n} goes on here" for n in range(8)]
    right = [f"right column line {n} goes on here" for n in range(8)]

    def columns(page: Paper) -> None:
        page.text(70, 80, "A title that runs over the two columns of the page and parts them from the head", 11)
        page.lines(70, 110, left)
        page.lines(310, 113, right)

    text = report(columns).text.splitlines()
    assert text[1:] == [*left, *right]


def test_numbers_of_paragraphs_are_no_column() -> None:
    def numbered(page: Paper) -> None:
        for number in range(1, 9):
            page.text(70, 100 + 20 * number, f"{number}.")
            page.text(100, 100 + 20 * number, "A paragraph that has one line only, long as it may be")

    assert report(numbered).text.splitlines()[0] == "1. A paragraph that has one line only, long as it may be"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_upright(turn: int) -> None:
    def turned(page: Paper) -> None:
        page.canvas.setPageRotation(turn)
        page.canvas.translate(0, -300)
        page.lines(70, 100, BODY)

    # the page's own rotation sets this text sideways or upside down: it is read all the same
    found = report(turned)
    assert found.text.splitlines() == BODY
    wide, high = found.pages[0].width, found.pages[0].height
    assert wide is not None and high is not None and found.boxes is not None
    assert (wide, high) == (595, 842)
    inside = [i for i, c in enumerate(found.text) if not c.isspace()]
    assert all(0 <= found.boxes.x0[i] <= found.boxes.x1[i] <= wide for i in inside)
    assert all(0 <= found.boxes.top[i] <= found.boxes.bottom[i] <= high for i in inside)


def sideways(page: Paper) -> None:
    page.canvas.translate(0, page.height)
    page.canvas.rotate(-90)
    page.canvas.translate(0, page.width - page.height)
    page.lines(70, 100, BODY)


def test_text_set_sideways_is_read_upright() -> None:
    assert report(sideways).text.splitlines() == BODY


def test_a_raised_number_is_a_mark_and_stays_beside_its_word() -> None:
    def noted(page: Paper) -> None:
        page.lines(70, 100, BODY)
        page.text(70, 140, "It adopted the law in 2011")
        page.raised(70 + page.wide("It adopted the law in 2011"), 140, "4")
        page.text(70 + page.wide("It adopted the law in 2011") + 4, 140, ", later than planned.")

    found = report(noted)
    assert "in 20114, later than planned." in found.text
    assert said(found, found.note_marks) == ["4"]


@pytest.mark.parametrize(
    ("raised", "before", "expected"),
    [
        ("3", "law", True),
        ("12,13", "law", True),
        ("a", "2025/26", True),
        ("*", "law", True),
        ("th", "28", False),
        ("nd", "2", False),
        ("2", "120km", False),
        ("3", "5 m", False),
        ("TM", "law", False),
    ],
)
def test_ordinals_and_powers_are_no_marks(raised: str, before: str, expected: bool) -> None:
    assert is_note(raised, before) is expected


def with_notes(page: Paper) -> None:
    page.lines(70, 100, BODY * 6)
    page.rule(700, [70, 140])
    page.raised(70, 716, "1", 5)
    page.text(76, 716, "Report of the working group, para. 7, and the letter that was", 8)
    page.text(76, 726, "sent after it.", 8)
    page.raised(70, 738, "2", 5)
    page.text(76, 738, "See note 1.", 8)


def test_notes_under_a_short_rule_have_their_numbers() -> None:
    found = report(with_notes)
    notes = [m for m in found.markup if m.kind == "note"]
    assert [m.number for m in notes] == ["1", "2"]
    assert found.text[notes[0].start : notes[0].end].endswith("sent after it.")
    assert found.note_marks == ()


def test_headings_are_told_by_their_type() -> None:
    def headed(page: Paper) -> None:
        page.text(70, 80, "II. Findings of the visit", 14, "Times-Bold")
        page.lines(70, 104, BODY)
        page.text(70, 152, "Places of detention", 10, "Times-Italic")
        page.lines(70, 176, BODY)
        page.text(70, 224, "All of this sentence is bold, and it is no heading.", 10, "Times-Bold")
        page.lines(70, 248, BODY * 3)

    assert marked(report(headed), "heading") == ["II. Findings of the visit", "Places of detention"]


def running(number: int) -> "object":
    def page(paper: Paper) -> None:
        paper.text(70, 40, "CMT/12/4", 9)
        paper.lines(70, 100, [f"{word * number} on it" for word in ("This", "Then", "Last")])
        paper.text(70, 800, "GE.19-01234", 8)
        paper.right(525, 800, f"{number}", 8)

    return page


def test_running_heads_and_page_numbers_are_furniture() -> None:
    found = report(*(running(n) for n in range(1, 5)))  # type: ignore[arg-type]
    apart = said(found, found.furniture)
    assert apart.count("CMT/12/4") == 4
    assert [a for a in apart if a != "CMT/12/4"] == [f"GE.19-01234 {n}" for n in range(1, 5)]


def test_on_one_page_the_job_number_is_furniture_by_its_form() -> None:
    found = report(running(1))  # type: ignore[arg-type]
    assert said(found, found.furniture) == ["GE.19-01234 1"]


def test_a_line_that_a_page_end_cuts_and_the_next_page_repeats_counts_once() -> None:
    cut = "these words stand on both pages of the print-out"

    def first(page: Paper) -> None:
        page.lines(50, 700, BODY)
        page.text(50, 835, cut)

    def second(page: Paper) -> None:
        page.text(50, 12, cut)
        page.lines(50, 30, BODY)

    found = report(first, second)
    assert said(found, found.furniture) == [cut]
    assert found.furniture[0].start < found.pages[1].start


def test_numbers_of_a_chart_are_no_text() -> None:
    def chart(page: Paper) -> None:
        page.lines(70, 80, BODY)
        page.canvas.rect(70, 500, 300, 200)
        for bar in range(4):
            page.canvas.rect(100 + 60 * bar, 520, 30, 40 + 20 * bar, fill=0)
            page.text(100 + 60 * bar, 260 - 20 * bar, f"{200 + bar}")
            page.text(100 + 60 * bar, 335, f"{2019 + bar}")
        page.lines(70, 400, BODY)

    found = report(chart)
    assert sorted(" ".join(said(found, found.furniture)).split()) == [
        "200",
        "201",
        "2019",
        "202",
        "2020",
        "2021",
        "2022",
        "203",
    ]


def word(text: str, x: float, *, mark: bool = False, glued: bool = False) -> Word:
    return Word(np.arange(len(text)), text, x, 0, x + 6 * len(text), 10, 8, 10, 0, glued, mark)


@pytest.mark.parametrize(
    ("page", "reading"),
    [
        ("ةداملا نم 12.4 ةرقفلا", "الفقرة 12.4 من المادة"),
        ("ماع UN Women تلاق", "قالت UN Women عام"),
        (")ةنجللا(", "(اللجنة)"),
        ("2019–2015 نم", "من 2015–2019"),
        ("2015–2019 نم", "من 2015–2019"),
        ("12-2011 ماع", "عام 2011-12"),
        ("24-02-2019 موي", "يوم 24-02-2019"),
        ("CRC/C/3-4 ةقيثولا", "الوثيقة CRC/C/3-4"),
        ("،(CRC/C/SR.7 رظنا)", "(انظر CRC/C/SR.7)،"),
        ("،)CRC/C/SR.7 رظنا(", "(انظر CRC/C/SR.7)،"),
        ("(%35) ةبسنب", "بنسبة (35%)"),
        (".2069", "2069."),
    ],
)
def test_lines_read_from_the_right(page: str, reading: str) -> None:
    words = [word(w, 60.0 * i) for i, w in enumerate(page.split())]
    turned = logical(words)
    assert " ".join(w.text for w in turned) == reading
    assert [len(w.chars) for w in turned] == [len(w.text) for w in turned]


def test_both_backends_give_the_same_report() -> None:
    from .test_pdf_tables import budget

    pages = [with_notes, budget, sideways]
    data = made(*pages)
    fast, slow = (pdf.read(data, "made.pdf", "0" * 64, backend) for backend in ("pdfium", "pdfplumber"))  # type: ignore[arg-type]
    assert fast.text == slow.text
    assert (fast.pages, fast.note_marks, fast.furniture, fast.markup, fast.tables) == (
        slow.pages,
        slow.note_marks,
        slow.furniture,
        slow.markup,
        slow.tables,
    )
    assert fast.boxes is not None and slow.boxes is not None
    for a, b in itertools.chain(
        zip(fast.boxes.x0, slow.boxes.x0, strict=True), zip(fast.boxes.x1, slow.boxes.x1, strict=True)
    ):
        assert a == pytest.approx(b, abs=2.0, nan_ok=True)


def test_a_number_at_the_edge_that_does_not_count_the_pages_is_text() -> None:
    def page(number: int) -> "object":
        def draw(paper: Paper) -> None:
            paper.text(70, 60, f"Table {number * number}", 10)
            paper.lines(70, 100, [word * number for word in ("one ", "two ", "three ")])
            paper.text(70, 800, f"Page {number + 3}", 8)

        return draw

    found = report(*(page(n) for n in range(1, 6)))  # type: ignore[arg-type]
    assert said(found, found.furniture) == [f"Page {n + 3}" for n in range(1, 6)]


def test_words_of_a_line_set_tight_are_parted() -> None:
    words = "these words stand on a line that is set so tight that its gaps are narrow"

    def tight(page: Paper) -> None:
        x = 70.0
        for word in words.split():
            page.text(x, 100, word)
            x += page.wide(word) + 1.2

    assert report(tight).text.strip() == words


def test_lines_set_sideways_follow_the_upright_text() -> None:
    def labelled(page: Paper) -> None:
        page.lines(100, 100, BODY)
        page.canvas.saveState()
        page.canvas.translate(90, page.height - 130)
        page.canvas.rotate(90)
        page.canvas.setFont("Times-Roman", 8)
        page.canvas.drawString(0, 0, "Supply of water")
        page.canvas.restoreState()

    data = made(labelled)
    for backend in ("pdfium", "pdfplumber"):
        found = pdf.read(data, "made.pdf", "0" * 64, backend)  # type: ignore[arg-type]
        assert found.text.splitlines() == [*BODY, "Supply of water"]
        assert said(found, found.furniture) == ["Supply of water"]  # it stands in the margin
