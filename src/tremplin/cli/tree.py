"""
`tremplin explain`: why an answer is what it is, as a tree of questions, values and articles.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from tremplin.case import Case
from tremplin.model.register import Register
from tremplin.notebook.explanation import Explanation, Ground, askable

WITHIN, LAST = "├─ ", "└─ "
DOWN, NOTHING = "│  ", "   "


def as_json(found: Explanation) -> str:
    """Give an explanation as JSON, the values with their dates and articles."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2, default=date.isoformat) + "\n"


def as_text(found: Explanation, register: Register) -> str:
    """Give an explanation as a tree to read."""
    return "\n".join(_lines(found, register)) + "\n"


def listing(case: Case) -> str:
    """List what can be asked, a line each: the id and the question."""
    return "".join(f"{id_:32} {question}\n" for id_, question in askable(case))


def _lines(found: Explanation, register: Register) -> Iterator[str]:
    yield f"{found.question} {found.answer}  [{found.id}]"
    if found.seen:
        yield f"{LAST}voir plus haut"
        return
    for key in found.sources:
        yield f"{NOTHING if not (found.grounds or found.because) else DOWN}selon : {register.source(key).title}"
    named = [ground for ground in found.grounds if ground.label]
    left = len(named) + len(found.because)
    for ground in named:
        left -= 1
        yield (WITHIN if left else LAST) + _value(ground)
    for one in found.because:
        left -= 1
        first, *others = _lines(one, register)
        yield (WITHIN if left else LAST) + first
        for line in others:
            yield (DOWN if left else NOTHING) + line


def _value(ground: Ground) -> str:
    """Give a value in a line: what it is, its dates, its article."""
    said = f"{ground.label} : {ground.value}"
    if ground.kind == "declared":
        return f"{said} (déclaré)"
    if not ground.dates:
        return f"{said} ({'convention' if ground.kind == 'convention' else ground.reference})"
    return f"{said} ({ground.dates} ; {ground.reference})"
