"""Numbers in digits and in words: `[[words|value]]` marks each number that is read, and no other is."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors.numbers import alternation, numbers, prefix_tree
from pipeline.rules import Rules

RULES = rules.load()
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\]\]")

ENGLISH = """
It reached [[62,000|62000]] villages and [[1,234,567|1234567]] people.
The loan was [[663.330.000|663330000]] kip, the grant US$ [[255.000|255000]].
It is [[4 267|4267]] km long; [[6 374 000|6374000]] live there.
Shares of [[12,5|12.5]] %, [[5.5|5.5]] per cent and [[0.500|0.5]] were read, and [[44 109.8|44109.8]] in all.
They printed [[20.000|20000]] copies for [[5.300|5300]] households, [[12.345|12.345]] per cent of all.
In Indian digits [[12,34,567|1234567]], in Swiss ones [[1'000'000|1000000]].
A fine of [[500million|500000000]] Kip, [[5 million|5000000]] or [[24 millions|24000000]].
It cost [[1.5 billion|1500000000]], [[2 lakh|200000]] or [[three crore|30000000]].
[[Four hundred and twenty-three|423]] pupils in [[twenty three|23]] classes with [[fifteen|15]] teachers.
[[A hundred|100]] came, then [[two thousand five hundred|2500]], then [[three hundred thousand|300000]].
They bought [[two dozen|24]] eggs; dozens of hens, hundreds of ducks and thousands of geese.
It took [[two and a half|2.5]] years and [[one|1]] month.
He has [[30 (thirty)|30]] days, she [[fourteen (14)|14]].
On the 21st of the month, for the third time, in the twenty-first century.
Two thirds, three quarters and one fifth are fractions.
Section 1.1.1 and version 3.2.4 hold none; nor do H1N1, COVID-19 and the 1950s.
Women often attend; everyone listened to someone.
He was absent on [[3|3]]-[[5|5]] days; a [[20|20]] ft box and a [[35|35]]-day limit.
In all [[1 million 200 thousand|1200000]] came.
"""

RUSSIAN = """
Это стоит [[10 тысяч|10000]] рублей, [[11,4 миллиона|11400000]] рублей или [[7 тыс.|7000]] долларов.
[[Сорок пять|45]] дел, [[трёх|3]] судов, [[двух|2]] судей, [[сто двадцать три|123]] жалобы.
[[Двести тысяч|200000]] рублей, [[тысячу|1000]] рублей, но тысячи людей.
В [[два с половиной|2.5]] раза больше; [[полтора|1.5]] года.
Двадцать первого числа, две трети дел, 20-й и 2-го.
[[1 миллион 200 тысяч|1200000]] человек и [[12 345,67|12345.67]] евро.
[[12,500|12.5]] кг и [[12.500|12500]] жителей.
Семью семьями не считают.
"""


def read(line: str) -> tuple[str, list[tuple[str, float]]]:
    """A line without its marks, and what it marks."""
    expected = [(match.group(1), float(match.group(2))) for match in MARK.finditer(line)]
    return MARK.sub(lambda match: match.group(1), line), expected


@pytest.mark.parametrize(
    ("language", "line"),
    [(code, line) for code, lines in (("en", ENGLISH), ("ru", RUSSIAN)) for line in lines.strip().splitlines()],
)
def test_catalogue(language: str, line: str) -> None:
    text, expected = read(line)
    assert [(text[n.start : n.end], n.value) for n in numbers(text, language, RULES)] == expected


@given(st.integers(min_value=1000, max_value=10**12), st.sampled_from([",", " ", "\u00a0", "\u202f"]))
def test_thousands_in_groups(value: int, separator: str) -> None:
    text = f"There are {value:,} of them.".replace(",", separator)
    (number,) = numbers(text, "en", RULES)
    assert number.value == value


ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
ONES += ["seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int) -> str:
    """A number under a million in English words, as an independent speller writes it."""
    if value >= 1000:
        rest = value % 1000
        return (
            in_words(value // 1000) + " thousand" + ((" and " if rest < 100 else " ") + in_words(rest) if rest else "")
        )
    if value >= 100:
        return ONES[value // 100 - 1] + " hundred" + (" and " + in_words(value % 100) if value % 100 else "")
    if value >= 20:
        return TENS[value // 10 - 2] + ("-" + ONES[value % 10 - 1] if value % 10 else "")
    return ONES[value - 1]


@given(st.integers(min_value=1, max_value=999_999))
def test_words_are_read_back(value: int) -> None:
    text = f"They counted {in_words(value)} ships."
    (number,) = numbers(text, "en", RULES)
    assert (number.value, number.in_words) == (value, True)


def test_missing_words_name_the_table() -> None:
    empty = Rules({"en": {}}, RULES.shared, {})
    with pytest.raises(RulesError, match=r"languages/en\.toml \[numbers\]"):
        numbers("5 ships", "en", empty)


@pytest.mark.parametrize("depth", range(5))
def test_a_tree_of_prefixes_finds_what_a_plain_list_finds(depth: int) -> None:
    rng = random.Random(depth)
    for _ in range(200):
        words = ["".join(rng.choices("ab-", k=rng.randint(1, 5))) for _ in range(rng.randint(1, 9))]
        text = "".join(rng.choices("ab-", k=12))
        tree, plain = (re.compile(rf"(?:{of})(?!a)") for of in (prefix_tree(words, depth), alternation(words)))
        assert [m.span() for m in tree.finditer(text)] == [m.span() for m in plain.finditer(text)], words
