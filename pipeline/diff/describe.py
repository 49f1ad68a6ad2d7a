"""Facts in a few words, as a person would name them: `Article 89 of the Penal Code`, `imprisonment P15Y–P20Y`."""

from collections.abc import Mapping, Sequence

from ..records import (
    Article,
    Date,
    FactBase,
    Figure,
    Indicator,
    Instrument,
    Paragraph,
    Penalty,
    Recommendation,
    Sanction,
    Section,
    TreatyAction,
)

Instruments = Mapping[str, Instrument]
Articles = Mapping[str, Article]
AnyItem = (
    Article | Penalty | Date | Figure | Indicator | TreatyAction | Recommendation | Instrument | Section | Paragraph
)


def label(item: AnyItem, instruments: Instruments, articles: Articles) -> str:
    """Which item it is, without what may change most: the reader sees the values beside it."""
    match item:
        case Article():
            return article(item, instruments)
        case Penalty():
            cited = ", ".join(article(articles[a], instruments) for a in item.articles if a in articles)
            return cited or item.offence or item.evidence.quote
        case Figure():
            return item.measure or item.evidence.quote
        case Indicator():
            return f"{item.code} {item.title}"
        case Date():
            return item.edtf
        case TreatyAction():
            return treaty_action(item, instruments)
        case Recommendation():
            return f"Recommendation {item.paragraph}" if item.paragraph else item.text
        case Instrument():
            return instrument(item)
        case Section():
            return heading(item)
        case Paragraph():
            return item.number


def heading(item: Section) -> str:
    """As it is printed: `II. Title`, `1.2.1 Title`."""
    number = item.number
    if number and "." not in number and not number.endswith(")"):
        number += "."
    return f"{number} {item.title}" if number else item.title


def article(item: Article, instruments: Instruments) -> str:
    """`Article 14(3)(a) of the Penal Code (2017)`."""
    numbers = f"{item.number}–{item.number_to}" if item.number_to else item.number
    of = instruments.get(item.instrument or "")
    return f"{item.unit.capitalize()} {numbers}{item.subdivision or ''}" + (f" of {instrument(of)}" if of else "")


def treaty_action(item: TreatyAction, instruments: Instruments) -> str:
    """`ITA ratified Convention against Torture (1989-01-12)`."""
    treaty = instruments.get(item.treaty)
    when = f" ({item.edtf})" if item.edtf else ""
    return f"{item.party} {item.action} {treaty.name if treaty else item.treaty}{when}"


def instrument(item: Instrument) -> str:
    return f"{item.name} ({item.year})" if item.year and item.year not in item.name else item.name


def sanction(item: Sanction) -> str:
    """`imprisonment P15Y–P20Y`, `fine up to 500000000 LAK`, `death`."""
    match item.min, item.max:
        case None, None:
            bounds = ""
        case None, most:
            bounds = f" up to {most}"
        case least, None:
            bounds = f" at least {least}"
        case least, most:
            bounds = f" {least}" if least == most else f" {least}–{most}"
    return f"{item.sanction}{bounds}{f' {item.unit}' if item.unit else ''}"


def figure(item: Figure) -> str:
    """`> 62,000 (2015)`, `12.5 percent`: counted things are named by the measure."""
    unit = item.unit if item.unit != "count" else None
    parts = (figure_value(item), unit, item.per and f"per {item.per:,}", item.period and f"({item.period})")
    return " ".join(str(part) for part in parts if part)


def figure_value(item: Figure) -> str:
    """`> 62,000`, `30–35`."""
    value = number(item.value)
    if item.value_to is not None:
        value += f"–{number(item.value_to)}"
    return f"{item.comparator} {value}" if item.comparator else value


def number(value: int | float) -> str:
    """All its digits, thousands told by commas."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def describe(
    item: AnyItem | None,
    fields: Sequence[str],
    instruments: Instruments,
    articles: Articles,
    titles: Mapping[str, str],
) -> str | None:
    """The values that `fields` names; all that matters of an item that stands alone."""
    if item is None:
        return None
    match item:
        case Penalty():
            values = {
                "sanctions": f" {item.joined or 'and'} ".join(sanction(s) for s in item.sanctions),
                "articles": ", ".join(article(articles[a], instruments) for a in item.articles if a in articles)
                or "no article",
            }
            whole = values["sanctions"]
        case Figure():
            values, whole = {}, figure(item)
            if set(fields) & {"value", "value_to", "unit", "per", "comparator", "period"}:
                return whole
        case Article():
            values, whole = {}, article(item, instruments)
            if set(fields) & {"unit", "number", "number_to", "subdivision", "instrument"}:
                return whole
        case Date():
            values, whole = {"edtf": item.edtf}, item.edtf
        case Indicator():
            values, whole = {"status": item.status}, item.status
        case TreatyAction():
            values, whole = {}, treaty_action(item, instruments)
            if set(fields) & {"party", "treaty", "action", "edtf"}:
                return whole
        case Recommendation():
            values, whole = {"text": item.text}, item.text
        case Instrument():
            values, whole = {"name": instrument(item), "year": instrument(item)}, instrument(item)
        case Section():
            whole = label(item, instruments, articles)
            values = {"title": whole, "number": whole}
        case Paragraph():
            whole = item.number
            values = {"number": whole, "text": whole}
    if isinstance(item, FactBase):
        where = item.evidence
        values |= {
            "quote": " ".join(where.quote.split()),
            "section": titles.get(where.section or "") or "no section",
            "paragraph": f"paragraph {where.paragraph}" if where.paragraph else "no paragraph",
        }
    elif isinstance(item, Paragraph):
        values["section"] = titles.get(item.section or "") or "no section"
    if not fields:
        return whole
    said = [values[name] if name in values else str(getattr(item, name, "")) for name in fields]
    return "; ".join(dict.fromkeys(said))
