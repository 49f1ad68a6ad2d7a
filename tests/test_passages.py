"""Passages: words rejoined, marks and furniture left out, sentences, and the way back to the text."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.model import Block, Boxes, Outline, Report, Source, Span
from pipeline.passages import passages, sentences
from pipeline.rules import Rules

RULES = rules.load()
SOURCE = Source("report.txt", "0" * 64, "text/plain", 1, None)


def clean(text: str, *pieces: tuple[int, int], marks: tuple[Span, ...] = (), printed: bool = False) -> str:
    """The passage of one block with these pieces (default: the whole text); checks its offsets."""
    nothing = array("f", [0.0] * len(text))
    report = Report(SOURCE, text, boxes=Boxes(nothing, nothing, nothing, nothing) if printed else None)
    block = Block("paragraph", tuple(Span(*p) for p in pieces) or (Span(0, len(text)),), "en")
    found = passages(report, Outline((block,), note_marks=marks), RULES)
    for passage in found:
        assert len(passage.text) == len(passage.offsets)
        assert all(a < b for a, b in zip(passage.offsets, passage.offsets[1:], strict=False))
        for char, at in zip(passage.text, passage.offsets, strict=True):
            assert char == text[at] or char in " -"
        said = [passage.text[s:e] for s, e in passage.sentences]
        assert said == [sentence.strip() for sentence in said]
    return found[0].text if found else ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("in two\nlines", "in two lines"),
        ("in  two \r\n\r\n lines ", "in two lines"),
        ("1\u00a0234\u2009567", "1 234 567"),
        # A word that a line end cuts, and compounds that keep their hyphens.
        ("against all exploi-\ntation", "against all exploitation"),
        ("a non-\ngovernmental body. Non-governmental bodies", "a non-governmental body. Non-governmental bodies"),
        ("a lower-\nmiddle income; lower and middle", "a lower-middle income; lower and middle"),
        ("the Anti-\nTrafficking Law", "the Anti-Trafficking Law"),
        ("COVID-\n19 cases", "COVID-19 cases"),
        ("in 2011–\n2012", "in 2011–2012"),
        ("and/\nor", "and/or"),
        ("a plan -\nwithout money", "a plan - without money"),
        # Soft hyphens and signs that nobody sees.
        ("exploi\u00adtation", "exploitation"),
        ("exploi\u00ad\n tation", "exploitation"),
        ("\ufeffLaw\u200b on", "Law on"),
    ],
)
def test_words(text: str, read: str) -> None:
    assert clean(text) == read


def test_a_printed_soft_hyphen_within_a_line_is_a_hyphen() -> None:
    assert clean("в феврале\u00adмарте", printed=True) == "в феврале-марте"
    assert clean("экс\u00ad\nплуатация", printed=True) == "эксплуатация"


def test_marks_are_left_out() -> None:
    text = "under 25 years of age.7 In 2014. 6 Figures"
    marks = (Span(22, 23), Span(33, 34))
    assert clean(text, marks=marks) == "under 25 years of age. In 2014. Figures"


def test_pieces() -> None:
    text = "found that the schools GE.19-1 were open"
    assert clean(text, (0, 22), (31, 40)) == "found that the schools were open"
    assert clean("the exploi- 12 tation of", (0, 11), (15, 24)) == "the exploitation of"


def test_other_languages_have_no_passages() -> None:
    block = Block("paragraph", (Span(0, 5),), "zh")
    others = replace(RULES, languages={code: table for code, table in RULES.languages.items() if code != "zh"})
    assert passages(Report(SOURCE, "一二三四五"), Outline((block,)), others) == ()


@given(st.text(alphabet="aB1 .-\n\u00ad\u00a0\u200b–)", max_size=60), st.data())
def test_offsets_lead_back(text: str, data: st.DataObject) -> None:
    if text:
        cut = data.draw(st.integers(0, len(text)))
        mark = data.draw(st.integers(0, len(text) - 1))
        clean(text, (0, cut), (cut, len(text)), marks=(Span(mark, mark + 1),), printed=data.draw(st.booleans()))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was so. | It is so."),
        ("en", "It was so in 2014. | The Law says so (art. 12). | See para. 7 and No. 138 of Mr. J. R. Smith."),
        ("en", "The U.S. Government said “No.” | It stayed away."),
        ("en", "It paid 1.5 million. | 70 per cent of it went to schools, e.g. in towns."),
        ("en", "It asks: (a) to close camps; (b) to open schools; Article 5 says so."),
        ("en", "Is it so? | (It is.) | Yes!"),
        ("ru", "Это предусмотрено ч. 5 ст. 20.2 КоАП РФ. | Штраф составил 10 тыс. руб. | Суд согласился."),
        ("ru", "В 2014 г. Суд рассмотрел 5 дел и т.д. | Решения нет."),
        ("ru", "А. Б. Иванов, т. е. истец, проиграл. | «Это так». | Верно."),
    ],
)
def test_sentences(language: str, text: str) -> None:
    parts = text.split(" | ")
    whole = " ".join(parts)
    assert [whole[s:e] for s, e in sentences(whole, language, RULES)] == parts


def test_bad_rules() -> None:
    wrong = Rules({"en": {"passages": {"abbreviations": ["art"]}}}, {}, {})
    with pytest.raises(RulesError, match=r"en\.toml.*abbreviations"):
        sentences("It was so. It is so.", "en", wrong)
