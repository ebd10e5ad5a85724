"""
The catalogue of trades: what the law asks of each, and what an advisor says of it, one YAML file a family in `data/trades/`.

A trade is found by the words that people use for it. Words that fit two trades find none: they are asked about.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile import Category
from tremplin.model.table import DataFile

Scheme = Literal[
    "ssi",
    "cipav",
    "carpimko",
    "carmf",
    "carcdsf",
    "cavec",
    "cnbf",
    "cavp",
    "cprn",
    "msa",
    "artists_authors",
    "general",
]
"""Who takes the contributions for the pension."""
VatRegime = Literal["taxed", "care_exempt", "teaching_exempt", "insurance_exempt", "margin"]
Demand = Literal["recurring", "repeat", "passing", "seasonal", "one_off", "tenders"]
"""How customers come: bound for a time, again and again, by passing, in a season, once each, or by calls for tender."""
TO_DO = re.compile(r"(?:S’|Se |Vous )?\w+(?:er|ir|re)\b")
"""An infinitive, as « Déclarer l’activité » has it; what is not to be done has no day."""
LINE = 80
"""Characters of a line of a table."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Qualification(_Part):
    """Whether the law asks for a diploma or experience, and which."""

    asked: bool | Literal["open"]
    """`open` where no source settles it."""
    words: Text | None = None
    source: str | None = None


class Duty(_Part):
    """A declaration, card, licence or authorisation that is needed before the first sale."""

    words: Text
    name: Words | None = None
    """What a step calls it, where its first clause is too long for that."""
    whom: Text | None = None
    days: int | None = Field(None, ge=0, le=730)
    """How long before the start to ask for it; None where neither a source nor the order of the steps says."""
    source: str | None = None
    qualifies: bool = False
    """Whether it is the qualification itself, which whoever is qualified has."""

    @property
    def is_for_all(self) -> bool:
        """Whether it concerns whoever is in the trade: its words begin with what to do, and not with a condition."""
        return bool(TO_DO.match(self.words))

    @property
    def short(self) -> str | None:
        """Its name, or its first clause, where that says enough and fits the line of a table."""
        if self.name:
            return self.name
        clause = re.split(r" : |\. |, | \(", self.words)[0].rstrip(".")
        return clause if " " in clause and len(clause) <= LINE else None


class Cover(_Part):
    """An insurance that this trade calls for, besides those of all."""

    words: Text
    compulsory: bool
    source: str | None = None


class Trade(_Part):
    """One trade: data of law with their sources, and an advisor's words."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
    names: Annotated[tuple[Words, ...], Field(strict=False)]
    """Words that people use for it, besides the label."""
    naf: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^\d\d\.\d\d[A-Z]$")], ...],
        Field(strict=False),
    ]
    category: Category
    also: Annotated[tuple[Category, ...], Field(strict=False)] = ()
    """Other categories under which it is carried on too."""
    scheme: Scheme
    modelled: Literal["full", "none"] = "full"
    """Whether its contributions and taxes are reckoned at all."""
    not_modelled: Text | None = None
    """Where they are not: why, and whom to ask."""
    vat: VatRegime = "taxed"
    vat_note: Text | None = None
    vat_source: str | None = None
    closed: Mapping[Literal["micro", "ei", "eurl", "sasu"], Text] = Field(default_factory=dict)
    """The legal forms that are closed to it, and why."""
    qualification: Qualification
    before_opening: Annotated[tuple[Duty, ...], Field(strict=False)] = ()
    insurance: Annotated[tuple[Cover, ...], Field(strict=False)] = ()
    premises: Text | None = None
    premises_source: str | None = None
    body: Text | None = None
    demand: Demand
    paid: Literal["at_once", "later"] = "later"
    """When services are paid: on the spot by the people whom they are for, or on an invoice."""
    first_clients: Text
    prices: Text
    hours: Text
    gradual: Text
    leave_when: Text
    ask: Text
    open: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """The fields of law that no source settled."""

    @property
    def sources(self) -> Iterator[str]:
        """The keys of sources.bib that it cites."""
        cited = [self.qualification.source, self.vat_source, self.premises_source]
        cited += [duty.source for duty in self.before_opening]
        cited += [cover.source for cover in self.insurance]
        for keys in cited:
            yield from keys.split(";") if keys else ()


class TradeFamily(_Part):
    """The trades of one file."""

    family: str
    label: Text
    trades: Annotated[tuple[Trade, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True)
class Trades:
    """All trades of a data folder, and the search for them."""

    by_id: Mapping[str, Trade]
    families: Mapping[str, str]
    """The family of each, by its id."""
    files: tuple[DataFile, ...]

    @cached_property
    def _words(self) -> list[tuple[frozenset[str], Trade]]:
        return [
            (stems(name), trade)
            for trade in self.by_id.values()
            for name in (trade.label, *trade.names)
        ]

    def named(self, activity: str) -> tuple[Trade, ...]:
        """
        Find the trades whose words an activity holds, by the longest of these: one, or several that are equally near.

        « Réparation de vélos à domicile » holds « réparation de vélo », which is longer than « réparation ». But what is
        done comes first in French: « coaching de vendeurs en ligne » may be coaching, whatever is longer in it.
        """
        spoken = stems(activity)
        held = [(name, trade) for name, trade in self._words if name and name <= spoken]
        most = max((len(name) for name, _ in held), default=0)
        longest = {trade.id: trade for name, trade in held if len(name) == most}
        first = next(iter(_in_order(activity)), None)
        if not any(first in name for name, trade in held if trade.id in longest):
            longest |= {trade.id: trade for name, trade in held if first in name}
        return tuple(longest.values())

    def like(self, activity: str, most: int = 3) -> tuple[Trade, ...]:
        """Give the trades whose words come nearest to those of an activity that names none, the nearest first."""
        spoken = stems(activity)
        near: dict[str, float] = {}
        for name, trade in self._words:
            likeness = max(
                (SequenceMatcher(None, one, other).ratio() for one in name for other in spoken),
                default=0.0,
            )
            near[trade.id] = max(near.get(trade.id, 0.0), likeness)
        ranked = sorted(near, key=lambda id_: (-near[id_], id_))
        return tuple(self.by_id[id_] for id_ in ranked[:most] if near[id_] >= ALIKE)


ALIKE = 0.75
"""How much alike two words are that may mean the same."""
SHORTEST = 3
"""Letters that a word keeps."""
_EMPTY = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "chez",
        "comme",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "independant",
        "independante",
        "l",
        "la",
        "le",
        "les",
        "liberal",
        "liberale",
        "mon",
        "ou",
        "par",
        "pour",
        "s",
        "sur",
        "un",
        "une",
    ]
)


def stems(text: str) -> frozenset[str]:
    """
    Give the words of a text that carry its meaning, without accents, endings of gender and number.

    >>> sorted(stems("Réparation de vélos à domicile"))
    ['domicil', 'reparation', 'velo']
    """
    return frozenset(_in_order(text))


def _in_order(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return [_stem(word) for word in re.findall(r"[a-z0-9]+", plain) if word not in _EMPTY]


def _stem(word: str) -> str:
    for ending in ("es", "s", "x", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def read_trades(folder: Path) -> Trades:
    """
    Read the families of `trades/` and check them against each other.

    Raises:
        InputError: all that is wrong with them.

    """
    problems: list[Problem] = []
    files, trades = [], []
    for path in sorted(folder.glob("*.yaml")):
        file = DataFile.read(path)
        files.append(file)
        try:
            family = TradeFamily.model_validate(yaml.load(file.content, yaml.CSafeLoader))
        except yaml.YAMLError as error:
            problems.append(Problem.at("trades.not_yaml", path, reason=_brief(error)))
        except ValidationError as error:
            problems += _told(path, error)
        else:
            if family.family != path.stem:
                problems.append(
                    Problem.at("trades.family_named_otherwise", path, name=family.family)
                )
            trades += [(path, trade) for trade in family.trades]
    if not files:
        problems.append(Problem.at("trades.none", folder))
    problems += _clashes(trades)
    if problems:
        raise InputError(*problems)
    families = {trade.id: path.stem for path, trade in trades}
    return Trades({trade.id: trade for _, trade in trades}, families, tuple(files))


def _brief(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())


def _told(path: Path, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        key = ".".join(map(str, detail["loc"]))
        yield Problem.at("trades.field", Place.of(path, key=key), reason=detail["msg"])


def _clashes(trades: Iterable[tuple[Path, Trade]]) -> Iterator[Problem]:
    """Find ids that stand twice and words that lead to two trades."""
    ids: dict[str, Path] = {}
    words: dict[frozenset[str], str] = {}
    for path, trade in trades:
        if trade.id in ids:
            yield Problem.at("trades.id_twice", path, id=trade.id, first=ids[trade.id].name)
        ids.setdefault(trade.id, path)
        for name in (trade.label, *trade.names):
            other = words.setdefault(stems(name), trade.id)
            if other != trade.id:
                yield Problem.at("trades.word_twice", path, word=name, one=other, other=trade.id)


def unknown_sources(trades: Trades, folder: Path, keys: frozenset[str]) -> Iterator[Problem]:
    """Find what a trade cites and sources.bib does not hold."""
    for trade in trades.by_id.values():
        for key in trade.sources:
            if key not in keys:
                yield Problem.at("trades.no_such_source", folder, trade=trade.id, source=key)
