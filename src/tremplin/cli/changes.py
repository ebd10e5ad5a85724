"""
`tremplin diff`: what differs between reports, as text to read and as JSON.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tremplin.model.profile import Section
from tremplin.notebook.differences import DifferenceLine, told_answers, told_differences, told_rules
from tremplin.notebook.prose import day
from tremplin.pipeline.compare import Compared

ARROW = " → "


def as_json(found: Compared) -> str:
    """Give all differences as JSON: a list of people, and who has a report in one folder alone."""
    people = [asdict(comparison) for comparison, _ in found.both]
    said = {"people": people, "gone": found.gone, "new": found.new}
    return json.dumps(said, ensure_ascii=False, indent=2, default=_plain) + "\n"


def as_text(found: Compared) -> str:
    """Give what differs to read, in French: of each person what went in, then what came out."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Compared) -> Iterator[str]:
    for comparison, case in found.both:
        before, after = comparison.before, comparison.after
        yield f"{comparison.id} : du {day(before)} au {day(after)}"
        if comparison.same and not comparison.answers:
            yield "  Rien n’a changé."
            continue
        yield from _part("Réponses", told_answers(comparison))
        yield from _part("Règles au démarrage", told_rules(comparison))
        yield from _part("Ce qui en résulte", told_differences(comparison, case))
        if comparison.same:
            yield "  Rien d’autre n’a changé."
    for title, ids in (("Rapport disparu", found.gone), ("Premier rapport", found.new)):
        if ids:
            yield f"{title} : {', '.join(ids)}"
    if len(found.both) > 1:
        yield from _together(found)


def _part(title: str, told: Iterable[DifferenceLine]) -> Iterator[str]:
    for number, one in enumerate(told):
        if not number:
            yield f"  {title}"
        why = f" ({one.why})" if one.why else ""
        yield f"    {_line(one)}{why}"


def _line(one: DifferenceLine) -> str:
    return f"{one.label} : {one.before and one.before + ARROW}{one.after}"


def _together(found: Compared) -> Iterator[str]:
    """Count over all people what changed, the most frequent first."""
    counted = Counter(
        _line(one)
        for comparison, case in found.both
        for difference, one in zip(
            comparison.differences, told_differences(comparison, case), strict=True
        )
        if difference.subject in {"verdict", "condition", "form"}
    )
    changed = sum(not comparison.same for comparison, _ in found.both)
    yield f"En tout : {len(found.both)} personnes, dont {changed} dont le rapport dit autre chose"
    for line, count in counted.most_common():
        yield f"  {count} × {line}"


def _plain(value: object) -> object:
    match value:
        case date() | Path():
            return str(value)
        case Section():
            return value.model_dump(mode="json")
        case _:
            raise TypeError(value)
