"""Russian sentences as reports of States, courts' practice and the United Nations' translators write them."""

from pathlib import Path

import pytest

from pipeline.records import Record
from pipeline.stages import process


def record(text: str, folder: Path) -> Record:
    path = folder / "report.txt"
    path.write_text("Доклад о правах человека в стране.\n\n" + text + "\n", encoding="utf-8")
    return process(path)[1]


ARTICLES = [
    ("Комитет ссылается на статьи 4, 42 и 44 (пункт 6) Конвенции.", ["4", "42", "44(6)"]),
    ("Нарушены пункты 1 и 3 d) и g) статьи 14 и статья 21 Пакта.", ["14(1)", "14(3)(d)", "14(3)(g)", "21"]),
    ("Речь идет о подпунктах b) и c) пункта 3 статьи 14 Пакта.", ["14(3)(b)", "14(3)(c)"]),
    ("Часть вторая статьи 25 Конституции гласит иное.", ["25(2)"]),
    ("Применена статья 2 и пункт 2 b) статьи 5 Протокола.", ["2", "5(2)(b)"]),
    ("Подпункт 1) пункта 2 статьи 14 Закона утратил силу.", ["14(2)(1)"]),
    ("Срок давности по ст. 20.3 КоАП — 90 дней.", ["20.3"]),
    ("Нарушена статья 7 Конвенции ООН против пыток.", ["7"]),
    ("Их судили по ст. 12, 13, ч. 1 14 УК.", ["12", "13", "14(1)"]),
    ("Изменены статьи 90 («Шум») и 95 («Драка») Уголовного кодекса.", ["90", "95"]),
]


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_provisions(text: str, expected: list[str], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "article"]
    assert [f"{fact.number}{fact.subdivision or ''}" for fact in facts] == expected


INSTRUMENTS = [
    ("В силу вступил Трудовой кодекс.", ["code: Трудовой кодекс"]),
    ("По статье 5 Уголовного кодекса судили двоих.", ["code: Уголовный кодекс"]),
    (
        "Принят Закон Республики Аркадия «О беженцах» от 4 мая 2011 года № 12-III.",
        ["law: Закон Республики Аркадия «О беженцах» 2011 12-III"],
    ),
    (
        "Утверждена Национальная стратегия развития на 2018–2022 годы.",
        ["policy: Национальная стратегия развития 2018/2022"],
    ),
    ("Действует Закон № 24/2005 о борьбе с торговлей людьми.", ["law: Закон о борьбе с торговлей людьми 2005 24/2005"]),
    ("Ратифицирован Римский статут.", ["treaty: Римский статут"]),
    (
        "Приняты статьи Кодекса РК об административных правонарушениях.",
        ["code: Кодекс РК об административных правонарушениях"],
    ),
    ("Статья 3 Всеобщей декларации прав человека важна.", ["treaty: Всеобщая декларация прав человека"]),
]


@pytest.mark.parametrize(("text", "expected"), INSTRUMENTS)
def test_names_in_the_nominative(text: str, expected: list[str], tmp_path: Path) -> None:
    found = [
        " ".join(part for part in (f"{one.kind}: {one.name}", one.year, one.number) if part)
        for one in record(text, tmp_path).instruments
    ]
    assert [name.replace(" Республики Аркадия", "") for name in found] == [
        name.replace(" Республики Аркадия", "") for name in expected
    ]


FIGURES = [
    ("На эти цели выделено 120 млн. сомов (1,7 млн. долл. США).", [(120000000, "KGS", None), (1700000, "USD", None)]),
    ("Проживало 30 млн. 215 тыс. детей.", [(30215000, "count", None)]),
    ("Осуждены 90 человек, в т.ч. 36 несовершеннолетних.", [(90, "count", None), (36, "count", None)]),
    ("Показатель вырос на 39 процентных пунктов.", [(39, "percent", None)]),
    ("Задержана 19-летняя студентка, принят 5-летний план.", [(19, "age", None), (5, "year", None)]),
    ("Известно не менее чем о 285 осужденных.", [(285, "count", ">=")]),
    ("Штраф снижен с 50 до 30 тыс. евро.", [(50000, "EUR", None), (30000, "EUR", None)]),
    ("На своих 1929-м и 1930-м заседаниях Комитет принял выводы.", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text: str, expected: list[tuple[float, str, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "figure"]
    assert [(fact.value, fact.unit, fact.comparator) for fact in facts] == expected


PENALTIES = [
    (
        "Кража влечет общественные работы от 40 до 100 часов, или штраф от 200 до 500 расчетных показателей.",
        [[("community-service", "PT40H", "PT100H"), ("fine", 200, 500)]],
    ),
    (
        "По статье 5 Уголовного кодекса кража наказывается лишением свободы на срок до 3 лет, "
        "а с применением насилия — от 3 до 8 лет.",
        [[("imprisonment", None, "P3Y")], [("imprisonment", "P3Y", "P8Y")]],
    ),
    (
        "Оставление детей без содержания влечет предупреждение или наложение штрафа от ста до пятисот рублей.",
        [[("warning", None, None), ("fine", 100, 500)]],
    ),
    ("Смертная казнь заменена пожизненным лишением свободы или 25 годами лишения свободы.", []),
]


@pytest.mark.parametrize(("text", "expected"), PENALTIES)
def test_penalties(text: str, expected: list[list[tuple[str, object, object]]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "penalty"]
    assert [[(s.sanction, s.min, s.max) for s in fact.sanctions] for fact in facts] == expected


def test_english_date_of_a_cover(tmp_path: Path) -> None:
    facts = record("Общее распространение, 14 November 2019 года, принято в городе.", tmp_path).facts
    assert [fact.edtf for fact in facts if fact.kind == "date"] == ["2019-11-14"]
