"""Where and by whom: a name counts only where the words around it say so."""

import pytest

from pipeline import names, rules
from pipeline.model import Block, Figure, Passage, Place, Span
from pipeline.names.train import fill
from pipeline.passages import sentences


def named(text: str, quote: str, language: str = "en") -> tuple[str | None, str | None]:
    words = rules.load()
    block = Block("paragraph", (Span(0, len(text)),), language)  # type: ignore[arg-type]
    passage = Passage(0, block, language, text, range(len(text)), sentences(text, language, words))  # type: ignore[arg-type]
    start = text.index(quote)
    figure = Figure(Place(0, start, start + len(quote)), "test", 1, "count")
    _, figures = names.attach([passage], [], [figure], words)
    return figures[0].place, figures[0].actor


@pytest.mark.parametrize(
    ("text", "quote", "place", "actor"),
    [
        ("In 2019, 40 wells were drilled in Kenya.", "40 wells", "Kenya", None),
        ("The Ministry of Health reported 312 cases of measles.", "312 cases", None, "Ministry of Health"),
        ("According to the Ministry of Justice, 312 cases were heard.", "312 cases", None, "Ministry of Justice"),
        ("In Kenya and in Uganda, the rains were late and 40 wells were drilled.", "40 wells", None, None),
        ("In December 2019, 40 wells were drilled.", "40 wells", None, None),
        ("Children aged 12 may work.", "12", None, None),
    ],
)
def test_place_and_actor(text, quote, place, actor):
    assert named(text, quote) == (place, actor)


def test_russian_place():
    assert named("В 2014 году в России было рассмотрено 63 дела.", "63 дела", "ru") == ("России", None)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_sentence_of_the_recipe_fills(language):
    import random

    for text, spans in fill(language, random.Random(1), held_out=True):
        assert "{" not in text
        assert all(text[start:end].strip() == text[start:end] != "" for start, end, _ in spans)
