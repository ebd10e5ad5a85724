"""
The map of a table's columns as a file that people read and edit: `crm.map.yaml`, with comments in French.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tremplin.errors import Problem, ReportError
from tremplin.errors.words import spaced
from tremplin.model.profile.columns import columns
from tremplin.pipeline.batch.likeness import words
from tremplin.pipeline.batch.propose import Proposal, Proposed
from tremplin.pipeline.batch.sheet.column_map import JOINED, NOT_READ, OPEN
from tremplin.pipeline.disk import not_written

_HEAD = """\
# Quelle colonne de ce tableau répond à quelle question.
#
# Après le nom de chaque colonne : le nom d’une question (ceux des colonnes de `tremplin workbook`), ou `non lue`.
# Là où il y a ?, il faut décider : rien n’est deviné.
#   unit: par an        un montant de l’année, qui est divisé par douze
#   unit: par mois      des heures du mois, ramenées à la semaine
#   order: jj/mm/aaaa   le jour d’abord ; ou mm/jj/aaaa, le mois d’abord
#   values: {"mot du tableau": "réponse"}   ce que veulent dire des mots inhabituels ; un ? les laisse tels quels
"""
_NUMBERED = """\
#
# Aucune colonne ne donne de référence : les dossiers s’appellent client-2, client-3… d’après le numéro de la ligne.
"""


def default_map(table: Path) -> Path:
    """Give where the map of a table is written unless one says otherwise: beside it, `crm.map.yaml`."""
    return table.with_suffix(".map.yaml")


def map_text(proposed: Proposed) -> str:
    """Write a map of what is proposed."""
    lines = "".join(_lines(proposed)).splitlines(keepends=True)
    # The spaces of French in comments alone: names of questions are typed with plain ones.
    return "".join(spaced(line) if line.lstrip().startswith("#") else line for line in lines)


def write_map(path: Path, text: str) -> None:
    """
    Write a map.

    Raises:
        ReportError: the folder cannot be written.

    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReportError(not_written(path.parent, error)) from None


def _lines(proposed: Proposed) -> Iterator[str]:
    yield _HEAD
    if proposed.numbered:
        yield _NUMBERED
    if proposed.missing:
        yield "#\n# Aucune colonne ne répond à ces questions, posées à chaque client :\n"
        yield from (f"#   {column.name}\n" for column in proposed.missing)
    yield "columns:\n"
    for title, state in (
        ("Comprises", "understood"),
        ("Douteuses", "doubtful"),
        ("Non lues", "unused"),
    ):
        listed = [one for one in proposed.columns if one.state == state]
        if listed:
            yield f"  # {title}\n"
        for one in sorted(listed, key=_first_name_first):
            yield from _entry(one)


def _first_name_first(one: Proposal) -> bool:
    """Put the first name before the last: names are joined in the order of the map."""
    return one.key == JOINED and "prenom" not in words(one.column)


def _entry(one: Proposal) -> Iterator[str]:
    if one.why is not None:
        yield f"  # {_comment(one.why)}\n"
    name = _quoted(one.column)
    if one.state == "unused":
        yield f"  {name}: {NOT_READ}\n"
        return
    key = _quoted(columns()[one.key].name if one.key else OPEN)
    settings = [("unit", one.unit), ("order", one.order)]
    if not one.values and not any(value for _, value in settings):
        yield f"  {name}: {key}\n"
        return
    yield f"  {name}:\n    key: {key}\n"
    yield from (f"    {setting}: {value}\n" for setting, value in settings if value)
    if one.values:
        yield "    values:\n"
        yield from (f"      {_quoted(word)}: {_quoted(OPEN)}\n" for word in one.values)


def _comment(why: Problem) -> str:
    what, todo = why.words("fr")
    return f"{what[:1].upper()}{what[1:]}. {todo}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
