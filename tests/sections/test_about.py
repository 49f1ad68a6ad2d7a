"""What reports say of themselves."""

import pytest

from pipeline import sections
from pipeline.model import About

from .build import RULES, outline, read

BODY = "The Government told the mission about its plans and about the money for them."


def about(text: str) -> About:
    report = read(text)
    return sections.about(report, outline(report), RULES)


def test_a_cover() -> None:
    found = about(f"""A/HRC/52/7/Add.2
Distr.: General
3 May 2021
Original: English
Human Rights Council
Fifty-second session
Agenda item 3
Promotion and protection of all human rights
Visit to the Republic of Moldova*

1. {BODY}

2. {BODY}
""")
    assert found == About(
        "A/HRC/52/7/Add.2", "Visit to the Republic of Moldova", "Human Rights Council", "MDA", "2021-05-03"
    )


PROFILE = """CYBERWELLNESS PROFILE PERU

BACKGROUND

1. LAWS

1.1 CRIMES

Peru has one.

Last updated on 2nd March 2015
"""


def test_a_profile() -> None:
    found = about(PROFILE)
    assert (found.title, found.body) == ("CYBERWELLNESS PROFILE PERU", "ITU")
    assert (found.country, found.date) == ("PER", "2015-03-02")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kenya and the Kenyan Government. Kenya said so. In Kenya it is so.", "KEN"),
        ("Kenya, Uganda, Kenya, Uganda, Kenya, Uganda, Chad, Chad.", None),
        (
            "Правительство Казахстана и казахстанские суды. В Казахстане принят закон. Казахстан согласен.",
            "KAZ",
        ),
        ("It was so.", None),
    ],
)
def test_the_country_is_that_which_is_named_by_far_most_often(text: str, country: str | None) -> None:
    assert about(text).country == country


def test_a_symbol_beside_its_date_of_issue() -> None:
    assert about(f"Arden - Second reports; CRC/C/104/Add.6 (30 August 2005)\n\n1. {BODY}\n").symbol == "CRC/C/104/Add.6"


def test_another_documents_symbol_is_not_the_reports() -> None:
    assert about(f"1. {BODY} See CRC/C/KEN/3-5.\n\n2. {BODY}\n").symbol is None


@pytest.mark.parametrize(
    ("symbol", "body"),
    [
        ("CCPR/C/118/D/2000/2010", "Human Rights Committee"),
        ("CRC/C/OPSC/KEN/1", "Committee on the Rights of the Child"),
        ("A/75/436", "General Assembly"),
        ("E/C.12/PER/CO/4", "Committee on Economic, Social and Cultural Rights"),
    ],
)
def test_the_symbol_tells_the_body(symbol: str, body: str) -> None:
    found = about(f"{symbol}\nDistr.: General\n3 May 2021\n\n1. {BODY}\n\n2. {BODY}\n")
    assert (found.symbol, found.body) == (symbol, body)


def test_country_data() -> None:
    table = RULES.shared["countries"]
    assert len(table) > 190
    assert all(len(code) == 3 and entry["en"] and entry["ru"] for code, entry in table.items())
