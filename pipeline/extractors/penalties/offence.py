"""The offence that a penalty punishes, in the report's words."""

import re

from .cases import Case
from .sanctions import Masked, index
from .words import CITED, Words

LONGEST = 24  # words
NEAR = 3  # characters between "sentenced for" and the term itself, at most


def offence_of(
    text: str,
    masked: Masked,
    sentence: tuple[int, int],
    previous: tuple[int, int] | None,
    case: Case,
    after: int,
    words: Words,
) -> str | None:
    """What is punished: the subject of the clause, its condition, what follows ("… for any person who …"), or whom
    the sentence before speaks of; `after` is the end of the case before it in that sentence."""
    found = _in_sentence(text, masked, *sentence, case, after, words)
    if found is None and previous:
        actor = words.patterns["actor"].search(masked.text, *previous)
        verb = words.patterns["verb_object"].search(masked.text, *previous)
        if start := actor.start() if actor else verb.end() if verb else None:
            return _words_of(text, start, _stop(masked, start, previous[1], words))
    return found


def _in_sentence(text: str, masked: Masked, start: int, end: int, case: Case, after: int, words: Words) -> str | None:
    p = words.patterns
    if case.imposed:
        told = p["convicted"].finditer(masked.text, 0, end)
        guilty = [g for g in told if not case.start - NEAR <= g.end() <= case.end]  # "sentenced for two years"
        lead = p["object_lead"].match(masked.text, case.end, end)
        limit = case.start if guilty and guilty[-1].end() < case.start else end
        if guilty or not lead:
            return _words_of(text, guilty[-1].end(), _stop(masked, guilty[-1].end(), limit, words)) if guilty else None
    if (makes := p["makes_it"].search(masked.text, start, end)) and makes.end() > case.end:
        return _words_of(text, makes.end(), _stop(masked, makes.end(), end, words))
    laid = p["lays_down"].search(masked.text, start, case.start)
    # "…, two to four years if it is grave, and …": the condition is that of the case before.
    behind = after > start and p["condition"].match(masked.text, after + 1)
    subject = None if laid or behind else _subject(masked, max(start, after), case.attached, words)
    if subject is None and (verb := p["verb_object"].search(masked.text, case.attached, case.start)):
        tail = p["subject_tail"].search(masked.text, verb.end(), case.start)
        subject = (verb.end(), tail.start() if tail else case.start)
    follows = p["object_lead"].match(masked.text, case.end, end)
    if not follows or follows.end() == end or _generic(masked, follows.end(), end, words):
        condition = p["condition"].search(masked.text, case.end, end)
        if subject is None and condition and condition.start() - case.end < 40:
            stop = _stop(masked, condition.end(), end, words)
            act = masked.text[condition.end() : stop].strip(" ,")
            return None if p["generic_subject"].fullmatch(act) else _words_of(text, condition.end(), stop)
        return _words_of(text, *subject) if subject else None
    if subject is None or case.imposed or p["purpose"].search(masked.text, case.end, follows.end()):
        found = _words_of(text, follows.end(), _stop(masked, follows.end(), end, words))
        if found and not (subject and len(found) < 4):
            return found
    return _words_of(text, *subject) if subject else None


def _generic(masked: Masked, start: int, end: int, words: Words) -> bool:
    """Whether what follows a sanction says nothing of the act: "10 years' imprisonment for each offence"."""
    said = masked.text[start : _stop(masked, start, end, words)].strip(" ,")
    return words.patterns["generic_subject"].fullmatch(said) is not None


def _subject(masked: Masked, start: int, end: int, words: Words) -> tuple[int, int] | None:
    """The span of what stands before the words that attach the sanction, without its lead-in and auxiliaries."""
    p, text = words.patterns, masked.text
    lead = re.compile(rf"[\s,.;:)(\]–—{CITED}'’-]*").match(text, start)
    start = lead.end() if lead else start
    start = max(start, text.rfind("; ", start, end) + 2) if "; " in text[start:end] else start
    if says := p["says"].search(text[start:end]):
        start += says.end()
    while match := p["subject_lead"].match(text, start, end):
        if match.end() == start:
            break
        start = match.end()
    if tail := p["subject_tail"].search(text, start, end):
        end = tail.start()
    if verb := p["verb_object"].search(text, start, end):
        start = verb.end()
    condition = p["condition"].search(text, start, end)
    generic = re.compile(r"[\s,]*").match(text, start)
    comma = text.rfind(",", start, end)
    if comma > start and p["generic_subject"].fullmatch(text[comma + 1 : end].strip()) and condition:
        end = comma
    if generic and p["generic_subject"].fullmatch(text[start:end].strip()):
        return None
    told = text[start:end].strip(" ,;:()" + CITED)
    return None if not told or p["dangling"].search(told) or _talk(text, start, end, words) else (start, end)


def _talk(text: str, start: int, end: int, words: Words) -> bool:
    """Whether words speak of a fine or of a death penalty, or stand before a remark in brackets: they name no act."""
    bracket = text.rfind("(", start, end)
    if bracket > text.rfind(")", start, end) and len(text[bracket:end].split()) > 2:
        return True
    spoken = (words.kinds[index(match)].sanction for match in words.sanctions.finditer(text, start, end))
    return any(sanction in ("fine", "death") for sanction in spoken)


def _stop(masked: Masked, start: int, end: int, words: Words) -> int:
    match = words.patterns["object_end"].search(masked.text, start, end)
    return match.start() if match else end


def _words_of(text: str, start: int, end: int) -> str | None:
    """The words between two places, at most LONGEST, cut at a word."""
    found = text[start:end].strip(" ,;:()–—-“”\"'")
    kept = found.split(" ")
    if len(kept) > LONGEST:
        found = " ".join(kept[:LONGEST]) + " …"
    return found if any(c.isalpha() for c in found) else None
