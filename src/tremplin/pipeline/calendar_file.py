"""
The steps that are left as a calendar file, which phones and mail programs take: a day each, with two reminders.

A step is called the same in each calendar, so a newer file moves it where a program takes the place of an event by its
name (RFC 5545, UID). The same results give the same bytes.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from tremplin.model.results import ChecklistItem, Results
from tremplin.notebook.prose import day

NAME = "Votre projet : les étapes"
NAME_OF_ALL = "Projets suivis : les étapes"
REMINDERS = (timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))
"""From the beginning of the last day: nine o'clock a week and a day before."""


def write_calendar(path: Path, found: Results) -> None:
    """Write the steps of a report that are not done and whose last day has not passed."""
    path.write_bytes(_calendar(NAME, _events((found,), found.as_of, {})))


def write_calendar_of_all(
    path: Path, found: Iterable[Results], as_of: date, names: Mapping[str, str]
) -> None:
    """Write the steps of many people that are ahead on a day, each with its person's name, or id where there is none."""
    called = {one.id: names.get(one.id, one.id) for one in found}
    path.write_bytes(_calendar(NAME_OF_ALL, _events(found, as_of, called)))


def _calendar(name: str, events: Iterable[Event]) -> bytes:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//tremplin//FR")
    made.add("x-wr-calname", name)
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def _events(found: Iterable[Results], as_of: date, called: Mapping[str, str]) -> Iterable[Event]:
    ahead = [
        (step, one)
        for one in found
        for step in one.checklist
        if not step.done and step.due >= as_of
    ]
    for step, one in sorted(ahead, key=lambda each: (each[0].due, each[1].id)):
        yield _event(step, one, called.get(one.id))


def _event(step: ChecklistItem, one: Results, person: str | None) -> Event:
    title = f"{person} : {step.label}" if person else step.label
    event = Event()
    event.add("uid", f"{one.id}-{step.id}@tremplin")
    event.add("dtstamp", datetime.combine(one.as_of, time(), UTC))
    event.add("dtstart", step.due)
    event.add("summary", title)
    event.add(
        "description",
        f"Dernier jour pour cette étape. Le détail est au chapitre sur les formalités du rapport du {day(one.as_of)}.",
    )
    event.add("transp", "TRANSPARENT")
    for before in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event
