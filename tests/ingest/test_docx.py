"""What Word shows is what is read: numbers, accepted changes, notes, tables, heads."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.ingest import docx as word
from pipeline.ingest.docx.numbering import write
from pipeline.model import Report

from .build import NAMESPACES, W, cells, docx, listed, marked, p, r, raised, tbl, tc, tr, words

REAL = Path(__file__).parents[3] / "shared" / "reports"
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/><w:suff w:val="space"/>
 <w:pStyle w:val="HCh"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>
</w:num>"""
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="_ H_1"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="HCh"><w:name w:val="_ H _Ch_G"/><w:basedOn w:val="H1"/>
 <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title_H_CH"/><w:basedOn w:val="HCh"/></w:style>
<w:style w:type="paragraph" w:styleId="Ü3"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Own look"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="FR"><w:name w:val="footnote reference"/>
 <w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>"""
REFERENCE = '<w:r><w:rPr><w:rStyle w:val="FR"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
NOTES = """
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2">
 <w:p><w:r><w:footnoteRef/></w:r><w:r><w:tab/><w:t>See law 12 of 2010.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3">
 <w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Ibid.</w:t></w:r></w:p></w:footnote>"""


def read(body: str, parts: dict[str, str] | None = None, section: str = "") -> Report:
    return word.read(docx(body, parts, section), "a.docx", "0" * 64)


def test_automatic_numbers_as_word_shows_them() -> None:
    body = (
        p("Legislation", "HCh")
        + listed("The code was amended.")
        + listed("by law;", level=1)
        + listed("by decree.", level=1)
        + listed("detail", level=2)
        + listed("It is in force.")
        + listed("by order", level=1)
        + listed("point", 2)
        + listed("started anew", 4)
        + p("Practice", "HCh")
    )
    report = read(body, {"numbering": NUMBERING, "styles": STYLES})
    assert report.text.split("\n\n")[:-1] == [
        "I. Legislation",
        "1.\tThe code was amended.",
        "(a)\tby law;",
        "(b)\tby decree.",
        "1.i\tdetail",
        "2.\tIt is in force.",
        "(a)\tby order",
        "•\tpoint",
        "7.\tstarted anew",
        "II. Practice",
    ]
    assert marked(report, "item")[0] == ("(a)\tby law;", 2, None)
    assert ("1.\tThe code was amended.", None, None) in marked(report, "paragraph")


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (4, "upperRoman", "IV"),
        (49, "lowerRoman", "xlix"),
        (28, "lowerLetter", "bb"),
        (2, "russianUpper", "Б"),
        (5, "decimalZero", "05"),
        (3, "none", ""),
        (3, "thaiCounting", "3"),
    ],
)
def test_forms_of_numbers(value: int, form: str, expected: str) -> None:
    assert write(value, form) == expected


def test_headings_by_style_outline_and_paragraph() -> None:
    body = (
        p("The title", "T")
        + p("Introduction", "HCh")
        + p("Scope", "H1")
        + p("Old", "Ü3")
        + p("Mine", "L")
        + p("Direct", properties='<w:outlineLvl w:val="4"/>')
        + p("Body", "H1", '<w:outlineLvl w:val="9"/>')
    )
    report = read(body, {"styles": STYLES})
    assert [(text, level) for text, level, _ in marked(report, "heading")] == [
        ("Introduction", 1),
        ("Scope", 2),
        ("Old", 3),
        ("Mine", 2),
        ("Direct", 5),
    ]
    assert report.lines[2].bold and not report.lines[3].bold


def test_tracked_changes_are_read_as_accepted() -> None:
    body = p(
        runs=r("Fines of ")
        + f'<w:del w:id="1">{"<w:r><w:delText>50</w:delText></w:r>"}</w:del><w:ins w:id="2">{r("80")}</w:ins>'
        + f'<w:moveFrom w:id="3">{r(" gone")}</w:moveFrom><w:moveTo w:id="4">{r(" euros")}</w:moveTo>'
    )
    body += p(properties='<w:rPr><w:del w:id="5"/></w:rPr>', runs=r("The two halves ")) + p("are one paragraph.")
    body += tbl(
        tr("Year", "Number"), "<w:tr><w:trPr><w:del w:id='6'/></w:trPr><w:tc><w:p/></w:tc></w:tr>", tr("2019", "7")
    )
    assert read(body).text == "Fines of 80 euros\n\nThe two halves are one paragraph.\n\nYear\tNumber\n2019\t7\n\n"


SIGNS = ("a", "-noBreakHyphen", "b", "-softHyphen", "c", "-br", "d", "-tab", "e")


def test_fields_boxes_controls_and_hidden_text() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("A/80/1") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Chosen')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here')}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink r:id="x">{r(" linked")}</w:hyperlink><w:smartTag>{r(" tagged")}</w:smartTag>'
    signs = "".join(f"<w:t>{c}</w:t>" if c.isalpha() else f"<w:{c[1:]}/>" for c in SIGNS)
    body = (
        p(runs=r("See ") + field + link + r("secret", "<w:vanish/>") + drawing)
        + control
        + empty
        + p(runs=f"<w:r>{signs}</w:r>")
    )
    assert read(body).text == "See A/80/1 linked tagged\n\nIn the box\n\nChosen\n\na‑bc\nd\te\n\n"


def test_notes_follow_what_refers_to_them() -> None:
    body = p(runs=r("It was adopted") + REFERENCE.format(2) + r(" in 2010.")) + p("Next.")
    body += tbl(tr("Year", "Cases"), tr("2019", tc(p(runs=r("7") + REFERENCE.format(3))))) + p("End.")
    report = read(body, {"footnotes": NOTES, "styles": STYLES})
    assert report.text == (
        "It was adopted1 in 2010.\n\n1\tSee law 12 of 2010.\n\nNext.\n\nYear\tCases\n2019\t72\n\n2\tIbid.\n\nEnd.\n\n"
    )
    assert [words(report, mark) for mark in report.note_marks] == ["1", "2"]
    assert marked(report, "note") == [("See law 12 of 2010.", None, "1"), ("Ibid.", None, "2")]
    assert report.source.repaired is None


def test_a_lost_note_is_told() -> None:
    report = read(p(runs=r("Adopted") + REFERENCE.format(9)), {"styles": STYLES})
    assert report.source.repaired == "notes without text: 1"


@pytest.mark.parametrize(
    ("before", "text", "is_mark"),
    [("2025/26", "a", True), ("age", "12", True), ("reform", "3,4", True), ("9", "th", False), ("300 m", "2", False)],
)
def test_raised_characters(before: str, text: str, is_mark: bool) -> None:
    report = read(p(runs=r(before) + raised(text) + r(" and on")))
    assert [words(report, mark) for mark in report.note_marks] == ([text] if is_mark else [])


def test_notes_typed_under_a_table_or_text() -> None:
    body = tbl(
        tr("Item", "2019", head=True),
        tr("Costs", tc(p(runs=r("1 200.5") + raised("a")))),
        tr(tc(p(runs=raised("a") + r(" In thousands.")), '<w:gridSpan w:val="2"/>')),
    )
    report = read(body + p("*\tReissued."))
    assert marked(report, "note") == [("In thousands.", None, "a"), ("Reissued.", None, "*")]
    assert [words(report, mark) for mark in report.note_marks] == ["a"]
    assert cells(report)[-1] == (1, 1, "1 200.5a", False)


SPAN = '<w:gridSpan w:val="{}"/>'


def test_tables_with_spans_heads_and_captions() -> None:
    restart, going = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = p("Table 2", "H1") + p("Costs by object", "H1") + p("(Thousands of euros)")
    body += tbl(
        tr(tc("Object", restart), tc("2018", restart), tc("Variance", SPAN.format(2)), head=True),
        tr(tc("", going), tc("", going), "Amount", "Per cent", head=True),
        tr(tc("Operations", ""), "", "", ""),
        tr("Travel", "12.5", "(1.0)", "(7.4)"),
        tr("Total", "12.5", "(1.0)", "(7.4)"),
    )
    report = read(p("Introduction", "HCh") + body, {"styles": STYLES})
    assert cells(report)[:5] == [
        (0, 0, "Object", True),
        (0, 1, "2018", True),
        (0, 2, "Variance", True),
        (1, 2, "Amount", True),
        (1, 3, "Per cent", True),
    ]
    first, variance = report.tables[0].cells[0], report.tables[0].cells[2]
    assert (first.row_span, first.column_span, variance.row_span, variance.column_span) == (2, 1, 1, 2)
    assert cells(report)[5:8] == [(2, 0, "Operations", True), (3, 0, "Travel", True), (3, 1, "12.5", False)]
    assert [words(report, span) for span in report.tables[0].caption] == [
        "Table 2",
        "Costs by object",
        "(Thousands of euros)",
    ]
    assert [text for text, _, _ in marked(report, "heading")] == ["Introduction"]
    assert report.text[report.tables[0].start : report.tables[0].end].splitlines()[-2] == "Travel\t12.5\t(1.0)\t(7.4)"


def test_numbers_of_columns_are_no_cells_and_indents_are_kept() -> None:
    tabs = '<w:tabs><w:tab w:val="left" w:pos="288"/></w:tabs>'
    inner = tc(p(properties=tabs, runs="<w:r><w:tab/><w:t>International</w:t></w:r>"))
    deep = tc(p("Paid", properties='<w:ind w:left="600" w:hanging="40"/>'))
    report = read(
        tbl(
            tr("Staff", "2018", "Change", head=True),
            tr("", "(1)", "(2)=(1)-(0)", head=True),
            tr("Volunteers", "", ""),
            tr(inner, "7", "1"),
            tr(deep, "2", "0"),
        )
    )
    assert [text for _, _, text, _ in cells(report)][:4] == ["Staff", "2018", "Change", "Volunteers"]
    assert [c.indent for c in report.tables[0].cells if c.column == 0] == [0.0, 0.0, 14.4, 28.0]
    assert "(2)=(1)-(0)" in report.text


def test_columns_are_those_of_the_body() -> None:
    """Word keeps a column's edge for a head that is merged out of step with the numbers below it."""
    body = tbl(
        tr("Object", "", tc("Change", SPAN.format(2)), head=True),
        *(tr("Travel", tc(str(number), SPAN.format(2)), "9") for number in range(5)),
    )
    report = read(body)
    change = next(cell for cell in report.tables[0].cells if words(report, cell) == "Change")
    assert (change.column, change.column_span) == (1, 2)
    assert {column for _, column, _, _ in cells(report)} == {0, 1, 2}


def test_heads_without_a_mark_in_the_markup() -> None:
    italic = [tc(p(runs=r(text, "<w:i/>"))) for text in ("Year", "2018", "2019")]
    assert [c[3] for c in cells(read(tbl(tr(*italic), tr("Cases", "4", "5"))))] == [True] * 4 + [False] * 2
    assert [c[3] for c in cells(read(tbl(tr("319 A", "On refugees"), tr("428 V", "Statute"))))] == [False] * 4


def test_layout_tables_are_taken_apart() -> None:
    inner = tbl(tr("Year", "Cases"), tr("2019", "7"))
    report = read(tbl(tr(tc(p("In a box") + inner + p("after")), "")))
    assert len(report.tables) == 1 and report.text == "In a box\n\nYear\tCases\n2019\t7\n\nafter\n\n"


def test_tables_of_prose_are_taken_apart() -> None:
    row = tr(
        tc(p("41.7 Ratify the treaty;") + p("Source: A/99/1")),
        "Supported",
        tc(p("- 10 - EQUALITY") + p("- 16 - PEACE")),
    )
    report = read(tbl(tr("Recommendation", "Position", "Goals", head=True), row))
    assert not report.tables
    assert [(text, number) for text, _, number in marked(report, "item")][3:] == [
        ("41.7 Ratify the treaty;", "41.7"),
        ("Source: A/99/1", None),
        ("Supported", None),
        ("- 10 - EQUALITY", "- 10 -"),
        ("- 16 - PEACE", "- 16 -"),
    ]


def test_contents_are_lines_not_a_table() -> None:
    rows = [
        tr(tc(p(runs=r(title) + "<w:r><w:tab/></w:r>")), str(page)) for title, page in (("I", 2), ("II", 4), ("III", 9))
    ]
    report = read(tbl(*rows))
    assert not report.tables and report.text == "I\t2\n\nII\t4\n\nIII\t9\n\n"


def test_first_head_is_text_and_running_heads_are_furniture() -> None:
    references = (
        '<w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="default" r:id="header2"/>'
    )
    parts = {"header1": tbl(tr("United Nations", "A/99/1")), "header2": p("A/99/1") + p("Advance copy")}
    report = read(p("Body"), parts, references + "<w:titlePg/>")
    assert report.text == "Advance copy\n\nUnited Nations\n\nA/99/1\n\nBody\n\n"
    assert [words(report, span) for span in report.furniture] == ["Advance copy"]
    alike = read(p("Body"), parts, references)
    assert [words(alike, span) for span in alike.furniture] == ["A/99/1", "Advance copy"]
    masthead = {"header2": "".join(map(p, ("United Nations", "A/99/1", "General Assembly", "Distr.: General")))}
    assert not read(p("Body"), masthead, references).furniture


def test_strict_files_and_equal_runs() -> None:
    data = docx(p("Same words"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode().replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(name, content)
    assert word.read(strict.getvalue(), "a", "0").text == word.read(data, "a", "0").text == "Same words\n\n"


def damaged(data: bytes, change: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
            elif change == "cut":
                new.writestr(name, old.read(name)[:-30])
            elif change == "bomb":
                new.writestr(name, f"<w:document {NAMESPACES}>" + " " * (130 * 2**20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(p("Text"))[:-40], "damaged DOCX"),
        (damaged(docx(p("Text")), "cut"), r"damaged DOCX \(word/document.xml"),
        (damaged(docx(p("Text")), "missing"), "without its main part"),
        (damaged(docx(p("Text")), "bomb"), "ZIP bomb"),
        (docx(p("")), "has no text"),
    ],
    ids=["cut off", "cut part", "no main part", "bomb", "empty"],
)
def test_bad_input_is_told_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        word.read(data, "a.docx", "0" * 64)
    assert str(caught.value).startswith("a.docx: ") and "\n" not in str(caught.value)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.docx")), ids=lambda path: path.name[:20])
def test_real_reports(path: Path) -> None:
    report = word.read(path.read_bytes(), path.name, "0" * 64)
    ends = [cell.end for table in report.tables for cell in table.cells]
    assert ends == sorted(ends) and (report.tables or marked(report, "item"))
    assert all(words(report, mark).strip() for mark in report.note_marks)
    starts = [re.match(r"(\d{1,3})\.\t", text) for text, _, _ in marked(report, "paragraph")]
    numbers = [match.group(1) for match in starts if match]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
