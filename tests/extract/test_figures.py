"""Figures, as a catalogue of annotated sentences: `[[words|> 62000 count @2015]]` marks each figure, and no other is.

A mark gives the comparator if there is one, the value (a range with `..`), the unit (a ratio with `/` and its base)
and the period. Dates, articles and penalties are read first, as in a run.
"""
# ruff: noqa: E501 - a sentence is a line

import re
from array import array

import pytest

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extract import articles, dates, figures, instruments, penalties
from pipeline.extract.figures.words import compiled
from pipeline.model import About, Block, Figure, Outline, Passage, Report, Source, Span
from pipeline.passages import sentences
from pipeline.rules import Rules

RULES = rules.load()
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\]\]")

COUNTS = """
It reached [[over 62,000 girls and young women|> 62000 count]] in [[nine provinces|9 count]].
The Ombudsman received [[1,024 complaints|1024 count @2014]] in 2014, [[1,156|1156 count @2015]] in 2015 and [[987|987 count @2016]] in 2016.
In 2017, [[345 cases|345 count @2017]] were reported, of which [[120|120 count @2017]] were prosecuted.
The court heard [[269|269 count]] ([[241 new|241 count]] and [[28|28 count]] pending) cases involving minors.
Police found [[9 children|9 count @2016]] ([[8 girls|8 count @2016]] and [[1 boy|1 count @2016]]) in 2016 and [[24 girls|24 count @2017]] in 2017.
The programme targets [[500 villages|500 count @2025]] by 2025 and [[1,000|1000 count @2030]] by 2030.
There are [[37 trained teachers|37 count]] at the ministry, [[26|26 count]] working in the north and [[27|27 count]] working in the south.
[[44 of these children|44 count]] were orphans and [[8|8 count]] were refugees.
[[Four hundred and twenty-three pupils|423 count]] and [[fifteen teachers|15 count]] moved.
Of the [[152 recommendations|152 count]] received, [[130|130 count]] were accepted, [[12|12 count]] noted and [[10|10 count]] rejected.
A home for [[up to 30–35 children|<= 30..35 count]] opened, and one for [[at least 10 women|>= 10 count]].
Lessons are given in [[three languages|3 count]]; the show was produced [[40 times|40 count]].
[[Some 90 laws|~ 90 count]] were passed, [[nearly 300|~ 300 count]] of them in one year.
As at 1 January 2020, [[4,512 prisoners|4512 count @2020-01-01]] were held. [[102 women|102 count @2020-01-01]] were among them.
In 2012 and 2013, [[14|14 count @2012]] and [[19 cases|19 count @2013]] were registered respectively.
The ministry employs [[2 500 teachers|2500 count]] ([[1 300 women|1300 count]]).
[[Total Population: 14 478 000|14478000 count]]
"""

UNITS = """
The rate rose from [[67.5 per cent|67.5 percent @2005]] in 2005 to [[81.2 per cent|81.2 percent @2018]] in 2018.
The number of participants rose from [[3,514|3514 count @2023/2024]] in 2023/24 to [[6,691|6691 count @2024/2025]] in 2024/25.
Net enrolment rose from [[59|59 percent @1990]] to [[99 per cent|99 percent @2015]] between 1990 and 2015.
[[At least 35%|>= 35 percent]] of seats are for women; [[5|5 percent]] and [[4 per cent|4 percent]] are vacant.
Maternal mortality fell from [[357|357 ratio/100000 @2009]] to [[185 per 100,000 live births|185 ratio/100000 @2015]] between 2009 and 2015.
There were [[65 births per 1,000 girls|65 ratio/1000 @2014]] in 2014.
The number of judges per 100,000 inhabitants is [[11|11 ratio/100000]].
Spending was [[2.5 times higher|2.5 ratio]] than before.
The Gini coefficient was [[0.38|0.38 score @2015]] in 2015.
A [[three-year|3 year @2017/2020]] (2017-2020) [[US$ 255.000|255000 USD @2017/2020]] project began.
He was held for [[72 hours|72 hour]] and waited [[10-15 minutes|10..15 minute]], then [[within three months|<= 3 month]] left.
Leave lasts [[five working days|5 day]] or [[more than two weeks|> 2 week]].
The road is [[approximately 500 km|~ 500 km]] long and crosses [[40 hectares|40 ha]].
The budget was [[about € 30 million|~ 30000000 EUR @2009]] in 2009, or [[between 10 and 20 million kip|10000000..20000000 LAK @2009]] now.
The tax was cut from [[20|20 percent]] to [[15 per cent|15 percent]].
It has a population of [[10.3 million|10300000 count]].
The prison population was [[4,512|4512 count]], or [[102 per cent|102 percent]] of capacity.
The term was extended from [[90|90 day]] to [[a maximum of 180 days|<= 180 day]].
Shares of [[4|4 percent]], [[5|5 percent]] and [[6 per cent|6 percent]] fell.
In one century (1876-1976), [[24 million people|24000000 count @1876/1976]] left.
GDP grew by [[4.2 per cent|4.2 percent]] in 2018.
"""

AGES = """
Children [[under 18 years of age|< 18 age]] and girls [[before the age of 18|< 18 age]] may not marry.
Girls [[aged 15–19|15..19 age]], boys [[between the ages of 6 and 24|6..24 age]] and a [[33-year-old|33 age]] man came.
A girl [[under eighteen to fifteen years|15..18 age]] or a boy [[less than twelve years of age|< 12 age]] is a minor.
Daughters [[aged 14|14 age]] or [[15|15 age]] were married; men and women must be [[over 18|> 18 age]] before that.
The law sets the minimum age for employment at [[14|14 age]], [[until 11 years of age|<= 11 age]] school is compulsory.
They accept workers [[as young as 12|>= 12 age]] and choose [[from the age of 18 onwards|>= 18 age]].
The minimum age of marriage was raised from [[16|16 age]] to [[18 years|18 age]].
"""

NONE = """
See paragraphs 12 and 13, table 4, annex 2, page 17 and note 8.
Goal 5 and target 5.3 belong to the 2030 Agenda; resolution 60/251 of 15 March 2006.
Decree 327, Law No. 138, the Group of 77, a 24/7 service and the 21st session.
One woman and a man came first; half of them left and a third stayed.
Article 17 (3) of the Penal Code (2005) applies.
One in five women fled; hundreds of people and dozens of cars were lost.
It opens at 10.30 a.m. and the review takes place at 3 p.m.
(1) They agreed; (2) they signed; (3) they left.
Two areas of concern and three main issues remain.
He was sentenced to three years of imprisonment and a fine of 2,000 euros.
The three-tier system and a two-way street.
The 7 Steps to Safety booklet was printed.
"""

RUSSIAN = """
В суды поступило [[2506 дел|2506 count @2013]] за 2013 год, за 2014 год — [[2410|2410 count @2014]].
Средний сбор составил [[немногим более семи тысяч рублей|> 7000 RUB]], на юге — [[почти двенадцать тысяч рублей|~ 12000 RUB]].
Сумма колеблется [[от 3 до 20 тысяч рублей|3000..20000 RUB]].
Уровень безработицы снизился с [[8,4%|8.4 percent @2010]] в 2010 году до [[5,1%|5.1 percent @2019]] в 2019 году.
Число студентов выросло [[в 2,5 раза|2.5 ratio]].
Детям [[до 14 лет|< 14 age]] и лицам [[старше 65 лет|> 65 age]] помогают.
[[Не менее ста дел|>= 100 count]] вели [[19 судей|19 count]].
Из [[45 жалоб|45 count]] [[12|12 count]] были удовлетворены, а [[33|33 count]] отклонены.
По состоянию на 1 января 2021 года содержалось [[5 432 человека|5432 count @2021-01-01]].
В 2015 и 2016 годах построено соответственно [[14|14 count @2015]] и [[17 школ|17 count @2016]].
Заседание началось в 14 часов 20 минут в зале 415.
Статья 12 Закона № 34, две трети дел и второй вопрос.
"""


def find(text: str, language: str = "en", country: str | None = None) -> tuple[Figure, ...]:
    """The figures of a text that is one paragraph."""
    block = Block("paragraph", (Span(0, len(text)),), language)  # type: ignore[arg-type]
    passage = Passage(
        0, block, block.language, text, array("l", range(len(text))), sentences(text, block.language, RULES)
    )
    outline, report = Outline((block,)), Report(Source("t", "0" * 64, "text/plain", 1, None), text)
    dated = dates.find((passage,), RULES, outline)
    register = instruments.find((passage,), About(), RULES)
    cited = articles.find((passage,), register, RULES)
    punished = penalties.find((passage,), register, cited, RULES, country)
    return figures.find((passage,), outline, report, dated, cited, punished, register, RULES, country)


def said(figure: Figure) -> str:
    """A figure as the marks write it."""
    value = f"{figure.value}" + (f"..{figure.value_to}" if figure.value_to is not None else "")
    unit = figure.unit + (f"/{figure.per}" if figure.per else "")
    return " ".join(filter(None, [figure.comparator, value, unit, figure.period and f"@{figure.period}"]))


CATALOGUE = [("en", line) for part in (COUNTS, UNITS, AGES, NONE) for line in part.strip().splitlines()]
CATALOGUE += [("ru", line) for line in RUSSIAN.strip().splitlines()]


@pytest.mark.parametrize(("language", "line"), CATALOGUE)
def test_catalogue(language: str, line: str) -> None:
    expected = [(match.group(1), match.group(2)) for match in MARK.finditer(line)]
    text = MARK.sub(lambda match: match.group(1), line)
    assert [(text[f.at.start : f.at.end], said(f)) for f in find(text, language)] == expected


MEASURES = [
    ("Ethnic Lao comprised 52.5 per cent of the total population.", 52.5, "Ethnic Lao comprised … total population"),
    ("Nets were given to 466 nurses in all 18 provinces.", 466, "Nets were given … nurses"),
    ("The Board, through its office in Lima, runs four shelters.", 4, "Board … runs … shelters"),
    ("It served 80 orphans in 2015, 82 orphans in 2016, and 21 in 2017.", 21, "served … orphans"),
    ("They aided 99 men (53 of whom were sick) to return home.", 53, "aided … men … sick"),
    ("A budget of US$383,000 was agreed for the northern road.", 383000, "budget … agreed for the northern road"),
]


@pytest.mark.parametrize(("text", "value", "measure"), MEASURES)
def test_measures_are_the_clause_s_own_words(text: str, value: float, measure: str) -> None:
    (figure,) = (figure for figure in find(text) if figure.value == value)
    wanted = [word for part in measure.split(" … ") for word in part.split()]
    assert figure.measure is not None
    assert all(word in figure.measure for word in wanted), figure.measure
    assert all(part in text for part in figure.measure.split(" … "))


def test_measures_are_a_dozen_words_at_most() -> None:
    text = "The " + "very long and winding road of many stones that never ends " * 6 + "has 17 bridges."
    (figure,) = find(text)
    assert figure.measure is not None
    assert len(figure.measure.split()) <= 24


def test_the_report_s_country_tells_whose_rupees() -> None:
    (figure,) = find("They agreed to pay 19,000 rupees.", country="NPL")
    assert (figure.value, figure.unit) == (19000, "NPR")


def test_dates_that_are_a_base_of_comparison_are_no_period() -> None:
    figure = find("An increase of $513,000 compared with the funds approved for 2025/26 is planned.")[0]
    assert figure.period is None


def test_missing_words_name_the_table() -> None:
    broken = Rules({"en": {"figures": {}}}, RULES.shared, {})
    with pytest.raises(RulesError, match=r"languages/en\.toml \[figures\]"):
        compiled("en", broken)
