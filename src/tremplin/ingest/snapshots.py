"""
Raw files as they were obtained, with who made them, where they were found and under which licence.

A snapshot is a folder `raw/<publisher>_<dataset>/<date>/` of a data folder: the bytes, and `meta.yml`, which says what
they are and which series stand in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from tremplin.errors import InputError, Phrase
from tremplin.model.table import DataFile

RAW = "raw"
META = "meta.yml"


class RawSeries(BaseModel):
    """One series of a raw file."""

    model_config = ConfigDict(extra="forbid")

    id: str
    name: str
    """What the file calls it: a value of the column `series`, or the name of a column of its own."""
    area: str
    unit: str


class Meta(BaseModel):
    """What is known of a snapshot."""

    model_config = ConfigDict(extra="forbid")

    producer: str
    content: str
    address: str
    """Where the bytes were obtained."""
    identifiers: tuple[str, ...]
    """The producer's own names of the series, such as Insee's idbanks."""
    licence: str
    published: date
    """When whoever was read made the file."""
    accessed: date
    derivative: bool
    """Whether somebody else than the producer has worked on the numbers."""
    note: str
    source: str
    """The key of sources.bib."""
    files: Mapping[str, str]
    """The SHA-256 of each file."""
    table: str
    """The file that holds the series."""
    layout: Literal["long", "wide"]
    """A row a value, with the columns period, series and value; or a row a period and a column a series."""
    separator: str
    factor: float
    """What a number of the file is to be multiplied by."""
    status: str
    series: tuple[RawSeries, ...]


@dataclass(frozen=True)
class Snapshot:
    """A dataset as it was on a day: its bytes are those that `meta.yml` vouches for."""

    dataset: str
    day: str
    meta: Meta
    table: DataFile

    @property
    def name(self) -> str:
        """Its folder under `raw`, such as insee_creations/2026-09-20."""
        return f"{self.dataset}/{self.day}"


def read_snapshots(data: Path, until: date | None = None) -> tuple[Snapshot, ...]:
    """
    Read the newest snapshot of each dataset, or the newest up to a day.

    Raises:
        InputError: there is none, one cannot be read, or its bytes are others than it says.

    """
    newest: dict[str, Path] = {}
    for meta in sorted((data / RAW).glob(f"*/*/{META}")):
        if until is None or meta.parent.name <= until.isoformat():
            newest[meta.parent.parent.name] = meta
    if not newest:
        raise InputError.at("raw.no_snapshot", data / RAW, until=str(until) if until else None)
    return tuple(_read(path) for path in newest.values())


def _read(path: Path) -> Snapshot:
    try:
        meta = Meta.model_validate(yaml.safe_load(DataFile.read(path).text))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError.at("raw.meta_wrong", path, reason=Phrase(_first(error))) from None
    files = {name: DataFile.read(path.with_name(name)) for name in (*meta.files, meta.table)}
    for name, file in files.items():
        if meta.files.get(name) != file.sha256:
            raise InputError.at("raw.other_bytes", file.path, meta=META, found=file.sha256)
    return Snapshot(path.parent.parent.name, path.parent.name, meta, files[meta.table])


def _first(error: yaml.YAMLError | ValidationError) -> str:
    """Give the first thing that is wrong, in a line."""
    if isinstance(error, ValidationError):
        one = error.errors()[0]
        return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    return " ".join(str(error).split())
