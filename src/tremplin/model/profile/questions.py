"""
The questions of a profile, one a key: made from the models, where question, help and type stand side by side.

From them come the interview, the questionnaire, the workbook and the columns that a table may have.

Some keys belong to a group that is left out as a whole: `group_asked` is the question that opens it (« Louerez-vous un
local ? »), for whoever would rather ask one thing than five. `employment.clauses.non_compete` is a question itself, and a
group as well: a profile has `false`, `unknown` or the group there. Its choices are therefore false, unknown and true, where
true is only said while answers are collected: it means that there is a clause, its keys are asked then, and the group made
of them stands in the profile in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import Entry
from tremplin.model.profile.labels import choices_of, label, unit
from tremplin.model.profile.profile import Profile

Kind = Literal[
    "text",
    "day",
    "amount",
    "share",
    "count",
    "hours",
    "number",
    "yes_no",
    "choice",
    "choices",
    "numbers",
    "groups",
]
UNKNOWN = "unknown"
COMMON: Mapping[object, tuple[str, ...]] = {
    True: ("oui", "o", "yes", "vrai"),
    False: ("non", "n", "no", "faux"),
    UNKNOWN: ("à vérifier", "je ne sais pas", "ne sait pas", "ne sais pas", "inconnu", "NSP"),
}
"""What people write for these, whatever they are asked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a question takes."""

    value: object
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A key of the profile, and how it is asked for."""

    key: str
    kind: Kind
    label: str
    """A few words for a line of a table: « Salaire net par mois »."""
    asked: Asked
    description: str
    """What the key holds, in English."""
    unit: str
    choices: tuple[Choice, ...]
    required: bool
    """Whether there is no profile without it."""
    nullable: bool
    """Whether it must be there, where its group is, although there may be nothing to say."""
    default: object
    """What stands in for an answer that is not given."""
    least: float | None
    most: float | None
    optional_group: str | None
    """The group that is left out as a whole where none of its keys is answered."""
    group_asked: Asked | None = None
    """The question by which that group is opened or left out."""
    items: tuple["Question", ...] = ()
    """What is asked of each of the groups in a list, where the key holds one."""

    @property
    def may_be_unknown(self) -> bool:
        """Whether « je ne sais pas » is an answer."""
        return any(choice.value == UNKNOWN for choice in self.choices)

    def concerns(self, answers: Mapping[str, object]) -> bool:
        """Tell whether it is asked of whoever has given these answers, by dotted key; for others what stands in counts."""
        return any(
            all(_holds(_answer(answers, key), allowed) for key, allowed in when.items())
            for when in (self.asked.when, *self.asked.or_when)
        )


def _answer(answers: Mapping[str, object], key: str) -> object:
    return answers[key] if key in answers else questions()[key].default


def _holds(answer: object, allowed: tuple[object, ...]) -> bool:
    if not allowed:
        return answer not in (None, "", False, 0, (), [], "none")
    return any(answer == one and type(answer) is type(one) for one in allowed) or (
        isinstance(answer, list | tuple) and any(one in answer for one in allowed)
    )


@cache
def questions() -> Mapping[str, Question]:
    """Give the questions by dotted key, in the order of the models."""
    return {one.key: one for one in _questions(Profile, "", None, needed=True)}


class _Group(NamedTuple):
    """A group that may be left out as a whole."""

    key: str
    asked: Asked


def _questions(
    model: type[BaseModel], prefix: str, group: _Group | None, *, needed: bool
) -> Iterator[Question]:
    for name, info in model.model_fields.items():
        key, options = prefix + name, tuple(_alternatives(info.annotation))
        models = [one for one in options if isinstance(one, type) and issubclass(one, BaseModel)]
        words = any(get_origin(one) is Literal for one in options)
        if models and not words:
            inner = _Group(key, _asked(info)) if type(None) in options else group
            yield from _questions(models[0], f"{key}.", inner, needed=needed and info.is_required())
            continue
        yield _question(key, info, options, group, needed=needed, or_group=bool(models))
        if models:
            yield from _questions(models[0], f"{key}.", _Group(key, _asked(info)), needed=False)


def _asked(info: FieldInfo) -> Asked:
    return next(one for one in info.metadata if isinstance(one, Asked))


def _question(  # noqa: PLR0913 - what is known of a key where it is found
    key: str,
    info: FieldInfo,
    options: tuple[object, ...],
    group: _Group | None,
    *,
    needed: bool,
    or_group: bool,
) -> Question:
    asked, kind = _asked(info), _kind(options, unit(key))
    bounds = {
        name: getattr(one, name)
        for one in (*info.metadata, *_metadata(info.annotation))
        for name in ("ge", "gt", "le", "lt")
        if getattr(one, name, None) is not None
    }
    there_is: Mapping[object, str] = {True: "oui"} if or_group else {}
    labels = {**there_is, **choices_of(key)}
    return Question(
        key=key,
        kind=kind,
        label=label(key),
        asked=asked,
        description=info.description or "",
        unit=unit(key),
        choices=tuple(
            Choice(value, text, _synonyms(asked, value, text)) for value, text in labels.items()
        ),
        required=needed and info.is_required() and type(None) not in options,
        nullable=info.is_required() and type(None) in options,
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        least=bounds.get("ge", bounds.get("gt")),
        most=bounds.get("le", bounds.get("lt")),
        optional_group=group.key if group else None,
        group_asked=group.asked if group else None,
        items=tuple(_of_each(key, options)) if kind == "groups" else (),
    )


def _of_each(key: str, options: tuple[object, ...]) -> Iterator[Question]:
    """Give what is asked of each of the groups in a list."""
    lists = (one for one in options if get_origin(one) is tuple)
    item, *_ = get_args(next(lists))
    return _questions(item, f"{key}.", None, needed=True)


def _synonyms(asked: Asked, value: object, text: str) -> tuple[str, ...]:
    """Give the words for a choice beside its label: those of this key, and those of all."""
    words = (*asked.synonyms.get(value, ()), *COMMON.get(value, ()))
    return tuple(word for word in words if word.casefold() != text.casefold())


def _kind(options: tuple[object, ...], unit_: str) -> Kind:
    plain = [one for one in options if one is not type(None)]
    first = plain[0]
    if get_origin(first) is tuple:
        item = tuple(_alternatives(get_args(first)[0]))
        if any(isinstance(one, type) and issubclass(one, Entry) for one in item):
            return "groups"
        return "numbers" if float in item else "choices"
    if any(get_origin(one) is Literal for one in plain):
        return "choice"
    by_type: dict[Any, Kind] = {bool: "yes_no", int: "count", date: "day", str: "text"}
    by_unit: dict[str, Kind] = {"€": "amount", "%": "share", "h": "hours"}
    return by_type.get(first) or by_unit.get(unit_, "number")


def _alternatives(kind: object) -> Iterator[object]:
    """Take a union apart, and what pydantic is told of its parts off them."""
    if get_origin(kind) in {Union, UnionType}:
        for one in get_args(kind):
            yield from _alternatives(one)
    elif get_origin(kind) is Annotated:
        yield from _alternatives(get_args(kind)[0])
    else:
        yield kind


def _metadata(kind: object) -> Iterator[object]:
    """Give what pydantic is told of a type's parts."""
    if get_origin(kind) is Annotated:
        inner, *told = get_args(kind)
        for one in told:
            yield one
            yield from getattr(one, "metadata", ())
        yield from _metadata(inner)
    elif get_origin(kind) in {Union, UnionType}:
        for one in get_args(kind):
            yield from _metadata(one)


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the interview: what belongs together when one answers."""

    id: str
    title: str
    keys: tuple[str, ...]
    """Keys, or groups whose keys all belong here."""

    def questions(self) -> tuple[Question, ...]:
        """Give its questions in order."""
        return tuple(
            question
            for name in self.keys
            for key, question in questions().items()
            if key == name or key.startswith(f"{name}.")
        )


FIRST_VERDICT = 3
"""After so many topics a first verdict can be given."""

TOPICS: tuple[Topic, ...] = (
    Topic(
        "project",
        "Votre projet",
        (
            "project.activity",
            "project.category",
            "project.start",
            "project.weekly_hours",
            "project.turnover.month_1",
            "project.turnover.month_12",
            "project.turnover.month_24",
        ),
    ),
    Topic(
        "job",
        "Votre emploi",
        (
            "employment.sector",
            "employment.contract",
            "employment.since",
            "employment.weekly_hours",
            "employment.net_salary",
        ),
    ),
    Topic(
        "household",
        "Le budget de votre foyer",
        ("household.fixed_costs", "household.other_income"),
    ),
    Topic(
        "contract",
        "Ce que dit votre contrat",
        (
            "employment.clauses",
            "project.competes_with_employer",
            "project.targets_employer_clients",
            "project.uses_employer_resources",
            "employment.incomplete_post",
            "employment.sales_representative",
            "project.represents_others",
            "employment.employer_insolvent",
            "employment.abroad",
        ),
    ),
    Topic(
        "trade",
        "Votre métier",
        (
            "project.regulated",
            "project.qualified",
            "project.trade",
            "project.activities",
            "project.physical",
        ),
    ),
    Topic(
        "money",
        "L’argent pour démarrer",
        (
            "project.investment",
            "project.expenses",
            "financing.savings",
            "financing.bank_loan",
            "financing.bank_terms",
            "financing.family",
            "financing.honor_loans",
            "financing.grants",
        ),
    ),
    Topic("person", "Vous", ("name", "person")),
    Topic(
        "relatives",
        "Vos proches",
        (
            "household.situation",
            "household.children",
            "household.children_shared",
            "household.children_declared",
            "household.youngest_child_age",
            "household.caregiver",
            "household.support",
        ),
    ),
    Topic(
        "time",
        "Votre temps et votre énergie",
        (
            "employment.commute",
            "employment.schedule",
            "employment.fatigue",
            "employment.other_jobs",
            "employment.suspension",
            "employment.suspended_until",
            "employment.suspension_income",
            "health",
        ),
    ),
    Topic(
        "next",
        "Garder l’emploi, ou le quitter",
        (
            "transition",
            "employment.relationship",
            "employment.company_size",
        ),
    ),
    Topic(
        "partners",
        "Avec qui",
        (
            "project.partners",
            "project.seeks_investors",
            "project.capital_share",
            "project.family_share",
            "project.largest_other_share",
            "project.applicants_share",
            "project.manages",
            "financing.partners",
        ),
    ),
    Topic(
        "means",
        "Le local, l’équipement, l’équipe",
        (
            "project.premises",
            "project.stock",
            "project.equipment",
            "project.employees",
            "project.takeover",
            "project.franchise",
            "project.charges_vat",
            "project.turnover.season",
            "project.turnover.by_month",
        ),
    ),
    Topic("ready", "Ce qui est prêt", ("project.preparation", "support")),
    Topic("file", "Le dossier", ("id", "lang")),
)
"""All keys of the profile, by topic; the first ones are essential alone, and give a first verdict."""
