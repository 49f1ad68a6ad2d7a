"""A small sample of `make stress`."""

from pathlib import Path

from ..stress.harness import Stress, files, make_reports, reasons, statuses


def test_bad_reports_and_kills(tmp_path: Path) -> None:
    make_reports(tmp_path / "reports", 24, 6, seed=1)
    stress = Stress(tmp_path / "reports", tmp_path / "trace")
    code, said = stress.finish(tmp_path / "calm")
    assert code == 1 and "Traceback" not in said
    assert statuses(tmp_path / "calm") == {"ok": 24, "failed": 6}
    assert reasons(tmp_path / "calm") == {"crash": 1, "timeout": 1, "memory": 1, "unreadable": 3}
    assert stress.kills(tmp_path / "killed", 3, longest=3) == []
    assert stress.finish(tmp_path / "killed")[0] == 1
    assert files(tmp_path / "killed") == files(tmp_path / "calm")
