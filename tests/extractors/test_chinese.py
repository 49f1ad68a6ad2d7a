"""Chinese sentences as the United Nations' translators and States write them."""

import re
from pathlib import Path

import pytest

from pipeline import rules
from pipeline.extractors.identifiers import patterns, search
from pipeline.records import Record
from pipeline.stages import process

RULES = rules.load()
MARK = re.compile(r"\[\[(.*?)\|(.*?)\]\]")


def record(text: str, folder: Path) -> Record:
    path = folder / "report.txt"
    path.write_text("该国人权状况报告。\n\n" + text + "\n", encoding="utf-8")
    return process(path)[1]


def marked(line: str, kind: str, value: str, folder: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What is found of a kind, and what the line marks, each as (quote, value)."""
    facts = record(MARK.sub(r"\1", line), folder).facts
    found = [(fact.evidence.quote, str(getattr(fact, value))) for fact in facts if fact.kind == kind]
    return found, MARK.findall(line)


DATES = """
会议于[[2012年1月16日至2月3日|2012-01-16/2012-02-03]]举行，[[2012年1月18日|2012-01-18]]结束。
[[二〇一五年|2015]]通过，[[2015年4月|2015-04]]生效，[[1990年代|199X]]和[[九十年代|199X]]不同。
[[2011-2012年|2011/2012]]和[[2012年第三季度|2012-07/2012-09]]均无数据，[[2016年上半年|2016-01/2016-06]]亦然。
委员会在[[2022年5月11日|2022-05-11]]和[[12日|2022-05-12]]的会议上审议了报告。
《计划》（[[2010年至2015年|2010/2015]]）由议会在[[2009年底|2009]]通过。
该法（[[2013|2013]]）与[[2014|2014]]、[[2015|2015]]和[[2016年|2016]]的数据不符。
[[1992 年 12 月 30 日|1992-12-30]]生效；[[约2010年|2010~]]修订；[[2018年前后|2018~]]废止。
[[2017年9月18日至29日|2017-09-18/2017-09-29]]，[[2018年7月1日至2019年6月30日|2018-07-01/2019-06-30]]。
见第1325(2000)号决议和A/HRC/2012/5号文件；来文第2703/2015号；为期6个月；第12届会议。
[[2016/17年度|2016/2017]]，[[2015年3月|2015-03]]和[[6月|2015-06]]，[[2015年5月3日|2015-05-03]]与[[8月9日|2015-08-09]]。
[[2015年前九个月|2015-01/2015-09]]，刑期3年，约2000人，共有2015名儿童。
""".strip().splitlines()


@pytest.mark.parametrize("line", DATES)
def test_dates(line: str, tmp_path: Path) -> None:
    found, wanted = marked(line, "date", "edtf", tmp_path)
    assert found == wanted


ENTRIES = [entry for entry in patterns("zh", RULES) if entry.name in RULES.languages["zh"]["identifiers"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_identifiers(entry) -> None:  # type: ignore[no-untyped-def]
    for example in [*entry.examples, *entry.others]:
        text = example.replace("[[", "").replace("]]", "")
        held = any(trigger in text for trigger in entry.triggers)
        found = [text[start:end] for start, end, _ in search(entry, text)] if held else []
        assert found == re.findall(r"\[\[(.*?)\]\]", example), example
