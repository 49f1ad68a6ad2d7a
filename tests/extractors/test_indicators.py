"""Indicators of ITU profiles: which items there are, and whether the country has them."""

import pytest

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors import indicators
from pipeline.rules import Rules

from ..sections.build import RULES, outline, read

HEAD = "CYBERWELLNESS PROFILE RURITANIA\n\nBACKGROUND\n\nTotal Population: 4 478 000\n\n"
TAIL = """
DISCLAIMER: Please refer to http://www.example.org

More information is available on ITU website at http://www.example.org/more

Last updated on 5th May 2015
"""


def found(*items: str, head: str = HEAD, tail: str = TAIL) -> list[tuple[str, str, str, str]]:
    """(code, title, status, quote) of a profile with these texts as its items 1.1.1, 1.1.2, …"""
    items = (*items, *("Ruritania has one of these." for _ in range(4 - len(items))))
    body = "".join(f"1.1.{n} ITEM {chr(64 + n)}\n\n{text}\n\n" for n, text in enumerate(items, 1))
    report = read(f"{head}1. CYBERSECURITY\n\n1.1 LEGAL MEASURES\n\n{body}{tail}")
    return [
        (i.code, i.title, i.status, report.text[i.start : i.end])
        for i in indicators.find(report, outline(report), RULES)
    ]


def test_items() -> None:
    got = found("Ruritania has a law on crimes.\n\n- Article 5 of the Code")
    assert [(code, title) for code, title, _, _ in got] == [(f"1.1.{n}", f"ITEM {chr(64 + n)}") for n in range(1, 5)]
    assert got[0][3] == "Ruritania has a law on crimes.\n\n- Article 5 of the Code"


def test_addresses_around_the_text_are_not_part_of_it() -> None:
    got = found(
        "Ruritania has a law.", "Ruritania has a plan.\n\nhttp://www.example.org/plan\nhttp://www.example.org/b"
    )
    assert got[1][3] == "Ruritania has a plan."


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ruritania has a national team.", "present"),
        ("Specific legislation is enacted through the following instrument:", "present"),
        ("The Ministry of Posts is the agency responsible for it.", "present"),
        ("Ruritania has acceded, with no declarations or reservations, to the Convention.", "present"),
        ("Reports can be sent to the team by telephone.", "present"),
        ("Ruritania does not have any recognized strategy.", "absent"),
        ("Ruritania does not currently have a recognized strategy.", "absent"),
        ("Ruritania doesn’t have one.", "absent"),
        ("Ruritania has no recognized strategy.", "absent"),
        ("There is no agency for it in Ruritania.", "absent"),
        ("No information on it was available.", "absent"),
        ("ITU assessed it in 2012. Ruritania does not have a team.", "absent"),
        ("ITU assessed it in 2012. Ruritania has a team.", "present"),
        ("Ruritania has a team. It does not have teams for sectors.", "present"),
        ("Руритания не имеет национальной стратегии.", "absent"),
        ("В Руритании принят закон о преступлениях.", "present"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert found(text)[0][2] == status


def test_none_in_other_reports() -> None:
    assert found("Ruritania has a law.", head="", tail="") == []


def test_bad_rules() -> None:
    tables = {"en": {**rules.load().languages["en"], "indicators": {"absent": ["("]}}}
    report = read(f"{HEAD}1. A\n\n1.1 B\n\nIt has.\n\n1.2 C\n\nIt has.\n\n1.3 D\n\nIt has.\n")
    with pytest.raises(RulesError, match="absent"):
        indicators.find(report, outline(report), Rules(tables, {}, {}))
