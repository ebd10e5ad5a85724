"""
Which state of the world a data folder is: official, what somebody cites, or what might be.

An overlay is a folder with a `vintage.yml` and tables of only what is other than in the folder under it: the columns that
name a row, and those that change. It is laid over a data folder, and the two make a vintage.
"""

import csv
import io
import shutil
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tremplin.errors import InputError, Phrase, Place, Problem
from tremplin.model.table import DataFile

FILE = "vintage.yml"
BIBLIOGRAPHY = "sources.bib"
NOTES = "README.md"
"""What a vintage may have to say of itself, beside its tables."""
KEYS = {"rules.csv": ("id", "valid_from")}
"""The columns that name a row, where the id alone does not."""


class Vintage(BaseModel):
    """What a data folder says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Literal["official", "cited", "counterfactual"]
    parent: str | None
    """The id of the vintage under it; None where it stands alone."""
    note: str = Field(min_length=1)
    """What it is, a sentence in French."""


def read_vintage(folder: Path) -> tuple[DataFile, Vintage]:
    """
    Read the vintage.yml of a folder.

    Raises:
        InputError: it is missing, or does not say what it must.

    """
    file = DataFile.read(folder / FILE)
    try:
        return file, Vintage.model_validate(yaml.safe_load(file.text))
    except ValidationError as error:
        one = error.errors()[0]
        reason = f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
    raise InputError.at("vintages.not_described", file.path, reason=Phrase(reason))


def lay_over(data: Path, overlay: Path, target: Path) -> None:
    """
    Make the vintage of a data folder and an overlay, in a new folder.

    Raises:
        InputError: the overlay is none, was made for another vintage, or changes what is not there; all of it is told.

    """
    _, below = read_vintage(data)
    _, above = read_vintage(overlay)
    if above.parent != below.id:
        raise InputError.at(
            "vintages.other_parent", overlay / FILE, parent=above.parent or "—", found=below.id
        )
    shutil.copytree(data, target)
    problems: list[Problem] = []
    for file in sorted(path for path in overlay.rglob("*") if path.is_file()):
        place = target / file.relative_to(overlay)
        if file.name in {FILE, NOTES} and file.parent == overlay:
            shutil.copyfile(file, place)
        elif file.name == BIBLIOGRAPHY and file.parent == overlay:
            place.write_text(place.read_text("utf-8") + DataFile.read(file).text, "utf-8")
        elif file.suffix == ".csv" and place.is_file():
            problems += _change(place, file)
        else:
            problems.append(Problem.at("vintages.stray_file", file))
    if problems:
        raise InputError(*problems)


def _change(table: Path, changes: Path) -> list[Problem]:
    """Put the cells of an overlay into a table; give what cannot be put there."""
    rows = list(csv.DictReader(io.StringIO(DataFile.read(table).text, newline="")))
    columns = list(rows[0])
    reader = csv.DictReader(io.StringIO(DataFile.read(changes).text, newline=""))
    names, keys = list(reader.fieldnames or ()), KEYS.get(table.name, ("id",))
    if not {*keys} <= {*names} or not {*names} <= {*columns}:
        return [
            Problem.at(
                "vintages.columns",
                Place.of(changes, line=1),
                keys=", ".join(keys),
                columns=", ".join(columns),
            )
        ]
    known = {tuple(row[key] for key in keys): row for row in rows}
    problems = []
    for row in reader:
        if None in row or None in row.values():
            problems.append(Problem.at("vintages.cells", Place.of(changes, line=reader.line_num)))
            continue
        key = tuple(row[name] for name in keys)
        if key in known:
            known[key].update(row)
        elif {*names} == {*columns}:
            rows.append(row)
        else:
            problems.append(
                Problem.at(
                    "vintages.no_such_row",
                    Place.of(changes, line=reader.line_num),
                    row=" ".join(key),
                    table=table.name,
                )
            )
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return problems
