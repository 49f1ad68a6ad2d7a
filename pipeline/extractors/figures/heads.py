"""The words of tables' heads and titles in one language, compiled from `[figures.tables]` of its rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ...errors import RulesError
from ...rules import Rules, unspaced
from .words import END, any_of, patterns

BASES = (10, 100, 1000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    language: str
    totals: re.Pattern[str]
    no_measure: re.Pattern[str]
    change_heads: re.Pattern[str]
    percent_heads: re.Pattern[str]
    percent_titles: re.Pattern[str]
    captions: re.Pattern[str]
    count_heads: re.Pattern[str]
    number_heads: re.Pattern[str]
    scales: re.Pattern[str]
    factors: Mapping[str, int]
    per: re.Pattern[str]
    decimals: tuple[tuple[str, re.Pattern[str]], ...]

    def scale_of(self, title: str) -> int:
        """The factor that a title states for all numbers of a table ("in thousands")."""
        match = self.scales.search(title)
        return self.factors[match.group(1).lower()] if match else 1

    def base_of(self, text: str) -> int | None:
        """The base of the rates that a head or title announces: "per 1,000 live births"."""
        match = self.per.search(text)
        if match is None:
            return None
        digits = re.sub(r"\D", "", match.group("base"))
        scale = self.factors.get("тыс", 1000) if match.groupdict().get("scale") else 1
        base = int(digits) * scale if digits else 1_000_000 if match.group("base")[0] in "mм" else 1000
        return base if base in BASES else None

    def decimal_unit(self, text: str) -> str | None:
        """The unit that the words around numbers with decimals tell: of an index, of a life expectancy."""
        return next((unit for unit, pattern in self.decimals if pattern.search(text)), None)


@cache
def heads(language: str, rules: Rules) -> Heads:
    """The words of a language; RulesError names what is missing or of the wrong type."""
    try:
        table = rules.languages[language]["figures"]["tables"]
        factors = rules.languages[language]["numbers"]["scales"]
        start, end, gap = ("", "", "") if unspaced(language, rules) else (r"\b", END, " ")
        return Heads(
            language=language,
            totals=re.compile(rf"(?:{patterns(table['totals'])}){end}", re.I),
            no_measure=re.compile(rf"^\W*(?:{patterns(table['no_measure'])})\W*$", re.I),
            change_heads=re.compile(rf"{start}(?:{patterns(table['changes'])})", re.I),
            percent_heads=re.compile(rf"(?:{patterns(table['percent'])})", re.I),
            percent_titles=re.compile(patterns(table["percent_titles"]), re.I),
            captions=re.compile(rf"(?:{patterns(table['captions'])}){end}", re.I),
            count_heads=re.compile(rf"{start}(?:{patterns(table['counts'])}){end}", re.I),
            number_heads=re.compile(rf"{start}(?:{patterns(table['numbers'])}){end}", re.I),
            scales=re.compile(rf"{start}(?:{patterns(table['scale_lead'])}){gap}({any_of(factors)}){end}", re.I),
            factors=factors,
            per=re.compile(table.get("per", "(?!)"), re.I),
            decimals=tuple(
                (unit, re.compile(patterns(said), re.I)) for unit, said in table.get("decimals", {}).items()
            ),
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        place = f"languages/{language}.toml [figures.tables]"
        raise RulesError(f"{place}: missing or ill-typed entry: {error!r}") from error
