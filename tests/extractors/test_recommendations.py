"""Recommendations: reports of a few lines, each line a block; "<r 24(a)>text</r>" marks what is asked and its number.

"# …" is a heading, "12. …" a numbered paragraph, "(a) …", "(i) …" and "- …" are items. The State is Fiji.
"""
# ruff: noqa: E501 - an annotated paragraph stands in one line

import re
from array import array

import pytest

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors import recommendations
from pipeline.extractors.recommendations.words import words_of
from pipeline.model import About, Block, Language, Passage, Recommendation, Span
from pipeline.passages import sentences
from pipeline.rules import Rules

RULES = rules.load()
TAG = re.compile(r"<r ([^>]*)>|</r>")
NUMBER = re.compile(r"(?:(\d+(?:\.\d+)?)\. |(\([a-zа-я]+\)|[a-zа-я]\)) |(-) )")

COMMITTEE = About(
    title="Concluding observations on the report of Fiji", body="Committee against Torture", country="FJI"
)
EXPERT = About(
    title="Report of the Special Rapporteur on the right to education on her mission to Fiji",
    body="Human Rights Council",
    country="FJI",
)
REVIEW = About(title="Report of the Working Group: Fiji", body="Human Rights Council", country="FJI")


def passages(lines: list[str], language: Language) -> list[Passage]:
    found: list[Passage] = []
    paragraph, at = None, 0
    for line in lines:
        match = NUMBER.match(line)
        heading = line.startswith("# ")
        text = line[match.end() :] if match else line.removeprefix("# ")
        number = match[1] or match[2] if match else None
        dotted = number and "." in number
        kind = "heading" if heading else "item" if match and (dotted or not match[1]) else "paragraph"
        if match and match[1] and not dotted:
            paragraph = match[1]
        elif not match:
            paragraph = None if heading else paragraph
        block = Block(kind, (Span(0, len(text)),), language, number, 1 if heading else None, paragraph=paragraph)  # type: ignore[arg-type]
        offsets = array("l", range(at, at + len(text)))
        found.append(Passage(len(found), block, language, text, offsets, sentences(text, language, RULES)))
        at += len(text) + 1
    return found


def read(text: str, about: About, language: Language = "en") -> tuple[Recommendation, ...]:
    return recommendations.find(passages(TAG.sub("", text.strip()).split("\n"), language), about, RULES)


def check(text: str, about: About, language: Language = "en") -> tuple[Recommendation, ...]:
    found = read(text, about, language)
    flat = text.strip().replace("\n", "⏎")
    wanted = []
    for part in re.finditer(r"<r ([^>]*)>(.*?)</r>", flat):
        said = " ".join(re.sub(r"^(?:\(\w+\)|\d+\.\d+\.) ", "", piece) for piece in part[2].split("⏎"))
        wanted.append((part[1] or None, said))
    assert [(r.paragraph, r.text) for r in found] == wanted
    assert {r.to for r in found} <= {"FJI"}
    return found


ASKED = {
    "paragraph": "12. <r 12>The Committee recommends that the State party adopt a law on custody.</r>",
    "list": """12. The Committee urges the State party to:
(a) <r 12(a)>Adopt a law;</r>
(b) <r 12(b)>Train judges.</r>
13. The Committee notes that a law was adopted.""",
    "list below a list": """12. The Committee recommends that the State party:
(a) <r 12(a)>Adopt a law;</r>
(b) Collect data:
(i) <r 12(b)(i)>By age;</r>
(ii) <r 12(b)(ii)>By region.</r>""",
    "list in the paragraph": "12. The Committee calls upon the State party to: (a) <r 12(a)>adopt a law;</r> (b) <r 12(b)>train judges.</r>",
    "dashes": """12. The Committee requests the State party, as a matter of priority:
- <r 12>To adopt a law;</r>""",
    "after a concern": "12. <r 12>The Committee is concerned at the delay and urges the State party to publish the list.</r>",
    "from its sentence on": "12. Custody is long. <r 12>The Committee encourages the authorities to shorten it. It also asks for data.</r>",
    "should": "12. <r 12>In the light of the above, the State party should, without delay, adopt a law.</r>",
    "should, list": """12. The State party should:
(a) <r 12(a)>Adopt a law.</r>""",
    "invited": "12. <r 12>The State party is also invited to ask for help.</r>",
    "reiterated": "12. <r 12>The Committee reiterates its previous recommendation that the State party adopt a law.</r>",
    "no addressee": "12. <r 12>The Committee recommends that the observations be widely disseminated.</r>",
    "cut by a page": """12. <r 12>The Committee recommends that the State party adopt a law on the
custody of children.</r>""",
}  # fmt: skip

NOT_ASKED = {
    "past": "12. The Committee recommended that the State party adopt a law.",
    "of the State": "12. The Committee notes that the State party recommends mediation.",
    "of others": "12. The Committee notes that organizations recommend a new law.",
    "to others": "12. The Committee invites the Secretary-General to help the State party.",
    "to the community": "12. The Committee recommends that the international community help.",
    "list to others": """12. The Committee invites donors to:
(a) Help the State party.""",
    "author": "12. The author asks the Committee to request the State party to pay.",
    "author's view": "12. The author argues that the State party should pay.",
    "list of laws": """12. The Committee welcomes the adoption of:
(a) The Act on Custody.""",
    "announced": "12. The Committee recommends the measures described below.",
}


@pytest.mark.parametrize("text", ASKED.values(), ids=ASKED.keys())
def test_a_committee_asks(text: str) -> None:
    found = check(text, COMMITTEE)
    assert {r.by for r in found} == {"Committee against Torture"}


@pytest.mark.parametrize("text", NOT_ASKED.values(), ids=NOT_ASKED.keys())
def test_nobody_asks(text: str) -> None:
    assert read(text, COMMITTEE) == ()


EXPERTS = {
    "list": """# Recommendations
70. The Special Rapporteur makes the following recommendations to the Government:
(a) <r 70(a)>Adopt a law.</r>
71. The Special Rapporteur recommends that donors:
(a) Pay for it.""",
    "addressee": """# Recommendations
72. To the Government of Fiji:
(a) <r 72(a)>Keep a register.</r>""",
    "should": """# Recommendations
73. <r 73>The Government should keep a register.</r>""",
    "should elsewhere": """# Findings
73. The Government should keep a register, many teachers thought.""",
    "she": "30. <r 30>She encourages the authorities to open schools.</r>",
    "country": "31. <r 31>The Special Rapporteur calls on Fiji to open schools.</r>",
    "announced": """# Recommendations
69. The Special Rapporteur offers the following recommendations.""",
}


@pytest.mark.parametrize("text", EXPERTS.values(), ids=EXPERTS.keys())
def test_an_expert_asks(text: str) -> None:
    found = check(text, EXPERT)
    assert {r.by for r in found} <= {"Special Rapporteur on the right to education"}


def test_a_resolution_asks_one_state_or_others() -> None:
    text = """3. Calls upon the Government of Chad to open the border;
4. Urges all States to help;
5. Requests the Secretary-General to report on Chad."""
    found = read(text, About(body="General Assembly"))
    assert [(r.paragraph, r.by, r.to) for r in found] == [("3", "General Assembly", "TCD")]


LISTS = {
    "dotted": """96. The following recommendations enjoy the support of Fiji:
96.1. <r 96.1>Ratify the Convention (Spain, Chile);</r>
96.2. <r 96.2>Adopt a law (Spain); train judges (United Kingdom of Great Britain and Northern Ireland);</r>
96.3. <r 96.3>Accede (Chad) to the Protocol, as soon as possible;</r>
96.4. <r 96.4>Open schools (Iran (Islamic Republic of)).</r>
97. All recommendations reflect the positions of the submitting States.""",
    "cut": """96. The following recommendations will be examined by Fiji:
96.1. <r 96.1>Ratify the Convention on the Rights
of the Child (Chad);</r>
96.2. <r 96.2>Adopt a law (Spain);</r>
96.3. <r 96.3>Open schools (Chile).</r>""",
    "joined": """96. The following recommendations will be examined by Fiji:
96.1. <r 96.1>Ratify the Convention (Chad);</r> <r 96.2>96.2. Adopt a law (Spain);</r>
96.3. <r 96.3>Open schools (Chile).</r>""",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_reviews(text: str) -> None:
    check(text, REVIEW)


def test_states_make_the_recommendations_of_a_review() -> None:
    found = read(LISTS["dotted"], REVIEW)
    assert [r.by for r in found[:2]] == ["Spain, Chile", "Spain, United Kingdom of Great Britain and Northern Ireland"]


def test_plain_numbers_are_those_of_their_paragraph() -> None:
    text = "83. The recommendations below enjoy the support of Fiji:\n" + "\n".join(
        f"{n}. Adopt law {n} ({state});" for n, state in enumerate(("Chad", "Chile", "Spain"), 1)
    )
    assert [r.paragraph for r in read(text, REVIEW)] == ["83.1", "83.2", "83.3"]


def test_a_state_in_brackets_makes_no_review() -> None:
    assert read("96.1. The delegation went to the capital (Fiji);\n96.2. It came back.", REVIEW) == ()


def test_what_a_state_tells_a_committee_is_its_own_word() -> None:
    told = About(title="Periodic report of Fiji", body="Committee against Torture", country="FJI")
    assert read("12. The State party should adopt a law, the Committee found.", told) == ()


RUSSIAN = {
    "paragraph": "9. <r 9>Комитет рекомендует государству-участнику принять закон.</r>",
    "list": """8. Комитет настоятельно призывает государство-участник:
a) <r 8(a)>принять закон;</r>
b) <r 8(b)>обучить судей.</r>""",
    "should": "9. <r 9>Государству-участнику следует принять закон.</r>",
    "after a concern": "9. <r 9>Комитет обеспокоен задержкой и призывает государство-участник принять закон.</r>",
    "no addressee": "9. <r 9>Комитет рекомендует, чтобы доклад был опубликован.</r>",
    "past": "9. Комитет рекомендовал государству-участнику принять закон.",
    "others": "9. Комитет предлагает международному сообществу оказать помощь.",
}


@pytest.mark.parametrize("text", RUSSIAN.values(), ids=RUSSIAN.keys())
def test_in_russian(text: str) -> None:
    check(text.replace("\na)", "\n(a)").replace("\nb)", "\n(b)"), COMMITTEE, "ru")


FRENCH = {
    "list": """8. Le Comité recommande à l’État partie :
(a) <r 8(a)>De collecter des données ;</r>
(b) <r 8(b)>De former les juges.</r>""",
    "should": "10. <r 10>L’État partie devrait adopter une loi.</r>",
    "past": "9. Le Comité a recommandé à l’État partie d’adopter une loi.",
}

SPANISH = {
    "list": """8. El Comité recomienda al Estado parte que:
(a) <r 8(a)>Recopile datos;</r>
(b) <r 8(b)>Capacite a los jueces.</r>""",
    "after a concern": "7. <r 7>El Comité está preocupado e insta al Estado parte a que apruebe una ley.</r>",
    "others": "9. El Comité invita a la comunidad internacional a que ayude.",
}


@pytest.mark.parametrize("text", FRENCH.values(), ids=FRENCH.keys())
def test_in_french(text: str) -> None:
    check(text, COMMITTEE, "fr")


@pytest.mark.parametrize("text", SPANISH.values(), ids=SPANISH.keys())
def test_in_spanish(text: str) -> None:
    check(text, COMMITTEE, "es")


@pytest.mark.parametrize("language", [code for code in RULES.languages if "recommendations" in RULES.languages[code]])
def test_examples_of_the_rules(language: Language) -> None:
    table = RULES.languages[language]["recommendations"]
    for key, wanted in (("examples", True), ("others_examples", False)):
        for example in table[key]:
            assert bool(read(f"1. {example}", COMMITTEE, language)) is wanted, example


def test_a_language_without_the_table_gives_none() -> None:
    languages = {code: {k: v for k, v in t.items() if k != "recommendations"} for code, t in RULES.languages.items()}
    assert words_of("en", Rules(languages, RULES.shared, RULES.digests)) is None


@pytest.mark.parametrize(
    ("changed", "said"), [({"told": "("}, "told is not a pattern"), ({"verbs": "x"}, "unknown entry 'verbs'")]
)
def test_what_cannot_be_used_is_named(changed: dict[str, object], said: str) -> None:
    table = RULES.languages["en"] | {"recommendations": RULES.languages["en"]["recommendations"] | changed}
    with pytest.raises(RulesError, match=re.escape(said)):
        words_of("en", Rules({"en": table}, RULES.shared, RULES.digests))
