"""The words that structure goes by, of all languages together: a report may mix them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..errors import RulesError
from ..rules import Rules


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    annex: re.Pattern[str]
    contents: re.Pattern[str]
    top: re.Pattern[str]
    cover: re.Pattern[str]
    masthead: re.Pattern[str]
    bodies: re.Pattern[str]
    resolution: re.Pattern[str]
    parts: re.Pattern[str]
    state: re.Pattern[str]
    caption: re.Pattern[str]
    closing: re.Pattern[str]
    agenda: re.Pattern[str]
    issued: re.Pattern[str]
    updated: re.Pattern[str]
    notes: re.Pattern[str]
    running: frozenset[str]
    abbreviations: frozenset[str]


def _listed(rules: Rules, key: str) -> Iterable[str]:
    for code, tables in sorted(rules.languages.items()):
        listed = tables.get("sections", {}).get(key, [])
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise RulesError(f"languages/{code}.toml: [sections] {key}: must be a list of patterns")
        yield from listed


def _pattern(rules: Rules, key: str) -> re.Pattern[str]:
    try:
        return _compiled(_listed(rules, key))
    except re.error as error:
        raise RulesError(f"languages/*.toml: [sections] {key}: not a pattern: {error}") from error


def _compiled(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts) or r"(?!)", re.IGNORECASE)


@cache
def words(rules: Rules) -> Words:
    """The patterns of `[sections]`, compiled; RulesError names the entry that is none."""
    passages = [tables.get("passages", {}) for tables in rules.languages.values()]
    short = {word for table in passages for word in table.get("abbreviations", [])}
    ends = {word for table in passages for word in table.get("may_end", [])}
    return Words(
        _pattern(rules, "annex"),
        _pattern(rules, "contents"),
        _pattern(rules, "top"),
        _pattern(rules, "cover"),
        _pattern(rules, "masthead"),
        _compiled(
            f"(?:{name})$" for table in rules.shared.get("bodies", {}).values() for name in table.get("names", [])
        ),
        _pattern(rules, "resolution"),
        _pattern(rules, "parts"),
        _pattern(rules, "state"),
        _pattern(rules, "caption"),
        _pattern(rules, "closing"),
        _pattern(rules, "agenda"),
        _pattern(rules, "issued"),
        _pattern(rules, "updated"),
        _pattern(rules, "notes"),
        frozenset(_listed(rules, "running")),
        frozenset(short - ends),
    )
