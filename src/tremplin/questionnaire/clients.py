"""
What is known of the clients of a table, or of a folder of profiles, however little it is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile import Profile
from tremplin.model.profile.explain import explain
from tremplin.model.profile.fields import TAGS
from tremplin.model.yaml import YamlDocument, read_yaml
from tremplin.pipeline.batch.people import read_people
from tremplin.pipeline.batch.sheet import TABLES, ColumnMap, nested, read_rows

NOT_GIVEN = "profile.key_missing"


@dataclass(frozen=True, slots=True)
class Client:
    """One client, and what is known of them."""

    id: str | None
    """What the questionnaire and the profile are called; None where the source does not say it."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What is known, nested as a profile is."""
    problems: tuple[Problem, ...] = ()
    """What is wrong in the source: what it says there is not in `data`, and is asked."""


def read_clients(source: str, column_map: ColumnMap | None = None) -> tuple[Client, ...]:
    """
    Read the clients of a folder, a pattern of files, a profile or a table; answers may be missing.

    Raises:
        InputError: there is no such source, it is not one that is read, or it holds nobody.

    """
    documents = tuple(_documents(source, column_map))
    clients = [one if isinstance(one, Client) else _client(one) for one in documents]
    times = Counter(client.id for client in clients)
    return tuple(
        Client(None, problems=(Problem("people.id_shared", _place(document)),))
        if client.id and times[client.id] > 1
        else client
        for client, document in zip(clients, documents, strict=True)
    )


def _documents(source: str, column_map: ColumnMap | None) -> Iterator[YamlDocument | Client]:
    """Read one after another; a client stands for one that cannot be read at all."""
    path = Path(source)
    if path.suffix.lower() not in TABLES or path.is_dir():
        for person in read_people(source):
            try:
                yield read_yaml(Path(person.place.file))
            except InputError as error:
                yield Client(None, problems=error.problems)
        return
    if not path.exists():
        raise InputError.at("people.no_such_source", "--for", source=source)
    for row in read_rows(path, column_map, whole=False):
        if row.problem is not None:  # its cells may be those of other columns
            yield Client(None, problems=(row.problem,))
            continue
        data, problems = nested(row)
        unreadable = frozenset(tuple((one.place.key or "").split(".")) for one in problems)
        yield YamlDocument(source, data, {(): row.line}, tuple(problems), unreadable)


def _place(document: YamlDocument | Client) -> Place:
    if isinstance(document, Client):
        return document.problems[0].place
    return Place.of(document.file, line=document.lines[()])


def _client(document: YamlDocument) -> Client:
    """Keep what a document says rightly; contradictions stay, and are settled by whoever answers."""
    problems, data = list(document.problems), dict(document.data)
    try:
        Profile.model_validate(data)
    except ValidationError as error:
        problems += explain(error, Profile, document)
        for detail in error.errors(include_url=False):
            if detail["type"] not in {"missing", "contradiction"}:
                data = _without(data, [part for part in detail["loc"] if part not in TAGS])
    name = data.get("id")
    told = (one for one in problems if one.code != NOT_GIVEN or one.place.key == "id")
    return Client(name if isinstance(name, str) else None, data, tuple(told))


def _without(data: Mapping[str, Any], path: Sequence[str | int]) -> dict[str, Any]:
    """Leave out what a path leads to, or the whole list that it leads into."""
    first, *rest = path
    inner = data.get(str(first))
    kept = {key: value for key, value in data.items() if key != first}
    return {**kept, str(first): _without(inner, rest)} if rest and isinstance(inner, dict) else kept
