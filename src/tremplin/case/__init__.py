"""
The case: a person, the register and a day, and every answer that was worked out for them, with its reasons.

`case` knows no law. The rooms above it declare answers as small functions of a case (`law.acre.acre(case)`); a case
works each of them out once, keeps it, and records what it was made of.
"""

from tremplin.case.case import Answer, Case, Reading, Trace, answer, answers

__all__ = ["Answer", "Case", "Reading", "Trace", "answer", "answers"]
