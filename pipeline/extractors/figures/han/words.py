"""The words of figures in a language without spaces, compiled from the `[figures]` table of its rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from ....errors import RulesError
from ....model import Comparator
from ....rules import Rules, names_of

PATTERNS = (
    "ranges", "band", "percent_before", "announcing", "nouns", "decade", "recall", "labels", "per", "ends",
    "trim_left", "trim_right", "change_from", "change_to", "respective", "sanction_after", "sanction_before",
    "base_before", "base_after", "opening",
)  # fmt: skip
Bounds = tuple[tuple[re.Pattern[str], Comparator], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """`before` and `after` are the words that bound a number, `units` leads from a group of `unit` to the unit."""

    before: Bounds
    after: Bounds
    more: re.Pattern[str]
    unit: re.Pattern[str]
    units: Mapping[str, str]
    people: re.Pattern[str]
    counted: re.Pattern[str]
    scales: Mapping[str, int]
    patterns: Mapping[str, re.Pattern[str]]


@cache
def words(language: str, rules: Rules) -> Words:
    """The words of a language; RulesError names what is missing or of the wrong type."""
    try:
        table, numbers = rules.languages[language]["figures"], rules.languages[language]["numbers"]
        unit, units = _units(language, table, rules)
        scales = {**numbers["tens"], **numbers["scales"]}
        return Words(
            before=_bounds(table["before"], "(?:{})$"),
            after=_bounds(table["after"], "{}"),
            more=re.compile(rf"(?:{table['after']['>']})(?P<scale>[{''.join(scales)}]*)"),
            unit=unit,
            units=units,
            people=re.compile(table["people"]),
            counted=re.compile(rf"{table['people']}|{table['classifiers']}"),
            scales=scales,
            patterns={name: re.compile(table[name]) for name in PATTERNS},
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [figures]: missing or ill-typed entry: {error!r}") from error


def _bounds(table: Mapping[str, str], wrap: str) -> Bounds:
    return tuple((re.compile(wrap.format(words)), cast(Comparator, sign)) for sign, words in table.items())


def _units(language: str, table: Mapping[str, Any], rules: Rules) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all units that may follow a number, and the unit of each of its groups."""
    parts = {"percent": "percent", "permille": "ratio", "age": "age", "multiple": "ratio"}
    patterns = [f"(?P<{name}>{table[name]})" for name in parts]
    for name, pattern in table["durations"].items():
        patterns.append(f"(?P<t_{name}>{pattern})")
        parts[f"t_{name}"] = name
    for i, (name, entry) in enumerate(rules.shared["units"].items()):
        names = [rf"{re.escape(symbol)}(?![A-Za-z²³])" for symbol in entry["symbols"]]
        patterns.append(rf"(?P<u{i}>\s?(?:{'|'.join([*names, names_of(entry, language)])}))")
        parts[f"u{i}"] = name
    return re.compile("|".join(patterns)), parts
