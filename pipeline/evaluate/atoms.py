"""Facts as they are compared: penalties sanction by sanction, figures in tables as a kind of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .likeness import Json, content, months, number

HEADLINE = ("article", "penalty", "date", "figure")
KINDS = (
    *HEADLINE,
    "figure in table",
    "treaty_action",
    "indicator",
    "recommendation",
    "instrument",
    "heading",
    "paragraph",
)
FACT_KINDS = KINDS[:8]


@dataclass(frozen=True, slots=True)
class Atom:
    """A fact, or one sanction of a penalty: its kind, its values, and the JSON that it comes from."""

    kind: str
    key: tuple[Any, ...]
    fact: Json
    start: int | None
    end: int | None
    page: int | None
    quote: str


def atoms(facts: Sequence[Json]) -> list[Atom]:
    """The facts as compared; kinds that gold does not know are left out."""
    found = []
    for fact in facts:
        kind = fact["kind"]
        place = fact.get("evidence") or fact
        at = (place.get("start"), place.get("end"), place.get("page"), place.get("quote", ""))
        if kind == "penalty":
            found += [Atom(kind, sanction_key(sanction), fact, *at) for sanction in fact.get("sanctions") or []]
        elif kind in FACT_KINDS:
            shown = "figure in table" if kind == "figure" and fact.get("table") else kind
            found.append(Atom(shown, values(fact), fact, *at))
    return found


def sanction_key(sanction: Json) -> tuple[Any, ...]:
    kind = (sanction.get("sanction") or "").lower().replace("_", "-")
    if kind == "fine":
        return (
            kind,
            number(sanction.get("min")),
            number(sanction.get("max")),
            frozenset(content(sanction.get("unit"))),
        )
    return (kind, months(sanction.get("min")), months(sanction.get("max")), None)


def values(fact: Json) -> tuple[Any, ...]:
    """What must be equal for two facts of a kind to be the same."""

    def lower(name: str) -> str:
        return str(fact.get(name) or "").lower()

    match fact["kind"]:
        case "article":
            return (fact.get("unit"), lower("number"), lower("number_to"), re.sub(r"\s", "", lower("subdivision")))
        case "date":
            return (re.sub(r"[~?%]", "", str(fact.get("edtf"))),)
        case "figure":
            return (number(fact.get("value")), number(fact.get("value_to")), lower("unit"), number(fact.get("per")))
        case "treaty_action":
            return (fact.get("party"), fact.get("action"))
        case "indicator":
            return (fact.get("code"), fact.get("status"))
        case "recommendation":
            return (re.sub(r"[\s.()]", "", lower("paragraph")),)
        case _:
            return ()
