"""The one declarative base, and the column types that all tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from feedback.questionnaire import Words

LARGEST_ID = 2**31 - 1  # that every database can look for


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python and without zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


def word(of: type[StrEnum]) -> Enum:
    """A column type for one of the vocabulary's words, kept as the word itself."""
    return Enum(
        of,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )


class Base(DeclarativeBase):
    """Where all tables are declared; constraints have names, so that migrations can undo them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 -- read by the library as it stands
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
        Words: JSON,
    }
