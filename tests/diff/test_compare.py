# ruff: noqa: E501
"""What the diff says of known edits, on records whose facts are marked in place."""

import random
import re
import time
from collections import Counter

import pytest

from pipeline.diff import compare
from pipeline.diff.model import FACT_KINDS
from tests.diff.build import side

REPORT = """
# Introduction
1. The mission took place from <date edtf=2017-11-08/2017-11-16>8 to 16 November 2017</date> at the invitation of the State.
2. Some <figure value=345 measure='nationals assisted abroad after trafficking'>345 nationals</figure> were assisted abroad after trafficking in <date edtf=2015>2015</date>.
# Legal framework
3. Under <article id=a1 number=89 instrument=atl>article 89</article> of the Anti-Trafficking Act the trade in children carries <penalty imprisonment=P15Y-P20Y offence='trade in children' articles=a1>fifteen to twenty years of imprisonment</penalty>.
4. The Forest Code was amended in <date edtf=2015>2015</date>, and <figure value=40 measure='rangers trained by the ministry'>40 rangers</figure> were trained by the ministry.
5. A hotline opened in <date edtf=2016>2016</date>; it took <figure value=1200 measure='calls to the hotline'>1,200 calls</figure>.
"""
LAWS = {"atl": "Anti-Trafficking Act"}


def changes(old: str, new: str, **kwargs):
    found = compare(side(old, instruments=LAWS, **kwargs), side(new, instruments=LAWS, **kwargs))
    return [(c.change, c.kind, c.fields) for c in found.changes if c.kind != "paragraph"], found


@pytest.mark.parametrize("with_text", [True, False])
def test_a_report_against_itself_is_empty(with_text):
    found, diff = changes(REPORT, REPORT, with_text=with_text)
    assert found == [] and not diff.differs
    assert diff.unchanged == 9


EDITS = [
    ("edtf=2016>2016", "edtf=2018>2018", ("changed", "date", ("edtf",))),
    ("value=345", "value=382", ("changed", "figure", ("value",))),
    ("P15Y-P20Y", "P12Y-P20Y", ("changed", "penalty", ("sanctions",))),
    ("number=89", "number=91", ("changed", "article", ("number",))),
    ("<figure value=1200 measure='calls to the hotline'>1,200 calls</figure>", "many calls", ("removed", "figure", ())),
    ("40 rangers<", "forty rangers<", ("reworded", "figure", ("quote",))),
    (
        "trained by the ministry.\n",
        "trained by the ministry, which employs <figure value=7 measure='foresters'>seven foresters</figure>.\n",
        ("added", "figure", ()),
    ),
]


@pytest.mark.parametrize(("words", "by", "expected"), EDITS)
def test_an_edit_is_told(words, by, expected):
    assert words in REPORT
    found, _ = changes(REPORT, REPORT.replace(words, by))
    # A penalty whose article has another number hangs on another article too.
    assert [f for f in found if f != ("changed", "penalty", ("articles",))] == [expected]


@pytest.mark.parametrize(("words", "by", "expected"), EDITS)
def test_the_diff_is_symmetric(words, by, expected):
    forth = changes(REPORT, REPORT.replace(words, by))[1]
    back = changes(REPORT.replace(words, by), REPORT)[1]
    mirror = {"added": "removed", "removed": "added"}
    seen = {(mirror.get(c.change, c.change), c.kind, c.fields, repr(c.new), repr(c.old)) for c in back.changes}
    assert seen == {(c.change, c.kind, c.fields, repr(c.old), repr(c.new)) for c in forth.changes}


def test_the_empty_record_is_a_side():
    found, diff = changes("", REPORT)
    assert {c[0] for c in found} == {"added"} and diff.differs
    assert changes("", "")[0] == []


def test_rewrapping_and_reordering_sections_change_nothing():
    parts = re.split(r"(<[^>]+>[^<]*</\w+>|^#.*$)", REPORT, flags=re.M)  # words outside of facts and headings
    rewrapped = "".join(part if i % 2 else re.sub(r"(?<=[a-z]) (?=[a-z])", "\n", part) for i, part in enumerate(parts))
    assert rewrapped.count("\n") > REPORT.count("\n") + 20
    assert changes(REPORT, rewrapped)[0] == []
    head, legal = REPORT.split("# Legal framework")
    assert changes(REPORT, f"# Legal framework{legal}{head.strip()}\n")[0] == []


def test_a_new_paragraph_renumbers_and_moves_no_fact():
    first, rest = REPORT.split("4. The Forest")
    new = f"{first}4. The delegation thanked the hosts.\n5. The Forest{rest.replace('5. A hotline', '6. A hotline')}"
    found, diff = changes(REPORT, new)
    assert found == []
    told = [(c.change, c.label) for c in diff.changes]
    assert ("added", "4") in told and len(told) == 3


def test_a_fact_that_moves_to_another_section_is_moved():
    line = next(line for line in REPORT.splitlines() if line.startswith("2."))
    moved = REPORT.replace(line + "\n", "") + line.replace("2.", "6.") + "\n"
    found, diff = changes(REPORT, moved)
    assert {c[0] for c in found} == {"moved"} and {c[1] for c in found} == {"figure", "date"}
    assert not diff.differs


def test_a_penalty_that_moves_to_another_article():
    other = REPORT.replace("instrument=atl>article 89<", "instrument=atl>article 89<").replace("number=89", "number=90")
    _, diff = changes(REPORT, other)
    penalty = next(c for c in diff.changes if c.kind == "penalty")
    assert penalty.fields == ("articles",)
    assert (penalty.before, penalty.after) == (
        "Article 89 of Anti-Trafficking Act",
        "Article 90 of Anti-Trafficking Act",
    )


def test_a_cycle_pairs_figures_by_what_they_measure():
    new = """
# Progress
1. Since the last review <figure value=382 measure='nationals assisted abroad after trafficking' period=2019>382 nationals</figure> got help beyond the border when sold.
2. Staff of the ministry trained <figure value=55 measure='rangers trained by the ministry'>55 rangers</figure> overall, which the agency called a success in its latest note on woodland and water management for the valley.
"""
    diff = compare(side(REPORT, instruments=LAWS), side(new), mode="cycle")
    told = {c.label: (c.change, c.change_percent) for c in diff.changes if c.kind == "figure" and c.old and c.new}
    assert told == {
        "nationals assisted abroad after trafficking": ("changed", 10.7),
        "rangers trained by the ministry": ("changed", 37.5),
    }


@pytest.mark.parametrize(
    "unread", ["<figure value=1200 measure='calls to the hotline'>1,200 calls</figure>", "<date edtf=2016>2016</date>"]
)
def test_what_only_one_reading_found_is_no_change(unread):
    """The words stand in both reports: the program missed the fact in one of them, its author removed nothing."""
    words = re.sub("<.*?>", "", unread)
    found, diff = changes(REPORT, REPORT.replace(unread, words))
    assert found == [] and not diff.differs
    assert [c.change for c in diff.readings] == ["removed"]
    assert [c.change for c in changes(REPORT.replace(unread, words), REPORT)[1].readings] == ["added"]


def test_a_fact_between_equal_words_was_removed():
    """After the cut, the words on one side of it stand before those on the other: they gave the fact that is left."""
    first = "1. The share rose to <figure value=13 unit=percent measure='share'>13 per cent</figure> in all of the towns near the coast. "
    second = "Then it rose to <figure value=13 unit=percent measure='share'>13 per cent</figure> in all of the towns near the coast. "
    found, diff = changes("# A\n" + first + second + "It fell.", "# A\n" + first + "It fell.")
    assert found == [("removed", "figure", ())] and not diff.readings


def test_a_period_that_only_one_reading_found_is_no_change():
    other = REPORT.replace("assisted abroad after trafficking'>", "assisted abroad after trafficking' period=2015>")
    found, diff = changes(REPORT, other)
    assert found == [] and [c.fields for c in diff.readings] == [("period",)]


def test_without_the_texts_records_are_taken_as_they_are():
    date = "<date edtf=2016>2016</date>"
    assert changes(REPORT, REPORT.replace(date, "2016"), with_text=False)[0] == [("removed", "date", ())]


def test_a_thousand_facts_take_less_than_a_second():
    lines = [
        f"{i}. In district {i} there were <figure value={i} measure='wells of district {i}'>{i} wells</figure>."
        for i in range(1, 1001)
    ]
    old = side("# Wells\n" + "\n".join(lines))
    new = side("# Wells\n" + "\n".join(lines).replace("value=500 ", "value=501 "))
    start = time.process_time()
    found = compare(old, new)
    assert [(c.change, c.kind) for c in found.changes] == [("changed", "figure")]
    assert time.process_time() - start < 1.5  # of a machine that does other things too; 0.6 on a free one


def test_the_order_of_equal_facts_is_kept():
    text = "# A\n" + "\n".join(f"{i}. It was <date edtf=2017>2017</date> again." for i in range(1, 30))
    assert changes(text, text)[0] == []


PARTS = (
    "The mission came in <date edtf={year}>{year}</date> and met <figure value={n} measure='officials met'>{n} officials</figure>.",
    "Some <figure value={n} measure='children in school'>{n} children</figure> were in school in <date edtf={year}>{year}</date>.",
    "It was amended in <date edtf={year}>{year}</date>.",
    "Under <article number={n}>article {n}</article> theft carries <penalty imprisonment=P{n}Y-P60Y offence='theft'>{n} to 60 years</penalty>.",
    "A new line opened, with <figure value={n} measure='buses'>{n} buses</figure> and <figure value={n} measure='drivers'>{n} drivers</figure>.",
)


def drawn(seed: int) -> str:
    """A report of sentences that recur with the same and with other values."""
    draw = random.Random(seed)
    lines = []
    for number in range(1, draw.randint(2, 14)):
        if draw.random() < 0.25:
            lines.append(f"# Heading {draw.randint(1, 4)}")
        said = (
            draw.choice(PARTS).format(n=draw.randint(2, 5), year=draw.randint(2010, 2013))
            for _ in range(draw.randint(1, 3))
        )
        lines.append(f"{number}. {' '.join(said)}")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("mode", ["versions", "cycle", "languages"])
def test_any_diff_is_symmetric_and_complete(mode, seed):
    old, new = side(drawn(seed), name="a.txt"), side(drawn(seed + 1000), name="b.txt")
    assert not compare(old, old, mode).changes
    forth, back = compare(old, new, mode), compare(new, old, mode)
    mirror = {"added": "removed", "removed": "added"}
    seen = Counter(
        (mirror.get(c.change, c.change), c.kind, c.fields, c.after, c.before, repr(c.new), repr(c.old))
        for c in back.changes
    )
    assert seen == Counter(
        (c.change, c.kind, c.fields, c.before, c.after, repr(c.old), repr(c.new)) for c in forth.changes
    )
    assert forth.unchanged == back.unchanged and len(forth.readings) == len(back.readings)
    # Every fact of either side stands in the diff once: unchanged, or in one change.
    told = [c for c in (*forth.changes, *forth.readings) if c.kind in FACT_KINDS]
    for record, lacking in ((old.record, "added"), (new.record, "removed")):
        paired_readings = sum(1 for c in forth.readings if c.kind in FACT_KINDS and c.old and c.new)
        assert len(record.facts) == forth.unchanged - paired_readings + sum(c.change != lacking for c in told)
