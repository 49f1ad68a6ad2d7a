"""How much each feature says about whether two items are the same, by kind of item and mode of comparison.

"versions": most of the text is common, so the words around a fact decide; "cycle": the same form filled in anew, so
what is measured decides, and doubtful pairs stay apart; "languages": no word is common, so value and place decide.
"""

from collections.abc import Mapping

from .model import FACT_KINDS, ItemKind, Mode

Weights = Mapping[str, float]
Rule = tuple[Weights, float]  # weights of the features, least likeness of a pair

FACTS: Mapping[Mode, Mapping[ItemKind, Rule]] = {
    "versions": {
        "article": ({"value": 3, "tie": 1, "context": 5, "paragraph": 1.2, "section": 0.4, "quote": 0.4}, 0.5),
        "penalty": ({"value": 3, "tie": 1, "measure": 2, "context": 4, "paragraph": 1.2, "section": 0.4}, 0.5),
        "date": ({"value": 3, "context": 5, "paragraph": 1.2, "section": 0.4, "quote": 0.4}, 0.5),
        "figure": (
            {
                "value": 2.5,
                "unit": 0.5,
                "measure": 2.5,
                "context": 3,
                "period": 0.8,
                "paragraph": 1,
                "section": 0.4,
                "quote": 0.4,
            },
            0.5,
        ),
        "indicator": ({"value": 7, "measure": 3}, 0.6),
        "treaty_action": ({"value": 3, "tie": 3, "context": 4, "paragraph": 1.2, "section": 0.4, "quote": 0.4}, 0.5),
        "recommendation": ({"value": 2, "measure": 6, "paragraph": 0.6, "section": 0.4}, 0.5),
    },
    "cycle": {
        "article": ({"value": 4, "tie": 3, "context": 3}, 0.6),
        "penalty": ({"tie": 3, "measure": 5, "context": 2}, 0.55),
        "date": ({"value": 4, "context": 6}, 0.6),
        "figure": ({"unit": 1.5, "measure": 6, "context": 2, "section": 0.5}, 0.55),
        "indicator": ({"value": 7, "measure": 3}, 0.6),
        "treaty_action": ({"value": 3, "tie": 5, "period": 1, "context": 1}, 0.7),
        "recommendation": ({"measure": 9, "section": 1}, 0.6),
    },
    "languages": {
        kind: ({"value": 6, "unit": 1, "paragraph": 2, "neighbours": 2, "place": 1}, 0.44) for kind in FACT_KINDS
    },
}
NEEDS_TEXT = frozenset({"context"})

INSTRUMENTS: Rule = ({"name": 4, "names": 4, "year": 1.5, "kind": 0.5}, 0.56)
SECTIONS: Rule = ({"title": 2, "words": 5, "number": 1, "level": 0.5, "place": 1}, 0.55)
SECTIONS_BY_NUMBER: Rule = ({"number": 5, "level": 2, "place": 3}, 0.75)
PARAGRAPHS: Rule = ({"words": 8, "number": 0.6, "section": 0.8}, 0.6)
PARAGRAPHS_BY_NUMBER: Rule = ({"number": 5, "section": 3, "place": 2}, 0.5)
REPORTS: Rule = ({"country": 1, "words": 3}, 0.75)
