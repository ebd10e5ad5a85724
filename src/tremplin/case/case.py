"""
The case and its answers: each is worked out once, kept, and can be asked for its reasons.

An answer is a function of a case, declared with `@answer(id, *sources)`. Calling it looks it up in the case; only the
first call works it out, and records under it every value that it reads from the register and every answer that it
builds on. "What if" is a variant of the case: `case.given({"transition.exit": "dismissal"})`.
"""

from collections.abc import Callable, Iterator, KeysView, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Concatenate, Generic, Literal, ParamSpec, TypeVar

from tremplin.case.dates import add_days
from tremplin.case.recording import recorded
from tremplin.errors import TremplinError
from tremplin.model.profile import Category, CategoryMix, Profile, Section
from tremplin.model.register import Register
from tremplin.model.rules import Rule
from tremplin.model.statistics import Figure
from tremplin.model.urssaf import PayCurve

P = ParamSpec("P")
T = TypeVar("T")


ReadingKind = Literal["declared", "rule", "convention", "figure"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that an answer was made of: declared by the person, or of the register."""

    kind: ReadingKind
    id: str
    """The dotted key of the profile, or the id in the register."""
    value: object
    rule: Rule | None = None
    """For a rule, its period: dates, unit and text of law."""


@dataclass(slots=True, eq=False)
class Trace:
    """How an answer came about."""

    node: "Answer[Any, Any]"
    case: "Case"
    arguments: tuple[object, ...]
    """What it was asked with besides the case."""
    value: Any = None
    done: bool = False
    """Whether it has been worked out: while it is not, asking for it again would never end."""
    read: dict[tuple[str, object], Reading] = field(default_factory=dict)
    """What it read of profile and register, in order."""
    places: dict[tuple[int, int], tuple["Case", "Trace"]] = field(default_factory=dict)
    """The answers that it builds on, in order, each with the case of which it was asked: it may be taken over from another."""
    reads: int = 0
    """The keys of the profile that it read itself, a bit each."""
    rests_on: int = 0
    """Those that it or what it builds on has read, a bit each."""

    @property
    def asked(self) -> tuple["Trace", ...]:
        """The answers that it builds on, in order, each once."""
        return tuple({id(one): one for _, one in self.places.values()}.values())


class Answer(Generic[P, T]):
    """A question that can be asked of a case: called with one, it gives the case's answer."""

    def __init__(
        self, id_: str, sources: tuple[str, ...], work: Callable[Concatenate["Case", P], T]
    ) -> None:
        self.id = id_
        self.sources = sources
        """Keys of sources.bib: the articles that the answer applies."""
        self.work = work
        self.__doc__ = work.__doc__
        self.__name__ = work.__name__
        self.__module__ = work.__module__
        self.__wrapped__ = work

    def __call__(self, case: "Case", *args: P.args, **kwargs: P.kwargs) -> T:
        """Give the case's answer, worked out the first time."""
        value: T = self.trace(case, *args, **kwargs).value
        return value

    def trace(self, case: "Case", *args: P.args, **kwargs: P.kwargs) -> Trace:
        """Give the case's answer with its reasons, worked out the first time; arguments are given by position."""
        if kwargs:
            raise TypeError(f"the answer {self.id} takes its arguments by position")
        trace = case.trace_of(self, args)
        if not trace.done:
            raise RecursionError(f"the answer {self.id} is asked for while it is worked out")
        return trace


_ANSWERS: dict[str, Answer[..., Any]] = {}


def answer(
    id_: str, *sources: str
) -> Callable[[Callable[Concatenate["Case", P], T]], Answer[P, T]]:
    """
    Declare a function of a case as one of its answers.

    Args:
        id_: how people ask for it: `acre`, `leave.notice`. Its words are the row of `data/answers.csv` of that id.
        sources: the keys in `sources.bib` of the articles that it applies.

    """

    def declare(work: Callable[Concatenate["Case", P], T]) -> Answer[P, T]:
        if id_ in _ANSWERS:
            raise ValueError(f"two answers are called {id_}")
        made = Answer(id_, sources, work)
        _ANSWERS[id_] = made
        return made

    return declare


def answers() -> Mapping[str, Answer[..., Any]]:
    """Give all answers that are declared, by id."""
    return _ANSWERS


_ALL = -1
"""All keys, a bit each."""

LEAVES_FIRST = "leaves_first"
"""The key under which it is recorded that a variant leaves the job first."""


def _nothing(_: "Case") -> None:
    """Give nothing: what asks apart from all answers."""


_NOBODY: Answer[[], None] = Answer("", (), _nothing)

_Changes = tuple[tuple[tuple[str, object], ...], bool]
"""Values by dotted keys, and whether a contract that ends on the day of the start ends first."""


@dataclass(slots=True, eq=False)
class _Journal:
    """What a case and its variants have in common: the answers being worked out, and all that they read."""

    open: list[Trace] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)

    def bit(self, key: str) -> int:
        """Give the bit of a key of the profile: sets of them are compared for each answer of each variant."""
        return self.bits.setdefault(key, 1 << len(self.bits))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case:
    """A person, the register and the day of the report."""

    declarations: Profile
    """The profile itself, for whoever prints it; an answer reads `profile`."""
    register: Register
    as_of: date
    _leaves_first: bool = False
    _declared: "Case | None" = None
    _origin: "Case | None" = None
    """The case that this one was made of."""
    _key: "_Changes | None" = None
    """What was changed of it."""
    _journal: _Journal = field(default_factory=_Journal)
    _answers: dict[object, Trace] = field(default_factory=dict)
    _rests_on: dict[object, int] = field(default_factory=dict)
    """What each answer rests on here: one that is taken over may come about by other ways."""
    _changed: dict["Case", int] = field(default_factory=dict)
    """The keys with other values than in another case, a bit each."""
    _variants: dict[object, "Case"] = field(default_factory=dict)
    profile: Profile = field(init=False)
    """The profile, which records under the answer being worked out what is read of it."""

    def __post_init__(self) -> None:
        """Make the profile that records."""
        object.__setattr__(self, "profile", recorded(self.declarations, self._declared_value))

    def given(self, changes: Mapping[str, object], *, leaves_first: bool = False) -> "Case":
        """
        Give the case as it would be with other answers in the profile: what if.

        A variant shares the register, the day and the record of what was read; asked for twice it is the same one.

        Args:
            changes: values by the dotted keys of the profile, such as `transition.exit`; not validated.
            leaves_first: whether a contract that ends on the day of the start ends before the business begins.

        Raises:
            KeyError: the profile has no such key.

        """
        return self._given((tuple(changes.items()), leaves_first))

    def _given(self, key: "_Changes") -> "Case":
        """Give the variant that some changes make."""
        if key not in self._variants:
            changes, leaves_first = key
            profile = self.declarations
            for dotted, value in changes:
                profile = _changed(profile, dotted.split("."), value)
            self._variants[key] = Case(
                profile,
                self.register,
                self.as_of,
                leaves_first,
                self.declared,
                self,
                key,
                self._journal,
            )
        return self._variants[key]

    @property
    def declared(self) -> "Case":
        """The case as the person declared it, of which this one may be a variant."""
        return self._declared or self

    @property
    def leaves_first(self) -> bool:
        """Whether a contract that ends on the day of the start ends before the business begins."""
        self._declared_value(LEAVES_FIRST, self._leaves_first)
        return self._leaves_first

    @property
    def start(self) -> date:
        """The first day of the business."""
        return self.profile.project.start

    @property
    def contract_end(self) -> date | None:
        """The last day of the contract; None where it goes on or its end is not decided."""
        return self.profile.contract_end

    @property
    def category(self) -> Category:
        """The category of the project, of several activities the one with most of the turnover."""
        return self.mix[0].category

    @property
    def mix(self) -> CategoryMix:
        """The categories of all its activities with their shares of the turnover."""
        return self.profile.project.mix

    def rule(self, rule_id: str, at: date | None = None, *, latest: bool = False) -> Rule:
        """Read a rule as it holds on a day, that of the start unless told; raises DataError as the register does."""
        found = self.register.rule(rule_id, at or self.start, latest=latest)
        self._note("rule", rule_id, found.value, found)
        return found

    def value(self, rule_id: str, at: date | None = None, *, latest: bool = False) -> float:
        """Read the value of a rule on a day, that of the start unless told; raises DataError as the register does."""
        return self.rule(rule_id, at, latest=latest).value

    def begins(self, rule_id: str) -> date:
        """Give the first day of what a rule answers with yes, be it in force at the start or announced then."""
        rule = self.rule(rule_id)
        if rule.value or rule.valid_to is None:
            return rule.valid_from
        return add_days(rule.valid_to, 1)

    def convention(self, convention_id: str) -> float:
        """Read the value of a convention; raises DataError where there is none."""
        value = self.register.convention(convention_id)
        self._note("convention", convention_id, value)
        return value

    def figure(self, figure_id: str) -> Figure:
        """Read a figure; raises DataError where there is none."""
        found = self.register.figure(figure_id)
        self._note("figure", figure_id, found.value)
        return found

    def best(self, figure_id: str) -> float:
        """Read the best supported value of a figure; raises DataError where nothing supports one."""
        self.figure(figure_id)
        return self.register.best(figure_id)

    def year(self, figure_id: str) -> int:
        """Read the year that a figure is about; raises DataError where it has none."""
        self.figure(figure_id)
        return self.register.year(figure_id)

    def president_pay(self) -> PayCurve:
        """Give the columns of Urssaf's table of a president's pay."""
        return self.register.president_pay()

    def employee_cost(self) -> PayCurve:
        """Give the columns of Urssaf's table of what an employee costs."""
        return self.register.employee_cost()

    @property
    def used(self) -> KeysView[str]:
        """The ids of the rules, conventions and figures read so far, by the case and its variants: a view that follows."""
        return self._journal.used.keys()

    def trace_of(self, node: Answer[..., Any], arguments: tuple[object, ...]) -> Trace:
        """
        Give how an answer came about: kept, taken over from the case that this one is a variant of, or worked out now.

        It is recorded under the answer that is being worked out.
        """
        key, open_ = (node.id, arguments), self._journal.open
        trace = self._answers.get(key)
        if trace is None:
            trace = self._taken_over(key) or self._worked_out(key, node, arguments)
        if open_:
            asking = open_[-1]
            place = id(self), id(trace)
            if place not in asking.places:
                asking.places[place] = self, trace
                asking.rests_on |= self._seen_from(asking.case, key)
        return trace

    def _worked_out(
        self, key: object, node: Answer[..., Any], arguments: tuple[object, ...]
    ) -> Trace:
        trace = self._answers[key] = Trace(node, self, arguments)
        with self._recording(trace):
            try:
                trace.value = node.work(self, *arguments)
            except BaseException:
                del self._answers[key]
                raise
        trace.done = True
        self._rests_on[key] = trace.rests_on
        return trace

    def _taken_over(self, key: object) -> Trace | None:
        """Give the answer of a case that this one is a variant of, where it holds here."""
        for model in self._models():
            before = model._answers.get(key)  # noqa: SLF001 - a case and its variants
            if before is None or not before.done:
                continue
            rests_on = before.rests_on
            if rests_on & self._differing(before.case):
                found = self._still_holds(before)
                if found is None:
                    continue
                rests_on = found
            self._answers[key], self._rests_on[key] = before, rests_on
            return before
        return None

    def _seen_from(self, asking: "Case", key: object) -> int:
        """Tell on which of its own keys a case rests that asks this one: the declared case is the same for all variants."""
        if self is asking or self._origin is asking:
            return self._rests_on.get(key, _ALL)
        return 0 if self is asking._declared else _ALL  # noqa: SLF001 - a case and its variants

    def _differing(self, other: "Case") -> int:
        """Give the keys whose values differ from those of another case, a bit each."""
        found = self._changed.get(other)
        if found is None:
            keys = set(_differing(self.declarations, other.declarations))
            if self._leaves_first != other._leaves_first:  # noqa: SLF001 - a case and its variants
                keys.add(LEAVES_FIRST)
            found = 0
            for key in keys:
                found |= self._journal.bit(key)
            self._changed[other] = found
        return found

    def _models(self) -> "Iterator[Case]":
        """Give the cases whose answers may hold here: those with the last change made and fewer before it, then the declared one."""
        if self._origin and self._declared:
            for model in self._origin._models():  # noqa: SLF001 - a case and its variants
                if like := model._variants.get(self._key):  # noqa: SLF001
                    yield like
            yield self._declared

    def _still_holds(self, before: Trace) -> int | None:
        """
        Tell whether all that an answer of another case was made of comes out the same in this variant of it.

        Returns:
            What it rests on here, None where it does not hold.

        """
        for reading in before.read.values():
            if reading.kind == "declared" and self._value(reading.id) != reading.value:
                return None
        again = Trace(before.node, self, before.arguments)
        with self._recording(again):
            for asked, one in before.places.values():
                place = self._place_of(asked, before.case)
                if place is None:
                    return None
                try:
                    now = place.trace_of(one.node, one.arguments)
                except TremplinError:
                    return None
                if now is not one and not _same(now.value, one.value):
                    return None
        return again.rests_on | before.reads

    def _place_of(self, asked: "Case", before: "Case") -> "Case | None":
        """Give the case that is to this one what a case asked was to another; None where there is none."""
        if asked is before:
            return self
        if asked._origin is before and asked._key:  # noqa: SLF001 - a case and its variants
            return self._given(asked._key)  # noqa: SLF001
        return asked if asked is self.declared else None

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Ask for answers without recording them under the one that is being worked out."""
        with self._recording(Trace(_NOBODY, self, ())):
            yield

    @contextmanager
    def _recording(self, trace: Trace) -> Iterator[None]:
        """Record under a trace what is read and asked for meanwhile."""
        self._journal.open.append(trace)
        try:
            yield
        finally:
            self._journal.open.pop()

    def _value(self, key: str) -> object:
        """Give a value of the profile by its dotted key."""
        if key == LEAVES_FIRST:
            return self._leaves_first
        value: object = self.declarations
        for name in key.split("."):
            # A group that a change took away, as a clause, has no values.
            value = getattr(value, name, None)
        return value

    def _declared_value(self, key: str, value: object) -> None:
        if self._journal.open:
            trace, place = self._journal.open[-1], (key, None)
            if place not in trace.read:
                trace.read[place] = Reading("declared", key, value)
                bit = self._journal.bit(key)
                trace.reads |= bit
                trace.rests_on |= bit

    def _note(self, kind: ReadingKind, id_: str, value: object, rule: Rule | None = None) -> None:
        """Record what is read of the register under the answer that is being worked out."""
        self._journal.used[id_] = None
        if self._journal.open:
            read, key = self._journal.open[-1].read, (id_, rule and rule.valid_from)
            if key not in read:
                read[key] = Reading(kind, id_, value, rule)


def _differing(one: object, other: object, prefix: str = "") -> Iterator[str]:
    """Name the keys of which two groups of a profile hold different values; variants share the groups that are the same."""
    groups = [group for group in (one, other) if isinstance(group, Section)]
    for name in dict.fromkeys(name for group in groups for name in type(group).model_fields):
        ours, theirs = getattr(one, name, None), getattr(other, name, None)
        if ours is theirs:
            continue
        key = f"{prefix}{name}"
        if isinstance(ours, Section) or isinstance(theirs, Section):
            yield from _differing(ours, theirs, f"{key}.")
        if not _same(ours, theirs):
            yield key


def _same(one: object, other: object) -> bool:
    """Tell whether two answers are equal; arrays and tables are not compared and count as different."""
    try:
        return bool(one == other)
    except (TypeError, ValueError):
        return False


def _changed(section: Any, path: list[str], value: object) -> Any:  # noqa: ANN401 - a section of any group
    """Copy a section of a profile with one key changed."""
    key, *rest = path
    if key not in type(section).model_fields:
        raise KeyError(key)
    inner = _changed(getattr(section, key), rest, value) if rest else value
    return section.model_copy(update={key: inner})
