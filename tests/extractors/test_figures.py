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
from pipeline.extractors import articles, dates, figures, instruments, penalties
from pipeline.extractors.figures.words import compiled
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
Women hold [[21|21 count]] of the [[150 seats|150 count]], up from [[9|9 count @2008]] in 2008.
Of the [[1.2 million people|1200000 count]] in need, [[340,000|340000 count]] are children [[under the age of five|< 5 age]] and [[56,000|56000 count]] are pregnant women.
The region ranked [[125|125 rank]] of [[188 regions|188 count]].
In all, [[412 cases|412 count]] were recorded in Lima ([[210|210 count]]), Cusco ([[over 120|> 120 count]]) and Puno ([[82|82 count]]).
Boys may be given [[up to 30 strokes|<= 30 count]] of a brush.
On 2 May 2019 the Senate passed the Water Act, and on 8 June 2020 it freed [[390 inmates|390 count @2020-06-08]].
The budget for the period from 1 July 1998 to 30 June 1999 was set out in the report of 13 May 1998, and amounted to [[$33,643,900|33643900 USD @1998-07-01/1999-06-30]].
Prisons hold [[12 women|12 count]], an increase from [[8|8 count @2015]] in 2015.
In 2016, police opened [[25 inquiries|25 count @2016]], compared with [[15 inquiries|15 count @2015]] into [[49 arsons|49 count @2015]] in 2015.
Police opened one case, compared with [[three cases|3 count @2017]] in 2017 and [[two|2 count @2016]] in 2016.
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
[[Population: 90 800|90800 count @2012-12]] [[Web users: 63.40%|63.4 percent @2013]] (data source: UN, December 2012) (data source: ITU, 2013)
[[Population: 90 800|90800 count @2012]] (data source: census, 2012)
"""

AGES = """
Children [[under 18 years of age|< 18 age]] and girls [[before the age of 18|< 18 age]] may not marry.
Girls [[aged 15–19|15..19 age]], boys [[between the ages of 6 and 24|6..24 age]] and a [[33-year-old|33 age]] man came.
A girl [[under eighteen to fifteen years|15..18 age]] or a boy [[less than twelve years of age|< 12 age]] is a minor.
Daughters [[aged 14|14 age]] or [[15|15 age]] were married; men and women must be [[over 18|> 18 age]] before that.
The law sets the minimum age for employment at [[14|14 age]], [[until 11 years of age|<= 11 age]] school is compulsory.
They accept workers [[as young as 12|>= 12 age]] and choose [[from the age of 18 onwards|>= 18 age]].
The minimum age of marriage was raised from [[16|16 age]] to [[18 years|18 age]].
The literacy rate ([[15 years and over|>= 15 age]]) is [[89.4%|89.4 percent]].
A further ban, which is [[two to five years|2..5 year]] long, follows.
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
Численность – [[17 160 855 человек|17160855 count]], из них [[5,2 млн. детей|5200000 count]] [[в возрасте до 18 лет|< 18 age]].
В суды поступило [[45 дел|45 count]], рассмотрено [[41|41 count]], осуждено [[52 лица|52 count]].
Построены [[24 школы|24 count]] на [[9,6 тыс. мест|9600 count]]; охват достиг [[15,7%|15.7 percent]].
За первые девять месяцев 2015 года было [[312 случаев|312 count @2015-01/2015-09]]; [[15|15 count @2015-01/2015-09]] из них получили огласку.
Коэффициент снизился с [[65,3 на 100 тыс. рождений|65.3 ratio/100000 @2000]] в 2000 году до [[31,7|31.7 ratio/100000 @2014]] в 2014 году.
Поступило [[2 318 жалоб|2318 count]] (в 2017 году – [[1 954|1954 count @2017]]).
Возраст вступления в брак установлен в [[18 лет|18 age]] для мужчин и [[17 лет|17 age]] для женщин.
На это ушло [[2,3 млрд. долл. США|2300000000 USD]] и [[145,6 млн. сомов|145600000 KGS]].
Две из трех женщин и каждый пятый мужчина согласны.
Заседание началось в 14 часов 20 минут в зале 415.
Статья 12 Закона № 34, две трети дел и второй вопрос.
Число дел сократилось на [[16,5%|16.5 percent]] - [[298 случаев|298 count]].
Запрещено увольнение работника, [[не достигшего 14 лет|< 14 age]].
Сведения даны в пункте 2 a) заключительных замечаний.
"""


LISTS = """
In 2017/18, police recorded [[4,215 thefts|4215 count @2017/2018]] and [[228 arsons|228 count @2017/2018]], compared with [[3,890|3890 count @2016/2017]] and [[176|176 count @2016/2017]] respectively in 2016/17.
The Ombudsman handled [[2,318 complaints|2318 count]] (2017: [[1,954|1954 count @2017]]).
Agencies opened [[56 inquiries|56 count @2016]] in 2016 (2015: [[43|43 count @2015]]; 2014: [[39|39 count @2014]]).
Cases were as follows: 2010, [[451|451 count @2010]]; 2011, [[502|502 count @2011]]; 2012, [[489|489 count @2012]].
[[Complaints rose sharply: 112|112 count @2012]] (2012), [[156|156 count @2013]] (2013) and [[201|201 count @2014]] (2014).
The jail, built for [[600 inmates|600 count]], housed [[1,977|1977 count]].
Women hold [[38|38 count]] of the [[120 seats|120 count]] and [[5|5 count]] of [[18 posts|18 count]].
The benefit is [[5.20 euros|5.2 EUR]] for adults and [[2.60|2.6 EUR]] for children.
There are [[83 deputies|83 count]], [[14 of them women|14 count]] ([[16.9 per cent|16.9 percent]]), against [[7|7 count]] ([[8.4 per cent|8.4 percent]]) before.
[[1,012 petitions|1012 count]] came in, [[730|730 count]] ([[72 per cent|72 percent]]) of which were admitted.
[[11.95 per cent|11.95 percent]] stood for mayor and [[10|10 count]] were elected.
Wasting was [[5.1%|5.1 percent @2010]] and [[5.0%|5 percent @2016]] in 2010 and 2016 respectively.
In 2009, there were [[2 cases|2 count @2009]], in 2010 there were [[16|16 count @2010]].
[[More than 60 policy and financial pledges|> 60 count]] were made. A further [[4|4 count @2020]] are planned for 2020.
Troops were cut by [[1,200|1200 count]], from [[9,500|9500 count]] to [[8,300|8300 count]].
"""

RATES = """
There is [[1 doctor for every 5,000 inhabitants|1 ratio/5000]] against a norm of [[1 per 1,200|1 ratio/1200]].
The rate fell from [[31 per thousand|31 ratio/1000 @1990]] in 1990 to [[19 per thousand|19 ratio/1000 @2010]] in 2010.
The rate was [[54 deaths per 1,000 live births|54 ratio/1000 @2014]] in 2014, compared with [[87|87 ratio/1000 @1990]] in 1990.
The fertility rate fell from [[6.7 children|6.7 ratio @1984]] per woman in 1984 to [[4.9|4.9 ratio @2006]] in 2006.
Subscriptions per 100 inhabitants stood at [[112.3|112.3 ratio/100 @2014]] in 2014.
Prevalence rose by [[6 percentage points|6 percent]] to [[33 per cent|33 percent]].
One in ten men, 1 in 4 children and two out of three women agreed.
On average, [[3.2 persons|3.2 count]] share a room.
Life expectancy was [[64 years|64 year @2015]] in 2015 and [[66|66 year @2018]] in 2018. It grew over the same period from [[8|8 year @2015]] to [[9 years|9 year @2018]] of school.
[[7 million persons|7000000 count]] need aid, up [[40 per cent|40 percent]] from 2015, of whom [[2.7 million|2700000 count]] are displaced.
The population, [[estimated at 10.4 million|~ 10400000 count @2013]] in 2013, is growing at [[2.8 per cent|2.8 percent @2013]] a year and should reach [[15 million|15000000 count @2030]] by 2030.
The budget is [[$135 million|135000000 USD @2017]] for 2017, a decrease of [[$9 million|9000000 USD @2017]] compared with [[$144 million|144000000 USD @2016]] for 2016.
Growth slowed to [[2.1 per cent|2.1 percent @2016]] in 2016 from [[4.3 per cent|4.3 percent]] a year earlier.
[[Over 500 pledges|> 500 count]] under the 1954 and 1961 conventions were made.
The number of lines per 100 inhabitants increased from [[40.2|40.2 ratio/100 @2010]] in 2010 to [[103.5|103.5 ratio/100 @2016]] in 2016.
"""

BOUNDS = """
The legal age is [[17|17 age]] for girls and [[20|20 age]] for boys; a bill would raise it to [[18 years|18 age]].
Those [[under 15|< 15 age]] make up [[14 per cent|14 percent]]. The age of marriage was raised from [[16|16 age]] to [[18|18 age]].
A child may work [[4 hours|4 hour]] if he is [[under 16|< 16 age]] and [[7 hours|7 hour]] later.
[[Sixty per cent|60 percent]] are [[under 25 years of age|< 25 age]], and [[forty-five|45 count]] of the [[128 deputies|128 count]] are women.
They met [[12 groups|12 count]] and [[more than 1,500 children|> 1500 count]].
At the end of 2017, [[34%|34 percent @2017]] were held; a quarter of a million fled.
A sum of [[1,250 million|1250000000 count]] was set aside.
The rate of use is 130, 4%. In phase 2, Level 3 emergencies and Work Package 10 Actions 43 and 44 go on.
Fees totalling Rs 12.4 million and 12 million dinars were due; the fund held 2 billion CFA francs and Nu 45 million.
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


CATALOGUE = [
    ("en", line) for part in (COUNTS, UNITS, AGES, NONE, LISTS, RATES, BOUNDS) for line in part.strip().splitlines()
]
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


LISTED = [
    ("Partners report that 30 bridges were closed by floods.", 30, "bridges were closed", "Partners"),
    ("The delegation stated that 12 schools and 40 shops were closed.", 40, "shops were closed", "delegation"),
    ("In 2010, 12 thefts of cars, 14 cases of fraud and 18 arsons were recorded.", 14, "cases of fraud", "cars"),
    ("Use is 52 per cent in towns and 31 per cent in villages.", 31, "villages", "towns"),
    ("Police heard 312 complaints of abuse. Of these, 201 led to charges.", 201, "complaints of abuse … led", "heard"),
    (
        "A census of 2009 found 38.6 million inhabitants, of whom 42 per cent were literate.",
        38600000,
        "inhabitants",
        "literate",
    ),
    ("Staff visited 12 camps, interviewed 240 detainees and left.", 12, "visited … camps", "interviewed"),
]


@pytest.mark.parametrize(("text", "value", "measure", "other"), LISTED)
def test_measures_in_lists_keep_to_their_own_words(text: str, value: float, measure: str, other: str) -> None:
    (figure,) = (figure for figure in find(text) if figure.value == value)
    assert figure.measure is not None
    assert all(part in figure.measure for part in measure.split(" … ")), figure.measure
    assert other not in figure.measure


@pytest.mark.parametrize(("country", "unit"), [("BFA", "XOF"), ("CMR", "XAF"), (None, None)])
def test_shared_names_of_currencies_need_a_country(country: str | None, unit: str | None) -> None:
    found = find("It cost 43.6 billion CFA francs.", country=country)
    assert [figure.unit for figure in found] == ([unit] if unit else [])


def test_measures_are_a_dozen_words_at_most() -> None:
    text = "The " + "very long and winding road of many stones that never ends " * 6 + "has 17 bridges."
    (figure,) = find(text)
    assert figure.measure is not None
    assert len(figure.measure.split()) <= 24


def test_the_report_s_country_tells_whose_rupees() -> None:
    (figure,) = find("They agreed to pay 19,000 rupees.", country="NPL")
    assert (figure.value, figure.unit) == (19000, "NPR")


def test_letters_before_large_amounts_are_the_country_s_currency() -> None:
    found = find("It spent K2.5 million on 40 N95 masks and K300,000 on M23 camps.", country="PNG")
    assert [(figure.value, figure.unit) for figure in found] == [(2500000, "PGK"), (300000, "PGK")]


def test_dates_that_are_a_base_of_comparison_are_no_period() -> None:
    figure = find("An increase of $513,000 compared with the funds approved for 2025/26 is planned.")[0]
    assert figure.period is None


def test_missing_words_name_the_table() -> None:
    broken = Rules({"en": {"figures": {}}}, RULES.shared, {})
    with pytest.raises(RulesError, match=r"languages/en\.toml \[figures\]"):
        compiled("en", broken)
