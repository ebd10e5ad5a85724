"""
A case with another value in the register, which keeps every answer that was made without it.

A test that changes each of hundreds of values would work out the same answers hundreds of times. What an answer was made of,
its trace tells; where a trace left something out, the old answer stays, and the test sees too little change, never too much.
"""
# ruff: noqa: SLF001 - what a case keeps is its own; nothing but a test needs to take it to another register

from tremplin.case import Case, Trace
from tremplin.model.register import Register


class Worked:
    """A case whose answers have been asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[Trace, frozenset[str]] = {}

    def with_register(self, register: Register, id_: str) -> Case:
        """Give the case with a register that has another value of an id, and is otherwise the same."""
        return self._copy(self._case, register, id_)

    def _copy(self, case: Case, register: Register, id_: str, origin: Case | None = None) -> Case:
        """Copy a case and its variants; an answer that holds a case would go on reading the former register."""
        if origin and case._key:
            made = origin._given(case._key)
        else:
            made = Case(case.declarations, register, case.as_of, _journal=case._journal)
        made._answers.update(
            (key, trace)
            for key, trace in case._answers.items()
            if id_ not in self._read_for(trace) and not hasattr(trace.value, "case")
        )
        made._rests_on.update((key, case._rests_on[key]) for key in made._answers)
        for variant in case._variants.values():
            self._copy(variant, register, id_, made)
        return made

    def _read_for(self, trace: Trace) -> frozenset[str]:
        """Give the ids that an answer was made of, and those that it builds on."""
        known = self._known.get(trace)
        if known is None:
            own = (reading.id for reading in trace.read.values())
            further = (self._read_for(asked) for asked in trace.asked)
            known = self._known[trace] = frozenset(own).union(*further)
        return known
