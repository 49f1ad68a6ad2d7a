"""The ledger of what bears the signs of a fact but gave none."""

from pathlib import Path

import pytest

from pipeline.options import Options
from pipeline.stages import extract

HEAD = "REPORT OF THE WORKING GROUP\n\nI. Legislation\n\n"


def entries(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "a.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    found = extract(path, options=Options(ner=False))
    for each in found.unexplained:
        assert found.report.text[each.start : each.end] == each.quote
    return [(each.kind, each.sign) for each in found.unexplained]


@pytest.mark.parametrize(
    "text",
    [
        "1. Theft is punished by three months to two years of imprisonment under article 12 of the Penal Code.\n",
        "1. On 20 September 2006 the Committee met in the capital.\n",
        "1. The delegation thanked the Committee for its questions.\n",
        "1. The document A/HRC/15/2010 was adopted.\n",
    ],
)
def test_what_gave_its_fact_is_not_listed(tmp_path: Path, text: str) -> None:
    assert entries(tmp_path, text) == []


def test_punishment_without_a_sanction_is_listed(tmp_path: Path) -> None:
    found = entries(tmp_path, "1. Any person who helps the offender shall be punished accordingly.\n")
    assert [kind for kind, _ in found] == ["penalty"]


def test_a_provision_without_its_instrument_is_listed(tmp_path: Path) -> None:
    found = entries(tmp_path, "1. The group turned to chapter 4 and went on.\n")
    assert ("article", "chapter 4") in found


def test_the_ledger_lies_beside_the_record(tmp_path: Path) -> None:
    import json

    from pipeline.run import Job, Limits, Request, run
    from pipeline.run.screen import Log

    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(HEAD + "1. Whoever helps the offender shall be punished accordingly.\n")
    request = Request((str(tmp_path / "in"),), Job(str(tmp_path / "out"), Options(ner=False), Limits()), workers=1)
    with (tmp_path / "log").open("w") as log:
        done = run(request, Log(log))
    lines = (tmp_path / "out/a.txt.unexplained.jsonl").read_text().splitlines()
    assert done.outcomes["a.txt"].unexplained == len(lines) == 1
    assert json.loads(lines[0])["reason"] == "words of punishment without a sanction"
    (tmp_path / "in/a.txt").write_text(HEAD + "1. The delegation thanked the Committee.\n")
    with (tmp_path / "log").open("w") as log:
        run(request, Log(log))
    assert not (tmp_path / "out/a.txt.unexplained.jsonl").exists()
