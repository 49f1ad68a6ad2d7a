"""The register of instruments: sentences with the entries that they must give, and such as must give none."""

from array import array
from collections.abc import Sequence

import pytest

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors import instruments
from pipeline.extractors.instruments import han
from pipeline.extractors.instruments.lexicon import KINDS, gazetteer, lexicon
from pipeline.extractors.instruments.matching import identify
from pipeline.model import About, Block, Language, Passage, Register, Span
from pipeline.passages import sentences
from pipeline.rules import unspaced

RULES = rules.load()


def passage(index: int, text: str, language: Language, kind: str = "paragraph") -> Passage:
    block = Block(kind, (Span(0, len(text)),), language, section="s1")  # type: ignore[arg-type]
    return Passage(index, block, language, text, array("l", range(len(text))), sentences(text, language, RULES))


def register(*texts: str, language: Language = "en", symbol: str | None = None) -> Register:
    passages: Sequence[Passage] = [passage(index, text, language) for index, text in enumerate(texts)]
    return instruments.find(passages, About(symbol=symbol), RULES)


def entries(*texts: str, language: Language = "en") -> list[str]:
    """Each entry as "kind: name [year] [No. number]"."""
    return [
        f"{i.kind}: {i.name}" + (f" [{i.year}]" if i.year else "") + (f" [No. {i.number}]" if i.number else "")
        for i in register(*texts, language=language).instruments
    ]


ENGLISH = [
    (
        "The 2011 Act amending the Harbours Act set new fees. The Harbours Act stands.",
        ["law: Act amending the Harbours Act [2011]", "law: Harbours Act"],
    ),
    (
        "The Law amending and supplementing the Law on Wells entered into force.",
        ["law: Law amending and supplementing the Law on Wells", "law: Law on Wells"],
    ),
    ("It asked for full use of law 17 of 1998 on dams.", ["law: law 17 of 1998 on dams [1998] [No. 17]"]),
    (
        "The Strategy for Rivers and Lakes 2011–2014 ended; the Plan against Leaks in Pipes and the 2015–2019 "
        "Programme for Springs and Wells went on.",
        [
            "policy: Strategy for Rivers and Lakes [2011/2014]",
            "policy: Plan against Leaks in Pipes",
            "policy: Programme for Springs and Wells [2015/2019]",
        ],
    ),
    (
        "Article 24 of the Universal Declaration of Human Rights was read.",
        ["treaty: Universal Declaration of Human Rights"],
    ),
    ("The Water Services Act (2004) sets the tariff.", ["law: Water Services Act [2004]"]),
    ("Section 3 of the Schools and Teachers Act 1987 applies.", ["law: Schools and Teachers Act [1987]"]),
    (
        "The Public Health (Clinics and Pharmacies) Act, 1991, applies.",
        ["law: Public Health (Clinics and Pharmacies) Act [1991]"],
    ),
    ("The Civil Code (Amendment) Act 2011 entered into force.", ["law: Civil Code (Amendment) Act [2011]"]),
    ("The Law on Fisheries, which was promulgated in 2009, is in force.", ["law: Law on Fisheries [2009]"]),
    ("The 2003 Law on Water Users was repealed.", ["law: Law on Water Users [2003]"]),
    ("In March 2013, Parliament adopted the Law on Seeds.", ["law: Law on Seeds [2013]"]),
    ("The Organised Fishing Act 121 of 1998 applies.", ["law: Organised Fishing Act [1998] [No. 121]"]),
    ("The Fishing Act (2008:567) applies.", ["law: Fishing Act [2008] [No. 2008:567]"]),
    ("The Water Code (Act No. 2003-1011) applies.", ["code: Water Code [No. 2003-1011]"]),
    (
        "The Code on Fair Trade and Royal Decree 557/2011 apply.",
        ["code: Code on Fair Trade", "decree: Royal Decree 557/2011 [2011] [No. 557/2011]"],
    ),
    ("The Law of Arden “On Seeds” (2017) was adopted.", ["law: Law of Arden “On Seeds” [2017]"]),
    (
        "Law No. 294 of 2014 on the Care of Rivers applies.",
        ["law: Law No. 294 of 2014 on the Care of Rivers [2014] [No. 294]"],
    ),
    (
        "The law on the prevention, reduction and treatment of food waste was adopted.",
        ["law: law on the prevention, reduction and treatment of food waste"],
    ),
    ("Regulation on the quality of water rests on custom.", []),
    ("It adopted a law on school meals in 2012.", ["law: law on school meals [2012]"]),
    ("The law on preventing and reducing food waste prohibits it.", ["law: law on preventing and reducing food waste"]),
    (
        "Decree 44 on the Registration of Boats (2015) applies.",
        ["decree: Decree 44 on the Registration of Boats [2015] [No. 44]"],
    ),
    (
        "Legislative Decree No. 17/2001 and Decree-Law No. 8/99 apply.",
        ["decree: Legislative Decree No. 17/2001 [2001] [No. 17/2001]", "decree: Decree-Law No. 8/99 [No. 8/99]"],
    ),
    ("Federal Act No. 7 of 2 May 2010 applies.", ["law: Federal Act No. 7 [2010] [No. 7]"]),
    ("Directive 2009/50/EC was transposed.", ["regulation: Directive 2009/50/EC [2009] [No. 2009/50/EC]"]),
    ("The Prison Rules (1988) provide for it.", ["regulation: Prison Rules [1988]"]),
    ("The Constitution of 1992 guarantees it.", ["constitution: Constitution [1992]"]),
    ("The Code of Civil Procedure was amended.", ["code: Code of Civil Procedure"]),
    ("The draft Consumer Bill is before Parliament.", ["bill: Consumer Bill"]),
    (
        "The National Strategy for Rural Roads (2014–2019) was adopted.",
        ["policy: National Strategy for Rural Roads [2014/2019]"],
    ),
    (
        "It ratified the Convention on the Rights of the Child and the Convention against Torture.",
        ["treaty: Convention on the Rights of the Child", "treaty: Convention against Torture"],
    ),
    (
        "It ratified the Holidays with Pay Convention, 1936 (No. 52).",
        ["treaty: Holidays with Pay Convention [1936] [No. 52]"],
    ),
    (
        "ILO Conventions Nos. 87 and 98 were ratified.",
        ["treaty: ILO Convention No. 87 [No. 87]", "treaty: ILO Convention No. 98 [No. 98]"],
    ),
    (
        "It signed the 1949 Geneva Conventions and their Additional Protocols.",
        ["treaty: Geneva Conventions [1949]", "treaty: Additional Protocols to the Geneva Conventions"],
    ),
    (
        "The memorandum of understanding with Bhutan on cooperation to combat forest fires was signed.",
        ["treaty: memorandum of understanding with Bhutan on cooperation to combat forest fires"],
    ),
    ("The Law on Tourism and the Decree on Hotels apply.", ["law: Law on Tourism", "decree: Decree on Hotels"]),
    (
        "The Convention on the Elimination of All Forms of Discrimination against Women, CRC and ICERD bind it.",
        [
            "treaty: Convention on the Elimination of All Forms of Discrimination against Women",
            "treaty: CRC",
            "treaty: ICERD",
        ],
    ),
    (
        "The National Rivers Strategy (2011–2020), the Water Code (1960 version) and the Water Code (1999 version).",
        ["policy: National Rivers Strategy [2011/2020]", "code: Water Code [1960]", "code: Water Code [1999]"],
    ),
    ("It cites the Water Code Order, 1992.", ["decree: Water Code Order [1992]"]),
]

RUSSIAN = [
    (
        "Федеральный закон от 3 мая 2001 г. № 17-ФЗ «О дорогах» действует.",
        ["law: Федеральный закон «О дорогах» [2001] [No. 17-ФЗ]"],
    ),
    ("Кодекс об административных правонарушениях изменен.", ["code: Кодекс об административных правонарушениях"]),
    ("Конвенция о правах инвалидов ратифицирована.", ["treaty: Конвенция о правах инвалидов"]),
    (
        "Указ Президента Республики Беларусь № 12 подписан.",
        ["decree: Указ Президента Республики Беларусь № 12 [No. 12]"],
    ),
    ("Сотрудник составил протокол об административном правонарушении.", []),
    ("Принята Концепция водной и лесной политики.", ["policy: Концепция водной и лесной политики"]),
    ("Суд вынес Постановление от 9 марта 2006 г. по делу.", []),
]

NOTHING = [
    "Law enforcement officers must act in accordance with the law and the rule of law.",
    "The Law Commission and the Department of Treaties and Law of the Ministry held a workshop.",
    "International law and national legislation are taught at the Faculty of Law.",
    "The World Food Programme and the United Nations Development Programme gave support.",
    "The Government plans to adopt a law on school meals and a national action plan.",
    "Bilateral agreements were signed.",
    "The Universal Declaration of Human Rights was read to the Programme for Work.",
    "The staff code of conduct and the dress code were revised.",
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_entries(text: str, expected: list[str]) -> None:
    assert entries(text) == expected


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_entries_in_russian(text: str, expected: list[str]) -> None:
    assert entries(text, language="ru") == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_entries(text: str) -> None:
    assert entries(text) == []


def test_later_names_are_aliases() -> None:
    found = register(
        "The Law on Protection of Coastal Waters (PCW) was adopted in 2010.",
        "The PCW Law forbids dumping. The Law on Protection of Coastal Waters (2010) sets fines.",
        "Under the Law, boats are inspected.",
    )
    (entry,) = found.instruments
    assert (entry.name, entry.year) == ("Law on Protection of Coastal Waters", "2010")
    assert "PCW Law" in entry.aliases
    assert [mention.anaphoric for mention in found.mentions] == [False, False, False, True]


def test_two_codes_of_different_years_are_two_entries() -> None:
    found = register("The Criminal Code (1999) was replaced by the Criminal Code (2014). The Criminal Code is strict.")
    assert [(i.name, i.year) for i in found.instruments] == [("Criminal Code", "1999"), ("Criminal Code", "2014")]
    assert [m.instrument for m in found.mentions][2] == found.instruments[1].key


def test_names_in_full_replace_acronyms() -> None:
    assert entries(
        "It ratified CEDAW.", "The Convention on the Elimination of All Forms of Discrimination against Women…"
    ) == ["treaty: Convention on the Elimination of All Forms of Discrimination against Women"]


def test_an_acronym_may_mean_the_body() -> None:
    assert entries("CEDAW recommended that the State amend its laws, and CERD was concerned (CRC/C/XYZ/3).") == []


def test_the_convention_of_a_report_made_under_it() -> None:
    found = register("Article 12 of the Convention is applied.", symbol="CEDAW/C/XYZ/4")
    assert [i.name for i in found.instruments] == ["Convention"]
    assert found.subject == found.instruments[0].key


def test_short_names_of_codes_in_russian() -> None:
    found = register("Статья 5 КоАП РФ.", "Административный кодекс изменен. УК РФ не изменен.", language="ru")
    assert [i.name for i in found.instruments] == ["КоАП РФ", "УК РФ"]
    assert "Административный кодекс" in found.instruments[0].aliases


@pytest.mark.parametrize("language", sorted(RULES.languages))
def test_every_title_of_the_gazetteer_is_recognised(language: str) -> None:
    words = None if unspaced(language, RULES) else lexicon(RULES, language)
    known = {treaty.id: treaty for treaty in gazetteer(RULES)[0]}
    for entry in RULES.shared["treaties"]["treaty"]:
        title = entry.get(f"title_{language}")
        if title:
            plain = title.replace("[", "").replace("]", "")
            protocol = known[entry["id"]].family == "protocol"
            found = identify(plain, protocol, None, words) if words else han.identify(plain, RULES)
            assert found is not None and found.id == entry["id"], title


def test_acronyms_of_the_gazetteer_are_unique() -> None:
    seen: dict[str, str] = {}
    for entry in RULES.shared["treaties"]["treaty"]:
        for acronym in [*entry.get("acronyms", ()), *entry.get("shared", ())]:
            assert seen.setdefault(acronym, entry["id"]) == entry["id"], acronym


def test_kinds_are_those_of_the_model() -> None:
    for language in ("en", "ru"):
        assert set(lexicon(RULES, language).kinds.values()) <= set(KINDS)


def test_ill_typed_words_are_refused() -> None:
    tables = {**RULES.languages["en"]["instruments"], "connectors": "of"}
    broken = rules.Rules({"en": {"instruments": tables}}, RULES.shared, {})
    with pytest.raises(RulesError, match=r"en\.toml, table \[instruments\]: entry 'connectors'"):
        lexicon(broken, "en")


def test_a_body_without_symbols_is_under_no_treaty() -> None:
    found = instruments.find([passage(0, "Sweden adopted the Penal Code.", "en")], About(body="ITU"), RULES)
    assert [entry.name for entry in found.instruments] == ["Penal Code"]
