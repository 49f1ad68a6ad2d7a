"""Citations whose unit stands behind the number: 第十四条第三款(卯)项, 第4条、第42条和第44条第6款, 第317条至第320条.

The instrument stands before them and the larger unit before the smaller one, so a citation is read from left to right;
numbers in characters become digits: 第十四条 is article 14.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from ...errors import RulesError
from ...model import Unit
from ...rules import Rules
from .. import han
from .cited import UNITS, Group, Provision

NUMERAL = "[〇零一二三四五六七八九十百千]{1,9}"
NUMBER = rf"(?:\d{{1,4}}(?:[-‑]\d{{1,4}}){{0,2}}(?:\.\d{{1,3}})*(?:\s?bis|\s?ter|[A-Z]{{1,2}})?|[IVXLC]+|{NUMERAL})"
SIGN = r"[a-zA-Z]{1,3}|\d{1,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]"
LEVELS = "款项目"
RANGE = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The patterns of citations; `head` reads numbers up to their unit, `step` one subdivision."""

    head: re.Pattern[str]
    each: re.Pattern[str]
    range: re.Pattern[str]
    further: re.Pattern[str]
    step: re.Pattern[str]
    joint: re.Pattern[str]
    not_after: re.Pattern[str]
    rules: re.Pattern[str]
    units: Mapping[str, Unit]


@cache
def words(language: str, rules: Rules) -> Words | None:
    """The words of citations, None where a language has none; RulesError names an entry that cannot be used."""
    where = f"languages/{language}.toml, table [articles]"
    table = rules.languages[language].get("articles")
    if not table:
        return None
    try:
        units = {word: cast(Unit, unit) for unit, listed in table["units"].items() for word in listed}
        if unknown := sorted(set(units.values()) - set(UNITS)):
            raise RulesError(f"{where}.units: unknown unit '{unknown[0]}'; known are {', '.join(UNITS)}")
        unit, joint, to = "|".join(sorted(units, key=len, reverse=True)), table["and"], table["to"]
        one = rf"{NUMBER}(?:\(\w{{1,4}}\))*(?:{to}第?{NUMBER})?"
        after = r"(?P<after>之[一二三四五六七八九十](?![。,;]))?"
        head = rf"第\s?(?P<numbers>{one}(?:(?:{joint})第?{one})*)(?P<unit>{unit}){after}"
        level = rf"(?P<level>[{LEVELS}])|(?=(?:{joint})(?:第|\())|(?P<end>(?![\u3400-\u9fff]))"
        return Words(
            head=re.compile(head),
            each=re.compile(rf"第?(?P<n>{NUMBER})(?P<sub>(?:\(\w{{1,4}}\))*)(?:{to}第?(?P<to>{NUMBER}))?"),
            range=re.compile(rf"{to}第\s?(?P<to>{NUMBER})(?:{unit})"),
            further=re.compile(rf"(?:{joint})(?={head})"),
            step=re.compile(
                rf"(?:第\s?(?P<n>{NUMBER}|\((?:{SIGN})\))|(?P<l>\((?:{SIGN})\)))(?P<glued>\((?:{SIGN})\))?(?:{level})"
            ),
            joint=re.compile(joint),
            not_after=re.compile(table["not_after"]),
            rules=re.compile(table["rules"]),
            units=units,
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"{where}: missing or ill-typed entry: {error!r}") from error


def groups(text: str, language: str, rules: Rules) -> list[Group]:
    """The citations of a passage, in order; those that a conjunction joins form one group."""
    known = words(language, rules)
    if known is None:
        return []
    reader = _Reader(text, language, rules, known)
    found: list[Group] = []
    at = 0
    while match := known.head.search(text, at):
        group = reader.group(match)
        at = max(match.end(), group.end) if group else match.end()
        if group is None:
            continue
        if found and found[-1].end == group.start and found[-1].unit != "article":
            group = replace(group, start=found.pop().start)  # 第四章第二节: the innermost unit is the fact
        found.append(group)
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """One subdivision as printed; `joined` after a conjunction, `level` its rank, None until the list tells."""

    start: int
    end: int
    label: str
    joined: bool
    level: int | None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the citations of one text."""

    text: str
    language: str
    rules: Rules
    words: Words

    def group(self, match: re.Match[str]) -> Group | None:
        """The provisions from a match on, as far as conjunctions lead to further ones of the same unit."""
        unit = self.words.units[match["unit"]]
        start = match.start()
        if unit == "article" and self.words.rules.search(self.text, max(0, start - 30), start):
            unit = "rule"
        provisions: list[Provision] = []
        head: re.Match[str] | None = match
        end = match.end()
        while head and self.words.units[head["unit"]] == self.words.units[match["unit"]]:
            read, end = self._provisions(head, unit)
            provisions += read
            further = self.words.further.match(self.text, end)
            head = self.words.head.match(self.text, further.end()) if further else None
        if not provisions or self.words.not_after.match(self.text, end):
            return None
        return Group(start, end, unit, tuple(provisions))

    def _provisions(self, head: re.Match[str], unit: Unit) -> tuple[list[Provision], int]:
        """The numbers before one unit character, the last of them with its subdivisions, and where they end."""
        base, after = head.start("numbers"), head["after"] or ""
        found: list[Provision] = []
        for each in self.words.each.finditer(head["numbers"]):
            number, to = self._digits(each["n"]), self._digits(each["to"]) if each["to"] else None
            if to is None and (span := RANGE.fullmatch(number)) and int(span[1]) < int(span[2]):
                number, to = span[1], span[2]  # 317-320, not 225-4
            start = base + each.start() if found else head.start()
            found.append(Provision(start, base + each.end(), f"{unit}.list", unit, number, to, each["sub"] or None))
        last = replace(found[-1], end=head.end(), number=found[-1].number + after)
        if last.number_to is None and (over := self.words.range.match(self.text, head.end())):
            last = replace(last, end=over.end(), number_to=self._digits(over["to"]))
        if len(found) == 1:
            last = replace(last, rule=f"{unit}.range" if last.number_to else f"{unit}.number")
        return [*found[:-1], *self._subdivided(last)], self._end(last)

    def _digits(self, number: str) -> str:
        value = han.value_of(number, self.language, self.rules) if re.fullmatch(NUMERAL, number) else None
        return number if value is None else str(value)

    def _subdivided(self, one: Provision) -> list[Provision]:
        """第九条第二款和第三款: a provision for each subdivision that a list names."""
        steps, _ = self._steps(one.end)
        found: list[Provision] = []
        path: list[_Step] = []
        for step in steps:
            if step.joined and path:
                found.append(self._provision(one, path, first=not found))
                path = [above for above in path if (above.level or 0) < (step.level or 0)]
                path = [replace(above, start=step.start) for above in path]
            path.append(step)
        if path:
            found.append(self._provision(one, path, first=not found))
        return found or [one]

    def _provision(self, one: Provision, path: Sequence[_Step], *, first: bool) -> Provision:
        start = one.start if first else path[0].start
        sub = (one.subdivision or "") + "".join(step.label for step in path)
        return replace(
            one, start=start, end=path[-1].end, subdivision=sub, rule=one.rule if first else f"{one.unit}.paragraphs"
        )

    def _end(self, one: Provision) -> int:
        return self._steps(one.end)[1]

    def _steps(self, at: int) -> tuple[list[_Step], int]:
        """The subdivisions after a number, each with its level, and where they end with a bracket around them."""
        opened = re.compile(r"\((?=第)|,(?=第[^条]{1,5}款)").match(self.text, at)
        steps: list[_Step] = []
        end = opened.end() if opened else at
        joined = False
        while match := self.words.step.match(self.text, end):
            steps.append(self._step(match, joined))
            joint = self.words.joint.match(self.text, match.end())
            end, joined = match.end(), False
            if joint and self.words.step.match(self.text, joint.end()):
                end, joined = joint.end(), True
        steps = _levelled(steps)
        if not steps:
            return [], at
        end = steps[-1].end
        closes = opened is not None and opened.group() == "(" and self.text[end : end + 1] == ")"
        return steps, end + closes

    def _step(self, match: re.Match[str], joined: bool) -> _Step:
        said = (match["n"] or match["l"]).strip("()")
        plain = said if match["l"] and not said.isdigit() else self._digits(said)
        label = f"({plain}){match['glued'] or ''}"
        level = LEVELS.index(match["level"]) if match["level"] else None
        return _Step(match.start(), match.end(), label, joined, level)


def _levelled(steps: Sequence[_Step]) -> list[_Step]:
    """(卯)、(辰)、(巳)项: each takes the level that the next of its list names; what is left without one is dropped."""
    found: list[_Step] = []
    level: int | None = None
    for step in reversed(steps):
        level = step.level if step.level is not None else level
        if level is None and not (len(steps) == 1 and step.label[1:2].isascii()):
            continue
        found.append(replace(step, level=level or 0))
        level = level if step.joined else None
    return found[::-1]
