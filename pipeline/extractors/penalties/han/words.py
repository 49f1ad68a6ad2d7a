"""The words of penalties in a language without spaces, compiled from the `[penalties]` table of its rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ....errors import RulesError
from ....rules import Rules
from ..words import AMOUNT, CITED, NUMBER, SanctionWords, kind_of

TOKENS = {"<num>": f"{NUMBER}+", "<amount>": f"{AMOUNT}+", "<ref>": f"{CITED}+"}
PATTERNS = (
    "life", "to_life", "cue", "cue_after", "policy", "threshold_after", "served", "changed", "changed_after", "counted",
    "imposed", "modal", "reason", "new_case", "and", "or", "and_or", "alternative", "subject_lead", "subject_tail",
    "generic_subject", "anaphora",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of penalties in one language, compiled."""

    trigger: tuple[str, ...]
    kinds: tuple[SanctionWords, ...]
    sanctions: re.Pattern[str]
    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]
    most: re.Pattern[str]
    capped: re.Pattern[str]
    units: Mapping[str, re.Pattern[str]]
    fine_units: Mapping[str, re.Pattern[str]]
    patterns: Mapping[str, re.Pattern[str]]


@cache
def words_of(language: str, rules: Rules) -> Words | None:
    """The compiled words of a language, None where it has none; RulesError names the entry that cannot be used."""
    table = rules.languages[language].get("penalties")
    if not table:
        return None
    where = f"languages/{language}.toml [penalties]"
    try:
        kinds = "|".join(f"(?P<k{i}>{entry['words']})" for i, entry in enumerate(table["sanctions"]))
        sizes = {
            "term": _bounded(table, "<num>", "|".join(table["units"].values()), table["months"]),
            "amount": _bounded(table, "<amount>", ""),
            "measured": _bounded(table, "<num>", "|".join(table["fine_units"].values())),
            "multiple": rf"(?P<of>{'|'.join(table['fine_units'].values())})的?{_bounded(table, '<num>', '倍')}",
        }
        return Words(
            trigger=tuple(table["trigger"]),
            kinds=tuple(kind_of(entry, where) for entry in table["sanctions"]),
            sanctions=_pattern(kinds),
            before={name: _pattern(rf"{size}{table['gap_before']}$") for name, size in sizes.items()},
            after={name: _pattern(rf"{table['gap_after']}{size}") for name, size in sizes.items()},
            most=_pattern(rf"(?:{table['most']})$"),
            capped=_pattern(table["capped"]),
            units={name: _pattern(unit) for name, unit in table["units"].items()},
            fine_units={name: _pattern(unit) for name, unit in table["fine_units"].items()},
            patterns={name: _pattern(table[name]) for name in PATTERNS},
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"{where}: missing or ill-typed entry: {error!r}") from error


def _pattern(source: str) -> re.Pattern[str]:
    for token, filled in TOKENS.items():
        source = source.replace(token, filled)
    return re.compile(source)


def _bounded(table: Mapping[str, Any], value: str, unit: str, months: str = "") -> str:
    """One or two values, each with the words that bound it; the first one's unit may be left to the second."""
    bound = rf"(?:(?P<least>{table['least']})|(?P<most>{table['most']}))?"
    further = rf"{table['to']}|{table['also']}(?:(?P<least2>{table['least']})|(?P<most2>{table['most']}))"

    def sized(i: int, *, elliptic: bool = False) -> str:
        more = months.replace("<m>", f"<m{i}>").replace("<h>", f"<h{i}>")
        said = f"(?:(?P<u{i}>{unit}){more})" + "?" * elliptic if unit else ""
        behind = f"(?:(?P<up{i}>{table['least_after']})|(?P<down{i}>{table['most_after']}))?"
        return f"(?P<v{i}>{value}){said}{behind}"

    return rf"{bound}(?:{sized(1, elliptic=True)}(?:{further}|(?<=以上)[、,]?){sized(2)}|{sized(3)})"
