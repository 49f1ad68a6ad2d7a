"""Amounts of money: `[[words|value currency]]` marks each amount, and no other is."""
# ruff: noqa: E501 - a sentence is a line

import re

import pytest

from pipeline import rules
from pipeline.extractors.money import amounts, named
from pipeline.extractors.numbers import numbers
from pipeline.model import LANGUAGES

RULES = rules.load()
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\]\]")

ENGLISH = """
The fine was [[$US57,926|57926 USD]], the grant [[US$ 255.000|255000 USD]] and the rest [[$44 109.8|44109.8 USD]].
About [[€ 30 million|30000000 EUR]], [[EUR 5 million|5000000 EUR]] or [[2 million euros|2000000 EUR]].
It is [[500million Kip|500000000 LAK]], [[under|-]] the limit.
He paid [[19,000 NR|19000 NPR]] ([[180 USD|180 USD]]) and [[NR 50,000|50000 NPR]].
[[$5m|5000000 USD]], [[€1.2bn|1200000000 EUR]], [[CAN$3,000|3000 CAD]] and [[A$ 20|20 AUD]].
Between [[10|10000000 LAK]] and [[20 million kip|20000000 LAK]]; [[500,000|500000 LAK]] to [[2 million kip|2000000 LAK]].
From [[US$ 5|5000000 USD]] to [[10 million|10000000 USD]].
Ten people, 5 per cent and 17 SDGs are none; nor is CRC 5.
[[300 roubles|300 RUB]], [[40 Swiss francs|40 CHF]], [[7 baht|7 THB]] and [[twelve dollars|12 USD]].
"""

RUSSIAN = """
[[7 тысяч рублей|7000 RUB]], [[5 млн руб.|5000000 RUB]] и [[3 тыс. долларов США|3000 USD]].
От [[10|10000 RUB]] до [[20 тысяч рублей|20000 RUB]].
[[200 евро|200 EUR]], [[1 500 сомов|1500 KGS]] и [[90 тенге|90 KZT]].
"""

ARABIC = """
بلغت التكلفة [[$500|500 USD]] في السنة.
"""


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (code, line)
        for code, lines in (("en", ENGLISH), ("ru", RUSSIAN), ("ar", ARABIC))
        for line in lines.strip().splitlines()
    ],
)
def test_catalogue(language: str, line: str) -> None:
    line = line.replace("[[under|-]]", "under")
    expected = [(m.group(1), *m.group(2).split()) for m in MARK.finditer(line)]
    text = MARK.sub(lambda match: match.group(1), line)
    found = amounts(text, numbers(text, language, RULES), language, RULES)
    assert [(text[a.start : a.end], f"{a.value}", a.unit) for a in found] == expected


@pytest.mark.parametrize(
    ("country", "text", "unit"),
    [
        ("NPL", "19,000 rupees", "NPR"),
        ("IND", "Rs. 500", "INR"),
        ("EGY", "20 pounds", "EGP"),
        ("CHE", "8 francs", "CHF"),
    ],
)
def test_the_country_tells_its_currency(country: str, text: str, unit: str) -> None:
    (amount,) = amounts(text, numbers(text, "en", RULES), "en", RULES, country)
    assert amount.unit == unit
    assert not amounts(text, numbers(text, "en", RULES), "en", RULES)


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "(Thousands of United States dollars)", ("USD", 1000)),
        ("en", "In millions of euros", ("EUR", 1000000)),
        ("en", "Number of posts", None),
        ("ru", "штраф (тыс. руб.)", ("RUB", 1000)),
    ],
)
def test_units_of_captions(language: str, title: str, expected: tuple[str, int] | None) -> None:
    assert named(title, language, RULES) == expected


def test_every_currency_is_a_code_with_a_name() -> None:
    for code, entry in RULES.shared["currencies"].items():
        assert re.fullmatch("[A-Z]{3}", code)
        assert entry.get("en") or entry.get("ru"), code
        assert set(entry) <= {"countries", "symbols", "local", "ru_local", "code", *LANGUAGES}, code
