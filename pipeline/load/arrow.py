"""Rows as Arrow tables, with the types of the schema."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pyarrow as pa
from sqlalchemy import Boolean, Date, DateTime, Double, Integer, SmallInteger, Table

from .rows import Row

# The first that fits: SmallInteger is an Integer too.
TYPES: tuple[tuple[type, Any], ...] = (
    (SmallInteger, pa.int16()),
    (Integer, pa.int32()),
    (Double, pa.float64()),
    (Boolean, pa.bool_()),
    (DateTime, pa.timestamp("us")),
    (Date, pa.date32()),
)


@cache
def arrow_schema(table: Table) -> Any:
    """The Arrow schema of a table."""
    return pa.schema([pa.field(c.name, _type(c.type), nullable=bool(c.nullable)) for c in table.columns])


def _type(kind: object) -> Any:
    return next((arrow for sql, arrow in TYPES if isinstance(kind, sql)), pa.string())


def to_arrow(table: Table, rows: Sequence[Row]) -> Any:
    """The rows as one Arrow table in the columns' order."""
    schema = arrow_schema(table)
    columns = [pa.array([row[name] for row in rows], schema.field(name).type) for name in schema.names]
    return pa.Table.from_arrays(columns, schema=schema)
