"""Every report of the collection gives a record, or a reason that says what to do."""

from pathlib import Path

import pytest

from pipeline.errors import ReportfactsError
from pipeline.options import Options
from pipeline.stages import process

REPORTS = Path(__file__).parent.parent.parent / "shared" / "reports"
LARGE = 1_000_000
"""Reports of more bytes are left to `make bench`, to keep this fast."""


def names() -> list[str]:
    return sorted(path.name for path in REPORTS.iterdir()) if REPORTS.is_dir() else []


@pytest.mark.skipif(not REPORTS.is_dir(), reason=f"the real reports are not there: {REPORTS}")
@pytest.mark.parametrize("name", names() or [""])
def test_record_or_reason(name: str) -> None:
    path = REPORTS / name
    if path.stat().st_size > LARGE:
        pytest.skip("large")
    try:
        report, record = process(path, options=Options(ner=False))
    except ReportfactsError as error:
        assert name in str(error)
        assert "; " in str(error), "a reason says what to do"
        return
    assert record.sections or record.paragraphs or record.facts
    assert all(report.text[f.evidence.start : f.evidence.end] == f.evidence.quote for f in record.facts)
