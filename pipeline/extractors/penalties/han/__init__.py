"""Penalties in a language without spaces between words: 处三年以上十年以下有期徒刑,并处罚金."""

from collections.abc import Mapping, Sequence

from ....model import Article, Passage, Penalty, Place
from ....rules import Rules
from .cases import case, groups, merged
from .sanctions import mask
from .ties import cited, offence, reason, whole
from .words import Words, words_of

__all__ = ["find", "may_name", "words_of"]


def may_name(text: str, words: Words) -> bool:
    return any(stem in text for stem in words.trigger)


def find(
    passage: Passage,
    articles: Mapping[int, Article],
    places: Sequence[tuple[int, int]],
    rules: Rules,
    country: str | None,
) -> list[Penalty]:
    """The penalties of one passage; `articles` are those of national law, `places` all that it cites."""
    words = words_of(passage.language, rules)
    if words is None or not may_name(passage.text, words):
        return []
    masked = mask(passage, places, rules, country)
    found: list[Penalty] = []
    for number, sentence in enumerate(passage.sentences):
        previous = passage.sentences[number - 1] if number else None
        last = sentence[0]
        for group in groups(masked, sentence, words):
            said = case(masked, sentence, last, group, words)
            if said is None:
                continue
            start, end, attached, joined, imposed = said
            sanctions = merged(masked, group, words)
            before = (last, attached)
            act = reason(passage.text, start, sentence, words) if imposed else None
            act = act if imposed else offence(passage.text, masked, before, previous, words)
            provisions = cited(
                masked, articles, (whole(passage, number), *sentence), previous, (last, start, end), words
            )
            rule = "penalty.imposed" if imposed else "penalty.sized" if any(s.sized for s in group) else "penalty.named"
            at = Place(passage.index, start, end)
            found.append(Penalty(at, rule, sanctions, act, provisions, joined if len(sanctions) > 1 else None, imposed))
            last = end
    return found
