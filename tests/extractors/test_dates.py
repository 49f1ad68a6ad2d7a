"""Dates, as a catalogue of annotated sentences: `[[words|edtf]]` marks each date that is found, and no other is."""

import re
from array import array
from calendar import monthrange
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors import dates
from pipeline.extractors.dates.words import any_of, words
from pipeline.model import Block, Cell, Outline, Passage, Span, Table
from pipeline.passages import sentences

RULES = rules.load()
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\]\]")

ENGLISH = """
In the [[first nine months of 2015|2015-01/2015-09]] all was well.
In the [[first|2017-01/2017-03]] and [[second quarters of 2017|2017-04/2017-06]] it was not.
The accounts of [[FY2016|2016]] and [[FY 2016/17|2016/2017]], and those of [[2005-6|2005/2006]], are closed.
The decree of [[4.VII.1998|1998-07-04]] and the law of [[12 XII 2001|2001-12-12]] apply.
It was due on [[12/31/2014|2014-12-31]] and came on [[6/5/2015|2015-06-05]].
Some two thousand took part, 1999 of them women.
The treaty was signed on [[20th September 2006|2006-09-20]].
It was opened on the [[20th of September, 2006|2006-09-20]], and closed on [[September 21, 2006|2006-09-21]].
The law went into effect on [[January, 1st 1998|1998-01-01]].
The court sat from [[9-11th December 2013|2013-12-09/2013-12-11]].
The visit lasted [[8 to 16 November 2017|2017-11-08/2017-11-16]].
The session ran from [[May 8-16, 2017|2017-05-08/2017-05-16]].
Forty-first session, [[25 February–22 March 2019|2019-02-25/2019-03-22]].
The trial lasted [[from 30 November to 11 December 2009|2009-11-30/2009-12-11]].
The lease ran [[from 3 December 2010 to 5 June|2010-12-03/2011-06-05]].
Work takes place [[from October 2026 to January 2027|2026-10/2027-01]].
The second phase lasts [[from October to March 2028|2027-10/2028-03]].
Rescues at sea, [[January 2007 through August 2009|2007-01/2009-08]].
Visits took place on [[14|2010-05-14]], [[15|2010-05-15]] and [[17 May|2010-05-17]] and in [[June 2010|2010-06]].
In [[May|2015-05]] and [[June 2015|2015-06]] the clinics opened.
In [[March|XXXX-03]] the clinics may close; they march on.
Deliverables: the report ([[May|XXXX-05]]), pages ([[May–August|XXXX-05/XXXX-08]]).
Children's Day is kept on [[20 November|XXXX-11-20]]. It began in [[1954|1954]].
The budget year runs [[from 1 July to 30 June|XXXX-07-01/XXXX-06-30]].
As of [[2013-02-01|2013-02-01]] and [[25/12/2013|2013-12-25]], so [[01/02/2013|2013-02-01]], but not 31/31/2013.
On [[12.10.2013|2013-10-12]] at 20.15 and on 31 June 2013 nothing happened.
The plan covers [[2015-2017|2015/2017]], the survey [[2011–2012|2011/2012]], the strategy [[2011– 2020|2011/2020]].
The strategy for [[2007-13|2007/2013]] and the plan (20[[16-2018|x]]) are kept.
Funds for [[2016/17|2016/2017]], [[2026/27–2030/31|2026/2031]] and [[2024/2025|2024/2025]] were spent.
The share fell [[between 1990 and 2015|1990/2015]] and [[from 2007 to 2008|2007/2008]].
The [[20062010|2006/2010]] plan was printed without its hyphen.
There were trials in [[2015|2015]], [[2016|2016]] and [[2017|2017]].
Migration grew in [[the 1990s|x]] and the [[early 1980s|198X]].
It was founded [[about 2016|2016~]], [[c. 1950|1950~]].
By [[mid-2016|2016]], in [[early 2017|2017]], at the [[end of 2018|2018]], in the [[autumn of 2019|2019]].
In the [[third quarter of 2025|2025-07/2025-09]] and the [[first semester of 2012|2012-01/2012-06]].
Sales in [[Q4 2025|2025-10/2025-12]] fell.
Since [[2015|2015]] and by [[2020|2020]], towards the [[2030|2030]] Agenda.
The Penal Code ([[2005|2005]]), the Labour Law of [[2014|2014]].
The [[1997|1997]] regulation, the Fees Convention, [[1973|1973]] (No. 138).
Act No. 29 of [[1996|1996]] and Law No. 12/2014 of [[3 May 2014|2014-05-03]] were repealed.
In [[2010|2010]] 186 offenders were tried, in [[2011|2011]] 207 offenders.
In [[2015|2015]] children were taught at 1,950 schools.
The hospital, opened in [[1926|1926]], was rebuilt after [[1873|1873]]; it stands since [[1689|1689]].
More than 2000 persons, 1541 magazines, 2015 officers and US$ 2000 were counted.
Some 1950 leaflets were printed, $2015.50 spent, 2000 km driven, 2012 kg found.
Resolution 1325 (2000), document A/HRC/26/16, communication No. 2000/2010 and www.example.org/2015/12.
The standard ISO 9001:2015 was met at 3.30 p.m. by girls aged 15 last year.
The rate stood at 12.2015 and 2015.75 per cent; version 2015.1 of case 16/2014.
Unregistered children in [[2011–2012|2011/2012]],5 and others in [[2014|2014]].6 The note follows.
Since [[December 2011|2011-12]] people have met; on [[21 February|XXXX-02-21]] many were held.
Half of those of [[21 February|XXXX-02-21]] came for the first time since [[December 2011|2011-12]].
On [[23 December|XXXX-12-23]] the Council asked for an end to the occupation that has lasted since [[1967|1967]].
As of [[10 May 2015|2015-05-10]] reports cover the calendar year, [[1 January to 31 December|XXXX-01-01/XXXX-12-31]].
Met on [[14 November 2010|2010-11-14]] and again on [[16 November|2010-11-16]].
Supplement ([[Jun–Dec|XXXX-06/XXXX-12]]). The next is [[Jan–Mar 2015|2015-01/2015-03]]; Jan came, Mr. Dec left.
Turn of the year, [[December 2014/January 2015|2014-12/2015-01]], by the [[end-June 2016|2016-06]] deadline.
The Offences Act [[1861|1861]] was amended on [[13-06-2012|2012-06-13]] by law No. 2 of [[2004|2004]] regarding persons.
A fine of 2000, EUR 2010, 2000 shillings, and 2000 rupees; the 1800s; from 2010 cases upwards.
Decree No. 5, [[12 May 2010|2010-05-12]], see para. 7 and [[3 June 2011|2011-06-03]] (p. 5, [[2014|2014]]).
The night of [[14/15 May 2010|2010-05-14/2010-05-15]] was calm.
""".strip().splitlines()
ENGLISH = [
    line.replace("(20[[16-2018|x]])", "([[2016-2018|2016/2018]])").replace("[[the 1990s|x]]", "the [[1990s|199X]]")
    for line in ENGLISH
]

RUSSIAN = """
За [[первые девять месяцев 2015 года|2015-01/2015-09]] и за [[6 месяцев 2016 г.|2016-01/2016-06]]; год спустя.
В [[I|2017-01/2017-03]] и [[II кварталах 2017 года|2017-04/2017-06]] проведены проверки.
Сессия длилась [[29 августа — 23сентября 2022 года|2022-08-29/2022-09-23]].
Сессия длилась [[25 февраля – 22 марта 2019 года|2019-02-25/2019-03-22]].
В [[2013 году|2013]] и в [[начале 2014 года|2014]], к [[концу 2015 года|2015]], [[летом 2016 года|2016]].
Рост с [[первой половины 2009 года|2009-01/2009-06]], в [[первом полугодии 2014 года|2014-01/2014-06]].
В [[III квартале 2025 года|2025-07/2025-09]] и в [[первое полугодие|2025-01/2025-06]] цены росли.
График за [[2009 — 2014 год|2009/2014]], с [[2009 по 2013 год|2009/2013]].
После пика [[конца 2011 — первой половины 2012 года|2011/2012-06]] число упало.
Встречи [[21|2014-02-21]] и [[24 февраля|2014-02-24]] и [[2 марта 2014 года|2014-03-02]].
Задержания в [[феврале-марте 2014 года|2014-02/2014-03]].
С [[8 июня 2012 г.|2012-06-08]] закон от [[01.02.2013|2013-02-01]] действует.
Школы строили в [[1980-е годы|198X]], в [[90-х годах|199X]], около [[2016 года|2016]].
Собралось более 2000 человек, поступило 2506 дел, штраф 1500 рублей, резолюция 1325 (2000).
В [[сентябре 2015|2015-09]] и [[2012–2013 гг.|2012/2013]] работали.
Поступило 2015 заявлений; отчёт за [[2010-2012гг.|2010/2012]] готов.
В [[2012|2012]] и [[2014 году|2014]] законы менялись.
""".strip().splitlines()
RUSSIAN = [line.replace("около [[2016 года|2016]]", "[[около 2016 года|2016~]]") for line in RUSSIAN]


def passage(
    text: str, language: str = "en", index: int = 0, table: int | None = None, cell: int | None = None
) -> Passage:
    block = Block("cell" if table is not None else "paragraph", (), language, table=table, cell=cell)  # type: ignore[arg-type]
    parts = sentences(text, language, RULES) if language in RULES.languages else ((0, len(text)),)
    return Passage(index, block, language, text, array("l", range(len(text))), parts)  # type: ignore[arg-type]


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(text[d.at.start : d.at.end], d.edtf) for d in dates.find([passage(text, language)], RULES)]


@pytest.mark.parametrize(
    ("language", "line"), [*(("en", line) for line in ENGLISH), *(("ru", line) for line in RUSSIAN)]
)
def test_catalogue(language: str, line: str) -> None:
    text = MARK.sub(r"\1", line)
    assert found(text, language) == MARK.findall(line)


@pytest.mark.parametrize(
    ("country", "edtf"), [("KEN", "2017-12-07"), ("USA", "2017-07-12"), ("CAN", None), (None, None)]
)
def test_the_country_tells_the_order_of_digits(country: str | None, edtf: str | None) -> None:
    text = passage("It was amended on 07/12/2017.")
    assert [d.edtf for d in dates.find([text], RULES, country=country)] == ([edtf] if edtf else [])


def test_a_rule_is_named_and_places_are_of_the_passage() -> None:
    (only,) = dates.find([passage("It ended on 3 May 2010.", index=7)], RULES)
    assert (only.at.passage, only.at.start, only.at.end, only.rule) == (7, 12, 22, "date.day-month-year")


def test_no_dates_in_a_language_without_rules() -> None:
    none = replace(RULES, languages={})
    assert dates.find([passage("Le 3 mai 2010", "fr")], none) == ()


def table_of(rows: list[list[str]]) -> tuple[list[Passage], Outline]:
    cells, texts = [], []
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            cells.append(Cell(0, 0, i, j, header=i == 0 or j == 0))
            texts.append(passage(text, index=len(texts), table=0, cell=len(texts)))
    return texts, Outline((), tables=(Table(0, 0, tuple(cells), (Span(0, 0),)),))


def test_a_year_among_counts_is_a_count() -> None:
    texts, outline = table_of([["Item", "2014", "2015"], ["Seats", "1834", "2015"], ["Beds", "2011", "523"]])
    assert [(d.at.passage, d.edtf) for d in dates.find(texts, RULES, outline)] == [(1, "2014"), (2, "2015")]


def test_a_year_among_words_is_a_year() -> None:
    texts, outline = table_of([["Committee", "Last report"], ["One", "2011"], ["Two", "none yet"]])
    assert [(d.at.passage, d.edtf) for d in dates.find(texts, RULES, outline)] == [(3, "2011")]


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
RUSSIAN_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def ordinal(day: int) -> str:
    return f"{day}{'th' if day in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


FORMS = {
    "en": [
        lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
        lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
        lambda d: f"{d.day} {MONTHS[d.month - 1].upper()} {d.year}",
        lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
        lambda d: d.isoformat(),
    ],
    "ru": [
        lambda d: f"{d.day} {RUSSIAN_MONTHS[d.month - 1]} {d.year} года",
        lambda d: f"{d.day} {RUSSIAN_MONTHS[d.month - 1]} {d.year} г.",
        lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    ],
}


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from([(language, i) for language in FORMS for i in range(len(FORMS[language]))]))
def test_any_day_reads_back(day: date, form: tuple[str, int]) -> None:
    language, index = form
    written = FORMS[language][index](day)
    before = "This was done on " if language == "en" else "Это сделано "
    assert found(f"{before}{written}", language) == [(written, day.isoformat())]


@settings(max_examples=60, deadline=None)
@given(DAYS, DAYS)
def test_any_span_of_days_reads_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    if first == last or (first.year == last.year and first.month == last.month):
        return
    for step in (" to ", "–", " until "):
        written = FORMS["en"][0](first) + step + FORMS["en"][0](last)
        assert found(f"It ran {written}.") == [(written, f"{first.isoformat()}/{last.isoformat()}")]


@settings(max_examples=60, deadline=None)
@given(st.integers(1900, 2098), st.integers(1, 40))
def test_any_span_of_years_reads_back(year: int, length: int) -> None:
    last = min(year + length, 2100)
    for step in ("-", "–", " to ", " through "):
        assert [edtf for _, edtf in found(f"The plan, {year}{step}{last}, was kept.")] == [f"{year}/{last}"]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2099))
def test_impossible_days_are_no_dates(day: int, month: int, year: int) -> None:
    edtf = [value for _, value in found(f"on {day} {MONTHS[month - 1]} {year}") if value.count("-") == 2]
    assert bool(edtf) == (day <= monthrange(year, month)[1])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    for written, _ in found(text):
        assert written and written in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab c", min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_trie_matches_its_words_longest_first(several: list[str]) -> None:
    pattern = re.compile(any_of(several))
    assert all(pattern.fullmatch(word) for word in several)
    assert pattern.match(max(several, key=len)).group() == max(several, key=len)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("month_words = 3", "month_words: a list of words"),
        ("months = { Smarch = 13 }", "Smarch is given as month 13"),
        ("ordinals = { first = 'x' }", "ordinals: a table from words to numbers"),
        ("day_first = 'yes'", "day_first: true or false"),
        ("moths = []", "unknown key moths"),
    ],
)
def test_wrong_words_are_named(tmp_path: Path, entry: str, message: str) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "en.toml").write_text(f"[dates]\n{entry}\n")
    with pytest.raises(RulesError, match=message):
        words("en", rules.load(tmp_path))
