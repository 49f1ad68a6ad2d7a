"""Records for the tests of databases: small ones field by field, and large ones by a seed."""

import hashlib
import random
from pathlib import Path
from typing import Any

from pipeline.records import Record, dump


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def record(name: str = "report.pdf", content: str = "first", facts: Any = (), **fields: Any) -> Record:
    """A record of a file `name` with that `content`; `fields` are those of the record, `source` is added to."""
    source: dict[str, Any] = {
        "name": name,
        "sha256": sha(content),
        "media_type": "application/pdf",
        "bytes": 1000,
        "pages": 3,
        "encoding": None,
        "repaired": None,
    }
    given: dict[str, Any] = {
        "schema_version": "1.0",
        "symbol": None,
        "title": "Report",
        "body": None,
        "country": "LAO",
        "date": "2020-05",
        "languages": [{"language": "en", "start": 0, "end": 1000}],
        "sections": [section("1", "Laws"), section("2", "Practice")],
        "paragraphs": [{"number": "1", "section": "1", "start": 10, "end": 400}],
        "instruments": [
            {
                "id": "penal-code-2017",
                "name": "Penal Code",
                "kind": "code",
                "year": "2017",
                "number": "26/NA",
                "aliases": ["the Code"],
            }
        ],
        "facts": list(facts),
        "unread": [],
        "made_by": {"version": "1", "rules": "0", "options": {}, "rules_by_language": {"en": "0"}},
    }
    return Record.model_validate(given | {"source": source | fields.pop("source", {})} | fields)


def section(number: str, title: str) -> dict[str, Any]:
    span = {"start": 0, "end": 1000}
    return {"id": number, "parent": None, "number": number, "title": title, "level": 1, "language": "en", **span}


def fact(kind: str, identity: str, quote: str = "the words", page: int = 1, **fields: Any) -> dict[str, Any]:
    evidence = {
        "quote": quote,
        "start": 20,
        "end": 20 + len(quote),
        "page": page,
        "boxes": [[page, 72.0, 100.5, 200.25, 112.0]],
        "section": fields.pop("section", "1"),
        "paragraph": "1",
        "confidence": None,
    }
    return {
        "id": identity,
        "kind": kind,
        "language": fields.pop("language", "en"),
        "evidence": evidence,
        "found_by": f"{kind}.rule",
        **fields,
    }


def article(identity: str = "article-a", number: str = "39", **fields: Any) -> dict[str, Any]:
    own = {"unit": "article", "number": number, "number_to": None, "subdivision": None}
    return fact("article", identity, f"Article {number}", **({"instrument": "penal-code-2017"} | fields), **own)


def penalty(identity: str = "penalty-p", articles: Any = ("article-a",), **fields: Any) -> dict[str, Any]:
    term = {"sanction": "imprisonment", "min": "P6M", "max": "P2Y", "unit": None}
    fine = {"sanction": "fine", "min": None, "max": 500, "unit": "USD"}
    own = {"offence": "theft", "articles": list(articles), "joined": "and", "imposed": False}
    return fact(
        "penalty", identity, "prison and a fine", sanctions=[term, fine], place=None, actor=None, **own, **fields
    )


def day(identity: str = "date-d", edtf: str = "2014-02/2014-03", **fields: Any) -> dict[str, Any]:
    return fact("date", identity, "February to March 2014", edtf=edtf, **fields)


def figure(identity: str = "figure-f", value: float = 61.5, **fields: Any) -> dict[str, Any]:
    own: dict[str, Any] = {
        "value": value,
        "value_to": None,
        "unit": "percent",
        "per": None,
        "measure": "literacy",
        "comparator": "~",
        "period": "2019",
        "place": None,
        "actor": None,
        "table": False,
    }
    return fact("figure", identity, f"{value} per cent", **(own | fields))


def indicator(identity: str = "indicator-i", code: str = "1.1.1", status: str = "present") -> dict[str, Any]:
    return fact("indicator", identity, "Has a law.", code=code, title="Law", status=status, text="Has a law.")


def treaty_action(identity: str = "treaty_action-t", **fields: Any) -> dict[str, Any]:
    own = {"party": "LAO", "treaty": "penal-code-2017", "action": "ratified", "edtf": "2014-02"}
    return fact("treaty_action", identity, "ratified it in February 2014", **(own | fields))


def recommendation(identity: str = "recommendation-r", **fields: Any) -> dict[str, Any]:
    own = {"paragraph": "1(a)", "by": "Committee against Torture", "to": "LAO", "text": "Adopt a law."}
    return fact("recommendation", identity, "Adopt a law.", **(own | fields))


def first_kinds() -> list[dict[str, Any]]:
    """A fact of each kind that the first release knew."""
    return [article(), penalty(), day(), figure(), indicator()]


def all_kinds() -> list[dict[str, Any]]:
    return [*first_kinds(), treaty_action(), recommendation()]


def write(folder: Path, *records: Record) -> Path:
    """The records as `run` lays them out."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in records:
        (folder / f"{one.source.name}.json").write_text(dump(one), encoding="utf-8")
    (folder / "run.json").write_text('{"schema_version": "1.0"}', encoding="utf-8")
    return folder


def large(reports: int, facts: int, *, seed: int = 0) -> list[Record]:
    """`reports` records with `facts` facts each, of all kinds, as a run over long reports gives them."""
    rng = random.Random(seed)
    countries = ("LAO", "KGZ", "BHS", "FJI", None)
    return [
        record(
            f"report{n:05}.pdf",
            f"{seed} {n}",
            [_random_fact(rng, k) for k in range(facts)],
            country=countries[n % len(countries)],
            title=f"Report number {n}",
        )
        for n in range(reports)
    ]


def _random_fact(rng: random.Random, k: int) -> dict[str, Any]:
    identity = f"{rng.getrandbits(80):020x}-{k}"
    page, section = rng.randint(1, 40), rng.choice(("1", "2"))
    match rng.randrange(10):
        case 0 | 1 | 2:
            number = str(rng.randint(1, 400))
            return article(f"article-{identity}", number, page=page, section=section)
        case 3:
            return penalty(f"penalty-{identity}", (), page=page, section=section)
        case 4 | 5 | 6:
            return day(f"date-{identity}", f"20{rng.randint(10, 20)}-0{rng.randint(1, 9)}", page=page, section=section)
        case 9 if rng.random() < 0.2:
            return indicator(f"indicator-{identity}", f"1.{k}.1")
        case 9 if rng.random() < 0.2:
            return treaty_action(f"treaty_action-{identity}", page=page, section=section)
        case 9 if rng.random() < 0.2:
            return recommendation(f"recommendation-{identity}", page=page, section=section)
        case _:
            return figure(f"figure-{identity}", rng.randint(1, 10**6) / 8, page=page, section=section)
