"""The register of legal instruments: every law, treaty and plan that the report names, with its aliases."""

from collections.abc import Sequence

from ...model import About, Passage, Register
from ...rules import Rules
from .register import build


def find(passages: Sequence[Passage], about: About, rules: Rules) -> Register:
    """The register and every place that names one of its entries, also by "the Law" alone."""
    return build(passages, about, rules)
