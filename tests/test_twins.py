"""The same report in two formats: the facts of both agree by kind and value."""

from collections import Counter
from collections.abc import Hashable
from pathlib import Path

import pytest

from pipeline.options import Options
from pipeline.records import Record
from pipeline.stages import process

REPORTS = Path(__file__).parent.parent.parent / "shared" / "reports"
TWINS = [
    ("A-80-604-Add10-reissued_ACABQ_2026_en.pdf", "A-80-604-Add10-reissued_ACABQ_2026_en.docx"),
    ("A-81-6-Sect25-PartA_Refugees_2027_en.pdf", "A-81-6-Sect25-PartA_Refugees_2027_en.docx"),
    ("A-HRC-15-5_UPR-WG-report_Lao-PDR_2010_en.pdf", "A-HRC-15-5_UPR-WG-report_Lao-PDR_2010_en.txt"),
]
WANTED = 0.97
FEW = 20
"""Of fewer facts of a kind one difference is too much weight for a share: at most one is allowed."""


def values(record: Record) -> dict[str, Counter[Hashable]]:
    """The values of the facts of each kind, figures in tables apart."""
    found: dict[str, Counter[Hashable]] = {}
    for fact in record.facts:
        kind: str = fact.kind
        value: Hashable = ()
        if fact.kind == "figure":
            kind = "figure in table" if fact.table else "figure"
            value = (fact.value, fact.value_to, fact.unit, fact.per, fact.comparator, fact.period)
        elif fact.kind == "date":
            value = (fact.edtf,)
        elif fact.kind == "article":
            value = (fact.unit, fact.number, fact.number_to, fact.subdivision)
        elif fact.kind == "penalty":
            value = fact.sanctions
        found.setdefault(kind, Counter())[value] += 1
    return found


@pytest.mark.parametrize(("first", "second"), TWINS)
def test_twins_agree(first: str, second: str) -> None:
    if not REPORTS.is_dir():
        pytest.skip(f"the reports to compare are not there: {REPORTS}")
    one, other = (values(process(REPORTS / name, options=Options(ner=False))[1]) for name in (first, second))
    for kind in sorted({*one, *other}):
        here, there = one.get(kind, Counter()), other.get(kind, Counter())
        missing, added = here - there, there - here
        both, all_facts = (here & there).total(), here.total() + there.total()
        told = f"{kind}: only in {first}: {dict(missing)}; only in {second}: {dict(added)}"
        if all_facts < 2 * FEW:
            assert max(missing.total(), added.total()) <= 1, told
        else:
            assert 2 * both / all_facts >= WANTED, told
