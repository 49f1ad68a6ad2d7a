"""Real and own reports, edited in known ways and extracted anew: the diff must say what was done, and nothing else."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline.diff import Side, compare
from pipeline.diff.model import FACT_KINDS
from pipeline.stages import Options, process
from tests.conftest import ROOT, SHARED
from tests.diff import edits

OPTIONS = Options(ner=False)
OWN = sorted((ROOT / "corpus" / "reports").glob("*.txt"))
REAL = sorted((SHARED / "reports").glob("*.txt"))
# Neutral edits of these: the larger ones take seconds each.
SOME = [path for path in REAL if path.name.startswith(("A-HRC", "CCPR-C-122", "itu", "srsg"))]
CHANGING = (edits.values_changed, edits.facts_deleted, edits.facts_added)
NEUTRAL = (edits.paragraphs_moved, edits.rewrapped, edits.repaginated, edits.sections_reordered)


@cache
def read(path: Path) -> Side:
    report, record = process(path, options=OPTIONS)
    return Side(record, report.text)


def edited(path: Path, how, folder: Path):
    """(the edit, the diff of the original against it)."""
    edit = how(read(path))
    new = folder / path.name
    new.write_bytes(edit.text.encode())
    return edit, compare(read(path), read(new))


@pytest.mark.parametrize("group", [OWN, REAL], ids=["own reports", "real reports"])
@pytest.mark.parametrize("how", CHANGING, ids=lambda how: how.__name__)
def test_changes_are_told(how, group: list[Path], tmp_path: Path) -> None:
    if not group:
        pytest.skip("no ../shared/reports: real reports are not part of the repository")
    counts, said = Counter(), []
    for path in group:
        edit, diff = edited(path, how, tmp_path)
        found, missed, false = edits.scored(edit, diff)
        counts += Counter(found=found, wrong=len(missed) + len(false))
        said += [f"{path.name}: missed {m}" for m in missed] + [f"{path.name}: false {m}" for m in false]
    assert counts["found"] >= (15 if group is REAL else 2)
    f1 = 2 * counts["found"] / (2 * counts["found"] + counts["wrong"])
    assert f1 >= 0.98, "\n".join(said)


@pytest.mark.parametrize("path", OWN + SOME, ids=lambda path: path.name)
@pytest.mark.parametrize("how", NEUTRAL, ids=lambda how: how.__name__)
def test_the_same_words_elsewhere_are_no_change(how, path: Path, tmp_path: Path) -> None:
    edit, diff = edited(path, how, tmp_path)
    assert not diff.differs, edits.scored(edit, diff)[2]
    counts = Counter(c.change for c in diff.changes if c.kind in FACT_KINDS)
    assert not counts["reworded"]
    if how is not edits.paragraphs_moved:
        assert counts["moved"] <= 1  # a note between two sections may be laid to the other one


def test_the_edits_edit() -> None:
    """Most of the neutral edits find something to do in most reports."""
    for how in NEUTRAL:
        touched = [path for path in OWN + SOME if how(read(path)).text != read(path).text]
        assert len(touched) >= 5, how.__name__


TWINS = [
    *((path, path.with_suffix(".pdf")) for path in OWN if path.with_suffix(".pdf").exists()),
    (ROOT / "corpus/reports/budget-mission.docx", ROOT / "corpus/reports/budget-mission.pdf"),
    *(
        (SHARED / "reports" / f"{name}.{a}", SHARED / "reports" / f"{name}.{b}")
        for name, a, b in (
            ("A-80-604-Add10-reissued_ACABQ_2026_en", "pdf", "docx"),
            ("A-HRC-15-5_UPR-WG-report_Lao-PDR_2010_en", "pdf", "txt"),
        )
    ),
]


@pytest.mark.parametrize(("one", "other"), TWINS, ids=lambda path: path.name)
def test_another_format_is_no_change(one: Path, other: Path) -> None:
    if not one.exists():
        pytest.skip("no ../shared/reports: real reports are not part of the repository")
    diff = compare(read(one), read(other))
    assert not diff.differs, [(c.change, c.label, c.before, c.after) for c in diff.changes]
    assert not [c for c in diff.changes if c.change in ("moved", "reworded") and c.kind in FACT_KINDS]
