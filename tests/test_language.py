"""Which language each passage is in: sentences of our own in the six languages, and where one gives way to another."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import language, rules
from pipeline.errors import RulesError
from pipeline.ingest import read as read_file
from pipeline.model import LanguageSpan, Report, Source

RULES = rules.load()
TEXTS = {
    "en": "The Committee noted that the State had adopted a new law on the protection of children in rural areas.",
    "fr": "Le Comité a noté que l’État avait adopté une nouvelle loi pour la protection des enfants dans les villages.",
    "es": "El Comité tomó nota de que el Estado había aprobado una nueva ley para la protección de los niños rurales.",
    "ru": "Комитет отметил, что государство приняло новый закон о защите детей, проживающих в сельской местности.",
    "ar": "لاحظت اللجنة أن الدولة اعتمدت قانونا جديدا لحماية الأطفال الذين يعيشون في المناطق الريفية.",
    "zh": "委员会注意到，该国通过了一项新的法律，以保护生活在农村地区的儿童，并为他们提供教育机会。",
}


def spans(text: str) -> list[tuple[str, str]]:
    """(language, words) of each span, after the check that they cover the text."""
    found = language.detect(Report(Source("a", "0", "text/plain", 0, None), text), RULES)
    check(found, text)
    return [(span.language, text[span.start : span.end]) for span in found]


def check(found: tuple[LanguageSpan, ...], text: str) -> None:
    if not text:
        assert found == ()
        return
    assert found[0].start == 0 and found[-1].end == len(text)
    assert all(a.end == b.start and a.language != b.language for a, b in pairwise(found))


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_of_each_language(code: str) -> None:
    assert spans(TEXTS[code]) == [(code, TEXTS[code])]


@pytest.mark.parametrize("first", TEXTS)
@pytest.mark.parametrize("second", TEXTS)
def test_a_change_falls_on_its_line(first: str, second: str) -> None:
    one, two = f"{TEXTS[first]}\n\n12\n\n{TEXTS[first]}\n\n", f"{TEXTS[second]}\n{TEXTS[second]}\n"
    assert spans(one + two) == ([(first, one), (second, two)] if first != second else [(first, one + two)])


def test_what_is_short_takes_the_language_around_it() -> None:
    ru, en = TEXTS["ru"], TEXTS["en"]
    text = f"{ru}\n\nUNICEF\n\n2 Ibid.\n\n12\n\n{ru}\nСм. https://www.example.org/the/report/of/the/committee\n"
    assert [code for code, _ in spans(text)] == ["ru"]
    assert [code for code, _ in spans(f"{en}\n\n1990\n\nB. Recommendations\n\nMinisterio Público\n\n{en}")] == ["en"]


def test_a_foreign_title_splits_no_paragraph() -> None:
    ru = TEXTS["ru"]
    title = "The situation of children in the\nprovinces of the country and the rule of law"
    assert [code for code, _ in spans(f"{ru}\nВ докладе «{title}» сказано:\n{ru}")] == ["ru"]
    en = TEXTS["en"]
    assert [
        code for code, _ in spans(f"{en} The law (Ley general de los derechos de los niños) is\nin force. {en}")
    ] == ["en"]


def test_a_note_of_some_length_in_another_language_stands_apart() -> None:
    ru, en = TEXTS["ru"], TEXTS["en"]
    note = f"{en} {en}\n"
    assert spans(f"{ru}\n\n{note}\n{ru}\n") == [("ru", f"{ru}\n\n"), ("en", f"{note}\n"), ("ru", f"{ru}\n")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Nouvelles mesures législatives adoptées récemment", "fr"),
        ("Nuevas medidas legislativas adoptadas recientemente", "es"),
        ("Recently adopted legislative measures", "en"),
    ],
)
def test_the_detector_speaks_where_no_word_votes(words: str, code: str) -> None:
    assert [found for found, _ in spans(words)] == [code]
    assert language.latin_language(words) == code


def test_words_stand_in_one_list() -> None:
    shared = {"stopwords": {"en": {"words": ["the"]}, "fr": {"words": ["the"]}, "es": {"words": []}}}
    with pytest.raises(RulesError, match=r"stopwords\.toml: 'the' stands under \[en\] and \[fr\]"):
        language.detect(Report(Source("a", "0", "text/plain", 0, None), "text"), rules.Rules({}, shared, {}))


@given(st.text(alphabet="ab the de la и в 中国 ال\n\r\f.12", max_size=300))
def test_spans_cover_any_text(text: str) -> None:
    spans(text)


def test_the_founding_report_is_cut_where_its_language_changes(shared: Path) -> None:
    path = shared / "reports" / "srsg-sale-of-children-lao.txt"
    report = read_file(path, path.name)
    found = language.detect(report, RULES)
    assert [span.language for span in found] == ["ru", "en"]
    assert report.text.count("\n", 0, found[1].start) == 69


def test_real_reports_in_one_language(shared: Path) -> None:
    for path in sorted((shared / "reports").iterdir()):
        if path.suffix in (".txt", ".md", ".html", ".docx") and not path.name.startswith("srsg"):
            report = read_file(path, path.name)
            codes = [span.language for span in language.detect(report, RULES)]
            code = path.stem.rsplit("_", 1)[-1]
            assert codes == [code if code in TEXTS else "en"], path.name
