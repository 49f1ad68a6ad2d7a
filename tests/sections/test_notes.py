"""Footnotes, their marks, and the text that goes on around them."""

from .build import outline, printed, read, words

TEXT = """1. The country has nine provinces, and its people are young.1 In two

of the provinces there are no schools, and in 2011–2012,2 the last of

 1 Office of Statistics, Yearbook of the Provinces (Capital, 2015), p. 7.

 2 Ministry of Schools, Report of the Year (Capital, 2013), p. 20. See also

the report of the year before.

 the teachers left. The Government has sent others, but it could not

keep them there for longer than a year.

2. It hopes to do better, and it has asked for the help of others.

"""


def test_marks_are_found_by_their_count_and_tied_to_their_notes() -> None:
    report = read(TEXT)
    found = outline(report)
    assert [report.text[m.start - 6 : m.end] for m in found.note_marks] == ["young.1", "–2012,2"]
    notes = [b for b in found.blocks if b.kind == "note"]
    assert [(n.number, n.paragraph) for n in notes] == [("1", "1"), ("2", "1")]
    assert words(report, notes[1]).endswith("See also the report of the year before.")


def test_the_sentence_goes_on_after_the_notes() -> None:
    report = read(TEXT)
    paragraph = next(b for b in outline(report).blocks if b.kind == "paragraph")
    assert len(paragraph.pieces) == 2
    assert "the last of / the teachers left." in words(report, paragraph)


def test_no_note_without_a_mark() -> None:
    report = read(
        "1. In the first year the office had\n\n5 judges, and in the second it had\n\n7 Judges of the Peace.\n"
    )
    assert not [b for b in outline(report).blocks if b.kind == "note"]


def test_spelt_out_marks() -> None:
    text = "1. The author lives in a village[[fn:4]].\n\n2. He is young.\n\n[[fn:4]] The village is small.\n"
    report = read(text)
    found = outline(report)
    assert [text[m.start : m.end] for m in found.note_marks] == ["[[fn:4]]"]
    assert [(b.kind, b.number, b.paragraph) for b in found.blocks] == [
        ("paragraph", "1", "1"),
        ("paragraph", "2", "2"),
        ("note", "4", "1"),
    ]


def test_asterisks() -> None:
    report = read("Report on the visit*\n\n1. The visit was long.\n\n * The annex is circulated as received.\n")
    assert [(b.number, words(report, b)) for b in outline(report).blocks if b.kind == "note"] == [
        ("*", "The annex is circulated as received.")
    ]


def test_printed_notes() -> None:
    page = [
        ("1. The office answered all of the letters1 that it was sent.", 50.0, 60.0, 10.0, False),
        ("2. It has nine judges of its own, and two clerks.", 50.0, 84.0, 10.0, False),
        ("1 See the yearbook.", 50.0, 700.0, 8.0, False),
    ]
    report = printed(page, marks=("letters1", "\n1 S"[:2]))
    notes = [b for b in outline(report).blocks if b.kind == "note"]
    assert [(n.number, words(report, n), n.paragraph) for n in notes] == [("1", "See the yearbook.", "1")]


def test_notes_at_the_end() -> None:
    text = "1. It was so.\n\n2. It is so.\n\nNotes\n\n1. The yearbook\n\nhttp://www.example.org/a\n\n2. The letter\n"
    found = outline(read(text))
    assert [b.number for b in found.blocks if b.kind == "note"] == ["1", None, "2"]
    assert [p.number for p in found.paragraphs] == ["1", "2"]
