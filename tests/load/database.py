"""The README's part on databases: the diagram of the schema, and five queries with their results on outputs/."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import ForeignKeyConstraint, Table, create_engine, text

from pipeline.load import load
from pipeline.load.schema import COLUMNS, TABLES

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60  # characters of a cell

INTRODUCTION = """
`reportfacts load RECORDS URL` writes records into tables, again and again: what is there stays, what a record says no
more is retired (`valid_until`), never deleted, and comes back if it returns. Each report is one transaction.

| URL | |
| --- | --- |
| `sqlite:///facts.db` | the default; a second load waits 30 seconds, readers never |
| `postgresql://user@host/db` | any number of loads at once; keep the password in `PGPASSWORD` or `~/.pgpass` |
| `duckdb:///facts.duckdb` | one process at a time |
| `parquet:DIR` | `DIR/facts/country=LAO/….parquet`: a data set per table (`country=none` where a report names none) |

`load --dry-run` says what would change, `load --schema-only URL` only makes the tables or migrates those of an older
release, and `reportfacts export RECORDS --format csv -o DIR` writes the same tables as files. A report is its symbol,
or its path where it has none; each file with other content is a version of it. The views keep to the latest version of
a report in each language. All times are UTC.
"""

QUERIES = (
    (
        "Penalties: offence, bounds in months, fine, article and law",
        """
SELECT offence, min_months, max_months, max_amount, currency, article, instrument
FROM penalties_by_article WHERE article IS NOT NULL
ORDER BY report_id, offence, sanction, article, fact_id, version LIMIT 5
""",
    ),
    (
        "A measure over time",
        """
SELECT measure, period, value, unit, quote FROM figures_over_time
WHERE unit = 'percent' AND period_earliest IS NOT NULL AND language = 'en'
ORDER BY period_earliest, measure, value, report_id LIMIT 5
""",
    ),
    (
        "Indicators that a country lacks",
        """
SELECT report_id, code, title FROM indicators_by_country
WHERE status = 'absent' ORDER BY code, report_id LIMIT 5
""",
    ),
    (
        "The instruments that are cited most",
        """
SELECT i.name, COUNT(*) AS articles FROM current_facts f
JOIN articles a ON a.version = f.version AND a.fact_id = f.id
JOIN instruments i ON i.version = a.version AND i.id = a.instrument_id
GROUP BY i.name ORDER BY articles DESC, i.name LIMIT 5
""",
    ),
    (
        "What changed since the last load",
        """
SELECT change, kind, COUNT(*) AS facts FROM changes_since_last_load
GROUP BY change, kind ORDER BY change, kind
""",
    ),
)

BROWSING = """
`reportfacts load RECORDS` and then this lets people browse, filter and plot the facts without SQL
(`pip install reportfacts[browse]`; the file has to be named `facts.db`):

```sh
datasette facts.db --metadata "$(python -c 'import pipeline.load as l; print(l.METADATA)')"
```

![Figures over time in datasette: facets, filters and a plot](tests/pictures/datasette.png)
"""


def render() -> str:
    """The part as Markdown."""
    return "\n".join([INTRODUCTION.strip(), "", *diagram(), "", *_answers(), BROWSING.strip()]) + "\n"


def diagram() -> Iterator[str]:
    """The entities as Mermaid draws them; the columns of the history, which all have, are left out."""
    yield "```mermaid"
    yield "erDiagram"
    for table in TABLES:
        yield from _ties(table)
    for table in TABLES:
        foreign = {element.parent.name for key in _foreign_keys(table) for element in key.elements}
        yield f"    {table.name} {{"
        for name in COLUMNS[table.name]:
            column = table.c[name]
            keys = ",".join(key for key, has in (("PK", column.primary_key), ("FK", name in foreign)) if has)
            yield f"        {column.type.__visit_name__} {name} {keys}".rstrip()
        yield "    }"
    yield "```"


def _ties(table: Table) -> Iterator[str]:
    for key in _foreign_keys(table):
        names = [column.name for column in key.columns]
        optional = any(table.c[name].nullable for name in names)
        whole = names == [column.name for column in table.primary_key]
        many = "o|" if whole else "o{"
        yield f"    {key.referred_table.name} {'|o' if optional else '||'}--{many} {table.name} : {names[-1]}"


def _foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    keys = [key for key in table.constraints if isinstance(key, ForeignKeyConstraint)]
    return sorted(keys, key=lambda key: [column.name for column in key.columns])


def _answers() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/facts.db"
        load(ROOT / "outputs" / "reports", url)
        for title, query in QUERIES:
            yield from (f"**{title}**", "", "```sql", query.strip(), "```", "")
            names, rows = answer(url, query)
            yield f"| {' | '.join(names)} |"
            yield f"|{' --- |' * len(names)}"
            for row in rows:
                yield f"| {' | '.join(map(_cell, row))} |"
            yield ""


def answer(url: str, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Names and rows."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            found = connection.execute(text(query))
            return list(found.keys()), [tuple(row) for row in found]
    finally:
        engine.dispose()


def _cell(value: object) -> str:
    if value is None:
        return ""
    said = f"{value:.12g}" if isinstance(value, float) else " ".join(str(value).split()).replace("|", "\\|")
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
