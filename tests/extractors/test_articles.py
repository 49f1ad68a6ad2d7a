"""Articles: sentences annotated in place, <a v="unit number sub @ instrument">quote</a>, as the catalogue of rules."""

import re
from array import array

import pytest

from pipeline import rules
from pipeline.extractors import articles, instruments
from pipeline.model import About, Block, Language, Passage, Span
from pipeline.passages import sentences

RULES = rules.load()
MARK = re.compile(r'<a v="([^"]*)">(.*?)</a>')


def read(lines: list[str], language: Language, symbol: str | None = None) -> list[tuple[int, str, str]]:
    """(passage, quote, "unit number[-to] [subdivision] @ instrument") of each article."""
    passages = []
    for index, line in enumerate(lines):
        kind = "heading" if line.startswith("# ") else "paragraph"
        text = line.removeprefix("# ")
        block = Block(kind, (Span(0, len(text)),), language, section="s1")  # type: ignore[arg-type]
        offsets = array("l", range(len(text)))
        passages.append(Passage(index, block, language, text, offsets, sentences(text, language, RULES)))
    register = instruments.find(passages, About(symbol=symbol), RULES)
    names = {entry.key: entry.name for entry in register.instruments}
    rows = []
    for a in articles.find(passages, register, RULES):
        number = f"{a.number}-{a.number_to}" if a.number_to else a.number
        value = f"{a.unit} {number} {a.subdivision or ''}".strip()
        instrument = names[a.instrument] if a.instrument else "-"
        rows.append((a.at.passage, passages[a.at.passage].text[a.at.start : a.at.end], f"{value} @ {instrument}"))
    return rows


ENGLISH = [
    'Dumping is charged under <a v="section 4 @ RPTA">section 4</a> of the RPTA, and '
    '<a v="section 6 (2) @ RPTA">sections 6 (2)</a> and <a v="section 8 @ RPTA">8</a> of the RPTA prohibit fishing.',
    'Under <a v="article 25 @ Convention">article 25</a> of the Convention, dumping is an offence. The Water Code has '
    'no penalty, as the Committee recalled under the Convention (<a v="article 25 @ Convention">article 25</a>).',
    'The Penal Code Act punishes dumping. <a v="section 5 @ Penal Code Act">Section 5</a> of the Penal Code applies.',
    "The Water Code and the Code Amendments Act say that dumping "
    '(<a v="article 5 @ Water Code">art. 5</a>) is no crime.',
    "The River Police Code (RPC) punishes dumping. "
    '<a v="section 5 @ River Police Code">Section 5</a> of the RPC Act applies.',
    'Under <a v="article 2:239 @ Civil Code">article 2:239</a> of the Civil Code, dumping is prohibited.',
    'Under <a v="article 5 @ Water Code">article 5</a> of the Water Code, dumping is prohibited.',
    '<a v="article 5 @ Water Code">Articles 5</a>, <a v="article 6 @ Water Code">6</a> and '
    '<a v="article 9 @ Water Code">9</a> of the Water Code apply.',
    '<a v="article 31-34 @ Water Code">Articles 31-34</a> of the Water Code apply.',
    '<a v="article 5 @ Water Code">Articles 5</a> (“Wells”) and <a v="article 9 @ Water Code">9</a> (“Springs”) of the '
    "Water Code apply.",
    '<a v="section 12-15 @ Harbours Act">Sections 12 to 15</a> of the Harbours Act apply.',
    'The Water Code forbids it (<a v="article 7 @ Water Code">art. 7</a>).',
    'The Law on Ports prohibits, in <a v="article 8 @ Law on Ports">Articles 8</a> and '
    '<a v="article 9 @ Law on Ports">9</a>, all dumping.',
    '<a v="article 14 (3)(a) @ International Covenant on Civil and Political Rights">Article 14, paragraph 3 (a)</a>, '
    "of the International Covenant on Civil and Political Rights was invoked.",
    '<a v="article 14 (3)(a) @ International Covenant on Civil and Political Rights">Paragraph 3 (a) of article 14</a> '
    "of the International Covenant on Civil and Political Rights was invoked.",
    '<a v="article 2 (1) @ Convention on the Rights of the Child">Article 2, paragraphs 1</a> and '
    '<a v="article 2 (2) @ Convention on the Rights of the Child">2</a>, of the Convention on the Rights of the Child '
    "were cited.",
    'It has reservations to <a v="article 2 @ ICCPR">articles 2</a>, <a v="article 9 (2) @ ICCPR">9, paragraph 2</a>, '
    'and <a v="article 16 @ ICCPR">16</a> of the ICCPR.',
    '<a v="article 9 (1) @ ICCPR">Article 9 (1)</a>, <a v="article 9 (3) @ ICCPR">(3)</a> and '
    '<a v="article 9 (4) @ ICCPR">(4)</a> of the ICCPR were violated.',
    'A violation of <a v="article 7 @ ICCPR">article 7</a>, read in conjunction with '
    '<a v="article 2 (3) @ ICCPR">article 2 (3)</a> of the ICCPR, was found.',
    '<a v="article 19 (1)(a) @ Decree-Law No. 8/99">Art. 19, para. 1, letter a)</a> of Decree-Law No. 8/99 applies.',
    '<a v="article 49 bis @ Water Code">Article 49 bis</a> and <a v="article 12.4 @ Water Code">article 12.4</a> of '
    "the Water Code apply.",
    '<a v="article 121-3 @ Water Code">Articles 121-3</a> and <a v="article 225-4-1 @ Water Code">225-4-1</a> of the '
    "Water Code apply.",
    '<a v="section 3 @ Constitution">Section 3</a> of chapter II of the Constitution applies.',
    '<a v="part IV @ Harbours Act">Part IV</a> and <a v="schedule 2 @ Harbours Act">Schedule 2</a> of the Harbours Act '
    "list them.",
    'The Committee acted under <a v="rule 97 @ rules of procedure">rule 97</a> of its rules of procedure.',
    '<a v="article 225-4-1-225-4-9 @ Water Code">Articles 225-4-1 to 225-4-9</a> of the Water Code apply.',
    '<a v="article 159 (4) @ Water Code">Articles 159 (4)</a>, <a v="article 244-1 (3)(a) @ Water Code">244-1 (3) (a)'
    '</a> and <a v="article 244-2 (1) @ Water Code">244-2 (1)</a> of the Water Code apply.',
    '<a v="section 7-14 @ Harbours Act">Sections 7-14</a> of the Harbours Act apply.',
    '<a v="article L. 321-1 @ Water Code">Article L. 321-1</a> of the Water Code and '
    '<a v="article R. 12-4 @ Water Code">article R. 12-4</a> of the same Code apply.',
    'Under chapter 4, <a v="section 1 a @ Water Code">section 1 a</a> of the Water Code, leaks are reported.',
    'Chapter 6, <a v="section 11 @ Water Code">section 11</a>, of the Water Code applies.',
    'The change brought a new <a v="article 61 b @ Water Code">Article 61 b</a> (draining of wells) to the Water Code.',
    'It reviewed <a v="article 8 (2)(c)(ii) @ Water Code">Article (8) (2) (c) (ii)</a> of the Water Code.',
    'The Water Code was passed. Its aims are set out in the River Principles. <a v="article 3 @ -">Article 3</a> names '
    "them.",
    "The Universal Declaration of Human Rights was read aloud, and "
    '<a v="article 24 @ Universal Declaration of Human Rights">article 24</a> of the Universal Declaration of Human '
    "Rights was discussed.",
    '<a v="section 180 @ Water Code">§§ 180</a> and <a v="section 182 @ Water Code">182</a> of the Water Code apply.',
    '<a v="article 14 (3)(b) @ ICCPR">Article 14 (3) (b)</a>, <a v="article 14 (3)(d) @ ICCPR">(d)</a> and '
    '<a v="article 14 (3)(g) @ ICCPR">(g)</a> of the ICCPR were invoked.',
    '<a v="article 9 (1)-(4) @ ICCPR">Article 9 (1)–(4)</a> of the ICCPR was invoked.',
    '<a v="section 3 @ Harbours Act">Section 3</a> of the Harbours Act, chapter 63 of the Laws of Arden, applies.',
    # what belongs to no instrument of law
    "See section III below, part II of the present report, paragraphs 12 to 14 and CRC/C/XYZ/3, para. 5.",
    "Target 16.2 of the Sustainable Development Goals and resolution 48/134 were recalled.",
    'Under <a v="article 5 @ -">article 5</a> of the statutes of the club, which the Water Code recognises, it may.',
    'Articles of the Water Code: <a v="article 2 @ Water Code">2</a> and '
    '<a v="article 5 (2)(b) @ Water Code">5 (2) (b)</a>',
    "The Law on Water Transport is old; "
    '<a v="article 2 @ Law on Water Transport">article 2</a> of the water law applies.',
    'It relied on <a v="section 129 @ Water Code">§129</a> of the Water Code.',
    'The Water Code provides in <a v="chapter 4 @ Water Code">chapter 4</a> for the protection of wells.',
]

RUSSIAN = [
    'Согласно <a v="article 20.1 @ КоАП РФ">статье 20.1</a> КоАП РФ, назначается штраф.',
    'Дела о нарушениях <a v="article 19.9 (1) @ КоАП">частей 1</a>, <a v="article 19.9 (2) @ КоАП">2</a> и '
    '<a v="article 19.9 (4) @ КоАП">4 статьи 19.9</a> КоАП рассмотрены.',
    'Осужден по <a v="article 111 (1)(2) @ УК РФ">п. 2 ч. 1 ст. 111</a> УК РФ.',
    '<a v="article 91-108 @ Трудовой кодекс">Статьи 91–108</a>: Трудовой кодекс.',
    'Число дел по <a v="article 19.9 @ КоАП">19.9</a> КоАП растет.',
    '<a v="article 16 @ Конвенция о правах ребенка">Статьи 16</a> и '
    '<a v="article 17 @ Конвенция о правах ребенка">17</a> Конвенции о правах ребенка.',
    'Действуют <a v="article 24.1-24.4 @ КоАП РФ">статьи 24.1. - 24.4</a> и '
    '<a v="article 24.10 @ КоАП РФ">24.10</a> КоАП РФ.',
    'Закон о воде принят; нарушена <a v="article 9 @ Хартия">статья 9</a> Хартии.',
    'По <a v="article 228 @ УК РФ">228</a>-й статье УК РФ и <a v="article 229-231 @ УК РФ">статьям 229−231</a> УК РФ.',
    'Согласно <a v="article 9 (1) @ Водный кодекс">п. 1. ст. 9</a> Водного кодекса.',
]


def check(marked: list[str], language: Language, symbol: str | None = None) -> None:
    expected = [(i, quote, value) for i, line in enumerate(marked) for value, quote in MARK.findall(line)]
    assert read([MARK.sub(r"\2", line) for line in marked], language, symbol) == expected


@pytest.mark.parametrize("marked", ENGLISH)
def test_english(marked: str) -> None:
    check([marked], "en")


@pytest.mark.parametrize("marked", RUSSIAN)
def test_russian(marked: str) -> None:
    check([marked], "ru")


def test_the_passage_tells_the_instrument() -> None:
    check(
        [
            'The Water Code (1998) bans dumping. Twice is a crime (<a v="article 8 @ Water Code">Article 8</a>).',
            'So does <a v="article 9 @ Water Code">article 9</a>.',
            'The Ports Act governs ships. Under <a v="section 4 @ Ports Act">section 4</a> of the Act, they pay fees.',
        ],
        "en",
    )


def test_a_number_cited_in_full_is_remembered() -> None:
    check(
        [
            '<a v="article 77 @ Water Code">Article 77</a> of the Water Code forbids it.',
            "Inspections are rare.",
            'Few were fined under <a v="article 77 @ Water Code">article 77</a>.',
        ],
        "en",
    )


def test_headings_of_an_instrument_are_its_own_sections() -> None:
    lines = ["# Article 1", "All wells are open.", "# Article 2", "No well is closed.", "# Article 3", "Rain is free."]
    assert read(lines, "en") == []


def test_headings_of_a_report_under_a_treaty() -> None:
    check(
        [
            '# <a v="article 6 @ Convention">Article 6</a>',
            'In view of <a v="article 6 @ Convention">article 6</a> of the Convention, the State party acts.',
        ],
        "en",
        "CEDAW/C/XYZ/5",
    )
