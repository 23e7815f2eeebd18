"""Inserts that say what to do when the row is there, in the database's own words."""

from importlib import import_module
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session


def dialect_of(session: Session) -> str:
    """Which database a session talks to: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def insert_into(dialect: str, table: Table) -> Any:
    """An insert that knows `on_conflict_do_…`.

    Only the database that is used is loaded: the other costs each worker 2 MB.
    """
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
