"""Cases: sanctions of a sentence that a law attaches to one act, or a court imposed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ....model import Joined, Sanction
from .sanctions import REACH, Masked, Named, named
from .words import Words

APART, NEAR = 60, 8
"""Characters between sanctions that part cases, and those within which an alternative is said."""


def groups(masked: Masked, sentence: tuple[int, int], words: Words) -> Iterator[list[Named]]:
    """Sanctions of one case: named close together, no second case begun between them."""
    group: list[Named] = []
    for one in named(masked, sentence, words):
        gap = masked.text[group[-1].end : one.start] if group else ""
        again = any(o.kind.sanction == one.kind.sanction and o.sized and one.sized for o in group)
        life = one.sanction.min == "life" or (group and group[-1].sanction.min == "life")
        other = life or (len(gap) < NEAR and words.patterns["alternative"].search(gap))
        if group and (len(gap) > APART or words.patterns["new_case"].search(gap) or (again and not other)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def merged(masked: Masked, group: Sequence[Named], words: Words) -> tuple[Sanction, ...]:
    """Each sanction once; a life term beside a term of years is its upper bound: 十年以上有期徒刑或者无期徒刑."""
    found: list[Sanction] = []
    capped = words.capped.match(masked.text, group[0].start) is not None
    for one in group:
        sanction = one.sanction
        if capped and one.sized and sanction.min == sanction.max != "life":
            sanction = replace(sanction, min=None)  # 最高可判处5年监禁和250,000美元罚款
        same = [i for i, other in enumerate(found) if other.sanction == sanction.sanction]
        if same and (sanction.min == "life") != (found[same[-1]].min == "life") and one.sized:
            term = found[same[-1]] if sanction.min == "life" else sanction
            found[same[-1]] = replace(term, max="life")
        elif not same or (one.sized and sanction not in found):
            found.append(sanction)
    return tuple(found)


def case(
    masked: Masked, sentence: tuple[int, int], last: int, group: Sequence[Named], words: Words
) -> tuple[int, int, int, Joined | None, bool] | None:
    """Span, where the words that attach it begin, how its sanctions are joined, imposed; None where it is talk."""
    p, text = words.patterns, masked.text
    start, end = group[0].start, group[-1].end
    lead = text[max(last, start - REACH) : start]
    cues = list(p["cue"].finditer(lead))
    attached = max(last, start - REACH) + cues[-1].start() if cues else start
    near = bool(cues) and len(lead) - cues[-1].end() <= 12
    behind = p["cue_after"].search(text[end : end + 12]) is not None
    sized = any(one.sized for one in group)
    firm = any(one.sized and one.kind.firm and one.sanction.min != "life" for one in group)
    if p["threshold_after"].search(text[end : end + 16]) or not (firm or near or behind):
        return None
    if not sized and (p["policy"].search(text, *sentence) or all(one.kind.weak for one in group)):
        return None
    court = p["imposed"].search(text, max(last, start - REACH), end)
    imposed = court is not None and not p["modal"].search(text[max(last, court.start() - 6) : court.start()])
    exact = all(not one.sized or one.sanction.min == one.sanction.max for one in group)
    if imposed and (not exact or (p["counted"].search(text, last, end) and text[start - 1] != "各")):
        return None
    if not sized and (p["counted"].search(text, *sentence) or not near):
        return None
    return start, end, attached, _joined(text, group, words), imposed


def _joined(text: str, group: Sequence[Named], words: Words) -> Joined | None:
    gaps = [text[a.end : b.start] for a, b in pairwise(group)]
    said = {_conjunction(gap, words) for gap in gaps} - {None}
    tail = text[group[-1].end : group[-1].end + 10]
    if "and/or" in said or {"and", "or"} <= said or words.patterns["and_or"].match(tail.lstrip(",、")):
        return "and/or"
    return "or" if "or" in said else "and" if "and" in said else None


def _conjunction(gap: str, words: Words) -> Joined | None:
    if words.patterns["and_or"].search(gap):
        return "and/or"
    if words.patterns["and"].search(gap):
        return "and"
    return "or" if words.patterns["or"].search(gap) else None
