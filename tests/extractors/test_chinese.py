"""Chinese sentences as the United Nations' translators and States write them."""

import re
from pathlib import Path

import pytest

from pipeline import rules
from pipeline.extractors.identifiers import patterns, search
from pipeline.extractors.penalties import han
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
[[2016/17年度|2016/2017]]，[[2021.03.15|2021-03-15]]，[[2015年3月|2015-03]]和[[6月|2015-06]]，[[2015年5月3日|2015-05-03]]与[[8月9日|2015-08-09]]。
[[2004年 8月20日|2004-08-20]]，[[2015年前九个月|2015-01/2015-09]]，刑期3年，约2000人，共有2015名儿童。
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


ARTICLES = [
    ("违反《公约》第十四条第一款、第三款(卯)、(辰)项及第五款。", ["14(1)", "14(3)(卯)", "14(3)(辰)", "14(5)"]),
    ("第4条、第42条和第44条第6款与《公约》有关。", ["4", "42", "44(6)"]),
    ("根据《刑法》第317条至第320条和第322-325条论罪。", ["317-320", "322-325"]),
    ("《刑法》第2、第3和第4条及第17条(e)项已修订。", ["2", "3", "4", "17(e)"]),
    ("《民法》第225-4条第1和第3款、第120条之一有规定。", ["225-4(1)", "225-4(3)", "120之一"]),
    ("《公约》第44条(第6款)和第19(2)条适用。", ["44(6)", "19(2)"]),
    ("议事规则第92条适用。", ["92"]),
    ("收到第19段和第14条意见，第1325(2000)号决议第3段，252条建议。", []),
    ("《刑法》第四章第二节规定如下。", ["2"]),
    ("本报告第四章第二节有说明。", []),
]


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_provisions(text: str, expected: list[str], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "article"]
    assert [
        f"{fact.number}{'-' + fact.number_to if fact.number_to else ''}{fact.subdivision or ''}" for fact in facts
    ] == expected


TIES = [
    ("《刑法》第5条和《儿童权利公约》第三十四条适用，后者优先。", ["刑法", "儿童权利公约"]),
    ("《儿童法》（2010年）规定很严。第7条禁止体罚。", ["儿童法"]),
    ("根据刑法第5条，法院无权；违反公约第十九条。", ["刑法", "公约"]),
    ("《刑法典》条款：\n\n第12条和第13条\n\n其他事项。", ["刑法典", "刑法典"]),
]


@pytest.mark.parametrize(("text", "expected"), TIES)
def test_instruments_of_provisions(text: str, expected: list[str], tmp_path: Path) -> None:
    read = record(text, tmp_path)
    names = {one.id: one.name for one in read.instruments}
    assert [names.get(fact.instrument or "") for fact in read.facts if fact.kind == "article"] == expected


INSTRUMENTS = [
    ("通过了2015年《儿童权利保护法》和《难民法》（2013年）。", ["law 儿童权利保护法 2015", "law 难民法 2013"]),
    (
        "颁布了关于打击酷刑的第2015-033号法和2012年第26号法令。",
        [
            "law 关于打击酷刑的第2015-033号法 2015 2015-033",
            "decree 2012年第26号法令 2012 26",
        ],
    ),
    ("制定了《2013-2017年国家反贩运行动计划》。", ["policy 2013-2017年国家反贩运行动计划 2013/2017"]),
    ("《阿富汗刑法典》和《刑法典》是同一法典。", ["code 阿富汗刑法典"]),
    ("加入了《残疾人权利公约》及其《任择议定书》。", ["treaty 残疾人权利公约", "treaty 残疾人权利公约任择议定书"]),
    ("批准劳工组织第182号公约；见《人权指南》和《年度报告》。", ["treaty 劳工组织第182号公约 182"]),
    ("《反贩运法》（以下简称《该法》）生效；《该法》第3条适用。", ["law 反贩运法"]),
    ("依照刑法第240条，该国法院有管辖权。", ["code 刑法"]),
]


@pytest.mark.parametrize(("text", "expected"), INSTRUMENTS)
def test_instruments(text: str, expected: list[str], tmp_path: Path) -> None:
    found = record(text, tmp_path).instruments
    parts = [(one.kind, one.name, one.year, one.number) for one in found]
    assert [" ".join(part for part in one if part) for one in parts] == expected


def test_a_noun_alone_means_the_treaty_of_the_report(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("CCPR/C/135/D/1/2015\n\n1.缔约国违反《公约》第七条和《任择议定书》第二条。\n", encoding="utf-8")
    read = process(path)[1]
    names = {one.id: one.name for one in read.instruments}
    ties = [names.get(fact.instrument or "") for fact in read.facts if fact.kind == "article"]
    assert ties == ["公民权利和政治权利国际公约", "公民权利和政治权利国际公约任择议定书"]


FIGURES = [
    ("救助了300多名女童和约1.5亿人。", [(300, "count", ">"), (150000000, "count", "~")]),
    ("识字率为百分之三十，贫困率不到48.7%。", [(30, "percent", None), (48.7, "percent", "<")]),
    ("禁止未满十八岁的人和12至15岁的儿童工作。", [(18, "age", "<"), (12, "age", None)]),
    ("至少62 000名女童受益，其中两千名来自农村。", [(62000, "count", ">="), (2000, "count", None)]),
    ("每10万人中有65例死亡，婴儿死亡率为6.1‰。", [(65, "ratio", None), (6.1, "ratio", None)]),
    ("预算为3.5万至5万美元，共计210亿欧元。", [(35000, "USD", None), (21000000000, "EUR", None)]),
    ("为期三年的方案覆盖1,300万儿童。", [(3, "year", None), (13000000, "count", None)]),
    ("表3、第19段、热线1195、第59届会议和三分之一的人。", []),
    ("提出三方面建议，第三名来自二十国集团。", []),
    ("面积12平方公里，比去年增加两倍。", [(12, "km2", None), (2, "ratio", None)]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text: str, expected: list[tuple[float, str, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "figure"]
    assert [(fact.value, fact.unit, fact.comparator) for fact in facts] == expected


MEASURES = [
    ("2015年，男童和女童的入学率分别为91%和88%。", [("男童", "2015"), ("女童的入学率", "2015")]),
    ("救助了300多名被贩运的女童。", [("救助 … 被贩运的女童", None)]),
    ("识字率从59%提高至99%。", [("识字率", None), ("识字率", None)]),
]


@pytest.mark.parametrize(("text", "expected"), MEASURES)
def test_measures(text: str, expected: list[tuple[str, str | None]], tmp_path: Path) -> None:
    facts = [fact for fact in record(text, tmp_path).facts if fact.kind == "figure"]
    assert [(fact.measure, fact.period) for fact in facts] == expected


PENALTIES = [
    (
        "《刑法》第240条规定，拐卖儿童的，处五年以上十年以下有期徒刑，并处罚金；情节特别严重的，处死刑。",
        [("拐卖儿童", ["240"], "imprisonment P5Y P10Y, fine"), ("情节特别严重", ["240"], "death")],
    ),
    (
        "根据《反贩运法》第9条，贩运人口可处以3至7年监禁和/或5 000至10 000美元罚款。",
        [("贩运人口", ["9"], "imprisonment P3Y P7Y, fine 5000 10000 USD")],
    ),
    (
        "强迫他人卖淫的，处十年以上有期徒刑或者无期徒刑（《刑法》第358条）。",
        [("强迫他人卖淫", ["358"], "imprisonment P10Y life")],
    ),
    ("强奸最高可判处20年监禁和5万美元罚款。", [("强奸", [], "imprisonment - P20Y, fine - 50000 USD")]),
    ("此罪的刑罚从15年到终身监禁。", [(None, [], "imprisonment P15Y life")]),
    ("不少于一年且不超过三年的监禁适用于惯犯。", [(None, [], "imprisonment P1Y P3Y")]),
    ("该国尚未废除死刑；判处三年以上监禁的案件由高等法院审理；他已服刑三年监禁。", []),
    ("刑期从3年提高到5年监禁；2014年有12人被判处死刑。", []),
]


@pytest.mark.parametrize(("text", "expected"), PENALTIES)
def test_penalties(text: str, expected: list[tuple[str | None, list[str], str]], tmp_path: Path) -> None:
    read = record(text, tmp_path)
    numbers = {fact.id: fact.number for fact in read.facts if fact.kind == "article"}
    found = []
    for fact in read.facts:
        if fact.kind == "penalty":
            bounds = [
                [one.sanction, *(("-" if b is None else str(b)) for b in (one.min, one.max)), one.unit or ""]
                for one in fact.sanctions
            ]
            said = ", ".join(" ".join(one).replace(" - - ", "").strip() for one in bounds)
            found.append((fact.offence, [numbers[one] for one in fact.articles], said))
    assert found == expected


def test_what_a_court_imposed(tmp_path: Path) -> None:
    (fact,) = (f for f in record("他因非法集会罪被判处三年监禁。", tmp_path).facts if f.kind == "penalty")
    assert (fact.imposed, fact.offence) == (True, "非法集会")


def test_examples_of_sanctions() -> None:
    words = han.words_of("zh", RULES)
    assert words
    for entry in RULES.languages["zh"]["penalties"]["sanctions"]:
        for example in entry["examples"]:
            match = words.sanctions.fullmatch(example)
            assert match and words.kinds[int((match.lastgroup or "")[1:])].sanction == entry["sanction"], example
        for example in entry.get("counter_examples", ()):
            match = words.sanctions.search(example)
            assert not match or words.kinds[int((match.lastgroup or "")[1:])].sanction != entry["sanction"], example


def test_printed_lines_and_wide_characters(tmp_path: Path) -> None:
    lines = [
        "委员会在其第五十九届会议上于 2012 年 1",
        "月 18 日审议了该缔约国的初次报告以及对问",
        "题单的书面答复，并通过了结论性意见，批准",
        "率为１２％。",
    ]
    read = record("\n".join(lines), tmp_path)
    assert [fact.evidence.quote for fact in read.facts] == ["2012 年 1\n月 18 日", "１２％"]


def test_headings_and_paragraphs(tmp_path: Path) -> None:
    text = "一.导言\n\n1.委员会感谢缔约国。\n\n2.2016年11月，开会。\n\nA.一般措施\n\n3.委员会建议：\n\n(a)修法；\n"
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    read = process(path)[1]
    assert [(one.level, one.number, one.title) for one in read.sections] == [(1, "一", "导言"), (2, "A", "一般措施")]
    assert [one.number for one in read.paragraphs] == ["1", "2", "3"]
