"""French sentences as reports of States and the United Nations' translators write them; the States and laws are invented."""
# ruff: noqa: E501 - a sentence is a line

from pathlib import Path

import pytest

from pipeline import rules
from pipeline.extractors.money import amounts
from pipeline.extractors.numbers import numbers
from pipeline.records import Record
from pipeline.stages import process

RULES = rules.load()


def record(text: str, folder: Path) -> Record:
    path = folder / "rapport.txt"
    path.write_text("Rapport sur la situation des droits de l’homme dans le pays.\n\n" + text + "\n", encoding="utf-8")
    return process(path)[1]


NUMBERS = [
    ("quatre-vingt-dix-sept", 97),
    ("quatre‑vingt‑deux", 82),
    ("soixante et onze", 71),
    ("vingt et un", 21),
    ("septante-cinq", 75),
    ("deux cent quarante-trois", 243),
    ("trois mille deux cents", 3200),
    ("deux cent mille", 200_000),
    ("un million cinq cent mille", 1_500_000),
    ("mille neuf cent quatre-vingt-dix", 1990),
    ("1 500 000", 1_500_000),
    ("1 500 000", 1_500_000),
    ("12,5", 12.5),
    ("2,3 millions", 2_300_000),
    ("cinquante mille (50 000)", 50_000),
]


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_number(words: str, value: float) -> None:
    (number,) = numbers(f"Il y en a {words} ici.", "fr", RULES)
    assert (number.value, number.end - number.start) == (value, len(words))


@pytest.mark.parametrize("text", ["à sa 59e session", "la vingt-deuxième séance", "les deux tiers", "le 1er juin"])
def test_ordinals_and_fractions_are_no_numbers(text: str) -> None:
    assert numbers(text, "fr", RULES) == ()


def test_per_cent_is_no_hundred() -> None:
    assert [n.value for n in numbers("12 pour cent, cinq pour cent", "fr", RULES)] == [12, 5]


AMOUNTS = [
    ("2 millions de dollars", None, "2000000 USD"),
    ("1,2 milliard d’euros", None, "1200000000 EUR"),
    ("de 20 000 à 50 000 francs CFA", "SEN", "20000 XOF|50000 XOF"),
    ("100 000 F CFA", "TCD", "100000 XAF"),
    ("100 000 francs", "GIN", "100000 GNF"),
    ("500 dirhams", "MAR", "500 MAD"),
    ("500 dirhams", None, ""),
    ("30 dollars canadiens", None, "30 CAD"),
    ("8 000 dinars algériens", None, "8000 DZD"),
]


@pytest.mark.parametrize(("text", "country", "expected"), AMOUNTS)
def test_amounts(text: str, country: str | None, expected: str) -> None:
    found = amounts(text, numbers(text, "fr", RULES), "fr", RULES, country)
    assert "|".join(f"{amount.value} {amount.unit}" for amount in found) == expected


DATES = [
    ("Elle a siégé du 1er au 12 mars 2013.", ["2013-03-01/2013-03-12"]),
    ("La loi est entrée en vigueur le 1er janvier 2016, fin 2017 au plus tard.", ["2016-01-01", "2017"]),
    ("Entre janvier et juin 2018, puis au premier semestre 2019.", ["2018-01/2018-06", "2019-01/2019-06"]),
    ("Le budget de l’exercice biennal 2012-2013 et de l’exercice 2016/17.", ["2012/2013", "2016/2017"]),
    ("De 2010 à 2014, puis de la mi-2015 au 31 décembre 2016.", ["2010/2014", "2015/2016-12-31"]),
    ("Les 3 et 4 juin 2019, le Comité a tenu deux séances.", ["2019-06-03", "2019-06-04"]),
    ("Au cours des neuf premiers mois de 2015.", ["2015-01/2015-09"]),
    ("Plus de 2000 personnes ont défilé et 1950 dossiers ont été ouverts.", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: list[str], tmp_path: Path) -> None:
    assert [fact.edtf for fact in record(text, tmp_path).facts if fact.kind == "date"] == expected


FIGURES = [
    ("Le pays compte 2,5 millions d’habitants.", [(2_500_000, None, "count", None)]),
    ("Près de 35 % des enfants âgés de 6 à 11 ans travaillent.", [(35, None, "percent", "~"), (6, 11, "age", None)]),
    ("Les moins de 18 ans sont protégés.", [(18, None, "age", "<")]),
    ("La victime avait moins de 15 ans.", [(15, None, "age", "<")]),
    ("Une fille de 14 ans a témoigné.", [(14, None, "age", None)]),
    ("Le directeur a 20 ans d’expérience.", [(20, None, "year", None)]),
    ("L’âge minimum du mariage est fixé à 18 ans.", [(18, None, "age", None)]),
    ("Au moins 206 personnes, dont 84 civils, ont fui.", [(206, None, "count", ">="), (84, None, "count", None)]),
    (
        "Quelque 40 jeunes femmes ont été formées pendant cinq jours.",
        [(40, None, "count", "~"), (5, None, "day", None)],
    ),
    ("La mortalité est de 62 décès pour 1 000 naissances vivantes.", [(62, None, "ratio", None)]),
    ("Une femme sur cinq et deux tiers des hommes sont inscrits.", []),
    ("Les trois objectifs du plan figurent au tableau 4.", []),
    ("Jusqu’à 60 élèves par classe.", [(60, None, "count", "<=")]),
    ("L’étude a duré deux ans et demi.", [(2.5, None, "year", None)]),
    ("Le pays, estimé à 3 millions d’habitants, est jeune.", [(3_000_000, None, "count", None)]),
    ("La peine de prison est portée de vingt-six à quarante-cinq ans.", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text: str, expected: list[tuple[float, float | None, str, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "figure"]
    assert [(fact.value, fact.value_to, fact.unit, fact.comparator) for fact in facts] == expected


def test_a_change_has_two_figures_of_two_times(tmp_path: Path) -> None:
    facts = record("Le taux est passé de 52 % en 2001 à 78 % en 2013.", tmp_path).facts
    found = [(fact.value, fact.period) for fact in facts if fact.kind == "figure"]
    assert found == [(52, "2001"), (78, "2013")]


PENALTIES = [
    (
        "Le vol est puni d’un emprisonnement de deux à cinq ans et d’une amende de 100 à 900 euros, ou de l’une de ces deux peines seulement.",
        [("and/or", [("imprisonment", "P2Y", "P5Y"), ("fine", 100, 900)])],
    ),
    (
        "Quiconque recèle ces objets encourt un an d’emprisonnement et 3 750 euros d’amende.",
        [("and", [("imprisonment", "P1Y", "P1Y"), ("fine", 3750, 3750)])],
    ),
    (
        "Le faux est passible d’une amende pouvant aller jusqu’à 5 000 euros ou d’une peine de prison n’excédant pas six mois.",
        [("or", [("fine", None, 5000), ("imprisonment", None, "P6M")])],
    ),
    ("Le meurtre est puni de la réclusion criminelle à perpétuité.", [(None, [("imprisonment", "life", "life")])]),
    (
        "L’article 3 punit la détention de tels objets d’un an d’emprisonnement au plus et d’une amende de cent mille (100 000) à un million (1 000 000) de francs.",
        [("and", [("imprisonment", None, "P1Y"), ("fine", 100_000, 1_000_000)])],
    ),
    ("La trahison est passible de la peine de mort.", [(None, [("death", None, None)])]),
    ("La peine est de cinq ans au moins et de dix ans au plus.", [(None, [("imprisonment", "P5Y", "P10Y")])]),
    (
        "Le recel est puni de trois mois à deux ans de prison. Sont punis des mêmes peines ceux qui y aident.",
        [(None, [("imprisonment", "P3M", "P2Y")]), (None, [("imprisonment", "P3M", "P2Y")])],
    ),
    (
        "Le coupable est puni d’un (1) à trois (3) mois d’emprisonnement.",
        [(None, [("imprisonment", "P1M", "P3M")])],
    ),
    (
        "Les contrevenants s’exposent à une fermeture temporaire ou au retrait de leur licence.",
        [("or", [("closure", None, None), ("licence", None, None)])],
    ),
    (
        "Le recel est puni de deux ans et demi à cinq ans de prison.",
        [(None, [("imprisonment", "P2Y6M", "P5Y")])],
    ),
    (
        "L’article 16 punit la traite jusqu’à dix ans de réclusion et 20 000 euros d’amende.",
        [("and", [("imprisonment", None, "P10Y"), ("fine", None, 20000)])],
    ),
    (
        "L’article 14 punit le rapt d’une peine de dix ans de réclusion, portée à vingt ans si la victime est mineure.",
        [(None, [("imprisonment", "P10Y", "P10Y")]), (None, [("imprisonment", "P20Y", "P20Y")])],
    ),
    ("La peine d’emprisonnement est portée de vingt-six à quarante-cinq ans.", []),
    ("Le Comité recommande d’abolir la peine de mort.", []),
    ("La prison de la ville a été rénovée et les détenus y ont passé cinq ans.", []),
    ("L’État a adopté un amendement à la loi.", []),
]


@pytest.mark.parametrize(("text", "expected"), PENALTIES)
def test_penalties(
    text: str, expected: list[tuple[str | None, list[tuple[str, object, object]]]], tmp_path: Path
) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "penalty"]
    assert [(fact.joined, [(s.sanction, s.min, s.max) for s in fact.sanctions]) for fact in facts] == expected


TIED = [
    (
        "Le Comité cite plusieurs textes: – Code pénal: article 282 (outrage à un drapeau), 287 (fausses nouvelles) et "
        "articles 335 et 336 (attroupement séditieux). Ces dispositions prévoient des peines de prison allant jusqu’à un an.",
        [["282", "287", "335", "336"]],
    ),
    (
        "Les articles 3 et 4 du Code pénal répriment le recel. La commission note que ces dispositions prévoient deux ans de prison.",
        [["3", "4"]],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIED)
def test_articles_that_set_a_penalty(text: str, expected: list[list[str]], tmp_path: Path) -> None:
    facts = record(text, tmp_path).facts
    numbers = {fact.id: fact.number for fact in facts if fact.kind == "article"}
    assert [[numbers[one] for one in fact.articles] for fact in facts if fact.kind == "penalty"] == expected


OFFENCES = [
    (
        "L’article 5 du Code pénal donne une définition du crime de recel et rend ce crime passible de deux ans de prison.",
        "recel",
        False,
    ),
    ("La peine prévue pour ce délit est de six mois à deux ans de prison.", None, False),
    ("Quiconque recèle ces objets encourt deux ans de prison.", "Quiconque recèle ces objets", False),
    ("Est puni de deux ans de prison quiconque recèle ces objets.", "quiconque recèle ces objets", False),
    ("Le tribunal l’a condamné à deux ans de prison pour recel.", "recel", True),
]


@pytest.mark.parametrize(("text", "offence", "imposed"), OFFENCES)
def test_offences(text: str, offence: str | None, imposed: bool, tmp_path: Path) -> None:
    (fact,) = [fact for fact in record(text, tmp_path).facts if fact.kind == "penalty"]
    assert (fact.offence, fact.imposed) == (offence, imposed)


ARTICLES = [
    (
        "Il invoque les articles 2 (par. 1 et 3 a)), 7, 25 (al. b)) et 26 du Pacte international relatif aux droits civils et politiques.",
        ["2(1)", "2(3)(a)", "7", "25(b)", "26"],
        "Pacte international relatif aux droits civils et politiques",
    ),
    ("L’alinéa c) du paragraphe 3 de l’article 14 du Code du travail est ancien.", ["14(3)(c)"], "Code du travail"),
    ("Les paragraphes 1 et 2 de l’article premier du Code civil.", ["1(1)", "1(2)"], "Code civil"),
    ("Les articles 1er à 4 du Code de la famille reprennent cette règle.", ["1-4"], "Code de la famille"),
    ("Voir l’article 222-33-2 du Code pénal.", ["222-33-2"], "Code pénal"),
    ("Les articles 7, 1o, 9, 1° et 2°, et 10 du Code pénal.", ["7(1)", "9(1)", "9(2)", "10"], "Code pénal"),
    ("Les articles L. 121-1 à L. 121-4 du Code de l’éducation.", ["L. 121-1-L. 121-4"], "Code de l’éducation"),
    (
        "La loi no 12 de 2010 sur la presse a changé. L’article 3 de la même loi le dit.",
        ["3"],
        "loi no 12 de 2010 sur la presse",
    ),
    ("Le Comité rappelle le paragraphe 12 de son rapport.", [], ""),
]


@pytest.mark.parametrize(("text", "expected", "law"), ARTICLES)
def test_provisions(text: str, expected: list[str], law: str, tmp_path: Path) -> None:
    read = record(text, tmp_path)
    names = {one.id: one.name for one in read.instruments}
    facts = [fact for fact in read.facts if fact.kind == "article"]
    numbers = [f"{f.number}{'-' + f.number_to if f.number_to else ''}{f.subdivision or ''}" for f in facts]
    assert numbers == expected
    assert all(names[fact.instrument or ""] == law for fact in facts)


INSTRUMENTS = [
    (
        "La loi n° 15-12 du 15 juillet 2015 relative à la protection de l’enfant est appliquée.",
        ["law: loi n° 15-12 du 15 juillet 2015 relative à la protection de l’enfant 2015 15-12"],
    ),
    (
        "La loi no 2006-010/PR du 13 décembre 2006 portant Code du travail s’applique.",
        ["code: Code du travail 2006 2006-010/PR"],
    ),
    (
        "Le décret-loi no 2011-106 du 22 octobre 2011 modifiant le Code pénal est en vigueur.",
        ["decree: décret-loi no 2011-106 2011 2011-106", "code: Code pénal"],
    ),
    ("Le Code de procédure pénale dispose que la garde à vue est brève.", ["code: Code de procédure pénale"]),
    (
        "Arden a adopté le Plan national d’action pour l’enfance 2015-2020.",
        ["policy: Plan national d’action pour l’enfance 2015/2020"],
    ),
    (
        "Arden a ratifié la Convention no 182 de l’OIT sur les pires formes de travail des enfants.",
        ["treaty: Convention no 182 de l’OIT sur les pires formes de travail des enfants 182"],
    ),
    ("Le Comité recommande d’adopter une loi sur les associations.", []),
    ("Les forces de l’ordre sont tenues de respecter la loi et l’État de droit.", []),
]


@pytest.mark.parametrize(("text", "expected"), INSTRUMENTS)
def test_instruments(text: str, expected: list[str], tmp_path: Path) -> None:
    found = record(text, tmp_path).instruments
    assert [" ".join(filter(None, (f"{one.kind}: {one.name}", one.year, one.number))) for one in found] == expected


COVER = """Nations Unies

A/HRC/99/51/Add.1

Assemblée générale

Distr. générale
14 août 2018

Français
Original : anglais

Conseil des droits de l’homme
Trente-neuvième session
10-28 septembre 2018
Point 3 de l’ordre du jour
Promotion et protection de tous les droits de l’homme

Rapport de la Rapporteuse spéciale sur sa visite au Bénin

Résumé

Le présent rapport porte sur la visite. Il contient des recommandations que la Rapporteuse spéciale adresse au Gouvernement.
"""


def test_cover(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(COVER, encoding="utf-8")
    read = process(path)[1]
    assert (read.symbol, read.body, read.country, read.date) == (
        "A/HRC/99/51/Add.1",
        "Human Rights Council",
        "BEN",
        "2018-08-14",
    )
    assert read.title == "Rapport de la Rapporteuse spéciale sur sa visite au Bénin"
    assert [section.title for section in read.sections] == ["Résumé"]


def test_a_list_of_articles_under_its_head(tmp_path: Path) -> None:
    read = record(
        "Articles du Pacte :\n\n14 (par. 3 b)) et 26\n\nLe Pacte international relatif aux droits civils et politiques lie l’État.",
        tmp_path,
    )
    assert [fact.number for fact in read.facts if fact.kind == "article"] == ["14", "26"]


REPORT = """CRC/C/BEN/CO/9

Observations finales concernant le rapport du Bénin

1. Le Comité salue la ratification de la Convention relative aux droits des personnes handicapées, le 5 juillet 2012. Le Bénin a adhéré en 2006 à la Convention relative au statut des apatrides. Il n’a pas ratifié le Statut de Rome.

2. Le Comité recommande à l’État partie :

a) D’adopter un plan d’action ;

b) De fermer les centres.

3. Le Comité s’inquiète du retard. L’État partie devrait publier la liste. Le Comité a noté que la loi recommande la médiation.
"""


def test_what_a_committee_asks_and_what_the_state_did(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(REPORT, encoding="utf-8")
    facts = process(path)[1].facts
    done = [(fact.party, fact.action, fact.edtf) for fact in facts if fact.kind == "treaty_action"]
    assert done == [("BEN", "ratified", "2012-07-05"), ("BEN", "acceded", "2006")]
    asked = [(fact.paragraph, fact.to) for fact in facts if fact.kind == "recommendation"]
    assert asked == [("2(a)", "BEN"), ("2(b)", "BEN"), ("3", "BEN")]


def test_the_convention_of_a_report_under_a_convention(tmp_path: Path) -> None:
    """« la Convention » is the one that the report is made under, whatever others were named just before."""
    path = tmp_path / "rapport.txt"
    path.write_text(
        "CRC/C/BEN/CO/9\n\nObservations finales concernant le rapport du Bénin\n\n"
        "1. L’État partie a ratifié la Convention contre la torture. L’article 37 de la Convention est enfreint.\n",
        encoding="utf-8",
    )
    read = process(path)[1]
    names = {one.id: one.name for one in read.instruments}
    (fact,) = [fact for fact in read.facts if fact.kind == "article"]
    assert names[fact.instrument or ""] == "Convention relative aux droits de l'enfant"


TREATY_TIES = [
    (
        "Répétition Articles 1, paragraphe 1, et 2 de la convention. Traite. L’article 342 du Code pénal punit l’injure. "
        "Article 25. Sanctions. L’article 12 du Code pénal prévoit une amende.",
        ["1 convention", "2 convention", "342 Code pénal", "25 convention", "12 Code pénal"],
    ),
    (
        "L’article 342 du Code pénal punit l’injure. L’article 1 a) de la convention interdit le travail forcé.",
        ["342 Code pénal", "1 convention"],
    ),
    ("EXAMEN DES RAPPORTS EN APPLICATION DE L’ARTICLE 40 DU PACTE", ["40 Pacte"]),
    ("Le Code pénal est ancien. L’article 5 de la convention collective fixe les salaires.", ["5 "]),
]


@pytest.mark.parametrize(("text", "expected"), TREATY_TIES)
def test_articles_of_a_treaty_named_by_its_noun_alone(text: str, expected: list[str], tmp_path: Path) -> None:
    read = record(text, tmp_path)
    names = {one.id: one.name for one in read.instruments}
    assert [f"{f.number} {names.get(f.instrument or '', '')}" for f in read.facts if f.kind == "article"] == expected
