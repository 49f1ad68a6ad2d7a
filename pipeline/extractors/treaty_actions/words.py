"""The words for what States do about treaties in one language, compiled.

Treaties, dates, countries and citations of articles are masked by private characters of the same length (`masks`),
which the patterns of the rules name `<treaty>`, `<date>`, `<state>` and `<ref>`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from ...errors import RulesError
from ...model import ActionKind
from ...rules import Rules

TREATY, DATE, STATE, CITED = "\ue010", "\ue011", "\ue012", "\ue013"
TOKENS = {"<treaty>": f"{TREATY}++", "<date>": f"{DATE}++", "<state>": f"{STATE}++", "<ref>": f"{CITED}++"}
PATTERNS = (
    "adverbs", "and", "either", "stop", "gap", "kin", "on", "by", "self", "together", "others", "passive", "relative",
    "doubt", "wish", "soft", "fact", "follows", "doing_fact", "reservation", "extends", "part_of",
)  # fmt: skip
FORMS = ("did", "doing", "noun")
ACT = frozenset({"action", *FORMS})
EXAMPLES = frozenset({"examples", "counter_examples"})


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """`did`, `doing` and `noun` find an act's word, whose group `a<n>` tells which of `acts`.

    `bracket`, `after` and `related` find acts told behind a treaty, `dated` the date behind it.
    """

    acts: tuple[ActionKind, ...]
    any: re.Pattern[str]
    did: re.Pattern[str]
    doing: re.Pattern[str]
    noun: re.Pattern[str]
    bracket: re.Pattern[str]
    after: re.Pattern[str]
    related: re.Pattern[str]
    dated: re.Pattern[str]
    beside: re.Pattern[str]
    begins: re.Pattern[str]
    lead_in: re.Pattern[str]
    performed: re.Pattern[str]
    said: Mapping[str, re.Pattern[str]]


@cache
def words_of(language: str, rules: Rules) -> Words | None:
    """The compiled words of a language, None where it has none; RulesError names the entry that cannot be used."""
    table = rules.languages.get(language, {}).get("treaty_actions")
    if not table:
        return None
    where = f"languages/{language}.toml [treaty_actions]"
    if unknown := sorted(set(table) - {*PATTERNS, "acts", *EXAMPLES}):
        raise RulesError(f"{where}: unknown entry {unknown[0]!r}; known are acts, {', '.join(PATTERNS)}")
    try:
        return _compile(table, where)
    except KeyError as error:
        raise RulesError(f"{where}: entry {error} is missing") from error


def _compile(table: Mapping[str, Any], where: str) -> Words:
    acts = table["acts"]
    for act in acts:
        if act["action"] not in get_args(ActionKind) or set(act) - ACT:
            raise RulesError(f"{where}: {act['action']!r} is no action, or has another entry than {', '.join(FORMS)}")
    forms = {form: _numbered(acts, form) for form in FORMS}
    on, by = table["on"], table["by"]
    day, adverbs = rf"(?:(?:{on})\s)?<date>", rf"(?:(?:{table['adverbs']})\s)*"
    did = rf"{adverbs}(?:{forms['did']})(?!\w)"
    bracketed = rf"\s?\((?P<inner>[^()]{{0,20}}(?:{_plain(acts, 'did')}|{_plain(acts, 'noun')})(?!\w)[^()]*)\)"
    acted = rf"(?:\s(?:{by})\s(?P<by>(?:[\w’']+\s){{0,4}}?(?:<state>|{table['self']})))"
    dated = rf"(?P<day>,?\s?{day})?"
    aside = r"(?:\s?\([^()]{1,60}\))?(?:,\s?<date>)?"
    joint = rf"(?:[,;:]?\s|{table['together']})(?:(?P<aux>{table['passive']})\s)?"
    passive = rf"{aside}{joint}{did}{acted}?(?!\s(?:{by})\s){dated}"
    subject = r"(?P<subject>[^,;.:()<>]{1,80}?)"
    listed = rf"{day}(?:{table['together']}{day})*"
    sources = {form: rf"(?<!\w)(?:{forms[form]})(?!\w)" for form in FORMS} | {
        "any": rf"(?<!\w)(?:{'|'.join(_plain(acts, form) for form in FORMS)})(?!\w)",
        "bracket": bracketed,
        "after": passive + acted.replace("<by>", "<late>") + "?",
        "related": rf",?\s(?:{table['relative']})\s{subject}\s(?:{forms['did']})(?!\w)[^,;.]{{0,12}}?{dated}",
        "dated": rf"\s?(?P<open>\()?,?\s?(?:[–—:-]\s?)?{listed}(?(open)\s?\))",
        "beside": rf"(?i)(?:^|\s){day}(?P<between>,?\s?[^;]{{0,80}})$",
        "begins": rf"(?:^[^\W\d_]+\s<date>,\s)?(?:[Tt]he\s)?<state>(?:{table['together']}<state>)*"
        rf"\s[^,;{STATE}]{{0,26}}$",
        "lead_in": rf",?\s(?:{on})\s$",
        "performed": rf"(?:\s?\([^()]*\))?\s(?:{by})\s(?:the\s)?(?:<state>|{table['self']})",
    }
    patterns = {name: pattern(source, where, name) for name, source in sources.items()}
    kinds = tuple(cast(ActionKind, act["action"]) for act in acts)
    return Words(kinds, **patterns, said={name: pattern(table[name], where, name) for name in PATTERNS})


def _numbered(acts: Sequence[Mapping[str, str]], form: str) -> str:
    """The words of a form of all acts, each in a group that bears its number."""
    return "|".join(f"(?P<a{i}>{act[form]})" for i, act in enumerate(acts) if act.get(form)) or "(?!)"


def _plain(acts: Sequence[Mapping[str, str]], form: str) -> str:
    return "|".join(f"(?:{act[form]})" for act in acts if act.get(form)) or "(?!)"


def pattern(source: object, where: str, name: str) -> re.Pattern[str]:
    if not isinstance(source, str):
        raise RulesError(f"{where}: {name} must be a pattern in quotes, not {source!r}")
    for token, mask in TOKENS.items():
        source = source.replace(token, mask)
    try:
        return re.compile(source)
    except re.error as error:
        raise RulesError(f"{where}: {name} is not a pattern: {error}") from error


def act_of(match: re.Match[str], words: Words) -> ActionKind:
    """Which act a match of `did`, `doing`, `noun`, `after` or `related` names."""
    return next(words.acts[int(name[1:])] for name, said in match.groupdict().items() if said and name[1:].isdigit())
