"""What every benchmark stands on: a folder, the databases there are, and how long it may take."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.databases import Postgresql, Sqlite

T = TypeVar("T")


@dataclass(frozen=True)
class Ground:
    """Where and how thoroughly to measure."""

    folder: Path
    quick: bool
    postgresql: Postgresql | None

    @property
    def sqlite(self) -> Sqlite:
        """Files in the folder."""
        return Sqlite(self.folder)

    @property
    def databases(self) -> list[Sqlite | Postgresql]:
        """All there are."""
        return [self.sqlite, *([self.postgresql] if self.postgresql else [])]

    def pick(self, full: T, quick: T) -> T:
        """One of two values, by how thorough this run is."""
        return quick if self.quick else full
