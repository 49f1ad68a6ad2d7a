"""Spanish sentences as reports of States, treaty bodies and the United Nations' translators write them."""

from pathlib import Path

import pytest

from pipeline.records import Record
from pipeline.stages import process


def record(text: str, folder: Path, country: str = "la República de Chile") -> Record:
    path = folder / "informe.txt"
    path.write_text(f"Informe nacional presentado por {country}\n\n{text}\n", encoding="utf-8")
    return process(path)[1]


ARTICLES = [
    ("El artículo 14, párrafo 3 a), del Pacto y los artículos 1 y 4.", ["14(3)(a)", "1", "4"]),
    (
        "Se violaron los artículos 2; 9, párrafos 1 y 5; 14, párrs. 2, 3 b) y e), y 26 del Pacto.",
        ["2", "9(1)", "9(5)", "14(2)", "14(3)(b)", "14(3)(e)", "26"],
    ),
    ("Los artículos 19, párrafos 1 y 2, y 21 del Pacto.", ["19(1)", "19(2)", "21"]),
    ("El inciso c) del artículo 5 y el art. 17 e) de la Ley de Aguas.", ["5(c)", "17(e)"]),
    ("El artículo 1º y los artículos 3o. y 4o. de la Ley de Aguas.", ["1", "3", "4"]),
    ("El artículo 163 bis y el artículo 20-A del Código Penal.", ["163 bis", "20-A"]),
    ("El numeral 4 del artículo 20 de la Ley de Aguas.", ["20(4)"]),
    ("El artículo 20, apartado C, fracción V, de la Constitución.", ["20(C)(V)"]),
    ("El artículo 12, literal a), numeral 2, del Código Penal.", ["12(a)(2)"]),
    ("El párrafo segundo del artículo 19 de la Constitución.", ["19(2)"]),
    ("Los artículos 6 a 9 y 11 de la Ley de Aguas.", ["6-9", "11"]),
    ("El artículo 188A y el artículo 213-a del Código Penal.", ["188A", "213-a"]),
    ("Los artículos 2, párrafos 1 a 3, 24, párrafo 1, y 26 del Pacto.", ["2(1)-(3)", "24(1)", "26"]),
    ("El artículo 12, párrafos 1 y 2, apartado d), del Pacto.", ["12(1)", "12(2)(d)"]),
    ("Los artículos 39 y 45, numeral 6, incisos e) y f), de la Ley de Aguas.", ["39", "45(6)(e)", "45(6)(f)"]),
    ("El artículo 1 de la Ley de Aguas, y asistieron jueces, 12 de la Corte y 3 de la Sala.", ["1"]),
    ("Véase el párrafo 12 del informe y la resolución 60/251.", []),
    ("Los artículos 1, 1), 2, 2), c), y 25 del Convenio.", ["1(1)", "2(2)(c)", "25"]),
    ("El delito se castiga (artículos 174, 175) y se juzga.", ["174", "175"]),
    ("EN VIRTUD DE LOS ARTÍCULOS 19 Y 20 DE LA CONVENCIÓN", ["19", "20"]),
]


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_provisions(text: str, expected: list[str], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "article"]
    numbers = [f"{f.number}-{f.number_to}" if f.number_to else f.number for f in facts]
    assert [number + (f.subdivision or "") for number, f in zip(numbers, facts, strict=True)] == expected


TIES = [
    ("Rige la Ley de Aguas. El artículo 3 de la citada ley exige permisos.", [("3", "Ley de Aguas")]),
    ("El Código Penal y la Ley de Aguas. El artículo 7 del mismo Código.", [("7", "Código Penal")]),
    (
        "El Pacto Internacional de Derechos Civiles y Políticos. Artículos del Pacto: 2; 9, párr. 1",
        [
            ("2", "Pacto Internacional de Derechos Civiles y Políticos"),
            ("9", "Pacto Internacional de Derechos Civiles y Políticos"),
        ],
    ),
    ("El artículo 4 de la Carta Magna.", [("4", "Carta Magna")]),
    (
        "Artículo 25 del Convenio. Sanciones. El artículo 182 del Código Penal castiga. Artículo 1, a). Penas.",
        [("25", "Convenio"), ("182", "Código Penal"), ("1", "Convenio")],
    ),
    (
        "Rigen el Pacto Internacional de Derechos Civiles y Políticos y su Protocolo Facultativo. Los informes de los "
        "Estados partes en virtud del artículo 40 son 13.",
        [("40", "Pacto Internacional de Derechos Civiles y Políticos")],
    ),
    ("El Código Penal es de 1990. EXAMEN EN VIRTUD DEL ARTÍCULO 19 DE LA CONVENCIÓN", [("19", "Convención")]),
    (
        "Los artículos 2 y 3 del Código Penal; 5 de la Ley de Aguas y 7 del Código Civil.",
        [("2", "Código Penal"), ("3", "Código Penal"), ("5", "Ley de Aguas"), ("7", "Código Civil")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIES)
def test_articles_with_their_law(text: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    found = record(text, tmp_path)
    names = {one.id: one.name for one in found.instruments}
    cited = [fact for fact in found.facts if fact.kind == "article"]
    assert [(fact.number, names.get(fact.instrument or "")) for fact in cited] == expected


INSTRUMENTS = [
    (
        "Rige el Pacto Internacional de Derechos Civiles y Políticos, el Protocolo Facultativo y el "
        "Segundo Protocolo Facultativo.",
        [
            "treaty: Pacto Internacional de Derechos Civiles y Políticos",
            "treaty: Primer Protocolo Facultativo del Pacto Internacional de Derechos Civiles y Políticos",
            "treaty: Segundo Protocolo Facultativo",
        ],
    ),
    ("Se aprobó la Ley General de Aguas.", ["law: Ley General de Aguas"]),
    ("Según la Ley N° 1098 de 2006, rige otra cosa.", ["law: Ley N° 1098 2006 1098"]),
    ("Según la Ley 1922 de 2018, rige otra cosa.", ["law: Ley 1922 2018 1922"]),
    (
        "Se aplica la Ley núm. 27.337 de Protección de las Costas.",
        ["law: Ley núm. 27.337 de Protección de las Costas 27.337"],
    ),
    (
        "Rige la Ley Orgánica 1/2004, de 28 de diciembre, de Medidas contra el Ruido.",
        ["law: Ley Orgánica 1/2004, de 28 de diciembre, de Medidas contra el Ruido 2004 1/2004"],
    ),
    ("La Ley N° 89, Ley contra el Ruido, no se aplica.", ["law: Ley N° 89, Ley contra el Ruido 89"]),
    ("La Ley contra el Ruido (Ley 89 de 2011) no se aplica.", ["law: Ley contra el Ruido 2011 89"]),
    ("Rigen las Leyes núms. 779 y 846.", ["law: Ley 779 779", "law: Ley 846 846"]),
    (
        "El Decreto Supremo Nº 008-2010 y el Real Decreto 557/2011.",
        [
            "decree: Decreto Supremo Nº 008-2010 2010 008-2010",
            "decree: Real Decreto 557/2011 2011 557/2011",
        ],
    ),
    ("El Código Penal y el código de trabajo.", ["code: Código Penal", "code: código de trabajo"]),
    ("La Ley de Protección de la niñez establece un registro.", ["law: Ley de Protección de la niñez"]),
    (
        "La Ley de Derechos de las Niñas, Niños y Adolescentes.",
        ["law: Ley de Derechos de las Niñas, Niños y Adolescentes"],
    ),
    (
        "El Plan Nacional de Lectura y del Consejo de Letras, para 2014-2018.",
        ["policy: Plan Nacional de Lectura"],
    ),
    ("El Plan Nacional de Lectura 2014-2018.", ["policy: Plan Nacional de Lectura 2014/2018"]),
    (
        "El proyecto de ley sobre el ruido y el anteproyecto de Código Procesal.",
        [
            "bill: proyecto de ley sobre el ruido",
            "bill: Código Procesal",
        ],
    ),
    ("El Programa Mundial de Alimentos y el Programa de las Naciones Unidas para el Desarrollo.", []),
    ("Todos son iguales ante la ley y por ley se dispone otra cosa.", []),
    (
        "La Convención sobre los Derechos del Niño y el Convenio 182 de la OIT.",
        ["treaty: Convención sobre los Derechos del Niño", "treaty: Convenio 182 de la OIT 182"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), INSTRUMENTS)
def test_names(text: str, expected: list[str], tmp_path: Path) -> None:
    found = [
        " ".join(part for part in (f"{one.kind}: {one.name}", one.year, one.number) if part)
        for one in record(text, tmp_path).instruments
    ]
    assert found == expected


DATES = [
    ("Entre el 25 de febrero y el 22 de marzo de 2019.", ["2019-02-25/2019-03-22"]),
    ("Del 31 de octubre al 2 de noviembre de 1988.", ["1988-10-31/1988-11-02"]),
    ("Ginebra, 3 a 21 de mayo de 2010.", ["2010-05-03/2010-05-21"]),
    ("El 1o. de enero de 2011 y el 1 de enero de 2012.", ["2011-01-01", "2012-01-01"]),
    ("El 1.º de abril de 2008 y el 1 de mayo de 20093, según la nota.", ["2008-04-01", "2009-05-01"]),
    ("El 1º de julio de 2014 y los días 4 y 5 de mayo de 2010.", ["2014-07-01", "2010-05-04", "2010-05-05"]),
    ("A finales de 2016, en el primer semestre de 2014 y desde 2015.", ["2016", "2014-01/2014-06", "2015"]),
    ("En el decenio de 1990 y en los años 80.", ["199X", "198X"]),
    ("En el bienio 2012-2013 y al 31 de diciembre de 2015.", ["2012/2013", "2015-12-31"]),
    ("Se publicó 1950 libros de la Plaza de Mayo.", []),
    ("En su 1681ª sesión y en las sesiones 386ª y 387ª.", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: list[str], tmp_path: Path) -> None:
    assert [fact.edtf for fact in record(text, tmp_path).facts if fact.kind == "date"] == expected


FIGURES = [
    ("Se atendió a más de 1.234 niños y ciento cuarenta y dos niñas.", [(1234, "count", ">"), (142, "count", None)]),
    ("El 45,3 por ciento de la población vive en el campo.", [(45.3, "percent", None)]),
    (
        "Se destinaron 12 mil millones de pesos y 2,5 millones de dólares.",
        [(12e9, "CLP", None), (2500000, "USD", None)],
    ),
    ("Hubo 33 muertes por 1.000 nacidos vivos.", [(33, "ratio", None)]),
    ("Hay unas doscientas mujeres de 15 a 19 años.", [(200, "count", "~"), (15, "age", None)]),
    ("Son menores de 18 años y mayores de 65 años.", [(18, "age", "<"), (65, "age", ">")]),
    ("Se registraron 10 mil 280 partos.", [(10280, "count", None)]),
    ("Habrá 5.000 millones de abonados y 3,5 millones de aulas.", [(5e9, "count", None), (3.5e6, "count", None)]),
    (
        "Hay dos millones y medio de aulas y 3 millones y medio de casas.",
        [(2.5e6, "count", None), (3.5e6, "count", None)],
    ),
    ("Costó $ 1.200 el permiso y US$ 20 el sello.", [(1200, "CLP", None), (20, "USD", None)]),
    ("Murió Elena Paz, de 16 años, en su casa.", [(16, "age", None)]),
    ("Viven allí 2 162 535 personas, como mínimo 40 de ellas solas.", [(2162535, "count", None), (40, "count", ">=")]),
    ("Se abrirán otros dos albergues.", [(2, "count", None)]),
    ("La reforma aumentaría la prisión de 26 a 45 años.", []),
    ("Informa cada 90 días.", [(90, "day", None)]),
    (
        "Son partes en el Pacto 165 Estados, 113 lo son en el Protocolo. Admitió 8 quejas y rechazó otras 24.",
        [(165, "count", None), (113, "count", None), (8, "count", None), (24, "count", None)],
    ),
    ("Hubo 1.960 quejas en total, y 72 desde el último informe.", [(1960, "count", None), (72, "count", None)]),
    (
        "El 12 % de los menores de 14 años 3 y el 83 % 4 de los mayores.",
        [(12, "percent", None), (14, "age", "<"), (83, "percent", None)],
    ),
    ("La población se estima en 3 millones de personas.", [(3e6, "count", None)]),
    ("Dos tercios de los hombres; véase el cuadro 3 y el anexo 2.", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text: str, expected: list[tuple[float, str, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "figure"]
    assert [(fact.value, fact.unit, fact.comparator) for fact in facts] == expected


PENALTIES = [
    (
        "El hurto será sancionado con pena de prisión de dos a cinco años y multa de 100 a 500 días-multa.",
        [[("imprisonment", "P2Y", "P5Y"), ("fine", 100, 500)]],
    ),
    (
        "El hurto se castiga con pena privativa de libertad no menor de seis ni mayor de doce años.",
        [[("imprisonment", "P6Y", "P12Y")]],
    ),
    (
        "Será reprimido con prisión de uno (1) a cinco (5) años e inhabilitación especial por cinco a diez años.",
        [[("imprisonment", "P1Y", "P5Y"), ("disqualification", "P5Y", "P10Y")]],
    ),
    ("El homicidio se castiga con cadena perpetua.", [[("imprisonment", "life", "life")]]),
    (
        "El fraude se castiga con presidio menor en su grado máximo a presidio mayor en su grado mínimo.",
        [[("imprisonment", None, None)]],
    ),
    (
        "La infracción se sanciona con multa de 50 a 100 unidades tributarias mensuales o trabajo comunitario.",
        [[("fine", 50, 100), ("community-service", None, None)]],
    ),
    (
        "El tribunal condenó al acusado a 12 años de prisión y al pago de una multa de 250.000 pesos.",
        [[("imprisonment", "P12Y", "P12Y"), ("fine", 250000, 250000)]],
    ),
    (
        "Quien lo haga podrá ser condenado a prisión por un período no inferior a tres años.",
        [[("imprisonment", "P3Y", None)]],
    ),
    ("El hurto se castiga con prisión de dos años y medio.", [[("imprisonment", "P2Y6M", "P2Y6M")]]),
    ("La falta se castiga con multa de media a quince UTM.", [[("fine", 0.5, 15)]]),
    ("La pena de muerte fue abolida en 1956.", []),
    ("Fue puesto en libertad después de cumplir dos años de prisión.", []),
    (
        "El artículo 5 permite castigar los hechos con pena de prisión de 2 a 4 años si es grave, y de prisión "
        "de 6 meses a 2 años si no lo es.",
        [[("imprisonment", "P2Y", "P4Y")], [("imprisonment", "P6M", "P2Y")]],
    ),
    ("Se dictaron 25 sentencias condenatorias, con penas de entre 5 y 18 años de prisión.", []),
]


@pytest.mark.parametrize(("text", "expected"), PENALTIES)
def test_penalties(text: str, expected: list[list[tuple[str, object, object]]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "penalty"]
    assert [[(s.sanction, s.min, s.max) for s in fact.sanctions] for fact in facts] == expected


OFFENCES = [
    ("El artículo 54 castiga con cadena perpetua el homicidio.", "el homicidio"),
    ("Quien venda armas será sancionado con prisión de seis años.", "Quien venda armas"),
    ("El que cometa este delito será castigado con dos años de prisión.", None),
    ("La pena aplicable en ambos casos es de prisión de dos a seis años.", None),
    ("En virtud del artículo 8, será reprimido con prisión de un año el que venda armas.", "el que venda armas"),
]


@pytest.mark.parametrize(("text", "offence"), OFFENCES)
def test_offences(text: str, offence: str | None, tmp_path: Path) -> None:
    assert [fact.offence for fact in record(text, tmp_path).facts if fact.kind == "penalty"] == [offence]


def test_what_follows_a_list_goes_on_with_its_head(tmp_path: Path) -> None:
    text = (
        "Los arts. 174 a 177 del Código Penal castigan la tortura. La comete, según el art. 174, quien busque:\n\n"
        "- Obtener una confesión.\n\n- Castigar a una persona.\n\n"
        "La pena aplicable en ambos casos es de prisión de 2 a 6 años si es muy grave, y de prisión de 1 a 3 años "
        "si no lo es. Además, el Juez impondrá siempre la pena de inhabilitación absoluta de 8 a 12 años."
    )
    facts = record(text, tmp_path).facts
    numbers = {fact.id: fact.number for fact in facts if fact.kind == "article"}
    told = [(fact.offence, [numbers[one] for one in fact.articles]) for fact in facts if fact.kind == "penalty"]
    assert told == [("es muy grave", ["174"]), (None, ["174"]), (None, ["174"])]


def test_a_chapter_of_the_report_itself_is_no_article(tmp_path: Path) -> None:
    text = "Rige el Pacto y el Protocolo (véanse las decisiones con arreglo al Protocolo en el capítulo V)."
    assert [fact for fact in record(text, tmp_path).facts if fact.kind == "article"] == []


def test_cover_of_a_document(tmp_path: Path) -> None:
    path = tmp_path / "observaciones.txt"
    path.write_text(
        "CCPR/C/CHL/CO/9\n\nPacto Internacional de Derechos Civiles y Políticos\n\nDistr. general\n\n"
        "7 de junio de 2010\n\nComité de Derechos Humanos\n\n"
        "Observaciones finales sobre el noveno informe periódico de Chile\n\nA. Introducción\n\n"
        "1. El Comité examinó el informe en sus sesiones 3277ª y 3278ª.\n\n2. El Comité agradece el informe.\n",
        encoding="utf-8",
    )
    made = process(path)[1]
    assert (made.symbol, made.body, made.country, made.date) == (
        "CCPR/C/CHL/CO/9",
        "Human Rights Committee",
        "CHL",
        "2010-06-07",
    )
    assert made.title == "Observaciones finales sobre el noveno informe periódico de Chile"
    assert [paragraph.number for paragraph in made.paragraphs] == ["1", "2"]


def test_a_list_of_treaties_of_a_page_that_lost_its_tabs(tmp_path: Path) -> None:
    text = """COMITÉ CONTRA LA TORTURA

EXAMEN DE LOS INFORMES PRESENTADOS EN VIRTUD DEL ARTÍCULO 19 DE LA CONVENCIÓN

Observaciones finales del Comité contra la Tortura

CHILE

1.El Comité examinó el informe inicial de Chile.

2.El Comité celebra que Chile haya ratificado los siguientes instrumentos:

a)La Convención sobre los Derechos del Niño (1.º de abril de 2008);

b)La Convención sobre los derechos de las personas con discapacidad (3 de mayo de 2009).
"""
    path = tmp_path / "informe.txt"
    path.write_text(text, encoding="utf-8")
    read = process(path)[1]
    names = {one.id: (one.name, one.year) for one in read.instruments}
    assert [p.number for p in read.paragraphs] == ["1", "2"]
    acts = [(names[f.treaty][0], names[f.treaty][1], f.edtf) for f in read.facts if f.kind == "treaty_action"]
    assert acts == [
        ("Convención sobre los Derechos del Niño", None, "2008-04-01"),
        ("Convención sobre los derechos de las personas con discapacidad", None, "2009-05-03"),
    ]
    (article,) = [fact for fact in read.facts if fact.kind == "article"]
    assert names[article.instrument or ""][0].startswith("Convención contra la Tortura")


def test_treaties_of_a_list_in_one_sentence(tmp_path: Path) -> None:
    text = (
        "Chile ratificó: a) la Convención sobre los Derechos del Niño, en 1990; b) la Convención sobre los derechos "
        "de las personas con discapacidad; y c) la Convención contra la Tortura, el 1.º de mayo de 1988."
    )
    found = record(text, tmp_path)
    names = {one.id: one.name for one in found.instruments}
    assert [(names[f.treaty], f.edtf) for f in found.facts if f.kind == "treaty_action"] == [
        ("Convención sobre los Derechos del Niño", "1990"),
        ("Convención sobre los derechos de las personas con discapacidad", None),
        ("Convención contra la Tortura", "1988-05-01"),
    ]
