"""Treaty actions: sentences annotated in place, <t v="party action edtf @ treaty">quote</t>; nested where quotes overlap.

`treaty` are the first letters of the treaty's name in the register. A line "- …" is an item, one that begins with a
number and a stop a numbered paragraph. Ruritania's stand-in is Fiji, the State that each report is about.
"""
# ruff: noqa: E501 - an annotated sentence stands in one line

import re
from array import array

import pytest

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors import articles, dates, instruments, recommendations, treaty_actions
from pipeline.extractors.treaty_actions.words import words_of
from pipeline.model import About, Block, Cell, Language, Outline, Passage, Span, Table
from pipeline.passages import sentences
from pipeline.rules import Rules

RULES = rules.load()
TAG = re.compile(r'<t v="([^"]*)">|</t>')
NUMBERED = re.compile(r"(\d+)\. ")

Row = tuple[int, str, str]


def passage(index: int, line: str, language: Language) -> Passage:
    match = NUMBERED.match(line)
    kind = "item" if line.startswith("- ") else "heading" if line.startswith("# ") else "paragraph"
    text = line[match.end() :] if match else line.removeprefix("- ").removeprefix("# ")
    number = match[1] if match else None
    block = Block(kind, (Span(0, len(text)),), language, number, paragraph=number)  # type: ignore[arg-type]
    said = sentences(text, language, RULES)
    return Passage(index, block, language, text, array("l", range(1000 * index, 1000 * index + len(text))), said)


def read(lines: list[str], language: Language, country: str | None) -> list[Row]:
    given = [passage(index, line, language) for index, line in enumerate(lines)]
    about = About(country=country)
    register = instruments.find(given, about, RULES)
    when = dates.find(given, RULES, Outline(()), country)
    cited = articles.find(given, register, RULES)
    asked = recommendations.find(given, about, RULES)
    names = {entry.key: entry.name for entry in register.instruments}
    found = treaty_actions.find(given, register, when, cited, asked, about, Outline(()), RULES)
    return [
        (
            f.at.passage,
            given[f.at.passage].text[f.at.start : f.at.end],
            f"{f.party} {f.action} {f.edtf or '-'} @ {names[f.treaty]}",
        )
        for f in found
    ]


def unmark(line: str, index: int, language: Language) -> tuple[str, list[Row]]:
    plain, opened, rows, last = "", [], [], 0
    for tag in TAG.finditer(line):
        plain += line[last : tag.start()]
        last = tag.end()
        if tag[1]:
            opened.append((len(plain), tag[1]))
        else:
            start, values = opened.pop()
            rows += [(index, plain[start:], value) for value in values.split("; ")]
    plain += line[last:]
    return plain, rows


def check(text: str, language: Language, country: str | None = "FJI") -> None:
    marked = [unmark(line, index, language) for index, line in enumerate(text.strip().split("\n"))]
    wanted = sorted(row for _, rows in marked for row in rows)
    found = sorted(read([plain for plain, _ in marked], language, country))
    assert [row[:2] for row in found] == [row[:2] for row in wanted]
    for (_, _, value), (_, _, want) in zip(found, wanted, strict=True):
        assert value.startswith(want), (value, want)


TOLD = {
    "active": 'In 1996 the Convention was new. <t v="FJI ratified 1998-03 @ Convention against Torture">Fiji ratified the Convention against Torture in March 1998</t>.',
    "date first": '<t v="FJI ratified 1998 @ Convention against Torture">In 1998, Fiji ratified the Convention against Torture</t>.',
    "it": 'The delegation stated that, on 3 May 2001, it <t v="FJI signed 2001-05-03 @ Convention against Torture">signed the Convention against Torture</t>.',
    "two acts": '<t v="FJI ratified - @ Convention against Torture; FJI signed - @ Convention against Torture">Fiji has signed and ratified the Convention against Torture</t>.',
    "list, dates of its own": '<t v="FJI signed 2003 @ Convention against Torture">Fiji signed the Convention against Torture in 2003</t>, the <t v="FJI signed 2007 @ Convention on the Rights of the Child">Convention on the Rights of the Child in 2007</t> and the <t v="FJI signed 2009 @ Convention on the Rights of Persons">Convention on the Rights of Persons with Disabilities in 2009</t>.',
    "list, one date": '<t v="FJI ratified 2006-09-20 @ Convention against Torture">Fiji ratified the Convention against Torture and the <t v="FJI ratified 2006-09-20 @ Convention on the Rights of the Child">Convention on the Rights of the Child on 20 September 2006</t></t>.',
    "others named first": 'The country <t v="FJI acceded - @ CEDAW">acceded to various conventions, such as CEDAW</t>, <t v="FJI acceded - @ CRC">CRC</t> and <t v="FJI acceded - @ CRPD">CRPD</t>.',
    "reservations": '<t v="FJI acceded - @ Convention on the Rights of the Child">Fiji has acceded, with no declarations or reservations to articles 16 and 17(e), to the Convention on the Rights of the Child</t>.',
    "signatory": 'Fiji is party to the Convention on the Rights of the Child <t v="FJI signed - @ Convention against Torture">and a signatory to the Convention against Torture</t>.',
    "instruments deposited": '<t v="FJI ratified 2010-05-03 @ Convention against Torture">On 3 May 2010, Fiji deposited its instrument of ratification of the Convention against Torture</t>.',
    "participle": 'They studied the <t v="FJI ratified - @ Convention on the Rights of the Child">ratified international instruments, especially the Convention on the Rights of the Child</t>.',
    "two States": '<t v="NZL signed - @ Convention against Torture; FJI signed - @ Convention against Torture">New Zealand and Fiji signed the Convention against Torture</t>.',
    "brackets": 'Treaties in force: <t v="FJI ratified 1998-03-14 @ Convention against Torture">Convention against Torture (ratified on 14 March 1998)</t>; <t v="FJI acceded 1993 @ Convention on the Rights of the Child">Convention on the Rights of the Child (acceded to in 1993)</t>.',
    "respectively": '<t v="FJI ratified 1954-07-24 @ Convention relating to the Status">Convention relating to the Status of Refugees and related <t v="FJI ratified 1972-01-26 @ Protocol">Protocol (ratified, respectively, on 24 July 1954 and 26 January 1972)</t></t>.',
    "passive": 'The <t v="FJI ratified 1998 @ Convention against Torture">Convention against Torture was ratified by Fiji in 1998</t>.',
    "behind": 'The <t v="FJI signed 2001 @ Convention against Torture">Convention against Torture, signed in 2001</t>, is not in force there.',
    "relative": 'It cited the <t v="FJI acceded 1998 @ Convention against Torture">Convention against Torture, to which Fiji acceded in 1998</t>.',
    "withdrawal": '<t v="FJI withdrew - @ Convention against Torture">Fiji withdrew from the Convention against Torture</t>.',
    "reserved": '<t v="FJI reserved - @ Convention on the Rights of the Child">Fiji made a reservation to article 12 of the Convention on the Rights of the Child</t>.',
    "noun": 'Norway welcomed the <t v="FJI ratified - @ Convention against Torture">ratification of the Convention against Torture</t>.',
    "noun, of the State": 'Norway noted the <t v="FJI acceded - @ Convention against Torture">accession of Fiji to the Convention against Torture</t>.',
    "noun, the State's": 'Norway commended Fiji’s <t v="FJI signed 2009 @ Convention against Torture">signature in 2009 of the Convention against Torture</t>.',
    "noun, by the State": 'He welcomed the <t v="FJI ratified - @ Convention against Torture">ratification of the Convention against Torture by the State party</t>.',
    "noun, followed": 'The <t v="FJI ratified - @ Convention against Torture">ratification of the Convention against Torture</t> was followed by a new code.',
    "gerund": 'Norway congratulated Fiji on <t v="FJI ratified - @ Convention against Torture">ratifying the Convention against Torture</t>.',
    "another State": '<t v="NZL ratified 1978 @ Convention against Torture">New Zealand ratified the Convention against Torture in 1978</t>.',
    "list below": """3. The Committee welcomes the ratification by the State party of the following:
- The <t v="FJI ratified 2012-05-03 @ Convention against Torture">Convention against Torture, on 3 May 2012</t>;
- The <t v="FJI ratified - @ Convention on the Rights of the Child">Convention on the Rights of the Child</t>.
4. The Convention on the Rights of Persons with Disabilities is new.""",
    "list below, acts of its own": """3. Since 2010, Fiji signed and ratified the following treaties:
- <t v="FJI signed 2011-09-08 @ Convention against Torture">Convention against Torture; signed on 8 September 2011</t>, ratification pending;""",
    "passive, twice": 'The <t v="FJI ratified 2008 @ Convention against Torture"><t v="FJI signed 2007 @ Convention against Torture">Convention against Torture was signed in 2007</t> and ratified in 2008</t>.',
    "two dates": '<t v="FJI ratified 1979 @ Convention against Torture">Fiji ratified the Convention against Torture and the <t v="FJI ratified 2001 @ Convention on the Rights of the Child">Convention on the Rights of the Child in 1979 and 2001</t></t>, respectively.',
    "day in brackets": '<t v="FJI ratified 2014-12-19 @ Convention against Torture">Fiji ratified the Convention against Torture (19 December 2014)</t>.',
}  # fmt: skip

UNTOLD = {
    "not": "Fiji has not ratified the Convention against Torture.",
    "never": "Fiji never signed the Convention against Torture.",
    "party": "Fiji is a party to the Convention against Torture.",
    "infinitive": "Fiji intends to ratify the Convention against Torture.",
    "should": "The State party should ratify the Convention against Torture.",
    "recommended": "The Committee recommends ratifying the Convention against Torture.",
    "considered": "Fiji would consider signing the Convention against Torture.",
    "process": "Fiji is in the process of acceding to the Convention against Torture.",
    "steps": "It welcomed steps taken towards the ratification of the Convention against Torture.",
    "intention": "Brazil welcomed the intention of signing the Convention against Torture.",
    "asked": "Mexico asked when the Convention against Torture would be ratified.",
    "whether": "Mexico asked whether Fiji had ratified the Convention against Torture.",
    "not yet": "Fiji has yet to ratify the Convention against Torture.",
    "either": "Fiji has signed or ratified the Convention against Torture.",
    "either, below": "The Committee welcomes the ratification of or accession to the following:\n- Convention against Torture;",
    "all States": "Most States have ratified the Convention on the Rights of the Child.",
    "adopted elsewhere": "The General Assembly adopted the Convention against Torture in 1984.",
    "amendment": "Following the ratification of the Kampala amendments to the Rome Statute, the code was changed.",
    "law": "The Prime Minister signed the Press Act under the Convention against Torture.",
    "qualms": "Fiji had reservations about the Convention against Torture.",
    "an act on ratification": "The Ratification Act, 2012 governs treaties such as the Convention against Torture.",
    "no reservations": "The treaty has no reservations. Fiji applies the Convention against Torture.",
    "heading": "# Ratification of the Convention against Torture in 2002",
    "asked for": "1. The Committee recommends that the State party welcome the ratification of the Convention against Torture by its Parliament.",
}

RUSSIAN = {
    "active": 'В 2008 году <t v="FJI acceded 2008 @ Конвенция о правах инвалидов">Фиджи присоединилась к Конвенции о правах инвалидов</t>.',
    "passive": '<t v="FJI ratified 1996 @ Конвенция против пыток">Конвенция против пыток была ратифицирована в 1996 году</t>.',
    "noun": 'Комитет приветствует <t v="FJI ratified 2008-09-04 @ Конвенция о правах инвалидов">ратификацию государством-участником Конвенции о правах инвалидов 4 сентября 2008 года</t>.',
    "brackets": 'Договоры: <t v="FJI ratified 1999-04-30 @ Конвенция против пыток">Конвенция против пыток (ратифицирована 30 апреля 1999 года)</t>.',
    "relative": 'Она сослалась на <t v="FJI acceded 1993 @ Конвенция о правах ребенка">Конвенцию о правах ребенка, к которой страна присоединилась в 1993 году</t>.',
    "list below": """5. Комитет с удовлетворением отмечает, что государство-участник ратифицировало:
- <t v="FJI ratified 2011 @ Конвенция о статусе апатридов">Конвенцию о статусе апатридов в 2011 году</t>;""",
    "not": "Фиджи еще не ратифицировала Конвенцию против пыток.",
    "infinitive": "Комитет рекомендует государству-участнику ратифицировать Конвенцию против пыток.",
    "considered": "Правительство рассматривает вопрос о ратификации Конвенции против пыток.",
}  # fmt: skip


FRENCH = {
    "active": '<t v="FJI signed 2011 @ Convention contre la torture">En 2011, Fidji a signé la Convention contre la torture</t>.',
    "noun": 'Le Comité se félicite de l’<t v="FJI acceded 1997 @ Convention contre la torture">adhésion de l’État partie à la Convention contre la torture en 1997</t>.',
    "list below": """4. Le Comité note avec satisfaction que l’État partie a ratifié les instruments suivants :
- La <t v="FJI ratified 2006-09-22 @ Convention contre la torture">Convention contre la torture, le 22 septembre 2006</t>.""",
    "not": "Fidji n’a pas ratifié la Convention contre la torture.",
}  # fmt: skip

SPANISH = {
    "active": 'El Comité celebra que el Estado parte haya <t v="FJI ratified - @ Convención contra la Tortura">ratificado la Convención contra la Tortura</t>.',
    "reflexive": '<t v="FJI acceded 2005 @ Convención contra la Tortura">Fiji se adhirió a la Convención contra la Tortura en 2005</t>.',
    "noun": 'El Comité acoge con satisfacción la <t v="FJI ratified 2011-05-10 @ Convención contra la Tortura">ratificación de la Convención contra la Tortura el 10 de mayo de 2011</t>.',
    "not": "Fiji no ha ratificado la Convención contra la Tortura.",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD.keys())
def test_told(text: str) -> None:
    check(text, "en")


@pytest.mark.parametrize("text", UNTOLD.values(), ids=UNTOLD.keys())
def test_not_told(text: str) -> None:
    check(text, "en")


@pytest.mark.parametrize("text", RUSSIAN.values(), ids=RUSSIAN.keys())
def test_in_russian(text: str) -> None:
    check(text, "ru")


@pytest.mark.parametrize("text", FRENCH.values(), ids=FRENCH.keys())
def test_in_french(text: str) -> None:
    check(text, "fr")


@pytest.mark.parametrize("text", SPANISH.values(), ids=SPANISH.keys())
def test_in_spanish(text: str) -> None:
    check(text, "es")


def test_without_a_country_a_party_has_to_be_named() -> None:
    check(
        '<t v="NZL signed - @ Convention against Torture">New Zealand signed the Convention against Torture</t>.',
        "en",
        None,
    )
    check("The Government signed the Convention against Torture.", "en", None)


def test_a_withdrawn_reservation_is_told_apart_by_its_rule() -> None:
    given = [passage(0, "Fiji withdrew its reservation to article 12 of the Convention against Torture.", "en")]
    register = instruments.find(given, About(), RULES)
    cited = articles.find(given, register, RULES)
    found = treaty_actions.find(given, register, (), cited, (), About(country="FJI"), Outline(()), RULES)
    assert [(f.action, f.rule) for f in found] == [("withdrew", "treaty_action.reservation")]


def table(rows: list[list[str]]) -> list[tuple[str, str, str | None, str]]:
    """(quote, action, date, treaty) of a table, its first row the heads."""
    given, cells, at = [], [], 0
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            span = Span(at, at + len(text))
            block = Block("cell", (span,), "en", table=0, cell=len(cells))
            said = sentences(text, "en", RULES)
            given.append(Passage(len(given), block, "en", text, array("l", range(at, at + len(text))), said))
            cells.append(Cell(span.start, span.end, row, column, header=row == 0))
            at += len(text) + 1
    outline = Outline(tuple(p.block for p in given), tables=(Table(0, at, tuple(cells)),))
    about = About(country="FJI")
    register = instruments.find(given, about, RULES)
    when = dates.find(given, RULES, outline, "FJI")
    names = {entry.key: entry.name for entry in register.instruments}
    found = treaty_actions.find(given, register, when, (), (), about, outline, RULES)
    return [(given[f.at.passage].text[f.at.start : f.at.end], f.action, f.edtf, names[f.treaty]) for f in found]


CAT, CRC = "Convention against Torture", "Convention on the Rights of the Child"


def test_tables() -> None:
    heads = ["Treaty", "Signature", "Ratification"]
    rows = [[CAT, "1 March 2016", "14 March 2016"], [CRC, "", "13 August 1993"]]
    assert table([heads, *rows]) == [
        ("1 March 2016", "signed", "2016-03-01", CAT),
        ("14 March 2016", "ratified", "2016-03-14", CAT),
        ("13 August 1993", "ratified", "1993-08-13", CRC),
    ]


def test_tables_whose_cells_say_what_was_done() -> None:
    rows = [[CAT, "Ratified on 14 March 2016"], [CRC, "Acceded 1993"], ["Rome Statute", "Not ratified"]]
    assert table([["Treaty", "Ratification or accession"], *rows]) == [
        ("Ratified on 14 March 2016", "ratified", "2016-03-14", CAT),
        ("Acceded 1993", "acceded", "1993", CRC),
    ]


def test_a_date_under_two_acts_says_neither_unless_marked() -> None:
    rows = [[CAT, "14 March 2016"], [CRC, "13 August 1993 (a)"]]
    assert table([["Treaty", "Ratification/accession"], *rows]) == []
    assert [row[1] for row in table([["Treaty", "Ratification, accession (a)"], *rows])] == ["ratified", "acceded"]


@pytest.mark.parametrize("language", [code for code in RULES.languages if "treaty_actions" in RULES.languages[code]])
def test_examples_of_the_rules(language: Language) -> None:
    table = RULES.languages[language]["treaty_actions"]
    for key, wanted in (("examples", True), ("counter_examples", False)):
        for example in table[key]:
            line = example.replace("<", "").replace(">", "")
            assert bool(read([line], language, "ITA")) is wanted, example


def test_a_language_without_the_table_gives_none() -> None:
    languages = {code: {k: v for k, v in t.items() if k != "treaty_actions"} for code, t in RULES.languages.items()}
    assert words_of("en", Rules(languages, RULES.shared, RULES.digests)) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"stop": "("}, "stop is not a pattern"),
        ({"verbs": "x"}, "unknown entry 'verbs'"),
        ({"acts": [{"action": "signd", "did": "signed"}]}, "'signd' is no action"),
        ({"gap": None}, "gap must be a pattern in quotes"),
    ],
)
def test_what_cannot_be_used_is_named(changed: dict[str, object], said: str) -> None:
    table = RULES.languages["en"] | {"treaty_actions": RULES.languages["en"]["treaty_actions"] | changed}
    with pytest.raises(RulesError, match=re.escape(said)):
        words_of("en", Rules({"en": table}, RULES.shared, RULES.digests))
