"""HTML as a browser shows it: visible text, headings, lists, tables, notes; declared and broken encodings."""

from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.ingest import html
from pipeline.ingest import read as read_file
from pipeline.model import Report

from .build import cells, marked, words


def read(page: str | bytes) -> Report:
    return html.read(page.encode() if isinstance(page, str) else page, "a.html", "0" * 64)


def test_only_visible_text_in_blocks() -> None:
    report = read(
        "<!doctype html><html><head><title>t</title><style>p{}</style></head><body><nav>Menu</nav>"
        "<!-- c --><div>Loose <b>text</b>,\n   one &amp; <i>two</i>&nbsp;&eacute;<p>A paragraph<br>on two lines</p>tail"
        '<p hidden>no</p><p style="DISPLAY: none">no</p><script>no()</script></div>'
        "<pre>as  it\n  is</pre></body></html>"
    )
    assert report.text == "Loose text, one & two\xa0é\n\nA paragraph\non two lines\n\ntail\n\nas  it\n  is\n\n"
    assert report.source.pages is None and report.source.encoding == "utf-8"


def test_headings_and_lists() -> None:
    report = read(
        "<h1>Report</h1><h3>Scope <small>of it</small></h3>"
        "<ol start=3><li>third<ul><li>inner</ul><li><p>fourth</p><p>more of it</p></ol>"
        "<ol type=a><li>lettered</ol><ol style='list-style: none'><li>(i) by hand</ol><dl><dt>Term<dd>meaning</dl>"
    )
    assert [(text, level) for text, level, _ in marked(report, "heading")] == [("Report", 1), ("Scope of it", 3)]
    assert [(text, level) for text, level, _ in marked(report, "item")] == [
        ("3.\tthird", 1),
        ("•\tinner", 2),
        ("4.\tfourth", 1),
        ("a.\tlettered", 1),
        ("(i) by hand", 1),
    ]
    assert [text for text, _, _ in marked(report, "paragraph")] == ["more of it", "Term", "meaning"]


def test_tables_with_spans() -> None:
    report = read(
        "<p>Before</p><table><caption>Cases (per cent)</caption>"
        "<thead><tr><th rowspan=2>Court<th colspan=2>Cases</tr><tr><th>2018<th>2019</thead>"
        "<tr><th>High<td>4<td>5<tr><td>Low<td>6<td>7.5</table>"
    )
    assert cells(report) == [
        (0, 0, "Court", True),
        (0, 1, "Cases", True),
        (1, 1, "2018", True),
        (1, 2, "2019", True),
        (2, 0, "High", True),
        (2, 1, "4", False),
        (2, 2, "5", False),
        (3, 0, "Low", True),
        (3, 1, "6", False),
        (3, 2, "7.5", False),
    ]
    assert [words(report, span) for span in report.tables[0].caption] == ["Cases (per cent)"]
    assert report.tables[0].cells[1].column_span == 2 and report.tables[0].cells[0].row_span == 2


def test_years_head_the_columns_of_a_table_without_declared_heads() -> None:
    report = read(
        "<table><tr><td></td><td>2018</td><td>2019</td></tr><tr><td>North</td><td>4</td><td>5</td></tr></table>"
    )
    assert [(text, header) for *_, text, header in cells(report)] == [
        ("2018", True),
        ("2019", True),
        ("North", True),
        ("4", False),
        ("5", False),
    ]


def test_layout_tables_are_taken_apart() -> None:
    report = read("<table><tr><td><h2>Inside</h2><table><tr><th>a<th>b<tr><td>x<td>1</table></td><td></td></table>")
    assert report.text == "Inside\n\na\tb\nx\t1\n\n" and len(report.tables) == 1


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("<sup>1</sup>", "<p><sup>1</sup> See law 5.</p>"),
        ('<a href="#_ftn1">[1]</a>', '<p><a href="#_ftnref1" name="_ftn1">[1]</a> See law 5.</p>'),
        ('<sup><a href="#fn:1">1</a></sup>', '<ol><li id="fn:1">See law 5.</li></ol>'),
    ],
)
def test_notes(mark: str, note: str) -> None:
    report = read(f"<p>It was adopted{mark} in the 9<sup>th</sup> session, on 30 m<sup>2</sup>.</p>{note}")
    assert [words(report, span).strip("[]") for span in report.note_marks] == ["1"]
    assert marked(report, "note") == [("See law 5.", None, "1")]


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<meta charset=windows-1251><p>Доклад</p>".encode("cp1251"), "cp1251"),
        ("<meta http-equiv=C content='text/html; charset=koi8-r'><p>Доклад</p>".encode("koi8-r"), "koi8-r"),
        ("<meta charset=iso-8859-1><p>Доклад</p>".encode(), "utf-8"),
        ("<meta charset=no-such-code><p>Комитет принял доклад государства</p>".encode("cp1251"), "cp1251"),
        ("<?xml version='1.0' encoding='iso-8859-5'?><html><p>Доклад</p></html>".encode("iso8859-5"), "iso8859-5"),
        ("<p>Доклад</p>".encode("utf-16"), "utf-16-le"),
    ],
)  # fmt: skip
def test_encodings(page: bytes, encoding: str) -> None:
    report = read(page)
    assert report.source.encoding == encoding and report.text.split()[0] in ("Доклад", "Комитет")


def test_latin_1_is_read_as_browsers_do() -> None:
    assert read(b"<meta charset=iso-8859-1><p>the State\x92s report</p>").text == "the State’s report\n\n"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><head><script>x</script></head></html>"])
def test_no_visible_text(page: str) -> None:
    with pytest.raises(ReadError, match=r"a\.html: an HTML file without visible text"):
        read(page)


def test_broken_markup_is_read_as_browsers_do() -> None:
    assert read("<p>One <b>two<p>three</i></b> &unknown; <table><tr><td>x").text.startswith("One two\n\nthree")
    assert read("<div>" * 1000 + "deep").text.strip() == "deep"
    with pytest.raises(ReadError, match="nested too deep"):
        read("<div>" * 5000 + "deep")


def test_real_pages(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.html")):
        report = read_file(path, path.name)
        articles = [text for text, level, _ in marked(report, "heading") if level == 2]
        assert len(articles) == 31 and len(marked(report, "item")) > 20
