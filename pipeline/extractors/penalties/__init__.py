"""Penalties: sanctions with their bounds, the offence, and the articles that set them.

Numbers, amounts and citations are masked; sanctions are found in each sentence (`sanctions`), gathered to cases
(`cases`), told what they punish (`offence`) and which provisions set them (`ties`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model import Article, Outline, Passage, Penalty, Place, Register, Sanction
from ...rules import Rules, unspaced
from ..money import amounts, at_home, lettered
from ..numbers import numbers
from . import han
from .cases import Case, cases_in
from .offence import offence_of
from .rows import in_rows
from .sanctions import Masked, mask
from .ties import Cited, citations, closed, goes_on, headed, opened, recalled, taken_up, tied
from .words import Words, words_of

TITLE = re.compile(r"[.:]?\s+[«“\"(]?[^\W\d_a-zа-яё]|\.?$")
LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Citings:
    """What each passage cites: articles of national law by index, places of all citations, places of instruments."""

    articles: Mapping[int, Mapping[int, Article]]
    places: Mapping[int, Sequence[tuple[int, int]]]
    laws: Mapping[int, Sequence[tuple[int, int]]]


def find(
    passages: Sequence[Passage],
    register: Register,
    articles: Sequence[Article],
    rules: Rules,
    country: str | None = None,
    outline: Outline | None = None,
) -> tuple[Penalty, ...]:
    """All penalties, in reading order; `articles` of a penalty are indexes into `articles`.

    `country` (ISO 3166-1 alpha-3) tells whose rupees or francs a fine is in; `outline` which cells of a table
    stand in one row.
    """
    citings = _citings(register, articles)
    found: list[Penalty] = []
    lead: tuple[int, ...] = ()
    head: tuple[int, ...] = ()
    title: tuple[int, ...] = ()
    for passage in passages:
        if unspaced(passage.language, rules):
            cited, places = citings.articles[passage.index], citings.places[passage.index]
            found += han.find(passage, cited, places, rules, country)
            continue
        tables = words_of(passage.language, rules)
        if tables is None:
            continue
        if passage.block.kind != "item":
            lead = head if tables.patterns["takes_up"].match(passage.text) else ()
            head = _last_cited(passage, citings) if passage.text.endswith(":") else ()
            lead = tuple(citings.articles[passage.index]) if head else lead
        title = _titles(passage, citings, title)
        if _may_name(passage.text, tables):
            figures = numbers(passage.text, passage.language, rules)
            sums = amounts(passage.text, figures, passage.language, rules, country, unknown=True)
            sums = at_home(
                (*sums, *lettered(passage.text, passage.language, rules, country)), passage.text, rules, country
            )
            masked = mask(passage.text, figures, sums, citings.places[passage.index], tables)
            found += _of_passage(passage, masked, citings, lead or title, tables)
    return in_rows(found, passages, outline, citings.articles) if outline else tuple(found)


def _citings(register: Register, articles: Sequence[Article]) -> Citings:
    """The citations of each passage; a treaty's articles set no penalty."""
    treaties = {entry.key for entry in register.instruments if entry.kind == "treaty"}
    national: dict[int, dict[int, Article]] = defaultdict(dict)
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    laws: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, article in enumerate(articles):
        places[article.at.passage].append((article.at.start, article.at.end))
        if article.instrument not in treaties:
            national[article.at.passage][index] = article
    for mention in register.mentions:
        places[mention.at.passage].append((mention.at.start, mention.at.end))
        if not mention.anaphoric:
            laws[mention.at.passage].append((mention.at.start, mention.at.end))
    return Citings(national, places, laws)


def _last_cited(passage: Passage, citings: Citings) -> tuple[int, ...]:
    """The articles of the last sentence of a list's head, which the passage behind the list may go on with."""
    cited = citings.articles[passage.index]
    start = passage.sentences[-1][0] if passage.sentences else 0
    return tuple(i for i, article in cited.items() if article.at.start >= start) or tuple(cited)


def _titles(passage: Passage, citings: Citings, before: tuple[int, ...]) -> tuple[int, ...]:
    """The article whose text the passages below its title quote ("Article 20. Theft"), else that of `before`."""
    cited = [(article.at.start, article.at.end, i) for i, article in citings.articles[passage.index].items()]
    if cited and cited[0][0] == 0 and TITLE.match(passage.text, cited[0][1]) and len(passage.text) < LONGEST_TITLE:
        return (cited[0][2],)
    return () if passage.block.kind == "heading" or (cited and cited[0][0] == 0) else before


def _may_name(text: str, tables: Words) -> bool:
    return any(map(text.lower().__contains__, tables.trigger))  # a generator would take thrice as long


def _goes_graver(masked: Masked, start: int, end: int, before: Sequence[Sanction], tables: Words) -> bool:
    """Whether a sentence only adds to the prison term before it that of a graver case: «Если …, — от 8 до 15 лет»."""
    termed = any(s.sanction == "imprisonment" and (s.min or s.max) for s in before)
    return termed and tables.patterns["graver"].match(masked.text, start, end) is not None


def _of_passage(
    passage: Passage,
    masked: Masked,
    citings: Citings,
    lead: tuple[int, ...],
    tables: Words,
) -> list[Penalty]:
    found: list[tuple[Case, int]] = []
    before: Sequence[Sanction] = ()
    for number, (start, end) in enumerate(passage.sentences):
        graver = bool(found) and found[-1][1] == number - 1 and _goes_graver(masked, start, end, before, tables)
        if graver or _may_name(passage.text[start:end], tables):
            for case in cases_in(masked, start, end, tables, before, graver):
                found.append((case, number))
                before = case.sanctions
    if not found:
        return []
    groups = citations(masked, citings.articles[passage.index])
    laws = citings.laws[passage.index]
    made: list[Penalty] = []
    for i in range(len(found)):
        made.append(_penalty(passage, masked, found, i, groups, laws, lead, tables, made[-1] if made else None))
    return made


def _penalty(
    passage: Passage,
    masked: Masked,
    found: Sequence[tuple[Case, int]],
    i: int,
    groups: Sequence[Cited],
    laws: Sequence[tuple[int, int]],
    lead: tuple[int, ...],
    tables: Words,
    last: Penalty | None,
) -> Penalty:
    case, number = found[i]
    sentence = passage.sentences[number]
    following = found[i + 1][0].start if i + 1 < len(found) else len(passage.text)
    after = found[i - 1][0].end if i and found[i - 1][1] == number else sentence[0]
    previous = passage.sentences[number - 1] if number else None
    follows = last is not None and found[i - 1][1] == number - 1 and not case.imposed
    ties = (
        tied(case, following, sentence, groups, masked, tables)
        or (recalled(case, sentence, previous, groups, masked, tables) if previous else ())
        or (taken_up(sentence, previous, groups, masked, tables) if previous else ())
        or closed(case, sentence[1], groups, laws)
        or (opened(sentence, previous, groups, masked, tables) if previous else ())
        or (last.articles if last and follows and goes_on(sentence, masked, tables) else ())
        or (() if case.imposed else headed(case, groups, laws, masked))
    )
    return Penalty(
        at=Place(passage.index, case.start, case.end),
        rule=case.rule,
        sanctions=case.sanctions,
        offence=offence_of(passage.text, masked, sentence, previous, case, after, tables),
        articles=ties or (lead if not groups else ()),
        joined=case.joined,
        imposed=case.imposed,
    )
