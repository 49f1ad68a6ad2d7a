"""The command `diff`: reports, records and folders on either side, other versions of the program, languages."""

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import schema
from pipeline.diff import FolderDiff, RecordDiff, between, diff
from pipeline.errors import UsageError
from pipeline.records import dump
from pipeline.stages import Options, process
from tests.conftest import ROOT

OPTIONS = Options(ner=False)
REPORTS = ROOT / "corpus" / "reports"
VALID = jsonschema.Draft202012Validator(schema.schemas()["diff.schema.json"])
OLD = """Report on schools

1. On 4 May 2016 the ministry opened 12 schools in the north of the country, and trained 345 teachers there.

2. Under article 12 of the Schools Act, whoever keeps a child from school is punished by a fine of up to 300 euros.
"""
NEW = OLD.replace("345 teachers", "382 teachers")


def told(found: RecordDiff) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(c.change, c.kind, c.fields) for c in found.changes]


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def record_of(report: Path, folder: Path, **made_by: Any) -> Path:
    """The record and the text of a report as `run` writes them, made by another program if so wished."""
    read, record = process(report, options=OPTIONS)
    record = record.model_copy(update={"made_by": record.made_by.model_copy(update=made_by)})
    folder.mkdir(exist_ok=True)
    (folder / f"{report.name}.txt").write_bytes(read.text.encode())
    path = folder / f"{report.name}.json"
    path.write_text(dump(record), encoding="utf-8")
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    folder = write(tmp_path, old=OLD, new=NEW)
    return folder / "old.txt", folder / "new.txt"


CHANGED = [("changed", "figure", ("value",))]


def test_reports_and_records_are_sides(pair: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = pair
    records = [record_of(path, tmp_path / "out") for path in pair]
    for a in (old, records[0]):
        for b in (new, records[1]):
            found = diff(a, b, OPTIONS)
            assert isinstance(found, RecordDiff) and told(found) == CHANGED and not found.notes
    (tmp_path / "out" / "old.txt.txt").unlink()
    found = diff(records[0], records[1], OPTIONS)
    assert isinstance(found, RecordDiff) and told(found) == CHANGED
    assert "not at hand" in found.notes[0]


def test_a_record_of_another_program_is_made_again(pair: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = pair
    record = record_of(old, tmp_path / "out", version="0.0.1")
    (tmp_path / "out" / "old.txt.txt").unlink()  # of a text file, its text is the report itself
    with pytest.raises(UsageError, match=r"old.txt \(sha256 .*--source"):
        diff(record, new, OPTIONS)
    found = diff(record, new, OPTIONS, sources=[tmp_path])
    assert isinstance(found, RecordDiff) and told(found) == CHANGED
    assert "was made by reportfacts 0.0.1" in found.notes[0] and "made again" in found.notes[0]


def test_another_program_changes_no_report(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """The records differ in a value, the reports do not: nothing is shown, and the diff says why."""
    good = record_of(pair[0], tmp_path / "now")
    bad = record_of(pair[0], tmp_path / "before", rules_by_language={"shared": "0" * 64})
    bad.write_text(bad.read_text().replace('"value": 345', '"value": 34'))
    found = diff(bad, good, OPTIONS)
    assert isinstance(found, RecordDiff) and not found.changes and "of the same file" in found.notes[0]


def test_rules_of_a_language_that_one_report_lacks_do_not_matter(pair: tuple[Path, Path], tmp_path: Path) -> None:
    _, record = process(pair[0], options=OPTIONS)
    more = {**record.made_by.rules_by_language, "ru": "0" * 64}
    other = record_of(pair[0], tmp_path / "out", rules_by_language=more, rules="0" * 64)
    found = diff(other, pair[1], OPTIONS)
    assert isinstance(found, RecordDiff) and told(found) == CHANGED and not found.notes


def test_a_text_that_is_not_the_records_is_an_error(pair: tuple[Path, Path], tmp_path: Path, program: Any) -> None:
    record = record_of(pair[0], tmp_path / "out")
    (tmp_path / "out" / "old.txt.txt").write_text("something else")
    done = program("diff", record, pair[1], "--no-ner")
    assert done.returncode == 2 and "is not the text of" in done.stderr


SYMBOL = "United Nations A/HRC/99/{}\n\nGeneral Assembly Distr.: General\n4 July 2016\nOriginal: English\n\n"
RIVERS = (
    "1. In 2014 there were 57 dams on the rivers of the country, which store water for 31 towns and their gardens.\n"
)


def test_folders_are_paired_by_symbol_then_name_then_content(tmp_path: Path) -> None:
    old = write(
        tmp_path / "old",
        a=SYMBOL.format(12) + OLD,
        b=OLD.replace("schools", "hospitals"),
        c=RIVERS,
        x="1. Alone in 2011.\n",
    )
    new = write(
        tmp_path / "new", q=SYMBOL.format(12) + NEW, b=NEW, d=RIVERS.replace("57 dams", "58 dams"), y="1. Six trees.\n"
    )
    found = diff(old, new, OPTIONS)
    assert isinstance(found, FolderDiff)
    assert [(r.old.name, r.new.name) for r in found.reports] == [
        ("a.txt", "q.txt"),
        ("b.txt", "b.txt"),
        ("c.txt", "d.txt"),
    ]
    assert (found.only_old, found.only_new) == (("x.txt",), ("y.txt",))
    assert told(found.reports[0]) == CHANGED and found.differs and not found.failed
    VALID.validate(json.loads(found.model_dump_json()))


def test_what_cannot_be_read_is_said(tmp_path: Path, program: Any) -> None:
    old, new = write(tmp_path / "old", a=OLD), write(tmp_path / "new", a=OLD)
    assert program("diff", old, new, "--no-ner").returncode == 0
    (new / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (new / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    done = program("diff", old, new, "--no-ner")
    assert done.returncode == 2
    assert "bad.pdf" in done.stderr and "picture.png" not in done.stderr
    assert "not compared: new bad.pdf" in done.stdout and "no report: new picture.png" in done.stdout


def test_exit_codes_and_forms(pair: tuple[Path, Path], tmp_path: Path, program: Any) -> None:
    old, new = pair
    same = program("diff", old, old, "--no-ner")
    assert same.returncode == 0 and "unchanged" in same.stdout
    text = program("diff", old, new, "--no-ner")
    assert text.returncode == 1 and "345 (2016-05-04) → 382 (2016-05-04) (+10.7 %)" in " ".join(text.stdout.split())
    assert "\x1b" not in text.stdout
    as_json = program("diff", old, new, "--no-ner", "--format", "json")
    said = json.loads(as_json.stdout)
    VALID.validate(said)
    assert as_json.returncode == 1
    assert {"change", "kind", "fields", "old", "new"} <= said["changes"][0].keys()
    assert said["changes"][0]["old"]["value"] == 345 and said["unchanged"] > 3
    page = tmp_path / "diff.html"
    assert program("diff", old, new, "--no-ner", "--format", "html", "-o", page).returncode == 1
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["old.txt", "nowhere.txt"], "no such file"),
        (["old.txt", "."], "one is a folder"),
        (["old.txt"], "give OLD and NEW"),
        (["old.txt", "new.txt", "--between", "en", "ru"], "leave NEW out"),
        (["old.txt", "--between", "en", "ru"], "no facts in language 'ru'"),
        (["old.txt", "new.txt", "--source", "nowhere"], "nowhere"),
    ],
)
def test_wrong_calls(arguments: list[str], said: str, pair: tuple[Path, Path], program: Any) -> None:
    done = program("diff", *arguments, "--no-ner", cwd=pair[0].parent)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


# ── languages ────────────────────────────────────────────────────────────────────────────

ENGLISH = """1. The mission lasted from 3 to 12 April 2018. It met 45 officials and 17 children.

2. In 2016 the police opened 120 cases. The courts heard 38 per cent of them.

3. A new law was adopted on 5 May 2015.
"""
RUSSIAN = """1. Поездка продолжалась с 3 по 12 апреля 2018 года. Состоялись встречи с 45 чиновниками и 17 детьми.

2. В 2016 году полиция возбудила 210 дел. Суды рассмотрели 38 процентов из них.

3. Новый закон был принят 5 мая 2015 года.
"""


def test_languages_are_paired_by_value_and_place(tmp_path: Path) -> None:
    folder = write(tmp_path, en=ENGLISH, ru=RUSSIAN)
    found = diff(folder / "en.txt", folder / "ru.txt", OPTIONS)
    assert isinstance(found, RecordDiff) and found.mode == "languages"
    contradicts = [(c.change, c.kind, c.before, c.after) for c in found.changes]
    assert contradicts == [("changed", "figure", "120 (2016)", "210 (2016)")]
    assert found.unchanged >= 5


def test_a_fact_that_one_language_lacks(tmp_path: Path) -> None:
    folder = write(tmp_path, en=ENGLISH, ru=RUSSIAN.replace(" и 17 детьми", "").replace("210", "120"))
    found = diff(folder / "en.txt", folder / "ru.txt", OPTIONS)
    assert isinstance(found, RecordDiff)
    assert [(c.change, c.before) for c in found.changes] == [("removed", "17")]


def test_a_language_without_rules_has_nothing_to_compare(tmp_path: Path) -> None:
    """Its lack of facts is the program's: nothing is shown as missing from the report."""
    folder = write(tmp_path, en=ENGLISH)
    shutil.copy(REPORTS / "resume-arden-fr.txt", folder / "fr.txt")
    _, record = process(folder / "fr.txt", options=OPTIONS)
    if not record.unread:
        pytest.skip("French has rules")
    with pytest.raises(UsageError, match="no rules yet"):
        diff(folder / "en.txt", folder / "fr.txt", OPTIONS)


def test_a_summary_against_its_report() -> None:
    """What the Russian summary of an English report says agrees with the report, as far as both are read."""
    found = between(REPORTS / "rapporteur-arden.pdf", ("ru", "en"), OPTIONS)
    assert found.mode == "languages" and found.unchanged >= 3
    assert not [c for c in found.changes if c.change == "changed"]
    VALID.validate(json.loads(found.model_dump_json()))


@pytest.mark.parametrize("name", ["education-advance.pdf", "itu-profile-arden.txt", "doklad-sobraniya.txt"])
def test_a_report_against_itself(name: str, tmp_path: Path) -> None:
    copy = shutil.copy(REPORTS / name, tmp_path / name)
    found = diff(REPORTS / name, copy, OPTIONS)
    assert isinstance(found, RecordDiff) and not found.changes and not found.readings
    VALID.validate(json.loads(found.model_dump_json()))


def test_an_indicator_that_became_present(tmp_path: Path) -> None:
    old = (REPORTS / "itu-profile-arden.txt").read_text(encoding="utf-8")
    new = old.replace("does not have", "has")
    assert new != old
    folder = write(tmp_path, old=old, new=new)
    found = diff(folder / "old.txt", folder / "new.txt", OPTIONS)
    assert isinstance(found, RecordDiff)
    became = [c for c in found.changes if c.kind == "indicator" and c.fields == ("status",)]
    assert became and all((c.before, c.after) == ("absent", "present") for c in became)
