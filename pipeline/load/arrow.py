"""Rows as Arrow tables, with the types of the schema."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer, SmallInteger, Table

from .rows import Row

# The first that fits: SmallInteger and BigInteger are Integers too.
TYPES: tuple[tuple[type, Any], ...] = (
    (SmallInteger, pa.int16()),
    (BigInteger, pa.int64()),
    (Integer, pa.int32()),
    (Double, pa.float64()),
    (Boolean, pa.bool_()),
    (DateTime, pa.timestamp("us")),
    (Date, pa.date32()),
)


@cache
def arrow_schema(table: Table, without: str | None = None) -> Any:
    """The Arrow schema of a table, `without` one of its columns."""
    fields = [pa.field(c.name, _type(c.type), nullable=bool(c.nullable)) for c in table.columns if c.name != without]
    return pa.schema(fields)


def _type(kind: object) -> Any:
    return next((arrow for sql, arrow in TYPES if isinstance(kind, sql)), pa.string())


def to_arrow(table: Table, rows: Sequence[Row], without: str | None = None, at: datetime | None = None) -> Any:
    """The rows as one Arrow table in the columns' order, `without` one of them.

    Rows come with their history, or without it where they all hold from `at`.
    """
    schema = arrow_schema(table, without)
    values: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    if at is not None and rows:
        values += [[at] * len(rows), [None] * len(rows)]
    kept = [column for column, sql in zip(values, table.columns, strict=True) if sql.name != without]
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(kept, schema, strict=True)], schema=schema
    )
