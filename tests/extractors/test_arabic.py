"""Arabic sentences as States and the translators of the United Nations write them."""

from array import array
from pathlib import Path

import pytest

from pipeline import rules
from pipeline.extractors.identifiers import patterns
from pipeline.records import Record
from pipeline.stages import process

SPELLING = rules.load().spellings["ar"]


def record(text: str, folder: Path) -> Record:
    path = folder / "report.txt"
    path.write_text("تقرير عن حالة حقوق الإنسان في البلد.\n\n" + text + "\n", encoding="utf-8")
    return process(path)[1]


READ = [
    ("وللمادتين ٣ و٤", "و ل ال مادتين 3 و 4"),
    ("القــانونُ المُعدَّل", "ال قانون ال معدل"),
    ("وزارة الوالدين التزمت", "وزاره ال والدين التزمت"),
    ("لا تقل عن سنة ولا تزيد على سنتين", "لا تقل عن واحد سنه و لا تزيد علي اثنتان سنه"),
    ("منذ سنة 2010", "منذ سنه 2010"),
    ("المادة الثانية والعشرين والمادة (7)", "ال ماده 22 و ال ماده 7"),
    ("سن الثامنة عشرة", "سن 18"),
    ("مبلغ 300 907 5 دولار", "مبلغ 5907300 دولار"),
    ("الا تفاقية )١٩٩٣(", "ال اتفاقيه (1993)"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_spelling(text: str, expected: str) -> None:
    read, offsets = SPELLING.read(text, array("l", range(len(text))), text)
    assert read == expected
    assert len(offsets) == len(read)
    assert list(offsets) == sorted(offsets)


ARTICLES = [
    ("تشير المادة 14، الفقرة 3 (أ)، من العهد إلى ذلك.", ["14(3)(أ)"]),
    ("الفقرة 1(ب) من المادة 2 والمادة 12(1) من البروتوكول الاختياري.", ["2(1)(ب)", "12(1)"]),
    ("وفقا للمادتين ٩ و١٠ والمواد من 5 إلى 8 من الاتفاقية.", ["9", "10", "5-8"]),
    ("بموجب الفقرتين 1 و2 من المادة 9 من العهد.", ["9(1)", "9(2)"]),
    ("المادة 163 مكرراً من القانون الجنائي.", ["163 مكرراً"]),
    ("والمادة الثامنة عشرة من الدستور.", ["18"]),
    ("مواد العهد: 7 و10 (1) و18 (1).", ["7", "10(1)", "18(1)"]),
    ("ترد المادة الخام في التقرير.", []),
]


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_provisions(text: str, expected: list[str], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "article"]
    made = [f"{f.number}{'-' + f.number_to if f.number_to else ''}{f.subdivision or ''}" for f in facts]
    assert made == expected


INSTRUMENTS = [
    (
        "صدر القانون رقم ٢٦ لسنة ٢٠١٢ بشأن مكافحة الاتجار بالأشخاص.",
        ["law: القانون رقم 26 لسنة 2012 بشأن مكافحة الاتجار بالأشخاص 2012 26"],
    ),
    ("المادة 3 من قانون العقوبات والمادة 5 من القانون الجنائي.", ["code: قانون العقوبات", "code: القانون الجنائي"]),
    (
        "صدقت على العهد الدولي الخاص بالحقوق المدنية والسياسية.",
        ["treaty: العهد الدولي الخاص بالحقوق المدنية والسياسية"],
    ),
    ("اعتماد قانون حماية الأسرة.", ["law: قانون حماية الأسرة"]),
    ("ينص الدستور على المساواة.", ["constitution: الدستور"]),
    ("تعزيز سيادة القانون وإصدار قانون جديد.", []),
]


@pytest.mark.parametrize(("text", "expected"), INSTRUMENTS)
def test_names(text: str, expected: list[str], tmp_path: Path) -> None:
    found = [
        " ".join(part for part in (f"{one.kind}: {one.name}", one.year, one.number) if part)
        for one in record(text, tmp_path).instruments
    ]
    assert found == expected


DATES = [
    ("عُقدت في 31 أيار/مايو 2012.", ["2012-05-31"]),
    ("في الفترة من 16 كانون الثاني/يناير إلى 3 شباط/فبراير ٢٠١٢.", ["2012-01-16/2012-02-03"]),
    ("صدر في 3 جانفي 2009 وعُدّل في يوليو 2011.", ["2009-01-03", "2011-07"]),
    ("منذ عام 2010 وحتى سنة 2015.", ["2010", "2015"]),
    ("الربع الثالث من عام 2012.", ["2012-07/2012-09"]),
    ("النصف الثاني من عام 2012.", ["2012-07/2012-12"]),
    ("صدر في 16 سبتمبر/أيلول 2015.", ["2015-09-16"]),
    ("في التسعينات.", ["199X"]),
    ("في 15 رمضان 1433هـ (3 أغسطس 2012م).", ["2012-08-03"]),
    ("حضر 2000 طالب.", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: list[str], tmp_path: Path) -> None:
    assert [fact.edtf for fact in record(text, tmp_path).facts if fact.kind == "date"] == expected


FIGURES = [
    ("استفاد أكثر من ثلاثة آلاف طفل من البرنامج.", [(3000, "count", ">")]),
    ("بلغت النسبة 12.5 في المائة.", [(12.5, "percent", None)]),
    ("دُرب 25 قاضياً و30 ضابط شرطة.", [(25, "count", None), (30, "count", None)]),
    ("تزويج فتاة دون سن الثامنة عشرة.", [(18, "age", "<")]),
    ("خُصص مبلغ 300 907 5 دولار.", [(5907300, "USD", None)]),
    ("اعتُمد في الجلسة 1709 وفي الفقرة 12 من التقرير.", []),
    ("أُلقي القبض على خمسة وعشرين شخصا.", [(25, "count", None)]),
    ("يحتاج مليونان و600 ألف طفل إلى الغذاء.", [(2600000, "count", None)]),
    ("بلغ العدد 4ر108 مليون شخص.", []),
    ("قرار الجمعية العامة 2200 ألف (د-21).", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text: str, expected: list[tuple[float, str, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "figure"]
    assert [(fact.value, fact.unit, fact.comparator) for fact in facts] == expected


PENALTIES = [
    (
        "يعاقب بالحبس مدة لا تقل عن سنة ولا تزيد على خمس سنوات كل من باع طفلاً.",
        [("imprisonment", "P1Y", "P5Y", None)],
    ),
    (
        "يعاقب بالحبس سنتين وبغرامة لا تجاوز ألفي دولار أو بإحدى هاتين العقوبتين كل من هدد غيره.",
        [("imprisonment", "P2Y", "P2Y", None), ("fine", None, 2000, "USD")],
    ),
    (
        "يعاقب بالسجن المؤبد أو الإعدام كل من اختطف طفلا.",
        [("imprisonment", "life", None, None), ("death", None, None, None)],
    ),
    ("يعاقب بالحبس شهرا على الأكثر كل من قاوم موظفا.", [("imprisonment", None, "P1M", None)]),
    ("من قتل إنسانا قصدا عوقب بالأشغال عشرين سنة.", [("imprisonment", "P20Y", "P20Y", None)]),
    ("ألغت الدولة عقوبة الإعدام.", []),
]


@pytest.mark.parametrize(("text", "expected"), PENALTIES)
def test_penalties(text: str, expected: list[tuple[str, object, object, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "penalty"]
    assert [(s.sanction, s.min, s.max, s.unit) for fact in facts for s in fact.sanctions] == expected


def test_words_stand_as_they_are_printed(tmp_path: Path) -> None:
    made = record("وبموجب القــانون الجنائي، استفاد ٢٥ من الأطفال ذوي الإعاقة.", tmp_path)
    assert [one.name for one in made.instruments] == ["القانون الجنائي"]
    assert [fact.measure for fact in made.facts if fact.kind == "figure"] == [
        "القانون الجنائي، استفاد … الأطفال ذوي الإعاقة"
    ]


@pytest.mark.parametrize("entry", patterns("ar", rules.load()), ids=lambda entry: entry.name)
def test_identifiers_have_examples(entry: object) -> None:
    assert getattr(entry, "examples", ()) and getattr(entry, "others", ())


HEADS = [
    ("أولا ً - مقدمة\n\n1- ترحب اللجنة بالتقرير.\n\n2- وتلاحظ ذلك.", [("أولاً", "مقدمة")], ["1", "2"]),
    ("بــــاء - دورات اللجنة\n\n١- عقدت اللجنة دورتين.\n\n٢- وانتخبت رئيسا.", [("باء", "دورات اللجنة")], ["1", "2"]),
]


@pytest.mark.parametrize(("text", "heads", "paragraphs"), HEADS)
def test_headings_and_paragraphs(
    text: str, heads: list[tuple[str, str]], paragraphs: list[str], tmp_path: Path
) -> None:
    made = record(text, tmp_path)
    assert [(section.number, section.title) for section in made.sections if section.number] == heads
    assert [paragraph.number for paragraph in made.paragraphs] == paragraphs
