"""The forms in which documents of other years, bodies and scripts come."""

import pytest

from pipeline import sections
from pipeline.model import About, Markup

from .build import RULES, headings, kinds, marked, numbers, outline, read, words

BODY = "The Working Group sent the Government fourteen cases in the spring of 1988."


def about(text: str) -> About:
    report = read(text)
    return sections.about(report, outline(report), RULES)


@pytest.mark.parametrize("form", ["{}.", "{})", "{} .", "({})", "§ {}.", "§ {}"])
def test_numbers_of_paragraphs(form: str) -> None:
    text = "".join(f"{form.format(n)} {BODY}\n\n" for n in range(1, 6))
    assert numbers(text) == ["1", "2", "3", "4", "5"]


def test_numbers_of_other_scripts() -> None:
    assert numbers("١ - ترحب الجمعية بالتقرير.\n\n٢ - تلاحظ أن ذلك قد تم.\n") == ["1", "2"]
    assert headings("一、导言\n\n1. 大会欢迎该报告。\n\n2. 大会注意到这一点。\n") == [(1, "一", "导言")]


def test_the_only_paragraph() -> None:
    text = f"The Council,\n\nHaving met,\n\n1. {BODY}\n\n29th meeting\n"
    assert numbers(text) == ["1"]
    assert numbers(f"It asks for these things:\n\n1. {BODY}\n") == []


def test_labels_within_running_text_open_no_items() -> None:
    text = f"""1. {BODY} {BODY}
2. The mission counted the boxes, which were used as follows: (a) 20 for paper;
(b) 31 for cloth and (c) 4 for bread, as the Government had told it in the
letter that it sent; and it thanked the guards for their help with all that.
3. {BODY} {BODY}
"""
    assert [number for kind, number, _ in kinds(text) if kind == "item"] in (["(b)"], [])


def test_a_symbol_within_a_sentence_is_no_running_head() -> None:
    second = "2. The plan was carried out as the Assembly had asked for it in resolution\nA/RES/70/99."
    text = f"1. {BODY}\n\n{second}\n\n3. {BODY}\n"
    assert any(said.endswith("A/RES/70/99.") for _, _, said in kinds(text))


def test_a_declared_number_without_value() -> None:
    report = marked("IV-a. It was so.", Markup("paragraph", 0, 0, None, "IV-a"), "It is.", Markup("paragraph", 0, 0))
    assert [words(report, b) for b in outline(report).blocks] == ["It was so.", "It is."]


MASTHEAD = """United Nations                                     CAT/C/MNG/CO/2

Distr.: General
11 August 2016
English
Original: English

Committee against Torture

"""


def test_a_symbol_beside_other_words_and_a_body_that_is_no_title() -> None:
    found = about(f"{MASTHEAD}Concluding observations on the second report of Mongolia*\n\n1. {BODY}\n\n2. {BODY}\n")
    assert found == About(
        "CAT/C/MNG/CO/2",
        "Concluding observations on the second report of Mongolia",
        "Committee against Torture",
        "MNG",
        "2016-08-11",
    )


def test_days_of_a_session_are_no_title() -> None:
    cover = "A/HRC/WG.6/9/PER/3\nHuman Rights Council\nNinth session\n1–12 November 2010\nSummary on Peru\n"
    assert about(f"{cover}\n1. {BODY}\n\n2. {BODY}\n").title == "Summary on Peru"


def test_the_state_of_a_case() -> None:
    cover = "CCPR/C/99/D/1/2007\n\nViews on a case\n\nSubmitted by:    Mr. B.\nState party:    France\n"
    found = about(f"{cover}\n1. {BODY}\n\n2. {BODY}\n")
    assert (found.country, found.title) == ("FRA", "Views on a case")


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Доклад, представленный Республикой Казахстан", "KAZ"),
        ("Доклад о положении в Нигерии", "NGA"),
        ("Доклад Гвинеи-Бисау", "GNB"),
        ("Доклад Соломоновых Островов", "SLB"),
        ("Доклад Маврикия", "MUS"),
        ("Report on Northern Ireland", "GBR"),
        ("التقرير الدوري الثالث للأردن", "JOR"),
        ("التقرير الدوري الثاني لليمن", "YEM"),
        ("الحالة بلبنان", "LBN"),
        ("الحكومة الكويتية", "KWT"),
    ],
)
def test_countries(title: str, country: str) -> None:
    assert about(f"Distr.: General\n3 May 2011\n\n{title}\n\n1. {BODY}\n\n2. {BODY}\n").country == country
