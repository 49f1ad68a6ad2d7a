"""Drawn lines as rules: horizontal ones with the places where their pieces meet, and vertical ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from .sheet import Rect, Sheet

THICKEST = 2.6
JOINED = 1.6
"""Points: pieces of a rule that are nearer than this are one run."""


@dataclass(slots=True)
class Rule:
    """A horizontal rule. `runs` are its unbroken stretches (x0, x1), `edges` the places where pieces meet.

    Word draws a rule as one piece for each table cell, so the edges are the borders of the columns.
    """

    y: float
    thickness: float
    runs: list[tuple[float, float]]
    edges: list[float]

    @property
    def x0(self) -> float:
        return self.runs[0][0]

    @property
    def x1(self) -> float:
        return self.runs[-1][1]

    @property
    def length(self) -> float:
        return sum(x1 - x0 for x0, x1 in self.runs)


def rules(sheet: Sheet) -> list[Rule]:
    """The horizontal rules of a page, from the top."""
    thin = [s for s in sheet.strokes if s.bottom - s.top <= THICKEST and _inside(s, sheet)]
    thin.sort(key=lambda s: (s.top + s.bottom, s.x0))
    groups: list[list[Rect]] = []
    for stroke in thin:
        middle = (stroke.top + stroke.bottom) / 2
        if groups and middle - (groups[-1][0].top + groups[-1][0].bottom) / 2 <= 1.2:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    found = [_rule(group) for group in groups]
    return [rule for rule in found if rule.length >= 10]


def _inside(stroke: Rect, sheet: Sheet) -> bool:
    return -1 <= stroke.x0 <= stroke.x1 <= sheet.width + 1 and -1 <= stroke.top <= stroke.bottom <= sheet.height + 1


def _rule(pieces: Iterable[Rect]) -> Rule:
    pieces = sorted(pieces)
    runs: list[tuple[float, float]] = []
    edges: list[float] = []
    for piece in pieces:
        if runs and piece.x0 - runs[-1][1] <= JOINED:
            runs[-1] = (runs[-1][0], max(runs[-1][1], piece.x1))
        else:
            runs.append((piece.x0, piece.x1))
        for x in (piece.x0, piece.x1):
            if not edges or x - edges[-1] > JOINED:
                edges.append(x)
    top, bottom = min(p.top for p in pieces), max(p.bottom for p in pieces)
    return Rule((top + bottom) / 2, max(p.bottom - p.top for p in pieces), runs, edges)
